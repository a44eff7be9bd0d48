"""The published JSON Schema is the language that the models check."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from omr.form import find_form, shipped_forms
from omr.form.json_schema import WORDS, form_schema, form_schema_json
from omr.form.shipped import schema_file, shared_files

GUIDE = Path(__file__).parents[2] / "docs" / "forms.md"
FILES = {**shipped_forms(), **shared_files()}


def parsed(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(schema_file().read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_published_file_is_made_from_the_models() -> None:
    """Renew it with: omr forms --schema > form_templates/schema/phieu.schema.json."""
    published = schema_file().read_text(encoding="utf-8")
    assert json.loads(published) == form_schema()
    assert form_schema_json() == json.dumps(form_schema(), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_shipped_file_follows_the_schema_that_its_first_line_names(
    name: str, validator: Draft202012Validator
) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named
    assert (FILES[name].parent / named[1]).resolve() == schema_file().resolve()
    assert [error.message for error in validator.iter_errors(parsed(text))] == []


def test_the_examples_of_the_guide_follow_it(validator: Draft202012Validator) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        assert [error.message for error in validator.iter_errors(parsed(example))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title:", "titel:"),
        ("scale: S5", "scael: S5"),
        ("questions:", "quetions:"),
        ("use: z", "uze: z"),
        ("công chức: CC", "công chức: cc"),
        ("include: khoi-chung\n", ""),
        ("id: t1-mot-cua", "id: t1 mot cua"),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(
    old: str, new: str, validator: Draft202012Validator
) -> None:
    text = find_form("t1-mot-cua").read_text(encoding="utf-8")
    assert old in text
    assert not validator.is_valid(parsed(text.replace(old, new, 1)))


def test_every_key_is_explained_to_the_author_and_no_other() -> None:
    models = [model for model in form_schema()["$defs"].values() if "properties" in model]
    explained = {key: one["description"] for m in models for key, one in m["properties"].items()}
    assert explained == WORDS
