"""The municipality's page written back: what is read from it is what it was written from."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from overkalix_data.cli import main
from overkalix_data.identity.ledger import read_ledger
from overkalix_data.outputs.pages.own_page import period_words, write_project_page
from overkalix_data.schema.frames import Tables
from overkalix_data.values.period import parse_period
from tests.conftest import AS_OF, CURATED, RAW
from tests.made.pages import tables_of

pytestmark = pytest.mark.whole

TABLES = ("projects", "funders", "project_funders", "contacts", "contact_points", "project_contacts", "target_groups", "project_target_groups", "themes",
          "project_themes", "places", "project_places", "project_links")  # fmt: skip
OTHERWISE = {
    "source_id",
    "first_line",
    "last_line",
    "publisher_code",
    "funder_text",
    "section_text",
    "position",
    "project_type_code",
    "label",
}
"""Where a value stands, and the words around it; who publishes is told by `sources.csv`, and `position` by the order of the labels.

What a project without a title is called is the goal in short here, and its first words in the list."""
OWN_WORDS = {"project_funders": {"as_published"}, "project_themes": {"matched_text"}}
"""The page spells funders in one way, and its labels have an order of their own."""
BASES = {"published", "derived", "curated"}


def comparable(tables: Tables, name: str) -> list[tuple[tuple[str, object], ...]]:
    """The rows of a table as words, in no order; what the page states, it has published."""
    frame = tables[name].drop(columns=[c for c in OTHERWISE | OWN_WORDS.get(name, set()) if c in tables[name]])
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return sorted(
        (
            tuple(sorted((k, "told" if k.endswith("_basis") and v in BASES else v) for k, v in row.items()))
            for row in rows
        ),
        key=str,
    )


def read_back(tables: Tables, folder: Path, **choices: str) -> Tables:
    path = write_project_page(tables, folder / "sida.html", **choices)
    return tables_of(path.read_text(encoding="utf-8"), ".html", checked=False, ledger=tuple(read_ledger(CURATED)))


@pytest.mark.parametrize("name", TABLES)
def test_the_real_page_reads_back_to_the_same_tables(tables: Tables, tmp_path: Path, name: str) -> None:
    assert comparable(read_back(tables, tmp_path), name) == comparable(tables, name)


def test_what_people_added_is_on_the_page(tmp_path: Path) -> None:
    """Curated titles and periods are the page's own once it is written."""
    words = [
        "--raw",
        str(RAW),
        "--curated",
        str(CURATED),
        "--clean",
        str(tmp_path / "clean"),
        "--reports",
        str(tmp_path / "reports"),
        "--as-of",
        AS_OF,
    ]
    assert main(["build", *words]) == 0
    assert main(["page", *words]) == 0
    clean = pd.read_csv(tmp_path / "clean" / "projects.csv", dtype=str)
    back = tables_of(
        (tmp_path / "reports/internal/projektsida.html").read_text(encoding="utf-8"),
        ".html",
        checked=False,
        ledger=tuple(read_ledger(CURATED)),
    )["projects"]
    for column in ("title", "start", "end", "status_code", "goal"):
        assert (
            back.set_index("project_id")[column].fillna("").to_dict()
            == clean.set_index("project_id")[column].fillna("").to_dict()
        )


def test_a_heading_is_the_title_or_the_goal_in_short(tables: Tables, tmp_path: Path) -> None:
    html = write_project_page(tables, tmp_path / "sida.html").read_text(encoding="utf-8")
    html = html.partition("<script")[0]
    headings = re.findall(r"<h3[^>]*>(.*?)</h3>", html)
    shown = [re.sub(r"<span hidden>.*?</span>", "", heading) for heading in headings]
    assert "Förbättra rekrytering av personal till kommunen och till privata företag" in shown
    assert "Höja kompetensnivån bland deltagarna" in shown, "the clause after it is left out"
    assert "Move on Up" in headings
    assert not [heading for heading in shown if "…" in heading or ":" in heading or heading.startswith("Att ")]


def test_nothing_is_told_twice_of_a_project(tables: Tables, tmp_path: Path) -> None:
    """What the prose says as goal and purpose stands in the prose."""
    html = write_project_page(tables, tmp_path / "sida.html").read_text(encoding="utf-8").partition("<script")[0]
    assert html.count("Målet är att ta fram och etablera en hållbar") == 1


