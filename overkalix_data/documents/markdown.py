"""Markdown → the text that its reader sees: its signs are other words for HTML's elements, and read as those."""

import re
from collections.abc import Mapping
from itertools import pairwise

from overkalix_data.base.lists import Lists
from overkalix_data.base.spans import Span
from overkalix_data.documents.elements import Elements
from overkalix_data.documents.placed_text import Rendered

_HEADING = re.compile(
    r"[ ]{0,3}(?P<sign>#{1,6}|(?P<rim>={2,6})(?=[ \t][^\r\n]{1,200}[ \t](?P=rim)[ \t]*$))"
    r"[ \t]+(?P<words>[^\r\n]*)",
    re.MULTILINE,
)
"""A sign before its words, or the same on both sides of them, as in wikis: `=== Bron ===`."""
_UNDERLINE = re.compile(r"[ ]{0,3}(?:(?P<top>=+)|-{2,})[ \t]*")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_ITEM = re.compile(r"[ \t]*(?P<sign>(?:[-*+]|\d{1,3}[.)])[ \t]+)(?P<words>\S[^\r\n]*)")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_CELL = re.compile(r"\|(?P<words>(?:[^|\\]|\\.)*)(?=\|)")
_QUOTED = re.compile(r"(?:[ ]{0,3}>[ \t]?)*")
"""What a quoted line begins with, as a letter that is sent on has it."""
_TEXT = re.compile(r"(?P<sign>(?P<indent>[ \t]*)(?:```[^\r\n]*)?)(?P<words>[^\r\n]*)")
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|!\[(?P<alt>[^\]\r\n]{0,300})\]\([^)\s]{0,2000}(?:\s+\"[^\"\r\n]{0,300}\")?\)"
    r"|\[(?P<link>[^\]\r\n]{1,300})\]\((?P<href>[^)\s]{0,2000})(?:\s+\"[^\"\r\n]{0,300}\")?\)"
    r"|<(?P<bare>https?://[^\s<>]{1,2000}|[^\s<>@]{1,64}@[^\s<>@]{1,255})>"
    r"|(?P<stars>\*{1,3})(?=\S)(?P<starred>[^*\r\n]{1,500})(?<=\S)\*{1,3}"
    r"|(?<!\w)(?P<bars>_{1,3})(?=\S)(?P<barred>[^_\r\n]{1,500})(?<=\S)_{1,3}(?!\w)"
    r"|(?P<entity>&#?\w{1,32});|(?P<break><br\s*/?>)"
)
_SIGN = re.compile(
    rf"^(?:{_HEADING.pattern}$|[ \t]*_\w[^_\r\n]{{0,60}}_:|>[ ]|[^\r\n]{{0,200}}?\*\*\S[^*\r\n]{{0,500}}\*\*)",
    re.MULTILINE,
)
LEAST = 2
"""Headings, labels and words in bold by which a text is known as Markdown."""


def is_markdown(source: str) -> bool:
    """Whether a text has Markdown's headings, labels or quoted lines, and more than one of its signs."""
    signs = ["**" not in m[0] or m["sign"] is not None for m in _SIGN.finditer(source)]
    return any(signs) and len(signs) >= LEAST


def render_markdown(source: str, lists: Lists) -> Rendered:
    """The text of a page: headings, items and tables as HTML's; the end of a line is one, as people see it."""
    reader = _MarkdownReader(source, lists)
    lines = [m.span(1) for m in re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)", source)]
    is_read = False
    for line, below in pairwise([*lines, (len(source), len(source))]):
        is_read = not is_read and reader.line(line, _UNDERLINE.fullmatch(source, *below))
    return reader.seen.finish().rendered(source)


