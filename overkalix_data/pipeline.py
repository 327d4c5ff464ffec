"""The whole way in one file: raw → tables → checks → charts → Excel → council report. Open this first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from overkalix_data.base import paths
from overkalix_data.base.commit import Commit, atomic
from overkalix_data.base.errors import InputError
from overkalix_data.base.progress import Progress
from overkalix_data.base.words import say
from overkalix_data.checks.schema_run import SchemaRun, SchemaVerdict

if TYPE_CHECKING:
    import pandas as pd

    from overkalix_data.outputs.result import Result

MOST_REPORTED = 1_500
"""Projects, funders and contacts of what people read: a chart has a bar for each of them, or it has a letter."""
REPORTED = ("projects", "funders", "contacts")
MOST_ROWS = 7_500
"""Rows of any other table of what people read: a page of 2 MB has no room for more."""
UNREAD = ("evidence", "cells")
"""Tables of which people see a row at a time."""
MOST_PAIRS = 20_000
"""Funders that share a project, two and two: a chart tells them all, and of 1,500 in one project they are a million."""
MOST_REFUSED = 2_000
"""Rows filled in that could not be taken: each is a finding, and a file with more of them is of another page."""


@dataclass(frozen=True)
class Options:
    """Where to read and write, the day that counts as today (ISO), and the language of what people see."""

    as_of: str
    raw: str = str(paths.RAW)
    """Where the page is; empty: what the clean folder was made of."""
    curated: Path = paths.CURATED
    clean: Path = paths.CLEAN
    reports: Path = paths.REPORTS
    lang: str = "sv"
    notebooks: bool = False
    """Whether a report runs the notebooks too and writes them as pages."""
    png: bool = False
    """Whether every chart is written as PNG beside its SVG; the first always is."""


@dataclass(frozen=True)
class Work:
    """What a command writes its files of; where Great Expectations finds a fault, it is asked to write them again."""

    options: Options
    tell: Progress
    commit: Commit
    result: "Result"
    verdict: Callable[[], SchemaVerdict]
    """Waits for Great Expectations."""

    @property
    def clean(self) -> Path:
        """The folder for new tables."""
        return self.commit.folder(self.options.clean)

    @property
    def reports(self) -> Path:
        """The folder for new reports."""
        return self.commit.folder(self.options.reports)


Write = Callable[[Work], list[Path]]


def check(options: Options, tell: Progress) -> "Result":
    """Raw → checked tables, nothing written."""
    return _run(options, tell, lambda _: [])


def build(options: Options, tell: Progress) -> "Result":
    """Raw and curated → checked tables in the clean folder; new wordings in the ledger."""
    return _run(options, tell, _write_tables, options.clean)


def report(options: Options, tell: Progress) -> "Result":
    """The same, with charts, pages, workbook and letter; all of them or none."""

    def write(work: Work) -> list[Path]:
        from overkalix_data.outputs.reports import write_reports, write_suites

        tell(say("stage.write", options.lang))
        files, tables = _write_tables(work), work.result.tables
        files += write_reports(
            tables, work.reports, options.curated, as_of=options.as_of, lang=options.lang, png=options.png
        )
        files += write_suites(work.verdict().files, work.reports)
        return [*files, *(_write_notebooks(work) if options.notebooks else [])]

    return _run(options, tell, write, options.clean, options.reports)


def export(options: Options, funder: str, tell: Progress) -> "Result":
    """The Excel pack of one funder (id, name or alias), or of every one where `funder` is empty; in both editions."""

    def write(work: Work) -> list[Path]:
        from overkalix_data.curation.publication import read_publication
        from overkalix_data.outputs.packs.book import write_packs
        from overkalix_data.outputs.packs.pack import funder_asked

        tables = work.result.tables
        asked = [funder_asked(tables, funder)] if funder else sorted(tables["funders"]["funder_id"])
        tell(say("stage.export", options.lang))
        number = read_publication(options.curated).org_number
        return write_packs(tables, asked, work.reports, as_of=options.as_of, lang=options.lang, org_number=number)

    return _run(options, tell, write, options.reports)


def page(options: Options, contact: str, tell: Progress) -> "Result":
    """The municipality's own page written back, in both editions; `contact` is what it tells of whom to ask."""

    def write(work: Work) -> list[Path]:
        from overkalix_data.analyse.public_edition import editions_of
        from overkalix_data.outputs.reports import write_project_pages

        return write_project_pages(editions_of(work.result.tables), work.reports, contact=contact)

    return _run(options, tell, write, options.reports)


def publish(options: Options, tell: Progress) -> "Result":
    """The open-data kit of the public edition; what it had before and has no longer is taken away."""
    from overkalix_data.curation.publication import read_publication

    decided = read_publication(options.curated)

    def write(work: Work) -> list[Path]:
        from overkalix_data.analyse.public_edition import public_tables
        from overkalix_data.outputs.open_data.kit import FOLDER, files_of_kit, write_kit

        tell(say("stage.publish", options.lang))
        public = public_tables(work.result.tables)
        files, work.result.left_out = write_kit(public, decided, work.reports, as_of=options.as_of, lang=options.lang)
        for old in files_of_kit(options.reports / FOLDER):
            if old not in work.commit.placed(files):
                work.commit.remove(old)
        return files

    return _run(options, tell, write, options.reports)


