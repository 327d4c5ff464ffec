"""What the lines ahead say of a line: whether it begins a paragraph, stands alone, or opens prose that is a project."""

from collections.abc import Sequence

from overkalix_data import layout
from overkalix_data.read import Line, Source

PROSE_SIGNS = 2
"""Signs that prose must show to be a project: fewer is a late line of the project above, or text of the page."""

PROSE_LINES = 40
"""How far ahead prose is judged. A bound, so that a long text without labels is read in linear time."""


class Ahead:
    """The non-blank lines of a source. What has been judged of a line is kept, so that looking ahead from every paragraph stays linear."""

    def __init__(self, source: Source, lines: Sequence[Line]) -> None:
        self.source, self.lines = source, list(lines)
        self._signs_of: dict[int, frozenset[str]] = {}
        self._ends: dict[int, bool] = {}

    def fresh(self, at: int) -> bool:
        """Whether a paragraph begins here."""
        return at == 0 or self.lines[at].number - self.lines[at - 1].number > 1

    def alone(self, at: int) -> bool:
        """Whether the line is a paragraph of its own, or a label follows it at once."""
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        return after is None or after.number - self.lines[at].number > 1 or layout.label(after.text, fresh=True) is not None

    def whole(self, at: int) -> str:
        """The line with those that go on from it without an empty line between, `PROSE_LINES` at most."""
        last = at
        while last < at + PROSE_LINES and last + 1 < len(self.lines) and not self.fresh(last + 1):
            last += 1
        return self.source.text[self.lines[at].start : self.lines[last].end]

    def names_project(self, at: int) -> bool:
        """Whether the prose from here to the next label, heading or card shows signs enough of a project.

        A title phrase in its first paragraph counts two, each field that the prose names one.
        """
        whole, signs = self.whole(at), set(self._signs(at))
        for n in range(at + 1, min(at + PROSE_LINES, len(self.lines))):
            if self._ends_prose(n):
                break
            if self.fresh(n):
                signs |= self._signs(n)
        return 2 * (layout.title_in_phrase(whole) is not None) + len(signs) >= PROSE_SIGNS

    def _signs(self, at: int) -> frozenset[str]:
        if at not in self._signs_of:
            self._signs_of[at] = layout.prose_signs(self.whole(at))
        return self._signs_of[at]

    def _ends_prose(self, at: int) -> bool:
        """Whether a line is no more of the prose above it: a label, heading, card, furniture or another title phrase."""
        if at not in self._ends:
            line, fresh = self.lines[at], self.fresh(at)
            known = layout.label(line.text, fresh=fresh)
            self._ends[at] = bool(
                (known and known.form in ("label", "address", "title_prefix"))
                or layout.furniture(line.text)
                or (fresh and self.alone(at) and layout.heading(line.text))
                or layout.card_length(self.lines[at : at + layout.CARD_LINES + 2])
                or (fresh and layout.title_in_phrase(self.whole(at)))
            )
        return self._ends[at]

    def label_follows(self, at: int) -> bool:
        """Whether the next line is a label of a project."""
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        known = layout.label(after.text, fresh=True) if after else None
        return known is not None and known.stage in ("opening", "middle", "closing")
