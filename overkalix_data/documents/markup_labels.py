"""Labels that a page's markup sets apart without a colon, or names in a class → where words of ours go for them."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.column_meaning import column_of, is_label, needs_colon
from overkalix_data.documents.html_tag_kinds import BLOCKS, Open, style_of
from overkalix_data.documents.label_by_values import LONGEST_VALUE, fits
from overkalix_data.documents.placed_text import ITEM, PLAIN, TERM, TOLD, Writer
from overkalix_data.values.status import status_named

LEAST, MOST = 2, 0.6
"""A look is that of labelled lines where so many begin with a label at least, and more than this share of them."""
LONGEST, SHORT = 60, 30
"""Characters of such a label, and of one that only its stems tell."""
_CLASS_PARTS = re.compile(r"__|--|-(?=[^\W\d_]+$)")
"""Where the last part of a class begins: `card__owner`, `project-owner`."""
ITALICS = frozenset({"i", "em"})
EMPHASIS = ITALICS | {"b", "strong"}
"""Elements in which a sentence sets a name."""
CELLS = frozenset({"td", "th"})
NAMED = frozenset({"owner", "funder", "granted", "total", "period", "partners", "target_group", "contact", "leader"})
"""The fields that a class may name. A page calls much else `title`, `date` or `status`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An element with text that begins on a line of its own: where its text begins and ends, its look, its parent."""

    start: int
    end: int
    look: str
    parent: Open

    def may_be_term(self, out: Writer) -> bool:
        """Whether it is a short line that the page marks as nothing else."""
        mark, words = out.marks.get(self.start, PLAIN), out.chars[self.start : self.end]
        return len(words) <= LONGEST and "\n" not in words and not (mark.level or mark.part)


@dataclass
class MarkupLabels:
    """What may be labels, as the elements of a page end."""

    lists: Lists
    leads: list[tuple[int, str, str]] = field(default_factory=list)
    """Of words that a line begins with in an element of their own: where they end, the line's look, the words."""
    values: list[tuple[int, int, str, str]] = field(default_factory=list)
    """Of an element whose class names a field: where its text begins and ends, the label and the field."""
    statuses: list[tuple[int, int]] = field(default_factory=list)
    """Where in headings a status stands in an element of its own behind a title."""
    blocks: list[Beside] = field(default_factory=list)
    emphases: list[tuple[int, int, bool]] = field(default_factory=list)
    """Where words are set in bold or italics inside a line that is no heading, and whether in italics."""

    def set_apart(self, at: int, words: str, inside: Sequence[Open], *, begins: bool) -> bool:
        """Takes the words of an element inside a line, which begin there; gives whether they begin the line (`begins`)
        as a label that is known."""
        end = at + len(words)
        start = end - len(words.lstrip())
        if any(o.level or o.part == "dt" for o in inside[:-1]):
            if words.startswith(" ") and status_named(words.strip(), self.lists):
                self.statuses.append((at, end))
            return False
        if inside[-1].tag in EMPHASIS and end > start:
            self.emphases.append((start, end, inside[-1].tag in ITALICS))
        if begins:
            self.leads.append((end, style_of(inside), words.strip()))
        is_open = begins and words.rstrip()[-1:] not in ":?"
        return is_open and is_label(words, self.lists) and not needs_colon(words, self.lists)

    def ended(self, element: Open, inside: Sequence[Open], chars: Sequence[str]) -> None:
        """An element has ended, in these."""
        start = next((n for n in range(element.chars, len(chars)) if not chars[n].isspace()), len(chars))
        # A table's cells are read as a table.
        if element.tag in BLOCKS - CELLS and start < len(chars) and inside:
            self.blocks.append(Beside(start, len(chars), element.look, inside[-1]))
        if len(chars) - element.chars > LONGEST_VALUE:
            return
        for name in (part for word in element.classes.split() for part in (word, _CLASS_PARTS.split(word)[-1])):
            column = column_of(name, self.lists)
            if column.field in NAMED:
                self.values.append((start, len(chars), column.label, column.field))
                return

    def cut(self, at: int) -> None:
        """What was written from there on is written anew."""
        for kept in (self.leads, self.values, self.statuses, self.emphases):
            while kept and kept[-1][0] > at:
                kept.pop()
        while self.blocks and self.blocks[-1].end > at:
            self.blocks.pop()

    def found(self, out: Writer) -> Mapping[int, str]:
        """The words of ours that labels and tags need, by their places; the lines of named elements are marked so."""
        ended = ((at, "\n\n") for at, end in self.statuses if out.chars[end : end + 1] in ([], ["\n"]))
        return dict(chain(self._behind_firsts(out), self._behind_leads(out.chars), self._before_values(out), ended))

    def _behind_firsts(self, out: Writer) -> Iterator[tuple[int, str]]:
        """A colon behind the first of two elements side by side, where most of that look are labels, which makes them a
        term and what is told of it: `<div class="k">Hör av dig till</div><div class="v">Gun-Britt Lööf</div>`."""
        rows, alike = (
            defaultdict[int, list[Beside]](list),
            defaultdict[tuple[str, ...], list[tuple[Beside, Beside]]](list),
        )
        for block in self.blocks:
            rows[block.parent.start].append(block)
        for row in rows.values():
            for one, other in pairwise(row):
                is_beside = other.start == one.end + len("\n\n") and (one.look != other.look or len(row) == len("kv"))
                if is_beside and one.may_be_term(out) and not out.marks.get(other.start, PLAIN).level:
                    alike[one.parent.look, one.look, other.look].append((one, other))
        for pairs in alike.values():
            labels = [
                words for one, _ in pairs if is_label(words := "".join(out.chars[one.start : one.end]), self.lists)
            ]
            if len({*labels}) >= LEAST and len(labels) > MOST * len(pairs):
                for one, other in pairs:
                    out.mark(one.start, part=TERM)
                    out.mark(other.start, part=TOLD)
                    if out.chars[one.end - 1] not in ":?":
                        yield one.end, ":"

    def _behind_leads(self, chars: Sequence[str]) -> Iterator[tuple[int, str]]:
        """A colon behind labels that the page sets apart and writes none after: `<li><b>Pengar från</b> Vinnova`.

        Lines of one look play one role: where most begin with words of the lists, or that come round, they are labels.
        """
        alike, closed = defaultdict[str, list[tuple[int, str]]](list), set[int]()
        for at, look, words in self.leads:
            if words[:1].isupper() and len(words) <= LONGEST and chars[at : at + 2] not in ([], ["\n", "\n"]):
                alike[look].append((at, fold(words.rstrip(" :?"))))
                closed |= {at} if words[-1:] in ":?" else set()
        for lines in alike.values():
            times = Counter(words for _, words in lines)
            known = {words for words in times if is_label(words, self.lists)}
            told = {words for words in times if words in known or times[words] >= LEAST or self._has_stem(words)}
            labels = [at for at, words in lines if words in told]
            if known and len(labels) >= LEAST and len(labels) > MOST * len(lines):
                yield from ((at, ":") for at in labels if at not in closed and _goes_on(chars, at))

    def _has_stem(self, words: str) -> bool:
        return len(words) <= SHORT and self.lists.label_stems.search(words) is not None

    def _before_values(self, out: Writer) -> Iterator[tuple[int, str]]:
        """The label before what stands in an element whose class names it, again and again: `<p class="sokande">`."""
        alike = defaultdict[tuple[str, str], dict[int, str]](dict)
        for start, end, label, name in self.values:
            words, mark = "".join(out.chars[start:end]), out.marks.get(start, PLAIN)
            is_line = start in out.marks and out.chars[end : end + 1] in ([], ["\n"])
            is_value = 0 < len(words) <= LONGEST_VALUE and not {"\n", ":"} & {*words}
            if is_line and is_value and not mark.level and mark.part in ("", ITEM):
                alike[label, name][start] = words
        headings = [(at, mark.level) for at, mark in sorted(out.marks.items()) if mark.level]
        for (label, name), said in alike.items():
            # What stands over the titles is of the next, and not of the one above: its first stands under another.
            over = {headings[n - 1][1] if (n := bisect_left(headings, (at, 0))) else 0 for at in said}
            if len({*said.values()}) >= LEAST and len(over) == 1 and fits(name, [*said.values()], self.lists):
                for at in said:
                    out.mark(at, column=label)
                    yield at, f"{label}: "


def _goes_on(chars: Sequence[str], at: int) -> bool:
    """Whether a value follows, and no colon or dash that sets it apart."""
    return chars[at].isspace() and chars[at + 1].isalnum()
