"""HTML → the text that a reader of the page sees, every character of it with its place in the decoded source.

html.parser alone tells where in the source each piece of text stands; trees (lxml, selectolax, html5lib) do not.
It reports tags as they come, so broken and unclosed markup is read as far as it goes, and nothing is lost.
"""

from overkalix_data.base.lists import Lists
from overkalix_data.documents.elements import Elements
from overkalix_data.documents.html_tag_kinds import Markup, readable
from overkalix_data.documents.placed_text import Rendered


def render_html(source: str, lists: Lists) -> Rendered:
    """The text of a page: a paragraph a block element, a line a `<br>`, white space as one space."""
    reader = _HtmlReader(readable(source), lists)
    reader.feed(reader.seen.source)
    reader.close()
    return reader.seen.finish().rendered(source)


class _HtmlReader(Markup):
    def __init__(self, source: str, lists: Lists) -> None:
        super().__init__(convert_charrefs=False)
        self.seen = Elements(source, lists)
        self.line_starts = [0, *(n + 1 for n, c in enumerate(source) if c == "\n")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at()
        given = {name: value or "" for name, value in attrs}
        self.seen.begin(tag, given, start, start + len(self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # `<div/>` is an opening tag in HTML.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self._at()
        self.seen.end(tag, start, self.seen.source.find(">", start) + 1 or len(self.seen.source))

    def handle_data(self, data: str) -> None:
        self.seen.data(data, self._at())

    def handle_entityref(self, name: str) -> None:
        self.seen.reference(f"&{name}", self._at())

    def handle_charref(self, name: str) -> None:
        self.seen.reference(f"&#{name}", self._at())

    def _at(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column