@pytest.mark.parametrize("contact", ["unit", "none"])
def test_the_editor_chooses_the_contact(tables: Tables, tmp_path: Path, contact: str) -> None:
    text = write_project_page(tables, tmp_path / "sida.html", contact=contact).read_text(encoding="utf-8")
    assert not [v for v in tables["contact_points"]["value"] if v in text]
    assert not [v for v in tables["contacts"]["name"] if v in text]
    assert ("<dt>Kontakt</dt>" in text) == (contact == "unit")


def test_linked_data_is_json_of_known_things(tables: Tables, tmp_path: Path) -> None:
    text = write_project_page(tables, tmp_path / "sida.html").read_text(encoding="utf-8")
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])["@graph"]
    assert [p["identifier"] for p in graph] == tables["projects"].sort_values("first_line")["project_id"].tolist()
    grants = [(p["identifier"], g["funder"]["name"]) for p in graph for g in p["funding"]]
    names = tables["funders"].set_index("funder_id")["name"]
    assert sorted(grants) == sorted((r.project_id, names[r.funder_id]) for r in tables["project_funders"].itertuples())
    assert {g["@type"] for p in graph for g in p["funding"]} == {"Grant"}, "no amount is known, so no grant has one"
    assert "MonetaryAmount" not in text


EDTF = st.one_of(st.dates().map(str).filter(lambda d: "1990" < d < "2090"), st.dates().map(lambda d: str(d)[:7]).filter(lambda d: "1990" < d < "2090"),
                 st.integers(1990, 2090).map(str))  # fmt: skip


@given(EDTF, EDTF)
def test_a_period_reads_back(one: str, other: str) -> None:
    start, end = sorted((one, other))
    for a, b in ((start, end), (start, ""), ("", end)):
        period = parse_period(period_words(a, b))
        assert period is not None
        assert (period.start or "", period.end or "") == (a, b)


WORDS = st.sampled_from(
    [
        "bygga",
        "led",
        "väg",
        "skog",
        "för",
        "företag",
        "besökare",
        "Mål:",
        "Syfte:",
        "–",
        "och",
        ",",
        "&",
        "<",
        ">",
        '"',
        "'",
        "projekt",
        "Avslutade",
        "finansieras",
        "av",
        "Almi",
        "Målgrupp",
        "Kontakt",
        "2023",
        "1,2",
        "mkr",
        "é",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=8).map(" ".join).map(lambda t: "Att " + t)
FUNDERS = st.lists(st.sampled_from(["Överkalix kommun", "Tillväxtverket", "Region Norrbotten", "Almi", "Leader Polaris – Europeiska jordbruksfonden för landsbygdsutveckling",
                                    "Europeiska socialfonden", "Sparbanken Nord"]), min_size=1, max_size=4, unique=True)  # fmt: skip
PROJECTS = st.lists(st.tuples(TEXT, TEXT, FUNDERS), min_size=1, max_size=4, unique_by=lambda p: p[0])


@settings(max_examples=40)
@given(PROJECTS)
@example([("Att bygga", "Att och projekt och Mål:", ["Överkalix kommun"])])
@example([("Att bygga", "Att och Mål:", ["Överkalix kommun"])])
def test_any_page_reads_back(projects: list[tuple[str, str, list[str]]]) -> None:
    """HTML → tables → HTML → tables: whatever the words, the second reading is the first."""
    blocks = [f"<h3>Projektnamn: Nummer {n}</h3><dl><dt>Mål</dt><dd>{_escaped(goal)}</dd><dt>Syfte</dt><dd>{_escaped(purpose)}</dd><dt>Finansiärer</dt><dd>{', '.join(funders)}</dd></dl>"
              for n, (goal, purpose, funders) in enumerate(projects)]  # fmt: skip
    first = tables_of("<main><h2>Avslutade projekt</h2>" + "".join(blocks) + "</main>", ".html", checked=False)
    assert first["projects"].sort_values("first_line")["title"].tolist() == [
        f"Nummer {n}" for n in range(len(projects))
    ]
    with TemporaryDirectory() as folder:
        text = write_project_page(first, Path(folder) / "sida.html").read_text(encoding="utf-8")
    second = tables_of(text, ".html", checked=False)
    for name in TABLES:
        assert comparable(second, name) == comparable(first, name)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
