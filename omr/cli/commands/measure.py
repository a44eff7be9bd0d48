"""``omr measure``: a measured form from paper that somebody else printed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omr.cli.app import Panel, command
from omr.cli.parameters import Force
from omr.errors import NoInputError, UsageError
from omr.language import say

if TYPE_CHECKING:
    from omr.measuring.draft import Draft
    from omr.measuring.words import WordReader


class Origin(StrEnum):
    """Other programs whose templates can be taken over."""

    OMRCHECKER = "omrchecker"


@command(
    "measure",
    Panel.FORM,
    say(
        "Đo mẫu phiếu từ giấy có sẵn: tìm các ô trên bản quét của phiếu trắng, đọc lời bên cạnh, "
        "ghép thành câu hỏi.\n\n"
        "Ghi ra tệp mẫu phiếu, ảnh mẫu và ảnh đối chiếu có khoanh từng ô. Hãy xem ảnh đối chiếu và "
        "sửa tệp trước khi dùng. Bản quét nhiều trang cho mỗi trang một mẫu.",
        "Measure a form from existing paper: find the boxes on a scan of the blank form, read the "
        "words beside them, group them into questions.\n\n"
        "Writes the form, its reference picture and an overlay with every box framed. Look at the "
        "overlay and correct the form before it is used. A scan of several pages gives a form for "
        "each.",
    ),
    "omr measure phieu-trang.pdf -o mau-cu.yaml",
    "omr measure --from omrchecker thu-muc-mau -o mau-cu.yaml",
)
def measure(  # noqa: PLR0917 - typer names them
    scan: Annotated[
        Path,
        typer.Argument(
            metavar="SCAN|DIR",
            help=say(
                "Bản quét phiếu trắng (PDF hoặc ảnh); với --from: thư mục của mẫu cần chuyển.",
                "Scan of the blank form (PDF or picture); with --from: the template's folder.",
            ),
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FORM.yaml",
            help=say("Tệp mẫu phiếu sẽ ghi.", "The form to write."),
            show_default=False,
        ),
    ],
    page: Annotated[
        int | None,
        typer.Option(
            "--page",
            metavar="N",
            min=1,
            help=say("Chỉ đo trang thứ N.", "Measure only page N."),
            show_default=False,
        ),
    ] = None,
    form_id: Annotated[
        str,
        typer.Option(
            "--id",
            metavar="ID",
            help=say("Mã mẫu phiếu (mặc định: tên tệp).", "Id of the form (default: file name)."),
            show_default=False,
        ),
    ] = "",
    title: Annotated[
        str,
        typer.Option(
            "--title",
            metavar="TEXT",
            help=say("Tên mẫu phiếu (mặc định: mã).", "Title of the form (default: its id)."),
            show_default=False,
        ),
    ] = "",
    words_in: Annotated[
        str,
        typer.Option(
            "--lang-ocr",
            metavar="LANG",
            help=say(
                "Ngôn ngữ in trên phiếu, theo mã của Tesseract.",
                "Languages of the print, by Tesseract's codes.",
            ),
        ),
    ] = "vie+eng",
    origin: Annotated[
        Origin | None,
        typer.Option(
            "--from",
            metavar="omrchecker",
            help=say(
                "Chuyển mẫu của chương trình khác thay vì đo.",
                "Take over another program's template instead of measuring.",
            ),
            show_default=False,
        ),
    ] = None,
    sample: Annotated[
        Path | None,
        typer.Option(
            "--image",
            metavar="FILE",
            help=say(
                "Với --from: ảnh một phiếu để đặt các ô vào đúng chỗ.",
                "With --from: a picture of a sheet on which the boxes are placed.",
            ),
            show_default=False,
        ),
    ] = None,
    blank: Annotated[
        bool,
        typer.Option(
            "--blank",
            help=say(
                "Với --image: phiếu trong ảnh chưa ghi gì.",
                "With --image: nothing is marked on that sheet.",
            ),
        ),
    ] = False,
    force: Force = False,
) -> None:
    """Measure (or take over), write the files, and say what a person has to look at."""
    from omr.cli.measure_screen import show_words
    from omr.measuring.words import WordReader

    _refuse_names(out, form_id)
    if origin:
        from omr.cli.imported_screen import refuse_misfit, show_imported
        from omr.measuring.naming import form_id_of
        from omr.measuring.omrchecker.importing import import_omrchecker

        place = _Place(out, scan, force)
        form_id = form_id or form_id_of(out)
        imported = import_omrchecker(
            scan, sample, blank=blank, form_id=form_id, title=title or form_id
        )
        show_imported(imported)
        place.write(imported.draft)
        refuse_misfit(imported)
        return
    reader = WordReader.installed(words_in)
    show_words(reader)
    _measure_all(scan, page, _Place(out, scan, force), _Wishes(form_id, title, reader))


@dataclass(frozen=True)
class _Wishes:
    """What was asked for on the command line, for every page alike."""

    form_id: str
    title: str
    reader: "WordReader"


@dataclass(frozen=True)
class _Place:
    """Where a form is to be written, made only if nothing is lost by it.

    Raises:
        UsageError: a file of that name is there (and ``force`` is not set), or is the scan itself.
    """

    out: Path
    scan: Path
    force: bool

    def __post_init__(self) -> None:
        from omr.measuring.form_file import files_of

        existing = files_of(self.out).existing
        names = ", ".join(str(path) for path in existing)
        if any(path.resolve() == self.scan.resolve() for path in existing):
            raise UsageError(
                say(
                    f"Kết quả sẽ ghi đè chính bản quét {self.scan}; hãy chọn tên khác.",
                    f"The result would overwrite the scan {self.scan}; choose another name.",
                )
            )
        if existing and not self.force:
            raise UsageError(
                say(
                    f"Đã có {names}; hãy chọn tên khác, hoặc thêm --force để ghi đè.",
                    f"{names} exists already; choose another name, or add --force to overwrite.",
                )
            )

    def numbered(self, number: int) -> "_Place":
        """The place of one page's form among several."""
        return replace(self, out=self.out.with_name(f"{self.out.stem}-{number}{self.out.suffix}"))

    def write(self, draft: "Draft") -> None:
        """Write the files and say what they hold."""
        from omr.cli.measure_screen import show_written
        from omr.measuring.form_file import write_measured_form

        show_written(draft, write_measured_form(draft, self.out))


