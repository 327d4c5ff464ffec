"""The kit, `oppna-data/`: every file of it in order, each made of the same dataset."""

import json
from pathlib import Path
from typing import Any

from overkalix_data.base.files import file_bytes, is_there, written
from overkalix_data.base.words import say
from overkalix_data.curation.publication import FILE, FOR_CATALOGUE, Publication
from overkalix_data.outputs.open_data import about
from overkalix_data.outputs.open_data.database import datasette_metadata, write_database
from overkalix_data.outputs.open_data.datapackage import data_package
from overkalix_data.outputs.open_data.dataset import (
    CSV,
    EXCEL,
    JSON,
    OPEN_TABLES,
    PARQUET,
    SQLITE,
    Dataset,
    open_dataset,
)
from overkalix_data.outputs.open_data.dcat import catalogue
from overkalix_data.outputs.open_data.parquet import has_parquet, write_parquet
from overkalix_data.outputs.open_data.project_json import project_objects
from overkalix_data.outputs.workbook.book import council_book
from overkalix_data.outputs.xlsx.write import write_book
from overkalix_data.schema.frames import Tables

FOLDER = Path("public", "oppna-data")


def write_kit(
    public: Tables, decided: Publication, reports: Path, *, as_of: str, lang: str
) -> tuple[list[Path], list[str]]:
    """Writes the kit of public tables under `reports/public/oppna-data`; gives its files, what is left out and why.

    `lang` is the workbook's and of what is told; the data's own words are Swedish, with a README in English.
    """
    folder, dataset = reports / FOLDER, open_dataset(public, decided)
    (folder / "data").mkdir(parents=True)
    files = [_csv(dataset, name, folder) for name in OPEN_TABLES]
    files.append(_json(folder / "datapackage.json", data_package(dataset, folder)))
    files.append(write_database(dataset, folder / SQLITE.entry))
    files.append(_json(folder / "metadata.json", datasette_metadata(dataset)))
    files.append(_json(folder / JSON.entry, project_objects(dataset)))
    book = council_book(public, as_of=as_of, lang=lang, edition="public")
    files.append(write_book(book, folder / EXCEL.entry, as_of=as_of, lang=lang))
    formats = [CSV, SQLITE, JSON, EXCEL]
    if has_parquet():
        (folder / "parquet").mkdir()
        files += write_parquet(dataset, folder / "parquet")
        formats.append(PARQUET)
    if decided.has_catalogue and dataset.publisher:
        files.append(folder / "dcat.rdf")
        files[-1].write_bytes(catalogue(dataset, formats))
    names = [*(file.relative_to(folder).as_posix() for file in files), about.CHANGES, about.CHECKSUMS]
    for read_in, name in about.READMES.items():
        files.append(written(folder / name, about.readme(dataset, public, names, read_in)))
    files.append(written(folder / about.CHANGES, about.changelog(dataset, public)))
    files.append(written(folder / about.CHECKSUMS, about.checksums(folder, files)))
    return files, _left_out(dataset, lang)


def files_of_kit(folder: Path) -> list[Path]:
    """The files of a kit written before, by its check sums; what people put beside them is theirs."""
    sums = folder / about.CHECKSUMS
    if not is_there(sums):
        return []
    names = [line.partition("  ")[2] for line in file_bytes(sums).decode(errors="replace").splitlines()]
    return [file for name in names if ".." not in name and (file := folder / name).is_file()]


def _left_out(dataset: Dataset, lang: str) -> list[str]:
    decided = dataset.publication
    missing = ", ".join(column for column in FOR_CATALOGUE if column in decided.undecided)
    others = ", ".join(column for column in decided.undecided if column not in FOR_CATALOGUE)
    lines = {
        say("open.no_catalogue", lang, columns=missing, file=f"{FILE}.csv"): bool(missing),
        say("open.no_publisher", lang): not dataset.publisher,
        say("open.undecided", lang, columns=others): bool(others),
        say("open.no_parquet", lang): not has_parquet(),
    }
    return [line for line, holds in lines.items() if holds]


def _csv(dataset: Dataset, name: str, folder: Path) -> Path:
    path = folder / "data" / f"{name}.csv"
    dataset.tables[name].to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return path


def _json(path: Path, value: Any) -> Path:
    return written(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")
