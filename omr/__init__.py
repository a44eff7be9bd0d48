"""Phiếu: paper satisfaction surveys, printed, scanned and read honestly."""

__version__ = "0.1.0"
