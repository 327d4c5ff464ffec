"""The notebooks of `notebooks/`: what each leaves behind, and their run, in a fresh kernel each, to accessible HTML."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from overkalix_data.analyse.clean_data import Data
from overkalix_data.base import paths
from overkalix_data.base.errors import InputError
from overkalix_data.base.files import written
from overkalix_data.base.words import say
from overkalix_data.outputs.charts import Chart, drawn, save
from overkalix_data.outputs.pages.render import with_whole_days
from overkalix_data.outputs.workbook.frames import frames_book
from overkalix_data.outputs.workbook.sheet import EDITIONS
from overkalix_data.outputs.xlsx.write import write_book

NOTEBOOKS = Path("notebooks")
FOLDER = "notebooks"
SECONDS = 120
"""The longest a cell may take: the slowest takes ten, on a slow machine more."""
FOREIGN = re.compile(r"<script[^>]*>.*?</script>", re.DOTALL)
"""The export's scripts fetch from foreign hosts and move nothing that is needed to read the page."""
STYLE = ".highlight .ow { color: #5b2a86 !important; } .day { white-space: nowrap; }"
INVALID = re.compile(
    r"""<style\ scoped[^>]*>.*?</style> | (?<=<table)\ border="1" | (?<=<style)\ type="text/css"
    | ^[^{}\n]*::-webkit-[\w-]+:(?:horizontal|vertical)\ \{[^}]*\} | overflow:\ overlay; | box-shadow:\ '[^']*';""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
"""What is no valid HTML or CSS: pandas' style and border of each table, JupyterLab's scrollbars and shadows."""


def keep(
    stem: str, data: Data, charts: Iterable[Chart], frames: Mapping[str, pd.DataFrame], conclusions: Sequence[str] = ()
) -> list[str]:
    """Saves what a notebook has made, in the folder of the data's edition; gives the files, below `reports`.

    Each chart as SVG and PNG, and one workbook of the conclusions and frames, with a native chart of each.
    """
    folder = paths.reports_folder() / data.edition / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    book = frames_book(say(f"notebook.{stem}", data.lang), data.tables, frames, conclusions, data.lang)
    files = [write_book(book, folder / f"{stem}.xlsx", as_of=date.today().isoformat(), lang=data.lang)]
    for chart in charts:
        files += save(drawn(chart), folder / f"{stem}-{chart.stem}", chart.title, chart.alt, data.lang)
    return [f"{data.edition}/{FOLDER}/{file.name}" for file in files]


def write_notebooks(reports: Path, *, raw: Path, clean: Path) -> list[Path]:
    """Runs every notebook on these tables and writes a page for each; gives the pages and what the notebooks kept.

    They are written in Swedish, whatever the language of the report.

    Raises InputError where JupyterLab is not installed, there are no notebooks, or one of them fails.
    """
    books = sorted(NOTEBOOKS.glob("*.ipynb"))
    if not books:
        raise InputError("no_notebooks", file=str(NOTEBOOKS))
    pages = reports / "public" / FOLDER
    pages.mkdir(parents=True, exist_ok=True)
    for book in books:
        _write(book, pages / f"{book.stem}.html", {"raw": raw, "clean": clean, "reports": reports})
    return [file for edition in EDITIONS for file in sorted((reports / edition / FOLDER).glob("*"))]


def run_notebook(book: Path, folders: Mapping[str, Path]) -> object:
    """The notebook with its outputs, run from the top where `paths` has these folders.

    Raises InputError where Jupyter is missing or a cell fails.
    """
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError
    except ImportError as error:
        raise InputError("no_jupyter") from error
    made = nbformat.read(book, as_version=4)
    client = NotebookClient(
        made, timeout=SECONDS, kernel_name="python3", extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(book.parent)}},
    )  # fmt: skip
    pointed = {f"OVERKALIX_{name.upper()}": str(folder.resolve()) for name, folder in folders.items()}
    try:
        client.execute(env=os.environ | pointed)
    except CellExecutionError as error:
        raise InputError("notebook_failed", file=str(book), reason=str(error).strip().splitlines()[-1]) from error
    return made


def _write(book: Path, page: Path, folders: Mapping[str, Path]) -> None:
    made = run_notebook(book, folders)
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="lab", language_code="sv", exclude_input_prompt=True, exclude_output_prompt=True
    )
    text, _ = exporter.from_notebook_node(made, {"metadata": {"name": say(f"notebook.{book.stem}")}})
    written(page, _accessible(INVALID.sub("", FOREIGN.sub("", text))))


def _accessible(page: str) -> str:
    """What axe finds in the export, mended: pandas' corner is no heading, and `in` and `not` are too pale on grey."""
    page = with_whole_days(page.replace("<th></th>", "<td></td>"))
    return page.replace("</head>", f"<style>{STYLE}</style>\n</head>", 1)
