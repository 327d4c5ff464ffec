"""What the elements of HTML are to a reader of a page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

from overkalix_data.base.lists import Lists

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin on a line of their own."""
SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "textarea",
        "head",
        "title",
        "math",
        "canvas",
        "audio",
        "video",
    ]
)
"""Elements whose text nobody reads as text of the page."""
FURNITURE = frozenset(["nav", "footer"])
FURNITURE_ROLES = frozenset(["navigation", "contentinfo", "search", "dialog", "alertdialog", "banner"])
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
IN_HEAD = frozenset(["base", "link", "meta", "noscript", "script", "style", "template", "title"])
"""The elements of a page's head: any other begins its body."""
NO_HEADING = frozenset(["ul", "ol", "dl", "table", "p", "hr"])
"""Elements before which a heading has ended, though nobody wrote so."""
HEADINGS = {f"h{n}": n for n in range(1, 7)}
ROW = 10
"""The level of an accordion's row: below every real heading above it."""
LABELLING = frozenset(["b", "strong", "i", "em", "u", "span"])
"""Elements in which pages without a heading of their own set their labels."""
FOOTNOTE, SIGN_TAGS = "sup", frozenset(["span", "i", "em", "b", "sup"])
ICON = re.compile(r"[+×✕✓›»❯▸▾▼▲△▽⌄⌃˅˄↓↑]+")
"""Elements that hold a picture by its sign alone, or a footnote's number; and such signs."""
NOTE, MEASURE, BEFORE = re.compile(r"\d{1,2}|\*{1,3}|†"), re.compile(r"(?:\b[kdcm]?m|CO)$"), 4
"""The number of a footnote; a measure before it, within so many characters, says that it is none: `m<sup>2</sup>`."""
IMPLIED = {
    "p": ({"p"}, BLOCKS - {"p"}),
    "li": ({"li", "p"}, {"ul", "ol"}),
    "dt": ({"dt", "dd", "p"}, {"dl"}),
    "dd": ({"dt", "dd", "p"}, {"dl"}),
    "tr": ({"tr", "td", "th", "p"}, {"table"}),
    "td": ({"td", "th", "p"}, {"tr", "table"}),
    "th": ({"td", "th", "p"}, {"tr", "table"}),
}
"""Elements that end where one of these begins, and the elements that this does not reach out of."""


def is_sign(tag: str, words: str, before: str) -> bool:
    """Whether one of `SIGN_TAGS` is no text: the sign by which an accordion opens, or the number of a footnote."""
    if tag == FOOTNOTE:
        return NOTE.fullmatch(words) is not None and before[-1:].isalpha() and MEASURE.search(before) is None
    return ICON.fullmatch(words) is not None and not before[-1:].isdigit()  # `65<span>+</span>` is a word


def is_site(tag: str, given: Mapping[str, str], lists: Lists) -> bool:
    """Whether an element, by its name and attributes, belongs to the site or is not for reading."""
    if tag in SILENT or tag in FURNITURE or given.get("role", "") in FURNITURE_ROLES:
        return True
    named = f"{given.get('id', '')} {given.get('class', '')}".casefold()
    return lists.site_parts.contained(named) is not None


def part_of(tag: str, given: Mapping[str, str], lists: Lists) -> str:
    """`dt` for a term, `dd` for what is told of it, by name or class (`codelists/field_classes.csv`); else empty."""
    if tag in ("dt", "dd"):
        return tag
    row = lists.field_classes.contained(given.get("class", "").casefold().split())
    return row["part"] if row else ""


DEEPEST = 500
"""Elements that stand inside each other; a deeper one is taken to stand beside, as browsers do (Blink: 512)."""
LINK_TEXT = 500
"""Characters of a link, or of words in bold, that are looked at: no label and no address is longer."""
_COMMENT_END = re.compile(r"--!?(?:\s{1,99}|)>")
_NO_CHARACTER = re.compile(r"&#\d{10,}")


@dataclass
class Open:
    """An element that stands open: where its tag and its text begin, and what it marks its text as."""

    tag: str
    start: int
    chars: int
    look: str = ""
    classes: str = ""
    begun: int = 0
    """How many lines of text had begun before it."""
    href: str = ""
    href_at: tuple[int, int] = (0, 0)
    level: int = 0
    part: str = ""


