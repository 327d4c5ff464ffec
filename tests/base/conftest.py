"""What the tests of one commit, and of its deaths, begin with."""

from pathlib import Path

import pytest

from overkalix_data import pipeline
from overkalix_data.documents.source import Source
from overkalix_data.identity.read_projects import ReadProjects
from overkalix_data.schema.records import Records
from tests.made.refusal import furnished


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return furnished(tmp_path / "desk")


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, source: Source, records: Records) -> None:
    """The checks take seconds and are not what is tested here: the real tables come as they are."""
    monkeypatch.setattr(
        "overkalix_data.identity.read_projects.read_projects", lambda *_: ReadProjects([source], records, [])
    )
    monkeypatch.setattr(pipeline, "_check", lambda *_: None)
