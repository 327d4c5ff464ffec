"""Who a funder is: a row of the lists, a municipality, or a name whose form tells."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.terms import Terms
from overkalix_data.base.wording import REMEMBERED, fold, slug, squeeze

_BARE_LEAD = re.compile(
    r"(?i:(?:(?:offentlig|statlig|kommunal|regional|annan|övrig)t?\s+)?\w{0,12}(?:finansiering|bidrag|stöd|medel|belopp|insats))\s+(?=[A-ZÅÄÖ])"
)

MOST_WORDS = 9
"""Words in an organisation's name."""


@dataclass(frozen=True)
class Funder:
    """A row of the list of funders, a municipality, or a name in a known form; an empty type is unknown."""

    funder_id: str
    name: str
    name_en: str = ""
    abbreviation: str = ""
    org_number: str = ""
    funder_type_code: str = ""
    level_code: str = ""


def named_funder(name: str, lists: Lists) -> Funder | None:
    """The funder of that name, alias, abbreviation or id in the lists, or None."""
    return _by_name(lists).get(fold(name))


@lru_cache(maxsize=REMEMBERED)
def funder_within(text: str, lists: Lists) -> Funder | None:
    """The first listed funder that a longer text names, such as a logotype's alt text, or None."""
    hit = funder_names(lists).leftmost(text)
    return named_funder(hit.match[0], lists) if hit else None


@lru_cache(maxsize=REMEMBERED)
def funder_by_form(name: str, lists: Lists) -> Funder | None:
    """A funder told by the form of its name (`funder_forms.csv`: `* kommun`, `Region *`), or None."""
    hit = lists.funder_forms.fullmatch(name) if name and (name[0].isupper() or name[-1].isupper()) else None
    return _funder(name, hit.row["funder_type_code"], hit.row["level_code"]) if hit else None


def known_funder(name: str, lists: Lists) -> Funder | None:
    """The funder of that name: listed, or told by its form; else None."""
    return named_funder(name, lists) or funder_by_form(name, lists)


@lru_cache(maxsize=REMEMBERED)
def is_organisation(words: str, lists: Lists) -> bool:
    """Whether words name an organisation: a listed funder, or a known form (`organisation_forms.csv`)."""
    name = squeeze(words)
    return known_funder(name, lists) is not None or lists.organisation_forms.search(name) is not None


def without_lead(text: str, lists: Lists) -> str:
    """A funder's name without what may stand before it: `Medfinansiering från Region X`, `Bidrag Region X`."""
    lead = leads(lists).match(text) or _BARE_LEAD.match(text)
    return text[lead.end() :] if lead else text


def any_funder(name: str, lists: Lists) -> Funder:
    """The funder of that name: listed, told by its form, or of that very name alone."""
    return known_funder(name, lists) or _funder(name)


def municipality_named(name: str, lists: Lists) -> Funder | None:
    """The municipality of that short name: `Kil` is Kils kommun."""
    return _by_short_name(lists).get(fold(name))


@cache
def leads(lists: Lists) -> re.Pattern[str]:
    """Words that stand before a funder's name and are no part of it (`funding_words.csv`), and a joint left over."""
    return re.compile(rf"(?:{lists.funding_words.any_of}|(?:och|samt)(?:\s(?:av|från))?(?=\s))\s+", re.IGNORECASE)


@cache
def funder_names(lists: Lists) -> Terms:
    """Every name, alias and abbreviation of the lists, longest first."""
    names = {row[column] for row in lists.funders for column in ("name", "abbreviation", "name_en")}
    names |= {row["alias"] for row in lists.funder_aliases} | {row["full_name"] for row in lists.municipalities}
    return Terms({"words": name} for name in sorted(names - {""}, key=lambda name: (-len(name), name)))


def _funder(name: str, funder_type_code: str = "", level_code: str = "") -> Funder:
    return Funder(slug(name), name, funder_type_code=funder_type_code, level_code=level_code)


@cache
def _by_name(lists: Lists) -> dict[str, Funder]:
    names: dict[str, Funder] = {}
    columns = Funder.__dataclass_fields__
    listed = [Funder(**{column: row[column] for column in columns}) for row in lists.funders]
    for funder in listed:
        spellings = (funder.name, funder.name_en, funder.abbreviation, funder.funder_id)
        names |= {fold(name): funder for name in spellings if name}
    names |= {fold(row["full_name"]): _municipality(row["full_name"]) for row in lists.municipalities}
    by_id = {funder.funder_id: funder for funder in listed}
    return names | {fold(row["alias"]): by_id[row["funder_id"]] for row in lists.funder_aliases}


@cache
def _by_short_name(lists: Lists) -> dict[str, Funder]:
    by_name = _by_name(lists)
    return {fold(row["name"]): by_name[fold(row["full_name"])] for row in reversed(lists.municipalities)}


def _municipality(full_name: str) -> Funder:
    is_region = full_name.startswith("Region")
    return _funder(full_name, *(("region", "regional") if is_region else ("municipality", "local")))
