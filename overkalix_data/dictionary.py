"""The data dictionary, written from the schema: `python -m overkalix_data.dictionary` renews it in README.md."""

from pathlib import Path

from overkalix_data.schema import TABLES

BEGIN, END = "<!-- datalexikon: skrivet ur schema.py, ändra där -->", "<!-- slut på datalexikon -->"
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
            leads = f" → `{column.refers_to}`" if column.refers_to else f" (`{column.codelist}`)" if column.codelist else ""
            told = f"{column.description()}{' *' + ', '.join(marks) + '*' if marks else ''}"
            rows.append(f"| {column.title()} | `{column.name}` | {TYPES[column.type]}{leads} | {told} |")
        parts.append(f"### {table.title()} – `{table.name}`\n\n{table.description()}\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def renewed(readme: str) -> str:
    """The README with its data dictionary written anew. Raises ValueError where its two marks are missing."""
    before, found_begin, rest = readme.partition(BEGIN)
    _, found_end, after = rest.partition(END)
    if not (found_begin and found_end):
        raise ValueError(f"README.md: the marks {BEGIN} and {END} are missing; put them back")
    return f"{before}{BEGIN}\n\n{data_dictionary()}\n\n{END}{after}"


if __name__ == "__main__":
    file = Path("README.md")
    file.write_text(renewed(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
