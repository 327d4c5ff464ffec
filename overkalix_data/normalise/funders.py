"""A funders field → one mention per organisation or fund, with the chains of EU money (contract §4, rule 4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from overkalix_data.codelists import codelist
from overkalix_data.normalise.amounts import SHARE, Amount, find_amounts, whole_kronor
from overkalix_data.normalise.wording import DASHES, fold, pattern, slug, squeeze

CHANNEL_TYPES = frozenset({"leader_area", "state_agency", "region"})
"""Who can pass an EU fund's money on: an authority or a LAG (contract §3, role `intermediary`). Never a municipality."""

_SPACED_DASH = rf"\s+[{DASHES}]\s+|\s+[{DASHES}]|[{DASHES}]\s+"
_SEPARATOR = re.compile(
    rf"\s*(?:[,;/|•]|(?:\r?\n[ \t\u00a0]*){{2,}}|\.(?=\s|$)|{_SPACED_DASH}|(?:\s|^)(?:och|samt|and|&|\+)(?=\s))\s*", re.IGNORECASE
)
_LINES = re.compile(r"\s*[\r\n]\s*")
"""A line break parts two funders only where the field has no other separator; else it is wrapping."""
_CLOSE_DASH = re.compile(rf"\s*[{DASHES}]\s*")
_END = re.compile(r"[\s.:]*\Z")
_HEAD = re.compile(r"(?:[Oo]ch )?(?P<name>.+) kommun(?P<plural>er)?")
"""A head that several names may share."""
_BESIDE = re.compile(r"[ \u00a0\n:(–-]*(?:(?:med|bidrar med|ger|har beviljat|beviljar|finansierar|ca|cirka|om|på|totalt)[ \u00a0\n:(]*){0,2}")
"""What may stand between a funder's name and its amount."""
_COLON = re.compile(r"[ \u00a0]*:")
_BRACKET = re.compile(r"\s*\(([^()]*)\)")


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


@dataclass(frozen=True)
class Mention:
    """A funder where the field names it. `rule` is `alias`, `form` or `as_published`; `via` the body before an EU fund."""

    funder: Funder
    start: int
    end: int
    rule: str
    via: Funder | None = None
    sek: int | None = None
    """What the field says beside the name that it pays, in whole kronor, and where it stands."""
    sek_at: tuple[int, int] = (0, 0)


def split_funders(text: str) -> list[Mention]:
    """Every funder that a field names, in its order; offsets count characters of `text`.

    Publicity lines are no funders and are passed over. A dash makes a chain only between a body that can pass money
    on and an EU fund; between others it separates, like a comma.
    """
    amounts = find_amounts(text)
    shares = [(m.start(), m.end()) for m in SHARE.finditer(text)]
    return _with_amounts(_shared_heads(text, _named(_blanked(text, [(a, b) for _, a, b in amounts] + shares))), amounts, text)


def _named(text: str) -> list[Mention]:
    mentions: list[Mention] = []
    at, dashed = 0, False
    publicity = find_publicity(text)
    parts = _SEPARATOR if _SEPARATOR.search(text.strip(" .\r\n\u00a0")) else _LINES
    while at < len(text):
        if separator := parts.match(text, at):
            dashed = any(d in separator[0] for d in DASHES)
            at = separator.end()
        elif skipped := next((end for start, end in publicity if start <= at < end), None):
            at, dashed = skipped, False
        elif lead := _leads().match(text, at):
            at = lead.end()
        elif text[at] in " \t\r\n\u00a0.:()" or ((dash := _CLOSE_DASH.match(text, at)) is None and not text[at].strip()):
            at += 1
        elif dash:
            at, dashed = dash.end(), True
        else:
            funder, end, rule = _funder_at(text, at, parts)
            before = mentions[-1].funder if mentions and dashed else None
            bracket = _BRACKET.match(text, end)
            inside = named_funder(bracket[1]) if bracket else None
            mentions.append(Mention(funder, at, bracket.end() if bracket else end, rule, _via(before, funder)))
            if bracket and inside and inside != funder:
                mentions[-1] = Mention(funder, at, end, rule, _via(before, funder))
                mentions.append(Mention(inside, bracket.start(1), bracket.end(1), "alias", _via(funder, inside)))
            at, dashed = bracket.end() if bracket else end, False
    return mentions


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with these characters as spaces: a number beside a name is no part of it, and its comma parts nothing."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _shared_heads(text: str, mentions: list[Mention]) -> list[Mention]:
    """`Malå, Norsjö och Lycksele kommuner`, `Övertorneå- och Pajala kommun`: each of them is a municipality."""
    for n in range(len(mentions) - 1, 0, -1):
        last, before = mentions[n], mentions[n - 1]
        head = _HEAD.fullmatch(last.funder.name)
        if not head:
            continue
        mentions[n] = replace(last, funder=any_funder(f"{head['name']} kommun"), rule="form")
        joint = text[before.end : last.start]
        while n and (head["plural"] or joint.lstrip().startswith(tuple(DASHES))) and (full := named_funder(f"{before.funder.name} kommun")):
            mentions[n - 1] = replace(before, funder=full, rule="form")
            n -= 1
            before = mentions[n - 1]
    return mentions


