"""One project on several pages: linked, counted once with what all its pages say, and left apart where little is shared."""

from pathlib import Path

import pandas as pd
import pytest

from overkalix_data import analyse
from overkalix_data.analyse.one_per_project import joined, publishers
from overkalix_data.identity.read_projects import read_projects
from overkalix_data.identity.several_pages import agree
from overkalix_data.schema.frames import Tables, tidy_tables

NORTH = """Pågående projekt

{title}
Mål: Att fler ska flytta hit.
Samverkanspartners: Kiruna kommun
Projektperiod: 2023-09 – 2026-08
Finansiärer: Europeiska socialfonden, Gällivare kommun
"""
MOVE = """Projekt

{title}
Mål: Att {goal}
Projektperiod: {period}
Finansiärer: {funders}
"""
JOINT = "Europeiska socialfonden, Gällivare kommun"


def move(
    title: str = "Projekt – Flytta norrut",
    goal: str = "fler ska bo kvar.",
    period: str = "2023–2026",
    funders: str = JOINT,
) -> str:
    return MOVE.format(title=title, goal=goal, period=period, funders=funders)


def lists(folder: Path, decided: str = "", **pages: str) -> Tables:
    """The tables of several pages, each of a municipality whose code its name ends in."""
    raw, curated = folder / "raw", folder / "curated"
    for made in (raw, curated):
        made.mkdir()
    rows = ["source_id,path,publisher_code,url"]
    for name, text in pages.items():
        (raw / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name},{name}.txt,{name[-4:]},https://{name}.example.se/")
    (raw / "sources.csv").write_text("\n".join(rows), encoding="utf-8")
    if decided:
        (curated / "same_projects.csv").write_text(
            f"project_id,other_id,is_same,source,who,date,note\n{decided},möte,Eva Exempel,2026-11-01,\n",
            encoding="utf-8",
        )
    return tidy_tables(read_projects(str(raw), curated).records)


def same(tables: Tables) -> list[tuple[str, str]]:
    links = tables["project_links"]
    rows = links.loc[links["relation_code"] == "same_project", ["project_id", "target"]]
    return list(rows.itertuples(index=False, name=None))


def test_a_project_of_two_municipalities_is_one(tmp_path: Path) -> None:
    tables = lists(tmp_path, a2523=NORTH.format(title="Flytta norrut"), b2584=move())
    assert same(tables) == [("projekt-flytta-norrut", "flytta-norrut")]
    assert (
        tables["projects"].set_index("project_id")["duplicate_of"].to_dict()["projekt-flytta-norrut"] == "flytta-norrut"
    )
    assert len(tables["projects"]) == 2
    assert analyse.known_counts(tables)["projects"] == 1


@pytest.mark.parametrize(("why", "other"), [
    ("another name", move(title="Stanna kvar")),
    ("ended before the other began", move(period="2018–2020")),
    ("begun years later", move(period="2026")),
    ("a name that is anybody's", move(title="Laddstolpar", funders="Naturvårdsverket")),
    ("little in common", move(funders="Naturvårdsverket", period="hösten 2024")),
    ("each pays its own, and neither names the other", move(funders="Europeiska socialfonden, Kiruna kommun").replace("Kiruna", "Pajala")),
])  # fmt: skip
def test_projects_that_share_too_little_stay_two(tmp_path: Path, why: str, other: str) -> None:
    first = (
        NORTH.replace("Samverkanspartners: Kiruna kommun\n", "") if "neither names" in why or "little" in why else NORTH
    )
    tables = lists(
        tmp_path, a2523=first.format(title="Laddstolpar" if "anybody" in why else "Flytta norrut"), b2521=other
    )
    assert same(tables) == [], why


def test_nearly_the_same_text_needs_no_title(tmp_path: Path) -> None:
    goal = "ta fram en gemensam modell för hur inflyttare tas emot i de fyra kommunerna, med stöd till den som redan bor här."
    pages = [
        move(goal=goal).replace("Projekt – Flytta norrut\n", ""),
        move(goal=goal.replace("modell", "metod")).replace("Projekt – Flytta norrut\n", ""),
    ]
    assert len(same(lists(tmp_path, a2523=pages[0], b2584=pages[1]))) == 1


