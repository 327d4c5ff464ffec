"""Every reader is linear up to its bound, and beyond it says so: exit code 2, one line with the file, the place, the bound."""

import json
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from overkalix_data.analyse.public_edition import public_tables
from overkalix_data.checks.validate import check_tables
from overkalix_data.cli import main
from overkalix_data.curation.addition import Addition, Correction
from overkalix_data.curation.apply import put_values
from overkalix_data.curation.candidates import MOST_OTHERS, reviews
from overkalix_data.curation.corrections import put_corrections
from overkalix_data.curation.matching import Project, matched
from overkalix_data.curation.register_rows import RegisterRow
from overkalix_data.documents import source
from overkalix_data.documents.source import MAX_BYTES, read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.identity.recognition import Wording, match
from overkalix_data.outputs.terminal.review import _lines
from overkalix_data.schema.curated_files import COLUMNS
from tests.made.registers import records_of_bytes, tables_of_bytes

TEXT = "Pågående projekt\n\nProvprojektet\nMål: Att prova.\nFinansiärer: Almi\n"
HTML = "<h1>Pågående projekt</h1><h2>Provprojektet</h2><p>Mål: Att prova.</p><p>Finansiärer: Almi</p>"
CSV = "Projektnamn;Mål;Finansiär\nProv;Att prova;Almi\n"
BEYOND = [  # what is too much of something, and what the line says
    ("rader.txt", TEXT + "\n" * 1001, ": texten har fler än 1000 rader, gränsen för en källa. Dela filen."),
    ("rad.txt", f"{TEXT}{'a' * 1001}\n", ", rad 6: är längre än 1000 tecken, gränsen för en rad. Dela raden."),
    ("rad.html", f"{HTML}<p>{'a' * 1001}", ", rad 9: är längre än 1000 tecken, gränsen för en rad. Dela raden."),
    ("taggar.html", HTML + "<b>" * 1001, ": har fler än 1000 celler, taggar eller värden, gränsen för en källa. Dela filen."),
    ("celler.csv", CSV + "x;" * 1001, ": har fler än 1000 celler, taggar eller värden, gränsen för en källa. Dela filen."),
    ("citattecken.csv", CSV + '"' * 2002, ": har fler än 1000 celler, taggar eller värden, gränsen för en källa. Dela filen."),
    ("värden.json", json.dumps([{"Projektnamn": "A", "Mål": [1] * 1001}]), ": har fler än 1000 celler, taggar eller"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "said"), BEYOND, ids=[name for name, *_ in BEYOND])
