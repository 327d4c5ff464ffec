"""Words that tell when a project runs → start and end in EDTF level 0, with the characters they came from.

Sources: contract §3 ("what the source says, no invented 1 January"), forms.md "Dates and periods", and
level 0 of the EDTF specification (Library of Congress, 2019).
"""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, INVISIBLE, REMEMBERED


def _unnamed(regex: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", regex)


# The patterns read the output of `_plain`, where one space and one hyphen stand for all kinds; no repeat is
# unbounded, so that the time stays linear in the length of the text.
NEIGHBOURS = {"januar": 1, "februar": 2, "mai": 5, "august": 8, "desember": 12, "january": 1, "february": 2, "march": 3,
              "may": 5, "june": 6, "july": 7, "october": 10, "december": 12}  # fmt: skip
"""Months as Norwegian and English write them, where that is not as Swedish does."""
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
          "november", "december")  # fmt: skip
_MONTHS = {form: n for n, name in enumerate(MONTHS, 1) for form in (name, name[:3])} | {"sept": 9} | NEIGHBOURS
_WORDS = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_NUMBERS = {word: n for n, word in enumerate(_WORDS, 1)} | {"ett": 1}
_Y = "(?P<y>(?:19|20)[0-9]{2})"
_D = "(?P<d>[0-9]{1,2})"
_M = rf"(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?(?: månad)?,?"
_SHAPES = (
    rf"{_Y}-(?P<m>[0-9]{{1,2}})-{_D}",
    rf"{_Y}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})",
    r"(?P<y>201[3-9]|20[2-9][0-9])(?P<m>0[1-9]|1[0-2])(?![0-9])",
    rf"{_D}[./] ?(?P<m>[0-9]{{1,2}})(?:[/-]|\. ?| ){_Y}",
    rf"(?:{_D}(?::?[ae])? )?{_M} ?{_Y}",
    rf"{_Y}-(?P<m>0[1-9]|1[0-2])(?!-?[0-9]{{1,2}}(?![0-9]))",
    r"(?P<short>[0-4][0-9])(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])(?=\Z|\s?[.,]|\s?-\s?[0-9]{6}(?![0-9]))",
    _Y,
)
_SEASON = (
    "(?:[hv]t|läsåret|(?:vår|sommar|höst)(?:terminen|en)?|vintern?|winter|spring|summer|autumn"
    "|(?:början|mitten|slutet) (?:av|på))"
)
_PREFIX = rf"(?:{_SEASON} )?(?:hela )?(?:den |år(?:en|et)? )?"
_MONTH_OF = rf"(?P<m>0?[1-9]|1[0-2])/{_Y}"
# `8/2024` is a case number but in a range of two: `8/2024-12/2026`.
_IN_RANGE = rf"(?:(?<=-)|(?<=- )|(?=[0-9]{{1,2}}/[0-9]{{4}} ?- ?[0-9]{{1,2}}/[0-9]{{4}})){_MONTH_OF}"
_DATE = rf"{_PREFIX}(?:{_unnamed('|'.join((_IN_RANGE, *_SHAPES)))})"
_YEARLESS = _unnamed(rf"{_PREFIX}(?:(?:{_D}(?::?[ae])? )?{_M}|{_D}[./] ?[0-9]{{1,2}})")
_COUNT = rf"(?:[0-9]{{1,3}}|{'|'.join(_NUMBERS)})"
_SPAN = rf"(?P<n>{_COUNT}) (?P<unit>år|mån)(?:ad(?:er)?)?(?:s tid)?(?!\w)"
_LENGTH = rf"{_unnamed(_SPAN)}(?! (?:och {_COUNT} |(?:efter|före|innan|tidigare|senare|gamla)\b))"

