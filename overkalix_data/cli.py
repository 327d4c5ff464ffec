"""`overkalix`: a thin shell over the documented functions. Nothing heavy is imported before a command needs it."""

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from overkalix_data.arguments import language, parser
from overkalix_data.base.cell_text import printable
from overkalix_data.base.commit import atomic, settle
from overkalix_data.base.errors import InputError, as_input_error, unheard
from overkalix_data.base.files import written
from overkalix_data.base.words import counted, explain, say

if TYPE_CHECKING:
    from overkalix_data.outputs.result import Result
    from overkalix_data.pipeline import Options

DONE, CRITICAL, FAILED = 0, 1, 2
"""Exit codes (contract §1)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code. What could not be done is one line on standard error, and undone.

    The command is one commit: it begins by putting right what a killed run left; telling what it did seals it.
    """
    os.environ.pop("MPLBACKEND", None)  # how this machine shows pictures; one that is no more stops the charts' import
    gc.set_threshold(100_000, 50)  # a page's rows have no cycles, and to look for them is a tenth of `show`
    words = list(sys.argv[1:] if argv is None else argv)
    with unheard():
        code = _run(words, language(words))
        if code == FAILED:
            gc.collect()
    return code


def _run(words: list[str], lang: str) -> int:
    try:
        _take_any_character()
        arguments = _parsed(words, lang)
        made = (arguments.curated, arguments.clean, arguments.reports)
        for folder in made:
            if arguments.raw and Path(folder).is_dir() and os.path.realpath(folder) == os.path.realpath(arguments.raw):
                raise InputError("same_folder", file=folder)
        with atomic():
            for folder in filter(None, (arguments.raw, *made)):
                settle(Path(folder))
            return int(arguments.run(arguments))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - whatever comes is one line, and nothing is half done
        _refuse(explain(as_input_error(error), lang))
        if "OVERKALIX_TRACEBACK" in os.environ:
            traceback.print_exception(error)
        return FAILED


def _parsed(words: list[str], lang: str) -> argparse.Namespace:
    try:
        return parser(lang, COMMANDS).parse_args(words)
    except SystemExit:
        tell()  # help and version have been written; now they are out, or refused
        raise


def tell(*lines: str) -> None:
    """Lines on standard output. A reader of a pipe (head, less) may have had enough; anything else is refused.

    Raises InputError (`no_output`) where they cannot be written: closed, or a full disk.
    """
    try:
        if sys.stdout is None:
            raise InputError("no_output", reason="stdout")
        sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))
        sys.stdout.flush()
    except OSError as error:
        # Whatever still waits to be written goes nowhere: Python would try again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise InputError("no_output", reason=error.strerror or str(error)) from error


def _refuse(line: str) -> None:
    with suppress(OSError, AttributeError):
        sys.stderr.write(printable(line) + "\n")  # always line by line


def _take_any_character() -> None:
    """A terminal of another alphabet shows a character that it lacks by its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def report(arguments: argparse.Namespace) -> int:
    """The main job: raw → tables → checks → charts → Excel → council report."""
    code = build(arguments)
    if arguments.open:
        import webbrowser

        from overkalix_data.outputs.reports import PAGE

        webbrowser.open((Path(arguments.reports) / "public" / PAGE).resolve().as_uri())
    return code


def build(arguments: argparse.Namespace) -> int:
    """Raw → tidy tables in the clean folder, checked."""
    result = _made(arguments)
    from overkalix_data.outputs.terminal.summary import summary

    return _ended(result, *summary(result, arguments.lang))


def check(arguments: argparse.Namespace) -> int:
    """The checks alone, for a person or a program."""
    for rule_id in filter(None, (arguments.rule, arguments.explain)):
        from overkalix_data.checks.rules import catalogue

        if rule_id not in catalogue():
            raise InputError("no_rule", value=rule_id, choices=catalogue())
    if arguments.explain:
        from overkalix_data.outputs.terminal import summary

        tell(*summary.explained(arguments.explain, arguments.lang))
        return DONE
    result = _made(arguments)
    from overkalix_data.outputs.terminal import summary

    shown = summary.only(result, arguments.rule, arguments.severity)
    if arguments.format == "json":
        return _ended(result, summary.check_json(shown))
    return _ended(result, *summary.check_lines(shown, arguments.lang, every=bool(arguments.rule)))


def show(arguments: argparse.Namespace) -> int:
    """The list, or one project with the sentence behind every value."""
    from overkalix_data.identity.read_projects import read_projects
    from overkalix_data.outputs.terminal.show import shown

    _as_of(arguments)
    records = read_projects(arguments.raw, Path(arguments.curated)).records
    filters = {name: getattr(arguments, name) for name in ("funder", "theme", "status", "text", "publisher")}
    tell(*shown(records, arguments.project, arguments.lang, **filters))
    return DONE


def export(arguments: argparse.Namespace) -> int:
    """The Excel pack of one funder, or of every one."""
    if bool(arguments.asked) == arguments.all:
        raise InputError("no_export")
    result = _made(arguments, arguments.asked)
    return _ended(result, *map(str, result.written), lang=arguments.lang)


def page(arguments: argparse.Namespace) -> int:
    """The municipality's own page written back, accessible and with one spelling of every label."""
    result = _made(arguments, arguments.contact)
    return _ended(result, *map(str, result.written), lang=arguments.lang)


def publish(arguments: argparse.Namespace) -> int:
    """The open-data kit, which others' tools take as it is."""
    result = _made(arguments)
    from overkalix_data.outputs.open_data.kit import FOLDER

    kit = Path(arguments.reports) / FOLDER
    made = say("open.written", arguments.lang, count=len(result.written), folder=kit)
    return _ended(result, made, *result.left_out, lang=arguments.lang)


