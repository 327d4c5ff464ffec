"""A list of projects in JSON → text: the largest list of objects is the register, its keys are the headings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from json import JSONDecodeError

from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.column_meaning import LONGEST, NAME_KEYS, column_of, is_label
from overkalix_data.documents.json_value import Node, parsed, placed
from overkalix_data.documents.line_facts import begins_fact
from overkalix_data.documents.placed_text import Cell, Rendered, Rows, Writer, cell_of, joined, saying
from overkalix_data.documents.register import write_table
from overkalix_data.documents.register_cell import MONEY, is_unknown
from overkalix_data.documents.register_header import AMOUNTS
from overkalix_data.values.status import status_named

SHOWN = ("f", "v", "text", "value", "label", *NAME_KEYS)
"""Keys under which an object that stands for a cell has the words that a reader sees, best first: `f` shows `v`."""
KEYS_OF_PROJECTS = frozenset({"title", "owner", "funder", "granted", "total", "start", "period"})
"""Fields by which two lists are of the same: of several years, and not of projects and of those who handle them."""
LABELS = frozenset("etikett label ledtext rubrik falt fält fraga fråga nyckel key name namn".split())  # noqa: SIM905
VALUES = frozenset("text varde värde value innehall innehåll svar".split())  # noqa: SIM905
"""Keys of an object that is a label and its value."""
SHORT = 30
"""Characters: a label is shorter, and of a project's texts one is longer."""
NO_KEY = Cell()
PEOPLE = frozenset({"contact", "leader"})
"""Fields under whose keys each object of a list is a person."""


def _is_pairs(node: Node, lists: Lists) -> bool:
    """Whether it lists labels and values: objects of the same two keys, whose firsts are labels, or could be and one
    is."""
    keys = {tuple(item.members) for item in node.items}
    if node.items and all(len(key) == 2 and key[0] in LABELS and key[1] in VALUES for key in keys):
        return True
    if len(node.items) < 2 or len(keys) != 1 or [len(key) for key in keys] != [2]:
        return False
    firsts, seconds = zip(*([value for _, value in item.members.values()] for item in node.items), strict=True)
    if any(value.items or value.members for value in (*firsts, *seconds)):
        return False
    labels, said = sum(is_label(value.words, lists) for value in firsts), {fold(value.words) for value in firsts}
    could_be = len(said) == len(firsts) and all(1 < len(value.words) < LONGEST for value in firsts)
    return 2 * labels > len(firsts) or (labels > 0 and could_be and any(len(v.words) >= SHORT for v in seconds))


def render_json(source: str, file: str, lists: Lists) -> Rendered:
    """Raises InputError where the text is no JSON; where it holds no list of projects all of it is told as unread."""
    try:
        root = parsed(source)
    except (JSONDecodeError, IndexError, StopIteration) as error:
        at = error.pos if isinstance(error, JSONDecodeError) else len(source)
        raise InputError("bad_json", file=file, line=source.count("\n", 0, at) + 1) from error
    except RecursionError as error:
        raise InputError("bad_json", file=file, line=1) from error
    for register, rows in _registers(source, root, lists):
        out = Writer()
        if write_table(rows, out, lists, whole=True):
            _hide_rest(source, root, register, out)
            return out.rendered(source)
    out = Writer()
    out.hide(cell_of(source, 0, len(source)), "unread_table")
    return out.rendered(source)


def _registers(source: str, root: Node, lists: Lists) -> Iterator[tuple[Node, Rows]]:
    """Every list that may be a register: tables, then lists of objects, outermost first, of those the longest."""
    for node in _nodes(root):
        yield from _tables(source, node, lists)
    alike: dict[tuple[int, str, frozenset[str]], list[Node]] = {}
    under: dict[int, Cell] = {}
    for inside, key, found in _lists(root, lists):
        if key.words and status_named(key.words, lists):
            under |= {id(item): key for item in found.items}
        members = found.items[0].members
        told = found.items[0].type
        titled = frozenset(column_of(key, lists).field for key in members) & KEYS_OF_PROJECTS
        alike.setdefault((inside, told, titled if "title" in titled else frozenset(members)), []).append(found)
    whole = [(inside, found[0] if len(found) == 1 else _together(found)) for (inside, *_), found in alike.items()]
    for _, found in sorted(whole, key=lambda told: (told[0], -len(told[1].items))):
        yield found, _rows(source, found.items, under, lists)