_TOM = r"(?:till och med|t\.? ?o\.? ?m\.?)"
_TILL = rf"(?:(?:och )?(?:fram )?(?:{_TOM}|till) ?)"
_TO = rf"(?: ?- ?{_TILL}?| {_TILL}| (?:to|until) )"
_FROM = r"(?:(?:från och med|fr\.? ?o\.? ?m\.?|från|sedan) )"
_RUN = (
    "(?:(?:projekt|tids)period(?:en)?|period(?=:)|projekttid(?:en)?|(?:under|för) (?:perioden|tiden)|pågå(?:r|tt)?"
    "|pågick|löp(?:er|te|t|a)|planera[dt] (?:till|för)(?= [^.¶-]{4,30}-)"
    "|(?:be)?driv(?:s|its)|(?:be)?drevs|genomför(?:s|des|ts|as)|sträck(?:er|te) sig)"
)
_BEGIN = "(?:(?:projekt)?start(?:datum)?|start(?:s|ed) in|inled(?:s|des)|(?:start|börj|påbörj)a(?:r|de|t|s|des|ts)?)"
_FINISH = (
    "(?:avsluta(?:s|des|ts|de)|avbröts|slut(?:a|ar|ade|datum)?|projektslut|löp(?:er|te) ut"
    "|klart?(?= (?:i|den|senast|till) )"
    "|(?:(?:(?:ska|skall|beräknas) |(?<=och ))(?:vara|bli|stå)|blev|stod)"
    " (?:klart?|färdigt?|slutredovisa[dt]|slutfört?|genomfört?))"
)
_FILL = (
    "(?:(?:är|var|avser|sig|på|i|över|under(?! (?:åren )?(?:19|20)[0-9]{2} och )|hela|tiden|perioden|redan|nu|senast"
    "|en period av) ){0,5}"
)
_SUBJECT = "(?:(?:och|som|projektet|det|den|ska|skall|kommer att|beräknas|planeras) ){0,4}"
# A number that counts things, or goes on, is no year: "2000 personer", "2021/123", "2010-talet".
_STOP = r"(?!\w|[-/.:,]?[0-9]|-\w| (?:kr|kronor|euro|personer|företag|deltagare|timmar)\b)"
_OPEN = r"(?P<open> ?-(?:(?= ?$)| (?:pågår|pågående|tills vidare)))"
_LASTS = rf",? \(?{_SUBJECT}(?:{_RUN} )?{_FILL}(?P<length>{_LENGTH})"
_UNTIL = rf"(?:{_RUN} {_FILL}{_TILL}|{_FINISH}:? {_FILL}{_TILL}?|{_TILL})(?P<fin>{_DATE}){_STOP}"
_TO_B = rf"(?:(?(between)(?: och |{_TO})|{_TO})(?P<b>{_DATE})|-(?P<short>(?!0[1-9]|1[0-2])[0-9]{{2}})){_STOP}"
_BODY = (
    rf"(?:(?:{_LENGTH},? \(?)?(?:(?P<between>(?:mellan|under(?: perioden| åren)?) )|{_FROM})?"
    rf"(?P<a>{_DATE}|{_YEARLESS}){_TO_B}"
    rf"|(?P<since>{_FROM})?(?P<one>{_DATE})(?:{_OPEN}|{_STOP}(?:{_LASTS}|[.,;¶]? ?{_SUBJECT}{_UNTIL})?)"
    rf"|{_TILL}(?P<till>{_DATE}){_STOP}"
    rf"|(?P<lasts>{_LENGTH}),? {_SUBJECT}(?:{_FROM}|med start |{_BEGIN} ){_FILL}(?P<origin>{_DATE}){_STOP})"
)
_NOTE = r"(?: \([^()¶]{1,30}\))?"
_HEAD = rf"(?:(?P<begin>{_BEGIN})|(?P<finish>{_FINISH})|{_RUN}){_NOTE}(?: ?:[ ¶]?| )\(?{_FILL}"
_TOM_RANGE = rf"(?<![./]){_FROM}?(?:{_DATE}|{_YEARLESS}) (?:- )?{_TOM} ?{_DATE}{_STOP}"
_STATEMENT = re.compile(rf"(?<![\w-])(?:{_HEAD}|(?=mellan |{_TOM}|{_TOM_RANGE})){_BODY}")
_VALUE = re.compile(rf"(?<![\w./-])(?:{_HEAD}|(?P<bare>(?P<dash>^- ?)?)){_BODY}")


@dataclass(frozen=True)
class Period:
    """When a project runs: EDTF level 0 of the precision the source gives, None where it gives no date.

    `basis` is `published` where the source states the ends given, `derived` where a length gives the end.
    """

    start: str | None
    end: str | None
    basis: str


