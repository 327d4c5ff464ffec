"""Whatever is written in a file: it is read with nothing lost and nothing invented, or refused in words (InputError).

CI tries 2,000 inputs with a fixed seed; `make fuzz` as many as `FUZZ` says, and remembers what it found in
`.hypothesis`. Each crash becomes a file in `files/`, which is read here ever after.
"""

import io
import os
import random
import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from overkalix_data.base.codelist import decode_csv
from overkalix_data.base.errors import InputError
from overkalix_data.base.site_profile import read_profile
from overkalix_data.base.wording import squeeze
from overkalix_data.curation.form_read import filled_in
from overkalix_data.curation.publication import read_publication
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.ledger import read_ledger
from overkalix_data.schema.curated_files import COLUMNS, curated_rows
from tests.made.desk import Desk
from tests.made.registers import as_xlsx, lost, read

FILES = sorted((Path(__file__).parent / "files").iterdir())
COUNT = int(os.environ.get("FUZZ", "0"))
"""Inputs of each kind; 0: those of CI, the same every time."""
WORDS = ["Pågående projekt", "Avslutade projekt", "Projektnamn", "Mål", "Mål: ", "Syfte:", "Finansiärer: ", "Målgrupp: ", "Kontaktperson: ", "Projektperiod: ", "Budget: ", "Status",
         "Provet", "Almi", "Region Norrbotten", "Eva Exempel", "070-174 06 35", "eva@example.se", "1 200 000 kr", "1,2 mkr", "2022–2024", "2024-01-01", "och ", " - ", "–", "…", "....", "12", "och",
         "\n", "\n", "\n\n", "\r\n", "\r", " ", "   ", "\u00a0", "\t", ";", ",", "|", ":", "(", ")", '"', '""', "'", "=", "%", "@", "\u2028", "\u00ad", "a\u030a", "İ", "²", "\ufeff", "😀", "\u202e", "0" * 40]  # fmt: skip
TAGS = ["<h1>", "<h2>", "</h2>", "<p>", "</p>", "<br>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<th>", "</table>", "<td colspan=3 rowspan=2>", "<dl>", "<dt>", "<dd>", "<ul>", "<li>", "<b>",
        "</b>", "<a href='tel:070'>", "</a>", "<img alt='Mål: x'>", "<details>", "<summary>", "<nav>", "<pre>", "<!--", "-->", "<![", "<!", "<", ">", "</", "<script>", "</script>", "&aring;", "&#", "&#x0;", "&", "<span class='label'>"]  # fmt: skip
JSON = ["[", "]", "{", "}", ",", ":", '"Projektnamn"', '"Mål"', '"\\ud800"', '"\\n"', "1", "-1e999", "null", "true", '{"Projektnamn":"A","Mål":"b"}', '[{"titel":"A","syfte":"b"},', "]"]  # fmt: skip
IN_CI = {".txt": 60, ".html": 60, ".csv": 300, ".json": 300, ".xlsx": 120, "komplettering.xlsx": 30}
"""Of each other curated file 130: some 2,000 in all."""
FROM_THE_PAGE = {
    "projects": ("title", "goal", "purpose", "results", "funder_text"),
    "project_funders": ("as_published",),
}
"""Columns whose every word stands on the page."""


def many(kind: str) -> settings:
    return settings(
        derandomize=not COUNT, database=DirectoryBasedExampleDatabase(".hypothesis") if COUNT else None, deadline=None,
        max_examples=COUNT or IN_CI.get(kind, 130), suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def mixed(*pieces: list[str]) -> st.SearchStrategy[bytes]:
    """Pieces in any order, with anything between; now and then with bytes that are no text."""
    piece = st.one_of(*(st.sampled_from(some) for some in pieces), st.text(max_size=4))
    joined = st.lists(piece, max_size=25).map(lambda some: "".join(some).encode("utf-8", "replace"))
    return st.one_of(joined, joined, joined, st.tuples(joined, st.binary(max_size=3)).map(b"".join))


def cut(data: bytes, seed: int) -> bytes:
    """A workbook as it is, every other time; else with a few bytes changed, or its end lost."""
    if seed % 2:
        return data
    pick = random.Random(seed)
    changed = bytearray(data)
    for _ in range(seed % 3):
        changed[pick.randrange(len(changed))] = pick.randrange(256)
    return bytes(changed[: pick.randrange(len(changed))] if seed % 7 == 6 else changed)


CELL = st.one_of(st.sampled_from([w for w in WORDS if w.isprintable()]), st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=4))  # fmt: skip
ROWS = st.lists(st.lists(CELL, max_size=4), min_size=1, max_size=4)
BOOKS = st.tuples(ROWS, st.integers(0, 99)).map(lambda made: cut(as_xlsx({"Projekt": [WORDS[2:4], *made[0]]}), made[1]))
KINDS = {
    ".txt": mixed(WORDS), ".html": mixed(WORDS, TAGS), ".csv": mixed(WORDS, [";", "\n", '"', "Projektnamn;Mål\n"]),
    ".json": st.one_of(mixed(WORDS, JSON), mixed(WORDS).map(lambda b: b'[{"Projektnamn":"A","x":"' + b + b'"}]')),
    ".xlsx": BOOKS,
}  # fmt: skip