def _together(lists: Sequence[Node]) -> Node:
    """Lists of objects of the same kind as one, such as those of several years."""
    return Node(items=[item for one in lists for item in one.items])


def _tables(source: str, node: Node, lists: Lists) -> Iterator[tuple[Node, Rows]]:
    """The table that an object's lists of headings and rows are, or its keys, over a list each; or a list of rows."""
    inner = [value for _, value in node.members.values()]
    heads = {len(value.items): value for value in reversed(inner) if not value.rows}
    for value in inner:
        if (rows := value.rows) and (head := heads.get(Counter(map(len, rows)).most_common(1)[0][0])):
            yield value, [_headings(source, head, lists), *_told(source, rows)]
    columns = [value.items or value.numbered for value in inner]
    if len(inner) > 1 and len({len(column) for column in columns}) == 1 and all(map(_is_plain, columns)):
        yield node, [[key for key, _ in node.members.values()], *_told(source, zip(*columns, strict=True))]
    if rows := node.rows:
        yield node, _told(source, rows)


def _is_plain(values: Sequence[Node]) -> bool:
    return bool(values) and not any(value.items or value.members for value in values)


def _told(source: str, rows: Iterable[Sequence[Node]]) -> Rows:
    return [[placed(source, _shown(value)) for value in row] for row in rows]


def _headings(source: str, head: Node, lists: Lists) -> list[Cell]:
    """A heading each: itself, or, of an object, what stands under the key whose words are labels most often."""
    keys = dict.fromkeys(key for item in head.items for key in item.members)
    said = [{key: value for key, (_, value) in item.members.items()} for item in head.items]
    best = max(keys, key=lambda key: sum(is_label(of[key].words, lists) for of in said if key in of), default="")
    return [placed(source, of.get(best, item)) for item, of in zip(head.items, said, strict=True)]


def _shown(node: Node) -> Node:
    """Of an object that stands for one cell, the words that a reader sees."""
    best = min(node.plain, key=lambda key: SHOWN.index(key) if key in SHOWN else len(SHOWN), default="")
    return node.plain.get(best, node)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for inner in [*node.items, *(value for _, value in node.members.values())]:
        yield from _nodes(inner)


def _lists(node: Node, lists: Lists, inside: int = 0, key: Cell = NO_KEY) -> Iterator[tuple[int, Cell, Node]]:
    """Every list of objects, with its key, and how many such lists it stands inside: a project's payers are none."""
    listed = node.by_key or node
    for part in listed.by_type:
        if part.is_list_of_objects and not _is_pairs(part, lists):
            yield inside, key, part
    for of, inner in [*((NO_KEY, item) for item in node.items), *node.members.values()]:
        yield from _lists(inner, lists, inside + listed.is_list_of_objects, of)


def _rows(source: str, items: Sequence[Node], under: Mapping[int, Cell], lists: Lists) -> Rows:
    """A row an object; the header is all keys in the order they first stand, an inner object's behind a dot.

    `under`: by the identity of an object, the key of its list that says in what state all there are (`avslutade`).
    """
    several = {key for item in items for key, count in _counts(item, "") if count > 1}
    flat = [dict(_flat(source, item, "", several, lists)) for item in items]
    states = [under.get(id(item)) for item in items]
    if any(states) and not any(column_of(key, lists).field == "status" for row in flat for key in row):
        for row, state in zip(flat, states, strict=True):
            row |= {"status": (state, state)} if state else {}
    keys: dict[str, Cell] = {}
    for row in flat:
        for key, (heading, _) in row.items():
            keys.setdefault(key, heading)
    header = [
        Cell(key, [c.at] * len(key), [c.ends[-1]] * len(key)) if c.starts else Cell(key, [0] * len(key), [0] * len(key))
        for key, c in keys.items()
    ]
    return [header, *([row[key][1] if key in row else Cell() for key in keys] for row in flat)]


def _counts(node: Node, prefix: str) -> Iterator[tuple[str, int]]:
    """How many objects each list of objects holds."""
    for key, (_, value) in node.members.items():
        if value.members:
            yield from _counts(value, f"{prefix}{key}.")
        elif value.is_list_of_objects:
            yield f"{prefix}{key}", len(value.items)


