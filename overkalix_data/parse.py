"""A source → its project blocks, page-level rows and the use of every line (contract §4, rules 1–3 and 5).

A block starts at its title, or, where titles are lost, at the first labelled field after the fields of the one before,
or at prose that names aims, period or funders. What no rule reads is kept as unplaced, never dropped.
"""

from overkalix_data import layout, outline
from overkalix_data.ahead import Ahead
from overkalix_data.block_limits import starts_project, take_back
from overkalix_data.page import Block, Card, Page, Part, Section
from overkalix_data.read import Line, Source
from overkalix_data.rendered import ROW, TERM, TOLD
from overkalix_data.titles import CONTACTS, put_title


def parse_page(source: Source) -> Page:
    """Reads every line of a source once, from the top; see the module for the rules."""
    reader = _Reader(source)
    at = 0
    while at < len(reader.lines):
        at += reader.read(at)
    take_back(reader.page, reader.lines)
    return reader.page


class _Reader:
    """Walks the non-blank lines and remembers the section, the project and the field it is in."""

    def __init__(self, source: Source) -> None:
        self.page = Page(source)
        self.lines = [_stripped(line) for line in source.lines if line.text.strip()]
        self.section: Section | None = None
        self.block: Block | None = None
        self.field = ""
        self.told = False
        """Whether the field above stands behind a term (`dt`)."""
        self.roles = outline.outline(self.lines)
        self.ahead = Ahead(source, self.lines, marked=outline.TITLE in self.roles.values())
        # Sections that stand open, outermost first, each with the level of its heading.
        self.open: list[tuple[int, Section]] = []

    def read(self, at: int) -> int:
        """Takes the line at that place, and returns how many lines it took."""
        line, fresh = self.lines[at], self.ahead.fresh(at)
        if line.part == TOLD and self.told:
            # Whatever the words look like: the source itself says that they are the value of the label above.
            self._extend(line)
            return 1
        self.told = False
        if line.part not in (TERM, ROW) and (kind := layout.furniture(line.text)):
            (self.page.logotypes if kind == "logotype" else self.page.furniture).append(line)
            self.field = "page"
        elif (role := self.roles.get(at, "")) in (outline.SECTION, outline.TITLE, outline.PAGE) and self._heading(at, role):
            pass
        elif not line.level and fresh and self.ahead.alone(at) and not self._awaits_status(line) and (found := layout.heading(line.text)):
            self._open_section(line, found)
        elif role != outline.LABEL and not self._awaits_value() and (taken := self._card(at)):
            headed = int(layout.is_card_heading(line.text))
            self.page.cards.append(Card(line if headed else None, self.lines[at + headed : at + taken]))
            self.field = "page"
            return taken
        elif line.part in (TERM, ROW) and self.block and not layout.is_known_label(line.text):
            self._note(line)
        elif at in self.ahead.titles and not self._awaits_value():
            return self._title(at, owner=self.ahead.titles[at].owner)
        elif role != outline.TEXT and (known := self.ahead.label(at)):
            self._label(at, known)
        elif not fresh and self.field == "address":
            self.page.addresses.append(line)
        elif self._awaits_value() or (not fresh and self.block and self.field not in ("", "page")):
            self._extend(line)
        elif self.block and self.block.titled and self.field != "page":
            self._in_titled(at, role)
        else:
            self._paragraph(at)
        return 1

    def _card(self, at: int) -> int:
        return layout.card_length(self.lines[at : at + layout.CARD_LINES + 2])

    def _open_section(self, line: Line, found: layout.Heading) -> None:
        """A section under another has what the words of its own heading do not say from the one above."""
        self._close_sections(line.level)
        above = self.section or Section(0, 0, "", "")
        self.section = Section(line.start, line.end, found.unit or above.unit, found.status_code or above.status_code)
        self.open.append((line.level, self.section))
        self.page.sections.append(self.section)
        self.field = ""

    def _heading(self, at: int, role: str) -> bool:
        """Takes a line that the source marks as a heading of the page, a section or a project; a card's own heading is left to the card."""
        line = self.lines[at]
        if role == outline.SECTION:
            self._open_section(line, layout.heading(line.text) or layout.section_named(line.text, top=line.level == 1))
        elif role == outline.PAGE:
            self._close_sections(line.level)
            self.field = "page"
            if self._card(at):
                return False
            self.page.headings.append(line)
        elif line.part == ROW:
            # A register's row: what is on its first line is read as any labelled line.
            self._open_block(titled=True)
            return False
        else:
            known = layout.label(line.text, fresh=True)
            named = known if known and known.field in outline.TITLE_FIELDS else None
            label = (line.start + named.start, line.start + named.end) if named else None
            value = line.start + (named.value if named else 0)
            if named and named.field != "title":
                self._open_block(titled=True).add(named.field, Part(value, line.end, "title_heading", label, named.words))
            else:
                put_title(self._open_block(titled=True), Line(line.number, value, self.page.source.text[value : line.end]), "title_heading", label)
            self.field = "title"
        return True

    def _title(self, at: int, *, owner: bool) -> int:
        """Takes a title line, and the owner's under it; gives how many lines that is."""
        block = self._open_block(named=True)
        put_title(block, self.lines[at], "title_line")
        if owner:
            line = self.lines[at + 1]
            block.add("owner", Part(line.start, line.end, "owner_line"))
        self.field = "title"
        return 1 + owner

    def _close_sections(self, level: int) -> None:
        self.open = [(of, section) for of, section in self.open if 0 < of < level]
        self.section = self.open[-1][1] if self.open else None
        self.block = None

    def _in_titled(self, at: int, role: str) -> None:
        """A paragraph under a project's own heading: prose, more of the field above, or, after its last fields, a late line."""
        assert self.block is not None
        line = self.lines[at]
        if self.field in ("title", "prose") and role != outline.TEXT:
            self._prose(line, self.ahead.whole(at))
        elif role == outline.TEXT or self.block.closed or self.field == "late":
            self.block.add("late", Part(line.start, line.end, "late_line"))
            self.field = "late"
        else:
            self._extend(line, fresh=True)

    def _note(self, line: Line) -> None:
        """A line that the source marks as labelled, by a label that no list knows: kept with its label in the description."""
        assert self.block is not None
        self.block.add("note", Part(line.start, line.end, "unknown_label"))
        self.field, self.told = "note", True

    def _open_block(self, *, titled: bool = False, named: bool = False) -> Block:
        self.block = Block(self.section, titled=titled, named=named)
        self.page.blocks.append(self.block)
        return self.block

    def _label(self, at: int, known: layout.Label) -> None:
        line = self.lines[at]
        if known.form == "address":
            self.page.addresses.append(line)
            self.field = "address"
        elif known.form == "unknown":
            self.page.unknown_labels.append(line)
            if self.block is None or self.block.closed:
                self.field = "page"
            else:
                self._note(line)
        else:
            block = self.block
            if block is None or starts_project(block, known, titles=self.ahead.titles_are_usual):
                block = self._open_block()
            if known.form == "phrase" and block.named and not block.labelled:
                self._prose(line, self.ahead.whole(at))
                return
            if known.form == "title_prefix":
                colon = line.text.index(":", known.end)
                words = (line.start + known.start, line.start + known.end)
                block.add("title", Part(line.start + known.end, line.start + colon, "label", words))
                block.title_rest.append((line.start + colon, line.start + colon + 1))
                self._prose(Line(line.number, line.start + colon + 1, line.text[colon + 1 :]), self.ahead.whole(at)[colon + 1 :])
                return
            label = (line.start + known.start, line.start + known.end) if known.value >= known.end else None
            rule = "phrase" if known.form == "phrase" else "label"
            value = Line(line.number, line.start + known.value, line.text[known.value :])
            if known.field == "title" and value.text.strip():
                put_title(block, value, rule, label)
            else:
                block.add(known.field, Part(value.start, line.end, rule, label, known.words))
            block.named |= known.field == "title"
            block.first = block.first or known.words
            block.closed |= known.stage == "closing"
            self.field, self.told = known.field, line.part in (TERM, ROW)

    def _extend(self, line: Line, *, fresh: bool = False) -> None:
        assert self.block is not None
        if fresh and self.field in ("", "page", "address"):
            self.page.unplaced.append(line)
            return
        parts = self.block.parts[self.field]
        last = parts[-1]
        start = max(line.start, last.start) if last.start >= last.end else last.start
        parts[-1] = Part(start, line.end, last.rule, last.label, last.words)

    def _paragraph(self, at: int) -> None:
        """Text that opens no field: a title, a prose project, more of the field above, or a late line."""
        line, block = self.lines[at], self.block
        may_open = block is None or block.closed
        goes_on = not self.ahead.fresh(at) and self.page.unplaced[-1:] == [self.lines[at - 1]]
        if (block is None or block.closed or not block.labelled) and not goes_on and self.ahead.names_prose(at):
            self._title(at, owner=False)
        elif block and block.named and self.field == "title":
            self._prose(line, self.ahead.whole(at))
        elif may_open and not goes_on and self.ahead.names_project(at):
            self._open_block()
            self._prose(line, self.ahead.whole(at))
        elif block and self.field in CONTACTS and layout.tells_of_person(line.text):
            self._extend(line, fresh=True)
        elif block is None or self.field == "page":
            self.page.unplaced.append(line)
        elif block.closed and self.field != "prose":
            block.add("late", Part(line.start, line.end, "late_line"))
            self.field = "late"
        elif "prose" in block.parts and self.field == "prose":
            self._prose(line, self.ahead.whole(at))
        else:
            self._extend(line, fresh=True)

    def _prose(self, line: Line, whole: str) -> None:
        """Takes the first line of a paragraph of prose, judged by the whole paragraph: names and phrases may be wrapped."""
        assert self.block is not None
        if named := layout.title_in_phrase(whole):
            where = (line.start + named.start("title"), line.start + named.end("title"))
            if "title" not in self.block.parts:
                self.block.add("title", Part(*where, "title_phrase"))
        start = line.start + len(line.text) - len(line.text.lstrip())
        if "prose" in self.block.parts:
            self.field = "prose"
            self._extend(line)
        else:
            self.block.add("prose", Part(start, line.end, "prose"))
        self.block.closed |= any(row["stage"] == "closing" and form.search(whole) for row, form in layout.phrases())
        self.field = "prose"

    def _awaits_status(self, line: Line) -> bool:
        """Whether the line is the value of a status label: `Pågående` under `Status` is no heading of a section."""
        return self.field == "status" and self._awaits_value() and bool(layout.status_named(line.text))

    def _awaits_value(self) -> bool:
        """Whether the label just read stood alone on its line: what comes next is its value, whatever it looks like."""
        parts = self.block.parts.get(self.field) if self.block else None
        return bool(parts and parts[-1].start >= parts[-1].end)


def _stripped(line: Line) -> Line:
    lead = len(line.text) - len(line.text.lstrip())
    return Line(line.number, line.start + lead, line.text.strip(), line.level, line.part)
