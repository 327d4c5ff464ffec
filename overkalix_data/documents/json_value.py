"""JSON as values that know their place: each scalar, list and object with the characters that it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]

from overkalix_data.documents.placed_text import Cell, cell_of

TYPE_KEYS = frozenset({"@type", "type", "_type", "__typename", "contentType", "component"})
"""Keys under which an object says what it is."""
DEEPEST = 60
"""How many lists and objects may stand inside each other."""
_HALF = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"[ \t\r\n]*")
_SCALAR = JSONDecoder(parse_int=str, parse_float=str)
"""Numbers stay as they are written: a figure too long for a number is still the page's."""


@dataclass
class Node:
    """A value and its place: a scalar (its words), a list, or an object with its keys."""

    words: str = ""
    start: int = 0
    end: int = 0
    quoted: bool = False
    items: "list[Node]" = field(default_factory=list)
    members: "dict[str, tuple[Cell, Node]]" = field(default_factory=dict)

    @property
    def is_list_of_objects(self) -> bool:
        """Whether it is a list, and all that it lists are objects."""
        return bool(self.items) and all(item.members for item in self.items)

    @property
    def plain(self) -> "dict[str, Node]":
        """The scalars of an object by key."""
        return {key: v for key, (_, v) in self.members.items() if not v.items and not v.members}

    @property
    def rows(self) -> "list[list[Node]]":
        """The rows of a list whose items are lists, or objects that hold a list alone (`{"c": […]}`); else none."""
        rows = [item.items or [v for _, v in item.members.values() if len(item.members) == 1] for item in self.items]
        rows = [row[0].items if item.members and row else row for item, row in zip(self.items, rows, strict=True)]
        full = [row for row in rows if row]
        return full if 2 * len(full) > len(rows) else []

    @property
    def numbered(self) -> "list[Node]":
        """What stands under the keys of an object that are nought and up (`{"0": …, "1": …}`); else none."""
        is_numbered = list(self.members) == [str(n) for n in range(len(self.members))]
        return [value for _, value in self.members.values()] if is_numbered else []

    @property
    def by_key(self) -> "Node | None":
        """The objects that stand behind keys of their own (`"p-101": {…}`) as a list; None where there are none."""
        inner = [value for _, value in self.members.values()]
        alike = len({tuple(value.members)[:1] for value in inner}) == 1
        return Node(items=inner) if len(inner) > 1 and alike and all(v.members for v in inner) else None

    @property
    def by_type(self) -> "list[Node]":
        """The objects of a list, parted by the type that they say: `Organization` (JSON-LD), `accordion` of a page."""
        types: dict[str, list[Node]] = {}
        for item in self.items:
            types.setdefault(item.type, []).append(item)
        keys = {frozenset(item.members) for items in types.values() for item in items[:1]}
        return [Node(items=items) for items in types.values()] if len(keys) > 1 else [self]

    @property
    def type(self) -> str:
        """What an object says that it is; empty where it does not."""
        return next((value.words for key, (_, value) in self.members.items() if key in TYPE_KEYS), "")


def parsed(source: str) -> Node:
    """The whole text's value. Raises JSONDecodeError, IndexError, StopIteration or RecursionError."""
    root, end = _value(source, _skip(source, 0), 0)
    if (end := _skip(source, end)) != len(source):
        raise JSONDecodeError("more", source, end)
    return root


def placed(source: str, node: Node) -> Cell:
    """A scalar's characters; where it is written with escapes each stands for the whole."""
    words = node.words
    start, end = (node.start + 1, node.end - 1) if node.quoted else (node.start, node.end)
    if source[start:end] == words:
        return cell_of(source, start, end)
    places = list(_escaped(source, start, end))
    if len(places) == len(words):
        return Cell(words, [a for a, _ in places], [b for _, b in places])
    return Cell(words, [start] * len(words), [end] * len(words))


_PIECE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[\s\S]")


def _escaped(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for m in _PIECE.finditer(source, start, end):
        yield m.span()


def _skip(source: str, at: int) -> int:
    return _BLANK.match(source, at).end()  # type: ignore[union-attr]


def _value(source: str, at: int, depth: int) -> tuple[Node, int]:
    if depth > DEEPEST:
        raise JSONDecodeError("too deep", source, at)
    char = source[at]
    if char == '"':
        words, end = _string(source, at)
        return Node(words, at, end, quoted=True), end
    if char == "[":
        return _list(source, at, depth)
    if char == "{":
        return _object(source, at, depth)
    value, end = _SCALAR.raw_decode(source, at)
    written = (
        {None: "", True: "ja", False: "nej"}.get(value, source[at:end])
        if not isinstance(value, int | float) or isinstance(value, bool)
        else source[at:end]
    )
    return Node(written, at, end), end


def _string(source: str, at: int) -> tuple[str, int]:
    """A string's words and where it ends; half of a character of two (`\\ud83d` alone) is no character."""
    words, end = scanstring(source, at + 1, True)
    return _HALF.sub("\ufffd", words), end


def _list(source: str, at: int, depth: int) -> tuple[Node, int]:
    node, start = Node(start=at), _skip(source, at + 1)
    while source[start] != "]":
        item, start = _value(source, start, depth + 1)
        node.items.append(item)
        start = _skip(source, start)
        if source[start] == ",":
            start = _skip(source, start + 1)
        elif source[start] != "]":
            raise JSONDecodeError("comma", source, start)
    node.end = start + 1
    return node, node.end


def _object(source: str, at: int, depth: int) -> tuple[Node, int]:
    node, start = Node(start=at), _skip(source, at + 1)
    while source[start] != "}":
        if source[start] != '"':
            raise JSONDecodeError("key", source, start)
        key, end = _string(source, start)
        heading = cell_of(source, start + 1, end - 1)
        start = _skip(source, end)
        if source[start] != ":":
            raise JSONDecodeError("colon", source, start)
        value, start = _value(source, _skip(source, start + 1), depth + 1)
        node.members[key] = (heading, value)
        start = _skip(source, start)
        if source[start] == ",":
            start = _skip(source, start + 1)
        elif source[start] != "}":
            raise JSONDecodeError("comma", source, start)
    node.end = start + 1
    return node, node.end
