"""Prose about a project or a few: news that names each and tells when it runs, what it costs, who pays."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from overkalix_data.base.lists import Lists
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading import contact_cards as cards
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.page import Block, Page, Part
from overkalix_data.reading.page_text import Text
from overkalix_data.reading.project_fields import project_text
from overkalix_data.values.funder import funder_names
from overkalix_data.values.period import find_period
from overkalix_data.values.person import contact_word

Span = tuple[int, int]
FACTS = 2
"""Facts that the news must tell of each project, besides its name."""
FAR_MORE = 2
"""So many times as often as any other must news tell a project's name to be about that one alone."""
_TOTAL = re.compile(
    r"(?:total\s?budget|totalbudget|budget|total kostnad|omslutning|projektet (?:kostar|omfattar))[a-zåäö]*"
    r"\s(?:om|på|är|ligger på|uppgår till)\s+(?P<value>[^.;\n]{3,200})"
)
_PAID = re.compile(r"(?:stöd|medel|pengar|bidrag|finansiering)\s(?:från|av)\s")
"""What stands before who pays."""


def read_news(of: Text) -> Page | None:
    """The page as prose about what it names; None where it names nothing, or tells too little of it."""
    source, lines = of.source, of.lines
    text = of.quoted
    names = _names(of)
    if not names or any(layout.is_call(line.text, source.lists) for line in lines):
        return None
    page = Page(source, furniture=list(of.printed))
    asked = next((n for n, line in enumerate(lines) if _asks(line.text, source.lists)), len(lines))
    first = next((n for n, line in enumerate(lines) if _is_prose(line.text)), 0)
    told = _told(names, of)
    starts = [line.start for line in lines]
    begins = [first] if len(told) == 1 else [bisect_right(starts, m.start()) - 1 for m in told]
    page.headings += [line for line in lines[:first] if not layout.furniture(line.text, source.lists)]
    page.unplaced += [line for line in lines[first : begins[0]] if not layout.furniture(line.text, source.lists)]
    page.furniture += [line for line in lines[:asked] if layout.furniture(line.text, source.lists)]
    for m, begin, end in zip(told, begins, [*begins[1:], asked], strict=True):
        block = Block(None, named=True)
        title = text.whole(layout.name_in(m))
        block.add("title", Part(*title, "title_phrase"))
        own = [line for line in lines[begin:end] if not layout.furniture(line.text, source.lists)]
        for start, last in _paragraphs(own):
            # A paragraph that begins with the name set apart tells of it from there on.
            block.add("prose", Part(title[1] if start == title[0] and title in text.names else start, last, "prose"))
        _add_facts(block, source, lines[begin:end])
        page.blocks.append(block)
    _add_contact(page, lines[asked:])
    facts = (set(project_text(source, block).parts) - {"title", "prose", "contact"} for block in page.blocks)
    return page if all(len(told) >= FACTS for told in facts) else None


def _paragraphs(lines: Sequence[Line]) -> list[Span]:
    """Where each paragraph of the lines stands: those right under each other are one, wrapped."""
    spans: list[Span] = []
    for n, line in enumerate(lines):
        wrapped = n > 0 and line.number == lines[n - 1].number + 1
        spans[-1:] = [(spans[-1][0], line.end)] if wrapped else [*spans[-1:], (line.start, line.end)]
    return spans


def _names(of: Text) -> list[re.Match[str]]:
    """Where sentences name a project, or tell of an amount beside a name that the page sets apart; each place once."""
    named, found = layout.project_named(of.source.lists), dict[int, re.Match[str]]()
    for start, end in _paragraphs(of.lines):
        for m in (*named.finditer(of.quoted.text, start, end), *of.quoted.found(start, end)):
            found.setdefault(layout.name_in(m)[0], m)
    return [found[at] for at in sorted(found)]


def _told(names: Sequence[re.Match[str]], of: Text) -> list[re.Match[str]]:
    """The names of the projects, each where it is told first: those that are counted, else the one told far more often
    than any other, else all; where the page sets several apart, of those alone."""
    source, text = of.source, of.quoted
    apart = [m for m in names if text.whole(layout.name_in(m)) in text.names]
    first: dict[str, re.Match[str]] = {}
    times = Counter[str]()
    for m in apart if len(apart) > 1 else names:
        title = source.text[slice(*text.whole(layout.name_in(m)))].casefold()
        first.setdefault(title, m)
        times[title] += 1
    (usual, most), *others = times.most_common(2)
    return [first[usual]] if most >= FAR_MORE * sum(n for _, n in others) else list(first.values())


def _asks(text: str, lists: Lists) -> bool:
    """Whether a line is the heading or the label of whom to ask, and nothing more."""
    known = line_label.label(text, lists, fresh=True)
    is_label = known is not None and known.field == "contact" and known.end >= len(text)
    return is_label or cards.is_card_heading(text, lists)


def _is_prose(text: str) -> bool:
    return len(text) > layout.TITLE_CHARACTERS or text.rstrip().endswith((".", "!"))


def _add_facts(block: Block, source: Source, lines: Sequence[Line]) -> None:
    """What no phrase of the lists tells: total, period and, where none is told otherwise, who pays; each told first."""
    for line in lines:
        if "total" not in block.parts and (m := _TOTAL.search(source.text, line.start, line.end)):
            block.add("total", Part(*m.span("value"), "phrase"))
        if "period" not in block.parts and (period := find_period(line.text)):
            block.add("period", Part(line.start + period[1], line.start + period[2], "phrase"))

    if "funder" not in project_text(source, block).parts:
        paid = (m for line in lines for m in _PAID.finditer(source.text, line.start, line.end))
        known = ((m, funder_names(source.lists).at(source.text, m.end())) for m in paid)
        for lead, hit in ((m, hit) for m, hit in known if hit):
            block.add("funder", Part(*hit.match.span(), "phrase", lead.span()))
            break


def _add_contact(page: Page, lines: Sequence[Line]) -> None:
    """The heading `Kontakt` and the persons under it tell whom to ask about the one project; not the press office."""
    lists, n = page.source.lists, 1
    for n, line in enumerate(lines[1:], start=1):
        fresh = n > 1 and line.is_apart(lines[n - 1])
        if layout.furniture(line.text, lists) or len(page.blocks) > 1:
            page.furniture.append(line)
        elif fresh and not cards.goes_on(lines[n : n + cards.MOST_LINES], lists):
            page.unplaced += lines[n:]
            break
        elif contact_word(line.text.partition(",")[0].strip(), lists) == "organisation":
            page.unplaced.append(line)
        else:
            label = None if "contact" in page.blocks[0].parts else (lines[0].start, lines[0].end)
            page.blocks[0].add("contact", Part(line.start, line.end, "label", label, "Kontakt"))
    if lines and all("contact" not in block.parts for block in page.blocks):
        page.headings.append(lines[0])
