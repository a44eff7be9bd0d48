"""The thresholds by which ink is measured and compared; those of marks are beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InkThresholds:
    """What counts as ink, on a scale from 0 (the paper around) to 1 (this page's print).

    ``darkness``: a pixel this dark is ink. Pencil at 150 dpi comes to 0.35 and more, show-through
    and paper grain stay below 0.2. ``speck_share``: pieces smaller than this share of a target's
    inside (0.2 mm2 of a 5 mm box) are specks.
    ``joined_px``: pieces less than this apart (0.5 mm) are one broken stroke.
    ``trace_darkness``, ``trace_noises``, ``trace_reach``: pieces darker than the rest by this
    much, and by so many times the page's own noise, spanning at least this share of the side, are
    the trace of something.

    ``stroke_darkness``: the same for strokes over the page, a little lower, so that they hold
    together. A stroke's body is elsewhere if another target holds ``foreign_rival`` times the ink
    that lies here, or if more than ``foreign_abroad`` of it lies outside: a large cross in a box,
    with a slip of the pen as long as itself, has 0.6; letters and stamps have 0.8 and more.
    Strokes that span less than ``letter_mm`` are specks, no letters. A page whose print moved by no
    more than ``still_mm`` (half a pixel of the map) is not bent.

    ``print_darkness``: reference darkness from which a pixel is print. Hairlines are grey in the
    reference but may be black in a 1-bit scan, so print has no shades: what may be print is not
    measured at all. ``sure_print``: reference darkness whose places show how dark print came out;
    ``least_print``: it is never taken to be fainter, or noise would pass for ink.
    ``most_blur``: print is looked for up to this share of a target's long side from its outline.
    ``grainy``: paper that varies more is smoothed first, or single pixels would pass for ink.
    ``outline_darkness``: pixels of a target's own outline this dark are printed or traced.
    ``visible_share``: a direction around a target counts if print leaves so much of it visible.
    ``alike_targets``: so many targets of one look tell how such targets usually are.
    ``alike_print``: references that differ by no more than this, blurred, are printed alike.
    ``fewest_px``: fewer pixels have no course.
    ``touch``: seen through a blur as wide as a pen's line, ink is this dark, or ``touch_usual``
    times as dark as most targets of its page, which are empty; ``least_touch`` at least.
    ``unknown_print``: where every code's targets have at least this mean darkness in common, in
    questions of ``least_options`` and more, they have print in them that the reference lacks;
    more than ``most_unknown`` no letter has, but a fill.
    """

    darkness: float = 0.25
    speck_share: float = 0.012
    joined_px: int = 5
    trace_darkness: float = 0.08
    trace_noises: float = 5.0
    trace_reach: float = 0.22
    stroke_darkness: float = 0.20
    foreign_rival: float = 1.6
    foreign_abroad: float = 0.75
    letter_mm: float = 1.2
    still_mm: float = 0.06
    print_darkness: float = 0.12
    most_blur: float = 0.16
    grainy: float = 0.018
    sure_print: float = 0.60
    least_print: float = 0.35
    alike_targets: int = 5
    alike_print: float = 0.08
    fewest_px: int = 4
    touch: float = 0.2
    least_touch: float = 0.12
    touch_usual: float = 4.0
    unknown_print: float = 0.03
    most_unknown: float = 0.30
    least_options: int = 3
    outline_darkness: float = 0.45
    visible_share: float = 0.60


INK = InkThresholds()


@dataclass(frozen=True, slots=True)
class StreakThresholds:
    """When ink is a streak.

    In a band ``width_px`` wide (of a picture with 8 px per mm), leaning by at most ``slope``, it
    fills at least this ``share`` of the rows that print leaves visible, and there is ink in at
    least ``least_rows`` of all rows. Its edges may be ragged by ``edge_px``.
    """

    width_px: int = 3
    edge_px: float = 2.0
    slope: float = 0.08
    share: float = 0.88
    least_rows: float = 0.50


STREAK = StreakThresholds()


@dataclass(frozen=True, slots=True)
class SamePaperThresholds:
    """When two ink maps are one paper.

    ``ink_darkness``: darkness (0 paper, 1 black) from which a pixel is ink.
    ``least_piece_mm``: shorter contours are dust (a
    speck of 0.7 mm across has 2.1 mm).
    Contours coincide ``within_mm`` for at least a ``share`` of either map; the same paper at other
    resolutions reaches 0.80 and more (less where 1-bit has lost half of a pencil mark: then a
    person looks), another paper with the same kind of mark in the same boxes at most 0.76.
    ``least_contour_mm``: less than about three short strokes proves nothing.
    """

    ink_darkness: float = 0.28
    least_piece_mm: float = 2.1
    within_mm: float = 0.2
    share: float = 0.78
    least_contour_mm: float = 25.0


SAME_PAPER = SamePaperThresholds()


@dataclass(frozen=True, slots=True)
class GlassThresholds:
    """When a line of the image is dirt on the scanner's glass, and when it can be mended.

    ``candidate``, ``contrast``: columns this much darker or lighter than those beside (share of
    their grey) belong to a line; its darkest reaches ``contrast``. ``paper``: rows count where
    both sides are at least this light, against paper. The line must be there in ``share_of_band``
    of such rows (boxes below one another fill 0.55 of a column), in this share of all ``bands``
    (a printed rule ends with the text: 0.86 of the width, 0.60 of the height).
    ``least_light``: a streak that leaves less of the paper's light is opaque, as is one whose
    noise drowns ink of ``legible`` darkness. An opaque streak up to ``hides_nothing_mm`` wide
    cannot hide a pen stroke (0.35 mm and more); a wider one is not mended. A picture with a side
    shorter than ``least_side_px`` shows no page.
    """

    candidate: float = 0.03
    contrast: float = 0.08
    paper: float = 0.85
    share_of_band: float = 0.80
    bands: float = 0.92
    least_light: float = 0.10
    legible: float = 0.25
    hides_nothing_mm: float = 0.3
    least_side_px: int = 200


GLASS = GlassThresholds()


@dataclass(frozen=True, slots=True)
class LearnedThresholds:
    """What the mark classifier is asked for, and what it is told of a page.

    ``unmarked``, ``marked``, ``cancelled``: a state that the rules find stands if the classifier
    gives it at least this probability. ``clear_ink``, ``clear_extent``: targets with so much ink of
    such reach are the page's clear marks; with fewer than ``usual_marks`` of them it has no usual
    mark to compare with. ``empty_ink``: targets with less are what is usual on empty ones;
    ``streak``: those with more of a streak are crossed by one; ``near_mm``: targets so close may
    share a circle.
    """

    unmarked: float = 0.1
    marked: float = 0.1
    cancelled: float = 0.1
    clear_ink: float = 0.05
    clear_extent: float = 0.45
    usual_marks: int = 4
    empty_ink: float = 0.014
    streak: float = 0.01
    near_mm: float = 10.0


LEARNED = LearnedThresholds()


@dataclass(frozen=True, slots=True)
class FitThresholds:
    """When a fit of the mark classifier is done, and what is not fitted.

    ``enough``: Newton's decrement (twice the loss still to be gained, square root) at which the
    optimum is reached; ``descent``: a step must gain this share of what it promises.
    ``few_values``: a feature with fewer different values gets no knots; ``least_spread``: a column
    that varies less is left out.
    """

    enough: float = 1e-11
    descent: float = 1e-4
    few_values: int = 6
    least_spread: float = 1e-9


FIT = FitThresholds()
