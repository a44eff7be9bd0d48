"""The shipped samples are whole, belong to the shipped form, and are as its script makes them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pypdfium2
from PIL import Image

from omr.form import DesignedForm, find_form, load_form
from omr.identity import parse_serial
from omr.layout import typeset

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RENEW = "run: .venv/bin/python scripts/make_samples"


def facts() -> dict:
    return json.loads((SAMPLES / "demo.json").read_text(encoding="utf-8"))


def truth() -> list[dict[str, str]]:
    with (SAMPLES / "truth.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_samples_carry_the_layout_of_todays_form() -> None:
    form = load_form(find_form(facts()["form"]))
    assert isinstance(form, DesignedForm)
    assert typeset(form).layout.version == facts()["version"], RENEW


def test_every_page_image_is_accounted_for() -> None:
    document = pypdfium2.PdfDocument(SAMPLES / "scan-grey.pdf")
    with Image.open(SAMPLES / "scan-1bit.tif") as tiff:
        counts = {"scan-grey.pdf": len(document), "scan-1bit.tif": tiff.n_frames}
    document.close()
    images = {f"{name}#{page}" for name, count in counts.items() for page in range(1, count + 1)}
    sheets = {row["image"] for row in truth()}
    assert sheets | set(facts()["other_pages"]) == images | {"scan-colour.jpg#1"}
    assert not sheets & set(facts()["other_pages"])
    assert len(sheets) == 24


def test_every_serial_was_printed_and_came_back_once() -> None:
    printed = {n for run in facts()["runs"] for n in range(run["first"], run["last"] + 1)}
    by_image = {row["image"]: parse_serial(row["serial"]) for row in truth()}
    assert len(set(by_image.values())) == len(by_image)
    assert set(by_image.values()) < printed


def test_most_answers_are_plain_and_a_few_are_not() -> None:
    plain = [row["plain"] == "1" for row in truth()]
    assert 0.9 < sum(plain) / len(plain) < 0.99


def test_the_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 6_000_000
