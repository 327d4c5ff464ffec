"""Amounts: read as people write them, never counted twice, and every sum says how much of it is known."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overkalix_data.analyse.kronor import cost_total, counted_amounts, granted_total
from overkalix_data.base.lists import lists_for
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import DTYPES
from overkalix_data.schema.frames import Tables
from overkalix_data.values.amount import Amount, parse_amount, published_kronor, whole_kronor


@pytest.mark.parametrize(("words", "value", "currency"), [
    ("1 200 000 kr", "1200000", "SEK"), ("1\u00a0200\u00a0000", "1200000", "SEK"), ("1.200.000:-", "1200000", "SEK"),
    ("SEK 1,971,582", "1971582", "SEK"), ("1,2 mkr", "1200000", "SEK"), ("1,25 miljoner kronor", "1250000", "SEK"),
    ("450 tkr", "450000", "SEK"), ("90 000 euro", "90000", "EUR"), ("€ 12.345,50", "12345.50", "EUR"), ("2 meur", "2000000", "EUR"),
    ("0", "0", "SEK"), ("-500 kr", "-500", "SEK"), ("12,50", "12.50", "SEK"),
])  # fmt: skip
def test_amounts_as_people_write_them(words: str, value: str, currency: str) -> None:
    amount = parse_amount(words, LISTS)
    assert amount is not None
    assert (amount.value, amount.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(("words", "sek"), [
    ("1 200,49 kr", 1200), ("1 200,50 kr", 1201), ("99,5 kr", 100), ("1,2345678 mkr", 1234568), ("90 000 euro", None),
])  # fmt: skip
def test_published_ore_are_rounded_half_up(words: str, sek: int | None) -> None:
    amount = parse_amount(words, LISTS)
    assert amount is not None
    assert published_kronor(amount) == sek


@pytest.mark.parametrize(
    "words", ["", "cirka", "100–200 kr", "2023-2025", "50 %", "12 kr 50", "10 kr euro", "en miljon", "1 mkr tkr"]
)
def test_what_could_be_two_things_is_no_amount(words: str) -> None:
    assert parse_amount(words, LISTS) is None


def test_kronor_are_whole_and_other_money_needs_its_rate() -> None:
    assert whole_kronor(Amount(Decimal("12.50"))) is None
    assert whole_kronor(Amount(Decimal("10000"), "EUR")) is None
    assert whole_kronor(Amount(Decimal("10000.50"), "EUR"), Decimal("11.5")) == 115006


def frame(table: str, rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    columns = {c.name: pd.Series([r.get(c.name) for r in rows], dtype=DTYPES[c.type]) for c in TABLES[table].columns}
    return pd.DataFrame(columns)


def made(
    projects: Sequence[dict[str, object]], funding: Sequence[dict[str, object]], links: Sequence[dict[str, object]] = ()
) -> Tables:
    return {"projects": frame("projects", projects), "project_funders": frame("project_funders", funding),
            "project_links": frame("project_links", links)}  # fmt: skip


def part(project: str, funder: str, sek: int | None, role: str = "co_funder", **more: object) -> dict[str, object]:
    return {"project_id": project, "funder_id": funder, "role_code": role, "granted_sek": sek} | more


LISTS = lists_for()
CHAIN = [
    part("a", "ejflu", 400, "fund", via_funder_id="leader"),
    part("a", "leader", 400, "intermediary"),
    part("a", "kommun", 100, "own"),
]


def test_a_chains_money_is_counted_once() -> None:
    total = granted_total(made([{"project_id": "a"}], CHAIN))
    assert (total.sek, total.known, total.of) == (500, 2, 2)


def test_a_chain_whose_intermediary_alone_tells_the_amount_counts_it_there() -> None:
    funding = [CHAIN[0] | {"granted_sek": None}, CHAIN[1], CHAIN[2]]
    assert granted_total(made([{"project_id": "a"}], funding)).sek == 500


def test_an_agency_that_is_no_channel_has_money_of_its_own() -> None:
    assert (
        granted_total(made([{"project_id": "a"}], [part("a", "tillvaxtverket", 70), part("a", "esf", 30, "fund")])).sek
        == 100
    )


def test_voluntary_time_is_outside() -> None:
    assert (
        granted_total(
            made(
                [{"project_id": "a"}],
                [part("a", "byn", 900, contribution_code="voluntary_time"), part("a", "almi", 10)],
            )
        ).sek
        == 10
    )


def test_a_project_that_stands_twice_costs_once() -> None:
    projects = [
        {"project_id": "a", "total_cost_sek": 800},
        {"project_id": "a-2", "duplicate_of": "a", "total_cost_sek": 800},
    ]
    tables = made(projects, [part("a", "almi", 50), part("a-2", "almi", 50)])
    assert (granted_total(tables).sek, cost_total(tables).sek, cost_total(tables).of) == (50, 800, 2)


def test_a_joint_project_of_two_pages_costs_once() -> None:
    links = [{"project_id": "a", "relation_code": "same_project", "target": "b"}]
    tables = made(
        [{"project_id": "a", "total_cost_sek": None}, {"project_id": "b", "total_cost_sek": 800}],
        [part("a", "esf", None), part("b", "esf", 60)],
        links,
    )
    assert (granted_total(tables).sek, cost_total(tables).sek, cost_total(tables).known) == (60, 800, 1)


def test_unknown_is_no_sum_and_zero_is_one() -> None:
    nothing = granted_total(made([{"project_id": "a"}], [part("a", "almi", None)]))
    assert (nothing.sek, nothing.known, nothing.of) == (None, 0, 1)
    assert granted_total(made([{"project_id": "a"}], [part("a", "almi", 0)])).sek == 0


def test_nothing_is_known_of_the_real_pages_money(tables: Tables) -> None:
    """69 fundings less the 8 intermediaries of a chain; every project of the page is counted, also the text that stands twice."""
    assert (granted_total(tables).sek, granted_total(tables).known, granted_total(tables).of) == (None, 0, 69 - 8)
    assert (cost_total(tables).sek, cost_total(tables).of) == (None, 25)


AMOUNTS = st.none() | st.integers(0, 10**7)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["almi", "kommun", "region"]), AMOUNTS),
        max_size=15,
        unique_by=lambda t: t[:2],
    ),
    st.randoms(),
)
@settings(max_examples=60)
def test_sums_do_not_change_when_a_project_is_listed_again_or_rows_change_places(parts, random) -> None:
    names = sorted({f"p{n}" for n, _, _ in parts})
    projects: list[dict[str, object]] = [{"project_id": name} for name in names]
    funding = [part(f"p{n}", funder, sek) for n, funder, sek in parts]
    once = granted_total(made(projects, funding))
    assert once.sek == (sum(s for _, _, s in parts if s is not None) if any(s is not None for *_, s in parts) else None)
    assert (once.known, once.of) == (sum(s is not None for *_, s in parts), len(parts))
    again = projects + [{"project_id": f"{name}-2", "duplicate_of": name} for name in names]
    twice = funding + [row | {"project_id": f"{row['project_id']}-2"} for row in funding]
    random.shuffle(again)
    random.shuffle(twice)
    both = granted_total(made(again, twice))
    assert (both.sek, both.known, both.of) == (once.sek, 2 * once.known, 2 * once.of)
    rows = counted_amounts(made(again, twice))
    assert not rows.duplicated(["project_id", "funder_id", "role_code"]).any()


@given(AMOUNTS, AMOUNTS)
@settings(max_examples=40)
def test_what_the_intermediary_repeats_adds_nothing_and_its_own_share_adds(
    fund: int | None, channel: int | None
) -> None:
    total = granted_total(
        made([{"project_id": "a"}], [CHAIN[0] | {"granted_sek": fund}, CHAIN[1] | {"granted_sek": channel}])
    )
    has_share = fund is not None and bool(channel) and channel != fund
    assert total.sek == (
        (fund or 0) + (channel or 0) if has_share else fund if fund is not None else channel or None
    ), "an intermediary's 0 says that it has no part of its own"
    assert total.of == 1 + has_share


def test_an_intermediary_of_two_funds_repeats_either_or_both() -> None:
    funds = [
        part("a", "ejflu", 300, "fund", via_funder_id="leader"),
        part("a", "esf", 200, "fund", via_funder_id="leader"),
    ]
    sums = {own: granted_total(made([{"project_id": "a"}], [*funds, part("a", "leader", own, "intermediary")])).sek
            for own in (300, 200, 500, 400)}  # fmt: skip
    assert sums == {300: 500, 200: 500, 500: 500, 400: 900}
