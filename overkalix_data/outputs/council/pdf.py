"""The documents as tagged PDF: by LibreOffice, which works meanwhile; else by WeasyPrint (the extra `[pdf]`)."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import redirect_stdout, suppress
from hashlib import md5
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Self
from warnings import catch_warnings

from overkalix_data.base.errors import InputError
from overkalix_data.base.files import moment_of
from overkalix_data.base.lock import MESSAGE, STAGE, Lock
from overkalix_data.outputs.council.document import Document
from overkalix_data.outputs.pages.render import render

PROGRAMS = ("soffice", "libreoffice")
YES = '{"type":"boolean","value":"true"}'
TAGGED = f'pdf:writer_pdf_Export:{{"UseTaggedPDF":{YES},"PDFUACompliance":{YES},"ExportBookmarks":{YES}}}'
"""PDF/UA: tags, title and language, as the law on accessible documents asks."""
PREFIX = "overkalix-pdf-"
"""Begins the name of the folder that LibreOffice works in, which is locked while its owner lives."""
LONGEST = 120
"""Seconds: a converter that has not answered by then never will."""
CLOCK = re.compile(
    rb"(?P<iso>(?<=<xmp:CreateDate>)[0-9TZ:+-]+(?=</))|(?P<pdf>(?<=/CreationDate\(D:)[0-9]{14}(?=[^)]*\)))"
)
UNIQUE = re.compile(rb"(?<=/ID \[ <)[0-9A-F]{32}|(?<=\n<)[0-9A-F]{32}(?=> \])|(?<=/DocChecksum /)[0-9A-F]{32}")
"""What LibreOffice 7 takes from the clock (newer ones heed SOURCE_DATE_EPOCH): as many replace it: no offset moves."""


class PdfWriter:
    """Starts on the Word files at once; `finish` waits and gives the PDF files, or none where nothing can make them."""

    def __init__(self, letters: Mapping[Path, Document], *, as_of: str, lang: str = "sv") -> None:
        self.letters, self.as_of, self.lang = dict(letters), as_of, lang
        _clear_dead()
        self.folder = TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
        self.lock = Lock(Path(self.folder.name))
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        self.running = self._start(program) if program else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.running and self.running.poll() is None:
            self.running.kill()
            self.running.wait()
        self.lock.release()
        self.folder.cleanup()

    def finish(self) -> list[Path]:
        """The PDF files beside their documents, by LibreOffice or WeasyPrint; none where neither makes them all."""
        made = self._converted() or self._printed()
        for file, content in made.items():
            file.write_bytes(content)
        return list(made)

    def _start(self, program: str) -> "subprocess.Popen[bytes] | None":
        """A profile of its own, so that a LibreOffice that is open neither takes the work over nor stops it."""
        copies = self._copies()
        for copy, document in copies.items():
            shutil.copyfile(document, copy)
        folder = Path(self.folder.name)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", TAGGED, "--outdir", str(folder), *map(str, copies)]
        try:
            # One zone for the date, and one heap: LibreOffice writes fonts in the order of where they lie in memory.
            everywhere = os.environ | {"TZ": "UTC", "MALLOC_ARENA_MAX": "1"}
            return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=everywhere)
        except OSError:  # a file of that name which is no program for this machine
            return None

    def _converted(self) -> dict[Path, bytes]:
        """PDF file → bytes, once LibreOffice is done; none where it fails, never ends, or leaves a letter out."""
        try:
            if not self.running or self.running.wait(LONGEST):
                return {}
            return {
                document.with_suffix(".pdf"): without_clock(copy.with_suffix(".pdf").read_bytes(), self.as_of)
                for copy, document in self._copies().items()
            }
        except (subprocess.TimeoutExpired, FileNotFoundError):
            return {}

    def _printed(self) -> dict[Path, bytes]:
        """PDF file → bytes by WeasyPrint; none where it or the system's libraries for text are missing or fail.

        What it warns of (a library that a later version needs) and prints (how to install it) is no matter here.
        """
        with catch_warnings(action="ignore"), redirect_stdout(StringIO()):
            try:
                from weasyprint import HTML

                return {
                    document.with_suffix(".pdf"): HTML(string=self._page(letter)).write_pdf(pdf_variant="pdf/ua-1")
                    for document, letter in self.letters.items()
                }
            except Exception:  # noqa: BLE001 - whatever happens in there, the rest of the report is written
                return {}

    def _page(self, letter: Document) -> str:
        parts = [(type(part).__name__, part) for part in letter.parts]
        return render("brev.html", self.lang, letter=letter, parts=parts)

    def _copies(self) -> dict[Path, Path]:
        """Both editions have one name: in the working folder each has its own."""
        return {Path(self.folder.name) / f"{n}.docx": document for n, document in enumerate(self.letters)}


def without_clock(pdf: bytes, as_of: str) -> bytes:
    """The same PDF stamped with the day it is as of, and with identifiers that follow from its content."""
    moment = moment_of(as_of)

    def stamped(match: re.Match[bytes]) -> bytes:
        form = "%Y-%m-%dT%H:%M:%S" if match["iso"] else "%Y%m%d%H%M%S"
        stamp = moment.strftime(form).encode()
        return stamp + match[0][len(stamp) :]

    pdf = CLOCK.sub(stamped, pdf)
    name = md5(UNIQUE.sub(b"", pdf), usedforsecurity=False).hexdigest().upper().encode()
    return UNIQUE.sub(name, pdf)


def _clear_dead() -> None:
    """Removes the folders of runs that were killed: their locks died with them."""
    # A folder without a lock's file has just been made by another run, which is about to lock it.
    for lock in Path(gettempdir()).glob(f"{PREFIX}*/{STAGE}/{MESSAGE}"):
        with suppress(InputError, OSError):
            Lock(folder := lock.parents[1]).release()
            shutil.rmtree(folder)
