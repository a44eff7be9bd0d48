"""Every command is documented with an example, every refusal has words, and help is quick."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from omr import __version__
from omr.cli.reason_words import reason_sentence
from omr.language import Language, use
from omr.refusal import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

IN_ORDER = (
    *("demo", "forms", "check", "preview", "layout", "measure", "init", "print", "issued"),
    *("deck", "read", "withdraw", "status", "review", "export", "tally"),
)


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "omr", *arguments],
        capture_output=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": ":".join(sys.path), "COLUMNS": "100", **environment},
    )


def registered() -> list[str]:
    from omr.cli.app import app

    return [str(command.name) for command in app.registered_commands]


def test_the_commands_stand_in_the_order_of_work() -> None:
    assert tuple(registered()) == IN_ORDER


@pytest.mark.parametrize("name", IN_ORDER)
def test_every_command_has_help_with_an_example(omr: Callable[..., Result], name: str) -> None:
    page = omr(name, "--help")
    assert page.exit_code == 0
    _, heading, examples = page.output.partition("Example")
    assert heading
    assert f"\n  omr {name}" in examples


@pytest.mark.parametrize(("language", "word"), [("vi", "Cách dùng"), ("en", "Usage")])
def test_help_speaks_the_language_asked_for(language: str, word: str) -> None:
    by_option = process("--lang", language, "--help", LANG="C.UTF-8")
    by_variable = process("--help", OMR_LANG=language)
    assert word in by_option.stdout.decode("utf-8")
    assert by_option.stdout == by_variable.stdout


def test_the_language_may_also_be_named_after_the_command() -> None:
    assert "Usage" in process("read", "--help", "--lang=en", OMR_LANG="vi").stdout.decode("utf-8")


def test_vietnamese_is_spoken_where_nothing_else_is_asked_for() -> None:
    assert "Kết quả" in process("--help").stdout.decode("utf-8")


def test_output_is_utf8_even_where_python_would_choose_otherwise() -> None:
    answer = process("--help", OMR_LANG="vi", PYTHONIOENCODING="cp1252")
    assert answer.returncode == 0
    assert "mẫu phiếu" in answer.stdout.decode("utf-8")


def test_the_version_is_shown() -> None:
    assert process("--version").stdout.decode().split() == ["omr", __version__]


def test_wrong_usage_is_told_in_plain_words_with_code_2() -> None:
    answer = process("read", OMR_LANG="vi")
    assert answer.returncode == 2
    assert "Thiếu" in answer.stderr.decode("utf-8")
    assert b"Traceback" not in answer.stderr
    assert process("read", "--lang", "fr").returncode == 2
    assert process("no-such-command").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell a child's processor time")
def test_help_answers_within_twice_an_empty_python_and_a_third_of_a_second() -> None:
    def seconds(*command: str) -> float:
        before = os.times()
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        after = os.times()  # processor time: a busy machine is not a slow program
        return sum(after[2:4]) - sum(before[2:4])

    empty = statistics.median(seconds("-c", "pass") for _ in range(5))
    helped = statistics.median(seconds("-m", "omr", "--help") for _ in range(5))
    assert helped < 2 * empty + 0.3


def test_help_imports_no_heavy_library() -> None:
    code = "import sys; sys.argv = ['omr', '--help']\ntry:\n    __import__('omr.cli').cli.main()\n"
    code += "finally:\n    print(sorted(sys.modules), file=sys.stderr)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stderr
    for heavy in (b"'numpy'", b"'cv2'", b"'pandas'", b"'rich'", b"'pydantic'", b"'sqlite3'"):
        assert heavy not in modules


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_in_both_languages(reason: Reason, language: Language) -> None:
    use(language)
    assert reason_sentence(reason.value).endswith(".")
    assert "(k3)" in reason_sentence(f"{reason.value}:k3")


@pytest.mark.parametrize(
    ("reason", "vietnamese", "english"),
    [
        ("no-marks-found:0-of-4", "(thấy 0 trong 4 dấu)", "(0 of 4 marks found)"),
        ("bad-registration:3-of-50-targets", "(thấy 3 trong 50 ô)", "(3 of 50 boxes found)"),
        ("not-issued:000077K", "(000077K)", "(000077K)"),
    ],
)
def test_a_count_in_a_detail_is_said_in_words(reason: str, vietnamese: str, english: str) -> None:
    use(Language.VIETNAMESE)
    assert reason_sentence(reason).endswith(vietnamese)
    use(Language.ENGLISH)
    assert reason_sentence(reason).endswith(english)


def test_the_sentences_differ_between_the_languages() -> None:
    for reason in Reason:
        use(Language.VIETNAMESE)
        vietnamese = reason_sentence(reason.value)
        use(Language.ENGLISH)
        assert reason_sentence(reason.value) != vietnamese
