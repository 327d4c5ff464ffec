"""What a source holds once it is read: project blocks with their fields, and the page's own lines by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overkalix_data.base.wording import paragraphs
from overkalix_data.documents.source import Line, Source

ONE_LINE = frozenset({"owner", "period", "start", "end", "status", "total", "granted"})
"""Fields whose value is a name, a date or an amount, and no sentence."""
NAMES = frozenset({"funder", "co_financing", "partners"})
"""Fields whose value is names."""
FACTS = ONE_LINE | {"contact", "leader"} | {"funder", "co_financing"}
"""Fields behind which a status on a line of its own is the project's."""
LABELLED = frozenset({"label", "own_label"})
"""How a part was read that stands behind a label: one of the lists, or the page's own, told by its values."""


@dataclass(frozen=True)
class Part:
    """Characters of the source that give (a part of) a field, and the label they stand behind."""

    start: int
    end: int
    rule: str
    label: tuple[int, int] | None = None
    words: str = ""
    """The label's words as in the codelist: tells one label of a field from another."""


@dataclass(frozen=True)
class Section:
    """A heading and what it says of the projects under it."""

    start: int
    end: int
    unit: str
    status_code: str


@dataclass
class Block:
    """One project as the page lays it out: field → its parts, in the page's order."""

    section: Section | None
    parts: dict[str, list[Part]] = field(default_factory=dict)
    closed: bool = False
    """Whether a field that ends a project (funders, contact) has been read."""
    titled: bool = False
    """Whether the source marks the title as a heading: then the project lasts to the next heading of its kind."""

    named: bool = False
    """Whether it has a title of its own: then its labels may come in any order."""
    first: str = ""
    """The label that was read first in it."""
    title_rest: list[tuple[int, int]] = field(default_factory=list)
    """Characters of title lines beyond the name: dashes and brackets around what stands there."""

    giver: tuple[int, int] | None = None
    """Who gives what was granted, where the page says it once for all of its projects."""
    owner: tuple[int, int] | None = None
    """Who owns it, where the page says it once for all."""
    payers: tuple[int, int] | None = None
    """Who pays, where the page says it once for all and the project names nobody."""
    own_names: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """What the page calls somebody whose whole name it has → where that stands."""

    def add(self, name: str, part: Part) -> None:
        """Puts a part last in its field."""
        self.parts.setdefault(name, []).append(part)

    @property
    def labelled(self) -> bool:
        """Whether a field of it stands behind a label, and not only in sentences."""
        return any(p.rule in LABELLED for ps in self.parts.values() for p in ps)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """All characters of the block, labels too."""
        return [s for ps in self.parts.values() for p in ps for s in ((p.start, p.end), p.label) if s]

    @property
    def start(self) -> int:
        """Offset of the block's first character."""
        return min(a for a, _ in self.spans)

    @property
    def end(self) -> int:
        """Offset after the block's last character."""
        return max(b for _, b in self.spans)


@dataclass(frozen=True)
class Card:
    """A contact card of the page: its heading line if it has one, then name, role or unit, numbers, a line each."""

    heading: Line | None
    lines: Sequence[Line]
    under: Block | None = None
    """The project whose fields it follows."""


@dataclass
class Page:
    """What a source holds: blocks, and the characters that belong to no project, by kind."""

    source: Source
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    logotypes: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    addresses: list[Line] = field(default_factory=list)
    unknown_labels: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)
    other_starts: list[tuple[int, int]] = field(default_factory=list)
    """Where projects begin in another reading of the page that is nearly as good: what a person must look at."""


def between(spans: Sequence[tuple[int, int]], start: int, end: int, text: str) -> list[tuple[int, int]]:
    """What of a piece of text stands around spans in it and is not blank: signs, brackets, the words between."""
    cuts = [start, *(n for span in sorted(spans) for n in span), end]
    return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if text[a:b].strip()]


def field_text(source: Source, parts: list[Part]) -> str:
    """The words of a field: wrapped lines joined, paragraphs kept apart by an empty line."""
    return "\n\n".join(filter(None, (paragraphs(source.text[p.start : p.end]) for p in parts)))
