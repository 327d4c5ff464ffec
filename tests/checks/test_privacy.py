"""What the privacy rules take for a personal number or a phone number in running text, and what they do not."""

import pytest

from overkalix_data.checks.rules import RULES
from overkalix_data.checks.rules.privacy import personal_numbers, phones
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, frame
from tests.conftest import AS_OF


@pytest.mark.parametrize("text", ["19850504-9992", "850504-9992", "8505049992", "198505049992", "850504+9992", "850504–9992",
                                  "850504 9992", "född 850564-9999, Bränna"])  # fmt: skip
def test_a_personal_number_is_told_but_never_shown(text: str) -> None:
    assert personal_numbers(text) == ["XXXXXX-XXXX"]
    assert phones(text) == []


@pytest.mark.parametrize("text", ["202100-6149", "212000-2833", "850504-9993", "851304-9992", "0701153356", "070115 3356",
                                  "2022-2026", "1 971 582 kr", "23-051-S05", "1985050499921", "12-850504-9992"])  # fmt: skip
def test_other_numbers_are_no_personal_numbers(text: str) -> None:
    assert personal_numbers(text) == []


@pytest.mark.parametrize(
    "text", ["0926-740 00", "0926- 740 70", "070-115 33 56", "0701153356", "+46 926 740 00", "08-123 456 78"]
)
def test_a_phone_number_in_text(text: str) -> None:
    assert phones(f"Ring {text} i dag") == [text]


@pytest.mark.parametrize("text", ["2022-2026", "08.00-16.00", "kl. 08.00 – 16.30", "01/02 2023", "01.02.2023", "956 81", "1 971 582 kr",
                                  "2023-09-01", "covid-19", "0,5", "info070@example.org"])  # fmt: skip
def test_hours_dates_and_sums_are_no_phone_numbers(text: str) -> None:
    assert phones(text) == []


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_a_rule_over_empty_tables_is_empty(rule_id: str) -> None:
    empty: Tables = {name: frame(table, []) for name, table in TABLES.items()}
    assert RULES[rule_id](empty, AS_OF).ok.empty
