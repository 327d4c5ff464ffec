"""`od.load()`: the tables as an analyst reaches for them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import overkalix_data as od
from overkalix_data import analyse
from overkalix_data.analyse import kronor
from overkalix_data.analyse.eu import eu_total
from overkalix_data.analyse.typed import typed
from overkalix_data.base.codelist import codes
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
        pd.testing.assert_frame_equal(data.tables[name], frame)
        assert data[name][[*frame]].to_csv() == frame.to_csv()
        assert data[name] is getattr(data, name)
    assert set(TABLES) <= set(dir(data))


def test_codes_are_categories_in_the_lists_order_and_dates_are_days(data: od.Data) -> None:
    assert data.projects["status_code"].cat.categories.tolist() == [*codes("status")]
    assert data.findings["severity"].cat.categories.tolist() == ["critical", "warning", "info"]
    start, first, end, last = data.projects.set_index("project_id").loc[
        "move-on-up", ["start", "first_day", "end", "last_day"]
    ]
    assert (start, end) == ("2023-09", "2026-08")
    assert (first, last) == (pd.Timestamp(2023, 9, 1), pd.Timestamp(2026, 8, 31))
    assert data.project_funders["decision_date"].dtype.kind == "M"


def test_a_code_outside_its_list_and_a_day_in_no_calendar(data: od.Data) -> None:
    one = data.tables["projects"].head(1)
    made = typed(one.assign(status_code="paused", start="2023-02-31", end="2024"), "projects")
    assert made["status_code"].tolist() == ["paused"]
    assert made["first_day"].isna().all()
    assert made["last_day"].tolist() == [pd.Timestamp(2024, 12, 31)]


@pytest.mark.parametrize(("lang", "column", "words"), [("sv", "Status", "Pågående"), ("en", "Status", "Ongoing")])
def test_words_on_demand(lang: str, column: str, words: str) -> None:
    data = od.load(CLEAN, lang)
    for frame in (data.labelled("projects"), data.labelled(data.wide()), data.labelled(data.tables["projects"])):
        assert words in set(frame[column])
        assert not [name for name in frame.columns if "_" in name]
    assert "ongoing" in set(data.projects["status_code"]), "what was asked for is a copy"


def test_one_row_a_project_adds_up_to_the_sums_of_the_reports(data: od.Data) -> None:
    made = {name: frame.copy() for name, frame in data.tables.items()}
    funding, projects = made["project_funders"], made["projects"]
    repeat = projects["duplicate_of"].notna()
    projects["total_cost_sek"] = pd.array(range(1_000, 1_000 + len(projects)), dtype="Int64")
    funding["granted_sek"] = pd.array(range(len(funding)), dtype="Int64")
    frame = analyse.wide(made, "funders", "themes")
    assert len(frame) == len(projects)
    assert frame["total_cost_sek"].sum() == kronor.cost_total(made).sek
    assert frame["granted_sek"].sum() == kronor.granted_total(made).sek
    assert frame["eu_sek"].sum() == eu_total(made).sek
    assert frame.loc[frame["project_id"].isin(projects.loc[repeat, "project_id"]), "total_cost_sek"].isna().all()
    counted = analyse.projects_per_funder(made).set_index("name")["projects"]
    assert {name: frame[name].sum() for name in counted.index} == counted.to_dict()
    assert analyse.wide(data.tables)["granted_sek"].isna().all(), "unknown is never zero"


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
