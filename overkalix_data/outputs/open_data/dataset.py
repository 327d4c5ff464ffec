"""What is given away: the open tables of the schema with the columns that are open, whose they are, and the formats."""

from dataclasses import dataclass, replace

from overkalix_data.analyse.one_per_project import joined
from overkalix_data.curation.publication import Publication, is_day
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import Table
from overkalix_data.schema.frames import Tables
from overkalix_data.values.place import municipality

NAME = "overkalix-projekt"


OPEN_TABLES: dict[str, Table] = {
    name: replace(table, columns=tuple(c for c in table.columns if not (c.personal and c.filled_by)))
    for name, table in TABLES.items()
    if table.is_open
}
"""The open tables, in the schema's order. A personal column that a field of the page fills tells of a person only; in
the others persons are masked."""


@dataclass(frozen=True)
class Dataset:
    """The open tables of the public edition, and what was decided of giving them out."""

    tables: Tables
    publication: Publication
    publisher: str
    """The municipality, or the municipalities, whose pages were read; empty: unknown."""
    version: str
    """The day of the newest source, ISO; empty: unknown. Never the day of the run."""


def open_dataset(public: Tables, publication: Publication) -> Dataset:
    """The public tables as they are given away: a project of several pages once, evidence of open cells alone."""
    one = joined(public)
    tables = {name: one[name][[c.name for c in table.columns]] for name, table in OPEN_TABLES.items()}
    evidence = tables["evidence"]
    cells = {(name, column.name) for name, table in OPEN_TABLES.items() for column in table.columns}
    is_open = [cell in cells for cell in zip(evidence["table"], evidence["column"], strict=True)]
    tables["evidence"] = evidence[is_open].reset_index(drop=True)
    codes = sorted(set(public["projects"]["publisher_code"].dropna()))
    days = filter(is_day, tables["sources"]["retrieved_on"].dropna())
    names = ", ".join(filter(None, map(municipality, codes)))
    return Dataset(tables, publication, names, max(days, default=""))


_FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"


@dataclass(frozen=True)
class Distribution:
    """One format. Paths are from the kit's folder."""

    key: str
    format_name: str
    format_iri: str
    """Of the EU's list of file types; of IANA's media types where that has none."""
    files: tuple[str, ...]
    is_package: bool = False
    """Whether a description leads to the files (`datapackage.json`)."""

    @property
    def entry(self) -> str:
        """Where a reader begins."""
        return "datapackage.json" if self.is_package else self.files[0]


CSV = Distribution("csv", "CSV", f"{_FILE_TYPE}CSV", tuple(f"data/{name}.csv" for name in OPEN_TABLES), is_package=True)
PARQUET = Distribution(
    "parquet", "Parquet", f"{_FILE_TYPE}PARQUET", tuple(f"parquet/{name}.parquet" for name in OPEN_TABLES)
)
SQLITE_TYPE = "https://www.iana.org/assignments/media-types/application/vnd.sqlite3"
SQLITE = Distribution("sqlite", "SQLite", SQLITE_TYPE, ("projekt.sqlite",))
JSON = Distribution("json", "JSON", f"{_FILE_TYPE}JSON", ("projekt.json",))
EXCEL = Distribution("excel", "XLSX", f"{_FILE_TYPE}XLSX", (f"{NAME}.xlsx",))
