"""Sentences that tell who pays what, and who gets it: `X beviljar Y 2 mkr`, `Y fick 2 mkr av X`."""

import re
from collections.abc import Iterator

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES
from overkalix_data.documents.label_by_values import is_no_grant
from overkalix_data.reading.grant_orders import is_body
from overkalix_data.reading.page import Part
from overkalix_data.values.amount import find_amounts, parse_amount
from overkalix_data.values.funder import MOST_WORDS, funder_names, known_funder
from overkalix_data.values.money_verbs import with_verbs

Span = tuple[int, int]
LONGEST = 60
"""Characters of the name of who pays, and of what may stand between a verb and its amount."""
_GIVES = r"\s*(?P<name>[A-ZÅÄÖ][^.,;:]{2,60}?) <<funds>> (?:.{0,40}?tillsammans med (?P<also>[A-ZÅÄÖ][^.]*))?"
_BEFORE = r"(?:har\s)?(?:(?:sedan tidigare|tidigare|redan|även|också|dessutom|nu|i år|i fjol)\s)?"
"""What may stand between who pays and the verb."""
_DECIDED = (
    r"(?:^|(?<=[.:;]\s))(?:[^.:;]{1,60}? <<decides>> )?(?P<who>[A-ZÅÄÖ][^.:;,]{1,60}?)\s(?:<<decides>>\s)?"
    rf"{_BEFORE}<<gives>>\s(?:projektet\s)?(?P<sum>[^.;]{{3,60}})"
)
"""`LAG beviljar 381 500 kr i stöd`."""
_BRACKET = re.compile(r"\s*\((?P<who>[^(),]{3,80}),\s*(?P<sum>[^()]{3,40})\)")
_YEARS = re.compile(rf"\s*\((?P<years>(?:19|20)\d\d\s?[{DASHES}]\s?(?:(?:19|20)\d\d)?)\)")
GOES_ON = re.compile(
    r"\s(?:för att|för projektet|som|där|när|i syfte|så att"
    r"|och (?:ska|kan|har|är|pågår|löper|startar|syftar|drivs|bedrivs|drevs|genomförs|leds|ägs|avslutas)|ska|har|är"
    r"|(?!kommuner|regioner|länsstyrelser|stiftelser|aktörer|partner|företag|fonder|medel|investerar|miljoner)[a-zåäö]{3,}(?:ar|er|ör|år)\b(?!\s(?:och|samt)\s|[.,]|\s*$))\b"
)
"""Words of a sentence behind the names of funders: what the money is for, or a verb."""
_PAYS = rf"(?:\ssom)?\s(?:<<decides>>\s)?{_BEFORE}<<gives|adds|funds>>(?:\sprojektet,?)?(?:\smed)?(?!\w)"
"""Verbs of who pays, between its name and the amount."""
_AND_WITH = re.compile(r"(?:,?\s(?:och|samt)|,)\s(?P<name>[A-ZÅÄÖ][^.,;:]{2,60}?)(?:\smed)?\s*")
"""`… med 14 miljoner kronor och Region X med 7 miljoner`: the verb is told once."""
_FROM = re.compile(r"(?<!\s)\s++(?:i\s+[\w-]{0,30}(?:stöd|bidrag)\s+)?(?:kommer\s+)?(?:från|av)\s+(?=[A-ZÅÄÖ])")
_GETS = r"(?P<who>[A-ZÅÄÖ][^.,;:!?]{2,60}?)\s<<gets>>\s(?:[a-zåäö]+\s){0,3}"
_WHO = re.compile(
    r"\s(?P<who>[A-ZÅÄÖ][^.,;:!?]{2,60}?)\s(?:(?:ett|en|stöd|bidrag|projektstöd|om|på|med|totalt|ca|cirka)\s){0,4}"
)
_STOP = re.compile(r"[,;:(]|\s(?:för|till|som|och|samt|under|i\sform)\s")


