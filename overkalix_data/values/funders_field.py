"""A funders field → one mention per organisation or fund, with the chains of EU money (contract §4, rule 4)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.spans import blanked, joined, overlapping
from overkalix_data.base.wording import DASHES, REMEMBERED, SPACE_BEFORE, fold, slug, squeeze
from overkalix_data.values.amount import LEAD, SHARE, Amount, find_amounts, parse_amount, published_kronor
from overkalix_data.values.funder import (
    Funder,
    any_funder,
    funder_by_form,
    funder_names,
    known_funder,
    leads,
    municipality_named,
    named_funder,
)

LONGEST = 200
"""Characters of the longest name of a funder that goes on behind an `och`, or of the words before one."""
CHANNEL_TYPES = frozenset({"leader_area", "state_agency", "region"})
"""Who can pass an EU fund's money on: an authority or a LAG (contract §3, `intermediary`), never a municipality."""

_AND = r"(?:och|og|samt|and|&|\+|via|genom)(?:\s(?:av|från))?(?=\s)"
_SEPARATOR = re.compile(
    rf"(?:(?<!\s)\s++(?:{_AND}|[{DASHES}])|^{_AND}|{SPACE_BEFORE}(?:[,;/|•]|\.(?=\s|$)|[{DASHES}](?=\s)))\s*"
    r"|(?<!\s)(?:[^\S\n]|\n(?![ \t\u00a0]*\r?\n))*+\n[ \t\u00a0]*\r?\n\s*",
    re.IGNORECASE,
)
"""A sign, a joining word, a dash with space on one side, or an empty line."""
_LINES = re.compile(r"(?<!\s)[^\S\r\n]*+[\r\n]\s*")
"""A line break parts two funders only where the field has no other separator; else it is wrapping."""
_LISTED = re.compile(rf"{_SEPARATOR.pattern}|{_LINES.pattern}", re.IGNORECASE)
_CLOSE_DASH = re.compile(rf"\s*[{DASHES}]\s*")
_BLANK = re.compile(rf"[\s.:()]|(?<!\w)[{DASHES}\d/ ]++(?=[.,;)]|\s*\Z)")
"""What is part of no name: a number or a period that stands alone, too."""
_OWN_WORDS = frozenset(
    [
        "kommunen",
        "regionen",
        "region",
        "länsstyrelsen",
        "landstinget",
        "kommun",
        "projektägaren",
        "egna",
        "deltagande",
        "andra",
        "övriga",
        "privata",
        "lokala",
        "flera",
    ]
)
"""Words in lower case that begin a funder of their own behind `och`."""
_CONDITION = re.compile(
    rf"(?:(?:(?:dock|som)\s*)?(?:högst|mest|max(?:imalt)?)\s+(?:[\d\s\u00a0.,]+(?:kr(?:onor)?\b|%))?)?{SHARE.pattern}"
    r"(?:\s+av\s+(?:de\s+|den\s+)?(?:totala\s+|stödberättigande\s+)?(?:kostnad(?:er(?:na)?)?|budget(?:en)?|stödet))?"
    r"|(?:dock\s+|upp\s+till\s+|som\s+mest\s+)(?:högst\s+)?[\d][\d\s\u00a0.,]*(?:kr(?:onor)?|mkr|tkr|%)(?!\w)",
    re.IGNORECASE,
)
"""Shares, and ceilings of what is paid: no part of a name, and no grant."""
_GOES_ON = (",", "och", "samt", "Region", "Länsstyrelsen", "i", *DASHES)
"""Ends of a line that goes on with the next."""
_HEAD = re.compile(r"(?:[Oo]ch )?(?P<name>.+) kommun(?P<plural>er)?")
"""A head that several names may share."""
_BESIDE = re.compile(
    r"\)?[ \u00a0\n:=(–-]*"
    r"(?:(?:med|bidrar med|ger|har beviljat|beviljar|finansierar|står för|lägger|satsar|skjuter till"
    r"|ca|cirka|om|på|totalt)[ \u00a0\n:(]*){0,2}"
)
"""What may stand between a funder's name and its amount."""
_VERB_HERE = re.compile(
    r"(?:finansierar|medfinansierar|bidrar|bidrog|betalar|betalade|beviljar|har beviljat|ger|gav|har gett"
    r"|står för|stod för|lägger|satsar|skjuter till|går in"
    r"|[Aa]nsökt|[Ss]ökt|[Ss]öks)(?!\w)"
)
_VERB = re.compile(rf"\s{_VERB_HERE.pattern}")
"""Words behind a name that say what the funder does with the amount that follows."""
_ASKED = re.compile(r"\b(?:ansökt|sökt|söks)\s*(?:om\s*)?$", re.IGNORECASE)
_EQUALS = re.compile(r"=[ \u00a0]{0,2}(\d[\d \u00a0]{0,15}\d|\d)(?=[ \u00a0]{0,2}(?:\|\||[;,]|$))")
_BRACKET, _EDGE = re.compile(r"\s*\(([^()]*)\)"), re.compile(r"[()]")
_NAME_ENDS = re.compile(rf"[\s.:]*\Z|{_CLOSE_DASH.pattern}|{_BRACKET.pattern}|\)|[ \u00a0]*:")
"""What stands behind a whole name, beside what parts funders."""
_NEXT_WORD = re.compile(r"\s+[a-zåäö]")
_WORD, _HYPHEN_AND = re.compile(r"[\w-]+"), re.compile(r"-\s+och\s+[a-zåäö]")


