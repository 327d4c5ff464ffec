"""Everything that a report makes, in both editions: charts, letter, PDF, workbook, pages and the own page."""

from collections.abc import Mapping
from pathlib import Path
from shutil import copyfile

from overkalix_data.analyse.one_per_project import has_several_publishers, joined
from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.analyse.settled import settled
from overkalix_data.base.files import is_there, written
from overkalix_data.base.paths import LETTERHEAD
from overkalix_data.base.wording import slug
from overkalix_data.outputs import charts
from overkalix_data.outputs.charts import Chart
from overkalix_data.outputs.council.asks import write_ask_letters
from overkalix_data.outputs.council.attachment import attachment, contact_list
from overkalix_data.outputs.council.facts import materials
from overkalix_data.outputs.council.letter import council_letter
from overkalix_data.outputs.council.page import write_report_page
from overkalix_data.outputs.council.pdf import PdfWriter
from overkalix_data.outputs.council.word import write_letter
from overkalix_data.outputs.pages.changes import write_changes_page
from overkalix_data.outputs.pages.own_page import by_publisher, write_project_page
from overkalix_data.outputs.pages.quality import write_quality_page
from overkalix_data.outputs.workbook.book import council_book
from overkalix_data.outputs.workbook.sheet import BOOK, EDITIONS
from overkalix_data.outputs.xlsx.write import write_book
from overkalix_data.schema.frames import Tables

PAGE, OWN_PAGE = "rapport.html", "projektsida.html"
LETTER, ATTACHMENT, CONTACTS = "radsrapport.docx", "bilaga-1.docx", "kontakter.docx"


def write_reports(
    tables: Tables, folder: Path, curated: Path, *, as_of: str, lang: str = "sv", png: bool = False
) -> list[Path]:
    """Writes all of it under `folder/<edition>` and gives the files. A letterhead in the curated folder is used.

    A project that stands on several pages is told once, with what all of them say; the municipality's own page has its
    own words. The board's paper and its attachment go out with the summons: both editions have them of the public
    tables. The PDF is made meanwhile, asked for first and waited for last; without it all else is written.
    Raises InputError (`bad_letterhead`).
    """
    of_pages = editions_of(tables)
    editions = {edition: settled(joined(shown)) for edition, shown in of_pages.items()}
    for edition in EDITIONS:
        (folder / edition).mkdir()
    # A chart is one picture in both editions, and so has no personal data in either.
    drawn, public = charts.report_charts(editions["public"], lang), folder / "public"
    pictures = _saved(drawn[0], public, lang, png=True)
    material = materials(editions, as_of=as_of, lang=lang)
    letters = {
        public / LETTER: council_letter(material["public"]),
        public / ATTACHMENT: attachment(material["public"], drawn[0], public / f"{drawn[0].stem}.png"),
        folder / "internal" / CONTACTS: contact_list(material["internal"]),
    }
    head = curated / LETTERHEAD if is_there(curated / LETTERHEAD) else None
    for path, letter in letters.items():
        write_letter(letter, path, as_of=as_of, lang=lang, template=head)
    with PdfWriter(letters, as_of=as_of, lang=lang) as pdf:
        pictures += [file for chart in drawn[1:] for file in _saved(chart, public, lang, png=png)]
        with_svg = [(chart, (public / f"{chart.stem}.svg").read_text(encoding="utf-8")) for chart in drawn]
        files = [
            file for edition, shown in editions.items() for file in (
                write_report_page(material[edition], with_svg, folder / edition / PAGE),
                write_book(council_book(shown, as_of=as_of, lang=lang, edition=edition), folder / edition / BOOK,
                           as_of=as_of, lang=lang),
                write_quality_page(shown, folder / edition / "kvalitet.html", as_of=as_of, lang=lang, edition=edition),
                write_changes_page(shown, folder / edition / "forandringar.html", lang=lang),
            )
        ]  # fmt: skip
        own_pages = write_project_pages(of_pages, folder)
        asked = write_ask_letters(material["internal"], folder / "internal", head)
        papers = [*letters, *pdf.finish()]
        copies = [copyfile(path, folder / "internal" / path.name) for path in papers if path.parent == public]
        return [*files, *own_pages, *papers, *copies, *asked, *pictures]


def write_suites(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Writes the schema's suites and what Great Expectations found, for auditors, and gives the files."""
    place = folder / "internal" / "great_expectations"
    place.mkdir()
    return [written(place / name, text) for name, text in files.items()]


def write_project_pages(editions: dict[str, Tables], folder: Path, *, contact: str = "person") -> list[Path]:
    """Writes the municipality's own page under `folder/<edition>` and gives the files.

    A list of several municipalities gives a page each, `projektsida-<municipality>.html`, as that municipality tells
    its projects: it reads back to that publisher's rows. Pages whose publisher is unknown stay on `projektsida.html`.
    """
    for edition in EDITIONS:
        (folder / edition).mkdir(exist_ok=True)
    files = []
    for edition, tables in editions.items():
        for publisher, own in (by_publisher(tables) if has_several_publishers(tables) else {"": tables}).items():
            name = OWN_PAGE.replace(".", f"-{slug(publisher)}.") if publisher else OWN_PAGE
            files.append(write_project_page(own, folder / edition / name, contact=contact, edition=edition))
    return files


def _saved(chart: Chart, folder: Path, lang: str, *, png: bool) -> list[Path]:
    return charts.save(charts.drawn(chart), folder / chart.stem, chart.title, chart.alt, lang, png=png)
