"""A tree of pages as one lake: the same bytes from one process, a pool and Dask; whole or not at all."""

import errno
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
from overkalix_data.outputs.lake.page_folders import Publisher, publishers
from overkalix_data.outputs.lake.publisher_files import WrittenPublisher, write_publisher
from tests.made.pages import page

pytestmark = pytest.mark.whole
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


PARTS = ("bygg", "kultur")


def put_page(folder: Path) -> None:
    """A page of three projects."""
    folder.mkdir(parents=True)
    (folder / "sida.txt").write_text(page("Tillväxtverket", "Leader Polaris", "Vinnova"), encoding="utf-8")


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


@pytest.mark.parametrize("day", ["2026-11-23/", ""])
def test_all_folders_of_a_day_are_one_fetch(tmp_path: Path, day: str) -> None:
    for part in PARTS:
        put_page(tmp_path / "raw" / f"2513/{day}{part}")
    if day:
        put_page(tmp_path / "raw" / "2513/2025-11-23")
    made = lake(tmp_path / "raw", tmp_path / "lake")
    data = od.load(tmp_path / "lake")
    assert len(data.projects) == made.projects == 6
    assert set(data.projects["source_id"]) == {f"2513-{day[:-1]}-{part}-sida".replace("--", "-") for part in PARTS}


@pytest.mark.parametrize("places", [["Åre", "Are"], ["2513/2026-11-23", "2026-11-23/2513"]])
def test_two_municipalities_or_sources_of_one_id_are_refused(tmp_path: Path, places: list[str]) -> None:
    for place in places:
        put_page(tmp_path / "raw" / place)
    with pytest.raises(InputError, match="lake_twice"):
        lake(tmp_path / "raw", tmp_path / "lake")


@pytest.mark.parametrize(
    ("place", "name", "code", "day"),
    [
        ("overkalix/2026", "overkalix", "", "2026"),
        ("2026/overkalix", "overkalix", "", "2026"),
        ("2026-11/2513", "2513", "2513", "2026-11"),
        ("2026/2513/2026-11-23", "2513", "2513", "2026-11-23"),
        ("2026-11-23 ny/2513", "2513", "2513", ""),
        ("2026/2026-11-23/bygg", "2026", "2026", "2026-11-23"),
        ("2026/2026", "2026", "2026", "2026"),
        ("2026-gagnef", "2026", "2026", ""),
    ],
)
def test_a_year_is_a_day_and_the_code_of_gagnef_only_where_nothing_else_names_a_municipality(
    tmp_path: Path, place: str, name: str, code: str, day: str
) -> None:
    put_page(tmp_path / place)
    (one,) = publishers(tmp_path)
    assert (one.name, one.code, one.fetches[0].day) == (name, code, day)


def test_a_month_orders_fetches_and_is_no_date(tmp_path: Path) -> None:
    for month in ("2026-11", "2026-10"):
        put_page(tmp_path / "raw" / month / "2513")
    lake(tmp_path / "raw", tmp_path / "lake")
    projects = od.load(tmp_path / "lake").projects
    assert set(projects["source_id"]) == {"2513-2026-11-sida"}
    assert od.load(tmp_path / "lake").tables["sources"]["retrieved_on"].isna().all()


@pytest.mark.skipif(os.name == "nt", reason="links need rights, and the current folder cannot be renamed")
def test_a_link_and_the_current_folder_are_followed_to_where_they_lead(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to("far")
    for _ in range(2):
        lake(raw, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert files(tmp_path / "far")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    lake(Path("../raw"), Path())
    assert files(tmp_path / "here") == files(tmp_path / "far")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["{out}", "--workers", "-1"], "overkalix: --workers ska vara ett heltal från 0, inte ”-1”. Kör"),
        (["{out}", "--workers", "abc"], "overkalix: --workers ska vara ett heltal från 0, inte ”abc”. Kör"),
        (["{out}", "--scheduler", "bogus"], "--scheduler bogus: är ingen adress. Skriv den som tcp://"),
        (["/"], ": är en hel disk eller en monterad mapp, som inte kan ersättas. Välj en mapp i den."),
    ],
)
def test_what_cannot_be_done_is_one_line(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    assert main(["lake", str(raw), *(word.format(out=tmp_path / "lake") for word in words)]) == 2
    told = capsys.readouterr().err
    assert line in told
    assert told.count("\n") == 1
    assert not (tmp_path / "lake").exists()


def test_an_error_of_the_system_is_told_in_its_words(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the number and the path that Python puts before and behind them; an error without words says what it is."""
    (tmp_path / "fil").touch()
    where, told = tmp_path / "fil" / "lake", os.strerror(errno.ENOTDIR)
    assert main(["lake", str(raw), str(where), "--workers", "1"]) == 2
    assert capsys.readouterr().err.startswith(f"{where}: går inte att skriva ({told})")

    def fails(*_: object) -> None:
        raise OSError("disken svarar inte")

    monkeypatch.setattr("overkalix_data.outputs.lake.build._placed", fails)
    assert main(["lake", str(raw), str(tmp_path / "lake"), "--workers", "1"]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'lake'}: går inte att skriva (disken svarar inte)")


def test_one_of_a_thing_is_told_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_page(tmp_path / "raw" / "2513")
    assert main(["lake", str(tmp_path / "raw"), str(tmp_path / "lake"), "--workers", "1"]) == 0
    assert capsys.readouterr().out.endswith(
        "lake: 1 kommun, 1 sida, 3 projekt i de senaste hämtningarna; 0 av dem står på flera sidor.\n"
    )