def by_sums(text: str, sentence: Span, offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The funders of a sentence that tells what each pays, the amounts, and who gets them; funders that are known.

    Yields (field, part); `offset`: where the text begins in the source.
    """
    a, b = sentence
    told = with_verbs(_PAYS, lists).search(text, a, b) or _FROM.search(text, a, b)
    paid = 0
    for _, first, last in find_amounts(text[a:b], lists) if told else ():
        start, end = a + first, a + last
        if is_no_grant(text[a:start], lists):
            continue
        if (lead := _FROM.match(text, end, b)) and (name := _name_at(text, lead.end(), b, lists)):
            # The amount and the words to the name are the phrase that names it.
            yield "funder", Part(offset + name[0], offset + name[1], "phrase", (offset + start, offset + name[0]))
            who = with_verbs(_GETS, lists).fullmatch(text, a, start)
        elif payer := _payer(text, (max(a, paid), start), lists, again=paid > 0):
            name, who = payer
            # So is one that stands behind the name.
            yield "funder", Part(offset + name[0], offset + name[1], "phrase", (offset + start, offset + end))
            paid = end
        else:
            continue
        if who and is_body(who["who"], lists):
            yield "owner", Part(offset + who.start("who"), offset + who.end("who"), "phrase")


def _payer(text: str, before: Span, lists: Lists, *, again: bool) -> tuple[Span, re.Match[str] | None] | None:
    """Who pays the amount that follows those characters, and who gets it; `again`: a verb has told of one before."""
    a, b = before
    if again and (found := _AND_WITH.fullmatch(text, a, b)):
        name = found.span("name")
        return (name, None) if known_funder(text[slice(*name)], lists) else None
    verbs = [m for m in with_verbs(_PAYS, lists).finditer(text, a, b) if b - m.end() <= LONGEST]
    verb = verbs[-1] if verbs else None  # the one that the amount stands behind
    if verb is None or _FROM.search(text, verb.end(), b):
        return None  # `beviljar projektet stöd från Leader Gute med 1 140 000 kr`: another pays
    name_of = _name_ending(text, a, verb.start(), lists)
    return (name_of, _WHO.fullmatch(text, verb.end(), b)) if name_of else None


def payer_in(text: str, sentence: Span, lists: Lists) -> Span | None:
    """The known funder that a sentence or a line says has granted something."""
    verb = with_verbs(_PAYS, lists).search(text, *sentence)
    return _name_ending(text, sentence[0], verb.start(), lists) if verb else None


def _name_at(text: str, start: int, end: int, lists: Lists) -> Span | None:
    """The known funder whose name begins there: listed, else to the first word that ends a name of a known form."""
    if hit := funder_names(lists).at(text, start):
        return hit.match.span()
    stops = [m.start() for m in _STOP.finditer(text, start, min(end, start + LONGEST))]
    ends = [*stops, start + len(text[start:end].rstrip(" .\n"))]
    return next(((start, stop) for stop in ends if known_funder(text[start:stop], lists)), None)


def _name_ending(text: str, start: int, end: int, lists: Lists) -> Span | None:
    """The known funder whose name ends there: the whole of what stands before, else its last words."""
    start = max([start, *(m.end() for m in with_verbs(r"<<decides>>\s", lists).finditer(text, start, end))])
    words = [m.start() for m in re.finditer(r"(?<![\w-])[A-ZÅÄÖ]", text[max(start, end - LONGEST) : end])]
    starts = [max(start, end - LONGEST) + at for at in words]
    whole = [at for at in starts[:1] if not re.search(r"\d", text[at:end])]
    return next(((at, end) for at in [*whole, *reversed(starts[1:])] if known_funder(text[at:end], lists)), None)


def by_bracket(text: str, offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """Who pays, or its years, in brackets right behind the title: `(Kulturrådet, 420 000 kr)`, `(2019–2021)`."""
    if (m := _BRACKET.match(text)) and parse_amount(m["sum"], lists):
        for name, group in (("funder", "who"), ("granted", "sum")):
            yield name, Part(offset + m.start(group), offset + m.end(group), "phrase")
    elif m := _YEARS.match(text):
        yield "period", Part(offset + m.start("years"), offset + m.end("years"), "phrase")


def by_decision(text: str, offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """Who has granted what, in a sentence that tells the decision."""
    for m in with_verbs(_DECIDED, lists).finditer(text):
        stated = next(iter(find_amounts(m["sum"], lists)), None)
        if stated and not is_no_grant(m[0], lists) and len(m["who"].split()) <= MOST_WORDS:
            at = offset + m.start("sum")
            yield "funder", Part(offset + m.start("who"), offset + m.end("who"), "phrase")
            yield "granted", Part(at + stated[1], at + stated[2], "grant")


def by_giver(text: str, sentence: tuple[int, int], offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The funders of a sentence that begins with their names: `Klimatklivet bidrar med 50 procent av kostnaden`."""
    found = with_verbs(_GIVES, lists).match(text, *sentence)
    if found and known_funder(found["name"], lists):
        for name in ("name", "also"):
            if found[name]:
                yield "funder", Part(offset + found.start(name), offset + found.end(name), "phrase")
