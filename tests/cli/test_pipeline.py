"""The whole way: one command makes everything, twice the same, and says how bad it is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from overkalix_data.cli import main
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, read_tables
from tests.conftest import AS_OF, CURATED, RAW, ROOT


def run(command: str, folder: Path, *more: str) -> int:
    """A command on the real page, with nothing curated unless a test says so: everything it writes is in the folder."""
    places = {"raw": RAW, "clean": folder / "clean", "reports": folder / "reports", "curated": folder / "curated"}
    where = [word for name, place in places.items() for word in (f"--{name}", str(place))] + ["--as-of", AS_OF]
    return main([command, *where, *more])


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.usefixtures("great_expectations", "pdf")
def test_report_makes_everything_and_twice_the_same_bytes(
    report: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = report("sv")
    capsys.readouterr()
    assert run("report", tmp_path, "--curated", str(CURATED), "--png") == 0
    told = capsys.readouterr()
    one, two = files(first), files(tmp_path)
    assert one == two
    made = {name for name in one if not name.startswith("clean/") and "great_expectations" not in name}
    assert {"reports/internal/overkalix-projekt.xlsx", "reports/public/projekt-per-finansiar.svg",
            "reports/public/projekt-per-finansiar.png", "reports/internal/kvalitet.html", "reports/public/kvalitet.html"} <= made  # fmt: skip
    assert {name for name in one if name.startswith("clean/")} == {f"clean/{name}.csv" for name in TABLES}
    assert told.err == ""
    for words in ("25 projekt: 11 pågående, 14 avslutade (status antagen för 11: sidan säger den inte); 24 olika texter", "12 finansiärer i 69 finansieringar; 8 kedjor",
                  "belopp för 0 av 25 projekt"):  # fmt: skip
        assert words in told.out
    for name in made:
        assert Path(name).name in told.out


def test_rebuilt_tables_are_the_committed_ones(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "curated", tmp_path / "curated")
    assert run("build", tmp_path) == 0
    assert files(tmp_path / "curated") == files(ROOT / "data" / "curated")
    assert files(tmp_path / "clean") == files(ROOT / "data" / "clean")


def test_tables_survive_the_disk(tables: Tables, tmp_path: Path) -> None:
    assert run("build", tmp_path) == 0
    read = read_tables(tmp_path / "clean")
    for name in TABLES:
        pd.testing.assert_frame_equal(read[name], tables[name])


def test_csv_is_utf8_lf_with_a_header_and_sorted_by_key(tmp_path: Path) -> None:
    assert run("build", tmp_path) == 0
    for name, table in TABLES.items():
        data = (tmp_path / "clean" / f"{name}.csv").read_bytes()
        assert b"\r" not in data
        assert data.decode("utf-8").splitlines()[0].split(",") == [c.name for c in table.columns]
    projects = pd.read_csv(tmp_path / "clean" / "projects.csv")
    assert projects["project_id"].is_monotonic_increasing


@pytest.mark.parametrize("command", ["build", "page", "publish", "export --all"])
def test_a_page_without_projects_is_critical_and_still_written(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "sida.txt"
    page.write_text("Så söker du stöd\n\nHär kan du läsa om hur en ansökan går till.\n", encoding="utf-8")
    folders = [w for n in ("clean", "curated", "reports") for w in (f"--{n}", str(tmp_path / n))]
    assert main([*command.split(), "--raw", str(page), *folders, "--as-of", AS_OF]) == 1
    assert "kritisk" in capsys.readouterr().out
    if command == "build":
        assert len(pd.read_csv(tmp_path / "clean" / "projects.csv")) == 0
        told = set(pd.read_csv(tmp_path / "clean" / "findings.csv").query("severity == 'critical'")["rule_id"])
        assert told == {"project-none", "text-unplaced"}


def test_accepted_findings_stay_visible_and_stale_ones_are_told(tmp_path: Path) -> None:
    curated = tmp_path / "curated"
    curated.mkdir()
    (curated / "accepted.csv").write_text(
        "rule_id;row_id;reason;who;date\nperiod-ended;move-on-up;Förlängt, beslut väntas;E. Ek;2026-11-01\n"
        "title-missing;move-on-up;Har titel;E. Ek;2026-11-01\n",
        encoding="cp1252",
    )
    assert run("build", tmp_path, "--curated", str(curated)) == 0
    findings = read_tables(tmp_path / "clean")["findings"]
    ended = findings.query("rule_id == 'period-ended'")
    assert ended["accepted_text"].tolist() == ["Förlängt, beslut väntas"]
    assert findings.query("rule_id == 'acceptance-stale'")["row_id"].tolist() == ["title-missing|move-on-up"]


def test_an_acceptance_without_a_reason_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    curated = tmp_path / "curated"
    curated.mkdir()
    (curated / "accepted.csv").write_text(
        "rule_id,row_id,reason,who,date\nperiod-ended,move-on-up,,E. Ek,\n", encoding="utf-8"
    )
    assert run("build", tmp_path, "--curated", str(curated)) == 2
    assert capsys.readouterr().err == (
        f"{curated / 'accepted.csv'}, rad 2: kolumnen reason är tom. Fyll i den eller ta bort raden.\n"
    )
    assert not (tmp_path / "clean").exists()


def test_a_page_that_shrinks_and_changes_its_labels_is_told(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "old.txt").write_bytes((RAW / "overkalix-projekt.txt").read_bytes())
    (raw / "new.txt").write_text(
        "Projekt\n\nMål: Att starta företag.\nFinansiärer: Överkalix kommun\n", encoding="utf-8"
    )
    (raw / "sources.csv").write_text(
        "source_id,path,url,retrieved_on\nnew,new.txt,https://example.se/projekt,2026-11-01\n"
        "old,old.txt,https://example.se/projekt,2025-11-01\n",
        encoding="utf-8",
    )
    assert run("build", tmp_path, "--raw", str(raw)) == 0
    tables = read_tables(tmp_path / "clean")
    assert tables["sources"]["source_id"].tolist() == ["new"]
    assert tables["snapshots"].set_index("source_id")["projects"].to_dict() == {"new": 1, "old": 25}
    told = tables["findings"].set_index("rule_id")["value"]
    assert told["coverage-shrunk"] == "25 → 1"
    assert told["labels-vanished"] == "Kontaktperson; Målgrupp; Syfte"
