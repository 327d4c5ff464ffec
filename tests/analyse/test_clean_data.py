"""`od.load()`: the tables as an analyst reaches for them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import overkalix_data as od
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import read_tables
from tests.conftest import ROOT

CLEAN = ROOT / "data" / "clean"


@pytest.fixture(scope="module")
def data() -> od.Data:
    return od.load(CLEAN)


def test_every_table_is_an_attribute_and_a_plain_frame(data: od.Data) -> None:
    for name, frame in read_tables(CLEAN).items():
        assert type(getattr(data, name)) is pd.DataFrame
        pd.testing.assert_frame_equal(getattr(data, name), frame)
        assert data[name] is getattr(data, name)
    assert set(TABLES) <= set(dir(data))


def test_what_is_no_table_is_told_with_what_there_is(data: od.Data) -> None:
    with pytest.raises(AttributeError, match=r"project: ingen tabell heter så\. Tabellerna är projects, funders"):
        data.project  # noqa: B018
    with pytest.raises(KeyError, match="no table is called that"):
        od.load(CLEAN, lang="en")["project"]


def test_a_value_leads_to_the_words_on_the_page(data: od.Data) -> None:
    found = data.evidence_for("projects", "move-on-up", "title")
    assert found["quote"].tolist() == ["Move on Up"]
    assert found["line"].tolist() == [18]
    assert len(data.evidence_for("projects", "move-on-up")) > 5
    assert data.evidence_for("projects", "finns-inte", "title").empty
    with pytest.raises(KeyError, match=r"projects\.titel: schemat har ingen"):
        data.evidence_for("projects", "move-on-up", "titel")


def test_a_missing_table_or_column_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"projects\.csv: tabellen finns inte\. Kör overkalix build först\."):
        od.load(tmp_path)
    shutil.copytree(CLEAN, tmp_path / "clean")
    (tmp_path / "clean" / "funders.csv").write_text("funder_id,name\na,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"funders\.csv: kolumnen name_en saknas i rubrikraden"):
        od.load(tmp_path / "clean")


@pytest.mark.parametrize(("lang", "words"), [("sv", "25 rader"), ("en", "25 rows")])
def test_it_tells_what_it_is(lang: str, words: str) -> None:
    data = od.load(CLEAN, lang)
    assert words in repr(data)
    assert all(f"data.{name}" in repr(data) for name in TABLES)
    page = data._repr_html_()
    assert page.startswith(f'<table lang="{lang}"><caption>')
    assert page.count('<th scope="row">') == len(TABLES)


def test_a_sources_name_is_no_markup_and_no_folder_is_told(tmp_path: Path) -> None:
    shutil.copytree(CLEAN, tmp_path / "clean")
    sources = tmp_path / "clean" / "sources.csv"
    sources.write_text(
        sources.read_text(encoding="utf-8").replace("www.overkalix.se/kommun", "<script>/kommun"), encoding="utf-8"
    )
    page = od.load(tmp_path / "clean")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;/kommun-och-politik/projekt" in page
    assert str(tmp_path) not in page


def test_the_public_edition_names_nobody(data: od.Data) -> None:
    public = data.public()
    secrets = {str(v) for c in ("value", "as_published") for v in data.contact_points[c].dropna()}
    secrets |= {str(v) for c in ("name", "other_names") for v in data.contacts[c].dropna()}
    cells = " ".join(
        str(v) for frame in public.tables.values() for c in frame.select_dtypes("string") for v in frame[c].dropna()
    )
    assert len(secrets) > 8
    assert sorted(s for s in secrets if s in cells) == []
    assert public.projects["goal"].equals(data.projects["goal"])
    assert public.funders.equals(data.funders)


def test_nothing_heavy_before_it_is_asked_for() -> None:
    code = (
        "import sys, overkalix_data as od\nheavy = {'pandas', 'matplotlib', 'openpyxl', 'great_expectations'}\n"
        "data = od.load('data/clean'); a = heavy & set(sys.modules)\ndata.projects; print(sorted(a), sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[] ['pandas']"
