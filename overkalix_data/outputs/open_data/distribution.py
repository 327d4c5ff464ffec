"""The formats that the data are given in: each is one distribution of the dataset."""

from dataclasses import dataclass

from overkalix_data.outputs.open_data.dataset import NAME, OPEN_TABLES

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
