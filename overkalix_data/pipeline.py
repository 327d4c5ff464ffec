"""The whole way in one file: raw → tables → checks → charts → Excel → council report. Open this first."""

from dataclasses import dataclass
from pathlib import Path

from overkalix_data.base import paths
from overkalix_data.base.commit import Commit, atomic
from overkalix_data.base.errors import InputError
from overkalix_data.base.progress import Progress
from overkalix_data.base.words import say
from overkalix_data.curation.accepted import accepted_findings
from overkalix_data.identity.ledger import LEDGER_FILE, ledger_bytes, read_ledger
from overkalix_data.identity.read_projects import read_projects
from overkalix_data.outputs.result import Result
from overkalix_data.schema.frames import tidy_tables, write_tables


@dataclass(frozen=True)
class Options:
    """Where to read and write, the day that counts as today (ISO), and the language of what people see."""

    as_of: str
    raw: str = str(paths.RAW)
    curated: Path = paths.CURATED
    clean: Path = paths.CLEAN
    reports: Path = paths.REPORTS
    lang: str = "sv"
    notebooks: bool = False
    """Whether a report runs the notebooks too and writes them as pages."""
    png: bool = False
    """Whether every chart is written as PNG beside its SVG; the first always is."""


def check(options: Options, tell: Progress) -> Result:
    """Raw → checked tables, nothing written."""
    from overkalix_data.checks.validate import check_tables

    tell(say("stage.read", options.lang, value=options.raw))
    reading = read_projects(options.raw, options.curated)
    tables = tidy_tables(reading.records)
    tell(say("stage.check", options.lang))
    accepted = accepted_findings(options.curated)
    tables["findings"], tables["checks"] = check_tables(tables, options.as_of, options.lang, accepted)
    return Result(reading, tables)


def build(options: Options, tell: Progress) -> Result:
    """Raw and curated → checked tables in the clean folder; new wordings in the ledger."""
    with atomic() as commit:
        clean = commit.folder(options.clean)
        result = check(options, tell)
        result.written = commit.placed([*write_tables(result.tables, clean), *_write_ledger(result, options, commit)])
    return result


def report(options: Options, tell: Progress) -> Result:
    """The same, with charts, pages, workbook and letter; all of them or none."""
    from overkalix_data.outputs.leak_scan import stop_at_leaks
    from overkalix_data.outputs.reports import write_reports

    with atomic() as commit:
        clean, reports = commit.folder(options.clean), commit.folder(options.reports)
        result = check(options, tell)
        tell(say("stage.write", options.lang))
        files = [*write_tables(result.tables, clean), *_write_ledger(result, options, commit)]
        files += write_reports(
            result.tables, reports, options.curated, as_of=options.as_of, lang=options.lang, png=options.png
        )
        if options.notebooks:
            tell(say("stage.notebooks", options.lang))
            files += _write_notebooks(reports, clean, options)
        stop_at_leaks(reports / "public", result.tables)
        result.written = commit.placed(files)
    return result


def export(options: Options, funder: str, tell: Progress) -> Result:
    """The Excel pack of one funder (id, name or alias), or of every one where `funder` is empty; in both editions."""
    from overkalix_data.outputs.leak_scan import stop_at_leaks
    from overkalix_data.outputs.packs.export import write_packs
    from overkalix_data.outputs.packs.pack import all_funders, funder_asked

    with atomic() as commit:
        reports = commit.folder(options.reports)
        result = check(options, tell)
        asked = [funder_asked(result.tables, funder)] if funder else all_funders(result.tables)
        tell(say("stage.export", options.lang))
        files = write_packs(result.tables, asked, reports, as_of=options.as_of, lang=options.lang)
        stop_at_leaks(reports / "public", result.tables)
        result.written = commit.placed(files)
    return result


def page(options: Options, contact: str, tell: Progress) -> Result:
    """The municipality's own page written back, in both editions; `contact` is what it tells of whom to ask."""
    from overkalix_data.analyse.public_edition import editions_of
    from overkalix_data.outputs.leak_scan import stop_at_leaks
    from overkalix_data.outputs.reports import write_project_pages

    with atomic() as commit:
        reports = commit.folder(options.reports)
        result = check(options, tell)
        files = write_project_pages(editions_of(result.tables), reports, contact=contact)
        stop_at_leaks(reports / "public", result.tables)
        result.written = commit.placed(files)
    return result


def publish(options: Options, tell: Progress) -> Result:
    """The open-data kit of the public edition; what it had before and has no longer is taken away."""
    from overkalix_data.analyse.public_edition import public_tables
    from overkalix_data.curation.publication import read_publication
    from overkalix_data.outputs.leak_scan import stop_at_leaks
    from overkalix_data.outputs.open_data.kit import FOLDER, files_of_kit, write_kit

    with atomic() as commit:
        reports = commit.folder(options.reports)
        decided = read_publication(options.curated)
        result = check(options, tell)
        tell(say("stage.publish", options.lang))
        public = public_tables(result.tables)
        files, result.left_out = write_kit(public, decided, reports, as_of=options.as_of, lang=options.lang)
        stop_at_leaks(reports / FOLDER, result.tables)
        result.written = commit.placed(files)
        for old in files_of_kit(options.reports / FOLDER):
            if old not in result.written:
                commit.remove(old)
    return result


def _write_ledger(result: Result, options: Options, commit: Commit) -> list[Path]:
    """The ledger where it has something new; else the curated folder is not touched.

    Raises InputError (`changed_meanwhile`) where another run has entered something since it was read.
    """
    file, data = options.curated / LEDGER_FILE, ledger_bytes(result.reading.ledger)
    if file.is_file() and file.read_bytes() == data:
        return []
    written = commit.folder(options.curated, keeps_copies=True) / LEDGER_FILE
    if set(read_ledger(options.curated)) - set(result.reading.ledger):
        raise InputError("changed_meanwhile", file=str(file))
    written.write_bytes(data)
    return [written]


def _write_notebooks(reports: Path, clean: Path, options: Options) -> list[Path]:
    from overkalix_data.outputs.pages.notebooks import write_notebooks

    (reports / "public" / "notebooks").mkdir()
    return write_notebooks(reports / "public" / "notebooks", raw=Path(options.raw), clean=clean, lang=options.lang)
