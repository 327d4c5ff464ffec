"""Money rules where a quick sum goes wrong: unknown parts, voluntary time, EU money that passes through, the year of a limit."""

import pandas as pd
import pytest

from overkalix_data.checks.rules import RULES
from overkalix_data.schema.frames import Tables
from tests.checks.mutations.change import FAIR, Change, both, cell
from tests.checks.mutations.privacy_money_time import AD, grant, own_and_agency, period, total
from tests.conftest import AS_OF


def told(tables: Tables, rule_id: str, where: str, *changes: Change) -> bool | None:
    mutated = {name: frame.copy() for name, frame in tables.items()}
    both(*changes)(mutated)
    ok = RULES[rule_id](mutated, AS_OF).ok.loc[mutated["projects"].query(where).index[0]]
    return None if pd.isna(ok) else bool(ok)


def test_an_unknown_part_makes_no_difference_to_the_total(tables: Tables) -> None:
    assert (
        told(tables, "parts-differ-from-total", AD, total(AD, 400_000), grant(AD, "overkalix-kommun", 100_000)) is None
    )


def test_voluntary_time_stands_outside_the_total(tables: Tables) -> None:
    money = (
        total(AD, 400_000),
        own_and_agency(400_000, 149_600),
        grant(AD, "tillvaxtverket", 149_600, kind="voluntary_time"),
    )
    assert told(tables, "granted-exceeds-total", AD, *money) is True
    assert told(tables, "parts-differ-from-total", AD, *money) is True


def test_an_intermediary_has_no_part_of_its_own(tables: Tables) -> None:
    money = (total(FAIR, 400_000), grant(FAIR, "ejflu", 200_000), grant(FAIR, "overkalix-kommun", 200_000))
    assert told(tables, "parts-differ-from-total", FAIR, *money) is True
    assert told(tables, "amount-zero", FAIR, *money, grant(FAIR, "leader-polaris", 0)) is True


def test_an_intermediary_that_adds_money_of_its_own_has_a_part(tables: Tables) -> None:
    money = (total(FAIR, 400_000), grant(FAIR, "ejflu", 200_000), grant(FAIR, "overkalix-kommun", 100_000))
    assert told(tables, "parts-differ-from-total", FAIR, *money, grant(FAIR, "leader-polaris", 100_000)) is True
    assert told(tables, "granted-exceeds-total", FAIR, *money, grant(FAIR, "leader-polaris", 100_001)) is False


def test_eu_money_through_an_agency_is_not_its_national_money(tables: Tables) -> None:
    through = cell("project_funders", f"{AD} and funder_id == 'tillvaxtverket'", "role_code", "intermediary")
    assert told(tables, "agency-share-above-half", AD, total(AD, 400_000), own_and_agency(0, 400_000), through) is None


@pytest.mark.parametrize(("start", "amount", "ok"), [
    (pd.NA, 1, None), ("2022-12", 22_000, True), ("2022", 21_999, False), ("2022", 1_500_001, False),
    ("2023", 23_999, False), ("2023-01-01", 24_000, True), ("2023", 1_500_001, True),
])  # fmt: skip
def test_a_limit_is_of_the_year_the_project_starts(tables: Tables, start: object, amount: int, ok: bool | None) -> None:
    assert (
        told(tables, "leader-grant-outside-limits", FAIR, period(FAIR, start, pd.NA), grant(FAIR, "ejflu", amount))
        is ok
    )


def test_the_share_has_no_known_limit_before_2023(tables: Tables) -> None:
    money = (total(FAIR, 1_000_000), grant(FAIR, "ejflu", 1))
    assert told(tables, "leader-share-outside-limits", FAIR, period(FAIR, "2022", "2022"), *money) is None
    assert told(tables, "leader-share-outside-limits", FAIR, period(FAIR, "2023", "2023"), *money) is False
