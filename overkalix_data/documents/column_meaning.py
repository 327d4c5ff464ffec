"""What the heading of a register's column means: a label of the lists, however it is put, or who pays."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from overkalix_data.base.codelist import Row
from overkalix_data.base.lists import Lists
from overkalix_data.base.terms import Terms
from overkalix_data.base.wording import DASHES, REMEMBERED, fold, slug
from overkalix_data.documents.label_by_values import is_no_grant
from overkalix_data.values.funder import Funder, funder_within, known_funder, named_funder, without_lead

LONGEST = 80
"""Characters in a heading at most."""
NAME_KEYS = ("namn", "name", "title", "titel", "fullname", "label", "text")
"""Keys under which an object inside a project has its name."""
AMOUNT_KEYS = frozenset({"amount", "belopp", "value", "sum", "summa"})
"""Keys of a mere amount: of what, the outer key says."""
CUT_SHORT = 6
"""Letters that a heading has at least where it is a longer one's beginning."""
BEGINNING = 3
"""Letters by which a word that may be of a label is looked up."""
CURRENCY = "currency"
"""The field of a column that says in what its row's amounts are."""
UNREAD = "unread"
"""The field of a column that the lists know and that says nothing of the project: a row of theirs without a field."""
IN_TWO_LANGUAGES, AND = " / ", " och "
"""What stands between the two of a heading: `Startdatum / Start date`, `Syfte och bakgrund`."""
BODIES = frozenset({"owner", "funder", "partners", "contact", "leader"})
"""Fields whose values are organisations and people."""
UNIT = re.compile(
    rf"(?:(?<![{DASHES}\s,])[{DASHES}\s,]++)?+(?:\bi\s+)?[(\[]?(?:\bi\s+)?(?P<unit>\b(?:tkr|kkr|tsek|ksek|mkr|mnkr|msek|kr|kronor|sek|eur|euro|meur|teur|nok)\b|€)[)\]]?\s*$",
    re.IGNORECASE,
)
_PAID_BY = re.compile(r"(?P<what>.+?)(?:,\s*|\s(?:från|av|genom)\s+)(?P<who>.+)")
"""`Anslag 1:1 från Region Sörmland`, `Belopp, Region Sörmland`."""
_PAID = re.compile(r"(?P<who>.*[^,\s])[,\s]+(?:belopp|summa|andel)|(?:belopp|summa)\s+(?P<behind>\S.*)", re.IGNORECASE)
"""`Finansiär 2, belopp`, `Belopp annan finansiär`."""
_HUMP = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
"""Between the words of a program's key: `kontaktNamn`."""
_SORT = re.compile(r"\bsorter", re.IGNORECASE)
"""What a heading says to who sorts by it."""
_NUMBERED = re.compile(r"(?<=[^\W\d])\.?\s*(?:nr\.?\s*)?(?P<n>\d)$")


@dataclass(frozen=True)
class RegisterColumn:
    """A column: its heading, the label of the lists that it means (empty: none known), and that label's field."""

    heading: str
    label: str = ""
    field: str = ""
    unit: str = ""
    number: str = ""
    """Of `Finansiär 2`, the 2."""
    funder: str = ""
    """The funder that the heading names: what stands under it is what that funder pays."""
    weak: bool = False
    """A heading such as `Namn`, which is the project's where no other column is."""
    own: bool = False
    """Whether no list knows the heading, and its cells tell what it means."""


@lru_cache(maxsize=REMEMBERED)
def column_of(heading: str, lists: Lists) -> RegisterColumn:
    """What one heading means by itself; nothing, where it is longer than any heading."""
    if len(heading) > 2 * LONGEST:
        return RegisterColumn(heading)
    sort = _SORT.search(heading)
    said = heading[: sort.start() if sort else None].strip(" :*,(")
    is_key = " " not in said and _HUMP.search(said)
    if is_key and not any(_row_of(said, form, lists) for form in ("column", "label")):
        said = _HUMP.sub("_", said)
    unit = UNIT.search(spaced := said.replace("_", " "))
    name = UNIT.sub("", spaced) if unit and unit.start() else said
    bare = _without_bracket(name)
    numbered = _NUMBERED.search(bare)
    column = RegisterColumn(
        heading, unit=unit["unit"].lower() if unit else "", number=numbered["n"] if numbered else ""
    )
    return _listed(column, name, bare, lists) or _joined(column, said, bare, lists) or _of_payer(column, bare, lists)


