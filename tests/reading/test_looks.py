"""Where projects begin by how their titles are set, and what a page must show for it."""

from pathlib import Path

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.documents.source import Line, Source, read_sources
from overkalix_data.reading.layouts import parse_page, readings
from overkalix_data.reading.looks import look_of
from overkalix_data.reading.own_labels import own_labels

CARDS = """<main><h1>Projektbank</h1>
<div class="card"><p class="name">Ny brygga</p><p class="fact">Projektägare: Byaföreningen</p><p class="fact">Finansiärer: Leader Polaris</p></div>
<div class="card"><p class="name">Grön skola</p><p class="fact">Projektägare: Norrbygda kommun</p><p class="fact">Finansiärer: Vinnova</p></div>
<div class="card"><p class="name">Om projekten</p><p>Vi är med i flera projekt om året.</p></div></main>"""

ASKING = """Våra projekt

Ny brygga
Vem: Byaföreningen
Hur länge: 2024-01-01 – 2025-12-31
Slantar: Leader Polaris 200 000 kr

Grön skola
Vem: Norrbygda kommun
Hur länge: 2025-02-01 – 2026-06-30
Slantar: Vinnova 1,2 mkr
"""


def page_of(path: Path, text: str) -> Source:
    path.write_text(text, encoding="utf-8")
    return read_sources(str(path))[0]


def titles(source: Source) -> list[str]:
    page = parse_page(source)
    return [page.source.text[p.start : p.end] for block in page.blocks for p in block.parts.get("title", [])]


def test_a_class_marks_the_titles_and_what_has_no_facts_is_none(tmp_path: Path) -> None:
    source = page_of(tmp_path / "sida.html", CARDS)
    assert titles(source) == ["Ny brygga", "Grön skola"]
    assert (readings(source)[0].layout, readings(source)[0].look) == ("look", "0|p.name|")


@pytest.mark.parametrize(
    ("text", "look", "lead"),
    [
        ("”Läsa på jobbet” (Kulturrådet, 420 000 kr), ledare läser högt.", "quoted", "”Läsa på jobbet”"),
        ("§ 61 Slite kallbadhus", "§paragraph", "§ 61 Slite kallbadhus"),
        ("3.1 Vätgas till tunga fordon", "part", "3.1 Vätgas till tunga fordon"),
        ("Döda fallet lyser – kommunen bygger ljus längs gångvägen till fallet i höst.", "dash", "Döda fallet lyser"),
        ("Finansiärer: Leader Polaris", "", "Finansiärer: Leader Polaris"),
    ],
)
def test_the_look_of_a_line_of_text(text: str, look: str, lead: str) -> None:
    found, length = look_of(Line(1, 0, text))
    assert (found, text[:length]) == (look, lead)


def test_labels_that_a_page_repeats_are_its_own(tmp_path: Path) -> None:
    source = page_of(tmp_path / "sida.txt", ASKING)
    assert titles(source) == ["Ny brygga", "Grön skola"]
    (first, second) = parse_page(source).blocks
    assert set(first.parts) == set(second.parts) == {"title", "owner", "period", "funder"}
    own = own_labels([line for line in source.lines if line.text], source.lists)
    assert own.fields["slantar"] == "funder"  # no list knows the word: its values tell
    assert own.at("Slantar: Almi 5 000 kr", source.lists) is not None
    assert own.at("Kuriosa: Almi 5 000 kr", source.lists) is None


def test_a_funders_name_is_the_label_of_what_it_pays() -> None:
    label = own_labels([], lists_for()).at("Växjö kommun: 80 000 kr", lists_for())
    assert label is not None
    assert label.field == "co_financing"
