"""The commands, one file each; importing them in this order gives ``omr --help`` its order."""

from importlib import import_module

IN_ORDER_OF_WORK = (
    "demo",
    "forms",
    "check",
    "preview",
    "layout",
    "measure",
    "init",
    "printing",
    "issued",
    "deck",
    "read",
    "withdraw",
    "status",
    "review",
    "export",
    "tally",
)
"""Modules of this folder. Each registers its command with the application when it is imported."""

for _name in IN_ORDER_OF_WORK:
    import_module(f"{__name__}.{_name}")
