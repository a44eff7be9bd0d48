"""Questions one below the other, each with its options beside its words or in rows under them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from omr.fonts import Style
from omr.form.model import Kind
from omr.geometry import Box
from omr.layout.drawing import Block, Outline
from omr.layout.leaders import leader
from omr.layout.measures import BODY_POINTS, BOX_LINE, LEFT, OPTION_GAP, TABLE_POINTS, WIDTH
from omr.layout.model import Shape, Target
from omr.layout.options import (
    OPTION_INDENT,
    SIDE_BY_SIDE,
    arrange,
    in_columns,
    option_width,
)
from omr.layout.text import Run, leading, set_lines, wrap
from omr.layout.together import kept_together
from omr.layout.words import Words, label_width, set_words
from omr.layout.writing import comment_block, digits_block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from omr.form.designed import Asked, QuestionList
    from omr.layout.drawing import Item
    from omr.layout.options import Arrangement
    from omr.layout.spacing import Spacing

WORDS_TOP, WORDS_TO_OPTIONS = 0.6, 0.5
"""White above and below words that stand over their options."""
FEW_WORDS = 45.0
"""Questions whose words end before this have their options in one line, below one another."""
WORDS_GAP = 4.0
LEADER_GAP = 2.0
"""White between a leader and the box to which it leads."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to set a question: ``lead`` mm from the margin to its options, beside or below."""

    lead: float
    beside: bool
    options: Arrangement

    def rows(self, words: Words) -> int:
        """Lines and rows that it takes."""
        return self.options.rows + (0 if self.beside else len(words.lines))


def question_blocks(section: QuestionList, spacing: Spacing) -> tuple[Block, ...]:
    """The blocks of a list of questions, with its title."""
    title = [title_block(section.title, spacing)] if section.title else []
    labels = label_width(section)
    words = [set_words(asked, labels) for asked in section.questions]
    choices = _choices(section, words, spacing)
    blocks = [
        _question_block(asked, one, choices.get(asked.question.id), spacing)
        for asked, one in zip(section.questions, words, strict=True)
    ]
    blocks[0] = replace(blocks[0], space_before=0.0 if title else spacing.paragraph)
    blocks = kept_together([*title, *blocks])
    return (replace(blocks[0], opens=True), *blocks[1:])


def title_block(title: str, spacing: Spacing) -> Block:
    """A section's title, never left alone at the foot of a page."""
    lines = wrap([Run(title, Style.BOLD)], BODY_POINTS, WIDTH)
    items = set_lines(lines, BODY_POINTS, LEFT, 0, WIDTH)
    height = len(lines) * leading(BODY_POINTS)
    return Block(height, items, space_before=spacing.paragraph, keep_with_next=True)


def _question_block(asked: Asked, words: Words, choice: Choice | None, spacing: Spacing) -> Block:
    if choice is not None:
        return _marked(asked, words, choice, spacing)
    if asked.question.kind is Kind.NUMBER:
        return digits_block(asked, words)
    return comment_block(asked, spacing)


def _choices(section: QuestionList, words: Sequence[Words], spacing: Spacing) -> dict[str, Choice]:
    """How each question with boxes is set. Those with options at one lead share their columns."""
    asked = {
        one.question.id: (own, [option_width(o, spacing.box) for o in one.question.options])
        for one, own in zip(section.questions, words, strict=True)
        if one.question.has_targets
    }
    leads = _common_leads(list(asked.values()))
    alone = {name: _best(*one, leads, spacing) for name, one in asked.items()}
    # One list, one manner: where some options stand under long questions, all do.
    is_mixed = spacing.tidy and any(not choice.beside for choice in alone.values())
    shared = _shared_columns([(asked[name][1], choice) for name, choice in alone.items()])
    return {
        name: _best(*one, leads, spacing, shared, own_lead=not is_mixed)
        for name, one in asked.items()
    }