def _run(options: Options, tell: Progress, write: Write, *folders: Path) -> "Result":
    """Reads, checks and writes, while Great Expectations judges the tables beside it; what it breaks is a finding, and
    all is written again with it. Nothing stands before it has answered, and the public files have been looked through.
    """
    with atomic() as commit, SchemaRun() as schema:
        for folder in folders:
            commit.folder(folder)
        result = _read(options, tell)
        if options.reports in folders:
            _stop_at_too_many(result, options)
        schema.judge(result.tables)
        tell(say("stage.check", options.lang))
        _check(result, options, SchemaVerdict())
        if options.reports in folders:
            _stop_at_too_many(result, options)
        work = Work(options, tell, commit, result, schema.verdict)
        files = write(work)
        if schema.verdict().broken:
            _check(result, options, schema.verdict())
            commit.begin_again()
            files = write(work)
        if options.reports in folders:
            from overkalix_data.outputs.leak_scan import stop_at_leaks

            stop_at_leaks(work.reports / "public", result.tables)
        result.written = commit.placed(files)
    return result


def _stop_at_too_many(result: "Result", options: Options) -> None:
    """Raises InputError where there is more of something than anybody reads in a report."""
    from overkalix_data.curation.addition import SETTLED
    from overkalix_data.schema import TABLES

    tables, file = result.tables, options.raw or str(options.clean)
    for name in (name for name in TABLES if name not in UNREAD):
        count, limit = len(tables[name]), MOST_REPORTED if name in REPORTED else MOST_ROWS
        if count > limit:
            table = TABLES[name].title(options.lang)
            raise InputError("too_many_rows", file=file, table=table, count=count, limit=limit)
    if (count := _pairs(tables["project_funders"])) > MOST_PAIRS:
        raise InputError("too_many_pairs", file=file, count=count, limit=MOST_PAIRS)
    if (count := int((~tables["additions"]["outcome_code"].isin(SETTLED)).sum())) > MOST_REFUSED:
        raise InputError("too_many_refused", file=str(options.curated), count=count, limit=MOST_REFUSED)


def _pairs(links: "pd.DataFrame") -> int:
    """How many different pairs of funders share a project; counted no further than one more than a report shows."""
    pairs: set[tuple[str, str]] = set()
    for _, funders in links.groupby("project_id")["funder_id"]:
        for pair in combinations(sorted(set(funders)), 2):
            pairs.add(pair)
            if len(pairs) > MOST_PAIRS:
                return len(pairs)
    return len(pairs)


def _read(options: Options, tell: Progress) -> "Result":
    """The page that is asked for; where none is, that of the last `build`: read anew, so that what has been filled in
    since counts, or, where the raw folder lacks it since `--raw` was another, the clean tables as they stand."""
    from overkalix_data.identity.read_projects import ReadProjects, read_projects
    from overkalix_data.outputs.result import Result
    from overkalix_data.schema.frames import read_tables, tidy_tables
    from overkalix_data.schema.records import Records

    if not options.raw and _sources_of(options.clean) - _sources_in(paths.RAW):
        tell(say("stage.clean", options.lang, folder=options.clean))
        return Result(ReadProjects([], Records(), []), read_tables(options.clean))
    raw = options.raw or str(paths.RAW)
    tell(say("stage.read", options.lang, value=raw))
    reading = read_projects(raw, options.curated)
    # The rows stand in the tables now: of a long list, held twice, they are most of what the memory holds.
    return Result(replace(reading, records=Records()), tidy_tables(reading.records))


def _sources_of(clean: Path) -> set[str]:
    """The checksums of the files that the clean folder was made of; none where it was never made."""
    from overkalix_data.base.codelist import read_csv

    file = clean / "sources.csv"
    return {row["sha256"] for row in read_csv(file)} if file.is_file() else set()


def _sources_in(raw: Path) -> set[str]:
    """The checksums of the files in the raw folder, earlier fetches too. Raises InputError where one is unreadable."""
    from overkalix_data.documents.source import read_sources

    waiting, sums = list(read_sources(str(raw))) if raw.exists() else [], set()
    while waiting:
        source = waiting.pop()
        sums.add(source.sha256)
        waiting += [source.previous] if source.previous else []
    return sums


def _check(result: "Result", options: Options, schema: SchemaVerdict) -> None:
    """Puts findings and checks in the tables."""
    from overkalix_data.checks.validate import check_tables
    from overkalix_data.schema.curated_files import curated_rows

    tables, accepted = result.tables, curated_rows(options.curated, "accepted")
    tables["findings"], tables["checks"] = check_tables(tables, options.as_of, options.lang, accepted, schema)


def _write_tables(work: Work) -> list[Path]:
    from overkalix_data.schema.frames import write_tables

    return [*write_tables(work.result.tables, work.clean), *_write_ledger(work.result, work.options, work.commit)]


def _write_ledger(result: "Result", options: Options, commit: Commit) -> list[Path]:
    """The ledger where it has something new; else the curated folder is not touched.

    Raises InputError (`changed_meanwhile`) where another run has entered something since it was read.
    """
    from overkalix_data.identity.ledger import LEDGER_FILE, ledger_bytes, read_ledger

    file, data = options.curated / LEDGER_FILE, ledger_bytes(result.reading.ledger)
    if file.is_file() and file.read_bytes() == data:
        return []
    written = commit.folder(options.curated, keeps_copies=True) / LEDGER_FILE
    if set(read_ledger(options.curated)) - set(result.reading.ledger):
        raise InputError("changed_meanwhile", file=str(file))
    written.write_bytes(data)
    return [written]


def _write_notebooks(work: Work) -> list[Path]:
    from overkalix_data.outputs.pages.notebooks import write_notebooks

    options = work.options
    work.tell(say("stage.notebooks", options.lang))
    return write_notebooks(work.reports, raw=Path(options.raw or paths.RAW), clean=work.clean)
