"""Which lines of a page are titles of projects, with the owner below, told by what stands under them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overkalix_data.base.lists import Lists
from overkalix_data.documents.source import Line
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.title_form import SHORT, has_contact_points, looks_like_title, without_form
from overkalix_data.values.funder import is_organisation

BETWEEN = 3
"""Lines (an owner, a short description) that may stand between a title and its first label."""
PROSE_AFTER = 60
"""Characters: a paragraph under a title that is longer than this is prose."""
MOST = 0.6
"""Titles set close to the fields above them are believed where at least this share of a page's projects have one."""
CONTACTS = frozenset({"contact", "leader"})


@dataclass(frozen=True)
class Title:
    """A title line: how many lines it takes with its owner, and whether the second of them is the owner."""

    owner: bool = False


_HEAD = re.compile(r"[^a-zåäö]+|[A-ZÅÄÖ]\w{2,20} \d{1,3}")
"""A place in capitals, or the number of a hit, over a title: `ÅTVIDABERG`, `Träff 1`."""


class Titles:
    """The title lines of a page without marked headings, told by what stands under them."""

    def __init__(
        self, lines: Sequence[Line], labels: "Sequence[line_label.Label | None]", fresh: Sequence[bool], lists: Lists
    ) -> None:
        self.lines, self.labels, self.fresh, self.lists = lines, labels, fresh, lists
        self._plain_of: dict[int, bool] = {}

    def found(self) -> Mapping[int, Title]:
        """Place of a line → the title that it is."""
        found: dict[int, Title] = {}
        close: set[int] = set()
        seen: dict[str, str] = {}
        waits, inside, until, last = False, False, 0, 0
        for at in range(len(self.lines)):
            known = self.labels[at]
            if known:
                if known.words in seen:
                    seen = {}
                seen[known.words] = known.stage
                waits, inside = not self.lines[at].text[known.value :].strip(), False
                last = at
            elif waits or (inside and not self.fresh[at]):
                # The value of a label that stands on a line of its own goes on to the next empty line.
                waits, inside = False, inside or self.fresh[last]
            elif layout.heading(self.lines[at].text, self.lists) and self.fresh[at]:
                seen = {}
            elif at >= until and (title := self._title(at, seen)):
                found[at] = title
                seen, until = {}, at + 1 + title.owner
                close |= set() if self.fresh[at] else {at}
        owned = {at for at, title in found.items() if title.owner and self.fresh[at + 1]}
        if len(owned) < MOST * len(found):
            # Where few titles have an owner in a paragraph below, that is the title, and the line over it the page's.
            found = {at + (at in owned): Title() if at in owned else title for at, title in found.items()}
        if not self.are_usual(found):
            return {at: title for at, title in found.items() if at not in close}
        return found

    def are_usual(self, found: Mapping[int, Title]) -> bool:
        """Whether most projects of the page have a title: a line of its own, or one behind a label."""
        labelled = sum(known is not None and known.field == "title" for known in self.labels)
        return len(found) + labelled >= max(MOST * self._projects(), 2)

    def _projects(self) -> float:
        """About how many projects the labels tell: as many as the label that stands most often, however it is spelt."""
        told = [
            known for known in self.labels if known and known.field not in CONTACTS | {"note", "co_financing", "title"}
        ]
        words, fields = Counter(k.words for k in told), Counter(k.field for k in told)
        return max(*words.values(), *(MOST * n for n in fields.values()), 0, 0)

    def _title(self, at: int, seen: Mapping[str, str]) -> Title | None:
        if not self._plain(at) or not looks_like_title(self.lines[at].text, self.lists):
            return None
        label_at = next((n for n in range(at + 1, min(at + 2 + BETWEEN, len(self.lines))) if self.labels[n]), None)
        if label_at is None or not all(self._plain(n) for n in range(at + 1, label_at)):
            return None
        if self._is_wrapped(at, label_at):
            return None
        known = self.labels[label_at]
        assert known is not None
        if known.field in ("title", "label") or (known.field in CONTACTS and not self._has_more(label_at)):
            return None
        closed = "closing" in seen.values()
        if (
            seen
            and known.words not in seen
            and not (closed and known.stage in ("opening", "middle"))
            and not (self.fresh[at] and closed and known.field not in CONTACTS)
        ):
            return None
        if not self.fresh[at] and self.fresh[label_at] and label_at == at + 1:
            # The last line of a wrapped value: a title close to the fields above it stands close to its own too.
            return None
        return self._with_owner(at, label_at)

    def _with_owner(self, at: int, label_at: int) -> Title | None:
        """A title in its own right just before the label leaves nothing to lines before it, unless it is the owner."""
        for n in range(at + 1, label_at):
            words = self.lines[n].text
            if not looks_like_title(words, self.lists) or len(words) > SHORT:
                continue
            first = n == at + 1
            is_head = _HEAD.fullmatch(self.lines[at].text) is not None and not words.isupper()
            if first and (is_organisation(words, self.lists) or (self.fresh[at] and not self.fresh[n] and not is_head)):
                continue
            return None
        owner = (
            at + 1 < label_at
            and looks_like_title(self.lines[at + 1].text, self.lists)
            and len(self.lines[at + 1].text) <= SHORT
        )
        return Title(
            owner=owner
            or (
                at + 1 < label_at
                and not self.fresh[at + 1]
                and len(self.lines[at + 1].text) <= SHORT
                and not without_form(self.lines[at + 1].text).endswith(".")
                and is_organisation(self.lines[at + 1].text, self.lists)
            )
        )

    def _is_wrapped(self, at: int, label_at: int) -> bool:
        """Whether the lines to the label are one wrapped sentence.

        One begins in lower case, the first is longer than a title has room for, or many have no stop.
        """
        close = [self.lines[n].text for n in range(at + 1, label_at) if not self.fresh[n]]
        is_long = bool(close) and len(self.lines[at].text) > SHORT
        return (
            is_long
            or any(text[:1].islower() for text in close)
            or (len(close) > 1 and not (close[-1][:1].isupper() and close[-1].endswith(".")))
        )

    def _has_more(self, at: int) -> bool:
        """Whether labels of a project follow a label of a contact: a list of people has none."""
        ahead = [self.labels[n] for n in range(at, min(at + 8, len(self.lines)))]
        return any(known and known.field not in CONTACTS and known.field not in ("note", "title") for known in ahead)

    def _plain(self, at: int) -> bool:
        """Whether a line is words of the list: no label, heading or furniture."""
        if at not in self._plain_of:
            line = self.lines[at]
            self._plain_of[at] = not (
                self.labels[at]
                or line.level
                or layout.furniture(line.text, self.lists)
                or (self.fresh[at] and layout.heading(line.text, self.lists))
                or has_contact_points(line.text)
            )
        return self._plain_of[at]