def count_of(words: str, most: int) -> int:
    """The number that an attribute gives, `most` at most, lest a page take all our time; 0 for none."""
    return min(int(words.lstrip("0")[:9] or 0), most) if words.isascii() and words.isdecimal() else 0


def readable(source: str) -> str:
    """The page with U+FFFD for references to no character, sign for sign: Python reads no number that long."""
    return _NO_CHARACTER.sub(lambda found: "&#x" + "fffd".rjust(len(found[0]) - 3, "0"), source)


class Markup(HTMLParser):
    """html.parser, which takes any `<![` for a comment, as browsers do, and looks for no end where there is none."""

    ends = (-1, -1, -1)
    """Of the source as the parser holds it: its length, and where its last tag and its last comment end."""

    def check_for_whole_start_tag(self, i: int) -> int:
        """Where the tag ends; -1 for one that never does."""
        return super().check_for_whole_start_tag(i) if i < self._last_ends()[1] else -1

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Where the comment ends; -1 for one that never does."""
        return super().parse_comment(i, report) if i < self._last_ends()[2] else -1

    def _last_ends(self) -> tuple[int, int, int]:
        if self.ends[0] != len(self.rawdata):
            comments = [m.start() for m in _COMMENT_END.finditer(self.rawdata)]
            self.ends = len(self.rawdata), self.rawdata.rfind(">"), max(comments, default=-1)
        return self.ends

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Where the section ends."""
        place = self.lineno, self.offset
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            self.lineno, self.offset = place  # the attempt has moved it on, and every character behind would shift
            return self.parse_bogus_comment(i)


def level_of(tag: str, given: Mapping[str, str], inside: Sequence[Open], depth: int) -> int:
    """The level of a heading, 0 for none. A heading folded into an accordion's row is below the row's own.

    `depth` is how many `<details>` it stands inside.
    """
    if tag in HEADINGS:
        return HEADINGS[tag] + ROW * depth
    if given.get("role") == "heading":
        return (count_of(given.get("aria-level", ""), max(HEADINGS.values())) or 2) + ROW * depth
    is_row = tag == "summary" or (tag == "button" and "aria-expanded" in given)
    return ROW * max(depth, 1) if is_row and not any(opened.level for opened in inside) else 0


def style_of(inside: Sequence[Open]) -> str:
    """The look of a line: the elements that it begins in, from its block inwards, each with its class."""
    block = next((n for n in reversed(range(len(inside))) if inside[n].tag in BLOCKS), 0)
    depth = sum(opened.tag == "li" for opened in inside)
    return f"{depth or ''}" + ">".join(opened.look for opened in inside[block:])


def look_of(tag: str, given: Mapping[str, str]) -> str:
    """An element's name and its first class, without the number that counts it."""
    first = (given.get("class", "").split() or [""])[0].rstrip("0123456789-_")
    return f"{tag}.{first}" if first else tag


def target_of(href: str) -> str:
    """The address or number of a link, without what a mail program is told besides."""
    return unquote(href.partition(":")[2].partition("?")[0]).strip()


def is_action(words: str, lists: Lists) -> bool:
    """Whether a link's words only say what it does: `Mejla Eva`; `Mejla Eva Exempel` tells whom to ask too."""
    hit = lists.contact_words.by("kind")["ignored"].fullmatch(words)
    return hit is not None and len(words.split()) - len(hit.row["words"].strip(" …").split()) < len(("first", "last"))


def place_in(source: str, start: int, end: int, words: str) -> tuple[int, int]:
    """Where an attribute's words stand in its tag; the tag's end where they are written otherwise."""
    at = source.find(words, start, end)
    return (at, at + len(words)) if at >= 0 else (end, end)


def says_target(words: str, target: str) -> bool:
    """Whether a link's own words hold the address or number that it leads to."""
    if "@" in target:
        return target.casefold() in words.casefold()
    return "".join(filter(str.isdigit, target))[-6:] in "".join(filter(str.isdigit, words))
