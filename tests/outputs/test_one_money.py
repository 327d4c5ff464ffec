"""One rule of money: the same kronor in every product, from an own share and from an amount told twice."""

from pathlib import Path

import openpyxl
import pytest

from overkalix_data.analyse import funding_mix
from overkalix_data.analyse.kronor import granted_total
from overkalix_data.checks.rules import RULES
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.facts import Facts
from overkalix_data.outputs.packs.funding import funding_parts
from overkalix_data.schema.frames import Tables
from tests.checks.mutations.change import FAIR, both
from tests.checks.mutations.privacy_money_time import grant, total
from tests.conftest import AS_OF
from tests.made.workbooks import council, rows

pytestmark = pytest.mark.whole

PROJECT = FAIR.split("'")[1]


def with_money(tables: Tables, fund: int, channel: int) -> Tables:
    """400 000 kr: the fund's part, the municipality's 132 000, and what stands on the Leader area's row."""
    made = {name: frame.copy() for name, frame in tables.items()}
    both(
        total(FAIR, 400_000), grant(FAIR, "ejflu", fund, role="fund"), grant(FAIR, "overkalix-kommun", 132_000),
        grant(FAIR, "leader-polaris", channel, role="intermediary"),
    )(made)  # fmt: skip
    return made


@pytest.mark.parametrize(("fund", "channel", "twice"), [(179_560, 88_440, 0), (268_000, 268_000, 1)])
def test_every_product_adds_up_to_the_total(
    tables: Tables, tmp_path: Path, fund: int, channel: int, twice: int
) -> None:
    made = with_money(tables, fund, channel)
    failed = {rule_id for rule_id, rule in RULES.items() if (rule(made, AS_OF).ok == False).any()}  # noqa: E712
    assert granted_total(made).sek == funding_mix(made)["granted_sek"].sum() == 400_000
    assert ("amount-told-twice" in failed) == bool(twice)
    assert not failed & {"granted-exceeds-total", "parts-differ-from-total", "leader-share-outside-limits"}
    assert sum(p.amount or 0 for p in funding_parts(made, [PROJECT]) if p.is_counted) == 400_000
    assert "400\u00a0000\u00a0kr" in " ".join(prose.by_funder(Facts(made)))
    path = council(made, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(path, data_only=True)
    figures = rows(book, "Översikt").set_index("Nyckeltal")["Värde"]
    assert figures["Beviljat av alla finansiärer (kr)"] == 400_000
    funding = rows(book, "Finansiering")
    counted = funding[(funding["Projekt-id"] == PROJECT) & (funding["Räknas i summor"] == "Ja")]
    assert counted["Beviljat (kr)"].sum() == 400_000
