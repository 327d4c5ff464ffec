"""The data dictionary, from the schema, and the list of layouts, from the golden cases: `make docs` renews both."""

from pathlib import Path

from overkalix_data.base.codelist import decode_csv
from overkalix_data.base.files import written
from overkalix_data.base.words import LANGUAGES
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import Column

DICTIONARY, LAYOUTS = Path("docs/datalexikon.md"), Path("docs/layouts.md")
DICTIONARY_HEAD = """# Datalexikon · Data dictionary

Skrivet ur `overkalix_data/schema/` av `make docs`: ändra där. Tabellerna ligger i `data/clean`: CSV, UTF-8, komma,
LF, tomt = okänt, sorterade på nyckeln. EDTF är ISO-datum med den precision som källan ger (`2023`, `2023-09`,
`2023-09-01`).

*Written from `overkalix_data/schema/` by `make docs`: change it there. The tables stand in `data/clean`: CSV,
UTF-8, comma, LF, empty = unknown, sorted by key. EDTF is an ISO date as precise as the source gives it.*"""
LAYOUTS_HEAD = """# Layouts that the reading is tried on

Written from `tests/cases` by `make docs`. The pages are imitations with invented people; beside each stands in
`projects.csv` what a person reads out of it. `overkalix evaluate tests/cases --misses` shows every difference.

| Case | File type | Projects | What it is |
|---|---|---|---|"""
TABLE_HEAD = ("| Namn · Name | Typ · Type | Kolumn | Innehåll | Column | Content |", "|---|---|---|---|---|---|")
TYPES = {
    "id": "nyckel / key", "code": "kod / code", "text": "text", "int": "heltal / integer",
    "money": "hela kronor / whole kronor", "percent": "procent / percent", "edtf": "EDTF", "date": "datum / date",
    "url": "adress / address", "hash": "SHA-256",
}  # fmt: skip


def data_dictionary() -> str:
    """Every table and column in Markdown, Swedish and English side by side, with marks for key and personal data."""
    parts = [DICTIONARY_HEAD]
    for table in TABLES.values():
        title, about = (" · ".join(map(of, LANGUAGES)) for of in (table.title, table.description))
        head = f"## `{table.name}` – {title}\n\n{about}\n"
        parts.append("\n".join([head, *TABLE_HEAD, *map(_row, table.columns)]))
    return "\n\n".join(parts) + "\n"


def _row(column: Column) -> str:
    leads = f" → `{column.refers_to}`" if column.refers_to else f" (`{column.codelist}`)" if column.codelist else ""
    marks = ", **PK**" * column.key + ", **personuppgift / personal**" * column.personal
    halves = [words for lang in LANGUAGES for words in (column.title(lang), column.description(lang))]
    return f"| `{column.name}` | {TYPES[column.type]}{leads}{marks} | {' | '.join(halves)} |"


def layouts(cases: Path) -> str:
    """The layouts that the reading is tried on, in Markdown: a row a golden case, what it is and how many projects."""
    rows = []
    for about in sorted(cases.glob("*/about.md")):
        name, projects = about.parent.name, len(decode_csv((about.parent / "projects.csv").read_bytes()))
        (source,) = about.parent.glob("source.*")
        text = " ".join(about.read_text(encoding="utf-8").split()).replace("|", "\\|")
        rows.append(f"| [{name}](../tests/cases/{name}/{source.name}) | {source.suffix[1:]} | {projects} | {text} |")
    return "\n".join([LAYOUTS_HEAD, *rows, ""])


if __name__ == "__main__":
    written(DICTIONARY, data_dictionary())
    written(LAYOUTS, layouts(Path("tests/cases")))
