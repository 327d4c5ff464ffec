"""A list of projects in JSON → text: the largest list of objects is the register, its keys are the headings."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]

from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.placed_text import Cell, Rendered, Rows, Writer, cell_of
from overkalix_data.documents.register import write_table
from overkalix_data.documents.register_header import MONEY, NAME_KEYS, column_of, is_label

HEADINGS, ROWS = ("columns", "fields", "headers", "kolumner"), ("rows", "data", "records", "rader")
"""Keys under which a table written as two lists has its headings and its rows."""
SHOWN = ("v", "text", "value", "label", *NAME_KEYS)
"""Keys under which an object that stands for a cell or a heading has the words that a reader sees, best first."""
DEEPEST = 60
"""How many lists and objects may stand inside each other."""
_HALF = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"[ \t\r\n]*")
_SCALAR = JSONDecoder(parse_int=str, parse_float=str)
"""Numbers stay as they are written: a figure too long for a number is still the page's."""


@dataclass
class _Node:
    """A value and its place: a scalar (its words), a list, or an object with its keys."""

    words: str = ""
    start: int = 0
    end: int = 0
    quoted: bool = False
    items: "list[_Node]" = field(default_factory=list)
    members: "dict[str, tuple[Cell, _Node]]" = field(default_factory=dict)

    @property
    def is_list_of_objects(self) -> bool:
        return bool(self.items) and all(item.members for item in self.items)

    @property
    def by_key(self) -> "_Node | None":
        """The objects that stand behind keys of their own (`"p-101": {…}`) as a list; None where there are none."""
        inner = [value for _, value in self.members.values()]
        alike = len({tuple(value.members)[:1] for value in inner}) == 1
        return _Node(items=inner) if len(inner) > 1 and alike and all(v.members for v in inner) else None

    @property
    def by_type(self) -> "list[_Node]":
        """The objects of a list, parted by the type that they say (JSON-LD): `Organization`, `ResearchProject`."""
        types: dict[str, list[_Node]] = {}
        for item in self.items:
            types.setdefault(item.members["@type"][1].words if "@type" in item.members else "", []).append(item)
        return [_Node(items=items) for items in types.values()] if len(types) > 1 else [self]


def _is_pairs(node: _Node, lists: Lists) -> bool:
    """Whether it lists labels and values: objects of the same two keys, most of whose firsts are labels."""
    keys = {tuple(item.members) for item in node.items}
    if len(node.items) < 2 or len(keys) != 1 or [len(key) for key in keys] != [2]:
        return False
    firsts, seconds = zip(*([value for _, value in item.members.values()] for item in node.items), strict=True)
    plain = not any(value.items or value.members for value in (*firsts, *seconds))
    return plain and 2 * sum(is_label(value.words, lists) for value in firsts) > len(firsts)


def render_json(source: str, file: str, lists: Lists) -> Rendered:
    """Raises InputError where the text is no JSON; where it holds no list of projects all of it is told as unread."""
    try:
        root, end = _value(source, _skip(source, 0), 0)
        if (end := _skip(source, end)) != len(source):
            raise JSONDecodeError("more", source, end)
    except (JSONDecodeError, IndexError, StopIteration) as error:
        at = error.pos if isinstance(error, JSONDecodeError) else len(source)
        raise InputError("bad_json", file=file, line=source.count("\n", 0, at) + 1) from error
    except RecursionError as error:
        raise InputError("bad_json", file=file, line=1) from error
    for register, rows in _registers(source, root, lists):
        out = Writer()
        if write_table(rows, out, lists):
            _hide_rest(source, root, register, out)
            return out.rendered(source)
    out = Writer()
    out.hide(cell_of(source, 0, len(source)), "unread_table")
    return out.rendered(source)


def _registers(source: str, root: _Node, lists: Lists) -> Iterator[tuple[_Node, Rows]]:
    """Every list that may be a register: tables of headings and rows, then lists of objects, the longest first."""
    for node in _nodes(root):
        heads = _member(node, HEADINGS)
        rows = _member(node, ROWS)
        if heads and rows and all(row.items for row in rows.items):
            for row in rows.items:
                row.items = [_shown(cell) for cell in row.items]
            table = [[_cell(source, _shown(head)) for head in heads.items]]
            yield rows, [*table, *([_cell(source, cell) for cell in row.items] for row in rows.items)]
    for found in sorted(_lists(root, lists), key=lambda node: -len(node.items)):
        yield found, _rows(source, found.items, lists)


def _member(node: _Node, keys: Sequence[str]) -> _Node | None:
    """The list under one of these keys of an object; None where it has none."""
    return next((value for key, (_, value) in node.members.items() if key.casefold() in keys and value.items), None)


def _shown(node: _Node) -> _Node:
    """Of an object that stands for one cell, the words that a reader sees."""
    plain = [(key, value) for key, (_, value) in node.members.items() if not value.members and not value.items]
    ranked = sorted(plain, key=lambda pair: SHOWN.index(pair[0]) if pair[0] in SHOWN else len(SHOWN))
    return ranked[0][1] if ranked else node


def _nodes(node: _Node) -> Iterator[_Node]:
    yield node
    for inner in [*node.items, *(value for _, value in node.members.values())]:
        yield from _nodes(inner)


def _lists(node: _Node, lists: Lists) -> list[_Node]:
    listed = (part for inner in _nodes(node) for part in (inner.by_key or inner).by_type)
    return [inner for inner in listed if inner.is_list_of_objects and not _is_pairs(inner, lists)]


