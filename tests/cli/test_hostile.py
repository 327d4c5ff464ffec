"""Whatever comes: read as far as it goes, or exit code 2 with one line that names the file; never a traceback, never a wait."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from overkalix_data.base.errors import InputError
from overkalix_data.base.site_profile import read_profile
from overkalix_data.cli import main
from overkalix_data.identity.ledger import read_ledger
from tests.conftest import AS_OF, RAW, ROOT
from tests.made.kills import needs_fork, opening_refused

FIELDS = "Mål: Att prova.\nFinansiärer: Tillväxtverket\n"
LONG, HUGE = "1" * 30, "9" * 5000
LANG_C = {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def text(more: str) -> bytes:
    return f"Pågående projekt\n\nProvprojektet\n{FIELDS}{more}\n".encode()


def html(more: str) -> bytes:
    fields = "".join(f"<p>{line}</p>" for line in FIELDS.splitlines())
    return f"<html><body><h1>Pågående projekt</h1><h2>Provprojektet</h2>{fields}{more}</body></html>".encode()


def register(budget: str) -> bytes:
    return f"Projektnamn;Mål;Finansiär;Budget;Start\nProv;Att prova;Almi;{budget};{budget}\n".encode()


def listed(budget: str) -> bytes:
    row = {"Projektnamn": "Prov", "Mål": "Att prova", "Finansiär": "Almi", "Budget": "X"}
    return json.dumps([row]).replace('"X"', budget).encode()


def book(edit: Callable[[Workbook], object], old: bytes = b"", new: bytes = b"") -> bytes:
    """A register in a workbook, edited, and its parts edited as bytes."""
    made, saved, edited = Workbook(), io.BytesIO(), io.BytesIO()
    for row in (["Projektnamn", "Mål", "Finansiär", "Budget"], ["Prov", "Att prova", "Almi", 1000]):
        made.active.append(row)
    edit(made)
    made.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in parts.namelist():
            copy.writestr(name, parts.read(name).replace(old, new) if old else parts.read(name))
    return edited.getvalue()


def parts(count: int) -> bytes:
    """A ZIP of so many parts, all of them empty."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for n in range(count):
            archive.writestr(f"xl/{n}", b"")
    return made.getvalue()


def number(value: float, form: str) -> Callable[[Workbook], None]:
    def edit(made: Workbook) -> None:
        made.active["D2"].value, made.active["D2"].number_format = value, form

    return edit


def far(made: Workbook) -> None:
    made.active["XFD1048576"] = "x"


def nothing(made: Workbook) -> None:
    return None


