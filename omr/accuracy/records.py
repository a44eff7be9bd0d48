"""What a batch of sheets came to: counts that add up, and the failures that somebody should see."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from omr.accuracy.model import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(StrEnum):
    """What became of one question."""

    RIGHT = "right"
    SILENT = "silent"
    """Accepted by the machine with a value that nobody gave."""
    REVIEW = "review"
    """Sent to a person."""
    REFUSED = "refused"
    """It stands on a page that was refused with a reason, or on the other page of that sheet."""
    LOST = "lost"
    """Its sheet is neither in the tables nor refused with a reason."""


class Kind(StrEnum):
    """Why a picture is kept."""

    SILENT = "silent error"
    PLAIN_REVIEW = "plain question in review"
    LOST = "lost sheet"
    REFUSED = "refused page"
    FLIP = "flip"


@dataclass(frozen=True, slots=True)
class BatchTask:
    """One batch to be made: so many sheets of one form, filled in and captured from one seed.

    ``captures`` is how often each sheet is captured; the first counts, the others are only held
    against it.
    """

    profile: Profile
    form: str
    seed: int
    sheets: int
    captures: int = 1

    def sheet_seed(self, sheet: int) -> int:
        """The seed of one sheet (from 1), never that of another batch's."""
        return (list(Profile).index(self.profile) * 10**9 + self.seed) * 1000 + sheet


@dataclass(frozen=True, slots=True)
class Failure:
    """One question (or page) to be shown.

    ``picture`` is a JPEG while the failure comes home; in the ledger it is empty, and ``file``
    says where it was written.
    """

    kind: Kind
    page: int
    profile: str
    form: str
    seed: int
    sheet: int
    question: str = ""
    expected: str = ""
    read: str = ""
    doubts: str = ""
    acts: str = ""
    plain: bool = False
    pen: str = ""
    notes: str = ""
    picture: bytes = b""
    file: str = ""

    def __str__(self) -> str:
        """One line for the screen, and the words under the picture."""
        told = (
            f"{self.kind.value}: {self.profile} {self.form} seed {self.seed}",
            f"sheet {self.sheet} page {self.page} {self.question}",
            f"expected '{self.expected}'",
            f"read '{self.read}'",
            f"doubts {self.doubts or '-'}",
            f"acts {self.acts or '-'}",
            "plain" if self.plain else "not plain",
            self.pen,
            self.notes,
        )
        return ", ".join(part for part in told if part)


@dataclass(frozen=True)
class BatchRecord:
    """A finished batch, as one line of the ledger has it.

    ``counts`` are named by paths ("act/cross/silent"); batches add up by adding counts, but for
    those that begin with "most/", of which the largest counts. ``seconds`` of processor time,
    by stage.
    """

    task: BatchTask
    reader: str
    simulator: str
    counts: dict[str, int]
    failures: tuple[Failure, ...]
    seconds: dict[str, float]

    def line(self) -> str:
        """The ledger's line, without its line break."""
        whole = asdict(self)
        whole["counts"] = dict(sorted(self.counts.items()))
        for failure in whole["failures"]:
            del failure["picture"]
        return json.dumps(whole, ensure_ascii=False)

    @staticmethod
    def parse(line: str) -> BatchRecord:
        """The record of a ledger's line; ValueError, KeyError or TypeError if it is none."""
        whole: dict[str, Any] = json.loads(line)
        task = BatchTask(**{**whole["task"], "profile": Profile(whole["task"]["profile"])})
        failures = tuple(
            Failure(**{**failure, "kind": Kind(failure["kind"])}) for failure in whole["failures"]
        )
        return BatchRecord(**{**whole, "task": task, "failures": failures})

    def with_failures(self, failures: tuple[Failure, ...]) -> BatchRecord:
        """The same batch, its failures told otherwise."""
        return replace(self, failures=failures)


def added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Counts of two batches together."""
    whole = dict(one)
    for name, count in other.items():
        before = whole.get(name, 0)
        whole[name] = max(before, count) if name.startswith("most/") else before + count
    return whole
