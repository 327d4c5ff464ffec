"""The notebooks: stored without outputs or figures of their own, run from the top in a fresh kernel, safe to publish."""

import ast
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from overkalix_data.base.errors import InputError
from overkalix_data.outputs.pages import notebooks
from overkalix_data.schema.frames import read_tables
from tests.conftest import RAW, ROOT

BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CLEAN = ROOT / "data" / "clean"
jupyter = pytest.mark.filterwarnings("ignore")  # Jupyter's own libraries warn of each other


def cells(book: Path, kind: str) -> list[dict[str, object]]:
    return [c for c in json.loads(book.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == kind]


def test_there_are_seven() -> None:
    assert [b.stem for b in BOOKS] == ["01_las_in_och_granska", "02_finansieringsmix", "03_teman_och_malgrupper", "04_over_tid",
                                       "05_excel_och_rapport", "06_egen_kommun", "07_schemat_i_great_expectations"]  # fmt: skip


def test_the_lab_opens_them_in_order() -> None:
    opened = json.loads((ROOT / "notebooks" / "in_order.jupyterlab-workspace").read_text(encoding="utf-8"))["data"]
    tabs = opened.pop("layout-restorer:data")["main"]["dock"]["widgets"]
    assert tabs == [f"notebook:{book.name}" for book in BOOKS] == list(opened)
    assert [tab["data"]["path"] for tab in opened.values()] == [book.name for book in BOOKS]


@jupyter
def test_make_lab_opens_that_workspace() -> None:
    """The extension's own address goes before the server's: asked of the server alone, a launcher is opened."""
    labapp = pytest.importorskip("jupyterlab.labapp", reason="JupyterLab is not installed (make lab)")
    (line,) = re.findall(r"jupyter lab (--.+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    app = labapp.LabApp()
    app.parse_command_line(line.split())
    assert app._jupyter_server_config()["ServerApp"]["default_url"] == "/lab/workspaces/overkalix"


@pytest.mark.parametrize("book", BOOKS, ids=lambda b: b.stem)
def test_nothing_is_stored_and_no_figure_is_written_by_hand(book: Path) -> None:
    for cell in cells(book, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        code = ast.walk(ast.parse("".join(cell["source"])))  # type: ignore[arg-type]
        assert [n.value for n in code if isinstance(n, ast.Constant) and type(n.value) in (int, float)] == []
    for cell in cells(book, "markdown"):
        assert not re.search(r"\d", "".join(cell["source"]))  # type: ignore[arg-type]
    assert str(cells(book, "markdown")[0]["source"][0]).startswith("# ")  # type: ignore[index]


@jupyter
@pytest.mark.parametrize("book", BOOKS, ids=lambda b: b.stem)
def test_runs_from_the_top_leaves_its_files_and_is_safe_to_publish(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebooks, "NOTEBOOKS", tmp_path / "books")
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / book.name).write_bytes(book.read_bytes())
    files = notebooks.write_notebooks(tmp_path, raw=RAW, clean=CLEAN)
    public = tmp_path / "public" / "notebooks"
    page, kept = public / f"{book.stem}.html", load_workbook(public / f"{book.stem}.xlsx")
    told = page.read_text(encoding="utf-8")
    assert '<html lang="sv">' in told
    assert not re.search(r"""(?:src|href)=["']https?://|url\(["']?https?://|@import|<script""", told)
    assert "<th></th>" not in told, "an empty heading tells a screen reader nothing"
    assert not re.search(r"""<style(?! ?>)|<table border|overlay;|box-shadow: '|::[\w-]+:(?:horiz|vert)""", told), "HTML"
    assert "<style" not in told.partition("<body")[2], "a style of its own stands in the head alone"
    images = re.findall(r"<img [^>]*>", told)
    assert all(re.search(r'alt="[^"]{40,}"', image) for image in images)
    pictures = {suffix: {f.stem for f in files if f.suffix == suffix} for suffix in (".svg", ".png")}
    assert pictures[".svg"] == pictures[".png"] != set()
    assert all(stem.startswith(f"{book.stem}-") for stem in pictures[".svg"])
    assert any(sheet._charts for sheet in kept), "a chart of Excel's own"
    assert (kept.sheetnames[0] == "Slutsatser") == ("conclusions" in "".join(map(str, cells(book, "code"))))
    tables = read_tables(CLEAN)
    secrets = {str(v) for c in ("value", "as_published") for v in tables["contact_points"][c].dropna()}
    secrets |= {str(v) for c in ("name", "other_names") for v in tables["contacts"][c].dropna()}
    words = {str(cell.value) for sheet in kept for row in sheet.iter_rows() for cell in row}
    assert words.isdisjoint({"goal", "funder", "target_group", "granted_sek"}), "names of columns for a person to read"
    assert sorted(s for s in secrets if s in told or any(s in text for text in words)) == []
    for private in (str(tmp_path), str(ROOT), ".staging"):
        assert private not in told


@jupyter
def test_a_cell_that_fails_is_told_by_its_notebook(tmp_path: Path) -> None:
    broken = tmp_path / "trasig.ipynb"
    book = json.loads(BOOKS[0].read_text(encoding="utf-8"))
    book["cells"] = [cells(BOOKS[0], "code")[0] | {"source": ["1 / 0"]}]
    broken.write_text(json.dumps(book), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        notebooks.run_notebook(broken, {})
    assert refused.value.key == "notebook_failed"
    assert "ZeroDivisionError" in str(refused.value.params["reason"])


def test_a_place_without_notebooks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as refused:
        notebooks.write_notebooks(tmp_path, raw=RAW, clean=CLEAN)
    assert refused.value.key == "no_notebooks"