@lru_cache(maxsize=REMEMBERED)
def find_period(text: str) -> tuple[Period, int, int] | None:
    """The first period that running text states with a verb or a period word; years in a name are none.

    Gives the period and the offsets in `text` (end exclusive) of the words it came from; None where no period
    is stated or its date is in no calendar. Source: contract §3, forms.md "Dates and periods".
    """
    periods = _periods(_STATEMENT, text)
    first = next(periods, None)
    if first and first[0].start and first[0].end is None:
        # `Arbetet börjar i mars 2025. …  Projektet avslutas i maj 2027.`
        stops, projects = _places(_FULL_STOP, text), _places(_OF_PROJECT, text)
        for period, _, end in periods:
            if period.start is None and period.end and period.end > first[0].start:
                told_before = bisect_left(stops, end - 1)
                cut = stops[told_before - 1] if told_before else -1
                if cut < first[2] or _stands(projects, cut, end):
                    return replace(first[0], end=period.end), first[1], end
    return first


@lru_cache(maxsize=REMEMBERED)
def parse_period(text: str) -> Period | None:
    """The period in the value of a period label, where dates need no verb; a lone year or month is both ends.

    None where the value holds no period, and for a lone day: nothing tells which end it is.
    Source: contract §3, forms.md "Dates and periods".
    """
    return next((period for period, _, _ in _periods(_VALUE, text)), None)


_PARAGRAPH_OR_LAST = re.compile(r"(?:\A|(?<=[,|])|(?<=\n\n)|(?<=\n\r\n)|(?<=\r\r))[^\r\n,|]++(?=\r?\n\r?\n|\r\r|\s*\Z)")


@lru_cache(maxsize=REMEMBERED)
def bare_period(text: str) -> tuple[Period, int, int] | None:
    """A period of two ends that is all of a paragraph, or all of it behind its last comma or bar, and where it stands.

    A lone date is none: it may be the day of anything. Nor is a line of a paragraph: it may be wrapped in a name.
    """
    for m in _PARAGRAPH_OR_LAST.finditer(text):
        for period, start, end in _periods(_VALUE, m[0]):
            is_all = not (m[0][:start] + m[0][end:]).strip(' .\r\u00a0()"”“»’')
            if is_all and period.start and period.end and period.start != period.end:
                return period, m.start() + start, m.start() + end
    return None


@lru_cache(maxsize=REMEMBERED)
def range_in(text: str, lists: Lists) -> tuple[Period, int, int] | None:
    """A period of two months or days in running text without a verb, or of two years behind `under`, and where it
    stands."""
    others = sorted(hit.match.start() for hit in lists.excluding_words.by("kind")["period"].finditer(text))
    for period, start, end in _periods(_VALUE, text):
        is_range = period.start and period.end and period.start != period.end
        is_precise = min(len(period.start or ""), len(period.end or "")) > len("2025")
        if (
            is_range
            and (period.start or "") >= EARLIEST
            and (is_precise or _DURING.match(text, max(start - DURING, 0), end))
            and not _stands(others, max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1, end)
        ):
            return period, start, end
    return None


def _places(form: re.Pattern[str], text: str) -> list[int]:
    """Where the form stands in a text: asked for once, for the text may be one line with very many periods."""
    return [m.start() for m in form.finditer(text)]