def _with_amounts(mentions: list[Mention], amounts: Sequence[tuple[Amount, int, int]], text: str) -> list[Mention]:
    """Each amount goes to the funder it stands beside: behind its name, or before it where no name stands before the amount."""
    for amount, start, end in amounts:
        sek = whole_kronor(amount)
        beside = [n for n, m in enumerate(mentions) if (m.end <= start and _BESIDE.fullmatch(text, m.end, start))]
        beside = beside or [n for n, m in enumerate(mentions) if end <= m.start and (_only_leads(text[end : m.start]))]
        if sek is not None and beside and mentions[beside[0]].sek is None:
            mentions[beside[0]] = replace(mentions[beside[0]], sek=sek, sek_at=(start, end))
    return mentions


def _only_leads(between: str) -> bool:
    return not _leads().sub("", between).strip(" \u00a0\n()")


def find_publicity(text: str) -> list[tuple[int, int]]:
    """Where a text holds an EU fund's publicity line (`codelists/publicity.csv`)."""
    found = (m.span() for row in codelist("publicity") for m in pattern(row["words"]).finditer(text))
    return sorted(found)


def named_funder(name: str) -> Funder | None:
    """The funder of that name, alias, abbreviation or id in the lists, or None."""
    return _names().get(fold(name))


def funder_within(text: str) -> Funder | None:
    """The first listed funder that a longer text names, such as a logotype's alt text, or None."""
    found = _known_names().search(text)
    return named_funder(found[0]) if found else None


def funder_by_form(name: str) -> Funder | None:
    """A funder told by the form of its name (`codelists/funder_forms.csv`: `* kommun`, `Region *`), or None."""
    for row in codelist("funder_forms"):
        if pattern(row["words"]).fullmatch(name) and (name[0].isupper() or name[-1].isupper()):
            return Funder(slug(name), name, funder_type_code=row["funder_type_code"], level_code=row["level_code"])
    return None


def any_funder(name: str) -> Funder:
    """The funder of that name: listed, told by its form, or of that very name alone."""
    return named_funder(name) or funder_by_form(name) or Funder(slug(name), name)


def _via(before: Funder | None, fund: Funder) -> Funder | None:
    chained = before and before.funder_type_code in CHANNEL_TYPES and fund.funder_type_code == "eu_fund"
    return before if chained else None


def _funder_at(text: str, at: int, parts: re.Pattern[str]) -> tuple[Funder, int, str]:
    known = _known_names().match(text, at)
    if known and _ends(text, known.end(), parts) and (funder := named_funder(known[0])):
        return funder, known.end(), "alias"
    separator = parts.search(text, at)
    stop = separator.start() if separator else len(text)
    bracket = text.find("(", at, stop)
    end = at + len(text[at : bracket if bracket > at else stop].rstrip(" \u00a0.:\r\n"))
    name = squeeze(text[at:end])
    if form := funder_by_form(name[:1].upper() + name[1:]):
        return form, end, "form"
    return Funder(slug(name) or "namnlos", name), max(end, at + 1), "as_published"


@cache
def _leads() -> re.Pattern[str]:
    """Words that stand before a funder's name and are no part of it (`codelists/funding_words.csv`), and a joint left over."""
    rows = sorted((r["words"] for r in codelist("funding_words", "words")), key=lambda w: -len(w))
    return re.compile(rf"(?:{'|'.join(pattern(w).pattern for w in rows)}|(?:och|samt)(?=\s))\s+", re.IGNORECASE)


def _ends(text: str, at: int, parts: re.Pattern[str]) -> bool:
    return any(p.match(text, at) for p in (_END, parts, _CLOSE_DASH, _BRACKET, _COLON))


@cache
def _names() -> dict[str, Funder]:
    names: dict[str, Funder] = {}
    by_id = {}
    for row in codelist("funders", "funder_id", "name", "funder_type_code", "level_code"):
        funder = Funder(**{k: v for k, v in row.items() if k in Funder.__dataclass_fields__})
        by_id[funder.funder_id] = funder
        names.update({fold(n): funder for n in (funder.name, funder.abbreviation, funder.funder_id) if n})
    for row in codelist("municipalities"):
        kind = "region" if row["full_name"].startswith("Region") else "municipality"
        level = "regional" if kind == "region" else "local"
        names[fold(row["full_name"])] = Funder(
            slug(row["full_name"]), row["full_name"], funder_type_code=kind, level_code=level
        )
    names.update({fold(row["alias"]): by_id[row["funder_id"]] for row in codelist("funder_aliases")})
    return names


@cache
def _known_names() -> re.Pattern[str]:
    rows = [r["name"] for r in codelist("funders")] + [r["abbreviation"] for r in codelist("funders")]
    rows += [r["alias"] for r in codelist("funder_aliases")] + [r["full_name"] for r in codelist("municipalities")]
    names = sorted(filter(None, rows), key=lambda n: (-len(n), n))
    return re.compile("|".join(f"(?:{pattern(n).pattern})" for n in names), re.IGNORECASE)
