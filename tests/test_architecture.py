"""The house: imports run one way, heavy libraries enter late and in one room each, and rooms stay small."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "overkalix_data"
FLOORS = [  # a module imports only from floors above its own line, or earlier in the same line's list never
    ["paths", "errors", "model", "cell_text", "source_labels"],
    ["schema.columns", "codelists"],
    ["schema.subject", "schema.account", "elements", "profiles"],
    ["schema"],
    ["words", "normalise.wording", "packs.spec"],
    ["normalise.amounts", "normalise.funder_names"],
    ["normalise.periods", "normalise.contact_points", "normalise.funders", "normalise.target_groups", "normalise.places",
     "normalise.themes", "normalise.mentions", "rendered"],
    ["stamp", "columns", "html_table", "decoding"],
    ["fact_line"],
    ["legend", "fact_table", "register_cells"],
    ["grid"],
    ["markup", "delimited", "workbook", "json_list"],
    ["normalise.people", "matching", "book"],
    ["read", "curation.files"],
    ["layout", "records", "page", "print_marks", "curation.accepted", "curation.addition", "curation.form"],
    ["titles"],
    ["block_limits", "cards", "building"],
    ["outline", "ahead"],
    ["parse", "form_book", "curation.fields", "curation.outcomes"],
    ["project_text", "curation.forms", "curation.lists"],
    ["identify", "curation.filled", "curation.corrections", "curation.candidates"],
    ["contacts", "ledger", "curation.additions", "funding_text"],
    ["interpret", "changes", "same_project"],
    ["reading"],
    ["evaluate", "new_source"],
    ["tables"],
    ["rules.catalogue", "amounts", "comparison", "schema_rules"],
    ["joined"],
    ["analyse.counts"],
    ["analyse.mix", "analyse.state", "analyse.subjects"],
    ["analyse"],
    ["rules.accuracy", "rules.cells", "rules.completeness", "rules.consistency", "rules.curation", "rules.identity", "rules.page",
     "rules.money", "rules.privacy", "rules.publicity", "rules.sources", "rules.timeliness"],
    ["rules"],
    ["findings", "redact"],
    ["quality", "dataset", "sheets.sheet", "sheets.fit", "origins"],
    ["sheets.parts", "sheets.edition", "excel_page", "excel_charts"],
    ["sheets.funding", "sheets.subjects", "sheets.account", "excel"],
    ["sheets.projects", "sheets.overview"],
    ["sheets.council", "packs.periods", "packs.places"],
    ["packs.answers", "packs.money"],
    ["packs.pack"],
    ["packs.account"],
    ["packs.sheets"],
    ["packs.book"],
    ["packs.export"],
    ["html", "linked_data"],
    ["project_page"],
    ["validate", "suites", "charts.frame", "quality_page", "changes_page"],
    ["charts.cover", "charts.funders", "charts.links", "charts.publishers"],
    ["charts.series"],
    ["charts"],
    ["council.document", "council.projects", "council.method"],
    ["council.facts"],
    ["council.prose", "council.word_parts", "council.material"],
    ["council.page", "council.letter", "council.word"],
    ["council.pdf"],
    ["staging", "progress", "show"],
    ["supplement", "review", "difference", "notebooks", "reports"],
    ["pipeline", "dictionary"],
    ["summary", "arguments"],
    ["cli"],
    ["__main__"],
]  # fmt: skip
FLOOR = {name: n for n, names in enumerate(FLOORS) for name in names}
ONLY_IN = {"great_expectations": {"validate", "suites"}, "jinja2": {"html"}, "matplotlib": {"charts.frame", "charts.cover", "charts.funders", "charts.links", "charts.publishers"}, "python_calamine": {"workbook"}, "openpyxl": {"book", "excel", "excel_charts", "excel_page", "form_book"},
           "docx": {"council.word", "council.word_parts"}, "weasyprint": {"council.pdf"}}
MOST_LINES = 260


def modules() -> dict[str, Path]:
    found = {p.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): p for p in PACKAGE.rglob("*.py")}
    named = {n.removesuffix(".__init__"): p for n, p in found.items()}
    return {n: p for n, p in named.items() if n not in ("__init__", "normalise", "curation", "packs", "sheets", "council")}


def imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            inner = [f"{node.module}.{a.name}" for a in node.names]
            named = [n for n in inner if n.removeprefix("overkalix_data.") in FLOOR]
            names += named or [node.module or ""]
    return names


def test_every_module_has_a_floor() -> None:
    assert set(modules()) == set(FLOOR)


@pytest.mark.parametrize("name", sorted(FLOOR))
def test_imports_go_one_way(name: str) -> None:
    for imported in imports(modules()[name]):
        below = imported.removeprefix("overkalix_data.")
        if imported.startswith("overkalix_data.") and below in FLOOR:
            assert FLOOR[below] < FLOOR[name], f"{name} imports {below}"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_heavy_library_has_one_room(library: str) -> None:
    users = {n for n, p in modules().items() if any(i.split(".")[0] == library for i in imports(p))}
    assert users == ONLY_IN[library]


def test_pandas_enters_at_tables() -> None:
    users = {n for n, p in modules().items() if "pandas" in imports(p)}
    assert min(FLOOR[n] for n in users) == FLOOR["tables"]


@pytest.mark.parametrize("words", [["--help"], ["show"], ["show", "move-on-up"]])
def test_help_and_show_import_nothing_heavy(words: list[str]) -> None:
    code = (
        "import contextlib, io, sys; from overkalix_data.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main(sys.argv[1:])\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'great_expectations', 'matplotlib', 'pandas', 'openpyxl'}))"
    )
    ran = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert ran.stdout.strip() == "[]"


def test_rooms_stay_small() -> None:
    long = {n: lines for n, p in modules().items() if (lines := len(p.read_text(encoding="utf-8").splitlines())) > MOST_LINES}
    assert long == {}
