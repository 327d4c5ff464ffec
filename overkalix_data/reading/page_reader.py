"""A source → its project blocks, page-level rows and the use of every line (contract §4, rules 1–3 and 5).

A block starts at its title, or, where titles are lost, at the first labelled field after the fields of the one before,
or at prose that names aims, period or funders. What no rule reads is kept as unplaced, never dropped.
"""

from collections.abc import Mapping

from overkalix_data.base.wording import sentences
from overkalix_data.documents.placed_text import ITEM, ROW, TERM, TITLE_ROWS, TOLD
from overkalix_data.documents.source import Line
from overkalix_data.reading import contact_cards as cards
from overkalix_data.reading import heading_roles as outline
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.draft_page import Building
from overkalix_data.reading.neighbours import Ahead
from overkalix_data.reading.not_projects import starts_project, take_back, tells_of
from overkalix_data.reading.page import FACTS, NAMES, ONE_LINE, Card, Page, Part
from overkalix_data.reading.page_text import Text
from overkalix_data.reading.title_form import names_owner, put_title
from overkalix_data.reading.title_lines import CONTACTS
from overkalix_data.values.status import status_named


def read_labelled(text: Text, roles: Mapping[int, str] | None = None, *, sure: bool = False) -> Page:
    """The page as a list of labelled fields: reads every line once, from the top, by the rules of the module.
    `roles`: what each marked line is (`heading_roles`), where a hypothesis has told it; `sure`: all are projects.
    """
    reader = _Reader(text, roles)
    at = 0
    while at < len(reader.lines):
        at += reader.read(at)
    if not sure:
        take_back(reader.built.page, reader.lines, reader.lists)
    cards.give_cards(reader.built.page, reader.lists)
    return reader.built.page


