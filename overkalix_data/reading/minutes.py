"""Minutes of a meeting: a case under each `§`; a case that a project was applied for in is that project."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import paragraphs
from overkalix_data.documents.source import Line
from overkalix_data.reading import heading_roles as outline
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.grant_lines import grants_in
from overkalix_data.reading.page import Page
from overkalix_data.reading.page_giver import add_grant, giver_before
from overkalix_data.reading.page_reader import read_labelled
from overkalix_data.reading.page_text import Quoted, Text
from overkalix_data.reading.title_form import case_named, is_case_number, looks_like_title
from overkalix_data.values.amount import find_amounts

CASE = re.compile(r"(?:[A-ZÅÄÖ]{1,6}\s)?§\s*\d{1,4}\b(?!-)")
"""What a case begins with: `§ 43`, `KFN § 22`."""
FEWEST = 2
"""Facts that a case must tell where its heading does not say that a project was applied for."""
NO_FACTS = frozenset({"contact", "prose", "description", "note"})
"""Fields whose label may stand under any case: `Beslut`, `Sammanfattning`."""
MOST_HEAD = 3
"""Lines at most from a case's number to its heading: the number of the register may stand between."""


@dataclass(frozen=True)
class _Case:
    """A case: its lines by their places, the one that is its heading, and the others under that."""

    places: range
    head: int
    below: Sequence[Line]


def read_minutes(of: Text) -> Page | None:
    """The page as minutes, each case that is a project read as one under its heading; None where there is none."""
    source, lines = of.source, of.lines
    cases = list(_cases(lines))
    held = [case for case in cases if _is_project(case, lines, source.lists)]
    if not held:
        return None
    # A case's words are read as they stand: quotes put around the names set apart are for lists of grants.
    as_told = Quoted(source.text)
    granted = {case.head: list(grants_in(Text(source, case.below, quoted=as_told))) for case in cases}
    if any(len({grant.what for grant in grants if grant.what}) > 1 for grants in granted.values()):
        return None
    kept = dict.fromkeys(at for case in held for at in case.places if at >= case.head)
    titles = {case.head for case in held}
    page = read_labelled(
        Text(source, [lines[at] for at in kept], of.printed),
        {n: outline.TITLE for n, at in enumerate(kept) if at in titles},
        sure=True,
    )
    page.unplaced += [line for at, line in enumerate(lines) if at not in kept]
    giver = giver_before(source, lines, lines[cases[0].places[0]].start)
    starts = [lines[case.head].start for case in held]
    for block in page.blocks:
        case = held[bisect_right(starts, block.start) - 1]
        for grant in [grant for grant in granted[case.head] if grant.verb][:1]:
            add_grant(block, grant, giver, source)
    return page


def _cases(lines: Sequence[Line]) -> Iterator[_Case]:
    begun = [at for at, line in enumerate(lines) if CASE.match(line.text)]
    for start, end in pairwise([*begun, len(lines)]):
        heads = range(start, min(start + MOST_HEAD, end))
        head = next((at for at in heads if not is_case_number(_without_mark(lines[at].text))), start)
        yield _Case(range(start, end), head, lines[head + 1 : end])


def _without_mark(text: str) -> str:
    m = CASE.match(text)
    return text[m.end() if m else 0 :].strip()


def _is_project(case: _Case, lines: Sequence[Line], lists: Lists) -> bool:
    """Whether a case tells of one project, and not that it was refused."""
    heading = lines[case.head].text
    body = paragraphs("\n".join(line.text for line in case.below))
    if lists.excluding_words.by("kind")["case"].search(body):
        return False
    labels = (line_label.label_of(line, lists) for line in case.below)
    facts = {known.field for known in labels if known and known.form == "label"} - NO_FACTS
    facts |= layout.prose_signs(body, lists)
    if case_named(heading, lists) or layout.project_named(lists).search(heading):
        return bool(facts or find_amounts(body, lists))
    return len(facts) >= FEWEST and looks_like_title(_without_mark(heading), lists)
