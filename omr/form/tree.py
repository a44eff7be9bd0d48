"""Values of a YAML file that know where they stand, also after parts of files were joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Step = str | int
Steps = tuple[Step, ...]


class Spot(NamedTuple):
    """A place in a file: line and column count from 1."""

    file: Path
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place."""

    spot: Spot
    message: str


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, for finding places in it."""

    file: Path
    text: str

    def spot_at(self, index: int) -> Spot:
        """Line and column of a character."""
        before = self.text[:index]
        return Spot(self.file, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


class Worded(str):
    """A scalar's text, with the part of the file that it was written in."""

    within: Text
    start: int
    end: int

    @classmethod
    def of(cls, text: str, within: Text, start: int, end: int) -> Worded:
        """The scalar ``text`` that stands from ``start`` to ``end``."""
        worded = cls(text)
        worded.within, worded.start, worded.end = within, start, end
        return worded

    def again(self, text: str) -> Worded:
        """Another text at the same place."""
        return Worded.of(text, self.within, self.start, self.end)

    def spot_of(self, part: str) -> Spot:
        """Where ``part`` stands in the scalar; its beginning if it is not found there."""
        index = self.within.text.find(part, self.start, self.end)
        return self.within.spot_at(index if index >= 0 else self.start)


class Mapped(dict[str, Any]):
    """A mapping; ``spots`` are the places of its values, ``key_spots`` of its keys."""

    def __init__(self, spot: Spot) -> None:
        """An empty mapping that stands at ``spot``."""
        super().__init__()
        self.spot = spot
        self.spots: dict[str, Spot] = {}
        self.key_spots: dict[str, Spot] = {}

    def put(self, key: str, value: Any, key_spot: Spot, spot: Spot) -> None:
        """Set a value with the places of key and value."""
        self[key] = value
        self.key_spots[key] = key_spot
        self.spots[key] = spot

    def take(self, key: str, other: Mapped) -> None:
        """Take over one entry of another mapping, places and all."""
        self.put(key, other[key], other.key_spots[key], other.spots[key])

    def copied(self) -> Mapped:
        """A mapping with the same entries; the values are shared."""
        copy = Mapped(self.spot)
        for key in self:
            copy.take(key, self)
        return copy


class Listed(list[Any]):
    """A list; ``spots`` are the places of its items."""

    def __init__(self, spot: Spot) -> None:
        """An empty list that stands at ``spot``."""
        super().__init__()
        self.spot = spot
        self.spots: list[Spot] = []

    def add(self, value: Any, spot: Spot) -> None:
        """Append an item with its place."""
        self.append(value)
        self.spots.append(spot)


def scalars(value: Any) -> Iterator[Worded]:
    """All scalars of a tree, keys among them."""
    if isinstance(value, Worded):
        yield value
    elif isinstance(value, Mapped):
        for key, inner in value.items():
            yield from scalars(key)
            yield from scalars(inner)
    elif isinstance(value, Listed):
        for item in value:
            yield from scalars(item)


def inside(tree: Any, path: Steps) -> tuple[Any, Spot, Spot] | None:
    """The value at ``path`` with its place and its key's place; None if there is none."""
    value = tree
    spot = key_spot = tree.spot if isinstance(tree, Mapped | Listed) else None
    for step in path:
        if isinstance(value, Mapped) and step in value:
            spot, key_spot = value.spots[str(step)], value.key_spots[str(step)]
            value = value[str(step)]
        elif isinstance(value, Listed) and isinstance(step, int) and step < len(value):
            spot = key_spot = value.spots[step]
            value = value[step]
        else:
            return None
    return None if spot is None or key_spot is None else (value, spot, key_spot)
