"""Where everything lies on paper: typesetting designed forms, layouts of measured ones."""

from omr.layout.layout_json import freeze_json, layout_json, thaw_json
from omr.layout.measured import measured_layout
from omr.layout.typeset import Typeset, typeset

__all__ = ["Typeset", "freeze_json", "layout_json", "measured_layout", "thaw_json", "typeset"]
