"""The words that tell people how to mark, with the rule for taking a mark back.

The reader obeys the form's rule of correction, so the paper must always say it: an author's own
instruction that does not hold the rule's sentence gets it added at the end.
"""

from __future__ import annotations

from omr.form.model import Correction

MARK = "*Cách ghi:* Đánh dấu **X** vào **một** ô phù hợp ở mỗi câu."
KEEP_CLEAR = (
    "Không viết, không gấp lên các ô vuông đen ở góc phiếu. Ghi xong, bỏ phiếu vào hòm phiếu."
)
RULES = {
    Correction.CIRCLE: (
        "Nếu chọn nhầm, khoanh tròn dấu X đã chọn rồi đánh dấu X vào ô khác; "
        "muốn chọn lại ô đã khoanh thì tô kín ô đó."
    ),
    Correction.FILL: "Nếu chọn nhầm, tô kín ô đã chọn rồi đánh dấu X vào ô khác.",
    Correction.NONE: "Nếu chọn nhầm, xin đổi phiếu khác.",
}
"""What each rule says on paper. The printed words are always Vietnamese, whatever the screen's."""


def instruction(own: str | None, correction: Correction, *, marked: bool) -> str:
    """The instruction to print.

    ``own`` is the author's text, None where the form has none of its own; ``marked`` tells whether
    the form has anything to mark. Without a rule nothing is added to an author's text.
    """
    if not marked:
        return KEEP_CLEAR if own is None else own
    rule = RULES[correction]
    if own is None:
        return f"{MARK} {rule} {KEEP_CLEAR}"
    if correction is Correction.NONE or rule in own:
        return own
    return f"{own} {rule}".strip()
