"""Disguises of personal data, all found and nothing besides; look-alikes, all left alone. The persons are invented.

In `disguises.csv` what must be found stands in ⟦ ⟧. The phone numbers are of the range that PTS keeps for fiction.
"""

import csv
import re
from pathlib import Path

import pytest

from overkalix_data.base.spans import joined
from overkalix_data.values.disguise import readable
from overkalix_data.values.personal_data import PersonalData
from overkalix_data.values.personal_names import is_person
from overkalix_data.values.told_numbers import is_personal_number

HERE = Path(__file__).parent
PEOPLE = PersonalData(
    names=["Britta Ekgren", "Karin Östberg-Nyman", "Jan van der Linden", "Landsbygdskontoret"],
    points=["+46701740605", "britta.ekgren@exempel.se"],
    others=["Stiftelsen Ekgrens minne", "Norra Lindens byaförening", "Leader Polaris", "Linden"],
)


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in PEOPLE.spans(text)]


@pytest.mark.parametrize("row", rows("disguises.csv"), ids=lambda row: f"{row['kind']}: {row['text']!a}")
def test_a_disguise_is_seen_through(row: dict[str, str]) -> None:
    pieces = re.split("[⟦⟧]", row["text"])
    assert found("".join(pieces)) == pieces[1::2]


@pytest.mark.parametrize("row", rows("not_personal.csv"), ids=lambda row: ascii(row["text"]))
def test_a_look_alike_stays_readable(row: dict[str, str]) -> None:
    assert found(row["text"]) == []


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(rows("disguises.csv")) >= 825
    assert len(rows("not_personal.csv")) >= 345


def test_who_is_not_known_is_found_by_form_alone() -> None:
    nobody = PersonalData()
    text = "Britta Ekgren, 070-174 06 05. Handläggare: Eva Ek."
    assert [text[a:b] for a, b in nobody.spans(text)] == ["070-174 06 05", "Eva Ek"]
    assert nobody.known_spans(text) == []


def test_an_initial_and_a_short_surname_are_a_word_like_others() -> None:
    """Sten Ek is no `SEK`, but on a site, where people are called so, he is."""
    known = PersonalData(["Sten Ek"])
    assert known.spans("1 200 000 SEK") == []
    assert known.spans("https://exempel.se/~sek") == [(20, 23)]


def test_spans_that_meet_or_overlap_are_one_mask() -> None:
    """Two masks that overlap would be cut into each other's text, and two that meet would tell where a name ends."""
    assert joined([(9, 12), (0, 5), (5, 8), (11, 14), (11, 13)]) == [(0, 8), (9, 14)]


def test_places_in_the_text_survive_what_a_reader_does_not_see() -> None:
    text = "a\u00adb &amp; ｃ%C3%A4"
    seen = readable(text)
    assert seen.text == "ab & cä"
    assert [text[slice(*seen.written(n, n + 1))] for n in range(len(seen.text))] == ["a", "b", " ", "&amp;", " ", "ｃ", "%C3%A4"]  # fmt: skip


@pytest.mark.parametrize(("digits", "is_one"), [("8505049992", True), ("198505049992", True), ("218505049992", False),
                                                ("8505049993", False), ("2021006149", False), ("8505649999", True)])  # fmt: skip
def test_a_personal_number_is_a_day_and_a_check_digit(digits: str, *, is_one: bool) -> None:
    assert is_personal_number(digits) is is_one


@pytest.mark.parametrize("name", ["Landsbygdskontoret", "Bygg AB", "Norra byaföreningen", "Region Norrbotten", " "])
def test_an_office_is_no_person(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize("sign", [" ", "-", "7", "a", "070-", "@", "a@", ".", "(", "a.", "Ek ", "&#"])
def test_work_grows_with_length_alone(sign: str) -> None:
    """20,000 characters of one kind come back at once; a quadratic pattern would take minutes."""
    assert isinstance(PEOPLE.spans(sign * (20_000 // len(sign))), list)
