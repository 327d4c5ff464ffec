"""What a line of the page is, by its form and the codelists: heading, title, furniture, advice, a phrase of prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.terms import Hit
from overkalix_data.base.wording import DASHES, REMEMBERED, sentences, squeeze
from overkalix_data.documents.column_meaning import is_label
from overkalix_data.reading.told_fields import by_verb
from overkalix_data.reading.told_money import by_giver, by_sums
from overkalix_data.values.funder import funder_within
from overkalix_data.values.period import find_period

HEADING_WORDS = 8


TITLE_CHARACTERS = 120


UNION = "europeiska-unionen"
"""`EU-projekt` names no fund."""


_CLOCK = re.compile(
    r"(?:Tid|Klockan|Klockslag|Kl)\b[.:]?\s{0,3}(?:kl\.?\s)?(?:[01]?\d|2[0-4])[.:](?:00|15|30|45)(?![\d.])"
)
"""A time of the day, which no date can be: months have other numbers."""
_SENTENCE_END = re.compile(r"[.!?:;,]$")


@dataclass(frozen=True)
class Heading:
    """A section heading: the unit it names, and the status its words say (empty where they say none)."""

    unit: str
    status_code: str


def furniture(text: str, lists: Lists) -> str:
    """`logotype`, `furniture` or `control` where the whole line is the page's own words, else an empty string.

    A `control` is a link or a button, which stands between a title and what it is the title of.
    """
    hit = lists.furniture.fullmatch(squeeze(text))
    return hit.row["kind"] if hit else ""


@lru_cache(maxsize=REMEMBERED)
def heading(text: str, lists: Lists) -> Heading | None:
    """The section a line opens, or None. A heading is short, starts with a capital and ends in no stop."""
    words = squeeze(text).removesuffix(":")
    fund = "projekt" in words.casefold() and names_fund(words, lists)
    if ": " in words and is_label(words.partition(": ")[0], lists):
        return None  # `Status: Avslutat projekt`
    if not words[:1].isupper() or len(words.split()) > HEADING_WORDS * (1 + fund) or _SENTENCE_END.search(words):
        return None
    status, rest = "", words
    if found := lists.heading_words.search(rest):
        status = found.row["status_code"]
        rest = squeeze(rest[: found.match.start()] + rest[found.match.end() :])
    if not (status and rest.casefold() in ("", "projekt")) and not any(
        form.fullmatch(said)
        for said in (words, rest)
        for form, row in lists.heading_forms.near(said)
        if status or fund or not row["words"].endswith("…")
    ):
        return None
    return Heading("" if fund else _unit(rest, lists), status)


def names_fund(words: str, lists: Lists) -> bool:
    """Whether words name an EU fund: a heading that does gives it to the projects under it."""
    found = funder_within(words, lists)
    return found is not None and found.funder_type_code == "eu_fund" and found.funder_id != UNION


def _unit(words: str, lists: Lists) -> str:
    """`Näringslivskontorets projekt` → `Näringslivskontoret`; a main heading of the website is no unit."""
    unit = squeeze(re.sub(r"(?i)\bprojekt(?:en)?\b", "", words))
    genitive = re.fullmatch(r"(?i).+s projekt", squeeze(words)) and " och " not in unit
    return "" if lists.site_headings.fullmatch(unit) else unit[:-1] if genitive else unit


def section_named(text: str, lists: Lists, *, top: bool = False) -> Heading:
    """The section that a heading over projects opens, whatever its words: the unit is the words without the status.

    The topmost heading (`top`) names the page: it says a status at most.
    """
    words = squeeze(text)
    if found := lists.heading_words.search(words):
        cut = words[: found.match.start()] + words[found.match.end() :]
        return Heading("" if top else _unit(cut, lists), found.row["status_code"])
    return Heading("" if top else _unit(words, lists), "")


def title_in_phrase(text: str, lists: Lists) -> re.Match[str] | None:
    """`Move on Up – ett samverkansprojekt som …`: the group `title` is the name before the dash."""
    return _title_phrase(lists).match(text)


@cache
def project_named(lists: Lists) -> re.Pattern[str]:
    """Where a sentence names a project, as `title` in quotes or as `bare` words: `projektet ”Ny brygga”`, `projektet
    heter Ny brygga`, `”Ny brygga” heter projektet`, `till projektet Ny brygga`, `Projektet Ny brygga startade`."""
    called, quoted = r"(?:med\snamnet|vid\snamn|som\sheter|heter|kallas|kallat)", '[^”"“»«\n]{3,80}'
    return re.compile(
        rf"[Pp]rojekt(?:et)?\s+(?:{called}\s+)?[”\"“»«](?P<title>{quoted})[”\"“»«]"
        rf"|[”\"“»«](?P<first>{quoted})[”\"“»«]\s(?:heter|är\snamnet\spå)\s(?:ett\s|det\s)?projekt"
        rf"|[Pp]rojekt(?:et\s+(?:{called}\s+)?|\s+{called}\s+)(?P<bare>[A-ZÅÄÖ\d][^.,;:!?–”\"“»«\n]{{2,60}}?)"
        rf"(?=[.,;:!?]|\s(?:som|och|samt|med|–|slut)\s|\s(?i:{lists.project_verbs.any_of})|\s*$)"
    )


def name_in(found: re.Match[str]) -> tuple[int, int]:
    """Where the name stands in what `project_named` has found."""
    return found.span(found.lastgroup or 0)


def is_title(text: str) -> bool:
    """Whether a line has the form of a title: short, capital or digit first, no stop at its end."""
    words = squeeze(text)
    return 3 <= len(words) <= TITLE_CHARACTERS and not words[0].islower() and not _SENTENCE_END.search(words)


def prose_signs(paragraph: str, lists: Lists) -> frozenset[str]:
    """The fields that a paragraph of prose names in phrases, and `period` where it states one."""
    fields = {row["field"] for row, _ in phrases_in(paragraph, lists)}
    for span in sentences(paragraph):
        fields |= {name for tells in (by_verb, by_sums, by_giver) for name, _ in tells(paragraph, span, 0, lists)}
    return frozenset(fields | ({"period"} if find_period(paragraph) else set()))


def phrases_in(text: str, lists: Lists) -> Iterator[Hit]:
    """The codelist's phrases that name a field of a project in running text; weak ones may stand in any text."""
    return lists.labels.by("form")["phrase"].by("weak")[""].finditer(text)


def is_advice(text: str, lists: Lists) -> bool:
    """Whether words tell someone how to apply, and nothing of a project: a question, or advice to `du` and `ni`."""
    words = squeeze(text)
    return words.endswith("?") or lists.advice_words.by("kind")[""].search(words) is not None


def is_call(text: str, lists: Lists) -> bool:
    """Whether a line begins like those that tell how to apply for money, or when to come: it stands in a call or a
    calendar, not in a project."""
    words = text.strip()
    return lists.advice_words.by("kind")["call"].match(words) is not None or _CLOCK.match(words) is not None


@cache
def _title_phrase(lists: Lists) -> re.Pattern[str]:
    nouns = lists.project_nouns.any_of
    return re.compile(
        rf"\s*[\"”]?(?P<title>[A-ZÅÄÖ0-9][^.:;!?–—]{{1,80}}?)[\"”]?\s+[{DASHES}]\s+(?:ett|en|är)\s+(?:\w+\s+){{0,3}}?(?:{nouns})"
    )