def _stands(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


EARLIEST = "2000"
"""Years before that are history in what is told of a project."""
_FULL_STOP = re.compile(r"\. ")
_OF_PROJECT = re.compile(r"projekt|arbete|insats|förstudie|\bdet\b", re.IGNORECASE)
DURING = 15
"""Characters before two years that may say that something was done during them."""
_DURING = re.compile(r".*?\b(?:under|åren)\b", re.IGNORECASE | re.DOTALL)
_MORE_YEARS = re.compile(rf" ?(?:,|och|samt|&) ?{_Y}")


def _periods(pattern: re.Pattern[str], text: str) -> Iterator[tuple[Period, int, int]]:
    if not _FIGURE.search(text):
        return
    plain, offsets = _plain(text)
    first, last = len(plain) - len(plain.lstrip()), len(plain.rstrip(" ¶.;"))
    for m in pattern.finditer(plain):
        whole = m.start() <= first and last <= m.end()
        period = _read(m.groupdict(), whole)
        # "2022, 2023 och 2024": the first of a list of years is not the whole period, and its last may not be either.
        if period and not (period.start == period.end and _MORE_YEARS.match(plain, m.end())):
            yield period, offsets[m.start()], offsets[m.end() - 1] + 1


_FIGURE = re.compile("[0-9]")
"""What every period has."""
_DASHES = frozenset(f"{DASHES}→")
_RUNS = re.compile(rf"\s+|[{DASHES}→]+|[^{DASHES}→\s{INVISIBLE.pattern[1:-1]}]+")


def _plain(text: str) -> tuple[str, list[int]]:
    """`text` in lower case, with single spaces, one kind of dash, ¶ for an empty line; and each offset."""
    parts, offsets = list[str](), list[int]()
    for m in _RUNS.finditer(text):
        run = m[0]
        if run.isspace() or run[0] in _DASHES:
            parts.append("-" if run[0] in _DASHES else " ¶"[run.count("\n") > 1])
            offsets.append(m.start())
        else:
            lower = run.lower()  # that of "İ" has two characters: one is kept, or the offsets would shift
            parts.append(lower if len(lower) == len(run) else "".join(c.lower()[0] for c in run))
            offsets.extend(range(*m.span()))
    return "".join(parts), offsets


def _read(groups: dict[str, str | None], whole: bool) -> Period | None:
    """The period of a match; None where a date is in no calendar or it is unclear which end the date is."""
    if groups["a"]:
        return None if groups["finish"] else _range(groups["a"], groups["b"], groups["short"])
    dates = {name: _edtf(written) for name in ("one", "fin", "origin", "till") if (written := groups[name])}
    start = dates.get("one") or dates.get("origin")
    if None in dates.values() or (groups["begin"] and "one" not in dates):
        return None
    if groups["finish"] and (groups["since"] or "origin" in dates):
        return None
    if not start or groups["finish"] or groups.get("dash"):
        return Period(None, start or dates["till"], "published")
    if "fin" in dates:
        return Period(start, dates["fin"], "published")
    if length := groups["length"] or groups["lasts"]:
        end = _last(start, length)
        return Period(start, end, "derived" if end else "published")
    if groups["begin"] or groups["since"] or groups["open"]:
        return Period(start, None, "published")
    alone = whole or groups.get("bare") is None
    return Period(start, start, "published") if alone and len(start) < 10 else None


def _range(a: str, b: str | None, short: str | None) -> Period | None:
    """The period from `a` to `b`, or to the year that ends in `short`; `a` may borrow the year of `b`."""
    start = _edtf(a)
    if short:
        later = start is not None and len(start) == 4 and short > start[2:]
        return Period(start, f"{start[:2]}{short}", "published") if start and later else None
    end = _edtf(b or "")
    if not end or start:
        return Period(start, end, "published") if end else None
    start = _edtf(f"{a} {end[:4]}") if len(end) > 4 else None
    # "november - februari 2022" does not begin in November 2022, and no word says that it is 2021.
    wraps = start is not None and start[: len(end)] > end
    return Period(None if wraps else start, end, "published") if start else None


def _edtf(written: str) -> str | None:
    """A date as EDTF of the same precision, a season as its year; None for one in no calendar.

    None too for "2011-12", which may be a month or two years.
    """
    groups = next(
        (m.groupdict() for shape in (*_SHAPES, _MONTH_OF) if (m := re.fullmatch(_PREFIX + shape, written))), None
    )
    if not groups or not (name := groups.get("m")):
        return groups["y"] if groups else None
    year, month, day = groups.get("y") or f"20{groups['short']}", _MONTHS.get(name) or int(name), groups.get("d")
    if not day:
        return None if name.isdigit() and month > int(year[2:]) else f"{year}-{month:02}"
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def _last(start: str, length: str) -> str | None:
    """The last month or day of a length of which `start` is the first; None where the length is nothing.

    A bare year gives None: three years from some day of 2019 may end in 2021 or in 2022.
    """
    span = re.fullmatch(_SPAN, length)
    months = span and (_NUMBERS.get(span["n"]) or int(span["n"])) * (12 if span["unit"] == "år" else 1)
    if not months or len(start) == 4:
        return None
    year, month, *days = map(int, start.split("-"))
    day_before = days[0] - 1 if days else 0
    index = year * 12 + month - 1 + months - (day_before == 0)
    year, month = index // 12, index % 12 + 1
    day = min(day_before or 31, monthrange(year, month)[1])
    return f"{year}-{month:02}" + (f"-{day:02}" if days else "")
