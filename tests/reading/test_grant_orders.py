"""The orders in which a sentence tells of a grant, and what is none; invented associations."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.reading.grant_orders import grant_in

LISTS = lists_for()


@pytest.mark.parametrize(
    ("piece", "who", "what", "giver"),
    [
        ("Harsta IF beviljas 18 000 kronor till belysning.", "Harsta IF", "belysning", ""),
        ("25 000 kronor till Harsta IF för ny belysning", "Harsta IF", "ny belysning", ""),
        ("Kapellföreningen i Tuna: Nytt orgelverk, 250 000:-", "Kapellföreningen i Tuna", "Nytt orgelverk", ""),
        ("2. Leader Polaris beviljar Harsta IF 9 000 kronor till en bänk.", "Harsta IF", "en bänk", "Leader Polaris"),
        (
            "1. Harsta IF beviljas ett bidrag från Kils kommun på 9 000 kr till en bänk.",
            "Harsta IF",
            "en bänk",
            "Kils kommun",
        ),
        ("Harsta IF fick stöd av Leader Gute med 9 000 kr till en bänk.", "Harsta IF", "en bänk", "Leader Gute"),
        ("Ny belysning, Harsta IF, tilldelas 25 tkr.", "Harsta IF", "Ny belysning", ""),
        ("Harsta IF: 25 000 kr, ny belysning", "Harsta IF", "ny belysning", ""),
        ("Harsta IF får 9 000 kr från Kils kommun till en bänk", "Harsta IF", "en bänk", "Kils kommun"),
        ("Till ”Ljus i spåret” har Harsta IF beviljats 9 000 kr.", "Harsta IF", "Ljus i spåret", ""),
        ("Till förstudien ”Ljus” beviljades Harsta IF 9 000 kr av Vinnova.", "Harsta IF", "Ljus", "Vinnova"),
        ("Projektet ”Ljus i spåret” får 9 000 kr från Vinnova.", "", "Ljus i spåret", "Vinnova"),
        ("Nämnden beslutar att bevilja Harsta IF 9 000 kr ur bygdemedel.", "Harsta IF", "", "Nämnden"),
        ("att bevilja Harsta IF 9 000 kr", "Harsta IF", "", ""),
        ("att bevilja Harsta IF 9 000 kr ur Bygdefonden,", "Harsta IF", "", "Bygdefonden"),
        ("Mest, 9 000 kr, går till projektet ”Ljus” vid Harsta IF.", "Harsta IF", "Ljus", ""),
        ("Vinnova skjuter till 9 000 kr till Harsta IF för ”Ljus i spåret”.", "Harsta IF", "Ljus i spåret", "Vinnova"),
        ("Harsta IF kan med 9 000 kr från Kils kommun starta ”Ljus”.", "Harsta IF", "Ljus", "Kils kommun"),
        ("Till sist får Harsta IF 9 000 kr till ”Ljus”, en studie.", "Harsta IF", "Ljus", ""),
        ("Svenska kyrkan i Harsta: Barnens körfest, 9 000 kr", "Svenska kyrkan i Harsta", "Barnens körfest", ""),
    ],
)
def test_who_gets_what_in_any_order(piece: str, who: str, what: str, giver: str) -> None:
    grant = grant_in(piece, 0, len(piece), LISTS)
    assert grant is not None
    told = [piece[slice(*span)] if span else "" for span in (grant.who, grant.what, grant.giver)]
    assert told == [who, what, giver]


@pytest.mark.parametrize(
    "piece",
    [
        "Harsta IF beviljas inte 18 000 kronor till belysning.",
        "Harsta IF söker 18 000 kronor för belysning.",
        "”Ljus i spåret” kostar 18 000 kronor.",
        "Harsta IF hoppas på 18 000 kronor till belysning.",
        "Sammanlagt 18 000 kronor till belysning.",
        "Harsta IF har fått nya lampor i spåret.",
    ],
)
def test_what_is_no_grant(piece: str) -> None:
    assert grant_in(piece, 0, len(piece), LISTS) is None


@pytest.mark.parametrize(
    "piece", ["Socialnämnden tilldelas 35 000 tkr för nya lokaler.", "Kommunstyrelsen: 88 000 tkr, ny matsal"]
)
def test_a_committee_gets_a_budget_and_no_grant(piece: str) -> None:
    assert grant_in(piece, 0, len(piece), LISTS) is None


@pytest.mark.parametrize("word", ["ab – ", "Projektet A ", "att bevilja A 5 kr ", "”a” "])
def test_a_long_line_is_one_piece_and_takes_linear_time(word: str) -> None:
    line = word * 20_000 + "får 5 000 kr x;"
    assert grant_in(line, 0, len(line), LISTS) is None
