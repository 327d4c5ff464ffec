"""One grant a line or a sentence, in news or a decision: `Harsta IF beviljas 18 000 kronor till belysning`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, sentences
from overkalix_data.documents.placed_text import ITEM, ROW
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.page import Block, Page, Part, Text, between
from overkalix_data.reading.title_lines import is_organisation
from overkalix_data.values.amount import find_amounts
from overkalix_data.values.funder import funder_names, known_funder, leads
from overkalix_data.values.money_verbs import with_verbs

Span = tuple[int, int]
LEAST = 2
"""Grants that a page must tell before it is a list of them."""
_NO_NAME = frozenset(
    "totalt summa sammanlagt för av till projekt projektet bidrag bidraget stöd stödet hon han hen de vi".split()  # noqa: SIM905
)
"""Words that begin no name of who gets a grant."""
MOST_WORDS = 9
"""Words in the name of who gets a grant."""
_SMALL = frozenset("i på och för av vid de den det samt med om till från in the of".split())  # noqa: SIM905
MARK = rf"\s*(?:[{DASHES}•·▪◦‣*→►✓;,]\s+(?:samt\s+)?|(?:samt|och|att (?:bevilja|tilldela))\s+|\d{{1,3}}[.)]\s+)?"
"""The sign of a list, the number in it or the words of a decision, before an item."""
_BULLET = re.compile(MARK)
_AMOUNT = "\ue000"
"""What stands in a piece of text for each character of an amount, so that no order needs to know how amounts look."""
_SO_MUCH = r"(?:\s+(?:ett|en|totalt|ca|cirka|stöd|bidrag|om|på|med|upp till)){0,4}"
PAYS = rf"\s<<gets>>{_SO_MUCH}\s+(?=\d)"
"""Where a sentence says that somebody gets an amount."""
_GETS = rf"<<gets>>{_SO_MUCH}\s+(?P<amount>{_AMOUNT}++)"
_VERB = r"\s<<gets>>|\batt\s<<gives>>\s"
_WHO = r"(?P<who>[^\W_](?:[^.!?:;\n]|ek\. för\.|r\.f\.){2,90}?)"
_GIVER = r"(?P<giver>[A-ZÅÄÖ][^.!?:;\n]{2,60}?)"
_LINK = (
    r"(?:,? (?:motsvarande|dock|det vill säga|vilket|som)[^.\n]{0,80}?(?= till | för ))?"
    rf"\s*+(?:i (?:projekt)?(?:stöd|bidrag|stipendium)\s*+)?\)?\s*+[{DASHES}:,]?\s*+"
)
_FROM = (
    r"(?:(?:från|av|genom|via)\s+(?P<behind>[A-ZÅÄÖ][^.!?:;(\n]{2,90}?)"
    rf"(?:(?:\s+och|\s+samt|,)\s+(?P<sum>{_AMOUNT}++[^.!?:;(\n]{{0,12}}\s(?:från|av)\s)(?P<also>[^.!?:;(\n]{{3,60}}?))?"
    r"(?=,?\s(?:för|till)\s|[\s.]*$)\s*+)?"
)
"""Who gives, behind the amount; `sum`, `also`: and another amount from another."""
_IS_CALLED = r"(?:(?:sitt |det )?[Pp]rojekt(?:et)?\s++)?"
_WHAT = (
    rf"(?:[”\"“»«]\s*+)?(?:(?i:till|för)\s++)?(?:att\s++)?{_IS_CALLED}"
    r"(?:[”\"“»«](?P<quoted>[^”\"“»«]{3,120})[”\"“»«].{0,200}|(?P<what>[^\W\d_][^\n”\"“»«]{2,220}?)"
    r"(?:(?:,\s(?:varav|dock|som ska)|\s\((?:ansökte|sökt|av))[^\n]*+)?)[.”\"“»«\s]*+"
)
_NAMED = r"(?:(?:sitt|det)\s)?(?:[^\W\d]+\s)?[”\"“»«](?P<what>[^”\"“»«]{3,120})[”\"“»«]"
_ORDERS = (
    # 25 000 kronor till Harsta IF för ny belysning
    rf"{MARK}(?:{_GIVER}\s<<gives>>\s*)?(?i:(?:ett )?(?:bidrag|stöd)\s(?:om|på|med)\s*)?(?P<amount>{_AMOUNT}++)"
    rf"\s+(?:till|<<gets>>|går till)\s+{_WHO}\s*(?:,|\s(?=för|till))\s*{_WHAT}",
    # Till ”Ny belysning” har Harsta IF beviljats 25 000 kronor; till förstudien ”Ny belysning” beviljades Harsta IF …
    rf"{MARK}(?:Till|För)\s{_NAMED}\s(?:har|<<gets>>)\s{_WHO}\s(?:<<gets>>{_SO_MUCH}\s+)?(?P<amount>{_AMOUNT}++)"
    rf"{_LINK}{_FROM}[.\s]*",
    # Projektet ”Ny belysning” får 25 000 kronor från Sparbanksstiftelsen
    rf"{MARK}{_NAMED}\s{_GETS}{_LINK}{_FROM}[.\s]*",
    # Ny belysning, Harsta IF, tilldelas 25 000 kronor
    rf"{MARK}(?P<what>[^\W_][^.!?:;\n]*?)(?:,\s|\s[/{DASHES}]\s)(?P<who>[^,/\n]+?),?\s{_GETS}{_LINK}{_FROM}[.\s]*",
    # Harsta IF får 25 000 kronor från Sparbanksstiftelsen till ny belysning; Harsta IF: 25 000 kronor, ny belysning
    rf"{MARK}(?:{_GIVER}\s<<decides>>\s(?:<<gives>>\s)?)?{_WHO}(?:,?\s+<<gets>>{_SO_MUCH}|\s*[{DASHES}:,(])?\s*"
    rf"(?P<amount>{_AMOUNT}++){_LINK}{_FROM}{_WHAT}",
)
"""The orders in which a piece of text tells who gets how much for what, each with an example."""
_ITEM = re.compile(
    rf"(?:(?<=^)|(?<=\s))[*•·]\s+|(?<=[.:;]\s)[{DASHES}]\s+|(?<=;)\s+(?=[^;]*\d)|(?<=\))\s+(?:samt|och)\s+"
    r"|(?<=\S)\s+(?=(?:Summa|Totalt|Sammanlagt):)"
)
"""Where items begin that follow each other in a paragraph."""
_JOINT = re.compile(r"(?<!-)(?:,|\soch)\s(?=[A-ZÅÄÖ])")
"""What stands between two in a sentence who get their amounts."""
_INTRO = re.compile(r"[^:\n\d]{20,200}:\s+(?=[A-ZÅÄÖ”•*])")
"""What leads to the first of them: `Kommunen har beviljat bidrag till fyra föreningar: `."""
_NAME = re.compile(
    r"(?<![\w-])(?!(?:Kommuns|Regions|S)tyrelsen\b|\w+nämnden\b)[A-ZÅÄÖ][\w-]*+(?:\s(?:(?:och|i|av|för)\s)?[A-ZÅÄÖ][\w-]*+){0,5}+"
    r"(?:\s\w*(?:kommun|stad|län|stiftelsen?|sparbank|fond|fonden|förening|föreningen)(?!\w)"
    r"|\s[a-zåäö]+(?=\s(?:delar|ger|har|beviljar|stöder)(?!\w)))?"
)
"""Words that may be the name of an organisation."""
_OWN = re.compile(r"\s(?:bidrag|stöd|medel|pengar|anslag)")
"""What stands behind the name in the genitive: `Kulturrådets bidrag`."""
_POT = re.compile(r"(?<=ur )\w++|(?<!\w)\w+(?:potten|fonden)(?!\w)")
"""The pot that the money comes from, where nobody is named."""


@dataclass(frozen=True)
class Grant:
    """Where a piece of text says who gets how much for what; offsets in the source's text."""

    start: int
    end: int
    who: Span | None
    amount: Span
    what: Span
    giver: Span | None = None
    """Who gives, where the piece itself says it."""
    also: Sequence[Span] = ()
    """Another amount, with the words to who gives that, and that one."""


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
    giver, first = giver_before(source, lines, grants[0].start), grants[0].who
    if giver is None and first and source.text[first[1] :].startswith(":") and _gives(first, source):
        giver, grants = first, grants[1:]  # `Stiftelsen: 9,6 miljoner till skånska ändamål`, over the list
    for grant in grants:
        block = Block(None, named=True, giver=None if grant.also else grant.giver or giver)
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
        block.title_rest += between(known, grant.start, grant.end, source.text)
        page.blocks.append(block)
    place_rest(page, lines, [(grant.start, grant.end) for grant in grants])
    return page


