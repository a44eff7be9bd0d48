"""PDF pages: one scanned picture comes out as it is, anything else is drawn as it is seen."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen import canvas
from scan_files import (
    A4,
    HEIGHT,
    WIDTH,
    black_white_picture,
    colour_picture,
    encoded,
    fax_parameters,
    grey_picture,
    group4,
    jpeg_stream,
    listed,
    one_bit_stream,
    only_page,
    pages,
    palette,
    pdf_of,
    raw_grey,
    saved,
)

from omr.scan import PageRef, load_page

if TYPE_CHECKING:
    from pathlib import Path

FULL = b"q 595 0 0 842 0 0 cm /Im0 Do Q"
TEXT_LAYER = b"BT 3 Tr /F1 12 Tf 50 700 Td (Hidden /Im9 Do text) Tj ET "
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="poppler (pdftoppm) is not installed"
)


def test_a_jpeg_comes_out_as_it_was_put_in(tmp_path: Path) -> None:
    for number, picture in enumerate((grey_picture(), colour_picture())):
        data = encoded(picture, "JPEG", quality=80)
        page = only_page(saved(pdf_of(jpeg_stream(data)), tmp_path / f"{number}.pdf"))
        expected = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        assert np.array_equal(page.image, expected)
        assert page.dpi is None, "20 dpi is not believed"


def test_the_resolution_is_that_of_the_picture_on_its_page(tmp_path: Path) -> None:
    picture = np.full((2339, 1654), 200, np.uint8)
    path = saved(pdf_of(jpeg_stream(encoded(picture, "JPEG"))), tmp_path / "a.pdf")
    assert only_page(path).dpi == pytest.approx(200, abs=0.2)


def samples(picture: np.ndarray) -> bytes:
    return np.packbits(picture > 0, axis=1).tobytes()


BLACK_WHITE = black_white_picture()
SIXTEEN_COLOURS = colour_picture()[-16:, 0]


def embedded_jbig2() -> bytes:
    """A JBIG2 stream as PDF embeds it: a page and one generic region of MMR (T.6) data."""

    def segment(number: int, kind: int, data: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data

    page = struct.pack(">IIIIBH", WIDTH, HEIGHT, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", WIDTH, HEIGHT, 0, 0, 0, 1)
    return segment(0, 48, page) + segment(1, 38, region + group4(255 - BLACK_WHITE))


LOSSLESS = {
    "samples": (raw_grey(grey_picture()), grey_picture()),
    "colour-samples": (raw_grey(colour_picture()), colour_picture()[:, :, ::-1]),
    "flate": (
        (
            zlib.compress(grey_picture().tobytes()),
            raw_grey(grey_picture(), Filter=Name.FlateDecode)[1],
        ),
        grey_picture(),
    ),
    "flate-with-predictor": (
        (
            zlib.compress(np.insert(grey_picture(), 0, 0, axis=1).tobytes()),
            raw_grey(
                grey_picture(),
                Filter=Name.FlateDecode,
                DecodeParms=Dictionary(Predictor=15, Columns=WIDTH),
            )[1],
        ),
        grey_picture(),
    ),
    "inverted": (raw_grey(grey_picture(), Decode=Array([1, 0])), 255 - grey_picture()),
    "one-bit": (one_bit_stream(samples(BLACK_WHITE)), BLACK_WHITE),
    "one-bit-inverted": (
        one_bit_stream(samples(BLACK_WHITE), Decode=Array([1, 0])),
        255 - BLACK_WHITE,
    ),
    "one-bit-palette": (
        one_bit_stream(samples(BLACK_WHITE), ColorSpace=palette((255, 255, 255), (0, 0, 0))),
        255 - BLACK_WHITE,
    ),
    "group4": (
        one_bit_stream(
            group4(BLACK_WHITE), Filter=Name.CCITTFaxDecode, DecodeParms=fax_parameters()
        ),
        BLACK_WHITE,
    ),
    "group4-black-is-0": (
        one_bit_stream(
            group4(BLACK_WHITE),
            Filter=Name.CCITTFaxDecode,
            DecodeParms=fax_parameters(black_is_1=False),
        ),
        255 - BLACK_WHITE,
    ),
    "jbig2": (one_bit_stream(embedded_jbig2(), Filter=Name.JBIG2Decode), BLACK_WHITE),
    "palette": (
        (
            (grey_picture() // 16).tobytes(),
            raw_grey(grey_picture(), ColorSpace=palette(*SIXTEEN_COLOURS))[1],
        ),
        SIXTEEN_COLOURS[grey_picture() // 16][:, :, ::-1],
    ),
    "jpeg2000": (
        (
            encoded(colour_picture(), "JPEG2000"),
            {"Width": WIDTH, "Height": HEIGHT, "Filter": Name.JPXDecode},
        ),
        colour_picture()[:, :, ::-1],
    ),
}


@pytest.mark.parametrize("kind", LOSSLESS)
def test_a_lossless_picture_comes_out_as_it_was_put_in(tmp_path: Path, kind: str) -> None:
    picture, shown = LOSSLESS[kind]
    page = only_page(saved(pdf_of(picture), tmp_path / "a.pdf"))
    assert np.array_equal(page.image, shown)
    assert page.bilevel == (set(np.unique(shown)) == {0, 255})


def test_a_jpeg_wrapped_in_flate_is_unwrapped(tmp_path: Path) -> None:
    data = encoded(grey_picture(), "JPEG")
    filters = Array([Name.FlateDecode, Name.DCTDecode])
    entries = jpeg_stream(data, Filter=filters)[1]
    page = only_page(saved(pdf_of((zlib.compress(data), entries)), tmp_path / "a.pdf"))
    assert np.array_equal(page.image, cv2.imdecode(np.frombuffer(data, np.uint8), -1))


@pytest.mark.parametrize(
    "content",
    [
        FULL + TEXT_LAYER,
        b"0 0 100 100 re f " + TEXT_LAYER.replace(b"3 Tr", b"0 Tr") + FULL,
        b"q 0 0 595 842 re W n " + FULL + b" Q",
        b"q 0.24 0 0 0.24 0 0 cm 2479 0 0 3508 0 0 cm /Im0 Do Q",
        b"q 500 0 0 700 40 60 cm /Im0 Do Q",
    ],
    ids=["invisible-text", "covered", "clipped-to-the-page", "two-matrices", "with-a-margin"],
)
def test_what_is_not_seen_does_not_keep_the_picture_back(tmp_path: Path, content: bytes) -> None:
    path = saved(pdf_of(raw_grey(grey_picture()), content=content), tmp_path / "a.pdf")
    assert np.array_equal(only_page(path).image, grey_picture())


TURNS = {0: 0, 90: 3, 180: 2, 270: 1}
"""``/Rotate`` turns clockwise, numpy's rot90 the other way."""


