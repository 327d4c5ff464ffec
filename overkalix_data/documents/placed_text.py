"""A source as the text that a reader sees, every character with its place in the decoded source; and its cells."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize

from overkalix_data.base.wording import ACCENT, INVISIBLE, squeeze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BETWEEN_LINES = re.compile(r"\A\s+|(?<!\s)(?:[^\S\n]*+\n\s*|\s++\Z)")
"""White space that belongs to no line, though it may be written out: `<p>&nbsp;</p>`, an escaped line break."""
_LAID_OUT = re.compile(f"[\n\r\v\u2028]|{INVISIBLE.pattern}|{ACCENT.pattern}")
"""Characters of a cell that are put one by one."""
TERM, TOLD, ROW, ITEM = "dt", "dd", "row", "li"
"""What a line can be marked as: a term, what is told of the term above it, the first line of a register's row (also
a term), an item that follows another of its list."""


ROW_LEVEL, SECTION_LEVEL = 90, 80
"""Levels of a register's rows and of the lines that part them: below every heading of a page around it."""
TITLE_ROWS = range(60, SECTION_LEVEL)
"""Levels of the rows above a register's headings, the first on top: one goes on with what those over it say."""


@dataclass(frozen=True)
class Mark:
    """What the source marks a line as: a heading's level, a part, the look it is given, and how far that reaches."""

    level: int = 0
    part: str = ""
    style: str = ""
    """The element that the line begins in, with its class: lines of one look play one role on a page."""
    lead: int = 0
    """Characters at the line's beginning that are set apart from the rest of it (bold, a link, a label)."""
    column: str = ""
    """The label, in words of ours, that the line begins with, where the column that it stands in tells it."""
    own: bool = False
    """Whether the column's cells tell that label, and no list knows its heading."""


PLAIN = Mark()


