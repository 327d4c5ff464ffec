"""The ways a list can be laid out compete for a page: each reads it, each reading is scored, and the best wins.

The score is of what repeats: projects of one list have the same fields, most of the text falls in fields, no project is
without a fact. Its weights are `codelists/reading/layout_weights.csv`, each with its reason. No list at all scores 0.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import fmean, mode

from overkalix_data.base.codelist import codelist
from overkalix_data.base.wording import squeeze
from overkalix_data.documents.print_marks import RULE
from overkalix_data.documents.source import Source
from overkalix_data.reading.amount_lines import read_amount_lines
from overkalix_data.reading.grant_lines import read_grants
from overkalix_data.reading.grant_orders import PAYS
from overkalix_data.reading.line_form import heading, name_in, phrases_in, project_named, prose_signs
from overkalix_data.reading.looks import Hypothesis, by_look
from overkalix_data.reading.minutes import read_minutes
from overkalix_data.reading.neighbours import Ahead
from overkalix_data.reading.news_item import read_news
from overkalix_data.reading.page import Block, Page
from overkalix_data.reading.page_reader import read_labelled
from overkalix_data.reading.page_text import Text, text_of
from overkalix_data.reading.project_fields import project_text
from overkalix_data.reading.title_form import looks_like_title
from overkalix_data.reading.title_lines import PROSE_AFTER
from overkalix_data.reading.told_once import tell_all
from overkalix_data.values.money_verbs import with_verbs
from overkalix_data.values.period import parse_period
from overkalix_data.values.status import status_named

LAYOUTS: Mapping[str, Callable[[Text], Page | None]] = {
    "labelled": read_labelled,
    "grants": read_grants,
    "amounts": read_amount_lines,
    "news": read_news,
    "minutes": read_minutes,
}
"""Name of a layout, as in a profile → the function that reads a page as that; None where the page cannot be it."""
TOLD = frozenset({"title", "prose", "late", "note", "description"})
"""Fields that tell no fact."""
PROSE = 0.5
"""What a character of prose counts beside one in a field: sentences tell less surely."""
MAY_REPEAT = frozenset({"note", "funder", "granted", "co_financing", "contact"})
"""Fields whose label may stand several times in one project."""
LOOK = "look"
"""The layout of a page whose titles are lines of one look (`looks`)."""
SECTIONS, MOST_SECTIONS = "sections", 12
"""The layout of a page whose sections are laid out differently, and how many it has at most."""
PARTS = ("blocks", "sections", "headings", "cards", "logotypes", "furniture", "addresses", "unknown_labels", "unplaced")
"""What a page holds, part by part."""
_NUMBERED = re.compile(r"§|\d{1,2}(?:\.\d{1,2})+\s+[A-ZÅÄÖ]")
"""What a heading of minutes, or of a report's parts, begins with."""
MOST = 0.5
"""A look that gives fewer of a page's projects a title than this is not that of its titles."""
ALONE = 0.3
"""How alike the projects of a page with one are taken to be: a list of several must be a worse one to lose to it."""
JUDGED = 200
"""How many of a page's projects the score looks at, evenly spread: so many tell how alike thousands are."""
MANY = 5
"""Facts that a project has at most, as the score counts them."""


@dataclass(frozen=True)
class Reading:
    """A page read in one way, and how well that explains it: each term of the score, and their weighted sum."""

    layout: str
    page: Page
    terms: Mapping[str, float]
    score: float
    look: str = ""
    """Of a page whose titles have one look, that look."""


def parse_page(source: Source) -> Page:
    """The page as the layout that explains it best reads it; what lost, if it came near, is kept in `other_starts`."""
    best, *others = readings(source, sure=weights()["sure"])
    tell_all(best.page)
    near = (r for r in others if r.page.blocks and best.score - r.score < weights()["uncertain"])
    if other := next(near, None):
        starts = {block.start for block in best.page.blocks}
        best.page.other_starts = [b.spans[0] for b in other.page.blocks if b.start not in starts]
    return best.page