def test_beyond_a_bound(
    name: str, text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for bound in ("MOST_LINES", "LONGEST_LINE", "MOST_CELLS"):
        monkeypatch.setattr(source, bound, 1000)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["new-source", str(tmp_path / name)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{tmp_path / name}{said}")
    assert len(told.err.splitlines()) == 1


GROWING: dict[str, Callable[[int], str]] = {
    "div.html": lambda n: HTML + "<div>" * n + "x" + "</div>" * n,
    "fetstil.html": lambda n: HTML + "<b>x " * n,
    "listor.html": lambda n: HTML + "<ul><li>x" * n,
    "dragspel.html": lambda n: HTML + "<details><summary>x" * n,
    "tabell-i-tabell.html": lambda n: HTML + "<table><tr><td>x" * n,
    "celler.html": lambda n: HTML + "<table><tr>" + "<td>x" * n,
    "kommentar.html": lambda n: HTML + "<!--" * n,
    "halv-tagg.html": lambda n: HTML + "<a b='" * n,
    "citattecken.csv": lambda n: f'{CSV}"{"x" * n}"";x\n' + '"' * n,
    "kolumner.csv": lambda n: CSV + "x;" * n,
    "lodstreck.txt": lambda n: TEXT + "a | b |\n" * (n // 4),
    "blankrader.txt": lambda n: TEXT + "\n" * n + "Syfte: x\n",
    "namn.txt": lambda n: f"{TEXT}Kontaktperson: " + ", ".join(f"Eva Ek{k}, 070-174 06 {k % 90 + 10}" for k in range(n // 4)),
    "finansiärer.txt": lambda n: f"{TEXT}Finansiärer: " + ", ".join(f"Förening {k} 1 000 kr" for k in range(n // 4)),
    "belopp.txt": lambda n: f"{TEXT}Finansiering: " + "1 kr " * n + "Almi",
    "grupper.txt": lambda n: f"{TEXT}Målgrupp: " + ", ".join(f"unga (x{k})" for k in range(n // 2)),
    "nyheter.txt": lambda n: "".join(f"I projektet ”Bron {k}” byggs en bro 2024–2025 av Kils kommun.\n\n" for k in range(3 * n)),
    "år.txt": lambda n: f"{TEXT}Projektperiod: " + "2022, 2023, " * n,
    "värden.json": lambda n: '[{"Projektnamn":"A","Mål":[' + "[]," * n + "1]}]",
}  # fmt: skip


def calls(work: Callable[[], object]) -> int:
    """How many functions are called meanwhile, Python's own and those in C: the same on every machine."""
    called = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal called
        called += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


def calls_of_reading(file: Path) -> int:
    return calls(lambda: read_pages(read_sources(str(file)), ()))


@pytest.mark.parametrize("name", GROWING)
def test_twice_as_much_takes_twice_the_steps(name: str, tmp_path: Path) -> None:
    small, large = tmp_path / f"liten-{name}", tmp_path / f"stor-{name}"
    first = tmp_path / f"första-{name}"
    for file, length in ((first, 50), (small, 600), (large, 1200)):
        file.write_text(GROWING[name](length), encoding="utf-8")
    calls_of_reading(first)  # the lists are read once
    few, many = calls_of_reading(small), calls_of_reading(large)
    assert 1.2 * few < many < 2.8 * few  # four times as many where each looks at all the others


ONE = "Satsning {n}\nMål: Att prova {n} saker i bygden hela året.\nFinansiärer: Förening {n}\nKontaktperson: Eva Ek{n}, 070-174 06 05\n\n"
"""Projects that differ in little: each is like all the others, and each has a payer and a contact of its own."""


def page(count: int) -> bytes:
    return ("Pågående projekt\n\n" + "".join(ONE.format(n=n) for n in range(count))).encode()


def rematched(count: int) -> object:
    old, new = ([Wording("", f"Att {verb} {n} saker i bygden") for n in range(count)] for verb in ("prova", "pröva"))
    return match(new, [[wording] for wording in old])


def reviewed(count: int) -> object:
    """A candidate for each project, shown."""
    records = records_of_bytes(page(count), ".txt")
    rows = [
        dict.fromkeys(COLUMNS["candidates"], "")
        | {"candidate_id": f"c{n}", "project_id": str(row["project_id"]), "field": "granted_sek", "value": str(n), "item": "almi"}
        | {"status_code": "open", "certainty_code": "exact"}
        for n, row in enumerate(records.table("projects"))
    ]  # fmt: skip
    return [line for review in reviews(records, rows) for line in _lines(records, review, "sv")]


def contested(count: int) -> object:
    """As many candidates as there are projects, all of one field of one project."""
    records = records_of_bytes(page(1), ".txt")
    row = dict.fromkeys(COLUMNS["candidates"], "") | {"field": "goal", "status_code": "open", "certainty_code": "exact"}
    of_one = row | {"project_id": str(records.table("projects")[0]["project_id"])}
    reviewed = reviews(records, [of_one | {"candidate_id": f"c{n}", "value": f"Mål {n}"} for n in range(count)])
    assert {(len(review.others), review.more) for review in reviewed} == {(MOST_OTHERS, count - 1 - MOST_OTHERS)}
    return [line for review in reviewed for line in _lines(records, review, "sv")]


def filled_in(count: int) -> object:
    """Funders, groups and themes added to one project, sums for them, and every second one taken away again."""
    records = records_of_bytes(page(1), ".txt")
    project_id = str(records.table("projects")[0]["project_id"])
    rows = [
        (field, item, value)
        for n in range(count)
        for field, item, value in (
            ("funder", f"Sparbanken {n}", ""), ("target_group", f"grupp {n}", ""), ("granted_sek", f"sparbanken-{n}", "100"),
            ("funder", f"Sparbanken  {n - 1}", "remove" if n % 2 else ""),
        )
    ]  # fmt: skip
    given = [Addition("values.csv", str(n), project_id, *row) for n, row in enumerate(rows)]
    put_values(records, given)
    outcomes = {str(row["outcome_code"]) for row in records.rows["additions"].values()}
    assert outcomes <= {"applied", "no_item", "conflict"}
    assert len(records.rows["project_target_groups"]) == count
    return records


def corrected(count: int) -> object:
    """The funder of each project replaced, and its goal."""
    records = records_of_bytes(page(count), ".txt")
    rows = [
        Correction("corrections.csv", f"{n}{field}", str(row["project_id"]), field, original, "replace", "Almi", *[""] * 4, "active")
        for n, row in enumerate(records.table("projects"))
        for field, original in (("funder", str(row["funder_text"])), ("goal", "bygden"))
    ]  # fmt: skip
    put_corrections(records, rows)
    assert {row["outcome_code"] for row in records.rows["additions"].values()} == {"applied"}
    assert {key for (key,) in records.rows["funders"]} == {"almi"}
    return records


def registered(count: int) -> object:
    """All of one funder and day, half of the projects without a name."""
    funder = frozenset({"tillvaxtverket"})
    rows = [
        RegisterRow("", title=f"Satsning {n}", start="2024-01-01", funders=funder, owner="Kils kommun")
        for n in range(count)
    ]
    none = frozenset[str]()
    projects = [
        Project(str(n), "", f"Satsning {n}" * (n % 2), "2024-01-01", "", none, "", frozenset({"kils kommun"}), none, none, funder)
        for n in range(count)
    ]  # fmt: skip
    return matched(rows, projects)


LATER: dict[str, Callable[[int], Callable[[], object]]] = {
    "rules": lambda n: partial(check_tables, tables_of_bytes(page(n), ".txt"), "2026-11-23"),
    "the public edition": lambda n: partial(public_tables, tables_of_bytes(page(n), ".txt")),
    "projects of two fetches": lambda n: partial(rematched, n),
    "a register": lambda n: partial(registered, n),
    "candidates": lambda n: partial(reviewed, n),
    "candidates of one field": lambda n: partial(contested, n),
    "what was filled in": lambda n: partial(filled_in, n),
    "corrections": lambda n: partial(corrected, n),
}


@pytest.mark.parametrize("step", LATER)
def test_twice_as_many_projects_take_twice_the_steps(step: str) -> None:
    LATER[step](20)()
    few, many = calls(LATER[step](300)), calls(LATER[step](600))
    assert many < 2.8 * few


HEAVY = ("celler.html", "fetstil.html", "kolumner.csv", "värden.json", "blankrader.txt")


@pytest.mark.parametrize("name", HEAVY)
def test_a_source_of_the_largest_size_fits_in_a_gigabyte(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundredth part of the bound that it meets first, measured, a hundred times."""
    monkeypatch.setattr(source, "MAX_BYTES", MAX_BYTES // 50)
    part = {".html": "<", ".csv": ";", ".json": ","}.get(Path(name).suffix, "\n")
    most = source.MOST_LINES if part == "\n" else source.MOST_CELLS
    text = GROWING[name](most // 100)
    assert 0.9 < text.count(part) * 100 / most < 2.2
    assert len(text) * 100 < 2 * MAX_BYTES
    (tmp_path / name).write_text(text, encoding="utf-8")
    read_sources(str(tmp_path / name))
    tracemalloc.start()
    try:
        read_sources(str(tmp_path / name))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak * 100 < 2**30
