"""Which rows of a funder's register are ours: none that only looks like it, of 2,000 rows with near-misses."""

import random
from pathlib import Path

import pytest

from overkalix_data.curation.matching import Matches, known_projects, matched
from overkalix_data.curation.register_rows import register_rows
from overkalix_data.identity.read_projects import read_projects

PAGE = """Projekt

{projects}
"""
HEAD = "Diarienummer;Stödmottagare;Projektägare organisationsnummer;Namn på insatsen;Startdatum;EU-fond;Program CCI"
OURS, THEIRS = "ÖVERKALIX KOMMUN;", "GÄLLIVARE KOMMUN;"
NUMBERED, NAMED, UNKNOWN_ROUND = range(20), range(20, 40), range(40, 50)
"""Projects whose number the page gives; those it names, with their first day; those it names without one."""


def name(n: int) -> str:
    return f"Skogens väg {n} – från ax till limpa, en satsning på ett helt annat sätt i byarna, etapp {n}"


def number(n: int) -> str:
    return f"23-{100 + n}-S01"


def start(n: int) -> str:
    return f"2023-{1 + n % 12:02}-{1 + n % 28:02}"


def block(n: int) -> str:
    lines = [f"Projektnamn: {name(n)}", f"Mål: Att bygga stig nummer {n} genom skogen."]
    lines += [f"Diarienummer: {number(n)}"] if n in NUMBERED else []
    lines += [f"Startdatum: {start(n)}"] if n in NAMED else []
    return "\n".join([*lines, "Finansiärer: Överkalix kommun, Svenska ESF-rådet"])


def true_row(n: int) -> str:
    return f"{number(n)};{OURS};{name(n)};{start(n)};ESF+;2021SE05SFPR"


def near_misses(n: int) -> list[str]:
    """Rows that resemble project n and are others."""
    other = f"24-{500 + n}-S02"
    rows = [
        f"{other};{THEIRS};{name(n)};{start(n)};ESF+;2021SE05SFPR",  # the same name in another municipality
        f"{other};{OURS};{name(n)[:-1]}{n}0;{start(n)};ESF+;2021SE05SFPR",  # another part of it
        f"{number(n)};VITBERGETS KOMMUN;;Vitbergets lyft {n};2016-02-01;ERUF;2014SE16RFOP",  # the number, elsewhere
        f"{other};{OURS};Älvens väg {n};{start(n)};ESF+;2021SE05SFPR",  # ours, and begun the same day
        f"{other};HABO KOMMUN;;{name(n).replace('väg', 'vag')};{start(n)};ESF+;2021SE05SFPR",
    ]
    if n not in UNKNOWN_ROUND:
        rows.append(f"25-{500 + n}-S03;{OURS};{name(n)};2026-01-15;ESF+;2021SE05SFPR")  # its next round
    return rows


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Matches, set[tuple[str, str]]]:
    folder = tmp_path_factory.mktemp("register")
    (folder / "raw").mkdir()
    page = PAGE.format(projects="\n\n".join(block(n) for n in range(50)))
    (folder / "raw" / "sida.txt").write_text(page, encoding="utf-8")
    (folder / "raw" / "sources.csv").write_text(
        "source_id,path,publisher_code,url,retrieved_on,media_type,encoding,sha256,licence,note\n"
        "sida,sida.txt,2513,https://www.overkalix.se/projekt/,,text/plain,utf-8,,,\n", encoding="utf-8",
    )  # fmt: skip
    rows = [true_row(n) for n in range(50)] + [row for n in range(50) for row in near_misses(n)]
    rows += [
        f"25-{500 + n}-S03;{OURS};{name(n)};2026-01-15;ESF+;2021SE05SFPR" for n in UNKNOWN_ROUND
    ]  # a second round, and the page does not say which is its own
    rows += [f"22-{1000 + n};{THEIRS};Annat {n};2022-01-01;ESF+;2021SE05SFPR" for n in range(2000 - len(rows))]
    random.Random(19).shuffle(rows)
    (folder / "register.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    projects = known_projects(read_projects(str(folder / "raw"), Path(folder)).records)
    assert len(projects) == 50
    true = {(name(n), number(n)) for n in range(50) if n not in UNKNOWN_ROUND}
    return matched(register_rows(str(folder / "register.csv")), projects), true


def test_of_2000_rows_with_near_misses_none_is_wrong_and_each_that_can_be_known_is_found(
    told: tuple[Matches, set[tuple[str, str]]],
) -> None:
    matches, true = told
    assert {(m.project.title, *m.row.numbers) for m in matches.found} == true
    assert len(matches.found) == len(true)
    assert all(m.row.title == m.project.title for m in matches.found)
    assert {m.certainty for m in matches.found} == {"exact"}
    assert len(matches.found) + len({id(m.row) for m in matches.refused}) + matches.others == 2000


def test_what_nearly_fits_is_told_with_why(told: tuple[Matches, set[tuple[str, str]]]) -> None:
    matches, _ = told
    whys = {m.why for m in matches.refused}
    assert whys == {"other_owner", "other_programme", "other_number", "other_round", "several_rows"}
    rounds = {m.project.title for m in matches.refused if m.why == "several_rows"}
    assert rounds == {name(n) for n in UNKNOWN_ROUND}
