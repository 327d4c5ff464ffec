"""The chart's numbers are the tables', its words are right, and its bytes are the same every time."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest

from overkalix_data import analyse
from overkalix_data.outputs import charts
from overkalix_data.schema.frames import Tables
from tests.conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"


def drawn(tables: Tables, folder: Path, lang: str = "sv") -> tuple[Path, Path]:
    frame, known = analyse.projects_per_funder(tables), analyse.known_counts(tables)
    chart = charts.funder_chart(frame, known, analyse.source_names(tables), lang)
    svg, png = charts.save(charts.drawn(chart), folder / "chart", chart.title, chart.alt, lang)
    return svg, png


def texts(svg: Path) -> list[str]:
    return ["".join(t.itertext()) for t in ET.parse(svg).getroot().iter(f"{SVG}text")]


def test_numbers_equal_a_group_by_made_independently(tables: Tables) -> None:
    frame = analyse.projects_per_funder(tables).set_index("funder_id")
    links = pd.merge(tables["project_funders"], tables["projects"], on="project_id")
    counted = (
        links.drop_duplicates(["project_id", "funder_id"])
        .groupby(["funder_id", "status_code"])
        .size()
        .unstack(fill_value=0)
    )
    assert frame["projects"].sort_index().tolist() == counted.sum(axis=1).sort_index().tolist()
    assert frame["ongoing"].sort_index().tolist() == counted["ongoing"].sort_index().tolist()
    assert (frame["ongoing"] + frame["completed"] == frame["projects"]).all()


def test_counts_of_the_real_page(tables: Tables) -> None:
    """By hand: Överkalix kommun 24, Tillväxtverket 14, Leader Polaris 8, Region Norrbotten 5 (see the page)."""
    counts = analyse.projects_per_funder(tables).set_index("name")["projects"]
    assert counts[["Överkalix kommun", "Tillväxtverket", "Leader Polaris", "Region Norrbotten"]].tolist() == [
        24,
        14,
        8,
        5,
    ]
    assert len(counts) == 12


def test_duplicates_are_counted_as_asked(tables: Tables) -> None:
    with_, without = (
        analyse.projects_per_funder(tables, duplicates=d).set_index("funder_id")["projects"] for d in (True, False)
    )
    difference = (with_ - without).loc[lambda d: d > 0]
    assert difference.to_dict() == {"overkalix-kommun": 1, "tillvaxtverket": 1}


def test_the_picture_says_what_the_frame_says(tables: Tables, tmp_path: Path) -> None:
    svg, png = drawn(tables, tmp_path)
    frame = analyse.projects_per_funder(tables)
    shown = texts(svg)
    numbers = [int(t) for t in (s.strip() for s in shown) if t.isdigit()]
    assert numbers == frame["projects"].tolist()
    assert "Tillväxtverket är med i 14 av 25 projekt" in shown
    assert any("Finansiärer kända för 25 av 25 projekt; belopp för 0 av 25" in s for s in shown)
    root = ET.parse(svg).getroot()
    assert root.get("role") == "img"
    assert root.get("lang") == "sv"
    told = root.findtext(f"{SVG}desc") or ""
    assert all(f"{row.name_} {row.projects}" in told for row in frame.rename(columns={"name": "name_"}).itertuples())
    assert png.read_bytes().startswith(b"\x89PNG")


def test_english_is_complete(tables: Tables, tmp_path: Path) -> None:
    shown = " ".join(texts(drawn(tables, tmp_path, "en")[0]))
    assert "takes part in 14 of 25 projects" in shown
    assert not re.search(r"Antal|Källa|kommunen själv", shown)


def test_same_bytes_every_time(tables: Tables, tmp_path: Path) -> None:
    one, two = (tmp_path / n for n in "ab")
    one.mkdir()
    two.mkdir()
    assert [p.read_bytes() for p in drawn(tables, one)] == [p.read_bytes() for p in drawn(tables, two)]


def test_the_machine_s_own_style_of_drawing_changes_no_byte(tables: Tables, tmp_path: Path) -> None:
    """Matplotlib takes its style from a `matplotlibrc` of the working folder, the user or the machine."""
    one, two = (tmp_path / n for n in "ab")
    one.mkdir()
    two.mkdir()
    plain = [p.read_bytes() for p in drawn(tables, one)]
    own = {"axes.linewidth": 5, "xtick.labelsize": 20, "savefig.dpi": 30, "timezone": "Asia/Tokyo"}
    with mpl.rc_context(own):
        assert [p.read_bytes() for p in drawn(tables, two)] == plain
        assert {name: mpl.rcParams[name] for name in own} == own


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_picture_in_the_readme_is_the_one_that_is_drawn(lang: str, tables: Tables, tmp_path: Path) -> None:
    committed = ROOT / "docs" / "pictures" / f"chart-{lang}.svg"
    assert drawn(tables, tmp_path, lang)[0].read_text(encoding="utf-8") == committed.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("unknown", "lang", "title"),
    [
        (1, "sv", "1 av 3 uppgifter är okänd för alla projekt"),
        (2, "sv", "2 av 3 uppgifter är okända för alla projekt"),
        (1, "en", "1 of 3 fields is unknown for all projects"),
    ],
)
def test_one_that_is_unknown_is_said_of_as_one(unknown: int, lang: str, title: str) -> None:
    filled = [0 if n < unknown else 7 for n in range(3)]
    frame = pd.DataFrame({"field": ["goal", "start", "funder"], "filled": filled, "of": 25})
    assert charts.completeness_chart(frame, "källan", lang).title == title


@pytest.mark.parametrize("rows", [0, 1, 60])
def test_few_and_many_rows_draw(rows: int, tmp_path: Path) -> None:
    names = [f"Stiftelsen för framåtskridande och samverkan i inlandet nummer {n}" for n in range(rows)]
    frame = pd.DataFrame({"funder_id": names, "name": names, "is_own": [False] * rows, "projects": range(rows, 0, -1)})
    known = {"projects": max(rows, 0), "funded": rows, "amounts": 0}
    chart = charts.funder_chart(frame, known, "källan")
    svg, _ = charts.save(charts.drawn(chart), tmp_path / "c", chart.title, chart.alt)
    assert sum(t.strip().isdigit() for t in texts(svg)) == rows


def test_a_chart_of_very_many_shows_some_and_says_so(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {chart.stem: chart for chart in charts.report_charts(tables)}
    monkeypatch.setattr(charts, "MOST_ROWS", 3)
    cut = {chart.stem: chart for chart in charts.report_charts(tables)}
    count = len(analyse.projects_per_funder(tables))
    assert len(cut["projekt-per-finansiar"].bars) == 3 < len(whole["projekt-per-finansiar"].bars)
    assert f"Här visas 3 av {count}" in cut["projekt-per-finansiar"].foot
    assert "Här visas" not in "".join(chart.foot for chart in whole.values())


def test_text_has_contrast_enough() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in (charts.INK, charts.MUTED):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5


TIMES = pd.DataFrame(
    [
        ("Vinterled", "2021-01-01", "2021-12-31", "2021", "2021"),
        ("Bakvänd", "2021-07-02", "2020-01-01", "2021-07-02", "2020"),
    ],
    columns=["label", "first_day", "last_day", "start", "end"],
).assign(status_code="ongoing", start_precision="year", end_precision="year")


def test_bars_of_a_narrow_screen_reach_from_where_they_begin_and_never_back() -> None:
    chart = charts.timeline_chart(TIMES, 2, "Källa", "sv")
    assert [bar[1:] for bar in chart.bars] == [(50.1, 49.9), (75.0, 0)]
    assert chart.bars[0][0] == "Vinterled (pågående) 2021 – 2021"
