"""One grant a line or a sentence, in news or a decision: `Harsta IF beviljas 18 000 kronor till belysning`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, sentences
from overkalix_data.documents.placed_text import ROW
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.page import Block, Page, Part, Text, between
from overkalix_data.reading.title_lines import is_organisation
from overkalix_data.values.amount import find_amounts
from overkalix_data.values.funder import funder_names, leads

Span = tuple[int, int]
LEAST = 2
"""Grants that a page must tell before it is a list of them."""
_NO_NAME = frozenset(
    [
        "totalt",
        "summa",
        "sammanlagt",
        "för",
        "av",
        "till",
        "projekt",
        "projektet",
        "bidrag",
        "bidraget",
        "stöd",
        "stödet",
    ]
)
"""Words that begin no name of who gets a grant."""
MOST_WORDS = 9
"""Words in the name of who gets a grant."""
_SMALL = frozenset("i på och för av vid de den det samt med om till från in the of".split())  # noqa: SIM905
_GETS = (
    "beviljas|beviljades|(?:har )?beviljats|får|fick|har fått|tilldelas|tilldelades|(?:har )?tilldelats"
    "|erhåller|erhöll|har erhållit|mottar|mottog"
)
_MARK = rf"\s*(?:[{DASHES}•·▪◦‣*]\s+|\d{{1,3}}[.)]\s+)?"
_HEAD = re.compile(
    rf"{_MARK}(?:(?P<giver>[A-ZÅÄÖ][^.!?:;\n]{{2,60}}?)\s(?:beslutar|beslutade|har beslutat) att (?:bevilja )?)?"
    rf"(?P<who>[^\W_](?:[^.!?:;\n]|ek\. för\.|r\.f\.){{2,90}}?)(?:,?\s+(?:{_GETS})"
    r"(?:\s+(?:ett|en|totalt|ca|cirka|stöd|bidrag|om|på|med|upp till)){0,4}"
    rf"|\s*[{DASHES}:,(])?\s*"
)
_VERB = re.compile(rf"\s(?:{_GETS})\b")
_LINK = (
    r"(?:,? (?:motsvarande|dock|det vill säga|vilket|som)[^.\n]{0,80}?(?= till | för ))?"
    rf"\s*+(?:i (?:projekt)?(?:stöd|bidrag|stipendium)\s*+)?\)?\s*+[{DASHES}:,]?\s*+"
)
_WHAT = (
    r"(?:[”\"“»«]\s*+)?(?:(?i:till|för)\s++)?(?:att\s++)?(?:(?:sitt |det )?projekt(?:et)?\s++)?"
    r"(?:[”\"“»«](?P<quoted>[^”\"“»«]{3,120})[”\"“»«].{0,200}|(?P<what>[^\W\d_][^\n”\"“»«]{2,220}?))[.”\"“»«\s]*+"
)
_TAIL = re.compile(rf"{_LINK}{_WHAT}", re.DOTALL)
_TO = re.compile(
    rf"\s+(?:till|beviljas|beviljades|tilldelas|går till)\s+(?P<who>[^\W_][^.!?:;\n]{{2,90}}?)"
    rf"\s*(?:,|\s(?=för|till))\s*{_WHAT}",
    re.DOTALL,
)
"""`25 000 kronor till Harsta IF för ny belysning`: the amount first."""
_FIRST = re.compile(
    rf"{_MARK}(?:(?P<giver>[A-ZÅÄÖ][^.!?:;\n]{{2,60}}?)\s(?:beviljar|beviljade|ger|gav|anslår|anslog|skänker)\s*)?"
    r"(?:(?i:ett )?(?i:bidrag|stöd)\s(?:om|på|med)\s*)?"
)
"""What may stand before an amount that comes first."""
_ITEM = re.compile(r"(?:(?<=^)|(?<=\s))[*•·]\s+")
_GIVER = (
    re.compile(
        r"(?<![\w-])(?:(?:Stiftelsen|Sparbanken|Leader|Länsstyrelsen i|Region)(?:\s[A-ZÅÄÖ]\w++)+"
        r"(?:\s[a-zåäö]+(?=\s(?:delar|ger|har|beviljar|stöder)))?"
        r"|(?:[A-ZÅÄÖ][\w-]*+\s)?[A-ZÅÄÖ][\w-]*+\s(?:kommun|stiftelse(?:n)?|sparbank)(?!\w)"
        r"|[A-ZÅÄÖ]\w*(?:stiftelsen?|sparbank(?:en)?)(?!\w))"
    ),
    re.compile(r"(?<=ur )\w++|(?<!\w)\w+(?:potten|fonden)(?!\w)"),
)
"""Who gives, as a lead names it: an organisation first, else the pot that the money comes from."""


@dataclass(frozen=True)
class Grant:
    """Where a piece of text says who gets how much for what; offsets in the source's text."""

    start: int
    end: int
    who: Span
    amount: Span
    what: Span
    giver: Span | None = None
    """Who gives, where the piece itself says it."""