def readings(source: Source, sure: float = math.inf) -> list[Reading]:
    """The page in every way that it can be read, the best first; only in that which the site's profile names, if any.

    Of two ways that begin the same projects the better is kept.

    After one that scores `sure` no other is tried.
    """
    text, found, wanted = text_of(source), list[Reading](), source.profile.layout
    for name, read in LAYOUTS.items():
        if wanted in ("", name) and (page := read(text)):
            found.append(_scored(name, page))
        if found and found[-1].score >= sure:
            break
    else:
        # A site's profile that names the level of its titles has said what the look of them is.
        open_to_looks = wanted in ("", LOOK) and not source.profile.title_heading
        for way in by_look(Ahead(source, text.lines)) if open_to_looks else ():
            reading = replace(_scored(LOOK, _looked(text, way)), look=way.name)
            found += [reading] if reading.terms.get("titled", 0.0) > MOST and len(reading.page.blocks) > 1 else []
    if wanted in ("", SECTIONS) and (not found or found[-1].score < sure):
        most = max((len(r.page.blocks) for r in found), default=0)
        found += (r for r in _by_section(text) if len(r.page.blocks) >= most)  # what a section alone hides is no gain
    found = _without_swallowed(found)
    unlike: dict[tuple[int, ...], Reading] = {}
    for reading in sorted(found, key=lambda r: -r.score):
        unlike.setdefault(tuple(block.start for block in reading.page.blocks), reading)
    return list(unlike.values()) or [_scored("labelled", read_labelled(text))]


def _without_swallowed(found: Sequence[Reading]) -> list[Reading]:
    """The readings, those scored lower that have in one project what the list of grants tells of several by name."""
    grants = next((r.page for r in found if r.layout == "grants"), None)
    if grants is None:
        return list(found)
    told = sorted(block.parts["granted"][0].start for block in grants.blocks if "granted" in block.parts)
    counted = {
        id(r): [bisect_left(told, block.end) - bisect_left(told, block.start) > 1 for block in r.page.blocks]
        for r in found
        if r.page.blocks and len(r.page.blocks) < len(grants.blocks)
    }
    return [replace(r, score=r.score + weights()["swallowed"] * fmean(counted.get(id(r), [0]))) for r in found]


def _by_section(text: Text) -> Iterator[Reading]:
    """The page with each of its sections read in the way that explains that best, where they are laid out differently.

    A section begins at a heading of the level of those that say a status; what stands above the first is read with it.
    """
    lists, lines = text.source.lists, text.lines
    told = [line.level for line in lines if line.level and (h := heading(line.text, lists)) and h.status_code]
    heads = [n for n, line in enumerate(lines) if told and line.level == min(told)]
    if not 1 < len(heads) <= MOST_SECTIONS:
        return
    whole = Page(text.source, furniture=list(text.printed))
    for start, end in pairwise([0, *heads[1:], len(lines)]):
        part = replace(text, lines=lines[start:end], printed=())
        looks = by_look(Ahead(text.source, part.lines))
        pages = [*(read(part) for read in LAYOUTS.values()), *(_looked(part, way) for way in looks)]
        best = max((page for page in pages if page), key=lambda page: _scored(SECTIONS, page).score)
        for name in PARTS:
            getattr(whole, name).extend(getattr(best, name))
    yield _scored(SECTIONS, whole)


def _looked(text: Text, way: Hypothesis) -> Page:
    return read_labelled(replace(text, lines=way.lines), way.roles)