READERS: dict[str, Callable[[Path], object]] = {
    "ledger": read_ledger, "accepted": lambda folder: curated_rows(folder, "accepted"), "utgivning": read_publication
}  # fmt: skip


def assert_read_or_refused(data: bytes, suffix: str) -> None:
    try:
        told = read(data, suffix)
    except InputError:
        return
    assert lost(told) == []
    whole = squeeze(told.source.text)
    values = (
        str(row.get(c) or "") for table, columns in FROM_THE_PAGE.items() for row in told.tables[table] for c in columns
    )
    assert [word for value in values for word in value.split() if word.strip(";,.") not in whole] == []
    if len(data) % 16 == 0:
        assert read(data, suffix).tables == told.tables


@pytest.mark.parametrize("suffix", KINDS)
def test_any_source(suffix: str) -> None:
    @many(suffix)
    @given(KINDS[suffix])
    def run(data: bytes) -> None:
        assert_read_or_refused(data, suffix)

    run()


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_what_once_was_too_much(file: Path) -> None:
    assert_read_or_refused(file.read_bytes(), file.suffix)


PROFILE = ["[[labels]]\n", "words = 'x'\n", "field = 'goal'\n", "[", "]", "=", "default_status = 'x'\n"]
CURATED: dict[str, tuple[list[str], Callable[[Path], object]]] = {
    f"{name}.csv": ([",".join(columns) + "\n", "a" + ",1" * (len(columns) - 1) + "\n", "2026-01-01", "<<<<<<<"], reader)
    for name, columns in COLUMNS.items()
    for reader in (READERS.get(name, partial(curated_rows, name=name)),)
} | {
    "exempel.se.toml": (PROFILE, lambda folder: read_profile.__wrapped__(folder / "exempel.se.toml")),
    "sources.csv": (["source_id,path,url,retrieved_on\n", "a,a.txt,", "https://exempel.se/x,", "\n"], lambda folder: read_sources(str(folder))),
    "lista.csv": (["words;field\n", "a;b\n"], lambda folder: decode_csv((folder / "lista.csv").read_bytes())),
}  # fmt: skip


@pytest.mark.parametrize("name", CURATED)
def test_any_curated_file_and_codelist(name: str, tmp_path: Path) -> None:
    pieces, reader = CURATED[name]
    (tmp_path / "a.txt").write_text("Projekt\n\nProvet\nMål: Att prova.\n", encoding="utf-8")

    @many(name)
    @given(mixed(WORDS, pieces))
    def run(data: bytes) -> None:
        (tmp_path / name).write_bytes(data)
        try:
            reader(tmp_path)
        except InputError:
            return

    run()


OF_TWO = "Projekt\n\nProvet\nMål: Att prova.\nFinansiärer: Almi\nMålgrupp: unga\n\nMässan\nMål: Att visa.\nFinansiärer: Almi\n"
"""A page of two: the form is read whole for each input, and one of 25 takes five times as long."""


def retold(form: dict[str, str], edits: list[tuple[int, str]]) -> bytes:
    """The form's parts with other words in some of its cells: headings, keys, what the book remembers of itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for part, text in form.items():
            for at, words in edits if "sheet" in part.lower() else ():
                cells = list(re.finditer("(?<=<[tv]>)[^<]*", text))
                cell = cells[at % len(cells)] if cells else re.search("$", text)
                text = text[: cell.start()] + escape(words) + text[cell.end() :] if cell else text
            copy.writestr(part, text)
    return out.getvalue()


def test_any_form(tmp_path: Path) -> None:
    form = Desk(tmp_path / "desk", OF_TWO).with_form().form
    with zipfile.ZipFile(form) as made:
        parts = {name: made.read(name).decode() for name in made.namelist()}

    @many(form.name)
    @given(st.lists(st.tuples(st.integers(0), CELL), max_size=4), st.integers(0, 99))
    def run(edits: list[tuple[int, str]], seed: int) -> None:
        (tmp_path / form.name).write_bytes(cut(retold(parts, edits), seed))
        try:
            filled_in(tmp_path)
        except InputError:
            return

    run()