class _Reader:
    """Walks the non-blank lines and tells what each is; what is made of them is in `built`."""

    def __init__(self, text: Text, roles: Mapping[int, str] | None) -> None:
        self.lists, self.lines = text.source.lists, text.lines
        self.built = Building(Page(text.source, furniture=list(text.printed)), [line.start for line in text.printed])
        self.asked: set[str] = set()
        """The words of the labels behind which the page has told whom to ask."""
        self.roles = roles or outline.outline(self.lines, self.lists, text.source.profile.title_heading)
        titles = {at for at, role in self.roles.items() if role == outline.TITLE}
        self.ahead = Ahead(text.source, self.lines, marked=titles)

    def read(self, at: int) -> int:
        """Takes the line at that place, and returns how many lines it took."""
        line, fresh = self.lines[at], self.ahead.fresh(at)
        if at in self.ahead.tags:
            self.built.tag = (self.ahead.tag(at), Part(line.start, line.end, "status_line"))
            return 1
        if line.part == TOLD and self.built.told:
            # Whatever the words look like: the source itself says that they are the value of the label above.
            self.built.extend(line)
            return 1
        self.built.told = False
        if line.mark.column:
            return self._of_column(at)
        if line.part not in (TERM, ROW) and (kind := layout.furniture(line.text, self.lists)):
            (self.built.page.logotypes if kind == "logotype" else self.built.page.furniture).append(line)
            self.built.field = "page"
        elif (role := self.roles.get(at, "")) in (outline.SECTION, outline.TITLE, outline.PAGE) and self._heading(
            at, role
        ):
            pass
        elif self._says_status(at):
            self.built.status(line)
        elif (
            not line.level
            and fresh
            and self.ahead.alone(at)
            and not self.built.awaits_value()
            and (found := layout.heading(line.text, self.lists))
        ):
            self.built.open_section(line, found)
        elif (
            role != outline.LABEL
            and (fresh or self.built.field in ("", "page"))
            and not self.built.awaits_value()
            and (taken := self._card(at))
        ):
            headed = int(cards.is_card_heading(line.text, self.lists))
            self.built.page.cards.append(
                Card(line if headed else None, self.lines[at + headed : at + taken], self.built.card_under())
            )
            self.built.field = "page"
            return taken
        else:
            return self._read_text(at, role)
        return 1

    def _of_column(self, at: int) -> int:
        """Takes a line that a register's column has labelled: of its words nothing needs to be guessed."""
        if self.lines[at].part == ROW:
            self.built.open_block(titled=True)
        known = self.ahead.label(at)
        if known and known.form == "label":
            self._label(at, known)
        else:
            self.built.note(self.lines[at])
        return 1

    def _read_text(self, at: int, role: str) -> int:
        """Takes a line that is no furniture, heading or card: a title, a label, or words of a field or the page."""
        line, fresh = self.lines[at], self.ahead.fresh(at)
        if line.part in (TERM, ROW) and self.built.block and not self.ahead.is_listed(at):
            self.built.note(line)
        elif at in self.ahead.quoted:
            return self._title(at, owner=False)
        elif at + 1 in self.ahead.quoted and fresh and layout.is_title(line.text):
            self.built.open_section(line, layout.section_named(line.text, self.lists, top=True))
        elif at in self.ahead.titles and not self.built.awaits_value():
            return self._title(at, owner=self.ahead.titles[at].owner)
        elif fresh and cards.is_card_heading(line.text, self.lists) and ":" not in line.text and self._has_contact():
            return self._page_card(at)
        elif role != outline.TEXT and (known := self.ahead.label(at)) and not self._is_value(known, line):
            self._label(at, known)
        elif not fresh and self.built.field == "address":
            self.built.page.addresses.append(line)
        elif self.built.block and not self.built.awaits_value() and self.ahead.follows_facts(at):
            self.built.block.add("description", Part(line.start, line.end, "below_facts"))
            self.built.field = "description"
        elif self.built.awaits_value() or self._goes_on(at) or self._is_next(at) or self._is_wrapped(at):
            self.built.extend(line)
        elif self.built.block and not fresh and (self.built.field in ONE_LINE | {"title"} or self._has_ended(at)):
            self.built.prose(line, self.ahead.whole(at))
        elif self.built.block and self.built.block.titled and self.built.field != "page":
            self._in_titled(at, role)
        else:
            self._paragraph(at)
        return 1

    def _is_next(self, at: int) -> bool:
        """Whether a line is one more item of the list that the field above holds, or one more of its persons."""
        if self.built.block is None or self.built.field in ("", "page", "title", "prose", "late"):
            return False
        people = self.lines[at : at + cards.MOST_LINES]
        return self.lines[at].part == ITEM or (self.built.field in CONTACTS and cards.goes_on(people, self.lists))

    def _is_wrapped(self, at: int) -> bool:
        """Whether a line goes on with the paragraph above, in a project's field."""
        goes_on = not self.ahead.fresh(at) and not self._has_ended(at)
        return goes_on and self.built.block is not None and self.built.field not in ("", "page")

    def _has_ended(self, at: int) -> bool:
        """Whether the field above is a name, a day or an amount, or an aim told to its end, and a sentence begins."""
        if self.built.field in ONE_LINE | {"title"}:
            return self.ahead.opens_sentence(at)
        of_project = self.lists.sentence_words.by("kind")["project"].match(self.lines[at].text) is not None
        is_aim = self.built.field in ("goal", "purpose") and self.lines[at - 1].text.endswith(".")
        return of_project and (self.built.field in NAMES or (is_aim and bool(self.ahead.signs(at))))

    def _goes_on(self, at: int) -> bool:
        """Whether a line goes on with a sentence that the end of a printed page has cut."""
        line, last = self.lines[at], self.lines[at - 1] if at else None
        cut = last is not None and self.built.is_cut(last.end, line.start)
        return cut and line.text[:1].islower() and self.built.block is not None and self.built.field not in ("", "page")

    def _card(self, at: int) -> int:
        return cards.card_length(self.lines[at : at + cards.MOST_LINES], self.lists)

    def _heading(self, at: int, role: str) -> bool:
        """Takes a heading of the page, a section or a project, as the source marks it; a card keeps its own."""
        line = self.lines[at]
        if role == outline.SECTION:
            self.built.open_section(
                line,
                layout.heading(line.text, self.lists)
                or layout.section_named(line.text, self.lists, top=line.level == 1 or line.level in TITLE_ROWS),
            )
        elif role == outline.PAGE:
            self.built.close_sections(line.level)
            self.built.field = "page"
            if self._card(at):
                return False
            self.built.page.headings.append(line)
        elif line.part == ROW:
            # A register's row: what is on its first line is read as any labelled line.
            self.built.open_block(titled=True)
            return False
        else:
            known = line_label.label(line.text, self.lists, fresh=True)
            named = known if known and known.field in outline.TITLE_FIELDS else None
            label = (line.start + named.start, line.start + named.end) if named else None
            value = line.start + (named.value if named else 0)
            block = self.built.open_block(titled=True)
            if named and named.field != "title":
                block.add(named.field, Part(value, line.end, "title_heading", label, named.words))
            else:
                words = Line(line.number, value, self.built.page.source.text[value : line.end])
                put_title(block, words, "title_heading", self.lists, label, self.ahead.below(at))
            self.built.field = "title"
        return True

    def _title(self, at: int, *, owner: bool) -> int:
        """Takes a title line, and the owner's under it; gives how many lines that is."""
        block = self.built.open_block(named=True)
        put_title(block, self.lines[at], "title_line", self.lists, below=self.ahead.below(at))
        if owner:
            line = self.lines[at + 1]
            block.add("owner", Part(line.start, line.end, "owner_line"))
        self.built.field = "title"
        return 1 + owner

    def _in_titled(self, at: int, role: str) -> None:
        """A paragraph under a project's heading: prose, more of the field above, or, after the last, a late line."""
        assert self.built.block is not None
        line = self.lines[at]
        opens = self.built.field in ("title", "prose") or (self.built.field in ONE_LINE and line.text.endswith("."))
        is_bare = not line_label.begins_as_label(line.text, self.lists)
        if self.built.field == "title" and is_bare and names_owner(line.text, self.lists):
            self.built.block.add("owner", Part(line.start, line.end, "owner_line"))
        elif opens and role != outline.TEXT:
            self.built.prose(line, self.ahead.whole(at))
        elif role == outline.TEXT or self.built.block.closed or self.built.field == "late":
            self.built.block.add("late", Part(line.start, line.end, "late_line"))
            self.built.field = "late"
        else:
            self.built.extend(line, fresh=True)

    def _label(self, at: int, known: line_label.Label) -> None:
        line = self.lines[at]
        if known.form == "address":
            self.built.page.addresses.append(line)
            self.built.field = "address"
        elif known.form in ("unknown", "own"):
            self.built.page.unknown_labels.append(line)
            if self.built.block is None or (self.built.block.closed and known.form == "unknown"):
                self.built.field = "page"
            else:
                self.built.note(line)
        else:
            block = self.built.block
            goes_on = known.field in CONTACTS and self.built.field in CONTACTS  # another's number
            goes_on |= (
                block is not None
                and known.field == "title"
                and tells_of(block, line.text[known.value :], self.built.page)
            )
            if block is None or (not goes_on and starts_project(block, known, titles=self.ahead.titles_are_usual)):
                block = self.built.open_block()
            is_phrase = known.form == "phrase" and (block.named or block.titled)
            if is_phrase and (not block.labelled or len(sentences(line.text)) > 1):
                self.built.prose(line, self.ahead.whole(at))
                return
            if known.form == "title_prefix":
                colon = line.text.index(":", known.end)
                words = (line.start + known.start, line.start + known.end)
                block.add("title", Part(line.start + known.end, line.start + colon, "label", words))
                block.title_rest.append((line.start + colon, line.start + colon + 1))
                self.built.prose(
                    Line(line.number, line.start + colon + 1, line.text[colon + 1 :]), self.ahead.whole(at)[colon + 1 :]
                )
                return
            label = (line.start + known.start, line.start + known.end) if known.value >= known.end else None
            value = Line(line.number, line.start + known.value, line.text[known.value :])
            if known.field == "title" and value.text.strip():
                # `Projekt: Glasbrukets andra liv` under a headline: that is what it is called.
                for headline in block.parts.pop("title", []):
                    block.add("prose", headline)
                put_title(block, value, known.rule, self.lists, label)
            else:
                block.add(known.field, Part(value.start, line.end, known.rule, label, known.words))
            if known.field in CONTACTS and known.form == "label":
                self.asked.add(line.text[: known.end].strip())
            block.named |= known.field == "title"
            block.first = block.first or known.words
            block.closed |= known.stage == "closing"
            self.built.begin(known.field, line)

    def _paragraph(self, at: int) -> None:
        """Text that opens no field: a title, a prose project, more of the field above, or a late line."""
        line, block = self.lines[at], self.built.block
        may_open = block is None or block.closed
        goes_on = not self.ahead.fresh(at) and self.built.page.unplaced[-1:] == [self.lines[at - 1]]
        if (block is None or block.closed or not block.labelled) and not goes_on and self.ahead.names_prose(at):
            self._title(at, owner=False)
        elif block and block.named and self.built.field in ("title", "prose"):
            self.built.prose(line, self.ahead.whole(at))
        elif may_open and not goes_on and self.ahead.names_project(at):
            self.built.open_block()
            self.built.prose(line, self.ahead.whole(at))
        elif block is None or self.built.field == "page":
            self.built.page.unplaced.append(line)
        elif block.closed and self.built.field != "prose":
            block.add("late", Part(line.start, line.end, "late_line"))
            self.built.field = "late"
        elif "prose" in block.parts and self.built.field == "prose":
            self.built.prose(line, self.ahead.whole(at))
        else:
            self.built.extend(line, fresh=True)

    def _says_status(self, at: int) -> bool:
        """Whether a line says the status of the project it stands in: no heading can, unless right under its title."""
        text, block = self.lines[at].text, self.built.block
        if block is None or not self.ahead.fresh(at) or self.lines[at].part == TERM or text.endswith(":"):
            return False
        said, heading = status_named(text, self.lists), layout.heading(text, self.lists)
        if block.titled and self.built.field == "title":
            return bool(said or (heading and heading.status_code))
        if self.built.field not in FACTS or self.built.awaits_value() or "status" in block.parts:
            return False  # words of a goal's own
        return bool(said) and (not heading or at + 1 == len(self.lines))  # a heading has something under it

    def _is_value(self, known: line_label.Label, line: Line) -> bool:
        """Whether words like a label's are the value of the label above: `Startar i maj 2025 och löper …`."""
        is_paid = known.field == "co_financing" and self.built.field == "funder"
        if known.form == "own" or is_paid:
            return self.built.awaits_value() or (is_paid and line.part == ITEM)  # one more of the list under the label
        is_end = known.field in ("start", "end") and self.built.field == "period" and ":" not in line.text
        return is_end and self.built.awaits_value()

    def _has_contact(self) -> bool:
        """Whether the projects tell whom to ask behind another label: then a heading `Kontakt` is the page's own."""
        return bool(self.asked) and not any(
            cards.is_card_heading(words, self.lists) and ":" not in words for words in self.asked
        )

    def _page_card(self, at: int) -> int:
        """Takes the heading of the page's contact and the paragraph under it; gives how many lines that is."""
        last = next((n for n in range(at + 2, len(self.lines)) if self.ahead.fresh(n)), len(self.lines))
        self.built.page.cards.append(Card(self.lines[at], self.lines[at + 1 : last]))
        self.built.field = "page"
        return last - at
