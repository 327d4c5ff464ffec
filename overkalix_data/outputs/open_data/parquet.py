"""The tables as Parquet, with pyarrow (the extra `[parquet]`)."""

from collections.abc import Iterator, Mapping, Sequence
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
    written = []
    for name, table in OPEN_TABLES.items():
        path = folder / f"{name}.parquet"
        write_rows(rows_of(dataset.tables[name]), table, path, is_checked=True)
        written.append(path)
    return written


def write_rows(rows: Sequence[Mapping[str, Any]], table: Table, path: Path, *, is_checked: bool = False) -> None:
    """Rows of a table as a file, its folder made; a value may be unknown in any column unless the rows are checked."""
    import pyarrow as pa
    from pyarrow import parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    typed = [_typed(row, table) for row in rows]
    parquet.write_table(pa.Table.from_pylist(typed, schema=_schema(table, is_checked)), path, compression="zstd")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of one file."""
    from pyarrow import parquet

    rows: list[dict[str, Any]] = parquet.ParquetFile(path).read().to_pylist()
    return rows


def parquet_texts(data: bytes) -> Iterator[str]:
    """Every column of a file as text: in the file itself it is compressed."""
    from pyarrow import parquet

    table = parquet.read_table(BytesIO(data))
    yield str(table.schema)
    for row in table.to_pylist():
        yield " ".join(str(cell) for cell in row.values() if cell is not None)


def _schema(table: Table, is_checked: bool) -> Any:
    import pyarrow as pa

    types = {"int": pa.int64(), "money": pa.int64(), "percent": pa.float64(), "date": pa.date32()}
    return pa.schema([
        pa.field(
            column.name, types.get(column.type, pa.string()),
            nullable=not (is_checked and (column.required or column.key)),
            metadata={"title": column.title(), "description": column.description()},
        )
        for column in table.columns
    ], metadata={"title": table.title(), "description": table.description()})  # fmt: skip


def _typed(row: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """The row with its days as days; what is none, which is a finding, Parquet cannot hold: it is unknown."""
    days = {c.name for c in table.columns if c.type == "date"}
    dates = {name: str(row.get(name) or "") for name in days}
    return {**row, **{name: date.fromisoformat(day) if is_day(day) else None for name, day in dates.items()}}
