"""Every answer against one made independently: the CSV files, counted with loops."""

import csv
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import combinations

import pandas as pd
import pytest

from overkalix_data import analyse
from overkalix_data.analyse.eu import agency_total, eu_total
from overkalix_data.schema.frames import Tables, read_tables
from tests.conftest import ROOT

CLEAN = ROOT / "data" / "clean"


def rows(name: str) -> list[dict[str, str]]:
    text = (CLEAN / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))


@pytest.fixture(scope="module")
def clean() -> Tables:
    return read_tables(CLEAN)


PROJECTS = {r["project_id"]: r for r in rows("projects")}
FUNDERS = {r["funder_id"]: r for r in rows("funders")}
FUNDED: dict[str, set[str]] = defaultdict(set)
PAYERS: dict[str, set[str]] = defaultdict(set)
"""Without the intermediaries: the fund's money is not two types and two levels."""
for r in rows("project_funders"):
    FUNDED[r["project_id"]].add(r["funder_id"])
    PAYERS[r["project_id"]] |= {r["funder_id"]} if r["role_code"] != "intermediary" else set()


@pytest.mark.parametrize(
    ("by", "column"), [("funder", "funder_id"), ("type", "funder_type_code"), ("level", "level_code")]
)
@pytest.mark.parametrize("duplicates", [True, False])
def test_the_funding_mix_counted_whole_and_in_parts(clean: Tables, by: str, column: str, duplicates: bool) -> None:
    whole: Counter[str] = Counter()
    parts: dict[str, Fraction] = defaultdict(Fraction)
    for project, funders in (FUNDED if by == "funder" else PAYERS).items():
        if duplicates or not PROJECTS[project]["duplicate_of"]:
            whole.update({FUNDERS[f][column] for f in funders})
            for f in funders:
                parts[FUNDERS[f][column]] += Fraction(1, len(funders))
    mix = analyse.funding_mix(clean, by, duplicates=duplicates)
    assert dict(zip(mix["key"], mix["projects"], strict=True)) == whole
    assert dict(zip(mix["key"], mix["fractional"], strict=True)) == pytest.approx(
        {k: float(v) for k, v in parts.items()}
    )
    assert mix["fractional"].sum() == pytest.approx(25 if duplicates else 24)
    assert mix["share"].sum() == pytest.approx(1)
    assert mix["granted_sek"].isna().all()
    assert mix["known"].sum() == 0


def test_shares_by_level_are_without_intermediaries(clean: Tables) -> None:
    shares = analyse.funding_mix(clean, "level").set_index("key")["share"]
    assert round(100 * shares["eu"], 1) == 18.3


def test_eu_money_is_of_funds_named_and_of_bodies_that_hand_out_nothing_else(clean: Tables) -> None:
    money = analyse.eu_money(clean)
    assert (len(money), int(money["agency"].isna().sum())) == (11, 10)
    assert money.dropna().itertuples(index=False, name=None).__next__() == (
        "move-on-up",
        "esf-radet",
        "Svenska ESF-rådet",
    )
    funding = clean["project_funders"].copy()
    for fund, sek in (("ejflu", 300), ("leader-polaris", 100), ("esf-radet", 50), ("tillvaxtverket", 7)):
        funding.loc[funding["funder_id"].eq(fund).idxmax(), "granted_sek"] = sek
    made = clean | {"project_funders": funding}
    by_level = analyse.funding_mix(made, "level").set_index("key")["granted_sek"]
    assert eu_total(made).sek == 350
    assert (by_level["eu"], agency_total(made).sek) == (300, 50), "an agency is of its own level"
    funding.loc[funding["role_code"].eq("intermediary")[::-1].idxmax(), "granted_sek"] = 20
    by_level = analyse.funding_mix(made, "level").set_index("key")["granted_sek"]
    assert by_level["eu"] == 320, "what stands at the intermediary alone is the fund's"


def test_the_mix_of_eu_funds_has_funds_alone(clean: Tables) -> None:
    """By hand: eight projects with the agricultural fund (seven through Leader Polaris), two with the social fund."""
    mix = analyse.funding_mix(clean, "fund")
    assert list(zip(mix["key"], mix["projects"], strict=True)) == [("ejflu", 8), ("esf", 2)]


