"""Every chart of a report: its numbers are the tables', its words fit, few and many rows draw, and the bytes are the same."""

import csv
import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from overkalix_data.base.words import say
from overkalix_data.outputs import charts
from overkalix_data.outputs.charts import Chart
from overkalix_data.schema.frames import Tables, read_tables
from tests.conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"
CLEAN = ROOT / "data" / "clean"
STEMS = ["projekt-per-finansiar", "finansiering-per-niva", "finansierar-tillsammans", "eu-medlens-vag", "teman-och-finansiarer", "malgrupper",
         "tidslinje", "kanda-uppgifter"]  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((CLEAN / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)))


@pytest.fixture(scope="module")
def clean() -> Tables:
    return read_tables(CLEAN)


def series(tables: Tables, lang: str = "sv") -> dict[str, Chart]:
    return {chart.stem: chart for chart in charts.report_charts(tables, lang)}


def shown(chart: Chart, folder: Path, lang: str = "sv") -> list[str]:
    """The words of the saved picture."""
    svg, _ = charts.save(charts.drawn(chart), folder / chart.stem, chart.title, chart.alt, lang)
    return ["".join(t.itertext()).strip() for t in ET.parse(svg).getroot().iter(f"{SVG}text")]


def numbers(words: list[str]) -> list[int]:
    return sorted(int(w) for w in words if w.isdigit())


def pairs(one: str, key: str, other: str, value: str) -> Counter[tuple[str, str]]:
    """How many projects have both: counted from the files, by loops."""
    having: dict[str, set[str]] = defaultdict(set)
    for row in rows(one):
        having[row["project_id"]].add(row[key])
    links = {(r["project_id"], r[value]) for r in rows(other)}
    return Counter((a, b) for project, b in links for a in having[project])


def test_the_series_is_the_one_the_report_promises(clean: Tables) -> None:
    assert list(series(clean)) == STEMS


def test_numbers_in_the_theme_matrix(clean: Tables, tmp_path: Path) -> None:
    counted = pairs("project_themes", "theme_code", "project_funders", "funder_id")
    assert numbers(shown(series(clean)["teman-och-finansiarer"], tmp_path)) == sorted(counted.values())


def test_numbers_in_the_pair_matrix(clean: Tables, tmp_path: Path) -> None:
    counted = pairs("project_funders", "funder_id", "project_funders", "funder_id")
    chains = Counter(
        tuple(sorted((r["funder_id"], r["via_funder_id"]))) for r in rows("project_funders") if r["via_funder_id"]
    )
    chart = series(clean)["finansierar-tillsammans"]
    assert numbers(shown(chart, tmp_path)) == sorted(
        left for (a, b), n in counted.items() if a < b and (left := n - chains[a, b])
    )
    assert "slumpen" not in chart.title
    assert "Överkalix kommun" not in chart.title
    assert "Tom ruta: inga gemensamma projekt" in chart.legend


def test_numbers_of_target_groups_chains_and_fields(clean: Tables, tmp_path: Path) -> None:
    category = {r["target_group_id"]: r["category_code"] for r in rows("target_groups")}
    groups: dict[str, set[str]] = defaultdict(set)
    for r in rows("project_target_groups"):
        groups[category[r["target_group_id"]]].add(r["project_id"])
    assert numbers(shown(series(clean)["malgrupper"], tmp_path)) == sorted(len(p) for p in groups.values())
    chains = Counter((r["funder_id"], r["via_funder_id"]) for r in rows("project_funders") if r["role_code"] == "fund")
    assert numbers(shown(series(clean)["eu-medlens-vag"], tmp_path)) == sorted(chains.values())
    fields = shown(series(clean)["kanda-uppgifter"], tmp_path)
    goals = sum(bool(r["goal"]) for r in rows("projects"))
    assert f"{goals} av 25" in fields
    assert fields.count("0 av 25") == 3, "amounts, totals and results are unknown for all"


def test_shares_of_the_levels_are_a_whole(clean: Tables, tmp_path: Path) -> None:
    words = shown(series(clean)["finansiering-per-niva"], tmp_path)
    shares = [float(m[1].replace(",", ".")) for w in words if (m := re.fullmatch(r"([\d,]+)\u00a0%", w))]
    assert len(shares) == 5
    assert sum(shares) == pytest.approx(100, abs=0.3)
    of_project: dict[str, set[str]] = defaultdict(set)
    level = {r["funder_id"]: r["level_code"] for r in rows("funders")}
    for r in rows("project_funders"):
        if r["role_code"] != "intermediary":  # whose money is the fund's: it is not of two levels
            of_project[r["project_id"]].add(r["funder_id"])
    mean = sum(sum(level[f] == "local" for f in funders) / len(funders) for funders in of_project.values()) / len(
        of_project
    )
    chart = series(clean)["finansiering-per-niva"]
    assert chart.title == f"Störst del av finansiärerna i ett projekt, i snitt: Lokal ({100 * mean:.0f}\u00a0%)"
    assert "inte kronor" in chart.subtitle
    assert "inte kronor" in say(f"chart.topic.{chart.stem}")


