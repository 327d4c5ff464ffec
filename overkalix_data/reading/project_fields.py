"""The fields of one project block, labelled or not, with every offset leading back to the source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold, sentences, squeeze
from overkalix_data.documents.source import Source
from overkalix_data.reading.page import Block, Part, between, field_text
from overkalix_data.reading.told_fields import by_label, by_person, by_phrase, by_verb
from overkalix_data.reading.told_money import by_bracket, by_decision, by_giver, by_sums
from overkalix_data.values.period import Period, bare_period, find_period, parse_period, range_in
from overkalix_data.values.status import status_named

LABELS_IN = frozenset({"title", "prose", "description", "note", "late"})
"""Fields in which a label's words may be any words, or are read as they come."""
TOLD_IN = ("prose", "description", "purpose", "goal")
"""Fields whose sentences tell of others."""
_STATES_PERIOD = ("title", "goal", "purpose", "description", "prose", "late")
AIMS = frozenset({"goal", "purpose", "target_group"})
"""What a sentence of a register's description may tell beside who pays."""
TEXT_FIELDS = ("title", "goal", "purpose", "results", "description", "prose", "target_group", "late")
"""The fields that tell what a project is about; funders and contacts are read by their own rules."""

_LAST = re.compile(r"(?:,|\s-|[(])\s*(?P<words>[^,()\d-]{3,40}?)[)\s.]*$")


DAY_OF = {"start": "Startdatum", "end": "Slutdatum"}
"""What a day alone is, whatever its label is called: a day says of itself neither."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class ProjectText:
    """A block's fields, those that only a sentence names included."""

    source: Source
    block: Block
    parts: dict[str, list[Part]] = field(default_factory=dict)
    _read: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Field → its words, once they have been asked for."""

    @property
    def lists(self) -> Lists:
        """The lists as they are for the page's site."""
        return self.source.lists

    def value(self, *names: str) -> str:
        """The words of these fields, empty where the page has none."""
        told = (self._words(n) for n in names if n in self.parts)
        return "\n\n".join(filter(None, told))

    def _words(self, name: str) -> str:
        if name not in self._read:
            self._read[name] = field_text(self.source, self.parts[name])
        return self._read[name]

    def listed(self, name: str, among: Sequence[Part] = ()) -> str:
        """The words of a field, or of its parts, with a semicolon where only a line's end parts what it lists."""
        parts = among or self.parts.get(name, [])
        lines = [
            squeeze(line)
            for part in parts
            for line in self.source.text[part.start : part.end].splitlines()
            if line.strip()
        ]
        return (
            field_text(self.source, list(parts))
            if len(lines) < 2
            or all(part.rule == "phrase" for part in parts)
            or any(line[:1].islower() or line[-1:] in ",;-" for line in lines)
            or "," in "".join(lines)
            else "; ".join(lines)
        )

    def slices(self, *names: str) -> list[tuple[str, int]]:
        """The exact characters of these fields, part by part, each with its offset in the source."""
        spans = sorted({(p.start, p.end) for n in names for p in self.parts.get(n, [])})
        return [(self.source.text[a:b], a) for a, b in spans]

    def masked(self, *names: str) -> str:
        """The block's characters with all but these fields blanked, so that offsets count from the block's start."""
        first, end = self.span
        masked = [" "] * (end - first)
        for text, offset in self.slices(*names):
            masked[offset - first : offset - first + len(text)] = text
        return "".join(masked)

    @cached_property
    def span(self) -> tuple[int, int]:
        """Where the block stands in the source's text."""
        return self.block.start, self.block.end

    @property
    def first_line(self) -> int:
        """The line the project starts on."""
        return self.source.line_at(self.span[0])

    @property
    def last_line(self) -> int:
        """The line of the project's last character."""
        return self.source.line_at(max(self.span[1] - 1, self.span[0]))

    @cached_property
    def fingerprint(self) -> str:
        """The whole text folded: two blocks with the same one have the same text (contract §4, rule 9)."""
        return "\n".join(f"{name}:{fold(self.value(name))}" for name in sorted(self.block.parts) if name != "label")

    def status(self) -> tuple[str, int, int] | None:
        """The status by its own label or the end of the title (`… – Slutredovisat`), and the characters that say it.

        Words that no list knows are the status `unknown`, never a default (contract §4, rule 8).
        """
        said = [(t, o) for t, o in self.slices("status") if t.strip()]
        for text, offset in said:
            meaning = re.search(
                r"\(([^()]*)\)\s*$", text
            )  # `P (pågår)`: a code, and what the register's legend says of it
            # `Pågår, sex månader försenat`
            words = (text, meaning[1] if meaning else "", text.partition(",")[0])
            if code := next((code for part in words if (code := status_named(part, self.lists))), ""):
                return code, offset, offset + len(text)
            if hit := self.lists.heading_words.search(text):
                return hit.row["status_code"], offset + hit.match.start(), offset + hit.match.end()
            if code := self._last_status(text):
                return code, offset, offset + len(text)
        for text, offset in self.slices("period"):
            if code := self._last_status(text):
                return code, offset, offset + len(text)
        for name in ("period", "prose", "description", "goal", "late"):
            for text, offset in self.slices(name):
                for row, m in self.lists.status_phrases.each(text):
                    if name in row["field"].split():
                        return row["status_code"], offset + m.start(), offset + m.end()
        return ("unknown", said[0][1], said[0][1] + len(said[0][0])) if said else None

    def _last_status(self, text: str) -> str:
        """The status that the words behind the last sign are: `Grön - pågår`, `2022–2024, avslutat`, `2024 (klart)`."""
        last = _LAST.search(text)
        return status_named(last["words"], self.lists) if last else ""

    def runs(self, name: str) -> list[tuple[str, int]]:
        """The field's characters, its parts joined where only labels stand between them: a name, and under it a role
        that is a label without a value, or a number behind a label of its own."""
        bare = [p.label for ps in self.parts.values() for p in ps if p.label and p.start >= p.end]
        parts = sorted(self.parts.get(name, []), key=lambda p: p.start)
        spans: list[tuple[int, int]] = []
        for part in parts:
            gap = (spans[-1][1], part.label[0]) if spans and part.label else None
            inside = [label for label in bare if gap and gap[0] <= label[0] and label[1] <= gap[1]]
            if gap and not between(inside, *gap, self.source.text):
                spans[-1] = (spans[-1][0], part.end)
            else:
                spans.append((part.start, part.end))
        return [(self.source.text[a:b], a) for a, b in spans]

    def period(self) -> tuple[Period, int, int] | None:
        """The project's period and its characters: the labelled field, two ends, each labelled, or a sentence."""
        labelled = {p.start for p in self.parts.get("period", []) if p.label}
        said = sorted(self.slices("period"), key=lambda slice: slice[1] not in labelled)
        for text, offset in said:
            if period := parse_period(text):
                return period, offset, offset + len(text)
        if ends := self._ends():
            return ends
        ways = (
            (find_period, _STATES_PERIOD),
            (bare_period, (*_STATES_PERIOD[1:], "granted")),
            (partial(range_in, lists=self.lists), ("prose", "description")),
        )
        for finds, names in ways:
            for text, offset in self.slices(*names):
                if found := finds(text):
                    return found[0], offset + found[1], offset + found[2]
        return None

    def unread_dates(self) -> frozenset[int]:
        """Where values of dates begin that are in no calendar, or could be two things."""
        said = [(name, t, o) for name in ("start", "end", "period") for t, o in self.slices(name)]
        return frozenset(
            offset
            for name, text, offset in said
            if not _stated(text, name) and (name != "period" or _DIGIT.search(text))
        )

    def _ends(self) -> tuple[Period, int, int] | None:
        """Start and end where each has a label (`Startdatum:`, `Slutdatum:`), which stands in the text that is read."""
        found: dict[str, str] = {}
        spans = []
        for name in ("start", "end"):
            for text, offset in self.slices(name):
                period = _stated(text, name)
                if period and (edtf := getattr(period, name) or period.start):
                    found.setdefault(name, edtf)
                    spans.append((offset, offset + len(text)))
        if not found:
            return None
        return (
            Period(found.get("start"), found.get("end"), "published"),
            min(a for a, _ in spans),
            max(b for _, b in spans),
        )