@pytest.mark.parametrize("rotate", TURNS)
def test_the_pages_own_turn_is_honoured(tmp_path: Path, rotate: int) -> None:
    path = saved(pdf_of(raw_grey(colour_picture()), rotate=rotate), tmp_path / "a.pdf")
    expected = np.rot90(colour_picture()[:, :, ::-1], TURNS[rotate])
    assert np.array_equal(only_page(path).image, expected)


PLACEMENTS = {
    "upside-down": (b"-595 0 0 -842 595 842", lambda p: p[::-1, ::-1]),
    "mirrored": (b"-595 0 0 842 595 0", lambda p: p[:, ::-1]),
    "flipped": (b"595 0 0 -842 0 842", lambda p: p[::-1]),
    "left": (b"0 842 -595 0 595 0", lambda p: np.rot90(p, 1)),
    "right": (b"0 -842 595 0 0 842", lambda p: np.rot90(p, -1)),
    "transposed": (b"0 -842 -595 0 595 842", lambda p: np.swapaxes(p, 0, 1)),
}


@pytest.mark.parametrize("placement", PLACEMENTS)
@pytest.mark.parametrize("rotate", [0, 90])
def test_the_matrix_is_honoured_and_agrees_with_a_drawing(
    tmp_path: Path, placement: str, rotate: int
) -> None:
    matrix, shown = PLACEMENTS[placement]
    picture = np.kron(grey_picture()[::13, ::11] // 128 * 255, np.ones((13, 11), np.uint8))
    content = b"q " + matrix + b" cm /Im0 Do Q"
    pdf = pdf_of(raw_grey(picture), content=content, rotate=rotate)
    page = only_page(saved(pdf, tmp_path / "a.pdf"))
    assert np.array_equal(page.image, np.rot90(shown(picture), -(rotate // 90)))
    drawn = drawn_by_pdfium(tmp_path / "a.pdf", page.image.shape)
    assert np.mean(np.abs(drawn.astype(int) - page.image) < 64) > 0.9


def drawn_by_pdfium(path: Path, shape: tuple[int, ...]) -> np.ndarray:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        grey = document[0].render(scale=1, grayscale=True).to_numpy().copy()
    return cv2.resize(grey, shape[1::-1], interpolation=cv2.INTER_NEAREST)


def strips(dpi: int = 200, rotate: int = 0) -> pikepdf.Pdf:
    """A page in two strips, as some scanners write it."""
    half = round(842 * dpi / 72 / 2)
    size = round(595 * dpi / 72), 2 * half
    page = cv2.resize(BLACK_WHITE, size, interpolation=cv2.INTER_NEAREST)
    content = b"q 595 0 0 421 0 421 cm /Im0 Do Q q 595 0 0 421 0 0 cm /Im1 Do Q"
    two = raw_grey(page[:half]), raw_grey(page[half:])
    return pdf_of(*two, content=content, rotate=rotate)


def drawn_cases(folder: Path) -> dict[str, Path]:
    """PDFs whose one picture alone is not what is seen."""
    grey = raw_grey(np.full((HEIGHT, WIDTH), 255, np.uint8))
    line = b" 0 0 1 RG 20 w 100 100 m 400 400 l S"
    masked = pdf_of(grey)
    mask = masked.make_stream(bytes(WIDTH * HEIGHT), **raw_grey(grey_picture())[1])
    mask.Type, mask.Subtype = Name.XObject, Name.Image
    masked.pages[0].obj.Resources.XObject["/Im0"].SMask = mask
    noted = pdf_of(grey)
    noted.pages[0].obj.Annots = Array(
        [noted.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Ink, Rect=[0, 0, 9, 9]))]
    )
    made = {
        "strips": strips(),
        "vector": pdf_of(content=line),
        "line-over-picture": pdf_of(grey, content=FULL + line),
        "visible-text": pdf_of(grey, content=FULL + TEXT_LAYER.replace(b"3 Tr", b"0 Tr")),
        "skewed": pdf_of(grey, content=b"q 595 30 -40 842 0 0 cm /Im0 Do Q"),
        "cut-by-the-page": pdf_of(grey, content=b"q 595 0 0 1684 0 0 cm /Im0 Do Q"),
        "clipped": pdf_of(grey, content=b"q 0 0 300 842 re W n " + FULL + b" Q"),
        "soft-mask": masked,
        "annotation": noted,
        "nothing": pdf_of(content=b""),
    }
    return {name: saved(pdf, folder / f"{name}.pdf") for name, pdf in made.items()}


@pytest.mark.parametrize(
    "renderer", [pytest.param("poppler", marks=needs_poppler), pytest.param("pdfium")]
)
def test_any_other_page_is_drawn(
    tmp_path: Path, renderer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if renderer == "pdfium":
        monkeypatch.setenv("PATH", str(tmp_path))
    for name, path in drawn_cases(tmp_path).items():
        page = only_page(path)
        dpi = 300 if name in ("vector", "nothing") else 200
        assert page.dpi == dpi, name
        expected = (round(842 * dpi / 72), round(595 * dpi / 72))
        assert np.abs(np.subtract(page.image.shape[:2], expected)).max() <= 2, name


@pytest.mark.parametrize(
    "renderer", [pytest.param("poppler", marks=needs_poppler), pytest.param("pdfium")]
)
def test_a_drawing_keeps_colour_and_place(
    tmp_path: Path, renderer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if renderer == "pdfium":
        monkeypatch.setenv("PATH", str(tmp_path))
    pen = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    pen.setFillColorRGB(0, 0, 1)
    pen.rect(72, 842 - 144, 72, 72, stroke=0, fill=1)
    pen.showPage()
    pen.save()
    image = only_page(tmp_path / "a.pdf").image
    assert np.abs(image[310:590, 310:590].astype(int) - (255, 0, 0)).max() <= 2
    assert (image[:290] == 255).all()
    assert (image[:, :290] == 255).all()
    assert (image[610:] == 255).all()


@pytest.mark.parametrize(("dpi", "rotate"), [(200, 0), (300, 0), (300, 90)])
def test_strips_are_drawn_at_their_own_resolution_and_nearly_as_they_are(
    tmp_path: Path, dpi: int, rotate: int
) -> None:
    page = only_page(saved(strips(dpi, rotate), tmp_path / "a.pdf"))
    assert page.dpi == dpi
    turned = np.rot90(BLACK_WHITE, -(rotate // 90))
    shown = cv2.resize(turned, page.image.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    assert np.mean(np.abs(page.gray().astype(int) - shown) < 64) > 0.9


def test_a_picture_that_serves_two_pages_is_cut_for_each(tmp_path: Path) -> None:
    """One long picture shown in halves must not come out whole twice."""
    pdf = pdf_of(raw_grey(grey_picture()), content=b"q 595 0 0 1684 0 0 cm /Im0 Do Q")
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj.Contents = pdf.make_stream(b"q 595 0 0 1684 0 -842 cm /Im0 Do Q")
    lower, upper = pages(saved(pdf, tmp_path / "a.pdf"))
    assert lower.image.shape == upper.image.shape != (HEIGHT, WIDTH)
    assert not np.array_equal(lower.image, upper.image)


def test_pages_share_one_resource_table(tmp_path: Path) -> None:
    pictures = [raw_grey(grey_picture(seed)) for seed in range(3)]
    pdf = pdf_of(*pictures)
    for number in (1, 2):
        pdf.pages.append(pdf.pages[0])
        content = FULL.replace(b"Im0", f"Im{number}".encode())
        pdf.pages[number].obj.Contents = pdf.make_stream(content)
    found = pages(saved(pdf, tmp_path / "a.pdf"))
    assert [str(page.name) for page in found] == ["a.pdf#1", "a.pdf#2", "a.pdf#3"]
    for seed, page in enumerate(found):
        assert np.array_equal(page.image, grey_picture(seed))


def test_resources_may_be_inherited(tmp_path: Path) -> None:
    pdf = pdf_of(raw_grey(grey_picture()))
    pdf.Root.Pages.Resources = pdf.pages[0].obj.Resources
    del pdf.pages[0].obj["/Resources"]
    assert np.array_equal(only_page(saved(pdf, tmp_path / "a.pdf")).image, grey_picture())


def test_a_long_pdf_is_listed_and_read_at_any_page(tmp_path: Path) -> None:
    pdf = pdf_of(raw_grey(grey_picture()))
    for _ in range(1999):
        pdf.pages.append(pdf.pages[0])
    refs = [item for item in listed(saved(pdf, tmp_path / "a.pdf")) if isinstance(item, PageRef)]
    assert len(refs) == 2000
    assert np.array_equal(load_page(refs[1999]).image, grey_picture())


def test_a_pdf_may_have_bytes_before_its_head(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with pdf_of(raw_grey(grey_picture())) as pdf:
        pdf.save(stream)
    (tmp_path / "a.pdf").write_bytes(b"\r\n\r\n" + stream.getvalue())
    assert np.array_equal(only_page(tmp_path / "a.pdf").image, grey_picture())
