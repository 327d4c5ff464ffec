"""A source → its project blocks, page-level rows and the use of every line (contract §4, rules 1–3 and 5).

A block starts at its title, or, where titles are lost, at the first labelled field after the fields of the one before,
or at prose that names aims, period or funders. What no rule reads is kept as unplaced, never dropped.
"""

from overkalix_data import layout
from overkalix_data.page import Block, Card, Page, Part, Section
from overkalix_data.read import Line, Source

PROSE_SIGNS = 2
"""Signs that prose must show to be a project: fewer is a late line of the project above, or text of the page."""

PROSE_LINES = 40
"""How far ahead prose is judged. A bound, so that a long text without labels is read in linear time."""


def parse_page(source: Source) -> Page:
    """Reads every line of a source once, from the top; see the module for the rules."""
    reader = _Reader(source)
    at = 0
    while at < len(reader.lines):
        at += reader.read(at)
    return reader.page


class _Reader:
    """Walks the non-blank lines and remembers the section, the project and the field it is in."""

    def __init__(self, source: Source) -> None:
        self.page = Page(source)
        self.lines = [_stripped(line) for line in source.lines if line.text.strip()]
        self.section: Section | None = None
        self.block: Block | None = None
        self.field = ""
        # What has been judged of a line, so that looking ahead from every paragraph stays linear.
        self.signs: dict[int, frozenset[str]] = {}
        self.ends: dict[int, bool] = {}

    def read(self, at: int) -> int:
        """Takes the line at that place, and returns how many lines it took."""
        line, fresh = self.lines[at], self._fresh(at)
        if kind := layout.furniture(line.text):
            (self.page.logotypes if kind == "logotype" else self.page.furniture).append(line)
            self.field = "page"
        elif fresh and self._alone(at) and (found := layout.heading(line.text)):
            self._open_section(line, found)
        elif not self._awaits_value() and (taken := layout.card_length(self.lines[at : at + layout.CARD_LINES + 2])):
            headed = int(layout.is_card_heading(line.text))
            self.page.cards.append(Card(line if headed else None, self.lines[at + headed : at + taken]))
            self.field = "page"
            return taken
        elif known := layout.label(line.text, fresh=fresh, paragraph=self._whole(at)):
            self._label(at, known)
        elif not fresh and self.field == "address":
            self.page.addresses.append(line)
        elif self._awaits_value() or (not fresh and self.block and self.field not in ("", "page")):
            self._extend(line)
        else:
            self._paragraph(at)
        return 1

    def _fresh(self, at: int) -> bool:
        return at == 0 or self.lines[at].number - self.lines[at - 1].number > 1

    def _alone(self, at: int) -> bool:
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        return after is None or after.number - self.lines[at].number > 1 or layout.label(after.text, fresh=True) is not None

    def _whole(self, at: int) -> str:
        """The line with those that go on from it without an empty line between, `PROSE_LINES` at most."""
        last = at
        while last < at + PROSE_LINES and last + 1 < len(self.lines) and not self._fresh(last + 1):
            last += 1
        return self.page.source.text[self.lines[at].start : self.lines[last].end]

    def _open_section(self, line: Line, found: layout.Heading) -> None:
        self.section = Section(line.start, line.end, found.unit, found.status_code)
        self.page.sections.append(self.section)
        self.block, self.field = None, ""

    def _open_block(self) -> Block:
        self.block = Block(self.section)
        self.page.blocks.append(self.block)
        return self.block

    def _label(self, at: int, known: layout.Label) -> None:
        line = self.lines[at]
        if known.form == "address":
            self.page.addresses.append(line)
            self.field = "address"
        elif known.form == "unknown" and (self.block is None or self.block.closed):
            self.page.unknown_labels.append(line)
            self.field = "page"
        elif known.form == "unknown":
            self.page.unknown_labels.append(line)
            self._extend(line, fresh=True)
        else:
            block = self.block
            if block is None or _starts_project(block, known):
                block = self._open_block()
            if known.form == "title_prefix":
                colon = line.text.index(":", known.end)
                words = (line.start + known.start, line.start + known.end)
                block.add("title", Part(line.start + known.end, line.start + colon, "label", words))
                self._prose(Line(line.number, line.start + colon + 1, line.text[colon + 1 :]), self._whole(at)[colon + 1 :])
                return
            label = (line.start + known.start, line.start + known.end) if known.value >= known.end else None
            rule = "phrase" if known.form == "phrase" else "label"
            block.add(known.field, Part(line.start + known.value, line.end, rule, label, known.words))
            block.closed |= known.stage == "closing"
            self.field = known.field

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
        goes_on = not self._fresh(at) and self.page.unplaced[-1:] == [self.lines[at - 1]]
        if may_open and not goes_on and self._names_project(at):
            self._open_block()
            self._prose(line, self._whole(at))
        elif may_open and layout.is_title(line.text) and self._label_follows(at):
            self._open_block().add("title", Part(line.start, line.end, "title_line"))
            self.field = "title"
        elif block is None or self.field == "page":
            self.page.unplaced.append(line)
        elif block.closed and self.field != "prose":
            block.add("late", Part(line.start, line.end, "late_line"))
            self.field = "late"
        elif "prose" in block.parts and self.field == "prose":
            self._prose(line, self._whole(at))
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

    def _awaits_value(self) -> bool:
        """Whether the label just read stood alone on its line: what comes next is its value, whatever it looks like."""
        parts = self.block.parts.get(self.field) if self.block else None
        return bool(parts and parts[-1].start >= parts[-1].end)

    def _names_project(self, at: int) -> bool:
        """Whether the prose from here to the next label, heading or card shows signs enough of a project.

        A title phrase in its first paragraph counts two, each field that the prose names one.
        """
        whole, signs = self._whole(at), set(self._signs(at))
        for n in range(at + 1, min(at + PROSE_LINES, len(self.lines))):
            if self._ends_prose(n):
                break
            if self._fresh(n):
                signs |= self._signs(n)
        return 2 * (layout.title_in_phrase(whole) is not None) + len(signs) >= PROSE_SIGNS

    def _signs(self, at: int) -> frozenset[str]:
        if at not in self.signs:
            self.signs[at] = layout.prose_signs(self._whole(at))
        return self.signs[at]

    def _ends_prose(self, at: int) -> bool:
        """Whether a line is no more of the prose above it: a label, heading, card, furniture or another title phrase."""
        if at not in self.ends:
            line, fresh = self.lines[at], self._fresh(at)
            known = layout.label(line.text, fresh=fresh)
            self.ends[at] = bool(
                (known and known.form in ("label", "address", "title_prefix"))
                or layout.furniture(line.text)
                or (fresh and self._alone(at) and layout.heading(line.text))
                or layout.card_length(self.lines[at : at + layout.CARD_LINES + 2])
                or (fresh and layout.title_in_phrase(self._whole(at)))
            )
        return self.ends[at]

    def _label_follows(self, at: int) -> bool:
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        known = layout.label(after.text, fresh=True) if after else None
        return known is not None and known.stage in ("opening", "middle", "closing")


def _starts_project(block: Block, known: layout.Label) -> bool:
    """A label starts a project where the block has that label already, or has its last fields and this is a first one."""
    if known.form == "title_prefix" or (known.field == "title" and set(block.parts) - {"title"}):
        return True
    same = [p for p in block.parts.get(known.field, []) if p.words == known.words and p.rule == "label"]
    return (bool(same) and known.form == "label") or (block.closed and known.stage in ("opening", "middle"))


def _stripped(line: Line) -> Line:
    lead = len(line.text) - len(line.text.lstrip())
    return Line(line.number, line.start + lead, line.text.strip())
