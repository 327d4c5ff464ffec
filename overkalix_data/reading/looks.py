"""Where projects begin by the look of their titles: lines that are set alike (a class, bold, a sign, a number)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, REMEMBERED, fold
from overkalix_data.documents.print_marks import RULE
from overkalix_data.documents.source import Line
from overkalix_data.reading import contact_cards as cards
from overkalix_data.reading import heading_roles as outline
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.neighbours import Ahead
from overkalix_data.reading.title_form import SHORT, looks_like_title, title_parts
from overkalix_data.reading.title_lines import PROSE_AFTER
from overkalix_data.values.funder import funder_by_form, named_funder

FEWEST = 2
"""Titles that a look must have before it is taken for that of titles."""
TRIED = 8
"""Looks that are tried, those of the most projects first: a bound, so that time grows with the page alone."""
MOST = 0.5
"""More than this share of the lines of a look must have a project's facts under them."""
_SIGN = rf"(?:(?:[{DASHES}•·▪◦‣*>#=\uf0b7]+|\d{{1,3}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+|[a-z]\)|§\s*\d+)\s+)"
_SIGN_OF = re.compile(r"[^\w\"”“»«]?")
_YEARS = re.compile(rf"\((?:19|20)\d\d\s?[{DASHES}]\s?(?:19|20)\d\d\)")
"""Years in brackets, in one line with a title: `Matematik på lek (2020–2022). Finansiär: …`."""
_SHAPES = {
    "quoted": re.compile(rf"{_SIGN}?(?P<lead>[\"”“»«][^\"”“»«]{{3,90}}[\"”“»«])"),
    "dash": re.compile(rf"{_SIGN}?(?P<lead>[^\W_][^{DASHES}.:;!?|]{{2,80}}?)\s+[{DASHES}]\s+(?=\S.{{40}})"),
    "sum": re.compile(
        rf"{_SIGN}?(?P<lead>[^\W_][^{DASHES}.:;!?|]{{2,80}}?)\s+[{DASHES}]\s+\d[\d\s.,\u00a0]*(?:kr|kronor|tkr|mn?kr|miljoner)\b"
    ),
    "stop": re.compile(rf"{_SIGN}?(?P<lead>[^\W_][^{DASHES}.:;!?|]{{2,60}}[.?!])\s(?=[A-ZÅÄÖ].{{40}})", re.DOTALL),
    "number": re.compile(r"\d{1,3}[.)]\s+\S"),
    "part": re.compile(r"\d{1,2}(?:\.\d{1,2})+\s+\S"),
    "letter": re.compile(r"[a-z]\)\s+\S"),
    "paragraph": re.compile(r"§\s*\d+"),
    "capitals": re.compile(r"[^a-zåäö]*[A-ZÅÄÖ]{3}[^a-zåäö]*$"),
    "sign": re.compile(rf"[{DASHES}•·▪◦‣*>#=]+\s"),
}
"""Looks of a line in a text without marks; the title is the line, or what leads it."""


@dataclass(frozen=True)
class Hypothesis:
    """One way in which a page may be laid out: its lines, run-in titles apart, and what each marked one is."""

    name: str
    lines: Sequence[Line]
    roles: Mapping[int, str]


@lru_cache(maxsize=REMEMBERED)
def look_of(line: Line) -> tuple[str, int]:
    """How a line is set (lines of one look play one role on a page), and how much of it is the title, if it is one."""
    mark, whole = line.mark, len(line.text)
    if mark.style:
        reach = "" if not mark.lead else "whole" if mark.lead >= whole else "lead"
        return f"{mark.level}|{mark.style}|{reach}", mark.lead or whole
    for name, shape in _SHAPES.items():
        if m := shape.match(line.text):
            lead = m.groupdict().get("lead")
            sign = "1" if lead and line.text[0].isdecimal() else _SIGN_OF.match(line.text)[0][:1]  # type: ignore[index]
            return f"{sign}{name}", m.end("lead") if lead else whole
    return "", whole


def by_look(ahead: Ahead) -> Iterator[Hypothesis]:
    """The page with the lines of one look as its titles, look by look."""
    lines, lists, at_look = ahead.lines, ahead.lists, defaultdict[str, list[int]](list)
    looks = [look_of(line) for line in lines]
    looks = [
        # What stands over a line of a look of its own is a heading over several.
        ("alone", n)
        if not look
        and not any(other not in ("", "stop") for other, _ in looks[at + 1 : at + 2])
        and _is_alone(at, ahead)
        else (look, n)
        for at, (look, n) in enumerate(looks)
    ]
    ruled = _under_rules(ahead)
    looks = [
        ("ruled", len(line.text)) if line.number in ruled else look for line, look in zip(lines, looks, strict=True)
    ]
    for at, (look, _) in enumerate(looks):
        at_look[look].append(at)
    told = (
        bool(
            _is_fact(ahead.label(at))
            or _YEARS.search(lines[at].text)
            or ((ahead.fresh(at) or looks[at][0] or looks[at - 1][0]) and ahead.signs(at))
        )
        for at in range(len(lines))
    )
    facts = list(accumulate(told, initial=0))  # how many lines before each tell a fact
    found = list[tuple[str, list[int], set[int]]]()
    for look, places in at_look.items():
        titles = [at for at in places if look and _may_be_title(at, ahead)]
        if len({fold(_lead(lines[at], lists)) for at in titles}) <= MOST * len(titles):
            continue  # `Fakta om projektet` under every project is no title: titles differ
        begins = [at + (looks[at][1] == len(lines[at].text)) for at in titles]
        ends = [*titles[1:], len(lines)]
        held = {at for at, a, b in zip(titles, begins, ends, strict=True) if facts[b] > facts[a]}
        if len(held) >= FEWEST and len(held) > MOST * len(titles):
            found.append((look, titles, held))
    for look, titles, held in sorted(found, key=lambda one: -len(one[2]))[:TRIED]:
        yield Hypothesis(look, *_run_in(lines, dict(_roles(ahead, titles, held)), lists))


