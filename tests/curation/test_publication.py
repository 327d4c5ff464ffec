"""`utgivning.csv`: one row of decisions, each of its own form; what is wrong is one line with the remedy."""

from pathlib import Path

import pytest

from overkalix_data.base.errors import InputError
from overkalix_data.base.words import LANGUAGES, explain
from overkalix_data.curation.publication import FOR_CATALOGUE, Publication, read_publication
from overkalix_data.schema.curated_files import COLUMNS

DECIDED = {
    "base_url": "https://www.exempel.se/oppna-data", "licence": "CC0-1.0", "org_number": "212000-0001",
    "contact_name": "Näringslivskontoret", "contact_email": "oppnadata@exempel.se",
    "homepage": "https://www.exempel.se/", "spatial_uri": "https://sws.geonames.org/2661886/", "frequency": "IRREG",
    "issued": "2026-12-01",
}  # fmt: skip


def decided(folder: Path, *, rows: int = 1, **changed: str) -> Path:
    """A curated folder with that row, `rows` times."""
    folder.mkdir(exist_ok=True)
    row = ";".join((DECIDED | changed).values())
    (folder / "utgivning.csv").write_text("\n".join([";".join(DECIDED), *[row] * rows, ""]), encoding="utf-8")
    return folder


def test_a_row_of_decisions_is_read(tmp_path: Path) -> None:
    read = read_publication(decided(tmp_path))
    assert (read.base_url, read.org_number) == ("https://www.exempel.se/oppna-data/", "2120000001")
    assert (read.has_catalogue, read.undecided) == (True, [])
    assert tuple(DECIDED) == COLUMNS["utgivning"]


def test_nothing_decided_is_no_error(tmp_path: Path) -> None:
    assert read_publication(tmp_path) == Publication() == read_publication(decided(tmp_path, rows=0))
    assert Publication().undecided == list(DECIDED)
    assert Publication().licence_row is None


@pytest.mark.parametrize("column", DECIDED)
def test_what_is_empty_is_undecided(column: str, tmp_path: Path) -> None:
    read = read_publication(decided(tmp_path, **{column: ""}))
    assert read.undecided == [column]
    assert read.has_catalogue == (column not in FOR_CATALOGUE)


@pytest.mark.parametrize(("column", "value"), [
    ("base_url", "www.exempel.se"), ("base_url", "https://exempel.se/?sida=1"), ("base_url", "https://exempel.se/a b/"),
    ("base_url", "file:///etc/passwd"), ("licence", "CC0"), ("org_number", "212000-0002"), ("org_number", "2120000"),
    ("org_number", "²120000001"), ("contact_name", "Eva Exempel"), ("contact_name", "Näringslivschef Bo Ek"),
    ("contact_email", "eva.exempel@exempel.se"), ("contact_email", "oppnadata"), ("homepage", "exempel.se"),
    ("spatial_uri", "Överkalix"), ("frequency", "ibland"), ("issued", "1/12 2026"), ("issued", "2026-02-30"),
    ("issued", "20261201"),
])  # fmt: skip
def test_what_is_no_such_value_is_one_line_with_the_remedy(column: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_publication(decided(tmp_path, **{column: value}))
    assert refused.value.key == f"publication_{column}"
    for lang in LANGUAGES:
        line = explain(refused.value, lang)
        assert all(part in line for part in ("utgivning.csv", " 2:", column, value))
        assert {"licence": "CC-BY-4.0", "frequency": "ANNUAL"}.get(column, "") in line


def test_two_rows_are_refused_at_the_second(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_publication(decided(tmp_path, rows=2))
    assert (refused.value.key, refused.value.params["line"]) == ("publication_rows", "3")
