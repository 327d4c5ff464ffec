"""The tables as Parquet, with pyarrow (the extra `[parquet]`)."""

from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from overkalix_data.curation.publication import is_day
from overkalix_data.outputs.open_data.dataset import OPEN_TABLES, Dataset
from overkalix_data.schema.column import Table
from overkalix_data.schema.frames import rows_of


def has_parquet() -> bool:
    """Whether the library that writes it is installed."""
    return find_spec("pyarrow") is not None


def write_parquet(dataset: Dataset, folder: Path) -> list[Path]:
    """One file a table, compressed by zstd; each field with its Swedish title and description as metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    written = []
    for name, table in OPEN_TABLES.items():
        rows = [_typed(row, table) for row in rows_of(dataset.tables[name])]
        path = folder / f"{name}.parquet"
        parquet.write_table(pa.Table.from_pylist(rows, schema=_schema(table)), path, compression="zstd")
        written.append(path)
    return written


def parquet_texts(data: bytes) -> Iterator[str]:
    """Every column of a file as text: in the file itself it is compressed."""
    from pyarrow import parquet

    table = parquet.read_table(BytesIO(data))
    yield str(table.schema)
    for row in table.to_pylist():
        yield " ".join(str(cell) for cell in row.values() if cell is not None)


def _schema(table: Table) -> Any:
    import pyarrow as pa

    types = {"int": pa.int64(), "money": pa.int64(), "percent": pa.float64(), "date": pa.date32()}
    return pa.schema([
        pa.field(
            column.name, types.get(column.type, pa.string()), nullable=not (column.required or column.key),
            metadata={"title": column.title(), "description": column.description()},
        )
        for column in table.columns
    ], metadata={"title": table.title(), "description": table.description()})  # fmt: skip


def _typed(row: dict[str, Any], table: Table) -> dict[str, Any]:
    """The row with its days as days; what is none, which is a finding, Parquet cannot hold: it is unknown."""
    days = {c.name for c in table.columns if c.type == "date"}
    dated = {name: date.fromisoformat(row[name]) if row[name] and is_day(row[name]) else None for name in days}
    return row | dated