@dataclass(frozen=True)
class Mention:
    """A funder where the field names it: `rule` is `alias`, `form` or `as_published`; `via` the body before a fund."""

    funder: Funder
    start: int
    end: int
    rule: str
    via: Funder | None = None
    sek: int | None = None
    """What the field says beside the name that it pays, in whole kronor, and where it stands."""
    sek_at: tuple[int, int] = (0, 0)


TO_AMOUNT = ("med", "om", "på", "till", "av", "för", "á", "à")
_BARE = re.compile(r"(?<=[ \u00a0])(?<!\d[ \u00a0])(\d[\d \u00a0]*+)$", re.MULTILINE)
_TO_AMOUNT = re.compile(rf"(?:{'|'.join(TO_AMOUNT)})(?:\s{{2,}}|\s*\Z)")
"""What stands between a name and its amount: `Leader Gute med 1 140 000 kr`."""


@lru_cache(maxsize=REMEMBERED)
def split_funders(text: str, lists: Lists, unit: str = "") -> Sequence[Mention]:
    """Every funder that a field names, in its order; offsets count characters of `text`.

    `unit`: of the bare numbers at the ends of its lines, where the page says it once (`Belopp i tkr`).

    Publicity lines are no funders and are passed over. A dash makes a chain only between a body that can pass money
    on and an EU fund; between others it separates, like a comma.
    """
    amounts = find_amounts(text, lists) + _stated(text, lists)
    if unit and not amounts:
        bare = ((parse_amount(f"{m[1]} {unit}", lists), *m.span(1)) for m in _BARE.finditer(text))
        amounts = [(amount, start, end) for amount, start, end in bare if amount]
    shares = [m.span() for form in (_CONDITION, _EQUALS) for m in form.finditer(text)]
    names = blanked(text, [(a, b) for _, a, b in amounts] + shares)
    return tuple(_with_amounts(_shared_heads(text, _named(names, lists), lists), amounts, text, lists))


def _stated(text: str, lists: Lists) -> list[tuple[Amount, int, int]]:
    """`Region Dalarna = 169 288 || Ås kommun = 20 000`: behind the sign are kronor, though no unit says so."""
    stated = ((parse_amount(m[1], lists), *m.span(1)) for m in _EQUALS.finditer(text))
    return [(amount, start, end) for amount, start, end in stated if amount]


def _named(text: str, lists: Lists) -> list[Mention]:
    """The funders one by one; a dash before an EU fund, or `via` behind one, makes a chain."""
    mentions: list[Mention] = []
    parts, publicity = _separators(text, lists), find_publicity(text, lists)
    at, joint = 0, ""
    while at < len(text):
        if separator := parts.match(text, at):
            joint, at = separator[0], separator.end()
        elif line := overlapping(publicity, at, at + 1):
            joint, at = "", line[1]
        elif passed := _VERB_HERE.match(text, at) or leads(lists).match(text, at) or _BLANK.match(text, at):
            at = passed.end()
        elif dangling := _TO_AMOUNT.match(text, at):
            at = dangling.end()
        elif dash := _CLOSE_DASH.match(text, at):
            joint, at = dash[0], dash.end()
        else:
            funder, end, rule = _funder_at(text, at, parts, lists)
            last = mentions[-1].funder if mentions else None
            if joint.strip().casefold() in ("via", "genom") and last and (via := _via(funder, last)):
                # `Europeiska socialfonden via Svenska ESF-rådet`: the fund first, and whom its money comes through.
                mentions[-1] = replace(mentions[-1], via=via)
            before = last if set(DASHES) & set(joint) else None
            named, at = _with_bracket(text, Mention(funder, at, end, rule, _via(before, funder)), lists)
            mentions += named
            joint = ""
    return mentions


