"""What each heading of a page is: section, title of a project, label, or the page's own; by what stands under it.

A source without marked headings has no outline: there the words alone decide (`layout`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.placed_text import ROW
from overkalix_data.documents.source import Line
from overkalix_data.reading import contact_cards as cards
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label

SECTION, TITLE, LABEL, TEXT, PAGE = "section", "title", "label", "text", "page"
TITLE_FIELDS = ("title", "label")
"""Fields whose label may stand in the heading itself: `Arbetsnamn: …`."""
JUDGED = 40
"""How many lines under a heading are looked at: a bound, so that time grows with the page alone."""
SIGNS = 2
"""Signs of a project that prose must show, as in `parse`."""
MOST = 0.5
"""More than this share of the headings beside one must be titles for it to be one by its place alone."""


@dataclass(frozen=True)
class _Heading:
    at: int
    level: int
    own: range
    """The lines under it, to the next heading that is no label."""
    label: line_label.Label | None
    strong: bool
    """Whether what stands under it is a project beyond doubt: labelled fields, or prose of what a project has."""


def outline(lines: Sequence[Line], lists: Lists, title_heading: int = 0) -> Mapping[int, str]:
    """Place of a line among the page's lines → what that heading is.

    Where the site's profile names the level of its titles (`title_heading`), headings of that level are titles and
    those above it sections.
    """
    headings = _headings(lines, lists)
    usual = _usual_level(headings, lines, lists)
    roles: dict[int, str] = {}
    above: list[_Heading] = []
    beside, strong = Counter(h.level for h in headings), Counter(h.level for h in headings if h.strong)
    for n, heading in enumerate(headings):
        above = [h for h in above if h.level < heading.level]
        end = next((k for k in range(n + 1, len(headings)) if headings[k].level <= heading.level), len(headings))
        under = headings[n + 1 : end]
        in_title = any(roles[h.at] == TITLE for h in above)
        if title_heading and heading.level <= title_heading:
            roles[heading.at] = TITLE if heading.level == title_heading else SECTION if under else PAGE
        else:
            roles[heading.at] = _role(
                heading,
                under,
                strong[heading.level] > MOST * beside[heading.level],
                lines,
                lists,
                in_title=in_title,
                usual=usual,
                in_state=any(roles[h.at] == SECTION and _says_state(lines[h.at].text, lists) for h in above),
            )
        above.append(heading)
    return roles


def _role(
    heading: _Heading,
    under: Sequence[_Heading],
    most_beside: bool,
    lines: Sequence[Line],
    lists: Lists,
    *,
    in_title: bool,
    usual: int,
    in_state: bool,
) -> str:
    words = lines[heading.at].text
    if lines[heading.at].part == ROW:
        return TITLE
    if heading.label and heading.label.field in TITLE_FIELDS:
        return TITLE
    if in_title:
        return LABEL if heading.label else TEXT
    several = _holds_several(lines, heading.own, lists)
    holds = several or any(
        h.strong or lines[h.at].part == ROW or (h.label and h.label.field in TITLE_FIELDS) for h in under
    )
    if (holds and not (heading.strong and heading.level == usual and not several)) or layout.heading(words, lists):
        return SECTION
    if (
        heading.label
        or layout.furniture(words, lists)
        or cards.card_length(list(lines[heading.at : heading.at + cards.MOST_LINES]), lists)
    ):
        return PAGE
    # `Fakta om projektet` last on a page about one project: the heading over it all is the project's.
    has_facts = not holds and any(h.label and _is_project(lines, h.own, lists) for h in under)
    if (heading.strong or has_facts) and not layout.is_advice(words, lists):
        return TITLE
    by_place = heading.level == usual and heading.own and most_beside
    # Under `Avslutade projekt` a heading is a project's, however little is told of it.
    by_state = in_state and any(layout.prose_signs(lines[at].text, lists) for at in heading.own)
    return TITLE if by_place or by_state else PAGE


def _says_state(words: str, lists: Lists) -> bool:
    found = layout.heading(words, lists)
    return found is not None and bool(found.status_code)


def _headings(lines: Sequence[Line], lists: Lists) -> list[_Heading]:
    places = [at for at, line in enumerate(lines) if line.level]
    labels = {
        at: _whole_label(lines[at].text, lines[at + 1].text if at + 1 < len(lines) else "", lists) for at in places
    }
    # A label marked as a heading (`<h4>Mål</h4>`) opens a field of the project above it, not a part of the page.
    # One over labelled lines (`Fakta om projektet`) is over a box of facts, which are not of the heading before it.
    boxes = {at for at in places if labels[at] and at + 1 < len(lines) and _is_labelled(lines[at + 1], lists)}
    opening = [at for at in places if not labels[at] or lines[at].part == ROW or at in boxes] + [len(lines)]
    times = Counter((lines[at].level, fold(lines[at].text)) for at in places)
    levels = Counter(lines[at].level for at in places)
    # `Fakta om projektet` under every project is no title: titles differ.
    usual = {
        at
        for at in places
        if (n := times[lines[at].level, fold(lines[at].text)]) > 1
        and n > MOST * levels[lines[at].level]
        and lines[at].part != ROW
    }
    opening = [at for at in opening if at not in usual]
    found, following = [], 0
    for at in places:
        while opening[following] <= at:
            following += 1
        own = range(at + 1, min(opening[following], at + 1 + JUDGED))
        found.append(
            _Heading(
                at,
                lines[at].level,
                own,
                labels[at],
                not labels[at] and at not in usual and _is_project(lines, own, lists),
            )
        )
    return found


def _is_labelled(line: Line, lists: Lists) -> bool:
    known = line_label.label_of(line, lists) if not line.level else None
    if known is None or known.form != "label":
        return False
    return known.end < len(line.text) or line.text.endswith(":")


def _is_project(lines: Sequence[Line], own: range, lists: Lists) -> bool:
    signs: set[str] = set()
    for at in own:
        known = line_label.label_of(lines[at], lists)
        if known and known.form in ("label", "title_prefix") and known.field != "contact":
            return True
        signs |= layout.prose_signs(lines[at].text, lists)
    return len(signs) >= SIGNS or any(layout.title_in_phrase(lines[at].text, lists) for at in own[:1])


def _holds_several(lines: Sequence[Line], own: range, lists: Lists) -> bool:
    """Whether the labels under a heading are several projects': titles behind labels, or a label again and again."""
    plain = takewhile(lambda at: not lines[at].level, own)
    known = [
        found
        for at in plain
        if (found := line_label.label_of(lines[at], lists)) and found.form == "label" and lines[at].part != ROW
    ]
    told = Counter(found.words for found in known if found.stage == "opening")
    return any(found.field in TITLE_FIELDS for found in known) or max(told.values(), default=0) > 1


def _whole_label(text: str, follows: str, lists: Lists) -> line_label.Label | None:
    """The label that a heading is: its words alone, or one with the title behind it. `follows` is the line under it."""
    known = line_label.label(text, lists, fresh=True, follows=follows)
    if known and (
        known.field in TITLE_FIELDS or (known.form in ("label", "address", "card") and known.end >= len(text))
    ):
        return known
    return None


def _usual_level(headings: Sequence[_Heading], lines: Sequence[Line], lists: Lists) -> int:
    """The level at which most projects have their heading; 0 where none has."""
    counted = Counter(h.level for h in headings if h.strong and not layout.heading(lines[h.at].text, lists))
    return min(counted, key=lambda level: (-counted[level], level), default=0)
