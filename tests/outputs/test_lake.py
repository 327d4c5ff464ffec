"""A tree of pages as one lake: the same bytes from one process, a pool and Dask; whole or not at all."""

import os
import shutil
import signal
from pathlib import Path

import pandas as pd
import pytest

import overkalix_data as od
from overkalix_data.analyse.state import by_status
from overkalix_data.base.errors import InputError
from overkalix_data.cli import main
from overkalix_data.outputs.lake import workers as ways
from overkalix_data.outputs.lake.build import Lake, built_lake
from overkalix_data.outputs.lake.page_folders import Publisher
from overkalix_data.outputs.lake.publisher_files import WrittenPublisher, write_publisher
from tests.made.pages import page

SHARED = "\n\n{title}\nMål: Att {who} gemensamt öppnar en verkstad för unga i hela länet, med handledare och verktyg.\nFinansiärer: Tillväxtverket\nDiarienummer: 2023-1234\nKontaktperson: {who}, 070-174 06 {number}\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two municipalities, one of them fetched twice, with a project in common."""
    for place, who, number in (
        ("0114/2026-01-31", "Ida Alm", 11),
        ("2514/2025-01-31", "Ida Alm", 22),
        ("2514/2026-01-31", "Ida Alm", 22),
    ):
        folder = tmp_path / "raw" / place
        folder.mkdir(parents=True)
        text = page("Tillväxtverket", "Leader Polaris") + SHARED.format(
            title="Verkstad för unga", who=who, number=number
        )
        (folder / "sida.txt").write_text(text.replace("Eva Exempel", f"Eva {place[:4]}sson"), encoding="utf-8")
    return tmp_path / "raw"


def lake(raw: Path, out: Path, workers: int = 1, scheduler: str = "") -> Lake:
    with built_lake(raw, out, workers=workers, scheduler=scheduler) as made:
        return made


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def killed_once(publisher: Publisher, out: str) -> WrittenPublisher:
    """A worker that the system kills the first time, in the midst of its files."""
    written = write_publisher(publisher, out)
    mark = Path(out).parent / "killed"
    if publisher.code == "2514" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return written


def test_each_table_stands_by_municipality_and_fetch(raw: Path, tmp_path: Path) -> None:
    lake(raw, tmp_path / "lake")
    assert sorted(files(tmp_path / "lake" / "projects")) == [
        "publisher_code=0114/retrieved_on=2026-01-31/0114-2026-01-31-sida.parquet",
        "publisher_code=2514/retrieved_on=2025-01-31/2514-2025-01-31-sida.parquet",
        "publisher_code=2514/retrieved_on=2026-01-31/2514-2026-01-31-sida.parquet",
    ]
    every = pd.read_parquet(tmp_path / "lake" / "projects", partitioning=None)
    assert set(every["publisher_code"]) == {"0114", "2514"}


def test_a_pool_whose_worker_is_killed_gives_what_one_process_does(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake(raw, tmp_path / "one")
    monkeypatch.setattr(ways, "write_publisher", killed_once)
    lake(raw, tmp_path / "pool", workers=2)
    assert (tmp_path / "killed").exists()
    assert files(tmp_path / "pool") == files(tmp_path / "one")


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_gives_the_same(raw: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed (the extra [engine])")
    lake(raw, tmp_path / "one")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        lake(raw, tmp_path / "dask", scheduler=cluster.scheduler_address)
    assert files(tmp_path / "dask") == files(tmp_path / "one")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_cannot_be_read_leaves_the_lake_as_it_was(raw: Path, tmp_path: Path, workers: int) -> None:
    out = tmp_path / "lake"
    lake(raw, out)
    before = files(out)
    (raw / "2514" / "2026-01-31" / "sida.txt").write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        lake(raw, out, workers)
    assert files(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lake", "raw"]


def test_a_run_killed_between_the_two_names_is_put_right(raw: Path, tmp_path: Path) -> None:
    lake(raw, tmp_path / "lake")
    before = files(tmp_path / "lake")
    (tmp_path / "lake").rename(tmp_path / ".lake.old")
    (raw / "2514" / "2026-01-31" / "sida.txt").write_bytes(b"")
    with pytest.raises(InputError):
        lake(raw, tmp_path / "lake")
    assert files(tmp_path / "lake") == before


def test_the_newest_fetches_are_loaded_as_one_clean_folder(raw: Path, tmp_path: Path) -> None:
    lake(raw, tmp_path / "lake")
    data = od.load(tmp_path / "lake")
    assert sorted(set(data.projects["publisher_code"])) == ["0114", "2514"]
    assert not data.tables["projects"]["project_id"].duplicated().any()
    assert by_status(data.tables)["projects"].sum() == len(data.projects) - 1  # one stands on both pages
    assert not data.wide().empty
    cited = data.evidence_for("projects", data.projects["project_id"][0], "goal")
    assert cited.query("use_code == 'value'")["quote"].tolist() == ["Att öppna en blå verkstad."]


def test_a_project_of_two_pages_is_linked_and_a_name_in_two_municipalities_is_two_people(
    raw: Path, tmp_path: Path
) -> None:
    made = lake(raw, tmp_path / "lake")
    tables = od.load(tmp_path / "lake").tables
    links = tables["project_links"].query("relation_code == 'same_project'")
    pairs = set(zip(links["project_id"].str[:4], links["target"].str[:4], strict=True))
    assert pairs == {("2514", "0114")}
    assert made.shared == len(links)
    assert len(tables["contacts"].query("name == 'Ida Alm'")) == 2


def test_a_folder_of_something_else_is_not_replaced(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "brev.txt").write_text("hej", encoding="utf-8")
    assert main(["lake", str(raw), str(tmp_path / "mine"), "--workers", "1"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "mine" / "brev.txt").read_text(encoding="utf-8") == "hej"
    assert main(["lake", str(raw), str(raw / "lake"), "--workers", "1"]) == 2
    shutil.rmtree(tmp_path / "mine")
    assert main(["lake", str(raw), str(tmp_path / "mine"), "--workers", "1"]) == 0
