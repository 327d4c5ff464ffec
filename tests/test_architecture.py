"""The house: imports run one way between rooms, heavy libraries enter late and where they are used."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "overkalix_data"
ROOMS = [
    "base", "schema", "values", "documents", "reading", "curation", "identity", "analyse", "checks", "outputs",
    "amounts", "charts", "pipeline", "arguments", "cli", "__main__",
]  # fmt: skip
"""From the ground up: a room imports only itself and the rooms before it."""
ONLY_IN = {
    "great_expectations": {"checks"},
    "http": {"documents"},
    "socket": {"documents"},
    "jinja2": {"outputs/pages"},
    "matplotlib": {"outputs/charts"},
    "python_calamine": {"documents"},
    "openpyxl": {"base", "curation", "outputs/xlsx"},
    "docx": {"outputs/council"},
    "pyarrow": {"outputs/open_data"},
    "distributed": {"outputs/lake"},
    "duckdb": {"analyse"},
    "weasyprint": {"outputs/council"},
}
"""The folders that may import a heavy library."""
NO_PANDAS = {"base", "values", "documents", "reading"}
"""Pandas enters at the tables, so that `show` and `--help` answer at once."""
MOST_LINES = 330


@cache
def imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{a.name}" for a in node.names]
    return names


MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def test_every_room_has_its_place() -> None:
    assert {room(p) for p in MODULES} == {*ROOMS, "__init__"}


@pytest.mark.parametrize("name", ROOMS)
def test_imports_go_one_way(name: str) -> None:
    above = set(ROOMS[ROOMS.index(name) + 1 :])
    for path in (p for p in MODULES if room(p) == name):
        rooms = {i.split(".")[1] for i in imports(path) if i.startswith("overkalix_data.")}
        assert not rooms & above, f"{path} imports {rooms & above}"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_heavy_library_has_its_folders(library: str) -> None:
    users = {
        p.relative_to(PACKAGE).parent.as_posix() for p in MODULES if library in {i.split(".")[0] for i in imports(p)}
    }
    assert users == ONLY_IN[library]


def test_pandas_enters_at_the_tables() -> None:
    assert not [p for p in MODULES if room(p) in NO_PANDAS and "pandas" in imports(p)]


def test_every_room_says_what_it_is() -> None:
    for name in {room(p) for p in MODULES if p.parent != PACKAGE}:
        said = ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text(encoding="utf-8")))
        assert said
        assert said.partition("\n")[0].endswith("."), name


@pytest.mark.parametrize("words", [["--help"], ["show"], ["show", "move-on-up"]])
def test_help_and_show_import_nothing_heavy(words: list[str]) -> None:
    code = (
        "import contextlib, io, sys; from overkalix_data.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main(sys.argv[1:])\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'great_expectations', 'matplotlib', 'pandas', 'openpyxl'}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert ran.stdout.strip() == "[]"


def test_modules_are_read_in_one_sitting() -> None:
    long = {p.name: n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > MOST_LINES}
    assert long == {}


def test_no_class_name_stands_twice() -> None:
    """One name, one meaning: who reads `Column` in a line knows which one it is."""
    named = [
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    assert sorted({name for name in named if named.count(name) > 1}) == []