def _with_bracket(text: str, mention: Mention, lists: Lists) -> tuple[list[Mention], int]:
    """The mention, with the bracket behind it as part of its name or as another funder; and where reading goes on."""
    bracket = _BRACKET.match(text, mention.end)
    if bracket is None:
        return [mention], mention.end
    inside = named_funder(bracket[1], lists)
    if inside and inside != mention.funder:
        other = Mention(inside, *bracket.span(1), "alias", _via(mention.funder, inside))
        return [mention, other], bracket.end()
    # A bracket that held a number alone is no part of the name.
    return [replace(mention, end=bracket.end()) if bracket[1].strip() else mention], bracket.end()


def _separators(text: str, lists: Lists) -> re.Pattern[str]:
    """What parts the funders of this field: lines too, where each has one; lines alone, where nothing else does."""
    if _is_listed(text, lists):
        return _LISTED
    return _SEPARATOR if _SEPARATOR.search(text.strip(" .\r\n\u00a0")) else _LINES


def _is_listed(text: str, lists: Lists) -> bool:
    """Whether the field has a funder a line: every line begins with one, and none goes on to the next."""
    lines = [squeeze(line) for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or any(line.endswith(_GOES_ON) for line in lines[:-1]):
        return False
    return all(line[:1].isupper() and _begins_funder(line, lists) for line in lines)


def _begins_funder(line: str, lists: Lists) -> bool:
    if funder_names(lists).at(line) or ("," not in line and _HEAD.fullmatch(line)):
        return True
    return funder_by_form(re.split(rf"[,(]|\s[{DASHES}]\s", line)[0].strip(), lists) is not None


def _shared_heads(text: str, mentions: list[Mention], lists: Lists) -> list[Mention]:
    """`Malå, Norsjö och Lycksele kommuner`, `Övertorneå- och Pajala kommun`: each of them is a municipality."""
    for n in range(len(mentions) - 1, 0, -1):
        last = mentions[n]
        if (head := _HEAD.fullmatch(last.funder.name)) is None:
            continue
        full = _shared(head["name"], lists) or any_funder(f"{head['name']} kommun", lists)
        mentions[n] = replace(last, funder=full, rule="form")
        if head["plural"] or text[mentions[n - 1].end : last.start].lstrip().startswith(tuple(DASHES)):
            for k in range(n - 1, -1, -1):
                if (shared := _shared(mentions[k].funder.name, lists)) is None:
                    break
                mentions[k] = replace(mentions[k], funder=shared, rule="form")
    return mentions


def _shared(name: str, lists: Lists) -> Funder | None:
    """The municipality that a name means before `kommuner`: in full, short, or with the s that the full form has."""
    short = municipality_named(name, lists) or municipality_named(name.removesuffix("s"), lists)
    return named_funder(f"{name} kommun", lists) or short


def _with_amounts(
    mentions: list[Mention], amounts: Sequence[tuple[Amount, int, int]], text: str, lists: Lists
) -> list[Mention]:
    """Each amount goes to the funder it stands beside: behind its name, or before it where no name stands before it."""
    # Where each funder has an amount, a comma may part them: `Skolverket, 2 300 000 kronor`.
    each = 0 < len(amounts) == len(mentions) and mentions[0].start < min(at for _, at, _ in amounts)
    for amount, start, end in amounts:
        sek = published_kronor(amount)
        after = bisect_right(mentions, start, key=lambda mention: mention.end)
        near = range(max(after - 1, 0), min(after + 1, len(mentions)))
        n = next((n for n in near if _is_beside(mentions[n], (start, end), text, lists, comma=each)), None)
        is_asked = _ASKED.search(text, max(start - LEAD, 0), start)
        if sek is not None and n is not None and not is_asked and mentions[n].sek is None:
            mentions[n] = replace(mentions[n], sek=sek, sek_at=(start, end))
    return mentions


def _is_beside(mention: Mention, amount: tuple[int, int], text: str, lists: Lists, *, comma: bool) -> bool:
    """Whether the amount that stands there is the mention's: right behind its name, or before it."""
    start, end = amount
    if mention.end <= start:
        at = mention.end + (comma and text.startswith(",", mention.end))
        return _BESIDE.fullmatch(text, at, start) is not None
    return 0 <= mention.start - end <= LONGEST and _is_lead(text[end : mention.start], lists)


def _is_lead(text: str, lists: Lists) -> bool:
    """Whether nothing but words that may stand before a funder's name stands there."""
    return not leads(lists).sub("", text).strip(" \u00a0\n()")


def find_publicity(text: str, lists: Lists) -> list[tuple[int, int]]:
    """Where a text holds an EU fund's publicity line (`publicity.csv`)."""
    return joined(match.span() for _, match in lists.publicity.finditer(text))


def _via(before: Funder | None, fund: Funder) -> Funder | None:
    chained = before and before.funder_type_code in CHANNEL_TYPES and fund.funder_type_code == "eu_fund"
    return before if chained else None


def _funder_at(text: str, at: int, parts: re.Pattern[str], lists: Lists) -> tuple[Funder, int, str]:
    """The funder whose name begins there, where the name ends, and the rule that tells so."""
    if hit := funder_names(lists).at(text, at):
        name, end = hit.match[0], hit.match.end()
        stops = parts.match(text, end) or _NAME_ENDS.match(text, end) or _NEXT_WORD.match(text, end)
        if stops and (listed := named_funder(name, lists)):
            return listed, end, "alias"
    separator = parts.search(text, at)
    while separator and separator.start() - at < LONGEST and _joins(text, at, separator, lists):
        separator = parts.search(text, separator.end())
    stop = separator.start() if separator else len(text)
    stop = bracket.start() if (bracket := _EDGE.search(text, at + 1, stop)) else stop
    stop = verb.start() if (verb := _VERB.search(text, at, stop)) else stop
    end = at + len(text[at:stop].rstrip(" \u00a0.:\r\n"))
    *before, last = text[at:end].rsplit(None, 1) or [""]
    end = at + len(before[0]) if before and last in TO_AMOUNT else end
    name = squeeze(text[at:end])
    if funder := funder_by_form(name[:1].upper() + name[1:], lists):
        return funder, end, "form"
    return Funder(slug(name) or "namnlos", name), max(end, at + 1), "as_published"


def _joins(text: str, at: int, separator: re.Match[str], lists: Lists) -> bool:
    """Whether an `och` stands inside a name: `Institutet för språk och folkminnen`, `Leader Dalsland och Årjäng`."""
    joint, sign = separator[0].strip().casefold(), text[separator.start() - 1]
    before, after = text[at : separator.start()].rstrip(), separator.end()
    if joint == "," and sign in DASHES and text[after : after + 1].islower():
        return True  # `Närings-, trafik- och miljöcentralen`
    if joint not in ("och", "&"):
        return sign.isalpha() and _HYPHEN_AND.match(text, separator.start()) is not None
    word = _WORD.match(text, after)
    if word is None or named_funder(word[0], lists) or funder_names(lists).at(text, after):
        return False
    if joint == "&":  # `Stiftelsen Natur & Kultur`, and not `Haparanda stad & Region Norrbotten`
        return known_funder(separator.re.split(text[after : after + LONGEST], maxsplit=1)[0].strip(), lists) is None
    if leads(lists).match(text, after):
        return False  # `100 000 kr från Leader Polaris och 20 000 kr från Almi`
    if fold(before).startswith("leader ") and municipality_named(word[0], lists):
        return named_funder(f"{word[0]} kommun", lists) is None or _goes_on(before, word[0])
    return _goes_on(before, word[0])


def _goes_on(before: str, word: str) -> bool:
    """Whether a word in lower case behind `och` goes on with the name of several words before it."""
    return word[:1].islower() and fold(word) not in _OWN_WORDS and " " in before + before[-1:].replace("-", " ")
