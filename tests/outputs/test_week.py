"""The scripted week: each figure in each product is what the published tables alone give, and the same in all of them."""

import html
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

from tests.made.shared import once
from tests.made.week import FETCHED, SHARED, TODAY, TWICE, Week, scripted_week, week_in
from tests.made.workbooks import by_libreoffice, rows
from tests.outputs.recomputed import by_funder, figures, levels, money, published

N = r"(\d[\d ]*)"
SAID = [
    (
        "status",
        rf"listar {N} projekt: {N} pågående \(antaget: sidan säger det inte\) och {N} avslutade",
        "radsrapport rapport",
    ),
    ("status", rf"{N} projekt: {N} pågående, {N} avslutade \(status", "terminal"),
    ("status", rf"{N} projects: {N} ongoing, {N} completed \(status", "terminal"),
    ("assumed", rf"status antagen för {N}", "terminal"),
    ("texts", rf"{N} olika texter", "terminal"),
    ("ongoing", rf"{N} av {N} projekt är pågående", "bilaga-1"),
    ("completed", rf"{N} av {N} projekt är avslutade", "bilaga-1"),
    ("granted", rf"har beviljat {N} kr \(känt för {N} av {N} finansieringar\)", "radsrapport bilaga-1 rapport"),
    ("own", rf"medfinansiering är {N} kr \(känt för {N} av {N} projekt", "radsrapport rapport"),
    ("eu", rf"EU-medel är {N} kr av det beviljade \(känt för {N} av {N} finans", "radsrapport rapport"),
    ("cost", rf"kostnader är {N} kr \(känt för {N} av {N} projekt\)", "radsrapport"),
    ("amounts", rf"[Bb]elopp är kända för {N} av {N} projekt", "radsrapport bilaga-1 rapport"),
    ("amounts", rf"belopp för {N} av {N}\b", "rapport bilaga-1 terminal"),
    ("periods", rf"[Pp]erioden är känd för {N} av {N} projekt", "radsrapport bilaga-1 rapport"),
    ("titles", rf"[Tt]iteln är känd för {N} av {N} projekt", "radsrapport bilaga-1 rapport"),
    ("contacts", rf"kontakt finns för {N} av {N} projekt", "radsrapport bilaga-1 rapport"),
    ("eu_projects", rf"{N} av {N} projekt nämner en EU-fond, {N} till genom", "radsrapport"),
    ("changes", rf"{N} projekt har ändrats sedan förra", "radsrapport rapport"),
    ("changes", rf"{N} förändringar sedan förra", "terminal"),
    ("ended", rf"{N} pågående projekt har passerat", "radsrapport bilaga-1 rapport"),
    ("fundings", rf"{N} finansiärer i {N} finansieringar", "terminal"),
    ("parts", rf"av {N} finansieringar räknas {N} i summorna", "bilaga-1"),
]
"""Figure → how it is said → the products in which it must stand. Wherever else it is said, it is the same."""
LEVELS = {"local": "Lokal", "national": "Nationell", "eu": "EU", "regional": "Regional", "private": "Privat"}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def words_of(path: Path) -> str:
    """A product's words as a person reads them."""
    if path.suffix == ".docx":
        return " ".join(
            "".join(t.itertext()) for t in docx.Document(str(path)).element.body.iter() if t.tag.endswith("}p")
        )
    if path.suffix == ".html":
        shown = re.sub(r"<(script|style)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        return html.unescape(re.sub(r"<[^>]+>", " ", shown))
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    cells = (
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )
    return " \n".join(cells)


@pytest.fixture(scope="session")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    def saved(form: Path) -> None:
        if shutil.which("soffice"):
            shutil.move(by_libreoffice(form, form.parent / "saved"), form)

    return week_in(once(tmp_path_factory, "week", lambda folder: scripted_week(folder, saved)))


@pytest.fixture(scope="session")
def tables(week: Week) -> dict[str, pd.DataFrame]:
    return published(week.clean)


@pytest.fixture(scope="session")
def products(week: Week) -> dict[tuple[str, str], str]:
    """(edition, product) → its words."""
    files = [p for p in week.reports.glob("*/*") if p.suffix in (".docx", ".html", ".xlsx")]
    read = {(p.parent.name, p.stem): plain(words_of(p)) for p in files}
    return read | {("internal", "terminal"): plain(week.said)}


def numbers(found: str | tuple[str, ...]) -> tuple[int, ...]:
    return tuple(int(part.replace(" ", "")) for part in ([found] if isinstance(found, str) else found))


def test_each_figure_is_the_same_in_every_product(
    tables: dict[str, pd.DataFrame], products: dict[tuple[str, str], str]
) -> None:
    expected, wrong = figures(tables, TODAY), []
    for figure, pattern, places in SAID:
        said = {place: {numbers(m) for m in re.findall(pattern, text)} for place, text in products.items()}
        wrong += [(figure, place, got, expected[figure]) for place, got in said.items() if got - {expected[figure]}]
        missing = {name for name in places.split() if not any(got for (_, at), got in said.items() if at == name)}
        wrong += [(figure, name, "missing") for name in missing]
    assert wrong == []


def test_a_share_beside_the_fund_counts_and_an_equal_amount_counts_once(tables: dict[str, pd.DataFrame]) -> None:
    parts = money(tables).groupby("project_id")["sek"].sum()
    assert (parts[SHARED], parts[TWICE]) == (400_000, 400_003)
    told = tables["findings"].query("rule_id == 'amount-told-twice'")
    assert len(told) == 1


def test_each_funder_has_the_same_kronor_in_page_attachment_and_workbook(
    week: Week, tables: dict[str, pd.DataFrame], products: dict[tuple[str, str], str]
) -> None:
    expected = {name: said for name, said in by_funder(tables).items() if said[1]}
    for edition in ("internal", "public"):
        for name, (sek, known, of) in expected.items():
            amount = f"{sek:,}".replace(",", " ")
            assert f"{name} {amount} kr, känt för {known} av {of}" in products[edition, "rapport"], name
            assert f"{amount} (känt för {known} av {of})" in products[edition, "bilaga-1"], name
        book = openpyxl.load_workbook(week.reports / edition / "overkalix-projekt.xlsx", data_only=True)
        funding = rows(book, "Finansiering")
        counted = funding[funding["Räknas i summor"] == "Ja"].assign(
            sek=lambda t: pd.to_numeric(t["Beviljat (kr)"], errors="coerce")
        )
        sums = counted.groupby("Finansiär")["sek"].sum()
        assert {name: int(sums[name]) for name in expected} == {name: said[0] for name, said in expected.items()}


def test_the_workbooks_key_figures(week: Week, tables: dict[str, pd.DataFrame]) -> None:
    expected = figures(tables, TODAY)
    for edition in ("internal", "public"):
        book = openpyxl.load_workbook(week.reports / edition / "overkalix-projekt.xlsx", data_only=True)
        found = {row[0]: row[1:4] for row in book["Översikt"].iter_rows(values_only=True) if row[0]}
        assert found["Beviljat av alla finansiärer (kr)"] == expected["granted"]
        assert found["Total kostnad (kr)"] == expected["cost"]
        keys = ("Projekt", "Pågående", "Avslutade", "Olika projekttexter", "Finansiärer", "Finansieringar")
        told = [*expected["status"], *expected["texts"], *expected["fundings"]]
        assert [found[key][0] for key in keys] == told


def test_the_shares_by_level(tables: dict[str, pd.DataFrame], products: dict[tuple[str, str], str]) -> None:
    for code, share in levels(tables).items():
        assert f"{LEVELS[code]} {share:.1f} %".replace(".", ",") in products["public", "rapport"], code


def test_a_pack_adds_up_each_project_as_the_tables_do(week: Week, tables: dict[str, pd.DataFrame]) -> None:
    expected = money(tables).groupby("project_id")["sek"].sum().to_dict()
    for path in sorted(week.reports.glob("*/underlag-*.xlsx")):
        parts = rows(openpyxl.load_workbook(path, data_only=True), "Finansiering")
        counted = parts[parts["Räknas i totalen"] == "Ja"]
        sums = pd.to_numeric(counted["Belopp (kr)"], errors="coerce").groupby(counted["Projekt-id"]).sum().to_dict()
        assert sums == {project: expected[project] for project in sums}, path.name


def test_the_day_of_the_page_is_the_same_everywhere(products: dict[tuple[str, str], str]) -> None:
    for place, text in products.items():
        assert set(re.findall(r"[Hh]ämtad:? (\d{4}-\d\d-\d\d)", text)) <= {FETCHED}, place
