"""`overkalix`: a thin shell over the documented functions. Nothing heavy is imported before a command needs it."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from overkalix_data.arguments import language, parser
from overkalix_data.base.errors import InputError
from overkalix_data.base.words import explain, say

if TYPE_CHECKING:
    from overkalix_data.pipeline import Options

DONE, CRITICAL, FAILED = 0, 1, 2
"""Exit codes (contract §1)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code. What could not be done is one line on standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    lang = language(words)
    try:
        arguments = parser(lang, COMMANDS).parse_args(words)
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except InputError as error:
        print(explain(error, lang), file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader of a pipe (head, less) has had enough: no error of ours, and nothing more can be told it.
        sys.stderr.close()
        return DONE


def report(arguments: argparse.Namespace) -> int:
    """The main job: raw → tables → checks → charts → Excel → council report."""
    code = _make("report", arguments)
    if arguments.open:
        import webbrowser

        from overkalix_data.outputs.reports import PAGE

        webbrowser.open((Path(arguments.reports) / "public" / PAGE).resolve().as_uri())
    return code


def build(arguments: argparse.Namespace) -> int:
    """Raw → tidy tables in the clean folder, checked."""
    return _make("build", arguments)


def check(arguments: argparse.Namespace) -> int:
    """The checks alone, for a person or a program."""
    from overkalix_data import pipeline
    from overkalix_data.base.progress import Progress
    from overkalix_data.checks.rules import catalogue
    from overkalix_data.outputs.terminal import summary

    for rule_id in filter(None, (arguments.rule, arguments.explain)):
        if rule_id not in catalogue():
            raise InputError("no_rule", value=rule_id)
    if arguments.explain:
        print("\n".join(summary.explained(arguments.explain, arguments.lang)))
        return DONE
    with Progress() as tell:
        result = pipeline.check(_options(arguments), tell)
    shown = summary.only(result, arguments.rule, arguments.severity)
    every = bool(arguments.rule)
    lines = summary.check_lines(shown, arguments.lang, every=every)
    print(summary.check_json(shown) if arguments.format == "json" else "\n".join(lines))
    return CRITICAL if result.critical else DONE


def show(arguments: argparse.Namespace) -> int:
    """The list, or one project with the sentence behind every value."""
    from overkalix_data.identity.read_projects import read_projects
    from overkalix_data.outputs.terminal.show import find_projects, pages_of, project_list, project_sheet

    _as_of(arguments)
    records = read_projects(arguments.raw, Path(arguments.curated)).records
    if arguments.project:
        if (arguments.project,) not in records.rows["projects"]:
            raise InputError("no_project", value=arguments.project)
        lines = project_sheet(records, arguments.project, arguments.lang)
    else:
        filters = {name: getattr(arguments, name) for name in ("funder", "theme", "status", "text", "publisher")}
        lines = project_list(
            find_projects(records, **filters), len(records.rows["projects"]), arguments.lang, pages_of(records)
        )
    print("\n".join(lines))
    return DONE


def export(arguments: argparse.Namespace) -> int:
    """The Excel pack of one funder, or of every one."""
    if bool(arguments.asked) == arguments.all:
        raise InputError("no_export")
    options = _options(arguments)
    from overkalix_data import pipeline
    from overkalix_data.base.progress import Progress

    with Progress() as tell:
        result = pipeline.export(options, arguments.asked, tell)
    print(*result.written, sep="\n")
    return CRITICAL if result.critical else DONE


def page(arguments: argparse.Namespace) -> int:
    """The municipality's own page written back, accessible and with one spelling of every label."""
    options = _options(arguments)
    from overkalix_data import pipeline
    from overkalix_data.base.progress import Progress

    with Progress() as tell:
        result = pipeline.page(options, arguments.contact, tell)
    print(*result.written, sep="\n")
    return CRITICAL if result.critical else DONE


def template(arguments: argparse.Namespace) -> int:
    """The form in which people fill in what the page lacks."""
    from overkalix_data.outputs.terminal.template import write_template

    made = write_template(arguments.raw, Path(arguments.curated), as_of=_as_of(arguments), lang=arguments.lang)
    if made.moved:
        print(say("template.moved", arguments.lang, count=made.moved, folder=arguments.curated))
    for path, kept in made.set_aside:
        print(say("template.set_aside", arguments.lang, file=path.name, name=kept.name))
    print(say("template.written", arguments.lang, file=made.path))
    return DONE


def review(arguments: argparse.Namespace) -> int:
    """What other public pages say, beside the page's text; or a person's answer to one of them."""
    from overkalix_data.outputs.terminal import review as book

    curated = Path(arguments.curated)
    for status, candidate in (("accepted", arguments.accept), ("rejected", arguments.reject)):
        if candidate:
            if not arguments.who:
                raise InputError("no_who", value=candidate)
            book.write_answer(
                curated, candidate, status, who=arguments.who, date=_as_of(arguments), note=arguments.note
            )
            print(say(f"review.{status}", arguments.lang, id=candidate, file=curated / "values.csv"))
            return DONE
    print("\n".join(book.review_lines(arguments.raw, curated, arguments.lang, answered=arguments.all)))
    return DONE


def diff(arguments: argparse.Namespace) -> int:
    """What changed between two fetches of a page, for the terminal, as a page or as a table."""
    from overkalix_data.outputs.terminal.diff import compared

    told = compared(arguments.old, arguments.new, Path(arguments.curated), arguments.format, arguments.lang)
    if not arguments.output:
        print(told, end="" if told.endswith("\n") else "\n")
        return DONE
    try:
        Path(arguments.output).write_text(told, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError("unwritable", file=arguments.output, reason=error.strerror or str(error)) from error
    return DONE


def evaluate(arguments: argparse.Namespace) -> int:
    """How right the reading is, against a gold folder."""
    from overkalix_data.identity.evaluate import evaluation_lines

    print("\n".join(evaluation_lines(Path(arguments.gold), arguments.lang, misses=arguments.misses)))
    return DONE


def new_source(arguments: argparse.Namespace) -> int:
    """What of a new list is understood and what is not, with a draft of its row in `sources.csv`."""
    from overkalix_data.identity.new_source import source_lines

    print("\n".join(source_lines(arguments.file, arguments.lang)))
    return DONE


def _make(command: str, arguments: argparse.Namespace) -> int:
    options = _options(arguments)
    from overkalix_data import pipeline
    from overkalix_data.base.progress import Progress

    with Progress() as tell:
        result = getattr(pipeline, command)(options, tell)
    from overkalix_data.outputs.terminal.summary import summary

    print("\n".join(summary(result, arguments.lang)))
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


COMMANDS = (report, build, check, show, export, page, template, review, diff, evaluate, new_source)
"""The commands in the order that help tells them."""