def template(arguments: argparse.Namespace) -> int:
    """The form in which people fill in what the page lacks."""
    from overkalix_data.outputs.template import SET_ASIDE, write_template

    raw, curated = arguments.raw, Path(arguments.curated)
    form, moved, aside = write_template(raw, curated, as_of=_as_of(arguments), lang=arguments.lang)
    if moved:
        tell(say("template.moved", arguments.lang, count=moved, folder=curated))
    for copy in aside:
        tell(say("template.set_aside", arguments.lang, file=copy.name, name=SET_ASIDE + copy.name))
    tell(say("template.written", arguments.lang, file=form))
    return DONE


def review(arguments: argparse.Namespace) -> int:
    """What other public pages say, beside the page's text; or a person's answer to one of them."""
    from overkalix_data.outputs.terminal import review as book

    curated, lang = Path(arguments.curated), arguments.lang
    asked = {"accepted": arguments.accept, "rejected": arguments.reject, "exact": arguments.accept_exact}
    if answer := next((name for name, value in asked.items() if value), ""):
        who, day = arguments.who, _as_of(arguments)
        tell(book.answered(arguments.raw, curated, lang, answer, asked[answer], who=who, date=day, note=arguments.note))
    else:
        tell(*book.review_lines(arguments.raw, curated, lang, answered=arguments.all))
    return DONE


def match(arguments: argparse.Namespace) -> int:
    """What a funder's register says of the projects, entered as proposals for `review`."""
    from overkalix_data.outputs.terminal.match import match_register

    register, raw, curated = arguments.register, arguments.raw, Path(arguments.curated)
    tell(*match_register(register, raw, curated, giver=arguments.giver, lang=arguments.lang))
    return DONE


def fetch(arguments: argparse.Namespace) -> int:
    """The pages of `sources.csv` anew, as dated files; the only command that uses the network."""
    from overkalix_data.outputs.terminal.fetch import fetch_sources

    tell(*fetch_sources(Path(arguments.raw), _as_of(arguments), arguments.page, arguments.lang))
    return DONE


def diff(arguments: argparse.Namespace) -> int:
    """What changed between two fetches of a page, for the terminal, as a page or as a table."""
    from overkalix_data.outputs.terminal.diff import compared

    text = compared(arguments.old, arguments.new, Path(arguments.curated), arguments.format, arguments.lang)
    if arguments.output:
        _save(Path(arguments.output), text)
    else:
        tell(text.removesuffix("\n"))
    return DONE


def evaluate(arguments: argparse.Namespace) -> int:
    """How right the reading is, against a gold folder."""
    from overkalix_data.identity.evaluate import evaluation_lines

    tell(*evaluation_lines(Path(arguments.gold), arguments.lang, misses=arguments.misses))
    return DONE


def lake(arguments: argparse.Namespace) -> int:
    """Many pages → partitioned Parquet, on a pool of processes or a cluster."""
    from overkalix_data.outputs.lake.build import built_lake

    with built_lake(arguments.pages, arguments.out, workers=arguments.workers, scheduler=arguments.scheduler) as made:
        counts = {name: counted(f"lake.{name}", n, arguments.lang) for name, n in vars(made).items()}
        tell(say("lake.written", arguments.lang, file=arguments.out, **counts))
    return DONE


def new_source(arguments: argparse.Namespace) -> int:
    """What of a new list is understood and what is not, with a draft of its row in `sources.csv`."""
    from overkalix_data.identity.new_source import source_report

    reading = source_report(arguments.file, arguments.lang)
    tell(*reading.lines)
    if arguments.output:
        from overkalix_data.outputs.pages.read_lines import lines_html

        page = lines_html(Path(arguments.file).name, reading.pieces, reading.layouts, reading.lines, arguments.lang)
        _save(Path(arguments.output), page)
    return DONE


def _save(place: Path, text: str) -> None:
    with atomic() as commit:
        written(commit.folder(place.parent) / place.name, text)


def _made(arguments: argparse.Namespace, *more: str) -> "Result":
    """What the pipeline's function of the command's name gives, its stages told meanwhile."""
    options = _options(arguments)
    from overkalix_data import pipeline
    from overkalix_data.base.progress import Progress

    with Progress() as stage:
        result: Result = getattr(pipeline, arguments.command)(options, *more, stage)
    return result


def _ended(result: "Result", *lines: str, lang: str = "") -> int:
    """Tells what was made, and, in the language given, that a finding is critical; gives the exit code."""
    tell(*lines, *([say("summary.critical", lang)] if lang and result.critical else []))
    return CRITICAL if result.critical else DONE


def _options(arguments: argparse.Namespace) -> "Options":
    as_of = _as_of(arguments)
    from overkalix_data.pipeline import Options

    folders = {name: Path(getattr(arguments, name)) for name in ("curated", "clean", "reports")}
    notebooks, png = (bool(getattr(arguments, name, False)) for name in ("notebooks", "png"))
    return Options(as_of=as_of, raw=arguments.raw, lang=arguments.lang, notebooks=notebooks, png=png, **folders)


def _as_of(arguments: argparse.Namespace) -> str:
    """The day asked for, or today; in ISO form, since every rule about time compares with it."""
    try:
        return (date.fromisoformat(arguments.as_of) if arguments.as_of else date.today()).isoformat()
    except ValueError:
        raise InputError("as_of", value=arguments.as_of) from None


COMMANDS = (
    report, build, check, show, export, page, publish, template, match, review, fetch,
    diff, evaluate, new_source, lake,
)  # fmt: skip
"""The commands in the order that help tells them."""
