"""What changed between two fetches: each edit alone is one row, looks alone are none."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from overkalix_data.cli import main
from overkalix_data.documents.source import Source
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.outputs.pages.changes import changes_html

PAGE = """Projekt

Näringslivskontorets projekt

Mål: Bygga ett centrum för skogens företag i Näverbyn och visa hur skogen kan ge arbete åt fler.
Målgrupp: Skogsbolag, unga
Finansiärer: Överkalix kommun, Vattenfall
Kontaktperson: Eva Exempel, 0926-740 01, eva@example.se

Mål: Ge alla skolbarn i kommunen en egen kanot och lära dem paddla säkert på älven.
Målgrupp: Skolbarn
Finansiärer: Överkalix kommun, Almi
Kontaktperson: Ulf Exempel, 0926-740 02, ulf@example.se

Avslutade projekt

Mål: Rusta upp hängbron vid forsen så att leden blir hel igen.
Målgrupp: Vandrare
Finansiärer: Överkalix kommun
"""
CANOE, FOREST, BRIDGE = (
    "ge-alla-skolbarn-kommunen-egen",
    "bygga-centrum-skogens-foretag-naverbyn",
    "rusta-upp-hangbron-forsen-leden",
)


def changes(new: str, old: str = PAGE) -> list[tuple[str, str, str, str]]:
    """(project, change, before, after) of a page that read `old` before."""
    before = Source(
        "sida-1", old, "", "utf-8", path="sida.txt", url="https://example.se/projekt", retrieved_on="2026-01-01"
    )
    after = replace(before, source_id="sida-2", text=new, retrieved_on="2026-06-01", previous=before)
    rows = read_pages([after], []).records.table("changes")
    return [
        (str(r["project_id"]), str(r["change_code"]), str(r.get("old_text", "")), str(r.get("new_text", "")))
        for r in rows
    ]


EDITS = {
    "reworded": (
        "arbete åt fler.",
        "arbete åt många fler.",
        FOREST,
        "visa hur skogen kan ge arbete åt fler.",
        "ge arbete åt många fler.",
    ),
    "retitled": ("Mål: Ge alla", "Kanot åt alla\n\nMål: Ge alla", CANOE, "", "Kanot åt alla"),
    "period": ("Målgrupp: Skolbarn\n", "Målgrupp: Skolbarn\nProjektperiod: 2024-2026\n", CANOE, "", "2024"),
    "funder_added": ("Vattenfall", "Vattenfall, Region Norrbotten", FOREST, "", "Region Norrbotten"),
    "funder_removed": (", Almi", "", CANOE, "Almi", ""),
    "group_added": ("Målgrupp: Skolbarn", "Målgrupp: Skolbarn, pensionärer", CANOE, "", "pensionärer"),
    "group_removed": ("Skogsbolag, unga", "Skogsbolag", FOREST, "unga", ""),
    "contact_changed": (
        "0926-740 02",
        "0926-740 99",
        CANOE,
        "ulf@example.se; +4692674002",
        "ulf@example.se; +4692674099",
    ),
}


@pytest.mark.parametrize("code", sorted(EDITS))
def test_one_edit_is_that_change_alone(code: str) -> None:
    words, other, project, before, after = EDITS[code]
    found = changes(PAGE.replace(words, other))
    assert {(i, c) for i, c, _, _ in found} == {(project, code)}
    assert found[0][2].endswith(before)
    assert found[0][3].endswith(after)


def test_a_contact_that_is_exchanged_is_one_gone_and_one_come() -> None:
    found = changes(PAGE.replace("Ulf Exempel, 0926-740 02, ulf@example.se", "Åsa Prov, 0926-740 03, asa@example.se"))
    assert [(i, c) for i, c, _, _ in found] == [(CANOE, "contact_added"), (CANOE, "contact_removed")]


def test_two_changes_of_one_kind_are_both_told() -> None:
    found = changes(PAGE.replace("Vattenfall", "Vattenfall, Region Norrbotten, Tillväxtverket"))
    assert [(i, c) for i, c, _, _ in found] == [(FOREST, "funder_added")] * 2
    assert {after for *_, after in found} == {"Region Norrbotten", "Tillväxtverket"}


def test_projects_come_and_go() -> None:
    gone = PAGE[: PAGE.index("Avslutade")]
    assert changes(gone) == [(BRIDGE, "removed", "Rusta upp hängbron vid forsen så att leden blir hel igen.", "")]
    assert changes(PAGE, gone) == [(BRIDGE, "added", "", "Rusta upp hängbron vid forsen så att leden blir hel igen.")]


def test_the_move_to_the_finished_section_is_one_change() -> None:
    start, end = PAGE.index("Mål: Ge alla"), PAGE.index("Avslutade")
    assert changes(PAGE[:start] + PAGE[end:] + "\n" + PAGE[start:end]) == [(CANOE, "finished", "ongoing", "completed")]


@pytest.mark.parametrize("looks", [
    lambda page: page.replace("Mål:", "MÅL:"), lambda page: page.replace(" ", "\u00a0"), lambda page: page.replace("Finansiärer:", "Finansiär:"),
    lambda page: page.replace("Mål: ", "Syfte: "), lambda page: page.replace("\nMålgrupp", "\n\nMålgrupp"),
])  # fmt: skip
def test_looks_are_no_change(looks) -> None:
    assert looks(PAGE) != PAGE
    assert changes(looks(PAGE)) == []


def test_a_doubt_is_told_as_one() -> None:
    old = PAGE.replace(
        "Mål: Ge alla",
        "Mål: Bygga ett centrum för skogens företag i Långbyn och visa hur skogen kan ge arbete åt fler.\nMålgrupp: Alla\nFinansiärer: Almi\n\nMål: Ge alla",
    )
    new = PAGE.replace("Näverbyn", "Norrbyn")
    codes = {c for _, c, _, _ in changes(new, old)}
    assert codes == {"unclear", "removed"}


def test_the_page_says_so_where_nothing_has_changed() -> None:
    """`none` is a word of the template language itself: it said None."""
    text = changes_html([], lead="Två hämtningar.", unchanged="Inget har ändrats.")
    assert "<p>Inget har ändrats.</p>" in text
    assert "None" not in text


SHORT = """Projekt

