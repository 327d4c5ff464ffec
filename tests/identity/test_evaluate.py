"""The golden cases: pages and registers of many layouts, read as people have typed them."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from overkalix_data.base.codelist import codelist, codes
from overkalix_data.base.words import decimal
from overkalix_data.cli import main
from overkalix_data.documents.source import Source
from overkalix_data.identity import evaluate as evaluate_module
from overkalix_data.identity.evaluate import FIELDS, Evaluation, Values, evaluate, read_projects_of
from overkalix_data.identity.ledger import Entry
from overkalix_data.identity.read_projects import ReadProjects, read_pages
from overkalix_data.outputs.council.method import reading_quality
from overkalix_data.schema.records import Records
from tests.conftest import ROOT
from tests.made.shared import once

CASES = ROOT / "tests" / "cases"
UNREAD = ROOT / "tests" / "cases_unread"
"""Layouts that the reader has not learnt; its README says what they are."""
LEAST = 0.95
"""The share of a field's values that must be right, and of what is read that must be there."""


@dataclass(frozen=True)
class Case:
    """A case as it was read: its projects, what is quoted though the source does not say so there, what is told nowhere,
    and the rules that it was read by."""

    projects: list[Values]
    misquoted: list[str]
    lost: list[str]
    rules: set[str]


def read(source: Path) -> Case:
    found: list[tuple[Source, Records]] = []

    def seen(sources: list[Source], ledger: list[Entry]) -> ReadProjects:
        made = read_pages(sources, ledger)
        found.append((sources[0], made.records))
        return made

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(evaluate_module, "read_pages", seen)
        projects = read_projects_of(source)
    ((page, records),) = found
    covered, rows = bytearray(len(page.whole)), records.table("evidence")
    for row in rows:
        covered[row["start"] : row["end"]] = b"\1" * (row["end"] - row["start"])
    misquoted = [row["quote"] for row in rows if page.whole[row["start"] : row["end"]] != row["quote"]]
    lost = "".join(c for c, is_told in zip(page.whole, covered, strict=True) if not is_told).split()
    return Case(projects, misquoted, lost, {str(row["rule_id"]) for row in rows if row.get("rule_id")})


@pytest.fixture(scope="session")
def case_of(whole: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Case]:
    """The source of a case → what was read of it, once for all workers."""

    def of(source: Path) -> Case:
        name = f"case-{source.parent.parent.name}-{source.parent.name}"
        made = once(tmp_path_factory, name, lambda at: (at / "read").write_bytes(pickle.dumps(read(source))))
        case: Case = pickle.loads((made / "read").read_bytes())
        return case

    return of


@pytest.fixture(scope="module")
def told(case_of: Callable[[Path], Case]) -> Evaluation:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(evaluate_module, "read_projects_of", lambda source: case_of(source).projects)
        return evaluate(CASES)


@pytest.mark.parametrize("name", [n for n in FIELDS if n != "partners"])
def test_every_field_is_nearly_all_right(told: Evaluation, name: str) -> None:
    score = told.scores[name]
    assert (score.precision or 0) >= LEAST
    assert (score.recall or 0) >= LEAST


KNOWN = {"html-ingen-projektmodell", "r6-html-lansstyrelse-tabell-per-kommun"}
"""A table of what funders ask for, and a page's own section about its grant: read as a project, and known to be."""


def test_no_project_is_missed_and_pages_without_projects_give_none(told: Evaluation) -> None:
    assert {m.case for m in told.misses if m.field == "projects"} <= KNOWN


def test_the_figures_of_the_report_are_those_of_the_cases(told: Evaluation) -> None:
    row = next(row for row in codelist("reading_quality") if row["set_code"] == "golden")
    values = [score for name, score in told.scores.items() if name != "projects"]
    assert {name: int(row[name]) for name in ("cases", "projects", "right", "invented", "missed")} == {
        "cases": len(told.cases), "projects": told.scores["projects"].right + told.scores["projects"].missed,
        "right": sum(v.right for v in values), "invented": sum(v.invented for v in values), "missed": sum(v.missed for v in values),
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_report_tells_how_right_the_reading_is(lang: str) -> None:
    golden, *_, blind = codelist("reading_quality")
    told = reading_quality(lang)
    for row in (golden, blind):
        share = int(row["right"]) / (int(row["right"]) + int(row["invented"]))
        assert f"{row['cases']} " in told
        assert decimal(100 * share, lang, 1) in told


@pytest.mark.parametrize(
    "folder", sorted(p.parent for c in (CASES, UNREAD) for p in c.glob("*/source.*")), ids=lambda p: p.name
)
def test_nothing_of_a_case_is_lost(folder: Path, case_of: Callable[[Path], Case]) -> None:
    (source,) = folder.glob("source.*")
    case = case_of(source)
    assert (case.misquoted, case.lost) == ([], [])


def test_every_code_of_the_reading_is_in_its_list(case_of: Callable[[Path], Case]) -> None:
    used = {rule for source in CASES.glob("*/source.*") for rule in case_of(source).rules}
    assert used <= set(codes("reading_rule"))
    assert {"separator", "owner_line", "title_sign", "grant", "column_note", "unread_date"} <= used


def test_the_command_tells_the_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some = tmp_path / "facit"
    for name in ("x09-leader-beviljade", "html-dl"):
        copytree(CASES / name, some / name)
    assert main(["evaluate", str(some), "--misses"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 fall, ")
    assert "100,0\u00a0%" in out


def test_a_new_list_is_told_with_a_draft_of_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-source", str(CASES / "x09-leader-beviljade" / "source.xlsx")]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Förstått: 7 projekt\n")
    assert "source_id,path,publisher_code,url" in out


@pytest.mark.parametrize(("name", "data", "says"), [
    ("a.xlsx", b"PK\x03\x04 no archive", "är ingen Excelfil"), ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "skyddad med lösenord"),
    ("a.json", b'{"a": [1,}', "rad 1: är ingen giltig JSON"), ("a.json", b"[" * 500, "är ingen giltig JSON"),
])  # fmt: skip
def test_a_register_that_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert main(["new-source", str(tmp_path / name)]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert len(err.splitlines()) == 1
