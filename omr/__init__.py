"""Phiếu: paper satisfaction surveys, printed, scanned and read honestly.

The command ``omr`` is a thin face of these functions:

>>> import omr                                                        # doctest: +SKIP
>>> survey = omr.init(Path("thang-7"), [omr.find_form("t1-mot-cua")], ["Xã Cẩm Vinh"])
>>> omr.print_sheets(survey, 500, "Xã Cẩm Vinh", "Tư pháp - Hộ tịch", Path("phieu.pdf"))
>>> omr.read(survey, [Path("scans")])
>>> omr.export_results(survey, Path("ket-qua"))

Names are imported when they are first used, so that ``import omr`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from omr.errors import ExitCode as ExitCode
    from omr.errors import OmrError as OmrError
    from omr.form import find_form as find_form
    from omr.form import shipped_forms as shipped_forms
    from omr.pipeline import ReadSummary as ReadSummary
    from omr.pipeline import assemble as assemble
    from omr.pipeline import check as check
    from omr.pipeline import describe_layout as describe_layout
    from omr.pipeline import export_results as export_results
    from omr.pipeline import init as init
    from omr.pipeline import preview as preview
    from omr.pipeline import print_again as print_again
    from omr.pipeline import print_master as print_master
    from omr.pipeline import print_sheets as print_sheets
    from omr.pipeline import read as read
    from omr.pipeline import review_in as review_in
    from omr.pipeline import review_out as review_out
    from omr.pipeline import tally_results as tally_results
    from omr.proof.model import Proof as Proof
    from omr.survey import Survey as Survey

_HOMES = {
    "ExitCode": "omr.errors",
    "OmrError": "omr.errors",
    "Proof": "omr.proof.model",
    "ReadSummary": "omr.pipeline",
    "Survey": "omr.survey",
    "assemble": "omr.pipeline",
    "check": "omr.pipeline",
    "describe_layout": "omr.pipeline",
    "export_results": "omr.pipeline",
    "find_form": "omr.form",
    "init": "omr.pipeline",
    "preview": "omr.pipeline",
    "print_again": "omr.pipeline",
    "print_master": "omr.pipeline",
    "print_sheets": "omr.pipeline",
    "read": "omr.pipeline",
    "review_in": "omr.pipeline",
    "review_out": "omr.pipeline",
    "shipped_forms": "omr.form",
    "tally_results": "omr.pipeline",
}

__all__ = [  # noqa: PLE0604 - the names are the table's
    "__version__",
    *_HOMES,
]


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives, at its first use."""
    if name not in _HOMES:
        message = f"module 'omr' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
