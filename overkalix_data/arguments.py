"""The command line: what each command takes, and help and errors in the person's language."""

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from overkalix_data import __version__
from overkalix_data.base import paths
from overkalix_data.base.codelist import codes
from overkalix_data.base.errors import InputError
from overkalix_data.base.words import LANGUAGES, say

Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """argparse with our words: one line for bad usage, headings in the person's language."""

    lang = "sv"

    def error(self, message: str) -> NoReturn:
        """Bad usage is exit code 2 and one line, like every other thing that could not be done."""
        raise InputError("usage", reason=_usage(message, self.lang))

    def format_help(self) -> str:
        """The help page, its fixed words in the person's language."""
        told = super().format_help()
        return told.replace("usage: ", say("help.usage", self.lang) + " ", 1)


def parser(lang: str, commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The parser of these commands, named as their functions are; its words are in the language asked for."""
    kind: type[argparse.ArgumentParser] = type("Parser", (_Parser,), {"lang": lang})
    top = kind(prog="overkalix", description=say("help.program", lang), epilog=say("help.exit", lang), add_help=False)
    general = top.add_argument_group(say("help.options", lang))
    general.add_argument("-h", "--help", action="help", help=say("help.help", lang))
    general.add_argument("--version", action="version", version=__version__, help=say("help.version", lang))
    general.add_argument("--lang", choices=LANGUAGES, default="sv", help=say("help.lang", lang))
    subparsers = top.add_subparsers(
        title=say("help.commands", lang), metavar=say("help.command", lang), required=True, dest="command"
    )
    for function in commands:
        name = function.__name__
        told = say(f"help.{name}", lang)
        command = subparsers.add_parser(name.replace("_", "-"), help=told, description=told, add_help=False)
        command.set_defaults(run=function)
        options = command.add_argument_group(say("help.options", lang))
        if name == "show":
            options.add_argument("project", nargs="?", default="", metavar="PROJECT_ID", help=say("help.project", lang))
            for option in ("funder", "theme", "status", "text", "publisher"):
                options.add_argument(
                    f"--{option}", default="", metavar=option.upper(), help=say(f"help.{option}", lang)
                )
        if name == "report":
            for option in ("notebooks", "png", "open"):
                options.add_argument(f"--{option}", action="store_true", help=say(f"help.{option}", lang))
        if name == "diff":
            for option in ("old", "new"):
                options.add_argument(option, metavar=option.upper(), help=say(f"help.{option}", lang))
            options.add_argument(
                "--format", choices=("text", "html", "csv"), default="text", help=say("help.diff_format", lang)
            )
            options.add_argument("--output", default="", metavar="FILE", help=say("help.output", lang))
        if name == "export":
            options.add_argument("asked", nargs="?", default="", metavar="FUNDER", help=say("help.export_funder", lang))
            options.add_argument("--all", action="store_true", help=say("help.export_all", lang))
        if name == "evaluate":
            options.add_argument("gold", metavar="GOLD", help=say("help.gold", lang))
            options.add_argument("--misses", action="store_true", help=say("help.misses", lang))
        if name == "new_source":
            options.add_argument("file", metavar="FILE", help=say("help.file", lang))
        if name == "page":
            options.add_argument(
                "--contact", choices=("person", "unit", "none"), default="person", help=say("help.contact", lang)
            )
        if name == "review":
            for option in ("accept", "reject"):
                options.add_argument(f"--{option}", default="", metavar="ID", help=say(f"help.{option}", lang))
            for option in ("who", "note"):
                options.add_argument(
                    f"--{option}", default="", metavar=option.upper(), help=say(f"help.{option}", lang)
                )
            options.add_argument("--all", action="store_true", help=say("help.all", lang))
        _shared_options(options, lang)
        if name == "check":
            options.add_argument("--format", choices=("text", "json"), default="text", help=say("help.format", lang))
            options.add_argument("--rule", default="", metavar="RULE", help=say("help.rule", lang))
            options.add_argument(
                "--severity", choices=tuple(codes("severity")), default="", help=say("help.severity", lang)
            )
            options.add_argument("--explain", default="", metavar="RULE", help=say("help.explain", lang))
    return top


def _shared_options(command: "argparse._ArgumentGroup", lang: str) -> None:
    command.add_argument("--raw", default=str(paths.RAW), metavar="DIR", help=say("help.raw", lang))
    for option, default in (("curated", paths.CURATED), ("clean", paths.CLEAN), ("reports", paths.REPORTS)):
        command.add_argument(f"--{option}", default=str(default), metavar="DIR", help=say(f"help.{option}", lang))
    command.add_argument("--as-of", default="", metavar="YYYY-MM-DD", help=say("help.as_of", lang))
    command.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say("help.lang", lang))
    command.add_argument("-h", "--help", action="help", help=say("help.help", lang))


def language(words: Sequence[str]) -> str:
    """The language asked for, found before parsing so that help and errors speak it too."""
    asked = [words[n + 1] for n, w in enumerate(words[:-1]) if w == "--lang"]
    asked += [w.removeprefix("--lang=") for w in words if w.startswith("--lang=")]
    return asked[-1] if asked and asked[-1] in LANGUAGES else "sv"


def _usage(message: str, lang: str) -> str:
    """argparse's English reasons in the person's language; an unforeseen one is passed on as it is."""
    for key, marker in (("unknown", "unrecognized arguments: "), ("missing", "the following arguments are required: ")):
        if message.startswith(marker):
            return say(f"usage.{key}", lang, value=message.removeprefix(marker))
    if message.endswith("expected one argument"):
        return say("usage.value", lang, value=message.removeprefix("argument ").partition(":")[0])
    if "invalid choice: " in message:
        value, _, choices = message.partition("invalid choice: ")[2].partition(" (choose from ")
        return say("usage.choice", lang, value=value.strip("'"), choices=choices.rstrip(")").replace("'", ""))
    return say("usage.other", lang, value=message)
