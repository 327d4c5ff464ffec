"""Candidates: what other public pages say of the projects, shown beside the page's text; only a person merges them.

A funder's register gives them too: what our pages lack, or say otherwise.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from overkalix_data.base.codelist import Row as CodeRow
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold, slug
from overkalix_data.curation.form_fields import NoValueError, fields
from overkalix_data.curation.matching import RegisterMatch, place_of_money
from overkalix_data.curation.register_rows import Said, case_numbers
from overkalix_data.schema import TABLES
from overkalix_data.schema.curated_files import LINE, csv_bytes, curated_rows
from overkalix_data.schema.records import Records, Row, Value
from overkalix_data.values.funder import named_funder
from overkalix_data.values.funders_field import split_funders

CANDIDATES, VALUES = "candidates", "values"
LEVELS = ("no_project", "against_page", "against_curated", "against_sources", "fills", "confirms")
"""What a candidate is to what is known, the worst first."""
KEY = ("project_id", "field", "item")
"""What a candidate, and a curated value, is of."""
SETS = {"partners": "project_places", "funders_told": "project_funders"}
"""Fields whose value is a list of names, and where the page's own list of them is."""


MOST_OTHERS = 5
"""Other sources that are shown beside a candidate: of a field with very many, each would have all the others."""


@dataclass(frozen=True)
class Review:
    """A candidate, what it is to what is known (`LEVELS`), what the page says, and what other sources say."""

    candidate: CodeRow
    level: str
    on_page: str
    others: list[CodeRow]
    more: int = 0
    """Sources that say otherwise, beyond `MOST_OTHERS`."""


class _SameField:
    """The candidates of one field of one project that are not rejected, by what they mean."""

    def __init__(self) -> None:
        self._by_meaning = defaultdict[object, list[CodeRow]](list)
        self._count = 0

    def add(self, row: CodeRow, meant: object) -> None:
        """Enters a candidate."""
        self._by_meaning[meant].append(row)
        self._count += 1

    def others(self, meant: object) -> tuple[list[CodeRow], int]:
        """The first that mean something else, and how many there are of them in all."""
        other = (row for meaning, rows in self._by_meaning.items() if meaning != meant for row in rows)
        return list(islice(other, MOST_OTHERS)), self._count - len(self._by_meaning.get(meant, ()))


def candidates(folder: Path) -> list[CodeRow]:
    """The rows of `candidates.csv`. Raises InputError where one lacks a cell it must have, or a code is none."""
    rows, file = curated_rows(folder, CANDIDATES), str(folder / f"{CANDIDATES}.csv")
    listed: dict[str, Collection[str]] = {
        "field": fields(),
        "certainty_code": codes("certainty"),
        "status_code": codes("candidate"),
    }
    for row in rows:
        for column, allowed in listed.items():
            if row[column] not in allowed:
                raise InputError("candidate_row", file=file, line=row[LINE], column=column, codes=", ".join(allowed))
    return rows


def reviews(records: Records, rows: Sequence[CodeRow], *, answered: bool = False) -> list[Review]:
    """The open candidates (or all), the worst conflict first, then the most certain."""
    by_field = defaultdict[tuple[str, ...], _SameField](_SameField)
    for row in rows:
        if row["status_code"] != "rejected" and fields()[row["field"]].single:
            by_field[_key(row)].add(row, _meaning(row["field"], row["value"]))
    shown = [row for row in rows if answered or row["status_code"] == "open"]
    certainty = list(codes("certainty"))

    def rank(review: Review) -> tuple[int, int, str]:
        row = review.candidate
        return LEVELS.index(review.level), certainty.index(row["certainty_code"]), row["candidate_id"]

    return sorted((_review(records, row, by_field[_key(row)]) for row in shown), key=rank)


def answer(
    folder: Path, candidate_ids: Collection[str], status: str, *, who: str, date: str, note: str = ""
) -> dict[str, bytes]:
    """File → bytes after a person accepts or rejects: what is accepted goes, with its source, among the curated values.

    Raises InputError where no open candidate has an id, or where another value has been accepted for the same field.
    """
    rows, values = candidates(folder), curated_rows(folder, VALUES)
    waiting = {row["candidate_id"]: n for n, row in reversed([*enumerate(rows)]) if row["status_code"] == "open"}
    taken = defaultdict[tuple[str, ...], set[str]](set)
    for value in values:
        taken[_key(value)].add(value["value"])
    for candidate_id in candidate_ids:
        if (n := waiting.pop(candidate_id, None)) is None:
            raise InputError("no_candidate", value=candidate_id)
        row = rows[n]
        notes = "; ".join(filter(None, (row["note"], note)))
        rows[n] = answered = row | {"status_code": status, "who": who, "date": date, "note": notes}
        if status == "accepted":
            if taken[_key(row)] - {row["value"]} and fields()[row["field"]].single:
                raise InputError("candidate_taken", value=candidate_id, file=f"{VALUES}.csv")
            taken[_key(row)].add(row["value"])
            values.append({k: answered[k] for k in (*KEY, "value", "source", "who", "date", "note")})
    files = {f"{CANDIDATES}.csv": csv_bytes(CANDIDATES, rows)}
    return files | ({f"{VALUES}.csv": csv_bytes(VALUES, values)} if status == "accepted" and candidate_ids else {})


