"""The real page, read once a session: every test of it starts from the same rows and tables."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from overkalix_data import pipeline
from overkalix_data.checks.schema_run import SchemaRun
from overkalix_data.documents.source import Source, read_sources
from overkalix_data.identity.rows import interpret
from overkalix_data.reading.layouts import parse_page
from overkalix_data.schema.frames import Tables, tidy_tables
from overkalix_data.schema.records import Records
from tests.made.schema_by_pandas import SchemaByPandas

ROOT = Path(__file__).parents[1]
RAW, CURATED = ROOT / "data" / "raw", ROOT / "data" / "curated"
AS_OF = "2026-11-23"
"""The day the committed tables were built as of; no test asks the clock."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("office") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed (apt install libreoffice-calc-nogui)")


@pytest.fixture(scope="session", autouse=True)
def _what_people_added_is_not_touched() -> Iterator[None]:
    """A test that forgets `--curated` would enter its invented projects in the real ledger."""
    before = {p: p.read_bytes() for p in CURATED.iterdir()}
    yield
    assert {p: p.read_bytes() for p in CURATED.iterdir()} == before


@pytest.fixture(scope="session", autouse=True)
def _schema_by_pandas() -> Iterator[None]:
    """Great Expectations takes seconds of every command; that pandas says the same of the schema is a test of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "SchemaRun", SchemaByPandas)
        yield


@pytest.fixture
def great_expectations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of this test wait for Great Expectations, as people's do."""
    monkeypatch.setattr(pipeline, "SchemaRun", SchemaRun)


@pytest.fixture(scope="session")
def source() -> Source:
    return read_sources(str(RAW))[0]


@pytest.fixture(scope="session")
def records(source: Source) -> Records:
    return interpret([parse_page(source)])


@pytest.fixture(scope="session")
def tables(records: Records) -> Tables:
    from overkalix_data.checks.validate import check_tables

    tables = tidy_tables(records)
    tables["findings"], tables["checks"] = check_tables(tables, AS_OF)
    return tables