READ = {  # what is odd and still a page
    "belopp.txt": text(
        f"Budget: {LONG} kr\nTotal kostnad: {LONG} mnkr\nFinansiering: Almi {LONG} kr, Region {LONG},5 tkr"
    ),
    "belopp-5000.txt": text(f"Budget: {HUGE} kr"),
    "löptext.txt": text(f"Projektet kostar {LONG} kronor och {HUGE} miljoner euro."),
    "period.txt": text(f"Projektperiod: {LONG}-{HUGE}"),
    "nummer.txt": text(f"Kontaktperson: Eva Exempel, 0{LONG}, +46{HUGE}"),
    "tecken.txt": text("Målgrupp: !!! ; ??? ; – ; ***"),
    "andra-bokstäver.txt": text("Målgrupp: молодёжь; 青年\nFinansiärer: Фонд; 基金"),
    "belopp.csv": register(LONG),
    "belopp-5000.csv": register(HUGE),
    "potens.csv": register("1e400"),
    "heltal.json": listed(HUGE),
    "potens.json": listed(f"-{HUGE}e{HUGE}"),
    "halvt-tecken.json": listed('"\\ud83d"').replace(b"Prov", b"Prov \\udc00"),
    "sektion.html": html("<![foo bar"),
    "sektion-i-sida.html": html("<![foo bar]>x<![CDATA[ y"),
    "nivå.html": html('<div role="heading" aria-level="²">x</div>'),
    "nivå-5000.html": html(f'<div role="heading" aria-level="{HUGE}">x</div>'),
    "referens.html": html(f"<p>&#{HUGE}; &#x{HUGE};</p>"),
    "referens-i-attribut.html": html(f"<img src='' alt='&#{HUGE};'>"),
    "bred-tabell.html": html(
        "<table><tr>"
        + "<td rowspan=65534 colspan=1000>x</td>" * 2000
        + "</tr>"
        + "<tr><td>y</td></tr>" * 200
        + "</table>"
    ),
    "spann.html": html(f"<table><tr><td colspan='{HUGE}'>x<td rowspan='{HUGE}' colspan='²'>y</tr></table>"),
    "länk.html": html('<a href="http://[">x</a><a href="tel:²²²">y</a>'),
    "egen-adress.html": b'<link rel="canonical" href="http://[">' + html(""),
    "dag.xlsx": book(number(1e17, "yyyy-mm-dd")),
    "sammanslaget.xlsx": book(
        nothing, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "namnlöst.xlsx": book(nothing, b'name="Sheet"', b'name=""'),
}
REFUSED = {
    "varaktighet.xlsx": (book(number(1e17, "[h]:mm:ss")), "är ingen Excelfil som går att läsa"),
    "negativ.xlsx": (book(number(-1e17, "[h]:mm:ss")), "är ingen Excelfil som går att läsa"),
    "blankt-bort.xlsx": (
        book(nothing, b'r="D2"', b'r = "XFD1048576"'),
        "är större än 200000 rader eller 20000 kolumner",
    ),
    "lång-adress.xlsx": (
        book(nothing, b'r="D2"', b'r="ZZZZZZZ99999999999"'),
        "är större än 200000 rader eller 20000 kolumner",
    ),
    "många-delar.xlsx": (parts(5_001), "packas upp till mer än 512 MB"),
    "långt-bort.xlsx": (book(far), "är större än 200000 rader eller 20000 kolumner"),
    "djup.json": (b"[" * 100_000, "rad 1: är ingen giltig JSON"),
    "djupt-objekt.json": (b'{"a":' * 100_000, "rad 1: är ingen giltig JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_an_odd_page_is_read(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(READ[name])
    assert main(["new-source", str(tmp_path / name)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "\n" in told.out


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_one_line(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data, said = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    assert main(["new-source", str(tmp_path / name)]) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.startswith(str(tmp_path / name))
    assert said in told.err
    assert len(told.err.splitlines()) == 1


def test_more_filled_cells_than_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overkalix_data.documents.xlsx.MOST_FILLED", 7)
    (tmp_path / "stor.xlsx").write_bytes(book(nothing))
    assert main(["new-source", str(tmp_path / "stor.xlsx")]) == 2
    told = f"{tmp_path / 'stor.xlsx'}: har fler än 7 celler, taggar eller värden, gränsen för en källa. Dela filen.\n"
    assert capsys.readouterr().err == told


def test_all_odd_pages_together_make_tables_and_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").mkdir()
    for name, data in READ.items():
        (tmp_path / "raw" / name).write_bytes(data)
    folders = [w for n in ("raw", "clean", "curated", "reports") for w in (f"--{n}", str(tmp_path / n))]
    assert main(["page", *folders, "--as-of", AS_OF]) in (0, 1)
    assert capsys.readouterr().err == ""


LEDGER = "project_id,version,match_code,likeness,candidates,page,source_id,retrieved_on,title,text\n"


@pytest.mark.parametrize("version", ["9" * 5000, "²", "-1", "1.0"])
def test_a_version_that_is_no_number(version: str, tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text(f"{LEDGER}a,{version},first,,,p,s,,t,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="ledger_row"):
        read_ledger(tmp_path)


PROFILES = [
    "publisher_code = 2513", "publisher_code = ['2513']", "default_status = {a = 1}", "title_heading = true",
    "title_heading = 1.0", "labels = 'x'", "labels = [1]", "[[labels]]\nwords = ['x']\nfield = 'goal'",
    "heading_words = 2026-01-01", f"title_heading = {HUGE}", "a = " + "[" * 5000, "a = 'ö".encode().hex(), "[[labels]]\nwords = 1",
]  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES, ids=range(len(PROFILES)))
def test_a_profile_of_the_wrong_kind(profile: str, tmp_path: Path) -> None:
    file = tmp_path / "exempel.se.toml"
    file.write_text(profile, encoding="utf-8")
    with pytest.raises(InputError, match="profile_"):
        read_profile(file)


# The operating system's errors.


@needs_fork
@pytest.mark.parametrize("place", ["raw", "raw/sources.csv", "raw/overkalix-projekt.txt", "curated/ledger.csv"])
def test_what_may_not_be_read_is_one_line(place: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The tests may run as root, whom no permissions stop: the operating system's answer is given for it."""
    import shutil

    shutil.copytree(RAW, tmp_path / "raw")
    if place == "raw":
        (tmp_path / "raw" / "sources.csv").unlink()
    (tmp_path / "curated").mkdir()
    (tmp_path / "curated" / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    words = ["show", "--raw", str(tmp_path / "raw"), "--curated", str(tmp_path / "curated")]
    assert opening_refused(tmp_path / place, lambda: main(words)) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{tmp_path / place}: går inte att läsa (Permission denied)")
    assert len(told.err.splitlines()) == 1


def run(*words: str, module: str = "overkalix_data", **more: object) -> "subprocess.CompletedProcess[bytes]":
    env = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}  # type: ignore[dict-item]
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, stderr=subprocess.PIPE, env=env, cwd=ROOT, **more)  # type: ignore[call-overload]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["show"], ["--help"], ["diff", str(RAW / "overkalix-projekt.txt")] * 1])
def test_a_full_disk_under_the_output(words: list[str]) -> None:
    words = [*words, words[1]] if words[0] == "diff" else words
    with Path("/dev/full").open("wb") as full:
        ran = run(*words, stdout=full)
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("overkalix: utskriften går inte att skriva (No space left on device)")
    assert len(ran.stderr.splitlines()) == 1


@needs_fork
def test_an_output_that_is_closed() -> None:
    ran = run("show", preexec_fn=lambda: os.close(1))
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1


@needs_fork
@pytest.mark.usefixtures("whole")
def test_errors_have_no_traceback_where_nobody_hears_them() -> None:
    assert run("show", "intet", preexec_fn=lambda: os.close(2)).returncode == 2
    assert run("check", preexec_fn=lambda: os.close(2), stdout=subprocess.DEVNULL).returncode in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_build_that_cannot_tell_what_it_did_has_done_nothing(tmp_path: Path) -> None:
    (tmp_path / "sida.txt").write_bytes(text(""))
    folders = [w for n in ("clean", "curated") for w in (f"--{n}", str(tmp_path / n))]
    words, module = ["build", "--raw", str(tmp_path / "sida.txt"), *folders], "tests.made.schema_by_pandas"
    with Path("/dev/full").open("wb") as full:
        assert run(*words, module=module, stdout=full).returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["sida.txt"]


@pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "ascii"}, LANG_C], ids=["ascii", "C"])
def test_a_terminal_of_another_alphabet(env: dict[str, str]) -> None:
    ran = run("show", env=env, stdout=subprocess.PIPE)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert len(ran.stdout.splitlines()) > 10


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    ran = subprocess.Popen(
        [sys.executable, "-m", "overkalix_data", "show"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.stdout
    ran.stdout.close()
    assert ran.wait() == 0
    assert ran.stderr
    with ran.stderr as errors:
        assert errors.read() == b""


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_an_output_over_a_device_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy of what stands there is kept until the new file does: of `/dev/zero` it never ends."""
    (tmp_path / "sida.txt").write_bytes(text(""))
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "projects.csv").symlink_to("/dev/zero")
    folders = [w for n in ("clean", "curated") for w in (f"--{n}", str(tmp_path / n))]
    assert main(["build", "--raw", str(tmp_path / "sida.txt"), *folders]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(" ")[0] for line in told] == [f"{tmp_path / 'clean' / 'projects.csv'}:"]
    assert [p.name for p in (tmp_path / "clean").iterdir()] == ["projects.csv"]


@pytest.mark.parametrize("option", ["clean", "curated", "reports"])
def test_the_folder_of_the_sources_is_not_written_in(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clean folder has a `sources.csv` too, and would lay it over the one that people wrote."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "sida.txt").write_bytes(text(""))
    folders = {n: str(tmp_path / n) for n in ("raw", "clean", "curated", "reports")} | {option: f"{tmp_path}/./raw"}
    assert main(["build", *(w for n, place in folders.items() for w in (f"--{n}", place))]) == 2
    told = capsys.readouterr().err
    assert told == f"{folders[option]}: är mappen med källorna. Välj en annan för det som läggs till eller görs.\n"
    assert [p.name for p in (tmp_path / "raw").iterdir()] == ["sida.txt"]


@needs_fork
def test_a_folder_whose_name_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sida.txt").write_bytes(text(""))
    curated = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    places = ["--raw", str(tmp_path / "sida.txt"), "--clean", str(tmp_path / "clean"), "--curated", curated]
    assert main(["build", *places, "--as-of", AS_OF]) in (0, 1)
    assert (Path(curated) / "ledger.csv").is_file()
    assert capsys.readouterr().err == ""


@needs_fork
@pytest.mark.parametrize("most", [0, 1000, 10_000])
def test_no_room_even_for_temporary_files(most: int, tmp_path: Path) -> None:
    """Files may grow to so many bytes: a lock without its words, a sheet that is half written in the folder for
    temporary files."""
    import resource

    (tmp_path / "sida.txt").write_bytes(text(""))
    (tmp_path / "curated").mkdir()
    ran = run("template", "--raw", str(tmp_path / "sida.txt"), "--curated", str(tmp_path / "curated"), "--as-of", AS_OF,
              stdout=subprocess.PIPE, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))  # fmt: skip
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert "går inte att skriva" in ran.stderr.decode()
    assert len(ran.stderr.splitlines()) == 1
    assert [*(tmp_path / "curated").iterdir()] == []


def test_a_list_longer_than_a_form_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("overkalix_data.outputs.template.MOST_ROWS", 100)
    page, curated = str(RAW / "overkalix-projekt.txt"), tmp_path / "curated"
    assert main(["template", "--raw", page, "--curated", str(curated), "--as-of", AS_OF]) == 2
    told = capsys.readouterr().err
    assert re.fullmatch(rf"{page}: antalet rader i formuläret skulle bli \d+, och högst 100 får plats\. .+\n", told)
    assert not curated.exists()


@pytest.mark.parametrize("command", ["report", "page", "publish", "export --all"])
def test_a_list_longer_than_a_report_shows_is_refused_and_its_tables_are_made(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("overkalix_data.pipeline.MOST_REPORTED", 24)
    folders = [w for n in ("clean", "curated", "reports") for w in (f"--{n}", str(tmp_path / n))]
    page = str(RAW / "overkalix-projekt.txt")
    assert main([*command.split(), "--raw", page, *folders, "--as-of", AS_OF]) == 2
    line = f"{page}: antalet rader i tabellen Projekt är 25, och en rapport visar högst 24. Dela listan, eller kör overkalix build för tabellerna.\n"
    assert capsys.readouterr().err == line
    assert list(tmp_path.iterdir()) == []
    assert main(["build", "--raw", page, *folders, "--as-of", AS_OF]) in (0, 1)


def test_more_refused_rows_than_a_report_shows_are_told_by_build_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("overkalix_data.pipeline.MOST_REFUSED", 2)
    folders = [w for n in ("clean", "curated", "reports") for w in (f"--{n}", str(tmp_path / n))]
    (tmp_path / "curated").mkdir()
    rows = "".join(f"borta-{n},start,,2024,,,,,,\n" for n in range(3))
    (tmp_path / "curated" / "values.csv").write_text(
        f"project_id,field,item,value,currency,rate,source,who,date,note\n{rows}", encoding="utf-8"
    )
    words = ["--raw", str(RAW / "overkalix-projekt.txt"), *folders, "--as-of", AS_OF]
    assert main(["page", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(
        f"{tmp_path / 'curated'}: antalet ifyllda rader som inte kunde tas emot är 3, och en rapport visar högst 2."
    )
    assert len(told.err.splitlines()) == 1
    assert main(["build", *words]) in (0, 1)
    assert capsys.readouterr().out.count("values.csv, rad ") == 3
    monkeypatch.setattr("overkalix_data.pipeline.MOST_REFUSED", 3)
    assert main(["page", *words]) in (0, 1)


def test_more_corrections_of_every_project_than_are_looked_for_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("overkalix_data.curation.corrections.MOST_EVERYWHERE", 2)
    (tmp_path / "curated").mkdir()
    file, words = (
        tmp_path / "curated" / "corrections.csv",
        ["--raw", str(RAW / "overkalix-projekt.txt"), "--curated", str(tmp_path / "curated")],
    )
    for count, code in ((2, 0), (3, 2)):
        rows = "".join(f",goal,ord {n},replace,x,stavfel,Eva,,,active\n" for n in range(count))
        file.write_text(
            "project_id,field,original,action_code,replacement,reason,who,date,source,status_code\n" + rows
            + "borta,goal,ord,replace,x,stavfel,Eva,,,active\n,funder,Borta,clear,,fel,Eva,,,active\n", encoding="utf-8",
        )  # fmt: skip
        assert main(["show", *words]) == code
    assert re.match(r"corrections\.csv, \D*4: högst 2 rättelser får sakna projekt", capsys.readouterr().err)


def test_links_in_a_ring_are_told_as_what_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where pathlib itself follows them, which has an error of its own for it."""
    place = tmp_path / "sidor" / "2513" / "2026-01-01"
    place.mkdir(parents=True)
    (place / "a.txt").symlink_to("a.txt")
    assert main(["lake", str(tmp_path / "sidor"), str(tmp_path / "ut"), "--workers", "1"]) == 2
    assert re.match(rf"{place / 'a.txt'}: går inte att läsa \(.+\)", capsys.readouterr().err)


def test_a_way_to_show_pictures_that_is_no_more_stops_no_command(tmp_path: Path) -> None:
    """`MPLBACKEND` of an old set-up: Matplotlib itself cannot be imported with it."""
    code = "from overkalix_data.cli import main; main(['check', '--explain', 'period-missing']); import overkalix_data.charts"
    env = os.environ | {"MPLBACKEND": "Qt4Agg", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_more_rows_of_a_table_than_a_report_shows_are_refused_and_so_are_more_pairs_of_funders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "sida.txt"
    page.write_text(
        "Pågående projekt\n\nProvet\nMål: Att prova.\nFinansiärer: Almi, Sparbanken, Tillväxtverket\n\n"
        "Provtvåan\nMål: Att pröva.\nFinansiärer: Almi, Region Norrbotten\n\nProvtrean\nMål: Att pröva.\nFinansiärer: Almi, Region Norrbotten\n", encoding="utf-8",
    )  # fmt: skip
    folders = [w for n in ("clean", "curated", "reports") for w in (f"--{n}", str(tmp_path / n))]
    words = ["page", "--raw", str(page), *folders, "--as-of", AS_OF]
    for bound, enough, said in (
        ("MOST_REPORTED", 4, "antalet rader i tabellen Finansiärer är 4, och en rapport visar högst 3."),
        ("MOST_ROWS", 7, "antalet rader i tabellen Finansiering är 7, och en rapport visar högst 6."),
        ("MOST_ROWS", 9, "antalet rader i tabellen Iakttagelser är 9, och en rapport visar högst 8."),
        ("MOST_PAIRS", 4, "antalet par av finansiärer i samma projekt är minst 4, och en rapport visar högst 3."),
    ):
        monkeypatch.setattr(f"overkalix_data.pipeline.{bound}", enough - 1)
        assert main(words) == 2
        assert capsys.readouterr().err.startswith(f"{page}: {said}")
        monkeypatch.setattr(f"overkalix_data.pipeline.{bound}", enough)
    monkeypatch.setattr("overkalix_data.pipeline.MOST_ROWS", 200)
    assert main(words) in (0, 1)