class _MarkdownReader:
    """Tells of each element as it comes, and where in the source its sign stands."""

    def __init__(self, source: str, lists: Lists) -> None:
        self.source, self.seen = source, Elements(source, lists)

    def line(self, span: Span, under: re.Match[str] | None) -> bool:
        """Reads a line; whether the one under it is only its underline, which makes it a heading."""
        span = (_QUOTED.match(self.source, *span).end(), span[1])  # type: ignore[union-attr]  # it matches every text
        text, is_open = _TEXT.match(self.source, *span), self.seen.names["p"] + self.seen.names["li"] > 0
        if text is None or not text["words"]:
            self._close(span[0], "p", "table", "li")
        elif m := _HEADING.fullmatch(self.source, *span):
            end = m.start("words") + len(m["words"].rstrip(f"{m['sign'][0]} \t"))
            self._heading(f"h{len(m['sign'])}", m.span("sign"), (m.start("words"), end))
        elif under and not is_open and text["words"].strip("-=|: "):
            self._heading("h1" if under["top"] else "h2", text.span("sign"), text.span("words"))
            return True
        elif _RULE.fullmatch(self.source, *span):
            self._close(span[0], "ul", "p", "table")
            self.seen.void("hr", {}, *span)
        elif _ROW.fullmatch(self.source, *span):
            self._row(*span)
        elif m := _ITEM.fullmatch(self.source, *span):
            self._item(m)
        else:
            self._text(text)
        return False

    def _heading(self, tag: str, sign: Span, words: Span) -> None:
        self._close(sign[0], "ul", "p", "table")
        self.seen.begin(tag, {}, *sign)
        self._words(*words)
        self._close(words[1], tag)

    def _row(self, start: int, end: int) -> None:
        self._close(start, "ul", "p")
        if not self.seen.names["table"]:
            self.seen.begin("table", {}, start, start)
        cells = list(_CELL.finditer(self.source, start, end))
        if all(not m["words"].strip(":- \t") for m in cells):
            return  # the rule under the heads
        self.seen.begin("tr", {}, start, start)
        for m in cells:
            self.seen.begin("td", {}, m.start(), m.start("words"))
            self._words(*m.span("words"))
            self._close(m.end(), "td")
        self._close(end, "tr")

    def _item(self, m: re.Match[str]) -> None:
        self._close(m.start(), "p", "table", "li")
        if not self.seen.names["ul"]:
            self.seen.begin("ul", {}, m.start(), m.start())
        self.seen.begin("li", {}, *m.span("sign"))
        self._words(*m.span("words"))

    def _text(self, text: re.Match[str]) -> None:
        self._close(text.start(), "table")
        if not (text["indent"] or self.seen.names["li"]):
            self._close(text.start(), "ul")
        if self.seen.names["p"] or self.seen.names["li"]:
            self.seen.void("br", {}, *text.span("sign"))
        else:
            self.seen.begin("p", {}, *text.span("sign"))
        self._words(*text.span("words"))

    def _close(self, at: int, *tags: str) -> None:
        for tag in tags:
            self.seen.end(tag, at, at)

    def _words(self, start: int, end: int) -> None:
        """The words of a line, with what is set apart in them."""
        for m in _INLINE.finditer(self.source, start, end):
            self.seen.data(self.source[start : m.start()], start)
            self._inline(m)
            start = m.end()
        self.seen.data(self.source[start:end], start)

    def _inline(self, m: re.Match[str]) -> None:
        kind = m.lastgroup or ""
        if kind == "entity":
            self.seen.reference(m["entity"], m.start())
        elif kind == "alt":
            self.seen.void("img", {"alt": m["alt"]}, *m.span())
        elif kind == "break":
            self.seen.void("br", {}, *m.span())
        elif kind == "href":
            self._element("a", {"href": m["href"]}, m.span(), m.span("link"))
        elif kind in ("starred", "barred"):
            sign = m["stars"] or m["bars"]
            self._element("strong" if len(sign) > 1 else "em", {}, m.span(), m.span(kind))
        else:
            self.seen.data(m[kind], m.start(kind))

    def _element(self, tag: str, given: Mapping[str, str], span: Span, words: Span) -> None:
        self.seen.begin(tag, given, *span)
        self._words(*words)
        self.seen.end(tag, words[1], span[1])
