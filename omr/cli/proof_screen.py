"""What ``omr check`` shows: a line per scanner, what is wrong, and the verdict in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from omr.cli.numbers import count
from omr.cli.page_words import page_count
from omr.cli.reason_words import reason_sentence
from omr.cli.screen import console
from omr.language import say
from omr.proof.model import Severity, Verdict
from omr.proof.words import mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.geometry import Box
    from omr.proof import Finding, Proof
    from omr.proof.model import QuestionTrial, ScannerTrial

SHOWN = 12
"""Findings and questions that are told one by one; of more, only their number."""


def show_proof(proof: Proof, name: str) -> None:
    """Everything about a proof, the verdict last: that is where eyes end up."""
    screen = console()
    if proof.trials:
        screen.print(_table(proof))
    for line in (*_lost_lines(proof), *_finding_lines(proof), *_trial_lines(proof)):
        screen.print(line, soft_wrap=True)
    screen.print(_verdict(proof, name), soft_wrap=True)


def proof_object(proof: Proof) -> dict[str, Any]:
    """The proof for other programs: slugs and numbers do not depend on the language."""
    return {
        "form": proof.form,
        "version": proof.version,
        "pages": proof.pages,
        "verdict": proof.verdict.value,
        "findings": [_finding_object(finding) for finding in proof.findings],
        "scanners": [_trial_object(trial) for trial in proof.trials],
    }


def _table(proof: Proof) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("Máy quét", "Scanner"))
    for heading in (
        say("Phiếu", "Sheets"),
        say("Trang đọc được", "Pages found"),
        say("Câu trả lời", "Answers"),
        say("Đúng", "Right"),
        say("Cần xem xét", "For review"),
        say("Mất nét", "Lost"),
        say("Sai", "Wrong"),
    ):
        table.add_column(heading, justify="right")
    table.add_column("")
    for trial in proof.trials:
        table.add_row(
            scanner_name(trial.scanner),
            count(trial.sheets),
            f"{count(trial.found)}/{count(trial.pages)}",
            *map(count, (trial.answers, trial.right, trial.review, trial.lost, trial.wrong)),
            say("đạt", "passed") if trial.passed else say("KHÔNG ĐẠT", "FAILED"),
        )
    return table


def scanner_name(slug: str) -> str:
    """A scanner's name for people."""
    return {
        "office": say("Máy tốt (xám, màu)", "Good (grey, colour)"),
        "black-and-white": say("Máy tốt, đen trắng", "Good, black and white"),
        "poor": say("Máy kém", "Poor"),
    }[slug]


def _lost_lines(proof: Proof) -> Iterator[str]:
    lost = sum(trial.lost for trial in proof.trials)
    if lost:
        yield say(
            f"Mất nét ({count(lost)}): nét bút quá nhạt, bản quét đen trắng không còn dấu nào để "
            "đọc. Quét xám thì không mất.",
            f"Lost ({count(lost)}): strokes so faint that a black-and-white scan shows nothing of "
            "them. A grey scan does.",
        )


def _finding_lines(proof: Proof) -> Iterator[str]:
    for finding in proof.findings[:SHOWN]:
        kind = {
            Severity.ERROR: say("LỖI", "ERROR"),
            Severity.ADVICE: say("Nên sửa", "Advice"),
        }[finding.severity]
        yield f"{kind} · {_place(finding.page, finding.box)}: {finding.what}"
        yield f"    {finding.why}"
        yield f"    → {finding.change}"
    more = len(proof.findings) - SHOWN
    if more > 0:
        yield say(
            f"… và {count(more)} chỗ khác (xem đủ bằng --json).",
            f"… and {count(more)} more (--json lists them all).",
        )


def _trial_lines(proof: Proof) -> Iterator[str]:
    for trial in proof.trials:
        if trial.passed:
            continue
        name = scanner_name(trial.scanner)
        yield say(f"{name}: không đạt, vì:", f"{name}: failed, because:")
        yield from (f"    {line}" for line in _failures(trial))


def _failures(trial: ScannerTrial) -> Iterator[str]:
    if trial.refusals:
        yield say(
            f"{count(len(trial.refusals))}/{count(trial.pages)} trang không đọc được:",
            f"{count(len(trial.refusals))} of {count(trial.pages)} pages were refused:",
        )
        for slug in dict.fromkeys(refusal.partition(":")[0] for refusal in trial.refusals):
            yield f"    {reason_sentence(slug)}"
    if trial.too_much_review:
        share = f"{100 * trial.review / trial.answers:.0f}"
        limit = f"{100 * trial.allowance.review:.0f}"
        yield say(
            f"{share}% câu trả lời phải chờ người xem; cho phép nhiều nhất {limit}%.",
            f"{share} % of the answers wait for a person; at most {limit} % may.",
        )
    for question in trial.troubled[:SHOWN]:
        yield _question_line(question)