def read_grants(of: Text) -> Page | None:
    """The page as a list of grants, a project each; None where it tells fewer than two."""
    source, lines = of.source, of.lines
    if any(line.part == ROW for line in lines):
        return None  # a register has its amounts in columns
    grants = [
        grant for start, end in _pieces(source, lines) if (grant := grant_in(source.text, start, end, source.lists))
    ]
    if len(grants) < LEAST:
        return None
    page = Page(source, furniture=list(of.printed))
    giver = giver_before(source, lines, grants[0].start)
    for grant in grants:
        block = Block(None, named=True, giver=grant.giver or giver)
        block.add("title", Part(*grant.what, "grant"))
        block.add("owner", Part(*grant.who, "grant"))
        block.add("granted", Part(*grant.amount, "grant"))
        known = [span for span in (grant.what, grant.who, grant.amount, grant.giver) if span]
        block.title_rest += between(known, grant.start, grant.end, source.text)
        page.blocks.append(block)
    place_rest(page, lines, [(grant.start, grant.end) for grant in grants])
    return page


def grant_in(text: str, start: int, end: int, lists: Lists) -> Grant | None:
    """The grant that a piece of text tells; None where it tells none."""
    piece = text[start:end]
    amount = next(iter(find_amounts(piece, lists)), None)
    if amount is None:
        return None
    head = _HEAD.fullmatch(piece, 0, amount[1])
    told = _TAIL.fullmatch(piece, amount[2]) if head else None
    if first := _FIRST.fullmatch(piece, 0, amount[1]):
        head = told = _TO.fullmatch(piece, amount[2])
    if head is None or told is None:
        return None
    said = first or head
    gives = bool(said.groupdict().get("giver"))
    if not _is_recipient(head["who"], lists, 2 * bool(gives or _VERB.search(head[0]))):
        return None
    what = told.span("quoted") if told["quoted"] else told.span("what")
    who, sum_, why = ((start + a, start + b) for a, b in (head.span("who"), amount[1:], what))
    giver = (start + said.start("giver"), start + said.end("giver")) if gives else None
    return Grant(start, end, who, sum_, why, giver)


def _is_recipient(words: str, lists: Lists, most: int) -> bool:
    """Whether words can name who gets a grant: capitals with small words between, or words of organisations.

    `most`: how many other words the name may have, where a verb says that it is who gets it.
    """
    parts = words.split()
    small = [w for w in parts if w[:1].islower() and w not in _SMALL and not is_organisation(w, lists)]
    if len(parts) > MOST_WORDS or len(small) > most or parts[0].casefold() in _NO_NAME or parts[0].isdigit():
        return False
    return not line_label.is_known_label(f"{words}:", lists)


def _pieces(source: Source, lines: Sequence[Line]) -> Iterator[Span]:
    """The text a line, an item or a sentence at a time; a line that begins in lower case goes on with the one above."""
    at = 0
    while at < len(lines):
        start, last = lines[at].start, at
        while last + 1 < len(lines) and _goes_on(lines[last], lines[last + 1]):
            last += 1
        end, at = lines[last].end, last + 1
        text = source.text[start:end]
        cuts = [0, *(m.start() for m in _ITEM.finditer(text)), len(text)]
        for a, b in pairwise(cuts):
            yield from ((start + a + c, start + a + d) for c, d in sentences(text[a:b]))


def _goes_on(line: Line, following: Line) -> bool:
    return following.number == line.number + 1 and following.text[:1].islower()


def giver_before(source: Source, lines: Sequence[Line], until: int) -> Span | None:
    """Who gives the money, as the lines before the first grant name it: `bidrag från Naturvårdsverket`, or by form."""
    above = [(line, line.text[: max(until - line.start, 0)]) for line in lines if line.start < until]
    for line, text in above:
        for lead in leads(source.lists).finditer(text):
            if hit := funder_names(source.lists).at(text, lead.end()):
                return line.start + hit.match.start(), line.start + hit.match.end()
    found = (
        (line.start + m.start(), line.start + m.end())
        for form in _GIVER
        for line, text in sorted(above, key=lambda told: source.lists.grant_words.search(told[1]) is None)
        if (m := form.search(text))
    )
    return next(found, None)


def place_rest(page: Page, lines: Sequence[Line], grants: Sequence[Span]) -> None:
    """The lines that tell none of the grants: the page's own words, more of the grant right above, or text without a
    place."""
    taken = {n for grant in grants for n, line in enumerate(lines) if grant[0] < line.end and line.start < grant[1]}
    for n, line in enumerate(lines):
        if n in taken:
            before = max((end for _, end in grants if line.start < end <= line.end), default=line.end)
            firsts = [start for start, _ in grants if line.start <= start < line.end]
            spans = [(line.start, min(firsts, default=line.start)), (before, line.end)]
            page.unplaced += [_part(line, a, b) for a, b in spans if page.source.text[a:b].strip()]
        elif layout.furniture(line.text, page.source.lists):
            page.furniture.append(line)
        elif (
            n - 1 in taken
            and line.number == lines[n - 1].number + 1
            and not page.source.lists.sum_words.match(line.text)
        ):
            above = [b for (start, _), b in zip(grants, page.blocks, strict=True) if start < line.start][-1]
            above.add("late", Part(line.start, line.end, "late_line"))
        else:
            page.unplaced.append(line)


def _part(line: Line, start: int, end: int) -> Line:
    return Line(line.number, start, line.text[start - line.start : end - line.start])