def _under_rules(ahead: Ahead) -> frozenset[int]:
    """The numbers of the lines right under a rule drawn across the text, which may stand under their heading too."""
    lines = [line for line in ahead.source.lines if line.text.strip()]
    opened = list[int]()
    for at, line in enumerate(lines[:-1]):
        if RULE.fullmatch(line.text.strip()) and opened[-1:] != [at - 2]:  # one under a heading only closes it
            opened.append(at)
    return frozenset(lines[at + 1].number for at in opened)


def _is_alone(at: int, ahead: Ahead) -> bool:
    """Whether a short line of a text stands over a paragraph of prose."""
    if at + 1 >= len(ahead.lines) or not ahead.fresh(at) or len(ahead.lines[at].text) > SHORT:
        return False
    apart = ahead.fresh(at + 1) or len(ahead.lines[at + 1].text) > PROSE_AFTER
    return apart and len(ahead.whole(at + 1)) > PROSE_AFTER


def _may_be_title(at: int, ahead: Ahead) -> bool:
    lists, words = ahead.lists, _lead(ahead.lines[at], ahead.lists)
    is_sentence = ahead.lines[at].text.endswith(".") and look_of(ahead.lines[at])[1] == len(ahead.lines[at].text)
    first = words.partition(",")[0].strip()
    return (
        not is_sentence
        and named_funder(first, lists) is None  # `Norrbygda kommun, Leader Polaris – …` names who pays
        and funder_by_form(first, lists) is None
        and looks_like_title(words, lists)
        and not layout.heading(words, lists)
        and not layout.furniture(words, lists)
        and not cards.is_card_heading(words, lists)
        and (
            (known := ahead.label(at)) is None
            or known.form == "unknown"
            or known.field in outline.TITLE_FIELDS
            or title_parts(ahead.lines[at].text, lists).status is not None  # `I mål: Fiskevägar i Lillån`
        )
    )


def _lead(line: Line, lists: Lists) -> str:
    lead = line.text[: look_of(line)[1]]
    return lead[slice(*title_parts(lead, lists).name)].rstrip(" .:").strip('"”“»«')


def _is_fact(known: line_label.Label | None) -> bool:
    return known is not None and known.form == "label" and known.field not in ("contact", "title")


def _roles(ahead: Ahead, titles: Sequence[int], held: set[int]) -> Iterator[tuple[int, str]]:
    lines, lists = ahead.lines, ahead.lists
    first, inside = titles[0], False
    times = Counter(fold(line.text) for line in lines if line.level)
    depth = min(_depth(lines[at]) for at in titles)
    for at, line in enumerate(lines):
        if at in held:
            inside = True
            yield at, outline.TITLE
        elif at in titles or (line.level and times[fold(line.text)] == 1 and cards.is_card_heading(line.text, lists)):
            inside = False
            yield at, outline.PAGE
        elif layout.heading(line.text, lists) and (line.level or look_of(line)[0]):
            inside = False
            yield at, outline.SECTION
        elif line.level:
            if inside:
                yield at, outline.LABEL if ahead.label(at) else outline.TEXT
            else:
                yield at, outline.SECTION if at > first else outline.PAGE
        elif at + 1 in held and _depth(line) < depth:
            inside = False
            yield at, outline.SECTION


def _depth(line: Line) -> int:
    return int(line.mark.style[:1]) if line.mark.style[:1].isdigit() else 0


def _run_in(lines: Sequence[Line], roles: Mapping[int, str], lists: Lists) -> tuple[list[Line], dict[int, str]]:
    """The lines with a title that its own text follows on the line cut in two."""
    cut, moved = list[Line](), dict[int, str]()
    for at, line in enumerate(lines):
        if at in roles:
            moved[len(cut)] = roles[at]
        lead = look_of(line)[1]
        if roles.get(at) == outline.TITLE and 0 < lead < len(line.text):
            parts = title_parts(line.text, lists)
            if parts.name[1] > lead + 3:
                rest = line.text[lead:]
                skipped = len(rest) - len(rest.lstrip(f" .:,{DASHES}\u00a0"))
                cut.append(replace(line, text=line.text[: lead + skipped]))
                cut.append(Line(line.number, line.start + lead + skipped, rest[skipped:]))
                continue
        cut.append(line)
    return cut, moved