def _flat(
    source: str, node: Node, prefix: str, several: Set[str], lists: Lists
) -> Iterator[tuple[str, tuple[Cell, Cell]]]:
    """Key by key; a list of never more than one object is read as that object, others as names with their amounts."""
    for key, (heading, value) in node.members.items():
        name = f"{prefix}{key}"
        if _is_pairs(value, lists):
            for label, said in ([v for _, v in item.members.values()] for item in value.items):
                yield label.words, (placed(source, label), placed(source, said))
        elif value.members:
            inner = prefix if _is_all(key, value, node, lists) else f"{name}."
            yield from _flat(source, value, inner, several, lists)
        elif value.is_list_of_objects and name not in several:
            yield from _flat(source, value.items[0], f"{name}.", several, lists)
        elif value.is_list_of_objects:
            yield name, (heading, _listed(source, key, value.items, lists))
        elif value.items:
            is_text = any(len(v.words) >= SHORT or begins_fact(v.words, 0, lists) for v in value.items)
            yield name, (heading, joined([placed(source, v) for v in value.items], "\n" if is_text else ", "))
        else:
            yield name, (heading, placed(source, value))


def _is_all(key: str, inner: Node, outer: Node, lists: Lists) -> bool:
    """Whether an object inside another is the item, and its key no fact of it: GeoJSON's `properties`."""
    is_title = any(column_of(name, lists).field == "title" for name in outer.members)
    holds = len(inner.members) > len(outer.members) and not set(inner.members) & set(outer.members)
    return holds and not is_title and not is_label(key, lists)


def _listed(source: str, key: str, items: Sequence[Node], lists: Lists) -> Cell:
    """What a list of objects under a key says: people with their roles and numbers, else names with their amounts."""
    if column_of(key, lists).field not in PEOPLE:
        return joined([joined([_said(source, v) for v in _telling(item, lists)], " ") for item in items], ", ")
    led = [item for item in items if any(column_of(v.words, lists).field == "leader" for v in item.plain.values())]
    people = led if led and column_of(key, lists).field == "leader" else items
    return joined([_person(source, item, lists) for item in people], "\n")


def _person(source: str, item: Node, lists: Lists) -> Cell:
    """A person's name, which may stand in parts under other keys, then role, number and address."""
    roles = lists.contact_words.by("kind")["role_title"]
    said = [(column_of(key, lists).field, value) for key, value in item.plain.items()]
    points = [value for field, value in said if field == "points" or roles.fullmatch(value.words)]
    names = _names(item) or [value for _, value in said if value not in points]
    return joined([joined([placed(source, v) for v in names], " "), *(placed(source, v) for v in points)], ", ")


def _names(item: Node) -> list[Node]:
    return [value for key, value in item.plain.items() if fold(key) in NAME_KEYS][:1]


def _telling(item: Node, lists: Lists) -> list[Node]:
    """Of an object among others: its name and its amounts, or all that it says where it has no name."""
    fields = [(column_of(key, lists).field, value) for key, value in item.plain.items()]
    amounts = [value for field, value in fields if field in AMOUNTS or (not field and not value.quoted)]
    nodes = _names(item) + amounts if _names(item) else list(item.plain.values())
    nodes += [value for _, value in item.members.values() if any(map(_is_amount, value.plain.values()))]
    return [value for value in nodes if value.members or not is_unknown(value.words, lists)]


def _is_amount(node: Node) -> bool:
    return MONEY.fullmatch(node.words) is not None


def _said(source: str, node: Node) -> Cell:
    """What stands beside others: a bare number is an amount; one that is an object comes with its currency."""
    if node.members:
        return joined([placed(source, value) for value in node.plain.values()], " ")
    cell = placed(source, node)
    return joined([cell, saying(" kr", cell)], "") if _is_amount(node) else cell


def _hide_rest(source: str, node: Node, register: Node, out: Writer) -> None:
    """What stands outside the register is told apart: metadata of the file."""
    if node is register:
        return
    for heading, value in node.members.values():
        out.hide(heading, "metadata")
        _hide_rest(source, value, register, out)
    for item in node.items:
        _hide_rest(source, item, register, out)
    if not node.members and not node.items:
        out.hide(placed(source, node), "metadata")
