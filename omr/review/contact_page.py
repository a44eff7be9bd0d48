"""``index.html``: every waiting question with its picture and the machine's guess.

A plain file without scripts or anything from elsewhere; it opens from a folder or a memory stick.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from omr.form.model import Kind
from omr.language import current, say
from omr.responses.model import Doubt
from omr.review.words import doubt_words, sheet_reason_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.form.model import Question
    from omr.review.items import ReviewItem

_STYLE = """
body { font: 16px/1.5 "Segoe UI", Tahoma, "DejaVu Sans", sans-serif; margin: 0 auto;
       max-width: 60rem; padding: 1rem; color: #1a1a1a; background: #f6f6f4; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
article { background: #fff; border: 1px solid #ccc; border-radius: 6px; margin: 1rem 0;
          padding: .75rem 1rem; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
img { display: block; max-width: 100%; border: 1px solid #999; margin: .5rem 0; }
code { background: #eee; padding: 0 .25em; border-radius: 3px; overflow-wrap: anywhere; }
p { margin: .25rem 0; } .quiet { color: #555; font-size: .875rem; }
"""


def contact_page(items: Sequence[ReviewItem]) -> str:
    """The page in the screen language; pictures are referred to by their file names."""
    title = say("Các câu cần xem xét", "Questions to review")
    cards = "\n".join(_card(number, item) for number, item in enumerate(items, start=1))
    return (
        f'<!DOCTYPE html>\n<html lang="{current().value}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{title}: {len(items)}</h1>\n<p>{_how_to(len(items))}</p>\n{cards}\n"
        "</body>\n</html>\n"
    )


def _how_to(waiting: int) -> str:
    if not waiting:
        return say("Không còn câu nào phải xem xét.", "Nothing waits for review.")
    return say(
        "Ghi quyết định vào cột <code>decision</code> của tệp <code>review.csv</code>: mã phương "
        "án; <code>-</code> nếu không trả lời; <code>a+b</code> nếu đúng là đánh nhiều ô. Với cả "
        "phiếu, ghi <code>valid</code> (hợp lệ) hoặc <code>invalid</code> (không hợp lệ). Câu chưa "
        "quyết định thì để trống.",
        "Write each decision in the column <code>decision</code> of <code>review.csv</code>: an "
        "option's code; <code>-</code> for no answer; <code>a+b</code> if several are really "
        "marked. For a whole sheet, write <code>valid</code> or <code>invalid</code>. Leave empty "
        "what is not decided yet.",
    )


def _card(number: int, item: ReviewItem) -> str:
    head = item.serial or item.image
    lines = [
        f"<h2>{number}. {say('Phiếu', 'Sheet')} {escape(head)} · {_subject(item)}</h2>",
        f"<p>{say('Lý do', 'Reason')}: {escape(_reason(item))}</p>",
    ]
    if item.picture:
        name = escape(item.crop_name)
        alternative = escape(f"{head} {item.question_id}")
        lines.append(f'<img src="{name}" alt="{alternative}" loading="lazy">')
    elif item.question is None:
        lines.append(f"<p>{say('Xem các trang', 'See the pages')}: {_images(item)}</p>")
    else:
        lines.append(f"<p>{_where_to_look(item)}</p>")
    if item.question is not None:
        guess = item.machine or _no_guess(item.question)
        lines.append(f"<p>{say('Máy đoán', 'Machine')}: <strong>{escape(guess)}</strong></p>")
        lines.append(f'<p class="quiet">{_options(item.question)}</p>')
    lines.append(f'<p class="quiet"><code>{escape(item.item)}</code> · {escape(item.image)}</p>')
    return "<article>\n" + "\n".join(lines) + "\n</article>"


def _no_guess(question: Question) -> str:
    if question.kind is Kind.NUMBER:
        return say("(không đọc được)", "(not read)")
    return say("(không có dấu)", "(no mark)")


def _images(item: ReviewItem) -> str:
    return ", ".join(escape(image) for image in (item.image, *item.copies))


def _where_to_look(item: ReviewItem) -> str:
    images = _images(item)
    return say(
        f"Không có ảnh cắt của câu này; hãy xem tờ giấy, hoặc bản quét: {images}.",
        f"There is no picture of this question; look at the paper, or at the scans: {images}.",
    )


def _subject(item: ReviewItem) -> str:
    if item.question is None:
        return say("cả phiếu", "the whole sheet")
    return f"{escape(item.question.id)}: {escape(item.question.text)}"


def _reason(item: ReviewItem) -> str:
    if item.question is None:
        return "; ".join(sheet_reason_words(reason) for reason in item.doubts)
    return "; ".join(doubt_words(Doubt(doubt)) for doubt in item.doubts)


def _options(question: Question) -> str:
    return " · ".join(
        f"<code>{escape(option.code)}</code> {escape(option.text)}" for option in question.options
    )
