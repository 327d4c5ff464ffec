"""How numbers are written and words are sorted, in the reader's own language."""

import re

import pytest

from overkalix_data.base.codelist import codelist
from overkalix_data.base.wording import inside, not_repeated, swedish_order
from overkalix_data.base.words import counts, decimal, kronor, say


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


BARE = re.compile(
    r"\{(?:rows|columns|projects|texts|lines|cases|funders|links|chains|groups|contacts|themes)\} (?!av |of |ur |from |till |i |in )[a-zåäö]"
)
"""A number of several in a phrase, straight before what it counts, but for limits that no list is near one of."""


def test_a_phrase_with_several_counts_says_each_with_its_noun() -> None:
    phrases = [
        (row["key"], phrase) for row in codelist("words", "key", "sv", "en") for phrase in (row["sv"], row["en"])
    ]
    limits = ("error.sheet_size",)
    assert [key for key, phrase in phrases if BARE.search(phrase) and key not in limits] == []
    ones = {"funders": 1, "links": 1, "chains": 1}
    assert say("summary.funding", **counts(**ones)) == "1 finansiär i 1 finansiering; 1 kedja EU-fond – förmedlare"
    assert say("summary.funding", "en", **counts("en", **ones)) == (
        "1 funder in 1 part of the funding; 1 chain from EU fund to intermediary"
    )
    found = counts(projects=1, ongoing=0, completed=1, texts=1) | {"assumed": "0"}
    assert say("summary.projects", **found).startswith("1 projekt: 0 pågående, 1 avslutat (")
    assert say("data.size", "en", **counts("en", rows=1, columns=2)) == "1 row · 2 columns"
    assert say("match.head", file="a.csv", found=1, **counts(rows=1)) == "a.csv: 1 rad, varav 1 är projekt på sidan"
    assert say("check.share", "en", count=1, applicable=25) == "1 of 25 does not meet it"


def test_a_number_chooses_the_words_that_go_with_it() -> None:
    said = ["{n} {n:har|hade}".format(n=decimal(n)) for n in (0, 1, 2, 1000)]
    assert said == ["0 hade", "1 har", "2 hade", "1\u00a0000 hade"]
    assert f"{decimal(1):>3}" == "  1"


@pytest.mark.parametrize(
    ("words", "within"), [("Egen finansiering", "egen finansiering"), ("EU-fond", "EU-fond"), ("", "")]
)
def test_a_label_inside_a_sentence_begins_small(words: str, within: str) -> None:
    assert inside(words) == within
