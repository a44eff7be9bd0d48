"""The vendored Times-metric font (Tinos, SIL OFL 1.1): its files, widths and characters."""

from omr.fonts.tinos import Style, font_path, is_drawable, text_width

__all__ = ["Style", "font_path", "is_drawable", "text_width"]
