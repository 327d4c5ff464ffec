"""The real page, read once a session: every test of it starts from the same rows and tables."""

import gc
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from overkalix_data import pipeline
from overkalix_data.checks.schema_run import SchemaRun
from overkalix_data.cli import main
from overkalix_data.documents.source import Source, read_sources
from overkalix_data.identity.rows import interpret
from overkalix_data.outputs import reports as reports_room
from overkalix_data.outputs.council.pdf import PdfWriter
from overkalix_data.reading.layouts import parse_page
from overkalix_data.schema.frames import Tables, tidy_tables
from overkalix_data.schema.records import Records
from tests.made.schema_by_pandas import SchemaByPandas
from tests.made.shared import once

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")  # the same examples in every run, however slow the machine

ROOT = Path(__file__).parents[1]
RAW, CURATED = ROOT / "data" / "raw", ROOT / "data" / "curated"
AS_OF = "2026-11-23"
"""The day the committed tables were built as of; no test asks the clock."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("office") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed (apt install libreoffice-calc-nogui)")


@pytest.fixture(scope="session")
def whole() -> None:
    """Asked for by what makes a whole product: each test that comes to it is marked, and `make test-fast` leaves it out."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    for item in items:
        if "whole" in item.fixturenames:
            item.add_marker("whole")


@pytest.fixture(scope="module", autouse=True)
def _garbage_is_looked_for_in_what_is_new() -> None:
    """A refused command collects garbage; of the modules and tests in memory, which are no garbage, that takes longer."""
    gc.collect()
    gc.freeze()


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
def great_expectations(whole: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of this test wait for Great Expectations, as people's do."""
    monkeypatch.setattr(pipeline, "SchemaRun", SchemaRun)


class WithoutPdf(PdfWriter):
    """The writer of the letter where neither program is there that makes a PDF."""

    def _start(self, program: str) -> None:
        return None

    def _printed(self) -> dict[Path, bytes]:
        return {}


@pytest.fixture(scope="session", autouse=True)
def _reports_without_pdf() -> Iterator[None]:
    """LibreOffice takes seconds of every report; that the PDF is made and what is in it are tests of their own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reports_room, "PdfWriter", WithoutPdf)
        yield


@pytest.fixture
def pdf(whole: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reports of this test have their PDF where a program can make it, as people's have."""
    monkeypatch.setattr(reports_room, "PdfWriter", PdfWriter)


@pytest.fixture(scope="session")
def report(whole: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Language → the folder with `clean` and `reports` of a whole report of the real page and what is shipped with it.

    In English it is asked of its pages alone, and has no PDF, no pictures and nothing from Great Expectations.
    """

    def make(folder: Path, lang: str) -> None:
        places = [w for name in ("clean", "reports") for w in (f"--{name}", str(folder / name))]
        where = ["--raw", str(RAW), "--curated", str(CURATED), *places, "--as-of", AS_OF, "--lang", lang]
        with pytest.MonkeyPatch.context() as patched:
            if lang == "sv":
                patched.setattr(reports_room, "PdfWriter", PdfWriter)
                patched.setattr(pipeline, "SchemaRun", SchemaRun)
                where.append("--png")
            assert main(["report", *where]) == 0

    return cache(lambda lang: once(tmp_path_factory, f"report-{lang}", lambda folder: make(folder, lang)))


@pytest.fixture(scope="session")
def packs(whole: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of every funder's pack in both editions, of the real page and what is shipped with it."""

    def make(folder: Path) -> None:
        places = [w for name in ("clean", "reports") for w in (f"--{name}", str(folder / name))]
        where = ["--raw", str(RAW), "--curated", str(CURATED), *places, "--as-of", AS_OF]
        assert main(["export", "--all", *where]) == 0

    return once(tmp_path_factory, "packs", make) / "reports"


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
