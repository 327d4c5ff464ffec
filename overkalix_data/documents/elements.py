"""A page's elements as they come → the text that a reader of the page sees, every character with its place.

What tells of them (`html`, `markdown`) knows the signs by which a source marks them; here is what they mean.
"""

from collections import Counter
from collections.abc import Mapping
from html import unescape

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import INVISIBLE
from overkalix_data.documents.column_meaning import is_label
from overkalix_data.documents.html_table import HtmlTable, span_of
from overkalix_data.documents.html_tag_kinds import (
    BEFORE,
    BLOCKS,
    DEEPEST,
    HEADINGS,
    IMPLIED,
    IN_HEAD,
    LABELLING,
    LINK_TEXT,
    NO_HEADING,
    SIGN_TAGS,
    VOID,
    Open,
    is_action,
    is_sign,
    is_site,
    level_of,
    look_of,
    part_of,
    place_in,
    says_target,
    style_of,
    target_of,
)
from overkalix_data.documents.markup_labels import MarkupLabels
from overkalix_data.documents.placed_text import ITEM, SECTION_LEVEL, Writer
from overkalix_data.documents.register import write_table
from overkalix_data.documents.register_legend import legend_of

LEGEND = 300
"""Characters before a table in which a paragraph may tell the unit of its amounts."""