def _stated(text: str, name: str) -> Period | None:
    """The period that a date's value states, its label with it or not, as what its field tells of."""
    value = re.split(r"[:\t|]", text, maxsplit=1)[-1]
    said = (text, value, squeeze(text), *([f"{DAY_OF[name]}: {value.strip()}"] if name in DAY_OF else []))
    return next((period for words in said if (period := parse_period(words))), None)


def _cut_at_labels(name: str, part: Part, source: Source) -> Iterator[tuple[str, Part]]:
    """A field's part to where a sentence begins with another's label, and what stands behind that:
    `Boverket bidrar med 1,8 mkr. Total kostnad: 3 mkr.`"""
    text = source.text[part.start : part.end]
    # On a line of its own a label is the reader's to take, or the source says that it is this field's.
    told = [s for s in sentences(text)[1:] if text[s[0] - 1] != "\n"] if name not in LABELS_IN and ":" in text else []
    found = [hit for sentence in told for hit in by_label(text, sentence, part.start, source.lists)]
    starts = [piece.label[0] for _, piece in found if piece.label]
    for (field_name, piece), end in zip([(name, part), *found], [*starts, part.end], strict=True):
        yield field_name, replace(piece, end=end)


def _in_sentences(kind: str, part: Part, source: Source) -> Iterator[tuple[str, Part]]:
    """The fields that the sentences of a part tell: those of prose any, of a description aims, of all who pays."""
    text = source.text[part.start : part.end]
    for sentence in sentences(text):
        at = (text, sentence, part.start, source.lists)
        if kind in ("prose", "description"):
            yield from by_sums(*at)
        may_tell = AIMS | {"funder"} if kind == "description" else {"funder"}
        yield from ((name, found) for name, found in by_phrase(*at) if kind == "prose" or name in may_tell)
        for tells in (by_label, by_giver, by_verb, by_person) if kind == "prose" else ():
            yield from tells(*at)


def project_text(source: Source, block: Block) -> ProjectText:
    """The block with the fields that its prose names in sentences ("Målet är att", "finansieras av")."""
    parts: dict[str, list[Part]] = {}
    for name, part in ((name, part) for name, found in block.parts.items() for part in found):
        for field_name, piece in _cut_at_labels(name, part, source):
            parts.setdefault(field_name, []).append(piece)
    for kind, part in ((of, part) for of in TOLD_IN for part in block.parts.get(of, ())):
        if kind == "prose":
            for name, found in by_bracket(source.text[part.start : part.end], part.start, source.lists):
                parts.setdefault(name, []).append(found)
        for name, found in _in_sentences(kind, part, source):
            is_apart = all(p.end <= found.start or p.start >= found.end for p in parts.get(name, []))
            if name not in block.parts and is_apart:
                parts.setdefault(name, []).append(found)
    for name in ("note", "late", "description", "prose"):
        for part in block.parts.get(name, ()) if not {"granted", "funder"} & set(parts) else ():
            for field_name, found in by_decision(source.text[part.start : part.end], part.start, source.lists):
                parts.setdefault(field_name, []).append(found)
    for_all = {"owner": [Part(*block.owner, "phrase")]} if block.owner else {}
    return ProjectText(source, block, for_all | parts)
