"""The thresholds by which measurements become states: all of them, and only here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkThresholds:
    """Where unmarked ends and marked begins; between them a person looks.

    Shares are of the target's inside (4 mm square in a 5 mm box) unless said otherwise.

    ``empty_touch``: no pen has drawn at a target that nothing larger than this touches; a pen's
    mark comes to 0.05 and more, the print of a clean scan to nothing at all. Where even
    ``usual_percent`` of a page's bare targets (of ``many_bare`` at least) show something, the limit
    is ``beyond_usual`` times that, but at most ``most_beyond`` times its own; of what lies loose
    around them (print that the reference lacks beside a column) ``loose_percent``. On a page where
    ``dirty_specks`` and a ``dirty_page`` share of them at least have a speck of less than
    ``speck_mm`` on the outline, specks there are dirt. ``bare_ink``: with no more ink than this
    inside, what touches a target may be its own
    outline, darker all round (as crooked as ``outline_crook_mm``, its middle within
    ``outline_off_mm``) or along a side (straighter than ``ruled_mm``, which no pen is), or as
    slight as ``bare_touch``. Beside a clear mark
    a single grain of ``speck_ink``, ``speck_extent`` and ``speck_reach_mm`` at most is dust.
    ``empty_ink``: targets with less tell what is usual on empty ones. ``empty_specks``: an empty
    target has no more than this in specks; salt and pepper of 1-bit scans comes to 0.005 and
    sometimes 0.010, a pencil mark that a 1-bit scan has broken up to more. Fewer than
    ``broken_specks`` are dust. ``empty_trace``: ... and no more of something faint, or
    ``usual_trace`` times what three quarters of the page's empty targets show, if that is more.
    ``streak``: ... nor more of a streak across, for a pen can draw a straight line too; only where
    ``streak_targets`` and more are crossed is it certainly none. ``empty_tone``: ... nor as a whole
    darker than the paper around by this much beyond what is usual on the page;
    ``traced_outline``: ... nor its outline darker than the page's others by this share.
    ``empty_mm``: ... nor more of strokes that belong to it, inside or close by. ``grazing``,
    ``grazed_extent``: what is of foreign strokes alone and reaches no farther in leaves it empty.

    A question without any mark is not believed where one of its targets has more than
    ``blank_touch`` or ``blank_ink``, ``blank_near`` in its surroundings, ``blank_mm`` of strokes of
    its own, ``blank_loose_mm`` of strokes of nobody around it or ``blank_label_mm`` on its label,
    or ``least_streak`` of a streak; nor in a 1-bit scan with ``bilevel_specks``. Nor where a mark
    whose middle is ``guest_off_mm`` off its own target reaches it by ``guest_mm``. Nor on a page
    whose print is fainter than ``least_contrast`` or whose marks are fainter than ``pale_pen``;
    nor where so many targets (``faint_targets``, and a ``faint_share`` for each clear mark;
    ``bilevel_broken`` in a 1-bit scan, ``last_traces`` on a page without marks) have traces of
    more than ``broken_ink`` that are no marks: the pen is too faint for this scan.
    ``pale_page``: where marks are fainter than this, pale spots beside a mark may be marks, too.
    ``beside_mm``: so much contour of ink on the labels of an empty question may be its answer; a
    ring around a short word has 50, a small cross 14.

    ``stroke_ink``, ``stroke_extent``: a stroke has this much ink *and* this reach. A thin
    (0.35 mm) tick in a 5 mm box covers 0.07 and spans 0.7 of it; a stroke that strays in from a
    neighbour reaches less far. ``core_ink``, ``core_agreement``: where the print agrees less than
    this, the middle must hold ink as well: a misplaced outline looks like ink along the edge; so
    must it where there is less than ``thin_ink`` and ``thin_agreement``. ``piece_extent``: and one
    of its pieces must span this much: specks of dust in two corners of a box reach far, but no
    speck does. ``dot_ink``, ``dot_extent``, ``dot_strength``: a deliberate dot is compact but dark
    and large (1.1 mm across covers 0.055); a speck is smaller, a stain is paler. ``small_ink``,
    ``small_most``, ``small_extent``, ``small_core``, ``compact_extent``: ... but where
    ``small_questions`` and at least a ``small_share`` of the page's questions have one such mark in
    the middle of one target, somebody answers with small dots, or the scan breaks up a thin pen;
    but what is small and has ink around it in ``small_ring`` of the directions, specks counted, is
    a broken circle. ``least_agreement``: a target whose own print was not found is read only if
    what was seen there is at least this much like its print. ``soft_edge``: edges less steep than
    this share of those of print are a stain's: pens have 0.7 and more, pale pencil 0.35, drops and
    smears up to 0.25; ``full_strength``: a filled target this dark is no stain, though it shows no
    edges. ``paler``: a mark with less than this share of the usual strength of the page's marks (of
    ``usual_marks`` at least) may be erased, or a stain.

    A mark has its *body* here with ``body_core`` in the middle and its middle within
    ``body_off_mm``, if it is as crooked as ``crooked_mm`` on the target and ``body_bend_mm`` within
    it (crosses, ticks), or covers ``solid_ink``; its whole stroke's middle within ``body_away_mm``.
    Of a stroke that another target has ``shared`` as much of, ``shared_off_mm`` and
    ``shared_crook_mm`` are asked. Within ``plain_off_mm`` and bent by ``plain_bend_mm`` it is
    plain.
    What has no body is a slash, dash or dot if it is as dark as ``line_strength`` of the usual
    (dots up to ``dot_mm``: ``paler``), at least ``line_mm`` long or ``centred_mm``, its middle
    within ``line_off_mm`` and its stroke's within ``line_away_mm``; with a corner of
    ``cornered_mm`` within ``cornered_off_mm`` and ``cornered_away_mm``; or ``farther_mm`` and
    ``farther`` times what the writer's other lines are off; or right ``across`` within
    ``through_off_mm``; or the arm of a tick, whose stroke turns by ``tick_turn_mm`` and this share
    of its length (``tick_turn``), within ``turned_away_mm``; and not where another target has
    ``straight_rival`` as much of it. Slips of the pen are straight and lie anywhere.
    Beside a mark with a body a line waits that is straighter than ``unlike_crook_mm`` or not
    ``centred_mm``.
    ``foreign``: a target most of whose ink belongs to strokes with their body elsewhere has no
    mark of its own, nor one of whose stroke more than ``foreign_abroad`` lies abroad; so it is
    where a stroke lies abroad for ``through_mm`` on opposite sides with ``long_abroad`` of its
    length (or ``longer_abroad`` more than the writer's usual), or for ``line_through_mm`` at all;
    where ``writing_mm`` of strokes stand beside that belong to no target, and where
    ``writing_abroad`` of it sways by ``writing_sway_mm``: the tail of a tick is straight.
    All there is in a question may be mostly off its target: ``off_ink`` of it inside,
    ``off_touch`` and ``off_mm`` at it, at most ``off_rival`` in another, its middle within
    ``off_away_mm``, with ``off_loose_mm`` of nobody's strokes at the other targets at most. A
    corner of ``corner_mm`` that touches by ``corner_touch`` (or has ``corner_clear_ink`` inside) is
    enough with ``corner_ink`` inside and ``corner_away_mm``.

    ``ring``: ink around a target in this share of directions is a circle if its widest opening is
    ``ring_gap``: the four arms of a cross leave 0.17 and more. So it is in ``full_ring`` of them;
    or in ``open_ring`` with one arc of ``open_arc``; or in ``wide_ring`` if it is as crooked as
    ``wide_crook_mm``, which no cross is. A target that is filled (``filled_ink``) was chosen again.
    A cross of a thick pen covers up to 0.75: from ``solid_ink`` on, a circled target is neither
    surely taken back nor surely chosen again. ``sure_ring``: so many directions are a circle and
    nothing else; with more than ``one_circle`` of the surroundings, or ``struck_mm`` of ink that
    leaves them on opposite sides, it is a stamp, was struck out, or holds the label as well; and
    the line must be closed (``closed_gap``), which the loop of a tick is not. ``broad``: what was
    taken back must span this much both ways, as a cross does; a dot in a ring is no cross.
    ``unlike``: of marks of one question, those with less than this share of the ink of a solid one
    are of another kind.
    """

    empty_touch: float = 0.03
    many_bare: int = 20
    usual_percent: float = 80.0
    beyond_usual: float = 2.0
    most_beyond: float = 4.0
    loose_percent: float = 90.0
    dirty_page: float = 0.015
    dirty_specks: int = 6
    speck_mm: float = 0.75
    bare_ink: float = 0.003
    outline_crook_mm: float = 1.1
    outline_off_mm: float = 1.2
    ruled_mm: float = 0.08
    speck_ink: float = 0.022
    speck_extent: float = 0.19
    speck_reach_mm: float = 0.8
    bare_touch: float = 0.12
    empty_ink: float = 0.014
    empty_specks: float = 0.011
    broken_specks: int = 3
    empty_trace: float = 0.03
    usual_trace: float = 2.5
    streak: float = 0.01
    streak_targets: int = 3
    empty_tone: float = 0.035
    traced_outline: float = 0.22
    empty_mm: float = 4.0
    grazing: float = 0.9
    grazed_extent: float = 0.30

    blank_touch: float = 0.007
    blank_ink: float = 0.0045
    blank_near: float = 0.03
    blank_mm: float = 0.8
    blank_loose_mm: float = 1.0
    blank_label_mm: float = 3.0
    least_streak: float = 0.01
    bilevel_specks: float = 0.005
    guest_off_mm: float = 1.2
    guest_mm: float = 0.4
    least_contrast: float = 0.18
    pale_pen: float = 0.36
    faint_targets: int = 3
    faint_share: float = 0.4
    bilevel_broken: int = 2
    last_traces: int = 2
    broken_ink: float = 0.0065
    pale_page: float = 0.42
    beside_mm: float = 11.0

    stroke_ink: float = 0.028
    stroke_extent: float = 0.50
    core_ink: float = 0.02
    core_agreement: float = 0.80
    thin_ink: float = 0.06
    thin_agreement: float = 0.85
    piece_extent: float = 0.18
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
    least_agreement: float = 0.30
    soft_edge: float = 0.30
    full_strength: float = 0.80
    paler: float = 0.62
    usual_marks: int = 5

    body_core: float = 0.06
    body_off_mm: float = 1.6
    crooked_mm: float = 0.30
    body_bend_mm: float = 0.22
    solid_ink: float = 0.60
    body_away_mm: float = 3.0
    shared: float = 0.3
    shared_off_mm: float = 1.0
    shared_crook_mm: float = 0.45
    centred_mm: float = 0.7
    plain_off_mm: float = 0.95
    plain_bend_mm: float = 0.42
    line_strength: float = 0.80
    dot_mm: float = 1.5
    line_mm: float = 2.6
    line_off_mm: float = 1.3
    line_away_mm: float = 1.6
    cornered_mm: float = 0.42
    cornered_off_mm: float = 1.8
    cornered_away_mm: float = 2.8
    farther_mm: float = 0.3
    farther: float = 1.5
    across: float = 0.95
    through_off_mm: float = 0.45
    tick_turn_mm: float = 0.45
    tick_turn: float = 0.065
    turned_away_mm: float = 4.5
    straight_rival: float = 0.60
    unlike_crook_mm: float = 0.22
    foreign: float = 0.5
    foreign_abroad: float = 0.65
    through_mm: float = 0.8
    long_abroad: float = 0.25
    longer_abroad: float = 0.15
    line_through_mm: float = 5.0
    writing_mm: float = 3.0
    writing_abroad: float = 0.30
    writing_sway_mm: float = 0.50
    off_ink: float = 0.03
    off_touch: float = 0.08
    off_mm: float = 2.0
    off_rival: float = 0.3
    off_away_mm: float = 3.6
    off_loose_mm: float = 2.5
    corner_mm: float = 0.6
    corner_touch: float = 0.2
    corner_clear_ink: float = 0.04
    corner_ink: float = 0.008
    corner_away_mm: float = 6.0

    ring: float = 0.62
    ring_gap: float = 0.14
    full_ring: float = 0.80
    open_ring: float = 0.50
    open_arc: float = 0.44
    wide_ring: float = 0.6
    wide_crook_mm: float = 1.65
    filled_ink: float = 0.90
    sure_ring: float = 0.85
    one_circle: float = 0.20
    struck_mm: float = 0.2
    closed_gap: float = 0.03
    broad: float = 0.62
    unlike: float = 0.62


DEFAULT = MarkThresholds()