@dataclass(frozen=True)
class Rendered:
    """A page as text. `starts` and `ends`: the source's characters that each character stands for (end exclusive)."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    marks: Mapping[int, Mark]
    """Offset of a line in `text` → what the source marks it as."""
    silent: Sequence[tuple[int, int, str]]
    """Characters of the source that are no text of the page, each with why: `markup` (tags, separators), `site` (menus,
    scripts, the foot), `column` (a register's headings), `sum_row`, `other_sheet`."""

    rows: "Sequence[Sequence[ColumnCell]]" = ()
    """The projects of its registers, each as the cells that say something of it."""
    emphases: Sequence[tuple[int, int, bool]] = ()
    """Where in the text words are set in bold or italics inside a line, in order, and whether in italics."""
    seams: Sequence[int] = ()
    """Where in the text something begins that does not go on from what stands before it in the source, in order."""

    def places(self, start: int, end: int) -> list[tuple[int, int]]:
        """The source's characters that these characters of the text stand for, run by run; words of ours have none."""
        cuts = [start, *self.seams[bisect_right(self.seams, start) : bisect_left(self.seams, end)], end]
        spans, starts, ends = [], self.starts, self.ends
        for a, b in pairwise(cuts):
            while a < b and ends[a] <= starts[a]:
                a += 1
            while b > a and ends[b - 1] <= starts[b - 1]:
                b -= 1
            if a < b:
                spans.append((starts[a], ends[b - 1]))
        return spans

    def offset(self, place: int) -> int:
        """Where in the source the character of the text at that place stands."""
        return self.starts[min(place, len(self.starts) - 1)] if self.starts else 0


@dataclass(frozen=True)
class Cell:
    """The words of a cell, and where each of their characters stands in the source."""

    text: str = ""
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    @cached_property
    def words(self) -> str:
        """The words on one line."""
        return squeeze(self.text)

    @property
    def at(self) -> int:
        """Where the cell begins in the source."""
        return self.starts[0]


def saying(words: str, cell: Cell) -> Cell:
    """Words of ours behind a cell."""
    return Cell(words, [cell.ends[-1]] * len(words), [cell.ends[-1]] * len(words)) if words else Cell()


def joined(cells: Sequence[Cell], joint: str) -> Cell:
    """Cells as one, with words of ours between those that say something."""
    text, starts, ends = "", list[int](), list[int]()
    for cell in (c for c in cells if c.words):
        if text:
            text += joint
            starts += [ends[-1]] * len(joint)
            ends += [ends[-1]] * len(joint)
        text += cell.text
        starts += cell.starts
        ends += cell.ends
    return Cell(text, starts, ends)


def cell_of(source: str, start: int, end: int) -> Cell:
    """The cell that these characters of a source are, as they are."""
    return Cell(source[start:end], range(start, end), range(start + 1, end + 1))


@dataclass(frozen=True)
class ColumnCell:
    """A cell of a register, and what the heading of its column says: the label and field of the lists, the unit of
    amounts, the funder that it names."""

    cell: Cell
    heading: str
    label: str
    field: str
    unit: str
    funder: str


Rows = Sequence[Sequence[Cell]]


def _read(starts: "NDArray[np.int64]", ends: "NDArray[np.int64]", size: int) -> "NDArray[np.bool_]":
    """Of each character of a source, whether any of those from `starts` to `ends` stand for it."""
    import numpy as np  # only of sources that are made into text: the page itself may be text

    begun, ended = (np.bincount(at, minlength=size + 1) for at in (starts, ends))
    return (np.cumsum(begun - ended) > 0)[:size]


@dataclass
class Writer:
    """Text as it is made, a character at a time."""

    chars: list[str] = field(default_factory=list)
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    marks: dict[int, Mark] = field(default_factory=dict)
    seams: list[int] = field(default_factory=list)
    """Where the words of a new cell begin."""
    emphases: Sequence[tuple[int, int, bool]] = ()
    rows: list[list[ColumnCell]] = field(default_factory=list)
    """Of each project of a register, its cells."""
    told: list[tuple[int, int, str]] = field(default_factory=list)
    """Characters of the source that are told apart from the text, each with why."""

    def put(self, char: str, start: int, end: int) -> None:
        """A character, and those of the source it stands for. One that nobody sees is left out (`Finansi&shy;ärer`).

        An accent of its own goes on the letter before it, which then stands for both.
        """
        if char > "~":
            if INVISIBLE.match(char):
                return
            if (
                ACCENT.match(char)
                and self.chars
                and len(whole := normalize("NFC", self.chars[-1] + char)) == 1
                and start == self.ends[-1]
            ):
                self.chars[-1], self.ends[-1] = whole, end
                return
        self.chars.append(char)
        self.starts.append(start)
        self.ends.append(end)

    def say(self, words: str, at: int | None = None) -> None:
        """Words of ours: they stand for no character of the source. Without a place they go behind what is written, and
        are left out where nothing is."""
        if not words or (at is None and not self.chars):
            return
        at = self.ends[-1] if at is None else at
        self.chars += words
        self.starts.extend([at] * len(words))
        self.ends.extend([at] * len(words))

    def cell(self, cell: Cell) -> None:
        """A cell's own words without the space around; a paragraph in it is marked as told of the term before it."""
        lead = len(cell.text) - len(cell.text.lstrip())
        words = cell.text.strip()
        self.seams.append(len(self.chars))
        if not _LAID_OUT.search(words):
            self.chars += words
            self.starts.extend(cell.starts[lead : lead + len(words)])
            self.ends.extend(cell.ends[lead : lead + len(words)])
            return
        for n, char in enumerate(words, start=lead):
            if char in "\u2028\u000b\r":
                char = "\n"
            if self.chars and self.chars[-1] == "\n" and char != "\n" and n > lead:
                self.mark(part=TOLD)
            self.put(char, cell.starts[n], cell.ends[n])

    def fact(self, label: str, at: int, *, first: bool, own: bool = False) -> None:
        """Begins the line of a register's cell with the label that its column means; `first`: it opens a project."""
        self.say("\n\n" if first else "\n")
        level, part = (ROW_LEVEL, ROW) if first else (0, TERM)
        self.marks[len(self.chars)] = Mark(level, part, column=label, own=own)
        self.say(f"{label}: " if label else "", at)

    def line(self, gap: str = "\n\n", *, level: int = 0, part: str = "") -> None:
        """Begins a line, marked as a heading of that level or as a part where asked."""
        self.say(gap)
        if level or part:
            self.mark(level=level, part=part)

    def mark(self, at: int = -1, **marked: int | str) -> None:
        """Marks the line that begins at that place, or the one that begins now."""
        at = len(self.chars) if at < 0 else at
        self.marks[at] = replace(self.marks.get(at, PLAIN), **marked)  # type: ignore[arg-type]

    def hide(self, cell: Cell, why: str) -> None:
        """Accounts for a cell that is not read as text."""
        if cell.words:
            self.told.append((cell.starts[0], cell.ends[-1], why))

    def cut(self, at: int) -> None:
        """Takes back what was written from there on."""
        del self.chars[at:], self.starts[at:], self.ends[at:]
        self.marks = {place: mark for place, mark in self.marks.items() if place < at}

    def insert(self, words: Mapping[int, str]) -> None:
        """Puts words of ours where they belong in what is written."""
        places = sorted(words)
        added = [0, *accumulate(len(words[at]) for at in places)]
        chars, starts, ends = self.chars, self.starts, self.ends
        self.chars, self.starts, self.ends = [], array("q"), array("q")
        for a, b in pairwise([0, *places, len(chars)]):
            self.say(words.get(a, ""), starts[a] if a < len(chars) else None)
            self.chars += chars[a:b]
            self.starts += starts[a:b]
            self.ends += ends[a:b]

        def moved(at: int) -> int:
            return at + added[bisect_left(places, at)]

        self.marks = {moved(at): mark for at, mark in self.marks.items()}
        self.seams = [moved(at) for at in self.seams]
        self.emphases = [(moved(at), moved(end), italic) for at, end, italic in self.emphases]

    def add(self, other: "Writer") -> None:
        """Puts what another has written behind, from a paragraph of its own."""
        self.line()
        at = len(self.chars)
        self.chars += other.chars
        self.starts.extend(other.starts)
        self.ends.extend(other.ends)
        self.marks |= {at + n: mark for n, mark in other.marks.items()}
        self.seams += [at + n for n in other.seams]
        self.rows += other.rows
        self.told += other.told

    def rendered(self, source: str) -> Rendered:
        """The whole, with what of the source has become no text."""
        return Rendered(
            "".join(self.chars),
            self.starts,
            self.ends,
            self.marks,
            list(self._silent(source)),
            self.rows,
            self.emphases,
            self._breaks(len(source)),
        )

    def _breaks(self, size: int) -> list[int]:
        """The seams, and where the text goes back in the source (a link's address stands before its words), or goes on
        past what stands elsewhere in it (a cell that is wrapped between others)."""
        import numpy as np

        starts, ends = np.asarray(self.starts), np.asarray(self.ends)
        before = np.concatenate([[0], np.cumsum(_read(starts, ends, size))])
        goes_past = before[np.maximum(starts[1:], ends[:-1])] > before[ends[:-1]]
        return sorted({*self.seams, *(np.flatnonzero(goes_past | (starts[1:] < starts[:-1])) + 1).tolist()})

    def _silent(self, source: str) -> Iterator[tuple[int, int, str]]:
        """Run by run what is not text: what was told apart, and the rest, which is markup."""
        kinds = ["markup", "", *dict.fromkeys(why for *_, why in self.told)]
        import numpy as np

        is_text = np.ones(len(self.chars), dtype=bool)
        for blank in _BETWEEN_LINES.finditer("".join(self.chars)):
            is_text[slice(*blank.span())] = False
        starts, ends = (np.asarray(at)[is_text] for at in (self.starts, self.ends))
        read = bytearray(_read(starts, ends, len(source)).astype(np.uint8))
        for start, end, why in self.told:
            # A merged cell may be both a heading and text elsewhere: text it stays.
            read[start:end] = read[start:end].replace(b"\0", bytes([kinds.index(why)]))
        for run in re.finditer(rb"(?s)([^\x01])\1*", read):
            words = source[run.start() : run.end()]
            if words.strip():
                start = run.start() + len(words) - len(words.lstrip())
                yield start, start + len(words.strip()), kinds[run[0][0]]
