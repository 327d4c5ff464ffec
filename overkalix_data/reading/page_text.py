"""The lines of a source as they are read; names set in bold or italics inside sentences read as those in quotes are."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import sentences, squeeze
from overkalix_data.documents.print_marks import print_marks
from overkalix_data.documents.source import Line, Source
from overkalix_data.reading.title_form import looks_like_title
from overkalix_data.values.amount import find_amounts
from overkalix_data.values.funder import is_organisation, known_funder
from overkalix_data.values.period import parse_period
from overkalix_data.values.person import NAME, is_given_name

Span = tuple[int, int]
LEAST, MOST = 5, 80
"""Characters of such a name."""
SEVERAL = 2
"""Names in italics on a page: a single one may be set so for any reason."""
_SET_APART = re.compile("”(?P<title>[^”]+)”")
_PROJECT = re.compile(r"[Pp]rojekt(?:et)?\s\Z")


@dataclass(frozen=True)
class Quoted:
    """A page's text with quotes in place of the first and the last character of each name that is set apart."""

    text: str
    names: Sequence[Span] = ()
    """Where the names stand, in order."""

    def whole(self, span: Span) -> Span:
        """The whole name, where the characters are all of one between those quotes."""
        name = (span[0] - 1, span[1] + 1)
        return name if name in self.within(*name) else span

    def within(self, start: int, end: int) -> Sequence[Span]:
        """The names that stand in that part of the text."""
        return self.names[bisect_left(self.names, (start, 0)) : bisect_right(self.names, (end, 0))]

    def found(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The names there, as a reader of names in quotes finds them (`title`)."""
        return (m for at, _ in self.within(start, end) if (m := _SET_APART.match(self.text, at)))


@dataclass(frozen=True)
class Text:
    """The lines of a source that hold something, without the white space around them, and what print has left."""

    source: Source
    lines: Sequence[Line]
    printed: Sequence[Line] = ()
    """Page numbers, running heads, links and buttons: no text of the page, though a field may go on behind them."""
    quoted: Quoted = Quoted("")
    """Its characters, as those who know names by their quotes read them."""


def text_of(source: Source) -> Text:
    """The lines of a source as they are read."""
    lines = [_stripped(line) for line in source.lines if line.text.strip()]
    controls = source.lists.furniture.by("kind")["control"]
    bare = ((at, line.text) for at, line in enumerate(lines) if not line.mark.column)
    marks = print_marks(lines) | {at for at, text in bare if controls.fullmatch(squeeze(text))}
    return Text(
        source,
        [line for at, line in enumerate(lines) if at not in marks],
        [line for at, line in enumerate(lines) if at in marks],
        _quoted(source),
    )


def _stripped(line: Line) -> Line:
    text = line.text.lstrip()
    start = line.start + len(line.text) - len(text)
    return (
        line if text == line.text.rstrip() and start == line.start else replace(line, start=start, text=text.rstrip())
    )


def _quoted(source: Source) -> Quoted:
    text, found = source.text, dict[Span, bool]()
    for a, b, is_italic in source.rendered.emphases if source.rendered else ():
        if (a, b) in found or _is_name(text, (a, b), source.lists):
            found[a, b] = is_italic
    # Where titles are set in italics, what is in bold is whose they are: `<b>Visarkivet</b>, 65 000 kr, <i>…</i>`.
    most = sum(found.values())
    names = sorted(span for span, is_italic in found.items() if is_italic or most < SEVERAL)
    told = [name for name in names if _is_told(text, name, source.lists)]
    if 2 * len(told) <= len(names):
        return Quoted(text)
    chars = list(text)
    for a, b in told:
        chars[a] = chars[b - 1] = "”"
    return Quoted("".join(chars), told)


def _is_name(text: str, span: Span, lists: Lists) -> bool:
    """Whether words set apart may be a project's name: no label, and none of a body, a person or a value."""
    words = text[slice(*span)]
    return (
        LEAST <= len(words) <= MOST
        and text[span[1] : span[1] + 1] != ":"
        and looks_like_title(words, lists)
        and not (NAME.fullmatch(words) and is_given_name(words, lists))
        and not (is_organisation(words, lists) or known_funder(words, lists) or parse_period(words))
    )


def _is_told(text: str, name: Span, lists: Lists) -> bool:
    """Whether a sentence says of a name that it is a project's, or tells of an amount beside it."""
    start, end = text.rfind("\n", 0, name[0]) + 1, text.find("\n", name[1])
    line = text[start : end if end > 0 else len(text)]
    around = (line[a:b] for a, b in sentences(line) if start + a <= name[0] < start + b)
    return bool(_PROJECT.search(text, start, name[0]) or any(find_amounts(words, lists) for words in around))