def exact(reviewed: Iterable[Review]) -> list[str]:
    """The open candidates that can be accepted together: from a register's row that is surely the project, where the
    page says nothing and no other source says otherwise."""
    sure = (r.candidate for r in reviewed if r.level == "fills" and r.candidate["certainty_code"] == "exact")
    return [row["candidate_id"] for row in sure if row["status_code"] == "open"]


def current(records: Records, field: str, project_id: str, item: str = "") -> Row | None:
    """The row that a field of a project stands in; None where it has none."""
    asked = fields()[field]
    if asked.table == "project_funders":
        funder_id, _, role = item.partition("|")
        links = (r for r in records.of_project(asked.table, project_id) if r["funder_id"] == funder_id)
        return next((r for r in links if role in ("", r["role_code"])), None)
    key = (project_id,) if asked.table == "projects" else (project_id, field, asked.item_of(item) or "")
    return records.rows[asked.table].get(key) if asked.table else None


def _key(row: CodeRow) -> tuple[str, ...]:
    return tuple(row[name] for name in KEY)


def _review(records: Records, row: CodeRow, same_field: _SameField) -> Review:
    project = records.rows["projects"].get((row["project_id"],))
    asked = fields()[row["field"]]
    meant = _meaning(row["field"], row["value"])
    others, count = same_field.others(meant)
    if project is None:
        return Review(row, "no_project", "", others, count - len(others))
    if row["field"] in SETS:
        on_page = "; ".join(_names(records, row["project_id"], SETS[row["field"]]))
        differs = _meaning(row["field"], on_page) != meant
        level = ("against_page" if differs else "confirms") if on_page else "fills"
    else:
        stands, level = current(records, row["field"], row["project_id"], row["item"]) or {}, "fills"
        if (value := stands.get(asked.column)) is not None:
            basis = stands.get(asked.basis) if asked.basis else None
            level = "confirms" if _typed(row) == value else "against_curated" if basis == "curated" else "against_page"
        on_page = "" if value is None else str(value)
    if others and level in ("fills", "confirms"):
        level = "against_sources"
    return Review(row, level, on_page, others, count - len(others))


def _names(records: Records, project_id: str, table: str) -> list[str]:
    """The municipalities, or the funders, that the page names for a project."""
    parent, key = TABLES[table].leads_to
    links = sorted(records.of_project(table, project_id), key=lambda r: (r.get("position") or 0, str(r[key])))
    named = [records.rows[parent][(str(r[key]),)] for r in links]
    listed = (n for n in named if table == "project_funders" or n.get("kind_code") == "municipality")
    return list(dict.fromkeys(str(n["name"]) for n in listed))


def _meaning(field: str, value: str) -> object:
    """What makes two values of a field the same: of a list of names which they are, in any order; else the words."""
    if field == "funders_told":
        return frozenset(m.funder.funder_id for m in split_funders(value, lists_for()))
    if field == "partners":
        return frozenset(
            slug(named.name if (named := named_funder(n, lists_for())) else n).removesuffix("-kommun")
            for n in value.split(";")
        )
    return fold(value)


def _typed(row: CodeRow) -> Value:
    try:
        return fields()[row["field"]].read(row["value"])
    except NoValueError:
        return None


def proposals(
    records: Records, matches: Iterable[RegisterMatch], listed: Sequence[CodeRow], file: str, day: str
) -> tuple[list[CodeRow], list[tuple[RegisterMatch, Said]]]:
    """The new candidates, and the amounts of funders that the page does not name: they have no place to stand in.

    `listed` are the candidates there are; one of them, answered or not, is not proposed again.
    """
    standing = {(r["project_id"], r["field"], r["item"], r["value"], r["source"]) for r in listed}
    last = max((int(r["candidate_id"][1:]) for r in listed if r["candidate_id"][1:].isdecimal()), default=0)
    added, homeless = list[CodeRow](), list[tuple[RegisterMatch, Said]]()
    for match in matches:
        for said in match.row.said:
            item = _item(records, match, said)
            if said.item and not item:
                homeless.append((match, said))
                continue
            key = (match.project.project_id, said.field, item, said.value, f"{file}, {said.place}")
            if key in standing or not _is_news(records, match, said, item):
                continue
            standing.add(key)
            row = dict(zip(("project_id", "field", "item", "value", "source"), key, strict=True))
            row |= {"candidate_id": f"c{last + len(added) + 1:02d}", "source_date": day}
            row |= {"certainty_code": match.certainty, "status_code": "open", "who": "", "date": ""}
            added.append(row | {"note": code_label("match_basis", match.rank)})
    return added, homeless


def _item(records: Records, match: RegisterMatch, said: Said) -> str:
    """The funder of the page that an amount belongs to."""
    if not said.item:
        return ""
    links = records.of_project("project_funders", match.project.project_id)
    return place_of_money(said.item, [str(r["funder_id"]) for r in links])


def _is_news(records: Records, match: RegisterMatch, said: Said, item: str) -> bool:
    """Whether the value is one of its field, and not what is known already."""
    asked = fields()[said.field]
    try:
        value = asked.read(said.value)
    except NoValueError:
        return False
    if said.field == "case_number" and case_numbers([said.value]) <= match.project.numbers:
        return False
    stands = current(records, said.field, match.project.project_id, item) or {}
    return stands.get(asked.column) != value