def _rows(source: str, items: Sequence[_Node], lists: Lists) -> Rows:
    """A row an object; the header is all keys in the order they first stand, an inner object's behind a dot."""
    several = {key for item in items for key, count in _counts(item, "") if count > 1}
    flat = [dict(_flat(source, item, "", several, lists)) for item in items]
    keys: dict[str, Cell] = {}
    for row in flat:
        for key, (heading, _) in row.items():
            keys.setdefault(key, heading)
    header = [
        Cell(key, [c.at] * len(key), [c.ends[-1]] * len(key)) if c.starts else Cell(key, [0] * len(key), [0] * len(key))
        for key, c in keys.items()
    ]
    return [header, *([row[key][1] if key in row else Cell() for key in keys] for row in flat)]


def _counts(node: _Node, prefix: str) -> Iterator[tuple[str, int]]:
    """How many objects each list of objects holds."""
    for key, (_, value) in node.members.items():
        if value.members:
            yield from _counts(value, f"{prefix}{key}.")
        elif value.is_list_of_objects:
            yield f"{prefix}{key}", len(value.items)


def _flat(
    source: str, node: _Node, prefix: str, several: Set[str], lists: Lists
) -> Iterator[tuple[str, tuple[Cell, Cell]]]:
    """Key by key; a list of never more than one object is read as that object, others as names with their amounts."""
    for key, (heading, value) in node.members.items():
        name = f"{prefix}{key}"
        if _is_pairs(value, lists):
            for label, said in ([v for _, v in item.members.values()] for item in value.items):
                yield label.words, (_cell(source, label), _cell(source, said))
        elif value.members:
            inner = prefix if _is_all(key, value, node, lists) else f"{name}."
            yield from _flat(source, value, inner, several, lists)
        elif value.is_list_of_objects and name not in several:
            yield from _flat(source, value.items[0], f"{name}.", several, lists)
        elif value.is_list_of_objects:
            joined = [_joined([_said(source, v) for v in _telling(item)], " ") for item in value.items]
            yield name, (heading, _joined(joined, ", "))
        elif value.items:
            yield name, (heading, _joined([_cell(source, v) for v in value.items], ", "))
        else:
            yield name, (heading, _cell(source, value))


def _is_all(key: str, inner: _Node, outer: _Node, lists: Lists) -> bool:
    """Whether an object inside another is the item, and its key no fact of it: GeoJSON's `properties`."""
    is_title = any(column_of(name, lists).field == "title" for name in outer.members)
    holds = len(inner.members) > len(outer.members) and not set(inner.members) & set(outer.members)
    return holds and not is_title and not is_label(key, lists)


def _telling(item: _Node) -> list[_Node]:
    """Of an object among others: its name and its amounts, or all that it says where it has no name."""
    plain = {fold(key): value for key, (_, value) in item.members.items() if not value.items and not value.members}
    names = [value for key, value in plain.items() if key in NAME_KEYS]
    return names[:1] + [value for value in plain.values() if not value.quoted] if names else list(plain.values())


def _said(source: str, node: _Node) -> Cell:
    """A scalar beside others: a bare number is an amount."""
    cell = _cell(source, node)
    return (
        _joined([cell, Cell("kr", [cell.ends[-1]] * 2, [cell.ends[-1]] * 2)], " ")
        if cell.words and not node.quoted and MONEY.fullmatch(cell.words)
        else cell
    )


def _cell(source: str, node: _Node) -> Cell:
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


def _joined(cells: Sequence[Cell], joint: str) -> Cell:
    text, starts, ends = "", list[int](), list[int]()
    for cell in (c for c in cells if c.words):
        if text:
            text += joint
            starts += [ends[-1]] * len(joint)
            ends += [ends[-1]] * len(joint)
        text += cell.text
        starts += cell.starts
        ends += cell.ends
    return Cell(text, starts, ends)


def _hide_rest(source: str, node: _Node, register: _Node, out: Writer) -> None:
    """What stands outside the register is told apart: metadata of the file."""
    if node is register:
        return
    for heading, value in node.members.values():
        out.hide(heading, "metadata")
        _hide_rest(source, value, register, out)
    for item in node.items:
        _hide_rest(source, item, register, out)
    if not node.members and not node.items:
        out.hide(_cell(source, node), "metadata")


def _skip(source: str, at: int) -> int:
    return _BLANK.match(source, at).end()  # type: ignore[union-attr]


def _value(source: str, at: int, depth: int) -> tuple[_Node, int]:
    if depth > DEEPEST:
        raise JSONDecodeError("too deep", source, at)
    char = source[at]
    if char == '"':
        words, end = _string(source, at)
        return _Node(words, at, end, quoted=True), end
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
    return _Node(written, at, end), end


def _string(source: str, at: int) -> tuple[str, int]:
    """A string's words and where it ends; half of a character of two (`\\ud83d` alone) is no character."""
    words, end = scanstring(source, at + 1, True)
    return _HALF.sub("\ufffd", words), end


def _list(source: str, at: int, depth: int) -> tuple[_Node, int]:
    node, start = _Node(start=at), _skip(source, at + 1)
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


def _object(source: str, at: int, depth: int) -> tuple[_Node, int]:
    node, start = _Node(start=at), _skip(source, at + 1)
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
