"""`projekt.sqlite`: the tables as a database that holds its own rules, and what Datasette is told of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from overkalix_data.base.codelist import codes
from overkalix_data.base.words import say
from overkalix_data.outputs.open_data.dataset import OPEN_TABLES, Dataset
from overkalix_data.schema.column import Column, ColumnType, Table
from overkalix_data.schema.frames import rows_of

DATABASE = "projekt.sqlite"
TYPES: dict[ColumnType, str] = {"int": "INTEGER", "money": "INTEGER", "percent": "REAL"}
"""Type of column → that of a STRICT table; the others are TEXT."""
SEARCHED = tuple(column.name for column in OPEN_TABLES["projects"].columns if column.type == "text")
_SEARCH = f"""CREATE VIRTUAL TABLE "projects_fts"
USING fts5({", ".join(SEARCHED)}, content="projects", tokenize="unicode61 remove_diacritics 0")"""
"""Swedish å, ä and ö are letters of their own, and stay so in the index."""


def write_database(dataset: Dataset, path: Path) -> Path:
    """The open tables with keys, references and code checks, full text over projects, and the view `finansiering`.

    Written in one order with nothing of the day in it: the same bytes each time. What breaks a rule is a finding of
    ours already; it is written as it is, and `PRAGMA integrity_check` and `foreign_key_check` tell it.
    """
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        for name, table in OPEN_TABLES.items():
            database.execute(_created(table))
            names = [column.name for column in table.columns]
            holes = ", ".join("?" * len(names))
            rows = [[row[column] for column in names] for row in rows_of(dataset.tables[name])]
            database.executemany(f'INSERT INTO "{name}" VALUES ({holes})', rows)
        database.execute(_SEARCH)
        database.execute("INSERT INTO projects_fts(projects_fts) VALUES ('rebuild')")
        database.execute(_funding_view())
        database.commit()
    return path


def database_texts(data: bytes) -> Iterator[str]:
    """Every cell of a database as text: in the file itself a long one is cut up between pages."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
        for name in names:
            for row in database.execute(f'SELECT * FROM "{name}"'):
                yield " ".join(str(cell) for cell in row if isinstance(cell, str))


def datasette_metadata(dataset: Dataset) -> dict[str, Any]:
    """`metadata.json`: titles and descriptions of the database, its tables and columns, for Datasette."""
    licence = dataset.publication.licence_row
    about = {
        "title": say("open.title"),
        "description": say("open.description", publisher=dataset.publisher or say("unknown")),
        "license": licence and licence["title"],
        "license_url": licence and licence["url"],
        "source": dataset.publisher,
        "source_url": dataset.publication.homepage,
    }
    tables = {
        name: {
            "title": table.title(), "description": table.description(),
            "columns": {c.name: f"{c.title()}. {c.description()}" for c in table.columns},
        }
        for name, table in OPEN_TABLES.items()
    }  # fmt: skip
    tables["projects"]["label_column"] = "label"
    return {**{k: v for k, v in about.items() if v}, "databases": {Path(DATABASE).stem: {"tables": tables}}}


def _created(table: Table) -> str:
    key = ", ".join(f'"{name}"' for name in table.key)
    parts = ",\n  ".join([*map(_column, table.columns), f"PRIMARY KEY ({key})"])
    return f'CREATE TABLE "{table.name}" (\n  {parts}\n) STRICT'


def _column(column: Column) -> str:
    parts = [f'"{column.name}"', TYPES.get(column.type, "TEXT")]
    if column.required or column.key:
        parts.append("NOT NULL")
    if column.codelist:
        listed = ", ".join(f"'{code}'" for code in codes(column.codelist))
        parts.append(f'CHECK ("{column.name}" IN ({listed}))')
    if column.refers_to:
        (key,) = OPEN_TABLES[column.refers_to].key
        parts.append(f'REFERENCES "{column.refers_to}" ("{key}")')
    return " ".join(parts)


def _funding_view() -> str:
    """Who pays for what, in words: a row a funder of a project."""
    funding, funders = OPEN_TABLES["project_funders"], OPEN_TABLES["funders"]
    role = _worded("pf", funding.column("role_code"))
    kind, level = (_worded("f", funders.column(name)) for name in ("funder_type_code", "level_code"))
    return f"""CREATE VIEW finansiering AS
SELECT pf.project_id, p.label AS projekt, f.name AS finansiar, {kind} AS typ, {level} AS niva, {role} AS roll,
  via.name AS genom, pf.granted_sek AS beviljat_kr
FROM project_funders pf
JOIN projects p USING (project_id)
JOIN funders f USING (funder_id)
LEFT JOIN funders via ON via.funder_id = pf.via_funder_id
ORDER BY pf.project_id, pf.position"""


def _worded(alias: str, column: Column) -> str:
    """A code as its Swedish words."""
    quoted = {code: row["sv"].replace("'", "''") for code, row in codes(column.codelist).items()}
    cases = " ".join(f"WHEN '{code}' THEN '{words}'" for code, words in quoted.items())
    return f"CASE {alias}.{column.name} {cases} END"
