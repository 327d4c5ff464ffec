"""How numbers are written and words are sorted, in the reader's own language."""

import re

import pytest

from overkalix_data.base.codelist import codelist
from overkalix_data.base.wording import not_repeated, swedish_order
from overkalix_data.base.words import decimal, kronor, say


@pytest.mark.parametrize(("number", "digits", "sv", "en"), [
    (1200000, 0, "1\u00a0200\u00a0000", "1,200,000"), (1234.56, 1, "1\u00a0234,6", "1,234.6"), (0.5, 1, "0,5", "0.5"),
    (999, 0, "999", "999"), (-45000, 0, "-45\u00a0000", "-45,000"),
])  # fmt: skip
def test_a_number_has_its_languages_groups_and_decimal_sign(number: float, digits: int, sv: str, en: str) -> None:
    assert (decimal(number, "sv", digits), decimal(number, "en", digits)) == (sv, en)


def test_kronor_stay_on_one_line() -> None:
    assert kronor(450000) == "450\u00a0000\u00a0kr"


def test_the_swedish_alphabet_ends_in_å_ä_ö() -> None:
    places = ["Örträsk", "Ängesån", "ålheden", "Zinkgruvan", "Édefors", "Edsele", "Älvsbyn", "Arjeplog"]
    assert sorted(places, key=swedish_order) == [
        "Arjeplog", "Édefors", "Edsele", "Zinkgruvan", "ålheden", "Älvsbyn", "Ängesån", "Örträsk",
    ]  # fmt: skip


def test_a_text_tells_only_what_the_others_do_not() -> None:
    text = "Först detta. Målet är ett hus.\n\nSyftet är\u00a0värme.\n\nSist detta."
    assert not_repeated(text, ["Målet är ett hus.", "Syftet är värme."]) == ["Först detta.", "Sist detta."]
    assert not_repeated(text, []) == text.replace("\u00a0", " ").split("\n\n")
    assert not_repeated("Målet är ett hus.", ["Målet är ett hus."]) == []


COUNTED = re.compile(r"\{count\} (?!(?:av|of|till|more)\b|genom|through)[a-zåäö]")
"""A number before what it counts; not one before its total, or before a name."""


def test_every_counted_phrase_has_words_for_one() -> None:
    rows = {row["key"]: (row["sv"], row["en"]) for row in codelist("words", "key", "sv", "en")}
    counted = [key for key, phrases in rows.items() if any(COUNTED.search(phrase) for phrase in phrases)]
    assert len(counted) > 30
    assert [key for key in counted if f"{key}.1" not in rows] == []
    assert [say("quality.rules", count=n) for n in (0, 1, 2)] == ["0 kontroller", "1 kontroll", "2 kontroller"]
    assert say("quality.rules", "en", count=1) == "1 check"
