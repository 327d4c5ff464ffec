"""A page as it is built, line by line: the sections that stand open, the project and the field that lines go to."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from overkalix_data.documents.placed_text import ROW, TERM
from overkalix_data.documents.source import Line
from overkalix_data.reading import line_form as layout
from overkalix_data.reading.page import Block, Page, Part, Section
from overkalix_data.reading.title_lines import CONTACTS


@dataclass
class Building:
    """What has been read so far, and where the next line goes."""

    page: Page
    marks: Sequence[int] = ()
    """Where the marks of print begin (`print_marks`), in order."""
    open: list[tuple[int, Section]] = field(default_factory=list)
    """Sections that stand open, outermost first, each with the level of its heading."""
    section: Section | None = None
    block: Block | None = None
    field: str = ""
    tag: tuple[str, Part] | None = None
    """The status or the period that a line above the next project's title has said, and its field."""
    told: bool = False
    """Whether the field above stands behind a term (`dt`)."""

    def card_under(self) -> Block | None:
        """The project that the card closes: it follows its fields, or another of its cards."""
        goes_on = self.field not in ("", "page") or (self.page.cards and self.page.cards[-1].under is self.block)
        return self.block if goes_on else None

    def open_section(self, line: Line, found: layout.Heading) -> None:
        """A section under another has what the words of its own heading do not say from the one above."""
        self.close_sections(line.level)
        above = self.section or Section(0, 0, "", "")
        self.section = Section(line.start, line.end, found.unit or above.unit, found.status_code or above.status_code)
        self.open.append((line.level, self.section))
        self.page.sections.append(self.section)
        self.field = ""

    def close_sections(self, level: int) -> None:
        """Closes the sections that a heading of that level ends, and the project in them."""
        self.open = [(of, section) for of, section in self.open if 0 < of < level]
        self.section = self.open[-1][1] if self.open else None
        self.block = None

    def note(self, line: Line) -> None:
        """A line that the source marks as labelled, by an unlisted label: kept with its label in the description."""
        assert self.block is not None
        # Of a register the heading of the column is told once; its cells are no labels of the page.
        in_column = not self.page.source.places(line.start, line.start + 1)
        self.block.add("note", Part(line.start, line.end, "column_note" if in_column else "unknown_label"))
        self.field, self.told = "note", True

    def open_block(self, *, titled: bool = False, named: bool = False) -> Block:
        """Begins a project: `titled` where a marked heading names it, `named` where a title of its own does."""
        self.block = Block(self.section, titled=titled, named=named)
        self.page.blocks.append(self.block)
        if self.tag:
            self.block.add(*self.tag)
            self.tag = None
        return self.block

    def begin(self, name: str, line: Line) -> None:
        """What follows goes on with a field that a label has opened; where an element of the page holds the value, only
        more of whom to ask does."""
        self.told = line.part in (TERM, ROW)
        self.field = "title" if line.mark.column and not self.told and name not in CONTACTS else name

    def extend(self, line: Line, *, fresh: bool = False) -> None:
        """Puts a line last in the field above it; a `fresh` paragraph where there is no field has no place."""
        assert self.block is not None
        if fresh and self.field in ("", "page", "address"):
            self.page.unplaced.append(line)
            return
        parts = self.block.parts.setdefault(self.field, [Part(line.start, line.start, "late_line")])
        last = parts[-1]
        if last.end > last.start and self.is_cut(last.end, line.start):
            parts.append(Part(line.start, line.end, last.rule))  # what stands between is no text of the field
            return
        start = max(line.start, last.start) if last.start >= last.end else last.start
        parts[-1] = Part(start, line.end, last.rule, last.label, last.words)

    def status(self, line: Line) -> None:
        """Takes a line that says the project's status; what follows it is no more of the field above."""
        assert self.block is not None
        self.block.add("status", Part(line.start, line.end, "status_line"))
        self.field = self.field if self.field in ("title", "prose") else "late"

    def is_cut(self, start: int, end: int) -> bool:
        """Whether the end of a printed page stands between two places."""
        return bisect_left(self.marks, start) < bisect_left(self.marks, end)

    def prose(self, line: Line, whole: str) -> None:
        """Takes the first line of a paragraph of prose, judged by the whole of it: names and phrases may be wrapped."""
        assert self.block is not None
        if named := layout.title_in_phrase(whole, self.page.source.lists):
            where = (line.start + named.start("title"), line.start + named.end("title"))
            if "title" not in self.block.parts:
                self.block.add("title", Part(*where, "title_phrase"))
        start = line.start + len(line.text) - len(line.text.lstrip())
        if "prose" in self.block.parts and self.field == "prose":
            self.extend(line)
        else:
            self.block.add("prose", Part(start, line.end, "prose"))
        self.block.closed |= any(
            row["stage"] == "closing" for row, _ in layout.phrases_in(whole, self.page.source.lists)
        )
        self.field = "prose"

    def awaits_value(self) -> bool:
        """Whether the label just read stood alone on its line: what comes next is its value, whatever it looks like."""
        parts = self.block.parts.get(self.field) if self.block else None
        return bool(parts and parts[-1].start >= parts[-1].end)
