"""The house style on paper: Nghị định 30/2020, Phụ lục I, and what a scanner needs. All in mm.

Margins 20 / 15 / 20 / 30 mm and 12-14 pt Times metrics come from the decree; nothing that people
read is under 12 pt. The corner marks need 12 mm to the paper's edge and 2 mm of white around
them; text keeps 3 mm away. The page code stands in the left margin, clear of corners, of the red
stamp over the heading and of a fold in halves or thirds.
"""

from __future__ import annotations

from omr.geometry import Size

PAPER = Size(210.0, 297.0)

LEFT = 30.0
RIGHT = 195.0
WIDTH = RIGHT - LEFT
TOP_FIRST = 20.0
TOP_NEXT = 24.2
BOTTOM = 272.8
BOTTOM_NARROW = 280.0
"""Lowest foot of what stays left of INNER_RIGHT, beside the lower right corner mark."""
INNER_RIGHT = 186.0
"""Right edge of what stands beside the corner marks (above TOP_NEXT or below BOTTOM)."""

MARK_SIZE = 9.0
MARK_MARGIN = 12.0
CODE_CENTRE = (18.0, 121.0)
CODE_MODULES = 29

MARGIN_LINE_TOP = 13.2
"""Top of the line in the upper margin, between the corner marks."""
NAMES_TOP = 280.2
"""Top of the line for unit and field, in the lower margin between the corner marks."""

BODY_POINTS = 13.0
TABLE_POINTS = 12.0
TITLE_POINTS = 14.0
LEADING = 1.115
"""Line pitch over font size; Tinos' own ascent and descent come to 1.107."""

PARAGRAPH_INDENT = 10.0

BOX_LINE = 0.25
OPTION_GAP = 1.8
HAIRLINE = 0.12
RULE = 0.18
TABLE_RULE = 0.25
DOT_LINE = 0.1
DOT_PITCH = 1.1
"""From one dot of a dotted rule to the next."""

LABEL_COLUMN = 6.4
CELL_PADDING = 0.85
WIDEST_COLUMN = 16.0
NARROWEST_TEXT = 45.0

DIGIT_WIDTH = 6.5
DIGIT_HEIGHT = 7.5
DIGIT_GAP = 1.5

SERIAL_WIDTH = 27.0
SERIAL_HEIGHT = 5.4
