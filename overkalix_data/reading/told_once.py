"""What a page says once for all of its projects, above them: who owns them, and who gives what they are granted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, takewhile

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold, sentences
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading.grant_orders import Grant, grant_in
from overkalix_data.reading.page import Block, Page, Part
from overkalix_data.reading.page_giver import Span, add_grant, giver_over, is_beside, own_names
from overkalix_data.reading.told_fields import by_phrase, by_verb
from overkalix_data.values.funder import is_organisation

_THEY = re.compile(r"(?:Projekten|(?:Alla|Samtliga)\s(?:våra\s)?projekt(?:en)?|All (?:the |our )?projects)\s")
"""What a sentence about all projects of a page begins with."""
_ALL = re.compile(
    r"\s(?:för|i|av)\s(?:båda|bägge|alla|samtliga|ett antal|flera|följande|de|projekten|nedanstående)\b"
    r"|\sprojects\sbelow\b"
)
"""Words behind an owner that speak of all projects of the page."""
_ITS = re.compile(r"[^\S\n]*(?P<who>[A-ZÅÄÖ][\w-]+)s\sprojekt[^\S\n]*")
"""A line that says whose the projects are: `Förbundets projekt`."""
_WE = re.compile(
    r"(?P<who>[A-ZÅÄÖ][^.!?\n]{2,60}?)\sär\s(?:en|ett)\s[^.!?]{5,200}\.\s+Vi\sdriver\s(?:\w+\s){0,2}(?:de\shär|följande|dessa)\sprojekt"
)
"""Who it is that says `Vi driver de här projekten`, right before."""


@cache
def _counted(lists: Lists) -> re.Pattern[str]:
    """Who has run how many projects: `Kommunalförbundet har under året drivit tre externt finansierade projekt`."""
    numbers = "|".join(row["words"] for row in lists.number_words.rows)
    return re.compile(
        r"(?<!\w)(?P<who>[A-ZÅÄÖ][\w-]*(?:\s[\w-]+){0,4}?)\s(?:har\s)?(?:\w+\s){0,2}(?:drivit|driver|drev|genomfört|genomför)"
        rf"\s(?:{numbers})\s(?:\w+\s){{0,3}}projekt(?!\w)"
    )


def tell_all(page: Page) -> None:
    """Gives the projects of a page the owner and the giver that a line above the first of them tells for all."""
    called = own_names(page.source) if page.blocks else {}
    bare = [block for block in page.blocks if not any(_payers(block))]
    payers = _for_all(page) if bare else None
    for block in page.blocks:
        block.own_names = called
    for block in bare:
        block.payers = payers
    if len(page.blocks) < 2:
        return
    above = list(takewhile(lambda line: line.start < page.blocks[0].start, page.source.lines))
    owner = _owner_of_all(above, page.source.lists) or _owner_called(page, called)
    needy = [b for b in page.blocks if "granted" in b.parts and all(is_beside(p, page.source) for p in _payers(b))]
    granted = [(block, grant) for block in bare if (grant := _granted(block, page.source))]
    giver = giver_over(page.source, [(line.start, line.end) for line in above]) if needy or granted else None
    for block, grant in granted if giver else ():
        add_grant(block, grant, giver, page.source)
    for block in page.blocks:
        block.owner = owner
    for block in needy:
        over = block.section and giver_over(page.source, [(block.section.start, block.section.end)])
        block.giver = block.giver or over or giver


def _owner_of_all(above: Sequence[Line], lists: Lists) -> Span | None:
    """Who owns all of the projects, in a sentence about them: `Projekten nedan drivs av …`."""
    for line in above:
        for span in sentences(line.text):
            told = by_verb(line.text, span, line.start, lists) if _ALL.search(line.text, *span) else ()
            said = by_phrase(line.text, span, line.start, lists) if _THEY.match(line.text, span[0]) else ()
            for name, part in chain(told, said):
                if name == "owner":
                    return part.start, part.end
    return None


def _owner_called(page: Page, called: Mapping[str, Span]) -> Span | None:
    """Who owns all of the projects, by the name by which the page calls it, or in full, in what it says of them all."""
    text, lists, until = page.source.text, page.source.lists, page.blocks[0].start
    lines = (m for line in page.source.lines if line.end <= until and (m := _ITS.fullmatch(text, line.start, line.end)))
    for m in (*lines, *_counted(lists).finditer(text, 0, until)):
        is_whole = " " in m["who"] and is_organisation(m["who"], lists)
        if owner := m.span("who") if is_whole else called.get(fold(m["who"])):
            return owner
    we = _WE.search(text, 0, until)
    return we.span("who") if we else None


def _for_all(page: Page) -> Span | None:
    """Who pays for all of the projects, in a sentence of the page about them: `Projekten finansieras av …`."""
    lines = (line for line in page.source.lines if _THEY.search(line.text))
    said = ((line, span) for line in lines for span in sentences(line.text) if _THEY.match(line.text, span[0]))
    told = (found for line, span in said for found in by_phrase(line.text, span, line.start, page.source.lists))
    return next(((part.start, part.end) for name, part in told if name == "funder"), None)


def _granted(block: Block, source: Source) -> Grant | None:
    """The grant that a sentence of a project tells, and not from whom: `Köinge hembygdsförening får 500 000 kronor`."""
    prose = block.parts.get("prose", ()) if "granted" not in block.parts else ()
    said = (
        (part.start + a, part.start + b) for part in prose for a, b in sentences(source.text[part.start : part.end])
    )
    grants = (grant_in(source.text, *span, source.lists) for span in said)
    return next((grant for grant in grants if grant and grant.verb and not grant.giver), None)


def _payers(block: Block) -> Iterator[Part]:
    return chain.from_iterable(block.parts.get(name, ()) for name in ("funder", "co_financing"))
