"""Contact cards: a name, a role or unit, and numbers, a line each; and whose they are, the page's or a project's."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise, takewhile

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import squeeze
from overkalix_data.documents.source import Line
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.page import Block, Card, Page, Part
from overkalix_data.values.funder import is_organisation
from overkalix_data.values.person import NAME, contact_word
from overkalix_data.values.phone_email import find_contact_points

CARD_LINES, MOST_LINES = 3, 6
"""A card has its number within so many lines after the name (role, unit, number), and no more than so many in all."""


FACTS = frozenset(
    {"owner", "period", "start", "end", "status", "total", "granted", "funder", "co_financing", "partners"}
)
"""Fields that stand close in a list of facts."""
MOST_CHARACTERS = 200
"""Characters before a contact in which the heading over it stands."""
_EMPTY = re.compile(r"\n\s*\n")


def card_length(lines: Sequence[Line], lists: Lists) -> int:
    """How many of these non-blank lines are a contact card that belongs to the page: 0 where none starts here.

    A card stands a value a line: (Kontakt,) name, role or unit, then a line of nothing but numbers and addresses.
    """
    at = int(bool(lines) and is_card_heading(lines[0].text, lists))
    if at >= len(lines) or not NAME.fullmatch(squeeze(lines[at].text)):
        return 0
    for n, line in enumerate(islice(lines, at + 1, at + 1 + CARD_LINES), start=at + 1):
        if is_only_contact_points(line.text, lists):
            return (
                n + 1 + sum(1 for _ in takewhile(lambda more: is_only_contact_points(more.text, lists), lines[n + 1 :]))
            )
        known = line_label.label_of(line, lists)
        is_role = (
            known is not None
            and known.field == "leader"
            and not line.text[known.value :].strip()
            and ":" not in line.text
        )
        if (known and not is_role) or not (layout.is_title(line.text) or tells_of_person(line.text, lists)):
            return 0
    return 0


def is_only_contact_points(text: str, lists: Lists) -> bool:
    """Whether a line holds numbers or addresses and, but for furniture, nothing else."""
    points = find_contact_points(text)
    rest = text
    for point in reversed(points):
        rest = rest[: point.start] + " " + rest[point.end :]
    return bool(points) and (not squeeze(rest).strip(" ,;|/") or bool(layout.furniture(rest, lists)))


def is_card_heading(text: str, lists: Lists) -> bool:
    """`Kontakt` alone on its line: what follows it may be a card of the page."""
    row = lists.labels.by("form")["card"].same(text)
    return row is not None and squeeze(text).rstrip(":").casefold() == row["words"].casefold()


def tells_of_person(text: str, lists: Lists) -> bool:
    """Whether a line under a contact's name goes on with it: a person's title, a unit, numbers."""
    words = squeeze(text).rstrip(".:")
    return is_only_contact_points(text, lists) or contact_word(words, lists) not in ("", "ignored")


def goes_on(lines: Sequence[Line], lists: Lists) -> bool:
    """Whether the first of these lines goes on with a contact, or is another's name over a role or numbers."""
    below = takewhile(lambda line: layout.is_title(line.text.capitalize()), lines[1 : 1 + CARD_LINES])
    is_name = NAME.fullmatch(squeeze(lines[0].text)) is not None
    return tells_of_person(lines[0].text, lists) or (is_name and any(find_contact_points(one.text) for one in below))


def give_cards(page: Page, lists: Lists) -> None:
    """Cards between projects are theirs; one that closes a section or the page belongs to it (contract §4, rule 5)."""
    last = page.blocks[-1] if page.blocks else None
    if last and len(page.blocks) > 1:
        _take_pages_own(page, last, lists)
    inside = {id(one) for one, following in pairwise(page.blocks) if one.section is following.section}
    closing = [card for card in page.cards if id(card.under) in inside]
    if not closing:
        return
    most = max(Counter(id(card.under) for card in closing).values())
    theirs = (
        closing
        + [card for card in page.cards if last and card.under is last and not _is_office(card.lines[0].text, lists)][
            :most
        ]
    )
    for card in theirs:
        assert card.under is not None
        _give(card.under, card)
    given = {id(card) for card in theirs}
    page.cards = [card for card in page.cards if id(card) not in given]


def _take_pages_own(page: Page, last: Block, lists: Lists) -> None:
    """Whom to ask of a page, at its end, is nothing that its last project tells.

    It says so itself (`För mer information`), or stands apart from fields that stand close, and no other project has
    that label.
    """
    text, contacts = page.source.text, last.parts.get("contact", [])
    first = next((n for n, part in enumerate(contacts) if part.label and _is_apart(part, last, page, lists)), None)
    words = {p.words for block in page.blocks[:-1] for p in block.parts.get("contact", ())}
    if first is None or contacts[first].words in words:
        return
    spans = [s for part in contacts[first:] for s in (part.label, (part.start, part.end)) if s]
    page.unplaced += [Line(page.source.line_at(a), a, text[a:b]) for a, b in spans]
    last.parts["contact"] = contacts[:first]


def _is_apart(contact: Part, block: Block, page: Page, lists: Lists) -> bool:
    """Whether a contact stands apart from its project's fields, or its label says that it is the page's."""
    text, (start, end) = page.source.text, contact.label or (0, 0)
    above = text[max(start - MOST_CHARACTERS, 0) : start].rstrip().rpartition("\n")[2]
    if lists.page_contacts.fullmatch(above):
        return True
    fields = sorted(p.label or (p.start, p.end) for name, ps in block.parts.items() for p in ps if name in FACTS)
    before = [span for span in fields if span[0] < start]
    gaps = [bool(_EMPTY.search(text, a, b)) for (a, _), (b, _) in pairwise([*before, (start, end)])]
    return len(gaps) > 1 and gaps[-1] and not any(gaps[:-1])


def _is_office(name: str, lists: Lists) -> bool:
    """Whether the first line of a card is an organisation, or a heading in capitals, and no person."""
    return name.isupper() or is_organisation(name, lists)


def _give(block: Block, card: Card) -> None:
    label = (card.heading.start, card.heading.end) if card.heading else None
    block.add("contact", Part(card.lines[0].start, card.lines[-1].end, "card", label))
