"""A project a line with its amount last: what it pays and who gets it, in either order; and lists of prices, which are none."""

from pathlib import Path

import pytest

from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.reading.layouts import parse_page
from tests.made.pages import tables_of

ABOVE = "Stiftelsen har fördelat bidrag från Naturvårdsverket till tre projekt.\n\n"
BY_OWNER = "Ny brygga – Byns förening – 120 000 kr\nBelysning i spåret – Edens IF – 88 000 kr\nÅret – en film – Lidens klubb – 9 000 kr\n"
IN_COLUMNS = "2024-03-20 | 24-007 | Ny brygga, Byns förening, 120 000 kr\n2024-06-12 | 24-015 | Spår, Edens IF, 88 000 kr\n2024-09-25 | 24-022 | En film, Lidens klubb, 9 000 kr\n"
ALONE = "• Ny brygga, 120 000 kr\n• Belysning – och ljus – i spåret, 88 000 kr\n• En film, 9 000 kr\n"


def projects(folder: Path, text: str) -> list[tuple[str, ...]]:
    """Title, owner and numbers of each project."""
    (folder / "sida.txt").write_text(text, encoding="utf-8")
    page = parse_page(read_sources(str(folder / "sida.txt"))[0])
    parts = ("title", "owner", "case_number")
    return [
        tuple(page.source.text[p.start : p.end] for name in parts for p in block.parts.get(name, []))
        for block in page.blocks
    ]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (BY_OWNER, [("Ny brygga", "Byns förening"), ("Belysning i spåret", "Edens IF"), ("Året – en film", "Lidens klubb")]),
        (IN_COLUMNS, [("Ny brygga", "Byns förening", "24-007"), ("Spår", "Edens IF", "24-015"), ("En film", "Lidens klubb", "24-022")]),
        (ALONE, [("Ny brygga",), ("Belysning – och ljus – i spåret",), ("En film",)]),
    ],
)  # fmt: skip
def test_a_project_a_line(tmp_path: Path, lines: str, read: list[tuple[str, ...]]) -> None:
    assert projects(tmp_path, ABOVE + lines) == read


def test_a_year_in_a_name_is_no_date_of_the_line(tmp_path: Path) -> None:
    lines = ABOVE + BY_OWNER + "Brandbil från 1948 – Motorklubben – 44 500 kr\n"
    assert ("Brandbil från 1948", "Motorklubben") in projects(tmp_path, lines)


def test_who_gives_stands_above(tmp_path: Path) -> None:
    (tmp_path / "sida.txt").write_text(ABOVE + ALONE, encoding="utf-8")
    rows = read_pages(read_sources(str(tmp_path / "sida.txt")), []).records.table("project_funders")
    assert {(row["funder_id"], row["granted_sek"]) for row in rows} == {
        ("naturvardsverket", 120000), ("naturvardsverket", 88000), ("naturvardsverket", 9000),
    }  # fmt: skip


@pytest.mark.parametrize(
    "above", ["", "Hyr lokal hos oss.\n\n", "Här kan du söka stöd till projekt. Vi har fördelat pengar.\n\n"]
)
def test_prices_and_calls_are_no_projects(tmp_path: Path, above: str) -> None:
    assert projects(tmp_path, above + BY_OWNER) == []


@pytest.mark.parametrize(
    "above",
    ["Leader har beviljat stöd till projektet. Så mycket kostade det:\n\n", "Huset byggdes i ett projekt som beviljats stöd.\n\n",
     "Vi delar ut stöd till projekt, i tre potter:\n\n"],
)  # fmt: skip
def test_costs_of_one_project_and_pots_are_no_projects(tmp_path: Path, above: str) -> None:
    assert projects(tmp_path, above + ALONE) == []


def test_the_sign_before_the_amount_parts_the_line(tmp_path: Path) -> None:
    lines = "Edens IF – Ljus, etapp 2 – 18 000 kr\nLidens klubb – Bastu, grill och brygga – 9 000 kr\n"
    assert projects(tmp_path, ABOVE + lines) == [
        ("Ljus, etapp 2", "Edens IF"),
        ("Bastu, grill och brygga", "Lidens klubb"),
    ]


def test_sums_are_no_projects(tmp_path: Path) -> None:
    sums = "Summan av alla – 217 000 kr\nKvar att fördela – 20 000 kr\nTotalt beviljat: 217 000 kr\n"
    assert projects(tmp_path, ABOVE + ALONE + sums) == projects(tmp_path, ABOVE + ALONE)


def test_two_lines_are_no_list(tmp_path: Path) -> None:
    assert projects(tmp_path, ABOVE + "Ny brygga, 120 000 kr\nEn film, 9 000 kr\n") == []


@pytest.mark.parametrize(
    "text",
    ["Kurs i projektledning\n\nDatum: 2026-01-20\nSyfte: att ge grunderna\nMålgrupp: föreningar\nAnmälan senast: 2026-01-09\n\n"
     "Mingel med finansiärer\n\nDatum: 2026-02-26\nMålgrupp: föreningar\nArrangör: Edens IF\nKostnad: 150 kr\n",
     "RIKTLINJER\nExternt finansierade projekt\n\n1. Syfte\nEtt enhetligt arbetssätt.\n\n2. Mål\nProjekten ger nytta.\n\n"
     "Projektägare: den nämnd som beslutar.\nFinansiär: den som lämnar bidrag.\n"],
)  # fmt: skip
def test_events_and_rules_are_no_projects(tmp_path: Path, text: str) -> None:
    assert projects(tmp_path, text) == []


def test_a_name_in_bold_is_the_project_and_what_stands_behind_the_amount_is_told_of_it() -> None:
    item = "<li><strong>{}</strong>, {} – {}. {}</li>"
    items = item.format("Trollspelet", "Teater Vinkeln", "18 000 kr", "Almi bidrar med 4 000 kr.") + item.format(
        "Rösterna från bruket", "Arkivet i Harsta", "9 000 kr", "Klart i december 2027."
    )
    page = f"<h1>Fördelade kulturmedel</h1><p>Alla belopp är utbetalda av Region Havsbygden.</p><ul>{items}</ul>"
    tables = tables_of(page, ".html", checked=False)
    told = {(row.title, row.end) for row in tables["projects"].astype(object).fillna("").itertuples()}
    assert told == {("Trollspelet", ""), ("Rösterna från bruket", "2027-12")}
    paid = {(row.funder_id, row.granted_sek) for row in tables["project_funders"].itertuples()}
    assert paid == {("region-havsbygden", 18_000), ("almi", 4_000), ("region-havsbygden", 9_000)}
