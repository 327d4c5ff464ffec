"""The golden cases: pages and registers of many layouts, read as people have typed them."""

from pathlib import Path

import pytest

from overkalix_data.cli import main
from overkalix_data.evaluate import FIELDS, Evaluation, evaluate

CASES = Path(__file__).parent / "cases"
LEAST = 0.95
"""The share of a field's values that must be right, and of what is read that must be there."""


@pytest.fixture(scope="module")
def told() -> Evaluation:
    return evaluate(CASES)


@pytest.mark.parametrize("name", [n for n in FIELDS if n != "partners"])
def test_every_field_is_nearly_all_right(told: Evaluation, name: str) -> None:
    score = told.scores[name]
    assert (score.precision or 0) >= LEAST
    assert (score.recall or 0) >= LEAST


def test_no_project_is_missed_and_pages_without_projects_give_none(told: Evaluation) -> None:
    assert told.scores["projects"].missed == 0
    assert {m.case for m in told.misses if m.field == "projects"} <= {"kommun-prosa"}
    assert len(told.cases) == 46


def test_the_command_tells_the_scores(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(CASES), "--misses"]) == 0
    assert capsys.readouterr().out.startswith("46 fall, 222 projekt\n")


def test_a_new_list_is_told_with_a_draft_of_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-source", str(CASES / "x09-leader-beviljade" / "source.xlsx")]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Förstått: 7 projekt\n")
    assert "source_id,path,publisher_code,url" in out


@pytest.mark.parametrize(("name", "data", "says"), [
    ("a.xlsx", b"PK\x03\x04 no archive", "är ingen Excelfil"), ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "skyddad med lösenord"),
    ("a.json", b'{"a": [1,}', "rad 1: är ingen giltig JSON"), ("a.json", b"[" * 500, "är ingen giltig JSON"),
])  # fmt: skip
def test_a_register_that_cannot_be_read_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert main(["new-source", str(tmp_path / name)]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert len(err.splitlines()) == 1
