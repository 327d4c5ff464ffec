"""The data dictionary, written from the schema, and the list of layouts, from the golden cases: `python -m overkalix_data.outputs.pages.dictionary` renews both."""

from pathlib import Path

from overkalix_data.base.codelist import decode_csv
from overkalix_data.schema import TABLES

BEGIN, END = "<!-- datalexikon: skrivet ur schema.py, ändra där -->", "<!-- slut på datalexikon -->"
LAYOUTS_HEAD = """# Layouter som läsningen är prövad på

Skriven ur `tests/cases` med `python -m overkalix_data.outputs.pages.dictionary`. Sidorna är efterbildningar med påhittade personer; bredvid varje står i
`projects.csv` vad en människa läser ut. `overkalix evaluate tests/cases --misses` visar varje skillnad.

| Fall | Filtyp | Projekt | Vad det är |
|---|---|---|---|"""
TYPES = {
    "id": "nyckel", "code": "kod", "text": "text", "int": "heltal", "money": "hela kronor", "percent": "procent", "edtf": "EDTF-datum", "date": "datum",
    "url": "adress", "hash": "SHA-256",
}  # fmt: skip


def data_dictionary() -> str:
    """Every table and column in Markdown: heading, name, type, what it holds, and marks for key and personal data."""
    parts = []
    for table in TABLES.values():
        rows = ["| Kolumn | Namn | Typ | Innehåll |", "|---|---|---|---|"]
        for column in table.columns:
            marks = [mark for mark, is_so in (("nyckel", column.key), ("personuppgift", column.personal)) if is_so]
            leads = (
                f" → `{column.refers_to}`" if column.refers_to else f" (`{column.codelist}`)" if column.codelist else ""
            )
            told = f"{column.description()}{' *' + ', '.join(marks) + '*' if marks else ''}"
            rows.append(f"| {column.title()} | `{column.name}` | {TYPES[column.type]}{leads} | {told} |")
        parts.append(f"### {table.title()} – `{table.name}`\n\n{table.description()}\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def layouts(cases: Path) -> str:
    """The layouts that the reading is tried on, in Markdown: a row a golden case, with what it is and how many projects it holds."""
    rows = []
    for about in sorted(cases.glob("*/about.md")):
        projects = len(decode_csv((about.parent / "projects.csv").read_bytes()))
        (source,) = about.parent.glob("source.*")
        words = " ".join(about.read_text(encoding="utf-8").split()).replace("|", "\\|")
        rows.append(
            f"| [{about.parent.name}](../tests/cases/{about.parent.name}/{source.name}) | {source.suffix[1:]} | {projects} | {words} |"
        )
    return "\n".join([LAYOUTS_HEAD, *rows, ""])


def renewed(readme: str) -> str:
    """The README with its data dictionary written anew. Raises ValueError where its two marks are missing."""
    before, found_begin, rest = readme.partition(BEGIN)
    _, found_end, after = rest.partition(END)
    if not (found_begin and found_end):
        raise ValueError(f"README.md: the marks {BEGIN} and {END} are missing; put them back")
    return f"{before}{BEGIN}\n\n{data_dictionary()}\n\n{END}{after}"


if __name__ == "__main__":
    Path("docs/layouter.md").write_text(layouts(Path("tests/cases")), encoding="utf-8", newline="\n")
    file = Path("README.md")
    file.write_text(renewed(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
