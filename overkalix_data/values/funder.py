"""Who a funder is: a row of the lists, a municipality, or a name whose form tells."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from overkalix_data.base.codelist import Row, codelist
from overkalix_data.base.phrases import Phrases
from overkalix_data.base.wording import REMEMBERED, fold, pattern, slug

_BARE_LEAD = re.compile(r"(?:(?:med)?finansiering|bidrag|stöd|medel|belopp|insats)\s+(?-i:(?=[A-ZÅÄÖ]))", re.IGNORECASE)


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


def named_funder(name: str) -> Funder | None:
    """The funder of that name, alias, abbreviation or id in the lists, or None."""
    return _names().get(fold(name))


@lru_cache(maxsize=REMEMBERED)
def funder_within(text: str) -> Funder | None:
    """The first listed funder that a longer text names, such as a logotype's alt text, or None."""
    found = known_names().leftmost(text)
    return named_funder(found[0]) if found else None


@lru_cache(maxsize=REMEMBERED)
def funder_by_form(name: str) -> Funder | None:
    """A funder told by the form of its name (`codelists/funder_forms.csv`: `* kommun`, `Region *`), or None."""
    row = _forms().naming(name) if name and (name[0].isupper() or name[-1].isupper()) else None
    if row is None:
        return None
    return Funder(slug(name), name, funder_type_code=row["funder_type_code"], level_code=row["level_code"])


def without_lead(words: str) -> str:
    """A funder's name without the words that may stand before it: `Medfinansiering från Region X`, `Bidrag Region X`."""
    lead = leads().match(words) or _BARE_LEAD.match(words)
    return words[lead.end() :] if lead else words


def any_funder(name: str) -> Funder:
    """The funder of that name: listed, told by its form, or of that very name alone."""
    return named_funder(name) or funder_by_form(name) or Funder(slug(name), name)


def municipality_named(name: str) -> Funder | None:
    """The municipality of that short name: `Kil` is Kils kommun."""
    return next(
        (
            named_funder(row["full_name"])
            for row in codelist("municipalities", "name", "full_name")
            if fold(row["name"]) == fold(name)
        ),
        None,
    )


@cache
def leads() -> re.Pattern[str]:
    """Words that stand before a funder's name and are no part of it (`codelists/funding_words.csv`), and a joint left over."""
    rows = sorted((r["words"] for r in codelist("funding_words", "words")), key=lambda w: -len(w))
    return re.compile(rf"(?:{'|'.join(pattern(w).pattern for w in rows)}|(?:och|samt)(?=\s))\s+", re.IGNORECASE)


@cache
def _names() -> dict[str, Funder]:
    names: dict[str, Funder] = {}
    by_id = {}
    for row in codelist("funders", "funder_id", "name", "funder_type_code", "level_code"):
        funder = Funder(**{k: v for k, v in row.items() if k in Funder.__dataclass_fields__})
        by_id[funder.funder_id] = funder
        names.update(
            {fold(n): funder for n in (funder.name, funder.name_en, funder.abbreviation, funder.funder_id) if n}
        )
    for row in codelist("municipalities"):
        kind = "region" if row["full_name"].startswith("Region") else "municipality"
        level = "regional" if kind == "region" else "local"
        names[fold(row["full_name"])] = Funder(
            slug(row["full_name"]), row["full_name"], funder_type_code=kind, level_code=level
        )
    names.update({fold(row["alias"]): by_id[row["funder_id"]] for row in codelist("funder_aliases")})
    return names


@cache
def _forms() -> Phrases[Row]:
    return Phrases((row["words"], row) for row in codelist("funder_forms"))


@cache
def known_names() -> Phrases[None]:
    """Every name, alias and abbreviation of the lists, longest first."""
    rows = [r["name"] for r in codelist("funders")] + [r["abbreviation"] for r in codelist("funders")]
    rows += [r["name_en"] for r in codelist("funders")]
    rows += [r["alias"] for r in codelist("funder_aliases")] + [r["full_name"] for r in codelist("municipalities")]
    names = sorted(filter(None, rows), key=lambda n: (-len(n), n))
    return Phrases((name, None) for name in names)