def _listed(column: RegisterColumn, name: str, bare: str, lists: Lists) -> RegisterColumn | None:
    """The column by a row of the lists; a grant with a funder in brackets (`EU-medel (ERUF)`) is what that pays."""
    inside = name.rpartition("(")[2].rstrip(" )")
    for words in dict.fromkeys((name, bare, _NUMBERED.sub("", bare), _unqualified(bare, lists), inside)):
        if row := _row_of(words, "column", lists):
            field = "points" if _is_point(row["label"], lists) else row["field"] or UNREAD
            if payer := named_funder(inside, lists) if field == "granted" else None:
                return replace(column, funder=payer.name)
            return replace(column, label=row["label"] or column.heading, field=field, weak=bool(row["weak"]))
        if row := _row_of(words, "label", lists):
            is_open = "*" in row["words"] and row["field"] == "granted"
            if payer := (funder_within(words, lists) if is_open else None) or _payer_behind(words, lists):
                return replace(column, funder=payer.name)  # `Beviljat ESF-stöd`
            is_point = _is_point(row["words"], lists)
            return replace(column, label=row["words"], field="points" if is_point else row["field"])
    if lists.labels.by("form")["column"].by("field")[CURRENCY].fullmatch(bare):
        return replace(column, label=column.heading, field=CURRENCY)
    return _cut_short(column, bare, lists)


def _cut_short(column: RegisterColumn, bare: str, lists: Lists) -> RegisterColumn | None:
    """The column by the beginning of its key, as a file that holds ten capitals of each has it: `TOTALKOSTN`."""
    key = _key(bare)
    if not bare.isupper() or len(key) < CUT_SHORT:
        return None
    rows = {k: row for form in ("label", "column") for k, row in _index(lists, form)[1].items() if k.startswith(key)}
    if not rows:
        return None
    listed = rows[min(rows, key=len)]
    same = tuple(k for k, row in rows.items() if row["field"] == listed["field"])
    # Another may only go on from there: `Startdatum och slutdatum`.
    is_sure = all(k.startswith(same) for k in rows)
    return replace(column, label=listed["label"] or listed["words"], field=listed["field"]) if is_sure else None


def _joined(column: RegisterColumn, said: str, bare: str, lists: Lists) -> RegisterColumn | None:
    """The column by a part of its heading: one of two languages, or the inner key (`kontakt.namn`, `Kontakt: namn`)."""
    for joint, least in ((IN_TWO_LANGUAGES, 1), (AND, 2)):
        halves = bare.replace("_", " ").split(joint)
        columns = [c for half in halves if len(halves) > 1 and (c := column_of(half, lists)).label]
        if len(columns) >= least and not columns[0].weak:
            return replace(columns[0], heading=column.heading, unit=columns[0].unit or column.unit)
    if "." in bare.strip(".") and ". " not in bare:  # `kontakt.namn`, and not `Budget inkl. egen insats`
        return _inner(column, bare, lists)
    _, colon, last = bare.rpartition(": ")
    if colon and (fold(last) in NAME_KEYS or column_of(last, lists).label):
        return _inner(column, bare.replace(": ", "."), lists)
    inner = _inner(column, ".".join(said.rsplit("_", 1)), lists) if "_" in said.strip("_") else column
    outer, _, last = bare.rpartition(" ")
    is_inner = outer and (fold(last) in NAME_KEYS or column_of(last, lists).field == "points")
    bodies = (body for body in _nominative(outer) if column_of(body, lists).field in BODIES) if is_inner else ()
    for body in bodies:
        return _inner(column, f"{body}.{last}", lists)  # `Stödmottagarens namn`, `Kontaktperson e-post`
    return inner if inner.label else None


def _of_payer(column: RegisterColumn, bare: str, lists: Lists) -> RegisterColumn:
    """The column of what a funder pays, by the funder in its heading; else one that no list knows."""
    paid = _PAID.fullmatch(bare)
    who = (paid["who"] or paid["behind"]) if paid else ""
    if who and any(column_of(words, lists).field == "funder" for words in _nominative(who)):
        return replace(column, label="Beviljat belopp", field="granted")
    match = _PAID_BY.fullmatch(bare)
    payer = known_funder(match["who"], lists) if match else None
    if match and payer and (_tells_money(match["what"], lists) or column_of(match["what"], lists).field == "granted"):
        return replace(column, funder=payer.name)
    bare = bare.replace("_", " ")
    if payer := _payer_behind(bare, lists):
        return replace(column, funder=payer.name)
    named = without_lead(bare, lists)
    funder = known_funder(named, lists) if named else None
    if funder is None and _tells_money(bare, lists):
        funder = funder_within(bare, lists)
    if funder is None and (hit := lists.labels.by("form")["column"].fullmatch(bare)):
        return replace(column, label=hit.row["label"], field=hit.row["field"])
    return replace(column, funder=funder.name if funder else "")


