"""How commands show help and say what is wrong: in the screen's language, with our codes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from omr.cli.help_page import help_page
from omr.errors import ExitCode, OmrError
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence


def complain(message: str) -> None:
    """Tell the person at the screen what is wrong, on stderr."""
    typer.echo(f"{say('Lỗi', 'Error')}: {message}", err=True)


class OmrCommand(TyperCommand):
    """A command whose help speaks the screen's language."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option ``--help``."""
        return _explained(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(ctx))


class OmrGroup(TyperGroup):
    """The whole of ``omr``: turns what went wrong into words and an exit code, in one place."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option ``--help``."""
        return _explained(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(ctx))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run a command and leave with its exit code."""
        extra["standalone_mode"] = False
        sys.exit(self._run(args, rest, extra))

    def _run(self, args: Sequence[str] | None, rest: Sequence[Any], extra: dict[str, Any]) -> int:
        try:
            code = super().main(args, *rest, **extra)
        except OmrError as error:
            complain(str(error))
            return error.exit_code
        except typer.TyperException as error:
            complain(_wrong_usage(error))
            return ExitCode.USAGE
        except (KeyboardInterrupt, typer.Abort):
            code = ExitCode.INTERRUPTED
        except OSError as error:
            complain(_system_words(error))
            return ExitCode.USAGE
        if code == ExitCode.INTERRUPTED:
            complain(say("Đã dừng theo yêu cầu.", "Stopped, as asked."))
        return int(code or ExitCode.OK)


def _explained(option: Any) -> Any:
    if option is not None:
        option.help = say("Hiện trang trợ giúp này.", "Show this help page.")
    return option


def _wrong_usage(error: typer.TyperException) -> str:
    """A usage error in the screen's language: what is wrong, and where to read on."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "omr"
    advice = say(f"Xem cách dùng: {path} --help", f"See how it is used: {path} --help")
    return f"{_what(error)}\n{advice}"


def _what(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint() if parameter is not None else ""
    kind = type(error).__name__
    option = getattr(error, "option_name", "")
    words = {
        "MissingParameter": f"Thiếu {name}.",
        "BadParameter": f"Giá trị của {name} không dùng được: {error.message}",
        "NoSuchOption": f"Không có tùy chọn {option}.",
        "BadOptionUsage": f"Tùy chọn {option} phải có giá trị đi kèm.",
    }
    return say(
        words.get(kind, f"Lệnh hoặc tham số chưa đúng ({error.message})"), error.format_message()
    )


def _system_words(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return say(
        f"Hệ điều hành không cho phép{where}: {error.strerror or error}. Hãy kiểm tra "
        "đường dẫn, quyền truy cập và chỗ trống trên đĩa.",
        f"The system refused{where}: {error.strerror or error}. Check the path, the permissions "
        "and the room on the disk.",
    )