def grant_in(text: str, start: int, end: int, lists: Lists) -> Grant | None:
    """The grant that a piece of text tells, in the first of the orders that fits; None where it tells none."""
    piece = text[start:end]
    amounts = find_amounts(piece, lists)
    if not amounts or lists.no_grant_words.search(piece, 0, amounts[0][1]):
        return None
    for _, a, b in amounts:
        piece = piece[:a] + _AMOUNT * (b - a) + piece[b:]
    for order in _ORDERS:
        if (m := with_verbs(order, lists).fullmatch(piece)) and m.end("amount") == amounts[0][2]:
            said = m.groupdict()
            verb = bool(said.get("giver") or with_verbs(_VERB, lists).search(piece, 0, m.end("amount")))
            if not said.get("who") or _is_recipient(said["who"], lists, 2 * verb):
                at = {name: (start + m.start(name), start + m.end(name)) for name, words in said.items() if words}
                what, giver = at.get("quoted") or at["what"], at.get("giver") or at.get("behind")
                also = [at["sum"], at["also"]] if "also" in at else []
                return Grant(start, end, at.get("who"), at["amount"], what, giver, also)
    return None


def _is_recipient(words: str, lists: Lists, most: int) -> bool:
    """Whether words can name who gets a grant: capitals with small words between, or words of organisations.

    `most`: how many other words the name may have, where a verb says that it is who gets it.
    """
    parts = words.split()
    small = [w for w in parts if w[:1].islower() and w not in _SMALL and not is_organisation(w, lists)]
    if len(parts) > MOST_WORDS or len(small) > most or parts[0].casefold() in _NO_NAME or parts[0].isdigit():
        return False
    if parts[-1] in _SMALL:
        return False
    return not line_label.is_known_label(f"{words}:", lists)


def _pieces(source: Source, lines: Sequence[Line]) -> Iterator[Span]:
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
        is_fresh = not at or lines[at].part == ITEM or lines[at].number > lines[at - 1].number + 1
        if is_fresh and at + 1 < len(lines) and _is_under_amount(lines[at], lines[at + 1], source.lists):
            last += 1
        while last + 1 < len(lines) and _goes_on(lines[last], lines[last + 1]):
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
    is_more = following.text[:1].islower() or (following.text[:1] in '"”“»' and line.text[-1:].isalnum())
    return following.number == line.number + 1 and is_more


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
            page.blocks[first - 1].add("late", Part(line.start, line.end, "late_line"))
        else:
            page.unplaced.append(line)
