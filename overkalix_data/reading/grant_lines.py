"""One grant a line or a sentence, in news or a decision: `Harsta IF beviljas 18 000 kronor till belysning`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, sentences
from overkalix_data.documents.placed_text import ITEM, ROW
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading import line_form as layout
from overkalix_data.reading.grant_orders import MARK, PAYS, Grant, Span, grant_in
from overkalix_data.reading.page import Block, Page, Part, between
from overkalix_data.reading.page_giver import giver_before
from overkalix_data.reading.page_text import Text
from overkalix_data.reading.title_form import looks_like_title
from overkalix_data.values.amount import find_amounts
from overkalix_data.values.funder import known_funder
from overkalix_data.values.money_verbs import with_verbs

LEAST = 2
"""Grants that a page must tell before it is a list of them."""
_BULLET = re.compile(MARK)
_ITEM = re.compile(
    rf"(?:(?<=^)|(?<=\s))[*•·]\s+|(?<=[.:;]\s)[{DASHES}]\s+|(?<=;)\s+(?=[^;]*\d)|(?<=\))\s+(?:samt|och)\s+"
    r"|(?<=,)\s+(?:(?:samt|och)\s+)?(?=att\s)|(?<=\S)\s+(?=(?:Summa|Totalt|Sammanlagt):)"
)
"""Where items begin that follow each other in a paragraph."""
_JOINT = re.compile(r"(?<!-)(?:,|\soch)\s(?=[A-ZÅÄÖ])")
"""What stands between two in a sentence who get their amounts."""
_INTRO = re.compile(r"[^:\n\d]{20,200}:\s+(?=[A-ZÅÄÖ”•*])")
"""What leads to the first of them: `Kommunen har beviljat bidrag till fyra föreningar: `."""


def read_grants(of: Text) -> Page | None:
    """The page as a list of grants, a project each; None where it tells fewer than two."""
    source, lines = of.source, of.lines
    if any(line.part == ROW for line in lines):
        return None  # a register has its amounts in columns
    grants = list(_titled(grants_in(of), of))
    above = source.text[: grants[-1].start] if grants else ""
    if len(grants) < LEAST or not (sum(g.verb for g in grants) >= LEAST or source.lists.granting_words.search(above)):
        return None
    page = Page(source, furniture=list(of.printed))
    giver, first = giver_before(source, lines, grants[0].start), grants[0].who
    if giver is None and first and source.text[first[1] :].startswith(":") and _gives(first, source):
        giver, grants = first, grants[1:]  # `Stiftelsen: 9,6 miljoner till skånska ändamål`, over the list
    for grant in grants:
        block = Block(None, named=True, giver=None if grant.also else grant.giver or giver)
        assert grant.what is not None  # `_titled` lets no other through
        block.add("title", Part(*grant.what, "grant"))
        if grant.who:
            block.add("owner", Part(*grant.who, "grant"))
        if grant.giver and grant.also:
            lead = (grant.amount[0], grant.giver[0])
            for said, name in ((lead, grant.giver), (grant.also[0], grant.also[1])):
                block.add("funder", Part(*name, "phrase", said))
        else:
            block.add("granted", Part(*grant.amount, "grant"))
        known = [*block.spans, *([grant.giver] if grant.giver and not grant.also else [])]
        for gap in between(known, grant.start, grant.end, source.text):
            behind = gap[0] >= grant.what[1] and re.search(r"\w", source.text[slice(*gap)])
            until = gap[1] if behind else max(gap[0], min(gap[1], grant.lead))
            if gap[0] < until:
                block.add("prose", Part(gap[0], until, "prose"))
            block.title_rest += [(until, gap[1])] if source.text[until : gap[1]].strip() else []
        page.blocks.append(block)
    place_rest(page, lines, [(grant.start, grant.end) for grant in grants])
    return page


def grants_in(of: Text) -> Iterator[Grant]:
    """What each piece of the lines grants; a name that the page sets apart is told as one in quotes."""
    for start, end in pieces(of.source, of.lines):
        if grant := grant_in(of.quoted.text, start, end, of.source.lists):
            yield replace(grant, what=of.quoted.whole(grant.what) if grant.what else None)


def _titled(grants: Iterable[Grant], of: Text) -> Iterator[Grant]:
    """The grants that name what they are for, and those for which a line above does: its name, or what it tells of."""
    since, starts = 0, [line.start for line in of.lines]
    for grant in grants:
        at = bisect_right(starts, grant.start) - 1
        if named := grant if grant.what else _named(grant, of, at, since):
            yield named
        since = grant.end


def _named(grant: Grant, of: Text, at: int, since: int) -> Grant | None:
    """A grant with the project that its own part of the text names before it; None where none is named."""
    lines, lists = of.lines, of.source.lists
    above = lines[at - 1] if at else lines[at]
    is_over = above.number == lines[at].number - 1 and grant.start == lines[at].start and above.start >= since
    is_told = lists.excluding_words.by("kind")["grant"].search(above.text) is None
    if is_over and is_told and looks_like_title(above.text, lists):
        return replace(grant, what=(above.start, above.end), start=above.start, lead=grant.start)
    return None


def pieces(source: Source, lines: Sequence[Line]) -> Iterator[Span]:
    """The items of the text a sentence at a time, the sign of an item with its first."""
    for start, end in items_in(source, lines):
        lead = start + _BULLET.match(source.text[start:end]).end()  # type: ignore[union-attr]  # it matches every text
        told = (cut for a, b in sentences(source.text[lead:end]) for cut in _parted(source, lead + a, lead + b))
        yield from ((a if n else start, b) for n, (a, b) in enumerate(told))


def _parted(source: Source, start: int, end: int) -> Iterator[Span]:
    """A sentence in which several get their amounts, each by itself: `A får 5 000 kr till X, B får … och C får …`."""
    paid = [m.start() for m in with_verbs(PAYS, source.lists).finditer(source.text, start, end)]
    joints = [[m.start() for m in _JOINT.finditer(source.text, a, b)] for a, b in pairwise(paid)]
    cuts = [start, *(found[-1] for found in joints if found), end]
    yield from pairwise(cuts)


def items_in(source: Source, lines: Sequence[Line]) -> Iterator[Span]:
    """The text a line or an item at a time; a line that begins in lower case goes on with the one above."""
    at = 0
    while at < len(lines):
        start, last = lines[at].start, at
        is_fresh = not at or lines[at].part == ITEM or lines[at].is_apart(lines[at - 1])
        if is_fresh and at + 1 < len(lines) and _is_under_amount(lines[at], lines[at + 1], source.lists):
            last += 1
        indent = _indent(lines[at], source)
        while last + 1 < len(lines) and (
            lines[last + 1].number == lines[last].number + 1
            and (_goes_on(lines[last], lines[last + 1]) or _indent(lines[last + 1], source) > indent + 1)
        ):
            last += 1
        end, at = lines[last].end, last + 1
        text = source.text[start:end]
        intro = _INTRO.match(text)
        lead = intro.end() if intro and source.lists.grant_words.search(intro[0]) else 0
        cuts = [0, *[lead] * bool(lead), *(m.start() for m in _ITEM.finditer(text, lead)), len(text)]
        yield from ((start + a, start + b) for a, b in pairwise(cuts) if text[a:b].strip())


def _is_under_amount(line: Line, following: Line, lists: Lists) -> bool:
    """Whether a line tells right under who got an amount what it is for."""
    found = find_amounts(line.text, lists)
    ends = len(found) == 1 and not line.text[found[0][2] :].strip(" .)")
    return ends and following.number == line.number + 1 and not find_amounts(following.text, lists)


def _goes_on(line: Line, following: Line) -> bool:
    """Whether the line below begins as more of a sentence does: in lower case, or with a name in quotes."""
    return following.text[:1].islower() or (following.text[:1] in '"”“»' and line.text[-1:].isalnum())


def _indent(line: Line, source: Source) -> int:
    """How many characters a line is set in."""
    return line.start - source.text.rfind("\n", 0, line.start) - 1


def _gives(name: Span, source: Source) -> bool:
    """Whether a name is a funder's that gets no grants itself, as companies and associations do."""
    funder = known_funder(source.text[slice(*name)], source.lists)
    return funder is not None and funder.funder_type_code not in ("company", "association", "bank")


def place_rest(page: Page, lines: Sequence[Line], grants: Sequence[Span]) -> None:
    """The lines that tell none of the grants: the page's own words, more of the grant right above, or text without a
    place."""
    lists, text, was_grant = page.source.lists, page.source.text, False
    starts, ends = [start for start, _ in grants], [end for _, end in grants]
    for n, line in enumerate(lines):
        first, last = bisect_right(ends, line.start), bisect_left(starts, line.end)
        close = was_grant and line.number == lines[n - 1].number + 1 and not lists.sum_words.match(line.text)
        was_grant = first < last
        if was_grant:
            for a, b in between(grants[first:last], line.start, line.end, text):
                before = bisect_right(ends, a)
                if before > first and not lists.sum_words.match(text[a:b].strip()):
                    page.blocks[before - 1].add("prose", Part(a, b, "prose"))
                else:
                    page.unplaced.append(Line(line.number, a, text[a:b]))
        elif layout.furniture(line.text, lists):
            page.furniture.append(line)
        elif close:
            page.blocks[first - 1].add("prose", Part(line.start, line.end, "prose"))
        else:
            page.unplaced.append(line)
