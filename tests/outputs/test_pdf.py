"""The letter as PDF: tagged, the same bytes, by LibreOffice or WeasyPrint; and where neither makes it, all else is written."""

import os
import shutil
import signal
import subprocess
import sys
import warnings
from pathlib import Path
from types import ModuleType

import pytest

from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.cli import main
from overkalix_data.outputs.council.document import Document, Paragraph, Picture
from overkalix_data.outputs.council.facts import materials
from overkalix_data.outputs.council.letter import council_letter
from overkalix_data.outputs.council.pdf import PdfWriter, without_clock
from overkalix_data.outputs.council.word import write_letter
from overkalix_data.schema.frames import Tables
from tests.conftest import AS_OF, WithoutPdf
from tests.made.kills import killed_at, needs_fork
from tests.made.pages import page
from tests.made.workbooks import libreoffice


@pytest.fixture(scope="module")
def letter(whole: None, tables: Tables) -> Document:
    return council_letter(materials(editions_of(tables), as_of=AS_OF)["public"])


def written(letter: Document, path: Path) -> list[Path]:
    write_letter(letter, path, as_of=AS_OF)
    with PdfWriter({path: letter}, as_of=AS_OF) as pdf:
        return pdf.finish()


def program(folder: Path, script: str) -> str:
    """A stand-in for LibreOffice: a program of that name in the folder."""
    path = folder / "soffice"
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def no_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)


