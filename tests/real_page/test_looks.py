"""Nothing in the code knows the page by heart: changed looks, other names and another order give the same facts."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overkalix_data.base.wording import squeeze
from overkalix_data.documents.source import Source, read_sources
from overkalix_data.identity.rows import interpret
from overkalix_data.reading.layouts import parse_page
from overkalix_data.schema.records import Records
from overkalix_data.values.phone_email import find_contact_points
from overkalix_data.values.place import municipality_code
from tests.conftest import RAW
from tests.real_page.facts import HOME, Municipality, facts
from tests.real_page.mutated_page import MUTATIONS, Mutation, joined, renamed, taken_apart

pytestmark = pytest.mark.whole  # the whole page, read a hundred times
PLACES = [
    HOME,
    Municipality("Pajala kommun", "Pajala", "pajala.se"),
    Municipality("Arjeplogs kommun", "Arjeplog", "arjeplog.se"),
    Municipality("Östra Göinge kommun", "Östra Göinge", "ostragoinge.se"),
    Municipality("Malung-Sälens kommun", "Malung-Sälen", "malung-salen.se"),
    Municipality("Vara kommun", "Vara", "vara.se"),
    Municipality("Storsele kommun", "Storsele", "storsele.se"),
    Municipality("Övre Mittle kommun", "Övre Mittle", "ovremittle.se"),
]
"""Listed ones, one whose name is an ordinary word too, and two that do not exist."""

(PAGE,) = read_sources(str(RAW / "overkalix-projekt.txt"))


@pytest.fixture(scope="session")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A loose text file: no `sources.csv` says whose page it is."""
    return tmp_path_factory.mktemp("page") / "sida.txt"


@pytest.fixture(scope="session")
def told(records: Records) -> dict[str, object]:
    """The facts of the real page, read with its `sources.csv`."""
    return facts(records, HOME)


def mutated(place: Municipality, mutations: tuple[Mutation, ...], seed: int) -> str:
    page = renamed(taken_apart(PAGE), place)
    for mutation in mutations:
        page = mutation(page, Random(seed))
    return joined(page)


def read(text: str, file: Path) -> tuple[Source, Records]:
    file.write_text(text, encoding="utf-8", newline="")
    (source,) = read_sources(str(file))
    return source, interpret([parse_page(source)])


def assert_nothing_is_lost(source: Source, records: Records) -> None:
    lost = {n for n, char in enumerate(source.text) if not char.isspace()}
    for row in records.table("evidence"):
        start, end = int(str(row["start"])), int(str(row["end"]))
        assert source.text[start:end] == row["quote"]
        lost -= set(range(start, end))
    assert sorted({source.line_at(n) for n in lost}) == []


def assert_publisher(records: Records, place: Municipality) -> None:
    code = municipality_code(place.full_name)
    assert {p.get("publisher_code", "") for p in records.table("projects")} == {code}


def test_taken_apart_and_joined_again_it_is_the_page() -> None:
    page = taken_apart(PAGE)
    assert joined(page) == PAGE.text
    assert sum(chunk.project for chunk in page) == 25
    assert {chunk.section for chunk in page if chunk.project} == {2, 3, 4}
    labels = {squeeze(p.text) for c in page for p in c.pieces if p.kind == "label"}
    assert labels == {"Mål:", "Målgrupp:", "Finansiärer:", "Kontaktperson:", "Syfte"}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.__name__)
def test_each_mutation_changes_looks_not_facts(mutation: Mutation, loose: Path, told: dict[str, object]) -> None:
    text = mutated(HOME, (mutation,), seed=1)
    assert text != PAGE.text
    source, records = read(text, loose)
    assert facts(records, HOME) == told
    assert_nothing_is_lost(source, records)


