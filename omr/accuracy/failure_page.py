"""One page to look at: every failure of a run with its picture, and how to make it again."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from omr.accuracy.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from omr.accuracy.records import BatchRecord, Failure

PAGE = "index.html"
_STYLE = (
    "body{font-family:sans-serif;margin:1em}figure{margin:0 0 1.5em;border-left:4px solid #bbb;"
    "padding-left:.7em}figcaption{max-width:70em}img{max-width:100%;border:1px solid #ccc}"
    ".silent-error,.lost-sheet,.flip{border-color:#c00}"
)
_LEGEND = (
    "Outlines lie where the targets truly are, in the colour of the state that was read: green "
    "marked, blue unmarked, orange marginal, red cancelled or not read."
)


def write_failure_page(folder: Path, records: Sequence[BatchRecord], report: str) -> Path:
    """Write index.html into ``folder``; the pictures lie beside it. Needs no network, no script."""
    failures = [failure for record in records for failure in record.failures]
    parts = [
        "<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>Accuracy</title>",
        f"<style>{_STYLE}</style><h1>Accuracy</h1><pre>{escape(report)}</pre><p>{_LEGEND}</p>",
    ]
    parts += [
        _section(kind, [failure for failure in failures if failure.kind is kind])
        for kind in (Kind.SILENT, Kind.LOST, Kind.FLIP, Kind.PLAIN_REVIEW, Kind.REFUSED)
    ]
    path = folder / PAGE
    path.write_text("\n".join(parts), encoding="utf-8", newline="\n")
    return path


def _section(kind: Kind, failures: Iterable[Failure]) -> str:
    figures = [_figure(failure) for failure in failures]
    return "\n".join([f"<h2>{kind.value}: {len(figures)} shown</h2>", *figures])


def _figure(failure: Failure) -> str:
    again = (
        f"scripts/accuracy --profile {failure.profile} --form {failure.form} "
        f"--seeds {failure.seed} --out FOLDER"
    )
    return (
        f"<figure class='{failure.kind.value.replace(' ', '-')}'>"
        f"<img src='{escape(failure.file)}' alt='' loading='lazy'>"
        f"<figcaption>{escape(str(failure))}<br><code>{escape(again)}</code></figcaption></figure>"
    )