def test_a_text_that_stands_twice_on_one_page_stays_two(tmp_path: Path) -> None:
    tables = lists(
        tmp_path, a2523=move() + "\n" + move().removeprefix("Projekt\n"), b2584=NORTH.format(title="Helt annat")
    )
    assert same(tables) == []
    assert tables["projects"]["duplicate_of"].notna().sum() == 1
    assert analyse.known_counts(tables)["projects"] == 3


def test_a_person_decides_either_way(tmp_path: Path) -> None:
    pages = {"a2523": NORTH.format(title="Flytta norrut"), "b2584": move()}
    (tmp_path / "no").mkdir()
    (tmp_path / "yes").mkdir()
    apart = lists(tmp_path / "no", "flytta-norrut,projekt-flytta-norrut,nej", **pages)
    assert same(apart) == []
    assert apart["additions"]["outcome_code"].tolist() == ["applied"]
    other = {"a2523": NORTH.format(title="Flytta norrut"), "b2584": move(title="Stanna kvar")}
    assert same(lists(tmp_path / "yes", "flytta-norrut,stanna-kvar,ja", **other)) == [("stanna-kvar", "flytta-norrut")]


@pytest.mark.parametrize(
    ("row", "outcome"),
    [("flytta-norrut,borta,ja", "no_project"), ("flytta-norrut,projekt-flytta-norrut,kanske", "bad_value")],
)
def test_a_decision_that_cannot_be_used_is_told(tmp_path: Path, row: str, outcome: str) -> None:
    tables = lists(tmp_path, row, a2523=NORTH.format(title="Flytta norrut"), b2584=move())
    assert tables["additions"]["outcome_code"].tolist() == [outcome]


def test_joined_has_what_all_pages_say_each_once(tmp_path: Path) -> None:
    budget = "Total budget: 900 000 kr\n"
    tables = lists(
        tmp_path, a2523=NORTH.format(title="Flytta norrut"), b2584=move(funders=f"{JOINT}, Kiruna kommun") + budget
    )
    one = joined(tables)
    (project,) = one["projects"].to_dict("records")
    assert (project["start"], project["end"], project["total_cost_sek"], project["status_code"]) == (
        "2023-09",
        "2026-08",
        900_000,
        "ongoing",
    )
    assert sorted(one["project_funders"]["funder_id"]) == ["esf", "gallivare-kommun", "kiruna-kommun"]
    assert one["project_links"].to_numpy().tolist() == [["flytta-norrut", "same_project", "b2584"]]
    assert joined(one) is one
    assert all((one[name].dtypes == frame.dtypes).all() for name, frame in tables.items())
    assert set(one["evidence"].loc[one["evidence"]["table"] == "projects", "row_id"]) == {"flytta-norrut"}


def test_one_page_is_given_back_as_it_is(tables: Tables) -> None:
    assert joined(tables) is tables


def test_each_publisher_counts_what_it_lists(tmp_path: Path) -> None:
    tables = lists(
        tmp_path,
        a2523=NORTH.format(title="Flytta norrut"),
        b2584=move() + "\n" + move(title="Egna spår", funders="Kiruna kommun").removeprefix("Projekt\n"),
    )
    assert publishers(tables).to_numpy().tolist() == [
        ["egna-spar", "2584"],
        ["flytta-norrut", "2523"],
        ["flytta-norrut", "2584"],
    ]
    expected = pd.DataFrame({"publisher_code": ["2584", "2523"], "projects": [2, 1], "shared": [1, 1]})
    pd.testing.assert_frame_equal(analyse.projects_per_publisher(tables), expected, check_dtype=False)


@pytest.mark.parametrize(
    ("one", "other", "do"), [("2023", "2023-09-01", True), ("2023-09", "2023-10", False), ("2023", "2024", False)]
)
def test_dates_agree_as_far_as_both_go(one: str, other: str, do: bool) -> None:
    assert agree(one, other) is agree(other, one) is do
