"""What the whole suite shares: where the real scans lie, and how Hypothesis runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from printed import PrintedSurvey

REPOSITORY = Path(__file__).resolve().parent.parent
IS_CI = os.environ.get("CI") == "true"

# Help texts are made when the command is first imported: in English, whichever test does it first.
os.environ.setdefault("OMR_LANG", "en")

# No deadline: a slow or busy machine is not a failure. In CI the same commit gives the same result.
settings.register_profile("suite", deadline=None, derandomize=IS_CI)
settings.load_profile("suite")


def realscans_folder() -> Path:
    """The folder of real scans: ``OMR_REALSCANS``, else where a neighbour folder has it."""
    chosen = os.environ.get("OMR_REALSCANS")
    return Path(chosen) if chosen else REPOSITORY.parent / "shared" / "realscans"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests marked ``realscans`` need the folder: without it they fail in CI and skip elsewhere."""
    if item.get_closest_marker("realscans") is None or realscans_folder().is_dir():
        return
    message = f"no real scans at {realscans_folder()}: set OMR_REALSCANS to their folder"
    if IS_CI:
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def realscans() -> Path:
    """The folder of real scans; only for tests marked ``realscans``, which ask for it first."""
    return realscans_folder()


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> PrintedSurvey:
    """A survey of our own forms, printed; see ``tests/printed.py``."""
    from printed import PrintedSurvey

    return PrintedSurvey.make(tmp_path_factory.mktemp("printed"))
