"""Who gives the money of a page's projects, where the page says it once, above them."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold, pattern, sentences, variants
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading.grant_orders import Grant
from overkalix_data.reading.line_form import UNION, is_advice, is_title
from overkalix_data.reading.page import Block, Part
from overkalix_data.reading.told_money import LONGEST, payer_in
from overkalix_data.values.funder import funder_names, known_funder, leads

Span = tuple[int, int]
_NAME = re.compile(
    r"(?<![\w-])(?!(?:Kommuns|Regions|S)tyrelsen\b|\w+nämnden\b)[A-ZÅÄÖ][\w-]*+(?:\s(?:(?:och|i|av|för)\s)?[A-ZÅÄÖ][\w-]*+){0,5}+"
    r"(?:\s\w*(?:kommun|stad|län|stiftelsen?|sparbank|fond|fonden|förening|föreningen|förbund)(?=s?(?!\w))"
    r"|\s[a-zåäö]+(?=\s(?:delar|ger|har|beviljar|stöder)(?!\w)))?"
)
"""Words that may be the name of an organisation."""
_OWN = re.compile(r"\s(?:bidrag|stöd|medel|pengar|anslag)")
"""What stands behind the name in the genitive: `Kulturrådets bidrag`."""
_POT = re.compile(r"(?<=ur )\w++|(?<!\w)\w+(?:potten|fonden)(?!\w)")
"""The pot that the money comes from, where nobody is named."""
NAMING_LINES = 400
"""Lines of a page, from its top, in which it names whose it is."""
GIVES = frozenset({"leader_area", "foundation", "coordination", "state_agency"})
"""Types of bodies that are there to give: what their own pages say was granted is from them."""
_PART = re.compile(r"(?:utskottet|styrelsen)(?!\w)|(?<!\w)[Nn]ämnden(?!\w)")
"""A part of a body that no money is of by that name."""


def giver_before(source: Source, lines: Sequence[Line], until: int) -> Span | None:
    """Who gives the money, as the lines before the first grant name it: `bidrag från Naturvårdsverket`, or by form."""
    above = [(line, line.text[: max(until - line.start, 0)]) for line in lines if line.start < until]
    for line, text in above:
        for lead in leads(source.lists).finditer(text):
            if hit := funder_names(source.lists).at(text, lead.end()):
                return line.start + hit.match.start(), line.start + hit.match.end()
    told = sorted(above, key=lambda one: source.lists.grant_words.search(one[1]) is None)
    for form in (_NAME, _POT):
        for line, text in told:
            for m in form.finditer(text):
                is_owner = _OWN.match(text, m.end()) or known_funder(m[0], source.lists) is None
                name = m[0].removesuffix("s") if form is _NAME and is_owner else m[0]
                if form is _POT or known_funder(name, source.lists):
                    return line.start + m.start(), line.start + m.start() + len(name)
    return None


def is_beside(part: Part, source: Source) -> bool:
    """Whether a part stands behind a label of those who pay beside whoever has granted: `Medfinansiärer`."""
    label = source.text[slice(*part.label)] if part.label else ""
    return source.lists.excluding_words.by("kind")["giver"].match(label) is not None


def giver_over(source: Source, above: Iterable[Span]) -> Span | None:
    """Who gives what was granted under these lines or this heading; None where they name nobody, or several.

    Surest first: where the money comes from; who has decided; whom a line of grants names; whose the page is.
    """
    lists = source.lists
    said = [
        (start + a, start + b)
        for start, end in above
        for a, b in sentences(source.text[start:end])
        if not is_advice(source.text[start + a : start + b], lists)
    ]
    granting = [span for span in said if lists.granting_words.search(source.text, *span)]
    ways: tuple[Iterable[Span], ...] = (
        (name for span in granting if (name := _told_from(source.text, span, lists))),
        (name for span in granting if (name := payer_in(source.text, span, lists))),
        (name for span in granting for name in _names(source.text, span, lists)),
        _owners(source.text, said, GIVES, lists),
        _owners(source.text, said, {"eu_fund"}, lists),
    )
    for way in ways:
        found: dict[str, Span] = {}
        for name in way:
            funder = known_funder(source.text[slice(*name)], lists)
            if funder and funder.funder_id != UNION:
                found.setdefault(funder.funder_id, name)
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _told_from(text: str, sentence: Span, lists: Lists) -> Span | None:
    """The funder right behind words that say whose the money is: `Pengarna kommer från Naturvårdsverket`."""
    leading = {hit.match.end() + 1 for hit in lists.funding_words.finditer(text, *sentence)}
    return next((name for name in _names(text, sentence, lists) if name[0] in leading), None)


def _names(text: str, span: Span, lists: Lists) -> Iterator[Span]:
    """The known funders that a piece of text names: of any form, or listed (`Post- och telestyrelsen`)."""
    if not any(known_funder(m[0], lists) for m in _NAME.finditer(text, *span)):
        yield from (hit.match.span() for hit in funder_names(lists).finditer(text, *span))
        return
    for m in _NAME.finditer(text, *span):
        if known_funder(m[0], lists):
            yield m.span()
        elif hit := funder_names(lists).leftmost(m[0]):
            yield m.start() + hit.match.start(), m.start() + hit.match.end()


def _owners(text: str, said: Sequence[Span], types: Set[str], lists: Lists) -> Iterator[Span]:
    """The bodies of these types that lines name and nothing else, as the page of one does."""
    for a, b in said:
        funder = known_funder(text[a:b], lists) if b - a <= LONGEST and is_title(text[a:b]) else None
        if funder and funder.funder_type_code in types:
            yield a, b


def own_names(source: Source) -> dict[str, Span]:
    """The words by which a page calls an organisation that it names once in full (`own_names.csv`), folded, and where:
    `Förbundet` is Samordningsförbund Gävleborg. Where several have such a name nobody can tell which it is."""
    lists, lines = source.lists, source.lines[:NAMING_LINES]
    called = [row for row, _ in lists.own_names.each(source.text[: lines[-1].end])]
    names = [
        (line.start + m.start(), line.start + m.end()) for line in lines if called for m in _NAME.finditer(line.text)
    ]
    found: dict[str, Span] = {}
    for row in called:
        whole = {fold(source.text[a:b]): (a, b) for a, b in names if pattern(row["name"]).fullmatch(source.text[a:b])}
        if len(whole) == 1:
            found |= {fold(words): span for words in variants(row["words"]) for span in whole.values()}
    return found


def add_grant(block: Block, grant: Grant, giver: Span | None, source: Source) -> None:
    """Adds what has been granted, by whom and to whom; a committee of a board decides for the body they are of."""
    if not payer_in(source.text, (grant.start, grant.end), source.lists):  # else the sentence itself names who pays
        is_part = grant.giver and _PART.search(source.text, *grant.giver)
        block.giver = giver or grant.giver if is_part or not grant.giver else grant.giver
        block.add("granted", Part(*grant.amount, "grant"))
    if grant.who and "owner" not in block.parts:
        block.add("owner", Part(*grant.who, "grant"))