Projekt Den framåtskridande kommunen: Syftet med projektet är att ändra synen på inlandskommunen och skapa ett nytt varumärke. \
Målet med förstudien är att identifiera aktuella målgrupper och ett lösningskoncept med förändringsinsatser.
"""


def test_the_pages_older_short_text_is_one_project_with_its_title(source: Source) -> None:
    """facts.md: the title stands where a label would; no labels, groups, funders or contacts."""
    old = Source("kort", SHORT, "", "utf-8", path="kort.txt")
    (project,) = read_pages([old], []).records.table("projects")
    assert project["title"] == "Den framåtskridande kommunen"
    assert str(project["purpose"]).startswith("Syftet med projektet är att ändra synen") or "ändra synen" in str(
        project["purpose"]
    )
    assert "identifiera aktuella målgrupper" in str(project["goal"])
    rows = changes(source.text, SHORT)
    assert {c for _, c, _, _ in rows} <= {"added", "removed", "reworded", "retitled", "unclear", "funder_added"}
    assert sum(c == "added" for _, c, _, _ in rows) >= 24


@pytest.mark.usefixtures("whole")
def test_a_report_of_two_fetches_tells_what_changed_and_names_nobody_in_public(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ulf is in no table any more: still his name and numbers must not stand in what is published."""
    raw = tmp_path / "raw"
    raw.mkdir()
    new = PAGE.replace("Ulf Exempel, 0926-740 02, ulf@example.se", "Åsa Prov, 0926-740 03, asa@example.se").replace(
        "säkert på älven", "tryggt på älven"
    )
    (raw / "gammal.txt").write_text(PAGE, encoding="utf-8")
    (raw / "ny.txt").write_text(new, encoding="utf-8")
    (raw / "sources.csv").write_text(
        "source_id,path,publisher_code,url,retrieved_on,media_type,encoding,sha256,licence,note\n"
        "gammal,gammal.txt,2513,https://example.se/p,2026-01-01,,,,,\nny,ny.txt,2513,https://example.se/p,2026-06-01,,,,,\n", encoding="utf-8",
    )  # fmt: skip
    folders = [w for n in ("raw", "curated", "clean", "reports") for w in (f"--{n}", str(tmp_path / n))]
    assert main(["report", *folders, "--as-of", "2026-11-23"]) == 0
    assert "3 förändringar sedan förra hämtningen" in capsys.readouterr().out
    internal, public = (
        (tmp_path / "reports" / edition / "forandringar.html").read_text(encoding="utf-8")
        for edition in ("internal", "public")
    )
    for page in (internal, public):
        days = [f'<span class="day">{day}</span>' for day in ("2026-01-01", "2026-06-01")]
        assert " jämförd med ".join(days) in page
        assert '<ins><span class="said">tillagt: </span>tryggt</ins> på älven' in page
        assert '<del><span class="said">borttaget: </span>säkert</del> på älven' in page
    assert "Ulf Exempel" in internal
    for words in ("Ulf", "Åsa", "740 02", "asa@example.se"):
        assert words not in public
    book = load_workbook(tmp_path / "reports" / "internal" / "overkalix-projekt.xlsx")
    told = [[c.value for c in row] for row in book["Förändringar, källor och ord"].iter_rows()]
    assert any(row[:2] == ["Ge alla skolbarn i kommunen en egen kanot och lära dem …", "Ny text: Mål"] for row in told)
