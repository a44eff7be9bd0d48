"""What ink at one target looks like: a mark with its body here, a line that slips by, a circle.

Yes or no of one target at a time, by its numbers and what is usual on its page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omr.marks.mark_thresholds import MarkThresholds
    from omr.marks.measure import Measurement
    from omr.marks.usual import Usual


def is_circled(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether ink goes round the target; the four arms of a cross leave wide gaps between."""
    is_closed = one.ring >= limits.ring and one.gap <= limits.ring_gap
    is_open = one.ring >= limits.open_ring and one.arc >= limits.open_arc
    is_wide = one.ring >= limits.wide_ring and one.crook >= limits.wide_crook_mm
    return one.ring >= limits.full_ring or is_closed or is_open or is_wide


def is_taken_back(one: Measurement, limits: MarkThresholds) -> bool:
    """A broad mark, not a fill, in what is surely one circle, neither struck out nor a stamp."""
    return (
        has_mark(one, limits)
        and one.ink < limits.solid_ink
        and one.breadth >= limits.broad
        and one.ring >= limits.sure_ring
        and one.outside <= limits.one_circle
        and one.gap <= limits.closed_gap
        and one.through <= limits.struck_mm
    )


def has_mark(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether there is so much ink of such reach in a target that a pen has marked something."""
    is_thin = one.ink < limits.thin_ink
    least_agreement = limits.thin_agreement if is_thin else limits.core_agreement
    if one.core < limits.core_ink and one.agreement < least_agreement:
        return False
    if one.longest < limits.piece_extent or one.touch < limits.empty_touch:
        return False
    stroke = one.ink >= limits.stroke_ink and one.extent >= limits.stroke_extent
    dot = (
        one.ink >= limits.dot_ink
        and one.extent >= limits.dot_extent
        and one.strength >= limits.dot_strength
    )
    return stroke or dot


def is_odd_mark(one: Measurement, limits: MarkThresholds, usual: Usual) -> bool:
    """A mark that was perhaps not meant: part of something else, erased, a stain."""
    is_small = one.ink < limits.small_most and one.dotted_ring >= limits.small_ring
    is_full = one.ink >= limits.filled_ink and one.strength >= limits.full_strength
    is_stain = one.edge < limits.soft_edge and not is_full
    is_pale = one.strength < limits.paler * usual.strength
    return is_small or is_stain or is_pale or _is_of_elsewhere(one, limits, usual)


def _is_of_elsewhere(one: Measurement, limits: MarkThresholds, usual: Usual) -> bool:
    """Whether the ink here is part of something whose body is elsewhere, or that only passes.

    A cross, a tick's corner or a fill has its body here whatever it touches farther off; a straight
    line is a mark only where its own middle is here. Somebody whose marks are large makes them so
    all over the page.
    """
    is_long = one.abroad >= max(limits.long_abroad, usual.abroad + limits.longer_abroad)
    if one.beside >= limits.writing_mm or one.through >= limits.line_through_mm:
        return True
    if has_body(one, limits):
        return one.abroad >= limits.foreign_abroad
    return (
        one.foreign >= limits.foreign
        or (is_long and one.through >= limits.through_mm)
        or _is_writing(one, limits)
        or not _is_meant(one, limits, usual)
    )


def _is_writing(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether much of the stroke is abroad and sways there; the tail of a tick is straight."""
    return one.abroad >= limits.writing_abroad and one.sway >= limits.writing_sway_mm


def has_body(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether what is in the target bends, crosses itself or fills it, well inside.

    Where its stroke goes on to another target, only what is right in the middle is sure to be here;
    a stroke whose own middle is elsewhere (a word, a ring around a label) has its body there.
    """
    is_shared = one.rival >= limits.shared
    is_central = one.off <= (limits.shared_off_mm if is_shared else limits.body_off_mm)
    crooked = limits.shared_crook_mm if is_shared else limits.crooked_mm
    is_at_home = is_shared or one.away <= limits.body_away_mm
    is_crooked = one.crook >= crooked and one.bend >= limits.body_bend_mm
    in_the_middle = is_plain(one, limits)
    has_shape = one.core >= limits.body_core and (is_crooked or one.ink >= limits.solid_ink)
    is_here = is_at_home or in_the_middle or one.ink >= limits.solid_ink
    return has_shape and (in_the_middle or (is_central and is_here))


def is_plain(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether a mark is in the very middle and bends or crosses itself there, or fills it."""
    is_bent = one.bend >= limits.plain_bend_mm or one.ink >= limits.solid_ink
    return one.off <= limits.plain_off_mm and is_bent


def _is_meant(one: Measurement, limits: MarkThresholds, usual: Usual) -> bool:
    """Whether what has no body of its own is a slash, a dash or a dot, and no slip of the pen.

    As dark as the page's other marks, its middle here, and as long as a box or as compact as a dot;
    or the long arm of a tick whose corner lies farther off.
    """
    if one.rival >= limits.straight_rival:
        return False
    if not _is_as_dark(one, limits, usual, one.reach <= limits.dot_mm):
        return False
    is_through = one.extent >= limits.across and one.off <= limits.through_off_mm
    if is_through and one.away <= limits.turned_away_mm:
        return True
    is_here = one.reach >= limits.line_mm or one.off <= max(
        limits.centred_mm, usual.off + limits.farther_mm
    )
    return _is_turned(one, limits) or (is_here and _is_near(one, limits, usual))


def _is_near(one: Measurement, limits: MarkThresholds, usual: Usual) -> bool:
    """Whether a stroke's middle is at the target: a corner may lie farther off than a line may.

    So may everything of somebody who writes beside the boxes all over the page.
    """
    has_corner = one.crook >= limits.cornered_mm
    off = limits.cornered_off_mm if has_corner else limits.line_off_mm
    away = limits.cornered_away_mm if has_corner else limits.line_away_mm
    return one.off <= max(off, usual.off + limits.farther_mm) and one.away <= max(
        away, limits.farther * usual.away
    )


def _is_as_dark(
    one: Measurement, limits: MarkThresholds, usual: Usual, is_clear: bool = False
) -> bool:
    """Whether ink is as dark as the page's marks; less is asked of what is clear by its shape."""
    return one.strength >= (limits.paler if is_clear else limits.line_strength) * usual.strength


def _is_turned(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether the whole stroke turns as those of ticks and crosses do."""
    is_bent = one.turn >= max(limits.tick_turn_mm, limits.tick_turn * one.stroke_mm)
    return is_bent and one.away <= limits.turned_away_mm


def is_off_mark(one: Measurement, limits: MarkThresholds, usual: Usual) -> bool:
    """A pen's stroke that turns as a tick or cross does, partly inside, and of no other target."""
    is_clear = one.touch >= limits.corner_touch or one.ink >= limits.corner_clear_ink
    has_corner = one.crook >= limits.corner_mm and is_clear
    is_inside = one.ink >= (limits.corner_ink if has_corner else limits.off_ink)
    return (
        one.found
        and is_inside
        and (has_corner or _is_turned(one, limits))
        and one.touch >= limits.off_touch
        and one.edge >= limits.soft_edge
        and _is_as_dark(one, limits, usual, has_corner)
        and one.rival <= limits.off_rival
        and one.foreign < limits.foreign
        and one.abroad < limits.foreign_abroad
        and one.beside < limits.writing_mm
        and one.away <= (limits.corner_away_mm if has_corner else limits.off_away_mm)
        and one.through < limits.through_mm
        and not _is_writing(one, limits)
        and one.own_mm >= limits.off_mm
        and not is_circled(one, limits)
    )


def is_empty(one: Measurement, limits: MarkThresholds, usual: Usual) -> bool:
    """Whether nothing is there at all, not even something pale or under a streak."""
    return (
        is_bare(one, limits)
        and (one.specks <= limits.empty_specks or one.speck_count < limits.broken_specks)
        and one.trace <= limits.empty_trace
        and one.streak <= limits.streak
        and one.tone <= usual.tone + limits.empty_tone
        and one.outline <= usual.outline_like(one) + limits.traced_outline
    )


def is_bare(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether no pen has drawn in the target, on its outline or around it."""
    is_speck = one.ink <= limits.bare_ink and one.reach < limits.speck_mm
    is_touched = one.touch > limits.empty_touch and not is_speck
    is_bordered = one.guest_mm >= limits.guest_mm and one.ink <= limits.bare_ink
    is_within = one.foreign >= limits.grazing and one.longest <= limits.grazed_extent
    is_grazed = is_bordered or is_within
    return (not is_touched or is_grazed) and one.own_mm <= limits.empty_mm


def is_own_outline(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether all that is there is the target's own outline, darker all round or along one side.

    Worn toner and a wobbling feed make some so. It goes round the very middle, is straighter than a
    pen's line can be, or is slight; and the inside is bare.
    """
    goes_round = one.crook >= limits.outline_crook_mm and one.off <= limits.outline_off_mm
    is_ruled = one.crook <= limits.ruled_mm
    is_slight = one.touch <= limits.bare_touch
    return one.ink <= limits.bare_ink and (goes_round or is_ruled or is_slight)


def is_speck(one: Measurement, limits: MarkThresholds) -> bool:
    """Whether all that is there is one grain of dust, smaller than any dot of a pen."""
    return (
        one.ink <= limits.speck_ink
        and one.extent <= limits.speck_extent
        and one.reach <= limits.speck_reach_mm
    )
