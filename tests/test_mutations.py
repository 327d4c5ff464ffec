"""Nothing in the code knows the page by heart: changed looks, other names and another order give the same facts."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overkalix_data.interpret import interpret
from overkalix_data.normalise.places import municipality_code
from overkalix_data.normalise.wording import squeeze
from overkalix_data.parse import parse_page
from overkalix_data.read import Source, read_sources
from overkalix_data.records import Records
from tests.conftest import RAW
from tests.mutated_page import HOME, MUTATIONS, Municipality, Mutation, facts, joined, renamed, taken_apart

PLACES = [
    HOME,
    Municipality("Pajala", "Pajala kommun", "pajala.se"),
    Municipality("Arjeplog", "Arjeplogs kommun", "arjeplog.se"),
    Municipality("Östra Göinge", "Östra Göinge kommun", "ostragoinge.se"),
    Municipality("Malung-Sälen", "Malung-Sälens kommun", "malung-salen.se"),
    Municipality("Vara", "Vara kommun", "vara.se"),
    Municipality("Storsele", "Storsele kommun", "storsele.se"),
    Municipality("Övre Mittle", "Övre Mittle kommun", "ovremittle.se"),
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
    covered = bytearray(len(source.text))
    for row in records.table("evidence"):
        assert source.text[row["start"] : row["end"]] == row["quote"]
        covered[row["start"] : row["end"]] = b"\x01" * (row["end"] - row["start"])
    assert [source.line_at(n) for n, c in enumerate(source.text) if not c.isspace() and not covered[n]] == []


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
def test_each_mutation_changes_the_page_and_not_the_facts(mutation: Mutation, loose: Path, told: dict[str, object]) -> None:
    text = mutated(HOME, (mutation,), seed=1)
    assert text != PAGE.text
    source, records = read(text, loose)
    assert facts(records, HOME) == told
    assert_nothing_is_lost(source, records)


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
@settings(derandomize=True, deadline=None, max_examples=80)
def test_the_facts_do_not_depend_on_looks(
    place: Municipality, chosen: set[int], seed: int, line_end: str, loose: Path, told: dict[str, object]
) -> None:
    text = mutated(place, tuple(MUTATIONS[n] for n in sorted(chosen)), seed).replace("\n", line_end)
    source, records = read(text, loose)
    assert facts(records, place) == told
    assert_nothing_is_lost(source, records)
    assert_publisher(records, place)