def test_the_timeline_says_how_exactly_it_knows(clean: Tables, tmp_path: Path) -> None:
    words = shown(series(clean)["tidslinje"], tmp_path)
    assert "2023-09 – 2026-08" in words
    assert "2020-01-01 – 2021-12-31" in words


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_chart_names_its_source_and_coverage_and_tells_itself_in_words(clean: Tables, lang: str) -> None:
    for chart in series(clean, lang).values():
        assert "overkalix.se/kommun-och-politik/projekt" in chart.foot
        assert re.search(r"\d+ (av|of) 25 (projekt|projects)", chart.foot)
        assert len(chart.alt) > 40
        assert chart.title
        assert ("Källa" in chart.foot) == (lang == "sv")


def few(tables: Tables, projects: int) -> Tables:
    kept = set(tables["projects"]["project_id"].head(projects))
    small = {
        k: t[t["project_id"].isin(kept)].reset_index(drop=True) if "project_id" in t else t for k, t in tables.items()
    }
    return small | {
        "funders": tables["funders"],
        "themes": tables["themes"][tables["themes"]["theme_code"].isin(small["project_themes"]["theme_code"])],
    }


def many(tables: Tables, count: int = 60) -> Tables:
    """As many funders with long names, each in two projects with its neighbour."""
    ids = [f"stiftelse-{n:02}" for n in range(count)]
    names = [f"Stiftelsen för framåtskridande och samverkan i inlandets skogslän nummer {n}" for n in range(count)]
    funders = pd.DataFrame(
        {"funder_id": ids, "name": names, "funder_type_code": "foundation", "level_code": "private"}
    ).astype("string")
    projects = tables["projects"]["project_id"].tolist()
    links = [(projects[(n + k) % len(projects)], ids[n]) for n in range(count) for k in (0, 1)]
    funding = pd.DataFrame(links, columns=["project_id", "funder_id"]).assign(role_code="co_funder").astype("string")
    missing = {c: tables["project_funders"][c].head(0) for c in tables["project_funders"].columns if c not in funding}
    return tables | {
        "funders": funders,
        "project_funders": funding.assign(**missing).astype({c: s.dtype for c, s in missing.items()}),
    }


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Words that lie over other words, and words that are cut by the edge of the picture."""
    canvas = figure.canvas
    canvas.draw()
    renderer = canvas.get_renderer()  # type: ignore[attr-defined]
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
    boxes = [(words, box) for words, box in boxes if box.width and box.height]
    whole = figure.bbox
    found = [
        (words, "edge")
        for words, b in boxes
        if b.x0 < whole.x0 - 1 or b.x1 > whole.x1 + 1 or b.y0 < whole.y0 - 1 or b.y1 > whole.y1 + 1
    ]
    for n, (a, p) in enumerate(boxes):
        for b, q in boxes[n + 1 :]:
            if min(p.x1, q.x1) - max(p.x0, q.x0) > 2 and min(p.y1, q.y1) - max(p.y0, q.y0) > 2:
                found.append((a, b))
    return found


CASES: dict[str, Callable[[Tables], Tables]] = {
    "real": lambda tables: tables, "one": lambda tables: few(tables, 1), "none": lambda tables: few(tables, 0), "sixty": many,
}  # fmt: skip


@pytest.fixture(scope="module")
def series_of(clean: Tables) -> Callable[[str], dict[str, Chart]]:
    return cache(lambda case: series(CASES[case](clean)))


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("case", CASES)
def test_no_word_lies_over_another_or_is_cut(
    series_of: Callable[[str], dict[str, Chart]], stem: str, case: str
) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = charts.drawn(series_of(case)[stem])
    FigureCanvasAgg(figure)
    assert overlaps(figure) == []


def test_a_matrix_of_sixty_funders_says_how_many_it_leaves_out(clean: Tables) -> None:
    assert say("chart.shown", "sv", shown="12", total="60") in series(many(clean))["finansierar-tillsammans"].foot


def test_the_same_bytes_every_time(clean: Tables, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    made = [
        [
            p.read_bytes()
            for c in charts.report_charts(clean)
            for p in charts.save(charts.drawn(c), tmp_path / name / c.stem, c.title, c.alt)
        ]
        for name in "ab"
    ]
    assert made[0] == made[1]
