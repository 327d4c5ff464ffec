"""The pictures of the two READMEs, taken anew of what a report makes: `make pictures`.

Needs LibreOffice, Chromium and pdftoppm. Each is of the public edition, so that no one stands in a picture, and goes to
`docs/pictures/<what>-<lang>`: chart (SVG, which a test draws again), workbook, council report and findings (PNG).
"""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from overkalix_data.base.words import LANGUAGES
from overkalix_data.cli import main

HERE = Path(__file__).parent
AS_OF = "2026-11-23"
"""The day the committed tables were built as of: the pictures show those."""
PROJECTS = 1
"""The page of the attachment to the board's paper that lists the projects."""
WIDTH, COLOURS = 1200, 64
"""Pixels and palette: legible at the width of a page, and under 150 kB."""


def run(*command: object) -> None:
    """Runs a program in silence. Raises CalledProcessError where it fails."""
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def page_of(pdf: Path, number: int) -> Path:
    """One page of a PDF as PNG, beside it."""
    run(
        "pdftoppm",
        "-png",
        "-singlefile",
        "-f",
        number,
        "-scale-to-x",
        WIDTH,
        "-scale-to-y",
        -1,
        pdf,
        pdf.with_suffix(""),
    )
    return pdf.with_suffix(".png")


def printed(book: Path) -> Path:
    """The workbook as PDF, beside it, as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(book.parent / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", book.parent, book)
    return book.with_suffix(".pdf")


def screen(page: Path) -> Path:
    """The first screen of a page as PNG, beside it, as a browser shows it."""
    picture = page.with_suffix(".png")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={WIDTH},900")
    run(browser, *quiet, f"--screenshot={picture}", page.as_uri())
    return picture


def save(picture: Path, target: Path) -> None:
    """The picture in few colours, as small as PNG gets."""
    with Image.open(picture) as image:
        image.thumbnail((WIDTH, WIDTH))
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def take(folder: Path, lang: str) -> None:
    """One report, four pictures."""
    places = [word for name in ("clean", "reports") for word in (f"--{name}", str(folder / name))]
    main(["report", *places, "--as-of", AS_OF, "--lang", lang])
    public = folder / "reports" / "public"
    shutil.copy(public / "projekt-per-finansiar.svg", HERE / f"chart-{lang}.svg")
    save(page_of(printed(public / "overkalix-projekt.xlsx"), 1), HERE / f"workbook-{lang}.png")
    save(page_of(public / "bilaga-1.pdf", PROJECTS), HERE / f"council-report-{lang}.png")
    save(screen(public / "kvalitet.html"), HERE / f"findings-{lang}.png")


if __name__ == "__main__":
    for lang in LANGUAGES:
        with TemporaryDirectory() as folder:
            take(Path(folder), lang)
