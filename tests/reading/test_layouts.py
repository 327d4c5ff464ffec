"""Layouts compete for a page, and what could not be read is told: one finding a column, the place of a wrong byte, dates in no calendar."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from overkalix_data.base.codelist import codes
from overkalix_data.base.lists import lists_for
from overkalix_data.documents.decoding import decode
from overkalix_data.documents.source import Source, read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.reading import layouts
from overkalix_data.reading.grant_lines import grant_in
from overkalix_data.reading.layouts import Reading, parse_page, readings
from overkalix_data.reading.page import Block
from overkalix_data.schema.records import Records
from tests.made.pages import tables_of

CASES = Path(__file__).parents[1] / "cases"
GRANTS = """Tre föreningar får bidrag ur bygdepotten

- Lidens Hembygdsförening beviljas 30 000 kronor till nytt tak.
- Edens IF beviljas 12 000 kronor till en spårmaskin.
"""


def source(path: Path, text: str | bytes) -> Source:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_sources(str(path))[0]


def evidence(path: Path, text: str | bytes) -> list[Mapping[str, object]]:
    return read_pages([source(path, text)], []).records.table("evidence")


@pytest.mark.parametrize(
    "name", ["text-ett-bidrag-per-rad", "text-nyhet-om-ett-projekt", "html-kort", "leader-titel-agare"]
)
def test_the_best_reading_wins_by_far(name: str) -> None:
    (page,) = read_sources(str(next((CASES / name).glob("source.*"))))
    best, *others = readings(page)
    assert best.page.blocks
    assert all(best.score - other.score > layouts.weights()["uncertain"] for other in others)
    assert parse_page(page).other_starts == []


def test_a_near_loser_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = source(tmp_path / "sida.txt", GRANTS)
    best = readings(page)[0]
    assert best.layout == "grants"
    other = Reading("labelled", readings(page)[0].page, {}, best.score - 0.1)
    (first, _) = other.page.blocks
    other.page.blocks = [Block(None, {"title": first.parts["granted"]})]
    monkeypatch.setattr(layouts, "readings", lambda *_, **__: [best, other])
    assert parse_page(page).other_starts
    rows = [row for row in read_pages([page], []).records.table("evidence") if row.get("rule_id") == "other_layout"]
    assert [row["quote"] for row in rows] == ["30 000 kronor"]


def test_who_gives_is_said_once(tmp_path: Path) -> None:
    rows = read_pages([source(tmp_path / "sida.txt", GRANTS)], []).records.table("project_funders")
    assert sorted((row["funder_id"], row["granted_sek"]) for row in rows) == [
        ("bygdepotten", 12000),
        ("bygdepotten", 30000),
    ]


@pytest.mark.parametrize(
    "words",
    ["Edens IF, 12 000 kronor, en spårmaskin", "12 000 kr till Edens IF för en spårmaskin", "Edens IF (12 000 kronor) – en spårmaskin",
     "Bidrag om 12 000 kr beviljas Edens IF för en spårmaskin", "1. Edens IF har fått 12 tkr i bidrag till en spårmaskin",
     "3. en spårmaskin, Edens IF, tilldelas 12 tkr. ", "→ Edens IF tilldelas 12 000 kronor av Region Dalarna för en spårmaskin.",
     'att bevilja Edens IF 12 000 kronor för projektet\n"en spårmaskin",', "SEK 12.000 till Edens IF för en spårmaskin", "Edens IF får 12 000 kr till en spårmaskin, varav 2 000 kr avser bränsle"],
)  # fmt: skip
def test_a_grant_is_read_however_it_is_put(words: str) -> None:
    grant = grant_in(words, 0, len(words), lists_for())
    assert grant is not None
    assert (words[slice(*grant.who)], words[slice(*grant.what)]) == ("Edens IF", "en spårmaskin")


@pytest.mark.parametrize(
    "text",
    ["Region Dalarnas bidrag går till: – Edens IF, 12 000 kr: En spårmaskin. – Lidens IK, 9 000 kr: Ny brygga.",
     "Region Dalarna har i dag beviljat bidrag till två föreningar: Edens IF (12 000 kronor, ”En spårmaskin”) samt Lidens IK (9 000 kronor, ”Ny brygga”).",
     "Region Dalarna finansierar i år följande projekt: • En spårmaskin (Edens IF): 12 000:- • Ny brygga (Lidens IK): 9 000:- Summa: 21 000:-",
     "Fler bidrag från Region Dalarna. Edens IF får 12 000 kronor för projektet En spårmaskin och Lidens IK får 9 000 kronor för projektet Ny brygga.",
     "Region Dalarna har beviljat bidrag.\n\nEdens IF, SEK 12.000\nEn spårmaskin\n\nLidens IK, SEK 9.000\nNy brygga",
     "Beviljade bidrag från Region Dalarna\n\nMottagare / Projekt / Belopp\n\nEdens IF / En spårmaskin / 12 kkr\nLidens IK / Ny brygga / 9 kkr"],
)  # fmt: skip
def test_grants_follow_each_other_in_one_paragraph_or_in_parts(tmp_path: Path, text: str) -> None:
    records = read_pages([source(tmp_path / "sida.txt", text)], []).records
    paid = {row["project_id"]: (row["funder_id"], row["granted_sek"]) for row in records.table("project_funders")}
    owners = {row["project_id"]: row["value"] for row in records.table("project_details")}
    assert [(row["title"], owners[row["project_id"]], *paid[row["project_id"]]) for row in records.table("projects")] == [
        ("En spårmaskin", "Edens IF", "region-dalarna", 12000), ("Ny brygga", "Lidens IK", "region-dalarna", 9000),
    ]  # fmt: skip


def test_a_grant_from_two_and_what_is_told_behind_it(tmp_path: Path) -> None:
    text = (
        "Besluten är fattade.\n\n"
        "Edens IF har fått 12 000 kronor från Region Dalarna och 3 000 kronor från Falu kommun till en spårmaskin. "
        "Projekttid: mars 2024–maj 2025.\nLidens IK får 9 000 kronor från Region Dalarna till en brygga.\n"
    )
    records = read_pages([source(tmp_path / "sida.txt", text)], []).records
    assert {(row["project_id"], row["funder_id"], row["granted_sek"]) for row in records.table("project_funders")} == {
        ("en-sparmaskin", "region-dalarna", 12000), ("en-sparmaskin", "falu-kommun", 3000), ("en-brygga", "region-dalarna", 9000),
    }  # fmt: skip
    assert {(row["project_id"], row.get("start"), row.get("end")) for row in records.table("projects")} == {
        ("en-sparmaskin", "2024-03", "2025-05"), ("en-brygga", None, None),
    }  # fmt: skip


@pytest.mark.parametrize(
    "words", ["Idrott för unga 1,1 mkr", "Totalt 4 mkr till föreningar i länet", "Kommunen avsätter 150 000 kr till nästa år",
              "Hon får 20 000 kronor för sin bok", "Stipendiet om 10 000 kronor går till Bo Alm för hans musik",
              "Edens IF beviljas inte 12 000 kronor till en spårmaskin", "Edens IF får betala 9 000 kronor för bygglov"]
)  # fmt: skip
def test_a_sum_is_no_grant(words: str) -> None:
    assert grant_in(words, 0, len(words), lists_for()) is None


def records_of(path: Path) -> Records:
    return read_pages(read_sources(str(path)), []).records


def test_a_wrong_byte_is_told_with_its_place_and_the_rest_is_kept(tmp_path: Path) -> None:
    data = "Bron över ån\n\nMål: att nå bäcken.\n".encode() + "Målgrupp: byn vid ån\n".encode("cp1252")
    rows = evidence(tmp_path / "sida.txt", data)
    wrong = [row for row in rows if row.get("rule_id") == "wrong_byte"]
    assert [(row["quote"], row["line"]) for row in wrong] == [("å", 4), ("å", 4)]
    assert decode(data, "sida.txt")[0] == "Bron över ån\n\nMål: att nå bäcken.\nMålgrupp: byn vid ån\n"


def test_the_old_sign_for_the_end_of_a_file_is_a_blank(tmp_path: Path) -> None:
    assert decode(b"Projekt\n\x1a", "sida.txt") == ("Projekt\n ", "utf-8", ())
    assert evidence(tmp_path / "sida.txt", GRANTS + "\x1a")


def test_an_unknown_column_is_told_once_and_an_unread_date_by_its_cell(tmp_path: Path) -> None:
    head = "Projektnamn;Finansiärer;Startdatum;Gåta\n"
    body = "".join(f"Bro {n};Region Norrbotten;2024-13-4{n};svar {n}\n" for n in range(5))
    rules = [row.get("rule_id") for row in evidence(tmp_path / "lista.csv", head + body)]
    assert rules.count("unknown_label") == 1
    assert rules.count("unread_date") == 5


def test_titles_are_headings_of_one_level(tmp_path: Path) -> None:
    facts = "<p><b>Projektägare</b><br>Byns förening</p><p><b>Finansiär</b><br>Boverket</p><p><b>Projekttid</b><br>2024–2025</p>"
    projects = [f"<h3><button aria-expanded=false>{name}</button></h3>" for name in ("Bron", "Tornet", "Spången")]
    first = "<p>Vi bygger en bro över forsen.</p><h4>Det här gör vi</h4><ul><li>Bygger</li><li>Målar</li></ul>"
    page = source(
        tmp_path / "sida.html",
        "<h1>Våra projekt</h1>" + first.join([projects[0], facts]) + facts.join([*projects[1:], ""]),
    )
    titles = [p for block in parse_page(page).blocks for p in block.parts["title"]]
    assert [page.text[p.start : p.end] for p in titles] == ["Bron", "Tornet", "Spången"]


@pytest.mark.parametrize(("text", "titles"), [
    ("Kommunen har beviljat bidrag.\n\nDalens Bilfrakt AB beviljas 18 000 kronor till laddstolpar.\nEdens IF beviljas 28 000 kronor till lekplats.\n",
     ["laddstolpar", "lekplats"]),  # a company may get the first of the grants
    ("Beviljade bidrag 2024\n\nProjekt / Syfte / Mottagare / Belopp\nNy brygga / Edens IF / 40 000 kr\nLjus / Lidens IK / 9 000 kr\n",
     ["Ny brygga", "Ljus"]),  # a line of headings that the lines below do not keep to
    ("Beviljade projekt 2024\n\nNy brygga (etapp 2) – 40 000 kr\nBelysning (LED) – 9 000 kr\nBastu (vedeldad) – 8 000 kr\n",
     ["Ny brygga (etapp 2)", "Belysning (LED)", "Bastu (vedeldad)"]),
    ("Fakturor i mars\n\nMottagare, Projekt, Belopp\nEdens Bygg AB, Snöröjning, 40 000 kr\nLidens Åkeri AB, Sand, 9 000 kr\n", []),
])  # fmt: skip
def test_what_lists_of_amounts_are_and_are_not(tmp_path: Path, text: str, titles: list[str]) -> None:
    page = parse_page(source(tmp_path / "sida.txt", text))
    told = [block.parts["title"][0] for block in page.blocks]
    assert [page.source.text[part.start : part.end] for part in told] == titles


SECTIONS = """<h1>Projekt i Norrskog</h1><h2>Pågående projekt</h2>
<h3>Biblioteket möter byn</h3><ul><li>Mål: Att alla byar får besök.</li><li>Finansiär: Kulturrådet</li></ul>
<h3>Verkstan</h3><ul><li>Mål: Sextio i arbete.</li><li>Finansiär: Arbetsförmedlingen</li></ul>
<h2>Planerade projekt</h2><p><strong>Gemensam växel</strong><br>Projektägare: Norrskogs kommun<br>Finansiär: Vinnova</p>
<p><strong>Vintercykelstaden</strong><br>Projektägare: Norrskogs kommun<br>Finansiär: Trafikverket</p>"""


def test_every_way_to_read_a_page_has_a_name_for_people_and_for_profiles() -> None:
    assert {*layouts.LAYOUTS, layouts.LOOK, layouts.SECTIONS} == {*codes("layout")}


def test_sections_laid_out_differently_are_read_each_in_its_own_way(tmp_path: Path) -> None:
    (tmp_path / "sida.html").write_text(SECTIONS, encoding="utf-8")
    rows = read_pages(read_sources(str(tmp_path / "sida.html")), []).records.table("projects")
    told = {(row["title"], row["status_code"]) for row in rows}
    assert {title for title, _ in told} == {"Biblioteket möter byn", "Verkstan", "Gemensam växel", "Vintercykelstaden"}
    assert {title for title, status in told if status == "planned"} == {"Gemensam växel", "Vintercykelstaden"}


def test_news_of_one_project_does_not_hide_that_others_are_told_by_name() -> None:
    page = """Pressmeddelande

Stiftelsen Norrsken har beslutat att stödja två projekt.

Mest pengar, 2 miljoner kronor, går till projektet ”Snöns minne” vid Tallnäs universitet. Det ska under 2025–2027 visa hur snön blir till vårflod, och görs tillsammans med Abisko forskningsstation.

1,5 miljoner kronor beviljas ”Säker is” som leds från Umeå. Målet är att ta fram en tjänst för skoteråkare.
"""
    assert set(tables_of(page, checked=False)["projects"]["title"]) == {"Snöns minne", "Säker is"}