def test_known_kronor_are_told_with_how_many_are_known(clean: Tables) -> None:
    funding = clean["project_funders"].copy()
    almi = funding["funder_id"] == "almi"
    funding.loc[almi, "granted_sek"] = 70_000
    mix = analyse.funding_mix(clean | {"project_funders": funding}).set_index("key")
    assert mix.loc["almi", ["granted_sek", "known", "of"]].tolist() == [70_000, 1, 1]
    assert mix["granted_sek"].dropna().tolist() == [70_000]


def test_pairs_and_their_lift(clean: Tables) -> None:
    together = Counter(pair for funders in FUNDED.values() for pair in combinations(sorted(funders), 2))
    chains = Counter(
        tuple(sorted((r["funder_id"], r["via_funder_id"]))) for r in rows("project_funders") if r["via_funder_id"]
    )
    together = +Counter(
        {pair: n - chains[pair] for pair, n in together.items()}
    )  # a fund and who passes it on are no pair
    assert ("ejflu", "leader-polaris") in chains
    alone = Counter(f for funders in FUNDED.values() for f in funders)
    frame = analyse.co_funding(clean)
    assert {
        (a, b): n for a, b, n in zip(frame["funder_a"], frame["funder_b"], frame["projects"], strict=True)
    } == together
    for row in frame.itertuples(index=False):
        expected = alone[row.funder_a] * alone[row.funder_b] / len(FUNDED)
        assert row.expected == pytest.approx(expected)
        assert row.lift == pytest.approx(together[row.funder_a, row.funder_b] / expected)


def test_chains_are_the_rows_of_funds(clean: Tables) -> None:
    counted = Counter((r["funder_id"], r["via_funder_id"]) for r in rows("project_funders") if r["role_code"] == "fund")
    frame = analyse.funding_chains(clean).fillna("")
    assert {(f, v): n for f, v, n in zip(frame["fund_id"], frame["via_id"], frame["projects"], strict=True)} == counted
    assert (counted["ejflu", "leader-polaris"], counted["ejflu", "lansstyrelsen-norrbotten"], counted["esf", ""]) == (
        7,
        1,
        2,
    )


def test_themes_and_groups_and_who_funds_them(clean: Tables) -> None:
    themed, grouped = defaultdict(set), defaultdict(set)
    category = {r["target_group_id"]: r["category_code"] for r in rows("target_groups")}
    for r in rows("project_themes"):
        themed[r["theme_code"]].add(r["project_id"])
    for r in rows("project_target_groups"):
        grouped[category[r["target_group_id"]]].add(r["project_id"])
    frame, groups = analyse.themes(clean), analyse.target_groups(clean)
    assert dict(zip(frame["theme_code"], frame["projects"], strict=True)) == {k: len(v) for k, v in themed.items()}
    assert dict(zip(groups["category_code"], groups["projects"], strict=True)) == {
        k: len(v) for k, v in grouped.items()
    }
    for of, crossed, key in (
        (themed, analyse.themes_by_funder(clean), "theme_code"),
        (grouped, analyse.target_groups_by_funder(clean), "category_code"),
    ):
        pairs = Counter((k, f) for k, projects in of.items() for p in projects for f in FUNDED[p])
        assert {
            (k, f): n for k, f, n in zip(crossed[key], crossed["funder_id"], crossed["projects"], strict=True)
        } == pairs


def test_concentration_is_the_sum_of_squared_shares_of_external_funders(clean: Tables) -> None:
    own = {(r["project_id"], r["funder_id"]) for r in rows("project_funders") if r["role_code"] == "own"}
    parts: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for r in rows("project_themes"):
        external = sorted(f for f in FUNDED[r["project_id"]] if (r["project_id"], f) not in own)
        for f in external:
            parts[r["theme_code"]][f] += Fraction(1, len(external))
    for row in analyse.concentration(clean).itertuples(index=False):
        shares = [p / sum(parts[row.theme_code].values()) for p in parts[row.theme_code].values()]
        assert row.hhi == pytest.approx(float(sum(s * s for s in shares)))
        assert row.largest_share == pytest.approx(float(max(shares)))
        assert row.funders == len(shares)


