"""The command line: what each command takes, and help and errors in the person's language."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from overkalix_data import __version__
from overkalix_data.base import paths
from overkalix_data.base.codelist import Row, codelist
from overkalix_data.base.errors import InputError
from overkalix_data.base.words import LANGUAGES, say

Command = Callable[[argparse.Namespace], int]
FROM_CLEAN = ("export", "page", "publish")
"""The commands that, where no `--raw` is given, go by the page that the clean folder was made of."""


class _Parser(argparse.ArgumentParser):
    """argparse with our words: one line for bad usage, headings in the person's language."""

    lang = "sv"

    def error(self, message: str) -> NoReturn:
        """Bad usage is exit code 2 and one line, like every other thing that could not be done."""
        value, choices = _chosen(message)
        raise InputError("usage", reason=_usage(message, self.lang), value=value, choices=choices)

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
        about = say(f"help.{name}", lang)
        command = subparsers.add_parser(name.replace("_", "-"), help=about, description=about, add_help=False)
        command.set_defaults(run=function)
        options = command.add_argument_group(say("help.options", lang))
        if name == "check":
            _shared_options(options, name, lang)
        for row in codelist("arguments", "command", "argument", "help", "kind", "metavar", "choices", "default"):
            if row["command"] == name:
                options.add_argument(row["argument"], help=say(f"help.{row['help']}", lang), **_settings(row))
        if name != "check":
            _shared_options(options, name, lang)
    return top


def _settings(row: Row) -> dict[str, Any]:
    """What argparse is told of an argument beside its help, by its kind."""
    named, default = {"metavar": row["metavar"]}, {"default": row["default"]}
    kinds: dict[str, dict[str, Any]] = {
        "flag": {"action": "store_true"},
        "choice": {"choices": tuple(row["choices"].split()), **default},
        "option": {**named, **default},
        "required": named,
        "optional": {"nargs": "?", **named, **default},
        "folder": {"type": Path, **named},
        "number": {"type": _natural, "default": 0, **named},
    }
    return kinds[row["kind"]]


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _shared_options(command: "argparse._ArgumentGroup", name: str, lang: str) -> None:
    raw, key = ("", "help.raw_clean") if name in FROM_CLEAN else (str(paths.RAW), "help.raw")
    command.add_argument("--raw", default=raw, metavar="DIR", help=say(key, lang))
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


def _chosen(message: str) -> tuple[str, list[str]]:
    """What was written where there was a choice, and the choices; empty where argparse complains of something else."""
    value, _, listed = message.partition("invalid choice: ")[2].partition(" (choose from ")
    return value.strip("'"), listed.rstrip(")").replace("'", "").split(", ")


def _usage(message: str, lang: str) -> str:
    """argparse's English reasons in the person's language; an unforeseen one is passed on as it is."""
    for key, marker in (("unknown", "unrecognized arguments: "), ("missing", "the following arguments are required: ")):
        if message.startswith(marker):
            return say(f"usage.{key}", lang, value=message.removeprefix(marker))
    if message.endswith("expected one argument"):
        return say("usage.value", lang, value=message.removeprefix("argument ").partition(":")[0])
    if "invalid _natural value: " in message:
        name, _, value = message.removeprefix("argument ").partition(": invalid _natural value: ")
        return say("usage.number", lang, name=name, value=value.strip("'"))
    if "invalid choice: " in message:
        value, choices = _chosen(message)
        return say("usage.choice", lang, value=value, choices=", ".join(choices))
    return say("usage.other", lang, value=message)
