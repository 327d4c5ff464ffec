"""Every word a person sees outside the tables, in Swedish and English (`codelists/words.csv`)."""

from collections.abc import Iterable, Sequence
from functools import cache

from overkalix_data.base.codelist import codelist
from overkalix_data.base.errors import InputError

LANGUAGES = ("sv", "en")
NEAR = 75
"""Of 100: how like a choice a mistyped word must be to be taken for it."""


def say(key: str, lang: str = "sv", **params: object) -> str:
    """The words of a key in a language, its braces filled: of a `count`, those of `key.0` for none and `key.1` for one.

    Raises KeyError where the list lacks the key.
    """
    form = f"{key}.{params['count']}" if "count" in params else key
    return _words()[form if form in _words() else key][lang].format(**params)


def counted(key: str, count: int, lang: str = "sv", **params: object) -> str:
    """The words for a number of things, the number as people write it."""
    return say(key, lang, count=decimal(count, lang), **params)


def explain(error: InputError, lang: str = "sv") -> str:
    """An error as one line: file, place, remedy; and of what is none of `choices`, those that are nearest."""
    line = say(f"error.{error.key}", lang, **error.params)
    return " ".join(f"{line} {did_you_mean(error.params.get('value'), error.params.get('choices'), lang)}".split())


def did_you_mean(value: object, choices: object, lang: str = "sv") -> str:
    """“Menade du …?”: the three choices at most that a mistyped value is nearest to; empty where none is near."""
    from rapidfuzz import process, utils

    listed = [str(choice) for choice in choices] if isinstance(choices, Iterable) else []
    near = process.extract(str(value), listed, processor=utils.default_process, limit=3, score_cutoff=NEAR)
    return say("did_you_mean", lang, names=", ".join(name for name, *_ in near)) if near else ""


def counts(lang: str = "sv", **numbers: int) -> dict[str, str]:
    """Each number with what it counts, for a phrase with several: `rows=1` is "1 rad"."""
    return {name: counted(f"n.{name}", number, lang) for name, number in numbers.items()}


def listed(names: Sequence[str], lang: str = "sv") -> str:
    """`a, b och c`."""
    return f" {say('chart.and', lang)} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


class Number(str):
    """A number as people write it. In a phrase it chooses the words that go with it: `{failed:has|have}`."""

    def __format__(self, forms: str) -> str:
        one, _, many = forms.partition("|")
        return (one if self == "1" else many) if many else super().__format__(forms)


def decimal(number: float, lang: str = "sv", digits: int = 0) -> str:
    """A number as people of that language write it: Swedish groups by no-break spaces and has a decimal comma."""
    text = f"{number:,.{digits}f}"
    return Number(text if lang == "en" else text.replace(",", "\u00a0").replace(".", ","))


def percent(share: float, lang: str = "sv", digits: int = 0) -> str:
    """A share of 1 as people write it."""
    return say("percent", lang, number=decimal(100 * share, lang, digits))


def kronor(number: float, lang: str = "sv") -> str:
    """An amount as people write it."""
    return say("report.amount", lang, sek=decimal(number, lang))


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in codelist("words", "key", *LANGUAGES)}
