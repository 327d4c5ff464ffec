"""Small pages for tests: invented projects, read as the real one is."""

from pathlib import Path
from tempfile import TemporaryDirectory

from overkalix_data.checks.validate import check_tables
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.ledger import Entry
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.schema.frames import Tables, tidy_tables
from tests.conftest import AS_OF

PROJECT = "Mål: Att öppna {name}.\nMålgrupp: Företag.\nFinansiärer: {funders}\nKontaktperson: Eva Exempel, 070-174 06 35, eva@example.se\n"


def page(*funders: str, heading: str = "") -> str:
    """A page with a project for each list of funders."""
    blocks = [
        PROJECT.format(name=f"{name} verkstad", funders=whom)
        for name, whom in zip(("en röd", "en blå", "en gul", "en grön"), funders, strict=False)
    ]
    return "\n".join([f"{heading}\n" if heading else "", *blocks])


def tables_of(text: str, suffix: str = ".txt", *, checked: bool = True, ledger: tuple[Entry, ...] = ()) -> Tables:
    """The tables of a page given as text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sida{suffix}"
        path.write_text(text, encoding="utf-8", newline="")
        tables = tidy_tables(read_pages(read_sources(str(path)), ledger).records)
    if checked:
        tables["findings"], tables["checks"] = check_tables(tables, AS_OF)
    return tables