class Elements:
    """Writes what is seen of elements, words and references, told of in the order of the source.

    Each comes with where its sign or its words stand there: `start`, and `end`, exclusive.
    """

    def __init__(self, source: str, lists: Lists) -> None:
        self.source, self.lists = source, lists
        self.out = Writer()
        self.open: list[Open] = []
        self.names = Counter[str]()
        """How many elements of each name stand open."""
        self.tables: list[HtmlTable] = []
        self.dropped = 0
        """How many open elements hide what is in them."""
        self.gap = 0
        """What separates the next character from the last: 0 nothing, 1 a space, 2 a line, 3 a paragraph."""
        self.line_at = 0
        """Where the line begins that is being written."""
        self.begun = 0
        """How many lines have begun."""
        self.span_end = -1
        """Where in the source the last `</span>` ended: one right behind it stands on a line of its own."""
        self.after_item = False
        """Whether an item of a list has just ended: the next goes on with the list."""
        self.after_label = False
        """Whether a label in bold has just ended: if no colon follows, one is ours to write."""
        self.labels = MarkupLabels(lists)

    def begin(self, tag: str, given: Mapping[str, str], start: int, end: int) -> None:
        """An element begins, with the attributes it is given."""
        if tag not in IN_HEAD and self.open and self.open[-1].tag == "head":
            self._close_last(start)  # nobody wrote that it ends
        if tag in VOID:
            self.void(tag, given, start, end)
            return
        if tag in IMPLIED:
            self._close_implied(tag, start)
        if tag in NO_HEADING or tag in HEADINGS:
            self._close_heading(start)
        if tag in ("td", "th") and self.after_label:
            self.out.say(":")  # of the label in the cell before, and no part of this one
            self.after_label = False
        opened = Open(tag, start, len(self.out.chars), look_of(tag, given), given.get("class", ""), self.begun)
        if self.dropped or is_site(tag, given, self.lists):
            self.dropped += 1
        elif tag in BLOCKS:
            self._break(3)
            opened.level, opened.part = (
                level_of(tag, given, self.open, self.names["details"]),
                ITEM if tag == "li" and self.after_item else part_of(tag, given, self.lists),
            )
            self.after_item = False
            self._open_table(tag, given)
        elif tag == "span" and start == self.span_end and given:
            self._break(2)
            opened.level = level_of(tag, given, self.open, self.names["details"])
            opened.part = part_of(tag, given, self.lists)
        elif part := part_of(tag, given, self.lists):
            opened.part = part
        elif tag == "a" and (href := given.get("href", "")).lower().startswith(("mailto:", "tel:")):
            opened.href, opened.href_at = target_of(href), place_in(self.source, start, end, target_of(href))
        self._open(opened)

    def end(self, tag: str, start: int, end: int) -> None:
        """An element ends, and what stands open inside it; nothing, where none of that name is open."""
        if tag in HEADINGS and not self.names[tag]:
            self._close_heading(start)  # `<h1>…</h2>`
        if not self.names[tag]:
            return
        self.span_end = end if tag == "span" else -1
        while self._close_last(end).tag != tag:
            continue

    def data(self, words: str, at: int) -> None:
        """Words of the page."""
        if self.dropped:
            return
        plain = self.names["pre"] > 0
        for n, char in enumerate(words, start=at):
            if char == "\n" and plain:
                self._break(2)
            else:
                self._put(char, n, n + 1)

    def finish(self) -> Writer:
        """Closes what the page left open; the text."""
        while self.open:
            self._close_last(len(self.source))
        self.out.emphases = self.labels.emphases
        self.out.insert(self.labels.found(self.out))
        return self.out

    # What the events do.

    def _open(self, opened: Open) -> None:
        if len(self.open) >= DEEPEST:
            self._close_last(opened.start)
        self.open.append(opened)
        self.names[opened.tag] += 1

    def _close_last(self, end: int) -> Open:
        opened = self.open.pop()
        self.names[opened.tag] -= 1
        self._closed(opened, end)
        return opened

    def reference(self, words: str, start: int) -> None:
        """A character by its name or number, without the semicolon."""
        end = start + len(words)
        end += self.source[end : end + 1] == ";"
        if not self.dropped:
            for char in unescape(self.source[start:end]):
                self._put(char, start, end)

    def _put(self, char: str, start: int, end: int) -> None:
        """A character of the page; white space waits until there is something after it."""
        if char in " \t\r\n\f":
            self.gap = max(self.gap, 1)
            return
        if char > "~" and INVISIBLE.match(char):
            return
        if self.after_label and char not in ":?,":
            self.out.say(":")
            self.gap = max(self.gap, 1)
        self.after_label = False
        if self.gap and self.out.chars:
            self.out.say(("", " ", "\n", "\n\n")[self.gap])
        if self.gap > 1 or not self.out.chars:
            self._begin_line()
        self.gap = 0
        self.out.put(char, start, end)

    def _begin_line(self) -> None:
        """Remembers what the source marks a line as."""
        marked = next((opened for opened in reversed(self.open) if opened.level or opened.part), Open("", 0, 0))
        self.line_at, self.begun = len(self.out.chars), self.begun + 1
        self.out.mark(level=marked.level, part=marked.part, style=style_of(self.open))

    def _break(self, gap: int) -> None:
        self.gap = max(self.gap, gap) if self.out.chars else 0

    def void(self, tag: str, given: Mapping[str, str], start: int, end: int) -> None:
        """An element without anything in it."""
        if self.dropped:
            return
        if tag == "br":
            # Two in a row are how editors write a new paragraph.
            self.gap = 3 if self.gap == 2 else max(self.gap, 2)
        elif tag == "hr":
            self._break(3)
        elif tag == "img" and (alt := given.get("alt", "").strip()):
            # The words for a picture, on a line of their own: the text pages that we know have them so.
            self._break(3)
            self._attribute(alt, place_in(self.source, start, end, alt))
            self._break(3)

    def _attribute(self, words: str, place: tuple[int, int]) -> None:
        for n, char in enumerate(words):
            self._put(char, min(place[0] + n, place[1]), min(place[0] + n + 1, place[1]))

    def _closed(self, opened: Open, end: int) -> None:
        if self.dropped:
            self.dropped -= 1
            self.out.told += [(opened.start, end, "site")] if not self.dropped else []
            return
        if opened.href:
            self._close_link(opened, end)
        if opened.tag in SIGN_TAGS:
            before = "".join(self.out.chars[max(opened.chars - BEFORE, 0) : opened.chars])
            if is_sign(opened.tag, "".join(self.out.chars[opened.chars : opened.chars + LINK_TEXT]).strip(), before):
                self.out.cut(opened.chars)  # the sign by which an accordion opens, or the number of a footnote
                self.out.told.append((opened.start, end, "site"))
        if opened.part == "dt" and len(self.out.chars) > opened.chars and self.out.chars[-1] not in ":?":
            self.out.say(":")
        if opened.tag in LABELLING and 0 < len(self.out.chars) - opened.chars <= LINK_TEXT:
            words = "".join(self.out.chars[opened.chars :])
            self._part_facts(opened, words)
            begins = self._begins_line(opened.chars, words)
            self.after_label = self.labels.set_apart(opened.chars, words, [*self.open, opened], begins=begins)
        if opened.tag not in BLOCKS and self.gap < 2 and opened.chars <= self.line_at < len(self.out.chars):
            self.out.mark(self.line_at, lead=len(self.out.chars) - self.line_at)
        self.labels.ended(opened, self.open, self.out.chars)
        if opened.tag not in BLOCKS and self.begun > opened.begun + 1:
            self._break(3)  # a card: what holds several lines stands apart
        self._close_table(opened)
        self.after_item = opened.tag == "li"
        if opened.tag in BLOCKS:
            # A term and what is told of it are one line of text.
            self._break(1 if opened.part == "dt" else 3)

    def _close_link(self, opened: Open, end: int) -> None:
        """Tells the address or number that a link leads to, where its words do not."""
        words = "".join(self.out.chars[opened.chars : opened.chars + LINK_TEXT])
        if says_target(words, opened.href):
            return
        if is_action(words.strip(), self.lists):
            self.out.cut(opened.chars)
            self.out.told.append((opened.start, end, "site"))
        self.gap = max(self.gap, 1)
        self._attribute(opened.href, opened.href_at)

    def _part_facts(self, opened: Open, words: str) -> None:
        """Begins a line at a label in bold that stands behind other facts: `<b>Tid:</b> … <b>Ägare:</b> …`."""
        at = opened.chars
        if words.startswith(" ") and words.endswith(":") and is_label(words.strip(" :"), self.lists):
            self.out.chars[at] = "\n"
            self.line_at, self.begun = at + 1, self.begun + 1
            self.out.mark(at + 1, style=style_of([*self.open, opened]))

    def _begins_line(self, at: int, words: str) -> bool:
        """Whether the words from there on are all that stands on their line so far."""
        before = "".join(self.out.chars[max(at - 3, 0) : at])
        return not before.rstrip(" \u00a0") or before.rstrip(" \u00a0").endswith("\n") or words.startswith("\n")

    # Tables: cells are written as they come, and anew as labelled lines where the table turns out to be a register.

    def _open_table(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "table":
            self.tables.append(HtmlTable(len(self.out.chars)))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1].rows:
            self.tables[-1].spans.append((span_of(given.get("colspan", "")), span_of(given.get("rowspan", ""))))

    def _close_table(self, opened: Open) -> None:
        if opened.tag in ("td", "th") and self.tables and self.tables[-1].rows and self.tables[-1].spans:
            columns, rows = self.tables[-1].spans.pop()
            self.tables[-1].rows[-1].append((opened.chars, len(self.out.chars), columns, rows))
        elif opened.tag == "caption" and self.tables:
            self.tables[-1].caption = (opened.chars, len(self.out.chars))
        elif opened.tag == "table" and self.tables:
            table, made = self.tables.pop(), Writer()
            caption = table.caption_cell(self.out)
            if caption.words:
                made.line(level=SECTION_LEVEL)
                made.cell(caption)
                made.line()
            above = "".join(self.out.chars[max(table.at - LEGEND, 0) : table.at]).rstrip().rpartition("\n")[2]
            legend = legend_of(f"{caption.words}. {above}")
            if write_table(table.filled(self.out), made, self.lists, legend=legend):
                self.labels.cut(table.at)
                self.out.cut(table.at)
                self.out.add(made)

    def _close_heading(self, at: int) -> None:
        """Closes the heading that stands open: nobody means a list or another heading to stand inside one."""
        if any(self.names[tag] for tag in HEADINGS):
            while self._close_last(at).tag not in HEADINGS:
                continue

    def _close_implied(self, tag: str, at: int) -> None:
        """`<p>`, `<li>` and their kin end where the next one begins, also where nobody wrote so."""
        ends, bounds = IMPLIED[tag]
        for n in range(len(self.open) - 1, -1, -1):
            if self.open[n].tag in ends:
                while len(self.open) > n:
                    self._close_last(at)
            elif self.open[n].tag in bounds:
                return
