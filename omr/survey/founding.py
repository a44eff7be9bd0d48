"""How a survey comes into being: key, forms and database, all at once or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.survey import events, forms
from omr.survey.database import Database
from omr.survey.folder import key_digest, new_folder, write_key

if TYPE_CHECKING:
    from pathlib import Path

    from omr.survey.forms import FrozenForm


@dataclass(frozen=True)
class NewSurvey:
    """What a new survey starts with. ``survey_id`` is 12 hexadecimal digits."""

    forms: tuple[FrozenForm, ...]
    units: tuple[str, ...]
    survey_id: str
    key: bytes


def found(target: Path, new: NewSurvey) -> None:
    """Make the survey folder ``target``.

    Raises:
        UsageError: there is something under that name, or a form version is given twice.
    """
    forms.refuse_unusable([form.reference.layout.version for form in new.forms])
    with new_folder(target) as building:
        write_key(building.key, new.key)
        for form in new.forms:
            forms.write_form(building.forms, form)
        database = Database.create(building.database, events.now())
        try:
            _first_rows(database, new)
        finally:
            database.close()


def _first_rows(database: Database, new: NewSurvey) -> None:
    moment = events.now()
    with database.transaction():
        database.insert(
            "INSERT INTO survey VALUES (1, ?, ?, ?)", (new.survey_id, key_digest(new.key), moment)
        )
        for unit in new.units:
            database.insert("INSERT INTO unit (name) VALUES (?)", (unit,))
        for form in new.forms:
            forms.register_form(database, form, moment)
        ids = [form.reference.form.id for form in new.forms]
        events.log(database, events.What.INIT, forms=ids, units=list(new.units))