def test_states_types_contacts_and_periods(clean: Tables) -> None:
    status = Counter(p["status_code"] for p in PROJECTS.values())
    frame = analyse.by_status(clean)
    assert dict(zip(frame["status_code"], frame["projects"], strict=True)) == status
    for row in frame.itertuples(index=False):
        assert row.funders == len(
            {f for p, fs in FUNDED.items() if PROJECTS[p]["status_code"] == row.status_code for f in fs}
        )
    types = Counter(p["project_type_code"] for p in PROJECTS.values())
    portfolio = analyse.portfolio_by_type(clean)
    assert dict(zip(portfolio["project_type_code"].fillna(""), portfolio["projects"], strict=True)) == types
    load = Counter(r["contact_id"] for r in rows("project_contacts"))
    contacts = analyse.contact_load(clean)
    assert {c: n for c, n in zip(contacts["contact_id"], contacts["projects"], strict=True) if n} == load
    assert not set(contacts.columns) & {"name", "value"}
    dated = {i: p for i, p in PROJECTS.items() if p["start"] or p["end"]}
    assert set(analyse.timeline(clean)["project_id"]) == set(dated)


@pytest.mark.parametrize(("start", "end", "first", "last"), [
    ("2023", "2024", "2023-01-01", "2024-12-31"), ("2023-09", "2024-02", "2023-09-01", "2024-02-29"),
    ("2023-09-05", "2023-10-01", "2023-09-05", "2023-10-01"), ("2023", None, "2023-01-01", None), (None, "2023-02", None, "2023-02-28"),
])  # fmt: skip
def test_imprecise_dates_have_their_outermost_days(clean: Tables, start, end, first, last) -> None:
    projects = (
        clean["projects"].head(1).assign(start=pd.Series([start], dtype="string"), end=pd.Series([end], dtype="string"))
    )
    (row,) = analyse.timeline(clean | {"projects": projects}).itertuples(index=False)
    assert [None if pd.isna(v) else v for v in (row.first_day, row.last_day)] == [first, last]


def test_completeness_of_every_field(clean: Tables) -> None:
    frame = analyse.completeness(clean).set_index("field")
    for name in ("title", "goal", "purpose", "start", "end", "total_cost_sek", "unit", "project_type_code", "results"):
        assert frame.loc[name, "filled"] == sum(bool(p[name]) for p in PROJECTS.values()), name
    for name, table in (("funder", "project_funders"), ("contact", "project_contacts"), ("theme", "project_themes")):
        assert frame.loc[name, "filled"] == len({r["project_id"] for r in rows(table)}), name
    assert set(frame["of"]) == {25}


SENTENCES = ("funding_conclusions", "theme_conclusions")
QUESTIONS = [n for n in analyse.__all__ if n not in ("known_counts", "source_names", "theme_matrix", *SENTENCES)]


def first(clean: Tables, projects: int) -> Tables:
    """The tables of the first projects alone."""
    kept = set(clean["projects"]["project_id"].head(projects))
    few = {k: t[t["project_id"].isin(kept)] if "project_id" in t else t for k, t in clean.items()}
    for parent, key in (
        ("funders", "funder_id"),
        ("themes", "theme_code"),
        ("target_groups", "target_group_id"),
        ("contacts", "contact_id"),
    ):
        linked = few[
            {
                "funders": "project_funders",
                "themes": "project_themes",
                "target_groups": "project_target_groups",
                "contacts": "project_contacts",
            }[parent]
        ]
        few[parent] = clean[parent][clean[parent][key].isin(linked[key])]
    return few


@pytest.mark.parametrize("projects", [0, 1])
def test_few_projects_give_few_funders_and_only_sentences_that_are_whole(clean: Tables, projects: int) -> None:
    few = first(clean, projects)
    assert len(analyse.theme_matrix(few).columns) < len(analyse.theme_matrix(clean).columns)
    assert all(text.strip() for name in SENTENCES for text in getattr(analyse, name)(few))


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("projects", [0, 1])
def test_few_projects_give_a_frame_of_the_same_columns(clean: Tables, name: str, projects: int) -> None:
    frame = getattr(analyse, name)(first(clean, projects))
    assert list(frame.columns) == list(getattr(analyse, name)(clean).columns)
    assert name == "completeness" or len(frame) <= 12 * projects


def test_a_code_that_is_missing_keeps_its_row(clean: Tables) -> None:
    funders = clean["funders"].copy()
    funders.loc[funders["funder_id"] == "almi", "level_code"] = pd.NA
    mix = analyse.funding_mix(clean | {"funders": funders}, "level")
    assert mix.loc[mix["key"].isna(), "projects"].tolist() == [1]
