"""Help pages as plain text, in the screen's language.

typer would draw them with rich, whose import alone takes longer than all the rest of
``omr --help``; and it would name types and headings in English.
"""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Any

from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDEST, _NARROWEST = 100, 50
_LONGEST_TERM = 26
"""Characters of a command or option beside which its explanation still stands on the same line."""


def help_page(context: Any) -> str:
    """The whole page for a command, or for ``omr`` itself with its commands in their groups."""
    width = max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST)) - 1
    command = context.command
    parts = [f"{say('Cách dùng', 'Usage')}: {_usage(context)}"]
    parts += [textwrap.fill(each, width) for each in command.help.split("\n\n")]
    sections: dict[str, list[tuple[str, str]]] = {}
    for title, term, meaning in (*_commands(command), *_parameters(context)):
        sections.setdefault(title, []).append((term, meaning))
    terms = [len(term) for rows in sections.values() for term, _ in rows]
    column = min(max(terms), _LONGEST_TERM) + 4
    for title, rows in sections.items():
        parts.append("\n".join([f"{title}:", *_listed(rows, column, width)]))
    heading, *examples = command.epilog.split("\n")
    parts.append("\n".join([heading, *(f"  {example}" for example in examples)]))
    return "\n\n".join(parts) + "\n"


def _usage(context: Any) -> str:
    arguments = [p.metavar for p in context.command.params if p.param_type_name == "argument"]
    subject = [say("LỆNH", "COMMAND"), "…"] if hasattr(context.command, "commands") else arguments
    required = [
        f"{parameter.opts[0]} {parameter.metavar}"
        for parameter in context.command.params
        if parameter.param_type_name == "option" and parameter.required
    ]
    options = say("[TÙY CHỌN]", "[OPTIONS]")
    return " ".join([context.command_path, *subject, *required, options])


def _commands(group: Any) -> Iterator[tuple[str, str, str]]:
    """(group's title, name, first sentence) of every command, in order."""
    for name, command in getattr(group, "commands", {}).items():
        yield command.rich_help_panel, name, command.help.split("\n\n")[0]


def _parameters(context: Any) -> Iterator[tuple[str, str, str]]:
    for parameter in context.command.get_params(context):
        if parameter.param_type_name == "argument":
            yield say("Tham số", "Arguments"), parameter.metavar, parameter.help or ""
        else:
            names = ", ".join(parameter.opts)
            term = names if parameter.is_flag else f"{names} {parameter.metavar}"
            required = say(" (bắt buộc)", " (required)") if parameter.required else ""
            yield say("Tùy chọn", "Options"), term, f"{parameter.help}{required}"


def _listed(rows: Iterable[tuple[str, str]], column: int, width: int) -> Iterator[str]:
    """Terms on the left, explanations on the right, from ``column`` on."""
    for term, meaning in rows:
        lines = textwrap.wrap(meaning, width - column) or [""]
        head = f"  {term}"
        if len(head) > column - 2:
            yield head
            head = ""
        yield f"{head:<{column}}{lines[0]}".rstrip()
        yield from (" " * column + line for line in lines[1:])
