"""The documents tell the truth: every command in them runs, every name in them is there, what is written from the code is its."""

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from overkalix_data.cli import main
from overkalix_data.documents.source import read_sources
from overkalix_data.outputs.pages.dictionary import DICTIONARY, LAYOUTS, data_dictionary, layouts
from overkalix_data.schema.curated_files import COLUMNS
from tests.conftest import AS_OF, RAW, ROOT
from tests.test_architecture import PACKAGE, ROOMS

READMES = ("README.md", "README.sv.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "docs/decisions.md", "docs/glossary.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS}


def command_lines(name: str) -> list[str]:
    """The lines of a document's indented blocks, each a command; what a comment says is not of it."""
    return re.findall(
        r"^    (\S.*?)(?: +#.*)?$",
        re.sub(r"^```.*?^```", "", TEXTS[name], flags=re.DOTALL | re.MULTILINE),
        re.MULTILINE,
    )


COMMANDS = list(dict.fromkeys(line.replace(".venv\\Scripts\\", "") for name in READMES for line in command_lines(name)))


@pytest.fixture(scope="module")
def place(whole: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the project's own, with a new fetch of the page under each name that the documents give it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "data", folder / "data")
    named = ("register-esf-insatser", "register-kohesio-land", "html-dl", "text-ett-bidrag-per-rad")
    for case in named:  # all of them are read in `identity/`
        shutil.copytree(ROOT / "tests" / "cases" / case, folder / "tests" / "cases" / case)
    page = (RAW / "overkalix-projekt.txt").read_text(encoding="utf-8")
    for name in set(re.findall(r"data/raw/([\w-]+\.txt)", " ".join(COMMANDS))) - {"overkalix-projekt.txt"}:
        (folder / "data" / "raw" / name).write_text(
            page.replace("Sparbanken Nord", "Norrbottens sparbank"), encoding="utf-8"
        )
    return folder


def runs_overkalix(words: Sequence[str]) -> None:
    assert main([*words, "--as-of", AS_OF]) == 0


def runs_make(words: Sequence[str]) -> None:
    subprocess.run(["make", "--dry-run", *words], cwd=ROOT, check=True, capture_output=True)


def runs_python(words: Sequence[str]) -> None:
    """A module that is there, with files that are there; pip's options are ones that it has."""
    assert words[0] == "-m"
    assert importlib.util.find_spec(words[1])
    if words[1] == "pip":
        options = subprocess.run(
            [sys.executable, "-m", "pip", words[2], "--help"], check=True, capture_output=True, text=True
        ).stdout
        assert all(
            re.search(rf"^  .*{word}\b", options, re.MULTILINE)
            for word in words
            if word.startswith("-") and word != "-m"
        )
        assert all((ROOT / word).exists() for word in words[3:] if not word.startswith("-"))


def runs_jupyter(words: Sequence[str]) -> None:
    assert importlib.util.find_spec("jupyterlab")
    assert words[0] == "lab"
    assert list((ROOT / words[1]).glob("*.ipynb"))


PROGRAMS: dict[str, Callable[[Sequence[str]], None]] = {
    "overkalix": runs_overkalix, "make": runs_make, "py": runs_python, "python": runs_python, "jupyter": runs_jupyter,
}  # fmt: skip


RUN_ELSEWHERE: dict[str, Callable[[pytest.FixtureRequest], Path]] = {
    "overkalix report": lambda request: request.getfixturevalue("report")("sv"),
    "overkalix export --all": lambda request: request.getfixturevalue("packs"),
}
"""What makes the most is run once, with its folders named, for the tests of what it makes."""


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_of_a_readme_runs(
    line: str, place: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ran := RUN_ELSEWHERE.get(line):
        assert ran(request).is_dir()
        return
    opened: list[str] = []
    monkeypatch.chdir(place)
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(
        "overkalix_data.outputs.council.pdf.PROGRAMS", ()
    )  # has tests of its own, and takes the longest
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr("overkalix_data.outputs.terminal.fetch.fetch_page", lambda *_: None)  # no test asks the network
    program, *words = shlex.split(line)
    PROGRAMS[program](words)
    assert bool(opened) == ("--open" in words)


@pytest.mark.parametrize("name", READMES)
def test_the_analysts_lines_run(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    (block,) = re.findall(r"^```python\n(.*?)^```", TEXTS[name], re.DOTALL | re.MULTILINE)
    names: dict[str, object] = {}
    exec(block, names)
    assert {"od", "analyse", "charts", "pipeline", "cost_total"} <= names.keys()
    assert list(place.glob("*.svg"))


def test_readme_is_read_in_a_minute() -> None:
    assert len(TEXTS["README.md"].splitlines()) <= 150


def test_readme_maps_every_room_from_the_ground_up() -> None:
    rooms = re.findall(
        r"`(\w+)/?`",
        "".join(re.findall(r"^\| (`.*?) \|", TEXTS["README.md"].partition("## The rooms")[2], re.MULTILINE)),
    )
    in_folders = [room for room in ROOMS if (PACKAGE / room).is_dir()]
    assert [room for room in rooms if room in in_folders] == in_folders
    assert {*rooms, "__main__"} >= {*ROOMS, "codelists", "profiles"}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_curated_file_is_told_with_its_columns(name: str) -> None:
    section = TEXTS["README.sv.md"].partition(f"**`{name}.csv`**")[2].partition("\n**`")[0]
    assert [column for column in COLUMNS[name] if f"`{column}`" not in section] == []


def test_data_dictionary_and_layouts_are_written_from_the_schema_and_the_golden_cases() -> None:
    assert data_dictionary() == (ROOT / DICTIONARY).read_text(encoding="utf-8")
    assert layouts(ROOT / "tests" / "cases") == (ROOT / LAYOUTS).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_help_tells_every_command_and_every_option_has_help(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help", "--lang", lang])
    assert left.value.code == 0
    commands = re.findall(r"^    ([\w-]+) ", capsys.readouterr().out, re.MULTILINE)
    assert commands == [
        "report",
        "build",
        "check",
        "show",
        "export",
        "page",
        "publish",
        "template",
        "match",
        "review",
        "fetch",
        "diff",
        "evaluate",
        "new-source",
        "lake",
    ]
    for command in commands:
        assert all(re.search(rf"^    overkalix {command}\b", TEXTS[name], re.MULTILINE) for name in READMES)
        with pytest.raises(SystemExit):
            main([command, "--help", "--lang", lang])
        told = capsys.readouterr().out
        for option in ("--raw", "--curated", "--clean", "--reports", "--as-of", "--lang"):
            assert re.search(rf"^  {option} .*?(\S\s\S|\n {{10,}}\S)", told, re.MULTILINE | re.DOTALL), option
        assert ("Val:" in told) == (lang == "sv")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_a_document_names_exist(name: str) -> None:
    paths = re.findall(r"`((?:overkalix_data|docs|tests|data)/[\w/.-]+)`", TEXTS[name])
    links = re.findall(r"\]\((?!https:)([\w/.-]+)", TEXTS[name])
    missing = [p for p in paths if not (ROOT / p).exists()] + [
        p for p in links if not ((ROOT / name).parent / p).exists()
    ]
    assert set(missing) <= {f"data/curated/{file}" for file in ("brevmall.docx", "komplettering.xlsx", "utgivning.csv")}


def test_every_dependency_has_a_decision_and_two_bounds() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    decisions = (ROOT / "docs/decisions.md").read_text(encoding="utf-8").casefold()
    listed = project.partition("[project.scripts]")[0]
    for name, bounds in re.findall(r'^    "([\w-]+)([^"]*)",$', listed, re.MULTILINE):
        assert re.fullmatch(r">=[\d.]+,<\d+", bounds), name
        assert name in decisions, name


def test_lock_files_have_hashes_and_name_no_host() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|file:|index-url|find-links", text), lock.name


def test_the_raw_page_is_the_one_that_sources_csv_declares() -> None:
    for source in read_sources(str(ROOT / "data/raw")):
        assert source.sha256 == source.declared_sha256
