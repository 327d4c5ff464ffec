"""What the lines around a line say of it: does it begin a paragraph, is it a label or a title, does it open prose?"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from overkalix_data.documents.column_meaning import needs_colon
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading import contact_cards as cards
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.own_labels import OwnLabels, own_labels
from overkalix_data.reading.title_form import SHORT, is_quoted, looks_like_title
from overkalix_data.reading.title_lines import PROSE_AFTER, Title, Titles
from overkalix_data.values.period import parse_period
from overkalix_data.values.status import status_named

PROSE_SIGNS = 2
"""Signs that prose must show to be a project: fewer is a late line of the project above, or text of the page."""

LEAST_LISTED, MOST = 3, 0.6
"""A list of facts has at least so many lines that begin with a label's words, and more than this share does."""

FEWEST_TAGS, SHORT_PERIOD = 2, 45
"""Statuses and periods above titles are believed where there are more than so many; characters of such a period."""
LONGEST_FACT = 160
"""Characters: a longer paragraph is prose, whatever it begins with."""
AROUND = 2
"""Paragraphs before and after a line that tell whether it stands in a list of facts."""
PROSE_LINES = 40
"""How far ahead prose is judged. A bound, so that a long text without labels is read in linear time."""


class Ahead:
    """The non-blank lines of a source. Each judgement is kept: looking ahead from every paragraph stays linear."""

    def __init__(self, source: Source, lines: Sequence[Line], *, marked: Collection[int] = ()) -> None:
        """`marked`: the places of the titles, where the page marks them: what follows one begins anew."""
        self.source, self.lines, self.marked, self.lists = source, list(lines), marked, source.lists
        self._labels: dict[int, line_label.Label | None] = {}
        self._signs_of: dict[int, frozenset[str]] = {}
        self._ends: dict[int, bool] = {}
        self._lists: dict[int, bool] = {}
        self._heads: dict[int, bool] = {}

    def fresh(self, at: int) -> bool:
        """Whether a paragraph begins here."""
        return self._stands_apart(at) or at - 1 in self.quoted or (at - 1 in self.marked and not self.lines[at].part)

    @cached_property
    def _begins(self) -> list[int]:
        """Where paragraphs begin, and where the last one ends."""
        return [*filter(self.fresh, range(len(self.lines))), len(self.lines)]

    def _stands_apart(self, at: int) -> bool:
        return at == 0 or self.lines[at].is_apart(self.lines[at - 1])

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The lines that are titles in quotation marks, with text under them: several, since one may be anything."""
        found = [at for at, line in enumerate(self.lines[:-1]) if self._stands_apart(at) and is_quoted(line.text)]
        return frozenset(found if len(found) > 1 else ())

    def alone(self, at: int) -> bool:
        """Whether the line is a paragraph of its own, or a label follows it at once."""
        return (
            at + 1 >= len(self.lines)
            or self.fresh(at + 1)
            or line_label.label(self.lines[at + 1].text, self.lists, fresh=True) is not None
        )

    def below(self, at: int) -> str:
        """The paragraph under a line; empty under the last."""
        return self.whole(at + 1) if at + 1 < len(self.lines) else ""

    def whole(self, at: int) -> str:
        """The line with those that go on from it without an empty line between, `PROSE_LINES` at most."""
        last = min(at + PROSE_LINES, self._begins[bisect_right(self._begins, at)] - 1)
        return self.source.text[self.lines[at].start : self.lines[last].end]

    def label(self, at: int) -> line_label.Label | None:
        """The label that the line starts with, judged with what follows it."""
        if at not in self._labels and (column := self.lines[at].mark.column):
            known = line_label.column_label(column, self.lists)
            self._labels[at] = replace(known, is_own=True) if known and self.lines[at].mark.own else known
        if at not in self._labels:
            follows = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
            text = self.lines[at].text
            own = self.own.at(text, self.lists)
            known = line_label.label(
                self.lines[at].text,
                self.lists,
                fresh=self.fresh(at),
                paragraph=self.whole(at),
                follows=follows,
                listed=self._listed(at),
            )
            if known is None and self.lines[at].level and not needs_colon(text, self.lists):
                # A heading that is a label needs no colon.
                known = line_label.label(f"{text}:", self.lists, fresh=True)
                known = replace(known, end=len(text), value=len(text)) if known and known.end > len(text) else None
                known = known if known and known.form == "label" and known.field not in ("title", "label") else None
            if own and (known is None or known.form == "unknown" or known.end < own.end):
                known = own
            self._labels[at] = known
        return self._labels[at]

    def is_listed(self, at: int) -> bool:
        """Whether the line starts with a label of the lists, or with one whose field the page's own values tell."""
        text = self.lines[at].text
        own = self.own.at(text, self.lists)
        return line_label.is_known_label(text, self.lists) or (own is not None and own.form == "label")

    def follows_facts(self, at: int) -> bool:
        """Whether a line under several facts on one line begins anew: only a fact that fills its line is wrapped."""
        facts = at > 1 and self.lines[at - 1].number == self.lines[at - 2].number
        return facts and not self.lines[at].text[:1].islower()

    def opens_sentence(self, at: int) -> bool:
        """Whether a sentence of its own begins here, under a name or a date: on one line, or one that tells a field."""
        line = self.lines[at].text
        if line[:1].islower() or line.endswith("."):
            return not line[:1].islower()
        below = self.lines[at + 1] if at + 1 < len(self.lines) and not self.fresh(at + 1) else None
        end = self.lines[at].end if below is None or self.label(at + 1) else below.end
        return bool(layout.prose_signs(self.source.text[self.lines[at].start : end], self.lists))

    @cached_property
    def own(self) -> OwnLabels:
        """The labels that the page shows by repeating them."""
        return own_labels([line for line in self.lines if not line.mark.column], self.lists)

    @cached_property
    def _firsts(self) -> Sequence[int]:
        """Of each line, the first of its paragraph."""
        fresh = (at if self.fresh(at) else 0 for at in range(len(self.lines)))
        return list(accumulate(fresh, max))

    def _listed(self, at: int) -> bool:
        """Whether most lines of its paragraph begin with the words of a label, as in a list of facts."""
        first = self._firsts[at]
        if first not in self._lists:
            lines = self.whole(first).splitlines()
            if len(lines) == 1:
                # A list with a paragraph a line: the paragraphs around it tell.
                lines = [line.text for line in self.lines[max(first - AROUND, 0) : first + AROUND + 1]]
                lines = lines if max(map(len, lines)) <= LONGEST_FACT else []
            known = sum(line_label.begins_as_label(line, self.lists) for line in lines)
            self._lists[first] = known >= LEAST_LISTED and known > MOST * len(lines)
        return self._lists[first]

    @cached_property
    def titles(self) -> Mapping[int, Title]:
        """The lines that are titles by the labels under them; none where the source marks its headings."""
        return {} if self.marked else self._titles.found()

    @cached_property
    def titles_are_usual(self) -> bool:
        """Whether most projects have a title, so that the labels under one may come in any order."""
        return self._titles.are_usual(self.titles)

    @cached_property
    def _titles(self) -> Titles:
        places = range(len(self.lines))
        # A sentence that names a field is as good as a label in a list of facts; as a paragraph it is prose.
        known = [
            found
            if (found := self.label(at))
            and (found.form in ("label", "own", "title_prefix") or (found.form == "phrase" and not self.fresh(at)))
            else None
            for at in places
        ]
        return Titles(self.lines, known, [self.fresh(at) for at in places], self.lists)

    @cached_property
    def tags(self) -> frozenset[int]:
        """The lines that say a status or a period right above a title, where most titles have one over them."""
        titles = self.marked or self.titles
        tags = [at - 1 for at in titles if at and self.tag(at - 1)]
        return frozenset(tags if len(tags) > FEWEST_TAGS and len(tags) > MOST * len(titles) else ())

    def tag(self, at: int) -> str:
        """The field that a line by itself is a value of, though no label stands before it; empty for other lines."""
        if self.lines[at].mark.column:
            return ""
        text, above = self.lines[at].text, self.label(at - 1) if at else None
        if above and not self.lines[at - 1].text[above.value :].strip():
            return ""
        if status_named(text, self.lists):
            return "status"
        is_value = len(text) <= SHORT_PERIOD and self.fresh(at) and self.label(at) is None
        return "period" if is_value and parse_period(text) else ""

    def names_prose(self, at: int) -> bool:
        """Whether the line is the title of prose: short, alone, and with the signs of a project under it."""
        line = self.lines[at]
        if self.quoted or line.level or not self._heads_prose(at) or layout.heading(line.text, self.lists):
            return False
        return self._count_signs(at + 1) >= self._least_signs

    @cached_property
    def _least_signs(self) -> int:
        """The signs that prose under a title must show: one, where most titles of the page stand over more."""
        heads = [at + 1 for at in range(len(self.lines)) if self._heads_prose(at)]
        sure = sum(self._count_signs(at) >= PROSE_SIGNS for at in heads)
        return 1 if sure > 1 and sure >= MOST * len(heads) else PROSE_SIGNS

    def _heads_prose(self, at: int) -> bool:
        """Whether a short line of its own stands over a paragraph of prose."""
        if at not in self._heads:
            self._heads[at] = self._is_over_prose(at)
        return self._heads[at]

    def _is_over_prose(self, at: int) -> bool:
        line, below = self.lines[at], self.lines[at + 1] if at + 1 < len(self.lines) else None
        if below is None or not (self.fresh(at) and (self.fresh(at + 1) or self._is_close_title(line, below))):
            return False
        return (
            len(line.text) <= SHORT
            and looks_like_title(line.text, self.lists)
            and len(self.whole(at + 1)) > PROSE_AFTER
            and self.label(at) is None
            and not any(layout.title_in_phrase(self.whole(n), self.lists) for n in (at, at + 1))
        )

    @staticmethod
    def _is_close_title(line: Line, below: Line) -> bool:
        """Whether a line far shorter than the one under it stands close over a sentence, and is not wrapped into it."""
        return len(line.text) < PROSE_AFTER < SHORT < len(below.text) and below.text[:1].isupper()

    def names_project(self, at: int) -> bool:
        """Whether the prose from here to the next label, heading or card shows signs enough of a project."""
        return self._count_signs(at) >= PROSE_SIGNS

    def _count_signs(self, at: int) -> int:
        """A title phrase in the first paragraph counts two, each field that the prose names one."""
        whole, signs = self.whole(at), set(self.signs(at))
        for n in range(at + 1, min(at + PROSE_LINES, len(self.lines))):
            if self._ends_prose(n) or self._heads_prose(n):
                break
            if self.fresh(n):
                signs |= self.signs(n)
        return 2 * (layout.title_in_phrase(whole, self.lists) is not None) + len(signs)

    def signs(self, at: int) -> frozenset[str]:
        """The fields that the paragraph there names in sentences."""
        if at not in self._signs_of:
            self._signs_of[at] = layout.prose_signs(self.whole(at), self.lists)
        return self._signs_of[at]

    def _ends_prose(self, at: int) -> bool:
        """Whether a line is no more of the prose above it: a label, heading, card, furniture or another title."""
        if at not in self._ends:
            line, fresh, known = self.lines[at], self.fresh(at), self.label(at)
            self._ends[at] = bool(
                (known and known.form in ("label", "address", "title_prefix"))
                or layout.furniture(line.text, self.lists)
                or at in self.titles
                or at in self.quoted
                or (fresh and self.alone(at) and layout.heading(line.text, self.lists))
                or cards.card_length(self.lines[at : at + cards.MOST_LINES], self.lists)
                or (fresh and layout.title_in_phrase(self.whole(at), self.lists))
            )
        return self._ends[at]
