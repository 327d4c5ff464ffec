"""A lake as the tables of one clean folder: the newest fetch of every municipality, through DuckDB (`[engine]`)."""

import json
from pathlib import Path

from overkalix_data.base.paths import LAKE_FILE
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import DTYPES, Table
from overkalix_data.schema.frames import Tables, frame


def lake_tables(folder: Path) -> Tables:
    """Every table, by key; what several files have is one row. All is text or a whole number: 0114 stays 0114.

    Raises ModuleNotFoundError where DuckDB is missing.
    """
    import duckdb

    current = json.loads((folder / LAKE_FILE).read_text(encoding="utf-8"))["current"]
    tables = {}
    with duckdb.connect() as database:
        for name, table in TABLES.items():
            files = [str(path) for place in current if (path := folder / name / place).is_file()]
            if not files:
                tables[name] = frame(table, [])
                continue
            rows = database.execute(_query(table), {"files": files}).df()
            tables[name] = rows.astype({column.name: DTYPES[column.type] for column in table.columns})
    return tables


def _query(table: Table) -> str:
    """The first row of each key, in the order of the files."""
    text = {column.name for column in table.columns if DTYPES[column.type] == "string"}
    columns = ", ".join(
        f'CAST("{c.name}" AS VARCHAR) AS "{c.name}"' if c.name in text else f'"{c.name}"' for c in table.columns
    )
    key = ", ".join(f'"{name}"' for name in table.key)
    return (
        f"SELECT {columns} FROM read_parquet($files, filename = true, hive_partitioning = false) "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY filename) = 1 ORDER BY {key} NULLS FIRST"
    )
