"""The letter as tagged PDF: by LibreOffice where it is installed, which works beside us meanwhile; else by WeasyPrint (the extra `[pdf]`)."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import partial
from hashlib import md5
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from overkalix_data.base.build_date import moment_of
from overkalix_data.base.errors import InputError
from overkalix_data.base.words import say
from overkalix_data.outputs.council.document import Document
from overkalix_data.outputs.council.word import write_letter
from overkalix_data.outputs.pages.render import render

PROGRAMS = ("soffice", "libreoffice")
TAGGED = ('pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"},'
          '"ExportBookmarks":{"type":"boolean","value":"true"}}')  # fmt: skip
"""PDF/UA: tags, title and language, as the law on accessible documents asks."""
LONGEST = 120
"""Seconds: a converter that has not answered by then never will."""
CLOCK = re.compile(
    rb"(?P<iso>(?<=<xmp:CreateDate>)[0-9TZ:+-]+(?=</))|(?P<pdf>(?<=/CreationDate\(D:)[0-9]{14}(?=[^)]*\)))"
)
UNIQUE = re.compile(rb"(?<=/ID \[ <)[0-9A-F]{32}|(?<=\n<)[0-9A-F]{32}(?=> \])|(?<=/DocChecksum /)[0-9A-F]{32}")
"""What LibreOffice 7 takes from the clock (newer ones heed SOURCE_DATE_EPOCH): replaced by as many characters, so that no offset moves."""


class PdfWriter:
    """Starts on the Word files at once; `finish` waits and gives the PDF files. Where nothing can make them there are none."""

    def __init__(
        self, letters: Mapping[Path, Document], *, as_of: str, lang: str = "sv", template: Path | None = None
    ) -> None:
        self.letters, self.as_of, self.lang, self.template = dict(letters), as_of, lang, template
        self.program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        self.folder = TemporaryDirectory(prefix="overkalix-pdf-", ignore_cleanup_errors=True)
        self.running = self._start() if self.program else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.running and self.running.poll() is None:
            self.running.kill()
            self.running.wait()
        self.folder.cleanup()

    def finish(self) -> list[Path]:
        """The PDF files beside their documents. Raises InputError (`no_pdf`) where LibreOffice has made none."""
        if self.running:
            return self._converted()
        return self._printed() if find_spec("weasyprint") else []

    def _start(self) -> "subprocess.Popen[bytes]":
        """A profile of its own, so that a LibreOffice that is open neither takes the work over nor stops it."""
        for copy, document in self._copies().items():
            write_letter(
                self.letters[document],
                copy,
                as_of=self.as_of,
                lang=self.lang,
                template=self.template,
                is_for_print=True,
            )
        profile = (Path(self.folder.name) / "profile").as_uri()
        words = [
            str(self.program),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            TAGGED,
            "--outdir",
            self.folder.name,
        ]
        return subprocess.Popen(
            [*words, *map(str, self._copies())], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _converted(self) -> list[Path]:
        assert self.running is not None
        first = next(iter(self.letters))
        try:
            self.running.wait(LONGEST)
        except subprocess.TimeoutExpired as error:
            raise InputError("no_pdf", file=first.name) from error
        written = []
        for copy, document in self._copies().items():
            made, target = copy.with_suffix(".pdf"), document.with_suffix(".pdf")
            if not made.is_file():
                raise InputError("no_pdf", file=document.name)
            target.write_bytes(without_clock(made.read_bytes(), self.as_of))
            written.append(target)
        return written

    def _printed(self) -> list[Path]:
        try:
            from weasyprint import HTML
        except OSError:  # the package is there, but not the system's libraries for text
            return []
        written = []
        for document, letter in self.letters.items():
            parts = [(type(part).__name__, part) for part in letter.parts]
            text = render("brev.html", letter=letter, parts=parts, lang=self.lang, say=partial(say, lang=self.lang))
            HTML(string=text).write_pdf(document.with_suffix(".pdf"), pdf_variant="pdf/ua-1")
            written.append(document.with_suffix(".pdf"))
        return written

    def _copies(self) -> dict[Path, Path]:
        """Both editions have one name: in the working folder each has its own."""
        return {Path(self.folder.name) / f"{n}.docx": document for n, document in enumerate(self.letters)}


def without_clock(pdf: bytes, as_of: str) -> bytes:
    """The same PDF stamped with the day it is as of, and with identifiers that follow from its content."""
    moment = moment_of(as_of)

    def stamped(found: re.Match[bytes]) -> bytes:
        form = "%Y-%m-%dT%H:%M:%S" if found["iso"] else "%Y%m%d%H%M%S"
        stamp = moment.strftime(form).encode()
        return stamp + found[0][len(stamp) :]

    pdf = CLOCK.sub(stamped, pdf)
    name = md5(UNIQUE.sub(b"", pdf), usedforsecurity=False).hexdigest().upper().encode()
    return UNIQUE.sub(name, pdf)
