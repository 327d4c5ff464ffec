"""Prose about one project: news that names it in quotation marks and tells when it runs, what it costs, who pays."""

import re
from collections import Counter
from collections.abc import Sequence

from overkalix_data.documents.source import Line, Source
from overkalix_data.reading import contact_cards as cards
from overkalix_data.reading import line_form as layout
from overkalix_data.reading.page import Block, Page, Part, Text
from overkalix_data.reading.project_fields import OWNER
from overkalix_data.values.funder import funder_names
from overkalix_data.values.period import find_period

Span = tuple[int, int]
FACTS = 2
"""Facts that the news must tell of the project, besides its name."""
_NAMED = re.compile(r"[Pp]rojekt(?:et)?\s+[”\"“»](?P<title>[^”\"“»«\n]{3,80})[”\"“»«]")
_TOTAL = re.compile(
    r"(?:total\s?budget|totalbudget|budget|total kostnad|omslutning|projektet (?:kostar|omfattar))[a-zåäö]*"
    r"\s(?:om|på|är|ligger på|uppgår till)\s+(?P<value>[^.;\n]{3,60})"
)
_PAID = re.compile(r"(?:stöd|medel|pengar|bidrag|finansiering)\s(?:från|av)\s|(?:med)?finansieras\s(?:av|genom)\s")


def read_news(of: Text) -> Page | None:
    """The page as prose about the one project that it names; None where it names none, or tells too little of it."""
    source, lines = of.source, of.lines
    names = [m for line in lines for m in _NAMED.finditer(source.text, line.start, line.end)]
    if not names or any(layout.is_call(line.text, source.lists) for line in lines):
        return None
    usual = Counter(m["title"].casefold() for m in names).most_common(1)[0][0]
    title = next(m for m in names if m["title"].casefold() == usual)
    block, page = Block(None, named=True), Page(source, furniture=list(of.printed))
    block.add("title", Part(*title.span("title"), "title_phrase"))
    page.blocks.append(block)
    asked = next((n for n, line in enumerate(lines) if cards.is_card_heading(line.text, source.lists)), len(lines))
    first = next((n for n, line in enumerate(lines) if _is_prose(line.text)), 0)
    for n, line in enumerate(lines):
        if layout.furniture(line.text, page.source.lists):
            page.furniture.append(line)
        elif first <= n < asked:
            block.add("prose", Part(line.start, line.end, "prose"))
        elif n < first:
            page.headings.append(line)
    _add_facts(block, source, lines[first:asked])
    _add_contact(page, block, lines[asked:])
    return page if len(set(block.parts) - {"title", "prose", "contact"}) >= FACTS else None


def _is_prose(text: str) -> bool:
    return len(text) > layout.TITLE_CHARACTERS or text.rstrip().endswith((".", "!"))


def _add_facts(block: Block, source: Source, lines: Sequence[Line]) -> None:
    """What sentences tell of the project: the total, the owner, who pays, the period; each where it is told first."""
    text = source.text
    for line in lines:
        for name, form in (("total", _TOTAL), ("owner", OWNER)):
            if name not in block.parts and (m := form.search(text, line.start, line.end)):
                block.add(name, Part(*m.span("value"), "phrase"))
        paid = _PAID.search(text, line.start, line.end)
        known = funder_names(source.lists).at(text, paid.end()) if paid else None
        if paid and known and "funder" not in block.parts:
            block.add("funder", Part(*known.match.span(), "phrase", paid.span()))
        if "period" not in block.parts and (period := find_period(line.text)):
            block.add("period", Part(line.start + period[1], line.start + period[2], "phrase"))


def _add_contact(page: Page, block: Block, lines: Sequence[Line]) -> None:
    """The heading `Kontakt` and the lines under it, to the page's own words, tell whom to ask about the project."""
    if not lines:
        return
    label = (lines[0].start, lines[0].end)
    for n, line in enumerate(lines[1:]):
        if layout.furniture(line.text, page.source.lists):
            page.furniture.append(line)
        else:
            block.add("contact", Part(line.start, line.end, "label", None if n else label, "Kontakt"))
    if len(lines) == 1:
        page.headings.append(lines[0])