def _question_line(question: QuestionTrial) -> str:
    place = _place(question.page, question.box)
    wrong = "; ".join(f"{one.said or '–'} → {one.read or '–'}" for one in question.wrong[:3])
    examples = f" ({wrong})" if wrong else ""
    return say(
        f"Câu {question.question}, {place}: {count(question.answers)} lần thử, sai "
        f"{count(len(question.wrong))}{examples}, cần xem xét {count(question.review)}.",
        f"Question {question.question}, {place}: {count(question.answers)} tried, "
        f"{count(len(question.wrong))} wrong{examples}, {count(question.review)} for review.",
    )


def _place(page: int, box: Box) -> str:
    return say(
        f"trang {page}, cách mép trái {mm(box.x)}, mép trên {mm(box.y)}",
        f"page {page}, {mm(box.x)} from the left, {mm(box.y)} from the top",
    )


def _verdict(proof: Proof, name: str) -> str:
    match proof.verdict:
        case Verdict.PROVED:
            return say(
                f"ĐẠT: mẫu phiếu {name} ({page_count(proof.pages)}) in ra đọc được. Không có câu "
                "trả lời nào bị đọc sai.",
                f"PROVED: the form {name} ({page_count(proof.pages)}) can be printed and read. No "
                "answer was read wrongly.",
            )
        case Verdict.NOT_PROVED if proof.trials:
            return say(
                f"CHƯA CHỨNG MINH ĐƯỢC: không có câu trả lời nào để so sánh, vì mẫu phiếu {name} "
                "không có câu nào trả lời bằng cách đánh dấu. Hãy thêm câu có ô để đánh dấu; phiếu "
                "chỉ có khung ghi chữ thì phần mềm này không đọc được gì.",
                f"NOT PROVED: not one answer could be compared, because no question of the form "
                f"{name} is answered by a mark. Add questions with boxes; of a form that only has "
                "frames for handwriting nothing can be read.",
            )
        case Verdict.NOT_PROVED:
            return say(
                f"CHƯA CHỨNG MINH ĐƯỢC: mẫu phiếu {name} không có lỗi, nhưng ảnh mẫu là phiếu đã "
                "điền (blank: false) nên không thể đọc thử. Hãy quét một phiếu trắng làm ảnh mẫu.",
                f"NOT PROVED: nothing is wrong with the form {name}, but its picture is of filled "
                "sheets (blank: false), so that nothing can be tried on it. Scan a blank sheet.",
            )
        case Verdict.NOT_READABLE if proof.errors:
            return say(
                f"KHÔNG ĐẠT: chưa nên in mẫu phiếu {name}. Hãy sửa các lỗi nêu trên rồi kiểm tra "
                "lại.",
                f"FAILED: do not print the form {name} yet. Mend the errors above and check again.",
            )
        case Verdict.NOT_READABLE:
            return say(
                f"KHÔNG ĐẠT: phiếu in thử của mẫu {name} đọc không đủ chắc, dù không thấy lỗi dàn "
                "trang. Hãy xem các câu nêu trên: để chúng rộng rãi hơn, cách xa chữ và nét khác.",
                f"FAILED: sheets of the form {name} were not read well enough, though no rule is "
                "broken. See the questions above: give them more room, away from other print.",
            )


def _finding_object(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.value,
        "severity": finding.severity.value,
        "page": finding.page,
        **_box_object(finding.box),
        "targets": [{"question": q, "option": o} for q, o in finding.targets],
        "what": finding.what,
        "why": finding.why,
        "change": finding.change,
    }


def _trial_object(trial: ScannerTrial) -> dict[str, Any]:
    return {
        "scanner": trial.scanner,
        "passed": trial.passed,
        "sheets": trial.sheets,
        "pages": trial.pages,
        "pages_found": trial.found,
        "refusals": list(trial.refusals),
        "answers": trial.answers,
        "right": trial.right,
        "review": trial.review,
        "lost": trial.lost,
        "wrong": trial.wrong,
        "troubled": [
            {
                "question": question.question,
                "page": question.page,
                **_box_object(question.box),
                "answers": question.answers,
                "review": question.review,
                "wrong": [{"said": one.said, "read": one.read} for one in question.wrong],
            }
            for question in trial.troubled
        ],
    }


def _box_object(box: Box) -> dict[str, float]:
    return {
        "x_mm": round(box.x, 2), "y_mm": round(box.y, 2),
        "w_mm": round(box.w, 2), "h_mm": round(box.h, 2),
    }  # fmt: skip
