"""Where things stand: the folders of the contract (§2) and the package's own lists."""

from pathlib import Path

CODELISTS = Path(__file__).parent / "codelists"
TEMPLATES = Path(__file__).parent / "templates"

RAW = Path("data/raw")
CURATED = Path("data/curated")
CLEAN = Path("data/clean")
REPORTS = Path("reports")

SOURCES_FILE = "sources.csv"
"""The list in a raw folder that says what each file is; a folder without it is read as loose files."""
