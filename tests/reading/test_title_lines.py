"""Titles of projects: what stands in a title line, which lines are titles, where a project begins, and what is none."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading.layouts import parse_page
from overkalix_data.reading.line_label import label
from overkalix_data.reading.neighbours import PROSE_LINES, Ahead
from overkalix_data.reading.not_projects import starts_project
from overkalix_data.reading.page import Block, Part
from overkalix_data.reading.title_form import looks_like_title, put_title, title_parts
from overkalix_data.schema.frames import rows_of
from overkalix_data.values.funder import is_organisation
from tests.made.pages import tables_of
from tests.made.registers import Read, lost, read

LISTS = lists_for()
PARTS = [  # a title line → the name, and what stands around it
    ("Bron till byn", "Bron till byn", {}),
    ("  Bron till byn:  ", "Bron till byn", {}),
    (
        "AB0123 – Bron till byn (2022–2024) – Pågående",
        "Bron till byn",
        {"id": "AB0123", "period": "2022–2024", "status": "Pågående"},
    ),
    ("2021-00123: Bron", "Bron", {"id": "2021-00123"}),
    ("AB12 - Bron", "Bron", {"id": "AB12"}),
    ("Bron, 2022-2024", "Bron", {"period": "2022-2024"}),
    ("Bron 2022-24", "Bron", {"period": "2022-24"}),
    ("Bron [2021]", "Bron", {"period": "2021"}),
    ("Bron (Avslutat):", "Bron", {"status": "Avslutat"}),
    ("Bron, Slutredovisat", "Bron", {"status": "Slutredovisat"}),
    ("Bron av Byns förening", "Bron", {"owner": "Byns förening"}),
    (
        "Bron (2021) (Avslutat) av Byns förening",
        "Bron",
        {"period": "2021", "status": "Avslutat", "owner": "Byns förening"},
    ),
    ("§ 32  Ansökan om bygdemedel – Ny spis    Dnr LU 2025/18", "Ny spis", {"id": "Dnr LU 2025/18"}),
    ('§ 22 Projektansökan "Vandra med lama"', "Vandra med lama", {}),
    ("Ansökan om projektmedel: Bron – förstudie", "Bron – förstudie", {}),
    # What says none of these belongs to the name.
    ("Bron till byn (LONA)", "Bron till byn (LONA)", {}),
    ("Skärgårdsväg 2030", "Skärgårdsväg 2030", {}),
    ("Bron – en väg till byn", "Bron – en väg till byn", {}),
    ("Bron av glas", "Bron av glas", {}),
    ("Bron - Avslutat - 2021", "Bron - Avslutat - 2021", {}),
    ("2024", "2024", {}),
    ("(2022)", "(2022)", {}),
]


@pytest.mark.parametrize(("line", "name", "around"), PARTS, ids=[p[0].strip() for p in PARTS])
def test_what_stands_in_a_title_line(line: str, name: str, around: dict[str, str]) -> None:
    parts = title_parts(line, LISTS)
    assert line[slice(*parts.name)] == name
    assert {
        kind: line[slice(*span)] for kind in ("id", "period", "status", "owner") if (span := getattr(parts, kind))
    } == around


def test_the_parts_become_fields_and_the_signs_between_them_are_accounted_for() -> None:
    told = read(
        "Projekt\n\nAB0123 – Bron till byn (2022–2024) – Slutredovisat\nByns förening\nMål: Att bygga.\nFinansiärer: Almi\n\nRöd stuga\nMål: Att rusta.\nFinansiärer: Almi\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Bron till byn", "Röd stuga"]
    assert told.column("projects", "start") == ["2022", None]
    assert told.column("projects", "status_code") == ["completed", "ongoing"]
    assert told.column("projects", "description") == ["AB0123", None]
    assert [(row["project_id"], row["value"]) for row in told.tables["project_details"]] == [
        ("bron-till-byn", "Byns förening")
    ]
    assert told.quotes(rule="title_sign") == [" – ", " (", ") – "]
    assert lost(told) == []


@pytest.mark.parametrize("line", ["Bron till byn", "Vad kostar bron?", "112 vägar", "Ny väg!", "År i älven"])
def test_a_line_that_looks_like_a_title(line: str) -> None:
    assert looks_like_title(line, LISTS)


@pytest.mark.parametrize(
    "line",
    [
        "Projektledare",
        "Näringslivsstrateg",
        "0926-740 26",
        "eva@example.se",
        "bron till byn",
        "Bron är byggd.",
        "Br",
        "123",
        "Projektet syftar till att bygga",
        "Ord " * 40,
    ],
)
def test_a_line_that_does_not(line: str) -> None:
    assert not looks_like_title(line, LISTS)


@pytest.mark.parametrize(("words", "is_one"), [
    ("Byns förening", True), ("Överkalix kommun", True), ("Almi", True), ("Skogens Fisk AB", True), ("Luleå tekniska universitet", True), ("Eva Exempel", False), ("Bron till byn", False),
])  # fmt: skip
def test_what_is_an_organisation(words: str, is_one: bool) -> None:
    assert is_organisation(words, LISTS) == is_one


def titles(text: str) -> list[tuple[str, bool]]:
    """The title lines of a text, each with whether the line under it names the owner."""
    ahead = ahead_of(text)
    return [(ahead.lines[at].text, title.owner) for at, title in ahead.titles.items()]


def ahead_of(text: str) -> Ahead:
    source = Source("s", text, "", "utf-8")
    return Ahead(source, [line for line in source.lines if line.text.strip()])


FIELDS = "Mål: Att bygga.\nFinansiärer: Almi\n"


def test_titles_are_told_by_the_labels_under_them() -> None:
    assert titles(f"Bron\n{FIELDS}\nVägen\n\n{FIELDS}\nStugan\nByns förening\n{FIELDS}") == [
        ("Bron", False),
        ("Vägen", False),
        ("Stugan", True),
    ]


def test_titles_close_to_the_fields_above_them_are_believed_where_most_have_one() -> None:
    assert titles(f"Bron\n{FIELDS}Vägen\n{FIELDS}Stugan\n{FIELDS}") == [
        ("Bron", False),
        ("Vägen", False),
        ("Stugan", False),
    ]
    assert titles(f"{FIELDS}\n{FIELDS}\n{FIELDS}\n{FIELDS}Vägen\n{FIELDS}") == []


@pytest.mark.parametrize("text", [
    f"Avslutade projekt\n\n{FIELDS}",  # a section
    "Eva Exempel\nTelefon: 0926-740 26\n\nBo Exempel\nTelefon: 0926-740 70\n",  # people
    "Mål: Att bygga vägar i\nÖverkalix och\nKalix\nSyfte: Att nå fram.\n",  # a wrapped value
    "Här berättar vi om våra projekt.\n\nLäs mer\n",  # words of the page
    f"Projektnamn: Bron\n{FIELDS}",  # a title behind its label
])  # fmt: skip
def test_what_is_no_title_line(text: str) -> None:
    assert titles(text) == []


def test_what_the_lines_around_a_line_say_of_it() -> None:
    ahead = ahead_of("Ett\ntvå\n\nMål\nAtt bygga.\n\nTre\n\nFyra.\n")
    assert [ahead.fresh(at) for at in range(6)] == [True, False, True, False, True, True]
    assert [ahead.alone(at) for at in range(6)] == [False, True, False, True, True, True]
    assert [ahead.whole(at) for at in (0, 2, 5)] == ["Ett\ntvå", "Mål\nAtt bygga.", "Fyra."]
    assert [known.words if (known := ahead.label(at)) else "" for at in range(6)] == ["", "", "Mål", "", "", ""]


def test_prose_is_a_project_by_the_fields_that_it_names() -> None:
    prose = "Projektet syftar till att bygga en bro över älven för alla som bor i byn."
    assert not ahead_of(prose).names_project(0)
    assert ahead_of(f"{prose} Projektet finansieras av Almi.").names_project(0)
    assert ahead_of(f"{prose}\n\nProjektet finansieras av Almi.").names_project(0)
    assert not ahead_of(f"{prose}\n\nMål: Något annat\n\nProjektet finansieras av Almi.").names_project(0)
    assert ahead_of("Move on Up – ett projekt för unga.").names_project(0)
    assert ahead_of(f"Bron\n\n{prose} Projektet finansieras av Almi.").names_prose(0)
    assert not ahead_of(f"Bron\n\n{prose}").names_prose(0)
    assert not ahead_of(
        prose + "\n\nMer om vår by." * PROSE_LINES + "\n\nProjektet finansieras av Almi."
    ).names_project(0)


def block(*fields: tuple[str, str], **marks: bool) -> Block:
    """A block with these labels read in it, in order."""
    made = Block(None, first=fields[0][1] if fields else "", **marks)
    for name, words in fields:
        made.add(name, Part(0, 1, "label", None, words))
    return made


GOAL, PURPOSE, FUNDER = ("goal", "Mål"), ("purpose", "Syfte"), ("funder", "Finansiärer")


@pytest.mark.parametrize(("made", "line", "starts"), [
    (block(GOAL), "Mål: Nytt", True),  # the same label again
    (block(GOAL), "Syfte: Nytt", False),
    (block(GOAL, FUNDER, closed=True), "Syfte: Nytt", True),  # a first field after the last ones
    (block(GOAL, FUNDER, closed=True), "Finansiär: Almi", False),  # another spelling of a last field
    (block(GOAL), "Projektnamn: Bron", True),
    (block(("title", "Projektnamn")), "Titel: Bron", False),
    (block(GOAL, titled=True), "Mål: Nytt", False),  # its heading alone starts a project
    (block(PURPOSE, GOAL, closed=True, named=True), "Mål: Nytt", False),  # under a title the labels come in any order
    (block(PURPOSE, GOAL, closed=True, named=True), "Syfte: Nytt", True),  # but for the first of them
])  # fmt: skip
def test_where_a_label_starts_a_project(made: Block, line: str, starts: bool) -> None:
    known = label(line, LISTS, fresh=True)
    assert known is not None
    assert starts_project(made, known, titles=True) == starts


def told_apart(text: str, suffix: str = ".txt") -> Read:
    told = read(text, suffix)
    assert lost(told) == []
    return told


@pytest.mark.parametrize("text", [
    "Kontaktpersoner\n\nEva Exempel\nTelefon: 0926-740 26\nE-post: eva@example.se\n\nBo Exempel\nTelefon: 0926-740 70\n",
    "Projektledare: Eva Exempel\nTelefon: 0926-740 26\n\nProjektledare: Bo Exempel\nTelefon: 0926-740 70\n",
    "Så söker du\n\nMål: Beskriv vad du vill nå.\nMålgrupp: Vilka är projektet till för?\nBudget: Räkna med minst 10 000 kr.\n",
    "Projektägare: Byns förening\nStatus: Pågående\n",
], ids=["people", "leaders", "advice", "an owner"])  # fmt: skip
def test_what_has_the_form_of_a_project_and_is_none(text: str) -> None:
    told = told_apart(text)
    assert told.tables["projects"] == []
    assert told.tables["evidence"]


def test_a_row_of_a_register_is_a_project_however_little_it_says() -> None:
    told = told_apart(
        "Projektnamn;Finansiär;Status;Kontaktperson\nBron;Almi;Pågående;Eva Exempel\nVägen;;Planerat;\n", ".csv"
    )
    assert told.column("projects", "title") == ["Bron", "Vägen"]
    assert told.column("projects", "status_code") == ["ongoing", "planned"]


def test_a_value_that_is_a_status_opens_no_section() -> None:
    page = parse_page(
        Source(
            "s",
            "Bron\n\nMål: Att bygga.\n\nStatus:\n\nPågående\n\nFinansiärer: Almi\n\nAvslutade projekt\n\nVägen\n\nMål: Att nå fram.\n",
            "",
            "utf-8",
        )
    )
    assert [section.status_code for section in page.sections] == ["completed"]
    assert [sorted(b.parts) for b in page.blocks] == [["funder", "goal", "status", "title"], ["goal", "title"]]


def test_a_title_behind_a_label_keeps_its_places() -> None:
    source = Source("s", "Projektnamn: AB0123 – Bron (2022–2024)\nMål: Att bygga.\n", "", "utf-8")
    (found,) = parse_page(source).blocks
    assert [
        source.text[p.start : p.end] for p in found.parts["title"] + found.parts["note"] + found.parts["period"]
    ] == ["Bron", "AB0123", "2022–2024"]


def test_a_status_on_a_line_of_its_own_is_its_projects() -> None:
    page = "\n\n".join(
        f"{name}\n\nFinansiär: Boverket\n\nPeriod: 2024\n\n{status}"
        for name, status in (("Bron", "Planeras"), ("Tornet", "Avslutat"))
    )
    assert read(page, ".txt").column("projects", "status_code") == ["planned", "completed"]


def test_a_word_of_a_goal_is_no_status() -> None:
    told = read("Projekt: Ny brygga\nMål: Fler båtar i byn.\n\nKlar\n\nEtapp 2, bygge\n", ".txt")
    assert told.column("projects", "status_code") == ["ongoing"]
    assert told.column("projects", "goal") == ["Fler båtar i byn.\n\nKlar\n\nEtapp 2, bygge"]


def test_what_follows_a_status_on_a_line_of_its_own_is_kept() -> None:
    told = read("Bron\n\nFinansiär: Boverket\n\nPeriod: 2024\n\nPlaneras\noch mer än så\n", ".txt")
    assert told.column("projects", "status_code") == ["planned"]
    assert "och mer än så" in str(told.column("projects", "description"))


def test_the_signs_of_markdown_are_no_part_of_a_title_and_a_dash_is_no_value() -> None:
    page = "".join(
        f"# {name}\n\n| Uppgift | Innehåll |\n|---|---|\n| Projektägare | Byns förening |\n| Samverkanspartner | – |\n| Period | 2024 |\n\n"
        for name in ("Bron", "Tornet")
    )
    tables = tables_of(page, checked=False)
    assert [row["title"] for row in rows_of(tables["projects"])] == ["Bron", "Tornet"]
    assert [row["detail_code"] for row in rows_of(tables["project_details"])] == ["beneficiary"] * 2


def test_a_title_may_end_in_the_word_for_what_a_list_holds() -> None:
    facts = "<table><tr><td>Projektägare</td><td>Byns förening</td></tr><tr><td>Finansiär</td><td>Boverket</td></tr></table>"
    page = "".join(f"<h2>{name}</h2>{facts}" for name in ("Bron", "Tillsammans för tidiga insatser", "Tornet"))
    tables = tables_of(f"<h1>Projekt</h1>{page}", ".html", checked=False)
    assert {row["title"] for row in rows_of(tables["projects"])} == {
        "Bron",
        "Tillsammans för tidiga insatser",
        "Tornet",
    }


@pytest.mark.parametrize("page", [
    "RIKTLINJER\nExternt finansierade projekt\n\nMål\nMålet är att projekten ska ge bestående nytta.\n\nFinansiär: den som lämnar bidrag.\n",
    "<h1>Aktuella upphandlingar</h1><h2>Policy för inköp</h2><p>Policyn har som syfte att ge god hushållning. Målet är att avtalen har klimatkrav 2024–2027.</p>",
    "<h1>Medarbetare på kontoret</h1><h2>Vakant</h2><p>Kommunikatör<br>Startdatum: 1 februari 2026</p>",
    "Kalender\n\nKurs i snickeri\nStartdatum: 2026-01-20\nSyfte: Att lära ut snickeri.\nAnmälan senast: 2026-01-09\n",
])  # fmt: skip
def test_what_no_list_of_projects_is(page: str) -> None:
    assert tables_of(page, ".html" if page.startswith("<") else ".txt", checked=False)["projects"].empty


@pytest.mark.parametrize(("headline", "below", "name"), [
    ("*** NYTT: Kompassen startar ***", "Den 3 mars drar Kompassen igång.", "Kompassen"),
    ("Stegvis halvvägs", "Stegvis har pågått i ett år.", "Stegvis"),
    ("Tack och hej, Trampolinen!", "Trampolinen avslutades vid årsskiftet.", "Trampolinen"),
    ("Stegvis mot Norrby", "Stegvis har pågått i ett år.", "Stegvis mot Norrby"),  # no verb: all of it is the name
    ("Stegvis startar", "I höst är det dags.", "Stegvis startar"),  # the text has no such name
    ("Stegvis startar", "Projektet Stegvis startar vårdens arbete.", "Stegvis startar"),
])  # fmt: skip
def test_a_headline_names_the_project_that_the_text_under_it_names(headline: str, below: str, name: str) -> None:
    block = Block(None)
    put_title(block, Line(1, 0, headline), "title_line", LISTS, below=below)
    (part,) = block.parts["title"]
    assert headline[part.start : part.end] == name