def _scored(layout: str, page: Page) -> Reading:
    if not page.blocks:
        return Reading(layout, page, {}, 0.0)
    blocks = page.blocks[:: -(-len(page.blocks) // JUDGED)]
    facts = [_facts(block, page.source) for block in blocks]
    # A name inside a sentence is told by the sentence; a line of its own by its form.
    lines = [p for block in blocks for p in block.parts.get("title", []) if p.rule != "grant"]
    titles = [page.source.text[p.start : p.end] for p in lines]
    terms = {
        "repeated": fmean(_repeated(block, page.source) for block in blocks),
        "alike": fmean([_alike(a, b) for a, b in pairwise(facts)] or [ALONE]),
        "explained": _explained(page.blocks, page.source.text),
        "facts": fmean(min(len(f), MANY) / MANY for f in facts),
        "late": fmean("late" in block.parts for block in blocks),
        "titled": fmean("title" in block.parts for block in blocks),
        "bare": fmean(not f for f in facts),
        "swallowed": fmean(_swallows(block, page.source) for block in blocks),
        "cases": layout == "minutes",
        "empty": _empty(page),
        "mixed": _mixed([p.start for p in lines], page.source),
        "odd_title": fmean(
            not looks_like_title(t.rstrip("."), page.source.lists)
            or parse_period(t) is not None
            or bool(status_named(t, page.source.lists))
            for t in titles
        )
        if titles
        else 0.0,
    }
    return Reading(layout, page, terms, sum(weights()[name] * value for name, value in terms.items()))


def _empty(page: Page) -> float:
    """The share of the page's headings over projects (`Avslutade projekt`) under which no project is read."""
    lines = (line for line in page.source.lines if line.text.strip() and not line.mark.column)
    heads = [line.start for line in lines if (h := heading(line.text, page.source.lists)) and h.status_code]
    starts = sorted(block.start for block in page.blocks)
    places = [bisect_left(starts, at) for at in (*heads, len(page.source.text))]
    return fmean(a == b for a, b in pairwise(places)) if heads else 0.0


def _swallows(block: Block, source: Source) -> bool:
    """Whether lines of a project's prose stand over prose themselves, as other projects' titles do, or it names two."""
    parts = [source.text[p.start : p.end] for p in block.parts.get("prose", ())]
    named = project_named(source.lists)
    names = {part[slice(*name_in(m))].casefold() for part in parts for m in named.finditer(part)}
    texts = [words for part in parts for line in part.splitlines() if (words := line.strip(" \t\u00a0*#="))]
    close = [a for a, b in pairwise(texts[1:]) if len(a) < PROSE_AFTER < len(b) and a[:1].isupper()]
    rest = (source.text[p.start : p.end] for name in ("goal", "purpose") for p in block.parts.get(name, ()))
    below = [*texts[1:], *(line.strip() for part in rest for line in part.splitlines()[1:])]
    if len(names) > 1 or any(_NUMBERED.match(text) or RULE.fullmatch(text) for text in below):
        return True
    titled = "".join(source.text[p.start : p.end] for p in block.parts.get("title", ()))
    first = texts[0] if texts and not re.search(r"[.!?] ", texts[0]) else ""
    if titled.isupper() and first and looks_like_title(first, source.lists) and not first.isupper():
        return True  # a place in capitals, and under it the title
    return sum(looks_like_title(a, source.lists) for a in close) > 1


def _mixed(titles: Sequence[int], source: Source) -> float:
    """The share of titles that are parts of a project: lower than most, and under text rather than under a heading."""
    lines = [line for line in source.lines if line.text.strip()]
    levels = {line.start: (line.level, above.level) for above, line in pairwise(lines)}
    marked = [levels[at] for at in titles if levels.get(at, (0, 0))[0]]
    most = mode(level for level, _ in marked) if marked else 0
    return sum(level > most and not above for level, above in marked) / max(len(marked), 1)


def _facts(block: Block, source: Source) -> set[str]:
    """The fields that a block tells a fact in, those that only its sentences name too."""
    prose = [p for name in ("prose", "description") for p in block.parts.get(name, ())]
    signs = (prose_signs(source.text[p.start : p.end], source.lists) for p in prose)
    parts = project_text(source, block).parts
    paid = {"granted"} if any(p.label and p.label[0] > p.start for p in parts.get("funder", ())) else set()
    return (set(parts) - TOLD).union(paid, *signs)


def _repeated(block: Block, source: Source) -> float:
    """The share of a block's labels, and of its prose's phrases and grants, that stand there again, as another's."""
    labels = [p.words for name, ps in block.parts.items() for p in ps if p.label and name not in MAY_REPEAT]
    prose = (source.text[p.start : p.end] for p in block.parts.get("prose", ()))
    pays = with_verbs(PAYS, source.lists)
    for text in prose:
        labels += [squeeze(m[0]) for _, m in phrases_in(text, source.lists)] + pays.findall(text)
    return 1 - len(set(labels)) / len(labels) if labels else 0.0


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _explained(blocks: Sequence[Block], text: str) -> float:
    """The share of the page's characters that stand in fields that tell a fact, or are their labels."""
    spans = [
        s
        for b in blocks
        for name, ps in b.parts.items()
        for p in ps
        if name not in TOLD
        for s in ((p.start, p.end), p.label)
        if s
    ]
    prose = [(p.start, p.end) for b in blocks for name in ("prose", "description") for p in b.parts.get(name, ())]
    read = sum(b - a for a, b in spans) + PROSE * sum(b - a for a, b in prose)
    return read / max(len(text), 1)


@cache
def weights() -> Mapping[str, float]:
    """The terms of the score, and the margin below which a choice is uncertain (`uncertain`)."""
    return {row["term"]: float(row["weight"]) for row in codelist("layout_weights", "term", "weight", "reason")}