@pytest.fixture(scope="module")
def pdfs(letter: Document, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The letter as PDF by LibreOffice, made under two names on either side of the date line.

    On a loaded machine LibreOffice's threads put a PDF's objects in another order about once in fifty times: a pair
    that differs is made once more (a zone or a name that mattered would do so each time).
    """
    folder, made = tmp_path_factory.mktemp("pdf"), list[bytes]()
    with pytest.MonkeyPatch.context() as patched:
        for _ in range(3):
            made = []
            for name, zone in (("ett.docx", "America/Los_Angeles"), ("två.docx", "Pacific/Kiritimati")):
                patched.setenv("TZ", zone)
                made += [path.read_bytes() for path in written(letter, folder / name)]
            if len(set(made)) == 1:
                break
    return made


@libreoffice
def test_the_pdf_is_tagged_and_the_same_bytes_in_every_time_zone(pdfs: list[bytes]) -> None:
    one, two = pdfs
    assert one == two
    assert b"/MarkInfo<</Marked true>>" in one
    assert b"/Lang(sv-SE)" in one
    assert b"20261123" in one


def test_an_identifier_follows_from_the_content() -> None:
    pdf = (
        b"<xmp:CreateDate>2026-11-24T10:00:00Z</xmp:CreateDate> /CreationDate(D:20261124100000Z') /ID [ <%s>\n<%s> ]\n/DocChecksum /%s"
        % ((b"A" * 32,) * 3)
    )
    done = without_clock(pdf, AS_OF)
    assert len(done) == len(pdf)
    assert done == without_clock(
        pdf.replace(b"A" * 32, b"B" * 32).replace(b"24T10:00:00", b"25T11:11:11").replace(b"24100000", b"25111111"),
        AS_OF,
    )
    assert done != without_clock(pdf + b" mer", AS_OF)[: len(pdf)]


def test_without_libreoffice_weasyprint_makes_the_pdf(
    letter: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warnings.catch_warnings(action="ignore"):
        pytest.importorskip("weasyprint", reason="the extra [pdf] or its libraries (apt install libpango-1.0-0 "
                            "libpangoft2-1.0-0) are not installed", exc_type=(ImportError, OSError))  # fmt: skip
    monkeypatch.setattr("overkalix_data.outputs.council.pdf.PROGRAMS", ())
    assert [path.name for path in written(letter, tmp_path / "brev.docx")] == ["brev.pdf"]
    assert (tmp_path / "brev.pdf").read_bytes().startswith(b"%PDF-1.7")
    if shutil.which("pdfinfo"):
        command = ["pdfinfo", str(tmp_path / "brev.pdf")]
        assert "Tagged:          yes" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_what_weasyprint_prints_shows_what_is_to_be_filled_in(
    letter: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with PdfWriter({tmp_path / "letter.docx": letter}, as_of=AS_OF) as writer:
        printed = writer._page(letter)
    prompts = [part for part in letter.parts if isinstance(part, Paragraph) and part.to_fill_in]
    assert printed.count('<p class="prompt">') == len(prompts) > 1


def test_where_a_picture_lies_is_no_part_of_what_weasyprint_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    pages = set()
    for name in ("a", "b"):
        (picture := tmp_path / f"{name}.png").write_bytes(b"\x89PNG")
        document = Document("Bilaga", "Överkalix", "", "", [Picture(picture, "Diagram", "Staplar")])
        with PdfWriter({tmp_path / "bilaga.docx": document}, as_of=AS_OF) as writer:
            pages.add(writer._page(document))
    assert len(pages) == 1


@pytest.mark.usefixtures("pdf")
def test_without_either_the_summary_says_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("overkalix_data.outputs.council.pdf.PROGRAMS", ())
    no_weasyprint(monkeypatch)
    (tmp_path / "sida.txt").write_text(page("Tillväxtverket"), encoding="utf-8")
    places = [word for name in ("clean", "reports", "curated") for word in (f"--{name}", str(tmp_path / name))]
    assert main(["report", "--raw", str(tmp_path / "sida.txt"), *places, "--as-of", AS_OF]) == 0
    assert "Ingen PDF: installera LibreOffice" in capsys.readouterr().out
    assert not list(tmp_path.rglob("*.pdf"))
    assert len(list(tmp_path.rglob("radsrapport.docx"))) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of the shell")
@pytest.mark.parametrize(
    "script",
    [
        pytest.param("#!/bin/sh\nexit 0\n", id="makes-nothing"),
        pytest.param('#!/bin/sh\nfor last in "$@"; do :; done; echo %PDF > "${last%.docx}.pdf"; exit 77\n', id="ends-in-error"),
        pytest.param("#!/bin/sh\nkill -SEGV $$\n", id="crashes"),
        pytest.param("#!/bin/sh\nexec sleep 60\n", id="never-ends"),
        pytest.param("no program of this machine", id="not-a-program"),
    ],
)  # fmt: skip
def test_a_libreoffice_that_fails_makes_no_pdf_and_stops_nothing(
    script: str, letter: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overkalix_data.outputs.council.pdf.PROGRAMS", (program(tmp_path, script),))
    monkeypatch.setattr("overkalix_data.outputs.council.pdf.LONGEST", 0.5)
    no_weasyprint(monkeypatch)
    assert written(letter, tmp_path / "brev.docx") == []
    assert not list(tmp_path.glob("*.pdf"))


def stand_in(html: type) -> ModuleType:
    module = ModuleType("weasyprint")
    module.HTML = html  # type: ignore[attr-defined]
    return module


def test_where_libreoffice_fails_weasyprint_is_tried_and_its_warnings_are_not_ours(
    letter: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Page:
        def __init__(self, string: str) -> None:
            warnings.warn("HarfBuzz-Subset will be required by future versions", DeprecationWarning, stacklevel=1)

        def write_pdf(self, **options: str) -> bytes:
            return b"%PDF-1.7"

    monkeypatch.setattr("overkalix_data.outputs.council.pdf.PROGRAMS", (program(tmp_path, "not a program"),))
    monkeypatch.setitem(sys.modules, "weasyprint", stand_in(Page))
    assert written(letter, tmp_path / "brev.docx") == [tmp_path / "brev.pdf"]


@pytest.mark.parametrize("error", [OSError("no library libpango-1.0-0"), AttributeError("pango"), ValueError("font")])
def test_a_weasyprint_that_fails_makes_no_pdf_and_stops_nothing(
    error: Exception, letter: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Page:
        def __init__(self, string: str) -> None:
            raise error

    monkeypatch.setattr("overkalix_data.outputs.council.pdf.PROGRAMS", ())
    monkeypatch.setitem(sys.modules, "weasyprint", stand_in(Page))
    assert written(letter, tmp_path / "brev.docx") == []


@needs_fork
def test_the_folder_of_a_killed_run_is_gone_after_the_next_and_a_living_ones_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def die() -> None:
        pdf = WithoutPdf({}, as_of=AS_OF)
        assert Path(pdf.folder.name).parent == tmp_path
        os.kill(os.getpid(), signal.SIGKILL)

    killed_at(10**6, tmp_path / "desk", die)
    (dead,) = tmp_path.iterdir()
    with WithoutPdf({}, as_of=AS_OF), WithoutPdf({}, as_of=AS_OF):
        assert not dead.exists()
        assert len([*tmp_path.iterdir()]) == 2
    assert not [*tmp_path.iterdir()]
