"""One project a line, its amount last: `Ny brygga – Byalaget – 120 000 kr`, or dates and numbers in bars before it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, SPACE_BEFORE, sentences, squeeze
from overkalix_data.documents.column_meaning import column_of
from overkalix_data.documents.placed_text import ROW
from overkalix_data.documents.source import Line
from overkalix_data.reading.grant_lines import items_in, place_rest
from overkalix_data.reading.grant_orders import Span
from overkalix_data.reading.line_form import is_advice, is_call
from overkalix_data.reading.line_label import is_known_label
from overkalix_data.reading.page import Block, Page, Part, between
from overkalix_data.reading.page_giver import giver_before
from overkalix_data.reading.page_text import Text
from overkalix_data.reading.title_form import looks_like_title, put_title
from overkalix_data.values.amount import find_amounts
from overkalix_data.values.funder import is_organisation
from overkalix_data.values.period import MONTHS, parse_period

LEAST, LEAST_OWNED = 3, 2
"""Lines of one shape that a page must have before they are its projects; fewer where each says who gets the money."""
SHARE, SURE = 0.4, 3
"""At least this share of the lines must have an organisation in one place for that to be who gets the amount, and so
many times as many as in the other."""
_SIGNS = (
    re.compile(rf"{SPACE_BEFORE}[|]\s*|(?<!\s)[^\S\t]*+\t\s*|(?<!\s)[^\S\n]*+\n\s*"),
    re.compile(r",\s+"),
    re.compile(rf"(?<!\s)\s++[{DASHES}/]\s+"),
)
"""What parts a line, the strongest first."""
_BRACKET = re.compile(r"(?<!\s)\s*+\((?P<inside>[^()]+)\)$")
"""Who gets the money, or what for, in brackets before the amount."""
_BEFORE = re.compile(rf"\s*(?:[•·▪◦‣*{DASHES}]\s+)?")
_END = f" \u00a0|/:,(\t{DASHES}"
_MONTH = "|".join(month[:3] for month in MONTHS)
_DATED = re.compile(rf"(?:den\s)?[\d\s./:-]*(?:(?:{_MONTH})[a-z]*)?[\d\s.]*", re.IGNORECASE)
"""A day or a month with no name around: `Brandbil från 1948` is none."""
_NUMBER = re.compile(r"(?=\S*\d)[\w./-]+")


MOST_PARTS = 3
"""Lines of a paragraph that is one project: who gets the money, what for, and how much."""


@dataclass(frozen=True)
class _Row:
    """A line that ends in an amount: what stands before it, parted; offsets in the source's text."""

    line: Line
    numbers: Sequence[Span]
    """Its date and its number, in columns of their own."""
    parts: Sequence[Span]
    """What it pays and who gets it: two, where signs part them."""
    amount: Span
    whole: Span
    """All words of what it pays and who gets it."""
    is_set: bool = False
    """Whether the source sets the first of its parts apart, as a name in bold."""


def read_amount_lines(of: Text) -> Page | None:
    """The page as a list with a project a line; None where it has too few, or does not say that money was granted."""
    source = of.source
    if any(line.part == ROW for line in of.lines):
        return None  # a register has its amounts in columns
    pieces = list(_pieces(of))
    rows = [row for piece in pieces if (row := _row_of(piece, source.lists))]
    named = _owner_named(of.lines, rows[0].line.start, source.lists) if rows else None
    owner = _owner_in(rows, source.text, source.lists) if named is None else named
    least, kinds = (LEAST, ("projects",)) if owner is None else (LEAST_OWNED, ("projects", "grants"))
    if len(rows) < least or not _tells_of_grants(of.lines, rows[0].line.start, kinds, source.lists):
        return None
    page, giver = Page(source, furniture=list(of.printed)), giver_before(source, of.lines, rows[0].line.start)
    for row in rows:
        block = Block(None, named=True, giver=giver)
        title = row.whole if owner is None or len(row.parts) != 2 else row.parts[1 - owner]
        put_title(block, Line(row.line.number, title[0], source.text[slice(*title)]), "grant", source.lists)
        if owner is not None and len(row.parts) == 2:
            block.add("owner", Part(*row.parts[owner], "grant"))
        for number in row.numbers:
            name = "note" if _is_day(source.text[slice(*number)]) else "case_number"
            block.add(name, Part(*number, "grant"))
        block.add("granted", Part(*row.amount, "grant"))
        block.title_rest += between([*block.spans, *block.title_rest], row.line.start, row.line.end, source.text)
        page.blocks.append(block)
    place_rest(page, of.lines, [(row.line.start, row.line.end) for row in rows])
    return page


def _pieces(of: Text) -> Iterator[Line]:
    """The items of the lines, and each paragraph of a few lines that ends in one that is an amount alone."""
    source, begins = of.source, [at for at, line in enumerate(of.lines) if not at or line.is_apart(of.lines[at - 1])]
    for start, end in pairwise([*begins, len(of.lines)]):
        lines = of.lines[start:end]
        amount = find_amounts(lines[-1].text, source.lists) if 1 < len(lines) <= MOST_PARTS else []
        if [lines[-1].text.strip(" .")] == [lines[-1].text[a:b].strip(" .") for _, a, b in amount]:
            yield replace(lines[0], text=source.text[lines[0].start : lines[-1].end])
            continue
        items = ((line, *span) for line in lines if not line.level for span in items_in(source, [line]))
        yield from (Line(line.number, a, source.text[a:b], line.mark) for line, a, b in items)