def _shared_columns(
    chosen: Sequence[tuple[list[float], Choice]],
) -> dict[float, list[tuple[float, ...]]]:
    """By lead, the columns that questions found alone, those first into which most would fit."""
    found = {}
    for lead in sorted({choice.lead for _, choice in chosen}):
        group = [(widths, choice.options) for widths, choice in chosen if choice.lead == lead]
        columns = {options.columns for _, options in group if options.columns}
        counted = [(_count_fitting(group, one, WIDTH - lead), one) for one in columns]
        found[lead] = [one for _, one in sorted(counted, reverse=True)]
    return found


def _count_fitting(
    group: Sequence[tuple[list[float], Arrangement]], columns: tuple[float, ...], room: float
) -> int:
    """How many questions stand in these columns without another row."""
    found = [(in_columns(widths, columns, room), options.rows) for widths, options in group]
    return sum(1 for one, rows in found if one is not None and one.rows <= rows)


def _common_leads(asked: Sequence[tuple[Words, list[float]]]) -> tuple[float, ...]:
    """Where options begin for all questions of few words, and for most of those of many."""
    ends = [own.end for own, _ in asked if len(own.lines) == 1]
    few = max((end for end in ends if end <= FEW_WORDS), default=0.0) + WORDS_GAP
    many = [
        (own.end + WORDS_GAP, sum(widths) + SIDE_BY_SIDE * (len(widths) - 1))
        for own, widths in asked
        if len(own.lines) == 1 and own.end > FEW_WORDS
    ]
    sizes = {
        lead: sum(1 for one, row in many if one <= lead and row <= WIDTH - lead) for lead, _ in many
    }
    best = max(sizes, key=lambda lead: (sizes[lead], -lead), default=0.0)
    return (few, best) if sizes.get(best, 0) > 1 else (few,)


def _best(
    words: Words,
    widths: Sequence[float],
    leads: Sequence[float],
    spacing: Spacing,
    shared: Mapping[float, Sequence[tuple[float, ...]]] = MappingProxyType({}),
    *,
    own_lead: bool = True,
) -> Choice:
    """The lowest way to set a question, and of equally low ones the best in line."""

    def choice(lead: float, *, beside: bool) -> Choice:
        columns = shared.get(lead, ())
        found = arrange(widths, WIDTH - lead, tidy=spacing.tidy, shared=columns)
        return Choice(lead, beside, found)

    def ways() -> Iterator[Choice]:
        own = (words.end + WORDS_GAP,) if own_lead or words.end <= FEW_WORDS else ()
        for lead in (*leads, *own):
            starts_behind = words.end + SIDE_BY_SIDE / 2 <= lead
            if len(words.lines) == 1 and starts_behind and max(widths) <= WIDTH - lead:
                yield choice(lead, beside=True)
        yield choice(max(OPTION_INDENT, words.x), beside=False)

    def badness(way: Choice) -> tuple[int, bool]:
        is_crammed = way.beside and way.options.rows > 1 and words.end > FEW_WORDS
        return way.rows(words), is_crammed

    return min(ways(), key=badness)


def _marked(asked: Asked, words: Words, choice: Choice, spacing: Spacing) -> Block:
    """Words with their options beside them or in rows below."""
    pitch, side = spacing.option_pitch, spacing.box
    top = (pitch - leading(TABLE_POINTS)) / 2
    words_top = top if choice.beside else WORDS_TOP
    y = 0.0 if choice.beside else words_top + words.height + WORDS_TO_OPTIONS
    items: list[Item] = [*words.items(words_top)]
    targets: list[Target] = []
    for option, place in zip(asked.question.options, choice.options.places, strict=True):
        row = y + place.row * pitch
        box = Box(LEFT + choice.lead + place.x, row + (pitch - side) / 2, side, side)
        line = wrap([Run(option.text)], TABLE_POINTS, WIDTH)
        items.append(Outline(box, Shape.BOX, BOX_LINE))
        items += set_lines(line, TABLE_POINTS, box.right + OPTION_GAP, row + top, WIDTH)
        targets.append(Target(asked.question.id, option.code, Shape.BOX, box))
    # Dots behind a colon would ask for writing.
    if choice.beside and not asked.question.text.endswith(":"):
        baseline = words.items(top)[-1].baseline
        items += leader(LEFT + words.end, targets[0].box.x - LEADER_GAP, baseline)
    return Block(y + choice.options.rows * pitch, tuple(items), tuple(targets))
