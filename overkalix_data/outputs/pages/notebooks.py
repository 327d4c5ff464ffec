"""The notebooks of `notebooks/`, run from the top in a fresh kernel each → accessible HTML without foreign hosts."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from overkalix_data.base.errors import InputError
from overkalix_data.base.words import say

NOTEBOOKS = Path("notebooks")
SECONDS = 120
"""The longest a cell may take: the slowest takes ten, on a slow machine more."""
FOREIGN = re.compile(r"<script[^>]*>.*?</script>", re.DOTALL)
"""The export's scripts fetch from foreign hosts and move nothing that is needed to read the page."""


def write_notebooks(folder: Path, *, raw: Path, clean: Path, lang: str = "sv") -> list[Path]:
    """Runs every notebook on these tables and writes a page for each; gives the pages.

    Raises InputError where JupyterLab is not installed, there are no notebooks, or one of them fails.
    """
    books = sorted(NOTEBOOKS.glob("*.ipynb"))
    if not books:
        raise InputError("no_notebooks", file=str(NOTEBOOKS))
    return [_write(book, folder / f"{book.stem}.html", raw, clean, lang) for book in books]


def run_notebook(book: Path, *, raw: Path, clean: Path) -> object:
    """The notebook with its outputs, run from the top. Raises InputError where Jupyter is missing or a cell fails."""
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError
    except ImportError as error:
        raise InputError("no_jupyter") from error
    made = nbformat.read(book, as_version=4)
    with _pointed_at(raw, clean):
        client = NotebookClient(
            made, timeout=SECONDS, kernel_name="python3", extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(book.parent)}},
        )  # fmt: skip
        try:
            client.execute()
        except CellExecutionError as error:
            raise InputError("notebook_failed", file=str(book), reason=str(error).strip().splitlines()[-1]) from error
    return made


def _write(book: Path, page: Path, raw: Path, clean: Path, lang: str) -> Path:
    made = run_notebook(book, raw=raw, clean=clean)
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="lab", language_code=lang, exclude_input_prompt=True, exclude_output_prompt=True
    )
    text, _ = exporter.from_notebook_node(made, {"metadata": {"name": say(f"notebook.{book.stem}", lang)}})
    page.write_text(_accessible(FOREIGN.sub("", text)), encoding="utf-8", newline="\n")
    return page


def _accessible(page: str) -> str:
    """What axe finds in the export, mended: pandas' corner is no heading, and `in` and `not` are too pale on grey."""
    page = page.replace("<th></th>", "<td></td>")
    return page.replace("</head>", "<style>.highlight .ow { color: #5b2a86 !important; }</style>\n</head>", 1)


@contextmanager
def _pointed_at(raw: Path, clean: Path) -> Iterator[None]:
    """What `paths` reads in the kernel: the folders of this run."""
    named = {"OVERKALIX_RAW": str(raw.resolve()), "OVERKALIX_CLEAN": str(clean.resolve())}
    before = {name: os.environ.get(name) for name in named}
    os.environ.update(named)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