EXAMPLES = [  # what the mutations found: a project's text → its title, funders and contacts
    (
        "Mål:\n\nFler jobb\n\nFinansiärer:\n\nAlmi, Vattenfall\n\nKontaktperson:\n\nEva Ek, eva@example.se",
        "",
        ["almi", "vattenfall"],
        ["Eva Ek"],
    ),
    ("Mål: Fler jobb\nFinansiärer: Almi\nKontaktperson:\nEva Ek\n0926-740 00", "", ["almi"], ["Eva Ek"]),
    ("Mål: Fler\nmål\nför alla\n\nFinansiärer: Almi", "", ["almi"], []),
    ("Skog\nnu –\nett projekt som syftar till\natt pröva och finansieras\nav Almi", "Skog nu", ["almi"], []),
    ("Syftet\nmed satsningen är\natt pröva\n\nFinansieras\nav Almi", "", ["almi"], []),
    ("Mål: Pröva\nFinansiär: Almi\nKontaktperson: Ann‑Sofi Ek, 070‑115  33\n56", "", ["almi"], ["Ann‑Sofi Ek"]),
]


@pytest.mark.parametrize(("text", "title", "funders", "contacts"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_small_examples(text: str, title: str, funders: list[str], contacts: list[str]) -> None:
    records = interpret([parse_page(Source("s", text, "", "utf-8"))])
    (project,) = records.table("projects")
    assert project.get("title", "") == title
    assert [f["funder_id"] for f in records.table("project_funders")] == funders
    assert [c["name"] for c in records.table("contacts")] == contacts
    assert len(records.table("project_contacts")) == len(contacts)


def test_prose_ends_with_its_funders_wherever_the_line_breaks() -> None:
    text = "Skog nu – ett projekt som pågår\noch finansieras\nav Almi\n\nMål: Något annat\nFinansiär: Vattenfall\n"
    blocks = parse_page(Source("s", text, "", "utf-8")).blocks
    assert [text[b.start : b.end].split()[0] for b in blocks] == ["Skog", "Mål:"]


def test_a_line_longer_than_a_title_with_text_right_under_it_is_wrapped() -> None:
    text = (
        "Mål: Ta fram en plan\nFinansiär: Almi\nKontaktperson: Eva Ek\n\n"
        "Turistisk plan 2022-2026, Handlingsplan turism Exempelby 2022-2026 och Plan för marknadsföring Visit\n"
        "Exempelby finns bifogat under Dokument\n\nMål: Något annat\nFinansiär: Vattenfall\nKontaktperson: Eva Ek\n"
    )
    blocks = parse_page(Source("s", text, "", "utf-8")).blocks
    assert [" ".join(text[b.start : b.end].split()[:2]) for b in blocks] == ["Mål: Ta", "Mål: Något"]


@pytest.mark.parametrize(("text", "numbers"), [
    ("0926-  740 70", ["+4692674070"]), ("070-115 33\n56", ["+46701153356"]), ("0926–\r\n740 70", ["+4692674070"]),
    ("0926-740 70\n0926-740 26", ["+4692674070", "+4692674026"]),
    ("0926-740 70\n956 81 Överkalix", ["+4692674070"]), ("0926-740 70\n2023", ["+4692674070"]),
    ("0926-740 70\n\n33 56", ["+4692674070"]),
])  # fmt: skip
def test_a_number_goes_on_over_a_wrap_and_no_further(text: str, numbers: list[str]) -> None:
    assert [p.value for p in find_contact_points(text)] == numbers


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_another_municipality_has_the_same_facts(place: Municipality, loose: Path, told: dict[str, object]) -> None:
    text = mutated(place, (), seed=0)
    assert place is HOME or "verkalix" not in text
    _, records = read(text, loose)
    assert facts(records, place) == told
    assert_publisher(records, place)


@given(
    place=st.sampled_from(PLACES),
    chosen=st.sets(st.sampled_from(range(len(MUTATIONS)))),
    seed=st.integers(0, 2**16),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
@settings(max_examples=60)
def test_the_facts_do_not_depend_on_looks(
    place: Municipality, chosen: set[int], seed: int, line_end: str, loose: Path, told: dict[str, object]
) -> None:
    text = mutated(place, tuple(MUTATIONS[n] for n in sorted(chosen)), seed).replace("\n", line_end)
    source, records = read(text, loose)
    assert facts(records, place) == told
    assert_nothing_is_lost(source, records)
    assert_publisher(records, place)
