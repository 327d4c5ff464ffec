"""Where a project begins by its labels; and what only looks like one: people with numbers, advice to applicants."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from overkalix_data.base.lists import Lists
from overkalix_data.documents.source import Line
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.page import LABELLED, Block, Page
from overkalix_data.reading.title_lines import CONTACTS
from overkalix_data.values.person import is_given_name

NO_PROJECT = CONTACTS | {"title", "note", "late", "owner", "status"}
"""Fields that alone make no project: a list of people, an office."""

FUNDED = frozenset({"funder", "co_financing", "granted"})
"""Fields that tell a project from advice to those who want to begin one."""
BEFORE_TITLE = frozenset({"owner", "note", "status"})
"""Fields that a list may tell before the title."""
ANSWERED = frozenset({"title", "description", "note"})
"""What a question and its answer on a page have."""
PERSONAL = CONTACTS | {"title", "note"}
"""What a person in a list of people has."""
COUNTED = line_label.PERIODS | {"total", "granted"}
"""Fields that tell nothing without a figure."""
USUAL, LEAST = 0.7, 2
"""Where more than this share of the projects have labelled facts, prose must name as many fields as this."""
FIRST = 12
"""The heading of the page stands on one of so many lines, or its name."""
NAMES = 2
"""Whose page it is may stand over what it tells of: so many lines may name one on which nobody pays."""
MOST = 0.5
"""Where more than this share of what a page lists are calls for applications, none of it is a project."""


def take_back(page: Page, lines: Sequence[Line], lists: Lists) -> None:
    """Makes text without a place of the blocks that are no project."""
    begins = [block.start for block in page.blocks]
    told_calls = [line.start for line in lines if layout.is_call(line.text, lists)]
    calls = [
        block
        for block, (start, end) in zip(page.blocks, pairwise([*begins, len(page.source.text)]), strict=True)
        if bisect_left(told_calls, start) < bisect_left(told_calls, end)
    ]
    kept, starts = [], [line.start for line in lines]
    titles = [line for line in lines[:FIRST] if layout.is_title(line.text)]
    is_paid = any(FUNDED & set(block.parts) for block in page.blocks)
    named = [line for line in lines[:FIRST] if line.level == 1] + titles[: 1 if is_paid else NAMES]
    if len(calls) > MOST * len(page.blocks) or any(_is_about_calls(line, lists) for line in named):
        calls = page.blocks
    called = {id(block) for block in calls}
    facts = fmean(block.labelled for block in page.blocks) if page.blocks else 0.0
    for block in page.blocks:
        alone = facts > USUAL and not block.labelled
        if id(block) not in called and (_names_title(block, page) or _tells(block, page, alone=alone)):
            kept.append(block)
            continue
        spans = [(a, b) for a, b in block.spans if b > a] + block.title_rest
        near = {n for a, b in spans for n in range(max(bisect_right(starts, a) - 1, 0), bisect_left(starts, b))}
        page.unplaced += [
            lines[n] for n in sorted(near) if any(a < lines[n].end and lines[n].start < b for a, b in spans)
        ]
    page.blocks = kept


def _tells(block: Block, page: Page, *, alone: bool) -> bool:
    """Whether a block tells of a project, and does not invite to one; `alone`: no fact is labelled, as beside it."""
    lists, text = page.source.lists, page.source.text
    told_so = page.source.profile.title_heading > 0  # the site's profile says what its titles are
    told = [
        text[p.start : p.end]
        for name, parts in block.parts.items()
        if name not in NO_PROJECT
        for p in parts
        if p.start < p.end and (p.rule != "own_label" or name in FUNDED)  # else values alone may tell of anything
        if name not in COUNTED or any(c.isdigit() for c in text[p.start : p.end])  # `Från: Eva Ek`
        if name != "prose"
        or told_so
        or (p.label and "owner" in block.parts)
        or layout.prose_signs(text[p.start : p.end], lists)
    ]
    # A project with a name that has been paid for may invite to take part: `Vill du hjälpa till?`
    named = FUNDED if "title" in block.parts else frozenset[str]()
    advice = sum(layout.is_advice(words, lists) and not named & layout.prose_signs(words, lists) for words in told)
    titles = [text[p.start : p.end] for p in block.parts.get("title", [])]
    asks = any(layout.is_advice(title, lists) for title in titles) and not FUNDED & set(block.parts).union(
        *(layout.prose_signs(words, lists) for words in told)
    )
    invites = asks and (advice or block.labelled or any(title.rstrip().endswith("?") for title in titles))
    tells = told and (not block.labelled or 2 * advice < len(told))
    return bool(tells and not invites and not (alone and _tells_little(block, page)))


def _tells_little(block: Block, page: Page) -> bool:
    """Whether sentences alone tell of it, and name less than two fields: beside projects with facts it is none."""
    text = (page.source.text[p.start : p.end] for ps in block.parts.values() for p in ps)
    return len(frozenset().union(*(layout.prose_signs(words, page.source.lists) for words in text))) < LEAST


def _is_about_calls(line: Line, lists: Lists) -> bool:
    """Whether the name of the page says that it tells how to apply: `Sök bygdemedel 2025`, `Råd till dig som …`."""
    return layout.is_title(line.text) and (
        layout.is_call(line.text, lists) or lists.advice_words.by("kind")["page"].match(line.text.strip()) is not None
    )


def _names_title(block: Block, page: Page) -> bool:
    """Whether the block has its title by a column or a label of its own, and something, however little, besides it:
    of a question more than its answer, of a person more than numbers."""
    parts = (part for part in block.parts.get("title", ()) if part.rule == "label")
    titles = [words for part in parts if (words := page.source.text[part.start : part.end].strip())]
    asks = any(title.endswith("?") for title in titles) and set(block.parts) <= ANSWERED
    is_person = any(is_given_name(title, page.source.lists) for title in titles) and set(block.parts) <= PERSONAL
    return bool(titles) and len(block.parts) > 1 and not (asks or is_person)


def tells_of(block: Block, name: str, page: Page) -> bool:
    """Whether a block without a labelled fact tells of the project of that name: the facts below are of it."""
    if not name or any(p.rule in LABELLED for of, parts in block.parts.items() if of != "note" for p in parts):
        return False
    return any(name in page.source.text[p.start : p.end] for p in block.parts.get("prose", ()))


def starts_project(block: Block, known: line_label.Label, *, titles: bool) -> bool:
    """A label starts a project where the block has that label already, or has its last fields and this is a first one.

    Not where the source marks titles as headings: there the heading starts it. Where the page has `titles`, only the
    block's first label does.
    """
    if block.titled:
        return False
    if known.form == "title_prefix" or (known.field == "title" and set(block.parts) - {"title"}):
        # `Sökande:` may stand before `Projekt:`.
        return known.form == "title_prefix" or "title" in block.parts or not set(block.parts) <= BEFORE_TITLE
    same = (
        any(p.words == known.words and p.rule in LABELLED for p in block.parts.get(known.field, []))
        and known.form == "label"
    )
    if block.named and titles:
        return same and known.words == block.first and known.field != "title"
    return same or (
        block.closed and (known.stage == "opening" or (known.stage == "middle" and known.field in block.parts))
    )
