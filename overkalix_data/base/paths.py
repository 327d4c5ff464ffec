"""Where things stand: the folders of the contract (§2) and the package's own lists."""

import os
from pathlib import Path

CODELISTS = Path(__file__).parents[1] / "codelists"
TEMPLATES = Path(__file__).parents[1] / "outputs" / "templates"
PROFILES = Path(__file__).parents[1] / "profiles"

RAW = Path("data/raw")
CURATED = Path("data/curated")
CLEAN = Path("data/clean")
REPORTS = Path("reports")

SOURCES_FILE = "sources.csv"
"""The list in a raw folder that says what each file is; a folder without it is read as loose files."""

LAKE_FILE = "_lake.json"
"""In a lake's folder: which files are of each municipality's newest fetch."""

LETTERHEAD = "brevmall.docx"
"""The municipality's own Word template in the curated folder; without it the letter has the package's own look."""


def clean_folder() -> Path:
    """The tables: the folder that `OVERKALIX_CLEAN` names, or `data/clean` here or in the nearest folder above."""
    return _nearest("OVERKALIX_CLEAN", CLEAN)


def raw_folder() -> Path:
    """The sources: the folder that `OVERKALIX_RAW` names, or `data/raw` here or in the nearest folder above."""
    return _nearest("OVERKALIX_RAW", RAW)


def reports_folder() -> Path:
    """Where reports go: the folder that `OVERKALIX_REPORTS` names, or `reports` beside the nearest `data`."""
    named = os.environ.get("OVERKALIX_REPORTS")
    return Path(named) if named else _nearest("", CLEAN).parents[1] / REPORTS


def _nearest(variable: str, folder: Path) -> Path:
    """A notebook stands in `notebooks/`, a person anywhere in the project."""
    if named := os.environ.get(variable, ""):
        return Path(named)
    here = Path.cwd()
    return next((place / folder for place in (here, *here.parents) if (place / folder).is_dir()), folder)
