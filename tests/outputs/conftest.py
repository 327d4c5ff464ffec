"""The workbook of the real page, written once a language for all workers."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from overkalix_data.schema.frames import Tables
from tests.made.shared import once
from tests.made.workbooks import council


@pytest.fixture(scope="session")
def council_book_of(whole: None, tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Language → the council's workbook, the internal edition."""

    def made(lang: str) -> Path:
        folder = once(tmp_path_factory, f"book-{lang}", lambda at: council(tables, at / "book.xlsx", lang=lang))
        return folder / "book.xlsx"

    return cache(made)