def _payer_behind(heading: str, lists: Lists) -> Funder | None:
    """The funder whose name ends a heading of what was granted: `Beslutat belopp Region Blekinge`."""
    for m in re.finditer(r"\s(?=[A-ZÅÄÖ])", heading):
        payer = known_funder(heading[m.end() :], lists)
        if payer and column_of(heading[: m.start()], lists).field == "granted":
            return payer
    return None


def _tells_money(words: str, lists: Lists) -> bool:
    """Whether a heading tells what a funder gives, and not what was applied for or refused."""
    return lists.granting_words.search(words) is not None and not is_no_grant(words, lists)


def _row_of(words: str, form: str, lists: Lists) -> Row | None:
    """The row of the list for a heading as people or a program write it, or by an open part (`Projektledare i *`)."""
    rows, by_key = _index(lists, form)
    if row := rows.same(words) or by_key.get(_key(words) or "-"):
        return row
    hit = rows.fullmatch(words.strip())
    return hit.row if hit else None


@cache
def _index(lists: Lists, form: str) -> tuple[Terms, dict[str, Row]]:
    """The labels, or the columns' headings, that have no open end; and the same by their key."""
    rows = lists.labels.by("form")[form].rows
    closed = [row for row in rows if "…" not in row["words"] and row["field"] != CURRENCY]
    return Terms(closed), {_key(row["words"]): row for row in reversed(closed)}


def _inner(column: RegisterColumn, path: str, lists: Lists) -> RegisterColumn:
    """`kontaktperson.namn`, `budget.total`: an inner key means what it says; a mere `name` means the outer one."""
    *outer, last = path.split(".")
    above, own = column_of(outer[-1], lists), column_of(last, lists)
    if fold(last) in NAME_KEYS:
        # The name of what the outer key tells: of a programme, whose key no list has, it is no project's title.
        return replace(column, label=above.label, field=above.field)
    # What else an inner object tells of an organisation or a person (where it is, its size) is not who it is.
    is_mere = fold(last) in AMOUNT_KEYS and above.field == "total"
    meaning = own if (own.label or above.field in BODIES) and not is_mere else above
    if above.funder and own.field == "granted":
        return replace(column, funder=above.funder, unit=own.unit or column.unit)
    return replace(column, label=meaning.label, field=meaning.field, unit=meaning.unit or column.unit)


def _key(words: str) -> str:
    """A heading as a program would write it: `Total budget`, `total_budget` and `Totalbudget` are one."""
    return slug(words.replace("_", " ")).replace("-", "")


def _unqualified(heading: str, lists: Lists) -> str:
    """The heading without what only qualifies it: `Projektets totala budget` → `totala budget`."""
    m = _qualified(lists).fullmatch(heading)
    return m["heading"] if m else heading


@cache
def _qualified(lists: Lists) -> re.Pattern[str]:
    before, after = (lists.label_qualifiers.by("side")[side].any_of for side in ("before", "after"))
    return re.compile(rf"(?:(?:{before})\s+)*(?P<heading>\S.*?)(?:\s+(?:{after}))*\s*[?]?", re.IGNORECASE)


def _nominative(words: str) -> list[str]:
    """The words, and what they may be the genitive of: `Stödmottagarens` of `Stödmottagare`."""
    return [b for ending in ("", "s", "ns", "ens") if (b := words.removesuffix(ending))]


def _without_bracket(heading: str) -> str:
    """`Belopp (kr)` → `Belopp`."""
    inside = heading.rstrip().removesuffix(")")
    opened = inside.find("(", inside.rfind(")") + 1)
    return heading[:opened].rstrip() if opened >= 0 and heading.rstrip().endswith(")") else heading


@lru_cache(maxsize=REMEMBERED)
def is_label(words: str, lists: Lists) -> bool:
    """Whether the words are a label of the lists, or a heading that means one: most titles share no word with one."""
    if len(words) > LONGEST or _beginnings(_HUMP.sub("_", words)).isdisjoint(_label_beginnings(lists)):
        return False
    return bool(column_of(words, lists).label)


def _beginnings(words: str) -> set[str]:
    """How its words begin, and the whole as a program's key (`Fr o m`: `from`)."""
    return {word[:BEGINNING] for word in (*slug(words, LONGEST).split("-"), _key(words))}


@cache
def _label_beginnings(lists: Lists) -> set[str]:
    """How the words of labels and headings begin, whatever ending, number or bracket they may have."""
    return {beginning for row in lists.labels.rows for beginning in _beginnings(row["words"])}


def needs_colon(words: str, lists: Lists) -> bool:
    """Whether the words are a label only where a colon follows them: `Projekt` alone is a heading."""
    row = lists.labels.by("form")["label"].same(words)
    return row is not None and row["colon"] == "must"


def _is_point(label: str, lists: Lists) -> bool:
    """Whether what stands under a label is a number or an address, and not a person."""
    return lists.contact_words.by("kind")["ignored"].same(label) is not None