def _measure_all(scan: Path, page: int | None, place: _Place, wishes: _Wishes) -> None:
    """A form for every page that can be read; pages without boxes are told, and passed over."""
    from omr.cli.measure_screen import show_nothing_found, show_page, show_refused
    from omr.measuring.naming import form_id_of
    from omr.measuring.page import measure_page
    from omr.measuring.pages import RefusedPage, blank_pages, open_page

    pages = blank_pages(scan, page)
    several = len(pages) > 1
    written = 0
    for number, item in enumerate(pages, start=1):
        if several:
            show_page(number, len(pages))
        here = place.numbered(number) if several else place
        found = open_page(item)
        if isinstance(found, RefusedPage):
            show_refused(found)
            continue
        form_id = wishes.form_id or form_id_of(place.out)
        form_id = f"{form_id}-{number}" if several else form_id
        draft = measure_page(
            found.gray(), found.dpi, form_id, wishes.title or form_id, wishes.reader
        )
        if several and not draft.targets:
            show_nothing_found(found.name)
            continue
        here.write(draft)
        written += 1
    if not written:
        raise NoInputError(
            say(
                f"Không đo được trang nào của {scan}; lý do ở trên. Hãy quét lại phiếu trắng.",
                f"No page of {scan} could be measured, for the reasons above. Scan the blank "
                "form again.",
            )
        )


def _refuse_names(out: Path, form_id: str) -> None:
    """A form is a YAML file, and its id may stand in file names and tables."""
    from omr.measuring.naming import is_form_id

    if out.suffix.lower() not in {".yaml", ".yml"}:
        raise UsageError(
            say(
                f"{out} phải có đuôi .yaml, vì mẫu phiếu là tệp YAML.",
                f"{out} must end in .yaml: a form is a YAML file.",
            )
        )
    if form_id and not is_form_id(form_id):
        raise UsageError(
            say(
                f"Mã mẫu phiếu “{form_id}” chỉ được có chữ không dấu, số và các dấu - _ . (tối đa "
                "64, bắt đầu bằng chữ hoặc số).",
                f"The id '{form_id}' may have only plain letters, digits and - _ . (at most 64, a "
                "letter or digit first).",
            )
        )