def _tells_of_grants(lines: Sequence[Line], until: int, kinds: Sequence[str], lists: Lists) -> bool:
    """Whether a line above says that money was granted, to projects where it must, and the page is no call for more."""
    above = [line.text for line in lines if line.start < until]
    words = lists.grant_words.by("kind")
    found = (hit.match[0] for text in above for kind in kinds if (hit := words[kind].search(text)))
    calls = any(is_call(line.text, lists) for line in lines) or any(is_advice(text, lists) for text in above)
    return any(not said.endswith(" ett projekt") for said in found) and not calls


def _row_of(line: Line, lists: Lists) -> _Row | None:
    """The parts of a line that ends in an amount behind a sign; None for labels, sums and sentences."""
    line = replace(line, text=line.text[: sentences(line.text)[0][1]])
    amounts = find_amounts(line.text, lists)
    if not amounts or line.text[amounts[-1][2] :].strip(" .)"):
        return None
    start = _BEFORE.match(line.text).end()  # type: ignore[union-attr]  # it matches every text
    before = line.text[: amounts[-1][1]]
    head = before.rstrip(f"{_END}\n")
    if len(amounts) > 1 or len(head) == len(before.rstrip(" \u00a0")) or is_known_label(line.text[start:], lists):
        return None
    columns = _cut(head, start, len(head), _SIGNS[0])
    numbers = [span for span in columns if _is_number(head[slice(*span)])]
    rest = [span for span in columns if span not in numbers]
    if not rest or lists.sum_words.match(head[slice(*rest[0])]):
        return None
    whole = (rest[0][0], rest[-1][1])
    if not looks_like_title(squeeze(head[slice(*whole)]), lists):
        return None
    # A name may hold the other sign: that which stands before the amount parts the line, if it stands in it too.
    signs = _SIGNS[1:] if "," in before[len(head) :] else _SIGNS[:0:-1]
    in_two = (cut for sign in signs if len(cut := _last(head, whole, sign)) > 1)
    parts = rest if len(rest) > 1 else next(in_two, rest)
    bracket = _BRACKET.search(head, *whole)
    if bracket and is_organisation(bracket["inside"], lists):
        parts = [(whole[0], bracket.start()), bracket.span("inside")]
    lead = line.mark.lead
    is_set = start < lead < whole[1] and head[lead] in ",:–"
    parts = [(start, lead), (lead + 1 + (head[lead + 1] == " "), whole[1])] if is_set else parts
    numbers, parts, (amount,) = (
        [(line.start + a, line.start + b) for a, b in spans] for spans in (numbers, parts, [amounts[-1][1:3]])
    )
    return _Row(line, numbers, parts, amount, (line.start + whole[0], line.start + whole[1]), is_set)


def _cut(text: str, start: int, end: int, sign: re.Pattern[str]) -> list[Span]:
    found = [m.span() for m in sign.finditer(text, start, end)]
    return [s for s in zip([start, *(b for _, b in found)], [*(a for a, _ in found), end], strict=True) if s[0] < s[1]]


def _last(text: str, whole: Span, sign: re.Pattern[str]) -> list[Span]:
    """Cut in two at the last of the signs: a name may hold others."""
    cut = _cut(text, *whole, sign)
    return [(whole[0], cut[-2][1]), cut[-1]] if len(cut) > 1 else cut


def _is_number(words: str) -> bool:
    return _is_day(words) or _NUMBER.fullmatch(words) is not None


def _is_day(words: str) -> bool:
    """Whether words are a day or a month: something can go on from there."""
    return _DATED.fullmatch(words) is not None and parse_period(f"{words} –") is not None


def _owner_named(lines: Sequence[Line], until: int, lists: Lists) -> int | None:
    """Which part a line above names as who gets the money: `Mottagare / Projekt / Belopp`; None where none does."""
    for line in (line for line in lines if line.start < until):
        for sign in _SIGNS:
            fields = [
                column_of(line.text[a:b].strip(), lists).field for a, b in _cut(line.text, 0, len(line.text), sign)
            ]
            if {"owner", "granted"} <= set(fields) and fields[-1] == "granted":
                named = [name for name in fields if name in ("owner", "title", "purpose")]
                return named.index("owner") if len(named) == len(("who", "what")) else None
    return None


def _owner_in(rows: Sequence[_Row], text: str, lists: Lists) -> int | None:
    """Which of two parts names who gets the money, as most lines tell; None where neither does."""
    if 2 * Counter(len(row.parts) for row in rows)[2] <= len(rows):
        return None
    if all(row.is_set for row in rows):
        return 1
    votes = [sum(len(r.parts) == 2 and is_organisation(text[slice(*r.parts[n])], lists) for r in rows) for n in (0, 1)]
    best = votes.index(max(votes))
    return (
        best if votes[best] >= max(SHARE * len(rows), LEAST_OWNED) and votes[best] >= SURE * votes[1 - best] else None
    )
