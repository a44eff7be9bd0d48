"""The thresholds by which measurements become states: all of them, and only here."""

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
class MarkThresholds:
    """Where unmarked ends and marked begins; between them a person looks.

    Shares are of the target's inside (4 mm square in a 5 mm box) unless said otherwise.

    ``empty_ink``: an unmarked target has no more ink than this; a speck that survives dusting
    covers 0.012. ``speck_ink``, ``speck_extent``: a single speck up to 0.8 mm across is dust too.
    ``empty_specks``: ... and no more than this in specks; salt and pepper of 1-bit scans comes to
    0.005 and sometimes 0.010, a pencil mark that a 1-bit scan has broken up to more. Fewer than
    ``broken_specks`` of them are dust. ``broken_ink``: more than this may be a broken mark.
    Where a 1-bit scan shows ``bilevel_specks`` in an empty question's targets, or in any target of
    a page whose pen is too faint for it, they may be all that is left of a mark.
    ``empty_trace``: ... and no more of something faint, or ``usual_trace`` times what three
    quarters of the page's empty targets show, if that is more.
    ``streak``: ... nor more of a streak across, for a pen can draw a straight line too;
    only where ``streak_targets`` and more are crossed is it certainly none; a mark may still be
    lost under ``least_streak``, so an empty question is not believed there.
    ``empty_tone``: ... nor as a whole darker than the paper around by this much beyond what is
    usual on the page; ``traced_outline``: ... nor its outline darker than the page's others by
    this share.
    ``empty_outside``: ... nor more ink around it than this share of the surroundings, nor in more
    directions than ``empty_ring``: an empty box in a circle is no empty box.

    ``stroke_ink``, ``stroke_extent``: a stroke has this much ink *and* this reach. A thin
    (0.35 mm) tick in a 5 mm box covers 0.07 and spans 0.7 of it; a stroke that strays in from a
    neighbour reaches less far. ``core_ink``, ``core_agreement``: where the print agrees less than
    this, the middle must hold ink as well: a misplaced outline looks like ink along the edge; so
    must it where there is less than ``thin_ink`` and ``thin_agreement``.
    ``piece_extent``: and one of its pieces must span this much: specks of dust in two corners of a
    box reach far, but no speck does.
    ``dot_ink``, ``dot_extent``, ``dot_strength``: a deliberate dot is compact but dark and large
    (1.1 mm across covers 0.055); a speck is smaller, a stain is paler. ``small_ink``,
    ``small_most``, ``small_extent``, ``small_core``: ... but where ``small_questions`` and at least
    a ``small_share`` of the page's questions have one such mark in the middle of one target,
    somebody answers with small dots, or the scan breaks up a thin pen; but what is small and has
    ink around it in ``small_ring`` of the directions, specks counted, is a broken circle.

    ``foreign``: a target most of whose ink belongs to strokes with their body elsewhere has no
    mark of its own; so it is where a stroke lies abroad for ``through_mm`` on opposite sides,
    where ``writing_mm`` of strokes stand beside that belong to no target, where a stroke that is
    straight here (``straight_mm``) comes in from outside with ``long_abroad`` of its length or
    has ``straight_rival`` times as much in another target, and where ``writing_abroad`` of it
    sways by ``writing_sway_mm``: the tail of a tick is straight. Simulated marks come to nothing
    in all of these. ``grazing``, ``grazed_extent``: what is of
    foreign strokes alone and reaches no farther in leaves the target empty.
    ``empty_mm``: with more of strokes that belong to it, inside or close by, no target is empty.
    ``blank_ink``, ``blank_mm``, ``blank_outside``: with more than this inside, of strokes of its
    own, or around it, it is empty only beside a marked one: in a question without any mark a line
    along an outline or just beside a box may be the answer.
    ``struck_mm``: a ring that is crossed by so much is struck out.
    ``soft_edge``: edges less steep than this share of those of print are a stain's: pens have 0.7
    and more, pale pencil 0.35, drops and smears up to 0.25.
    ``paler``: a mark with less than this share of the usual strength of the page's marks (of
    ``usual_marks`` at least) may be erased, or a stain.
    ``least_contrast``: where print is fainter than this, empty targets prove nothing. (Fine
    outlines in a blurred photograph come to 0.32 and more, and pens of any colour are seen there.)

    ``ring``: ink around a target in this share of directions may be a correcting circle; so may
    ``tight_ring`` with ``tight_outside`` of the surroundings, where the outline and its rules hide
    half of a close circle; unless the target is filled (``filled_ink``): a fill runs over its
    outline, and filling a circled box chooses it again. A cross of a thick pen covers up to 0.75:
    from ``solid_ink`` on, a circled target is neither surely taken back nor surely chosen again.
    ``sure_ring``: so many directions are a circle and nothing else (the arms of a large cross
    reach 0.42, a drawn circle 0.85 and more three times in four); with more than ``one_circle`` of
    the surroundings, or ink that leaves them on opposite sides, it is a stamp, was struck out, or
    holds the label as well; and the line must be closed (``closed_gap``), which the loop
    of a tick is not. ``broad``: what was taken back must span this much both ways, as a
    cross does; a dot in a ring is no cross.
    ``least_agreement``: a target whose own print was not found is read only if what was seen
    there is at least this much like its print.
    ``beside_mm``: so much contour of ink on the labels of an empty question may be its answer; a
    ring around a short word has 50, a small cross 14.
    ``last_traces``: on a page without any mark so many targets with a trace are enough to doubt.
    ``longer_abroad``: a writer's long strokes are believed if at most this much longer than most.
    ``full_strength``: a filled target this dark is no stain, though it shows no edges.
    ``compact_extent``: dots span no more than this.
    ``faint_targets``, ``faint_share``: from so many targets with traces too small for a mark on,
    and so many for each clear mark, the writer's pen is too faint for this scan, and empty
    questions on the page are not believed; in a 1-bit scan ``bilevel_broken``
    such targets are enough.
    """

    empty_ink: float = 0.014
    speck_ink: float = 0.022
    speck_extent: float = 0.19
    empty_specks: float = 0.011
    broken_ink: float = 0.0065
    broken_specks: int = 3
    bilevel_specks: float = 0.005
    bilevel_broken: int = 2
    empty_trace: float = 0.03
    usual_trace: float = 2.5
    empty_tone: float = 0.035
    traced_outline: float = 0.22
    empty_outside: float = 0.06
    empty_ring: float = 0.45
    stroke_ink: float = 0.028
    stroke_extent: float = 0.50
    piece_extent: float = 0.18
    core_ink: float = 0.02
    core_agreement: float = 0.80
    thin_ink: float = 0.06
    thin_agreement: float = 0.85
    dot_ink: float = 0.042
    dot_extent: float = 0.25
    dot_strength: float = 0.33
    small_ink: float = 0.018
    small_most: float = 0.06
    small_extent: float = 0.18
    small_core: float = 0.04
    compact_extent: float = 0.45
    small_questions: int = 4
    small_share: float = 0.35
    small_ring: float = 0.45
    foreign: float = 0.5
    through_mm: float = 0.8
    struck_mm: float = 0.2
    empty_mm: float = 2.0
    blank_ink: float = 0.0045
    blank_mm: float = 0.4
    blank_outside: float = 0.01
    writing_mm: float = 3.0
    straight_mm: float = 0.28
    long_abroad: float = 0.25
    longer_abroad: float = 0.15
    straight_rival: float = 0.60
    writing_abroad: float = 0.30
    writing_sway_mm: float = 0.50
    grazing: float = 0.9
    grazed_extent: float = 0.30
    soft_edge: float = 0.30
    paler: float = 0.62
    usual_marks: int = 5
    least_contrast: float = 0.30
    ring: float = 0.58
    tight_ring: float = 0.45
    tight_outside: float = 0.038
    sure_ring: float = 0.85
    one_circle: float = 0.20
    closed_gap: float = 0.03
    broad: float = 0.62
    solid_ink: float = 0.60
    filled_ink: float = 0.90
    full_strength: float = 0.80
    streak: float = 0.01
    least_streak: float = 0.01
    streak_targets: int = 3
    least_agreement: float = 0.30
    beside_mm: float = 11.0
    faint_targets: int = 3
    last_traces: int = 2
    faint_share: float = 0.4


DEFAULT = MarkThresholds()


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

    unmarked: float = 0.5
    marked: float = 0.5
    cancelled: float = 0.5
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
