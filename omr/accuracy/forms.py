"""Which forms the sheets of the bench are printed from, and how often each."""

from __future__ import annotations

from pathlib import Path

from omr.form import shipped_forms
from omr.shipped import shipped_folder

NUMBER_FORM = "phieu-so"
"""Asks for numbers, which no shipped form does; it comes with the bench."""
CYCLE = (
    *("t1-mot-cua", "t3-sipas", "t2-giai-quyet-tthc", "t8-trung-tam-hcc", NUMBER_FORM),
    *("t1-mot-cua", "t4-tu-phap-ho-tich", "t3-sipas", "t5-dat-dai", "t2-giai-quyet-tthc"),
    *("t1-mot-cua", "t6-van-hoa-chinh-sach", "t7-doanh-nghiep", NUMBER_FORM, "t3-sipas"),
)
"""The form of batch number n is the n-th of these, round and round: the desk form and the form of
the yearly survey are used most."""


def form_of(seed: int) -> str:
    """The form that the batch with this seed is printed from."""
    return CYCLE[seed % len(CYCLE)]


def form_file(name: str) -> Path:
    """Where a form of the bench lies."""
    if name == NUMBER_FORM:
        return Path(__file__).resolve().parent / "number_forms" / f"{NUMBER_FORM}.yaml"
    return shipped_forms()[name]


def form_files() -> tuple[Path, ...]:
    """Every file that decides what the bench's paper says."""
    shared = sorted((shipped_folder("form_templates") / "khoi-chung").glob("*.yaml"))
    return (*(form_file(name) for name in sorted(set(CYCLE))), *shared)
