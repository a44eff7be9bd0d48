"""From a tree of the file to a model, with every problem kept at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import AliasChoices, ValidationError

from omr.measuring.omrchecker import words
from omr.measuring.omrchecker.json_file import Wrong, json_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omr.measuring.omrchecker.json_file import Step
    from omr.measuring.omrchecker.schema import Entry

E = TypeVar("E", bound="Entry")
Place = tuple["Step", ...]


class Findings:
    """What is wrong with a template, and what of it is passed over, while it is being read."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.wrong: list[Wrong] = []
        self.ignored: list[str] = []

    def add(self, place: Iterable[Step], message: str) -> None:
        """Something is wrong at this place."""
        self.wrong.append(Wrong(tuple(place), message))

    def validated(self, model: type[E], tree: Any, place: Place = ()) -> E | None:
        """The tree as a model; its problems are kept, then the result is None."""
        try:
            entry = model.model_validate(tree)
        except ValidationError as error:
            for details in error.errors():
                self.add(_place_of(place, details["loc"]), words.shape_problem(details))
            # The key that is missing may be there with a slip of the pen.
            self.near_misses(model, tree, place)
            return None
        self.unknown_keys(entry, place)
        return entry

    def unknown_keys(self, entry: Entry, place: Place) -> None:
        """Near misses of known keys are wrong, other unknown keys are passed over."""
        extra = entry.model_extra or {}
        wrong = self.near_misses(type(entry), extra, place)
        self.ignored += [json_path((*place, key)) for key in extra if key not in wrong]

    def near_misses(self, model: type[Entry], tree: Any, place: Place) -> set[str]:
        """The keys of an object that are nearly known ones; each is wrong."""
        known = set(keys_of(model))
        wrong = set()
        for key in tree if isinstance(tree, dict) else ():
            near = None if key in known else words.nearest(key, known)
            if near is not None:
                self.add((*place, key), words.unknown(key, near))
                wrong.add(key)
        return wrong


def keys_of(model: type[Entry]) -> Iterator[str]:
    """The keys that the file may have for this model."""
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        if isinstance(alias, AliasChoices):
            yield from (str(choice) for choice in alias.choices)
        else:
            yield str(alias or name)


def _place_of(place: Place, location: tuple[Step, ...]) -> Place:
    """Where pydantic's location lies in the file: the members of a union are no steps of it."""
    return (*place, *(step for step in location if step not in _UNION_MEMBERS))


_UNION_MEMBERS = frozenset(
    {
        "constrained-float",
        "float",
        "str",
        "int",
        "tuple[constrained-float, ...]",
        "tuple[float, ...]",
        "tuple[float,...]",
    }
)
