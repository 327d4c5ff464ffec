"""What a line of the page is, judged by its form and the codelists: heading, title, furniture, advice, a phrase of prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from overkalix_data.base.codelist import Row, codelist, site
from overkalix_data.base.phrases import Phrases
from overkalix_data.base.wording import DASHES, REMEMBERED, pattern, squeeze
from overkalix_data.values.funder import funder_within
from overkalix_data.values.period import find_period

HEADING_WORDS = 8


TITLE_CHARACTERS = 120


UNION = "europeiska-unionen"
"""`EU-projekt` names no fund."""


_SENTENCE_END = re.compile(r"[.!?:;,]$")


@dataclass(frozen=True)
class Heading:
    """A section heading: the unit it names, and the status its words say (empty where they say none)."""

    unit: str
    status_code: str


def furniture(text: str) -> str:
    """`logotype` or `furniture` where the whole line is the page's own words, else an empty string."""
    return _list("furniture", "kind", site()).naming(squeeze(text)) or ""


def heading(text: str) -> Heading | None:
    """The section a line opens, or None. A heading is short, starts with a capital and ends in no stop."""
    return _heading(text, site())


@lru_cache(maxsize=REMEMBERED)
def _heading(text: str, site: str) -> Heading | None:
    words = squeeze(text).removesuffix(":")
    fund = "projekt" in words.casefold() and names_fund(words)
    if not words[:1].isupper() or len(words.split()) > HEADING_WORDS * (1 + fund) or _SENTENCE_END.search(words):
        return None
    status, rest = "", words
    if found := heading_word(rest):
        status, rest = found[1], squeeze(rest[: found[0].start()] + rest[found[0].end() :])
    forms = _list("heading_forms", "words", site)
    if not (status and rest.casefold() in ("", "projekt")) and not any(
        form.fullmatch(said)
        for said in (words, rest)
        for form, row in forms.near(said)
        if status or fund or not row.endswith("…")
    ):
        return None
    return Heading("" if fund else _unit(rest), status)


def heading_word(words: str) -> tuple[re.Match[str], str] | None:
    """The word of a heading that says the status of what stands under it, and that status; None where none does."""
    return _list("heading_words", "status_code", site()).within(words)


def names_fund(words: str) -> bool:
    """Whether words name an EU fund: a heading that does gives it to the projects under it."""
    found = funder_within(words)
    return found is not None and found.funder_type_code == "eu_fund" and found.funder_id != UNION


def status_named(words: str) -> str:
    """The status that words of their own say (`codelists/status_words.csv`); empty where they say none that is known."""
    return _list("status_words", "status_code", "").naming(squeeze(words).strip(" .:()")) or ""


def _unit(words: str) -> str:
    """`Näringslivskontorets projekt` → `Näringslivskontoret`."""
    unit = squeeze(re.sub(r"(?i)\bprojekt(?:en)?\b", "", words))
    genitive = re.fullmatch(r"(?i).+s projekt", squeeze(words)) and " och " not in unit
    return unit[:-1] if genitive else unit


def section_named(text: str, *, top: bool = False) -> Heading:
    """The section that a heading over projects opens, whatever its words: the unit is the words without the status.

    The topmost heading (`top`) names the page: it says a status at most.
    """
    words = squeeze(text)
    if found := heading_word(words):
        cut = words[: found[0].start()] + words[found[0].end() :]
        return Heading("" if top else _unit(cut), found[1])
    return Heading("" if top else _unit(words), "")


def title_in_phrase(text: str) -> re.Match[str] | None:
    """`Move on Up – ett samverkansprojekt som …`: the group `title` is the name before the dash."""
    return _title_phrase().match(text)


def is_title(text: str) -> bool:
    """Whether a line has the form of a title: short, capital or digit first, no stop at its end."""
    words = squeeze(text)
    return 3 <= len(words) <= TITLE_CHARACTERS and not words[0].islower() and not _SENTENCE_END.search(words)


def prose_signs(paragraph: str) -> frozenset[str]:
    """The fields that a paragraph of prose names in phrases, and `period` where it states one."""
    fields = {row["field"] for row in phrases_in(paragraph)}
    return frozenset(fields | ({"period"} if find_period(paragraph) else set()))


def phrases_in(text: str) -> Iterator[Row]:
    """The codelist's phrases that name a field in running text, longest first."""
    return (row for form, row in phrases().near(text) if form.search(text))


def phrases() -> Phrases[Row]:
    """The phrases of the list that name a field inside running text, longest first."""
    return _phrases(site())


@cache
def _phrases(_site: str) -> Phrases[Row]:
    rows = sorted((r for r in codelist("labels") if r["form"] == "phrase"), key=lambda r: -len(r["words"]))
    return Phrases((row["words"], row) for row in rows)


def is_advice(text: str) -> bool:
    """Whether words tell someone how to apply, and nothing of a project: a question, or advice to `du` and `ni`."""
    words = squeeze(text)
    return words.endswith("?") or any(not kind and form.search(words) for form, kind in _advice().near(words))


def is_call(text: str) -> bool:
    """Whether a line begins as those do that tell how to apply for money: what it stands in is a call, and no project."""
    words = text.strip()
    return any(kind == "call" and form.match(words) for form, kind in _advice().near(words))


@cache
def _list(name: str, column: str, _site: str) -> Phrases[str]:
    """The words of a list, with what a column of it says of them; kept by the site whose rows it has."""
    return Phrases((row["words"], row[column]) for row in codelist(name, "words", column))


def _advice() -> Phrases[str]:
    return _list("advice_words", "kind", "")


@cache
def _title_phrase() -> re.Pattern[str]:
    nouns = "|".join(pattern(row["words"]).pattern for row in codelist("project_nouns"))
    return re.compile(
        rf"\s*[\"”]?(?P<title>[A-ZÅÄÖ0-9][^.:;!?–—]{{1,80}}?)[\"”]?\s+[{DASHES}]\s+(?:ett|en|är)\s+(?:\w+\s+){{0,3}}?(?:{nouns})"
    )
