"""Which of our projects a row of a funder's register is: by number, else by owner and name, else by name and funder.

Precision is the point. A row is a project only where nothing that both say differs (another owner, round, programme),
and only where no other row of the register, and no other project, fits as well. What nearly fits is told with why.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import NamedTuple

from overkalix_data.base.codelist import codelist
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold
from overkalix_data.curation.register_rows import RegisterRow, case_numbers
from overkalix_data.schema.records import Records
from overkalix_data.values.funder import any_funder
from overkalix_data.values.funders_field import split_funders
from overkalix_data.values.org_number import org_number

SAME, DIFFERS, UNKNOWN = "same", "differs", "unknown"
RANKS = ("number", "name", "start")
"""What a match rests on, the surest first."""
MOST_ALIKE = 64
"""Projects with one number, name or first day that a row is held against, the first of them: a bound on time."""


@dataclass(frozen=True)
class Project:
    """What of a project on our pages a register can be held against."""

    project_id: str
    label: str
    title: str
    start: str
    end: str
    numbers: frozenset[str]
    programme_cci: str
    owners: frozenset[str]
    """The page's municipality, owner and partners by name: Habo and Håbo kommun have one id."""
    org_numbers: frozenset[str]
    neighbours: frozenset[str]
    """Municipalities that the text names: one of them may own the project in the funder's register."""
    funders: frozenset[str]


class RegisterMatch(NamedTuple):
    """A row that is, or nearly is, a project: what it rests on, how sure (`certainty`), or why not (`no_match`)."""

    row: RegisterRow
    project: Project
    rank: str = ""
    certainty: str = ""
    why: str = ""


@dataclass
class Matches:
    """What became of a register's rows: those that are ours, those that nearly are, and how many are none of ours."""

    found: list[RegisterMatch] = field(default_factory=list)
    refused: list[RegisterMatch] = field(default_factory=list)
    others: int = 0


def matched(rows: Sequence[RegisterRow], projects: Sequence[Project]) -> Matches:
    """Each row held against the projects that something speaks for; where several fit equally well, none does."""
    near = [m for row, likely in _likely(rows, projects) for p in likely if (m := _compared(row, p))]
    fits, refused = [m for m in near if not m.why], [m for m in near if m.why]
    # How many fit a project, or a row, and how well.
    fitting = Counter((of, m.rank) for m in fits for of in (m.project.project_id, id(m.row)))
    result = Matches()
    for match in fits:
        as_well = RANKS[: RANKS.index(match.rank) + 1]
        rivals, also = (sum(fitting[of, r] for r in as_well) for of in (match.project.project_id, id(match.row)))
        why = "several_rows" if rivals > 1 else "several_projects" if also > 1 else ""
        (refused if why else result.found).append(match._replace(why=why))
    taken = {id(m.row) for m in result.found}
    result.refused = [m for m in refused if id(m.row) not in taken]
    result.others = len(rows) - len(taken | {id(m.row) for m in result.refused})
    return result


def _likely(rows: Sequence[RegisterRow], projects: Sequence[Project]) -> Iterator[tuple[RegisterRow, list[Project]]]:
    """Each row with the projects that have a number, the name or, where either has no name, the first day of it."""
    by_key = defaultdict[tuple[str, ...], list[int]](list)
    for n, project in enumerate(projects):
        whose = product(project.funders, project.owners | project.org_numbers)
        for key in _keys(project.numbers, project.title, project.start, whose, (bool(_words(project.title)),)):
            by_key[key].append(n)
    for row in rows:
        whose = product(frozenset().union(*map(_family, row.funders)), {_named(row.owner), row.org_number} - {""})
        keys = _keys(row.numbers, row.title, row.start, whose, (False,) if _words(row.title) else (False, True))
        yield row, [projects[n] for n in sorted({n for key in keys for n in by_key.get(key, ())[:MOST_ALIKE]})]


def _keys(
    numbers: Iterable[str], title: str, start: str, whose: Iterable[tuple[str, str]], named: Iterable[bool]
) -> set[tuple[str, ...]]:
    """What a row and a project must have one of in common; a day is that of a project with a name, or without one,
    with a funder and an owner."""
    days = {("day", str(is_named), start, *both) for both in whose for is_named in named}
    return days | {("number", one) for one in numbers} | ({("name", words)} if (words := _words(title)) else set())


def _compared(row: RegisterRow, project: Project) -> RegisterMatch | None:
    """None where nothing speaks for the row being the project."""
    title, owner = _alike({_words(row.title)} - {""}, {_words(project.title)} - {""}), _owner(row, project)
    funder = _alike(frozenset().union(*map(_family, row.funders)), project.funders)
    start, end = _as_far(row.start, project.start), _as_far(row.end, project.end)
    if row.numbers & project.numbers:
        programme = _as_far(row.programme_cci.upper(), project.programme_cci.upper())
        return RegisterMatch(row, project, "number", *_by_number(title, owner, funder, programme))
    if title == SAME:
        numbers = DIFFERS if row.numbers and project.numbers else UNKNOWN
        return RegisterMatch(row, project, "name", *_by_name(numbers, owner, funder, start, is_owned=bool(row.owner)))
    is_day = len(row.start) == len(project.start) == len("2024-01-31")
    if (title, owner, funder, start) == (UNKNOWN, SAME, SAME, SAME) and is_day and end != DIFFERS:
        return RegisterMatch(row, project, "start", "probable")
    return None


def _by_number(title: str, owner: str, funder: str, programme: str) -> tuple[str, str]:
    """The certainty, or why not: one number is one project, unless it is another programme's, funder's or owner's."""
    why = ""
    if programme == DIFFERS or (funder == DIFFERS and title != SAME):
        why = "other_programme"
    elif owner == DIFFERS:
        why = "other_owner"
    elif title == DIFFERS and owner != SAME:
        why = "other_title"
    elif SAME not in (title, owner, funder):
        why = "number_alone"
    return "" if why else "certain" if title == DIFFERS else "exact", why


def _by_name(numbers: str, owner: str, funder: str, start: str, *, is_owned: bool) -> tuple[str, str]:
    """The certainty, or why not: the same name is the same project where the owner is, or the funder where the row
    tells no owner. Where the first day is the same too, the page may name another fund of the authority's."""
    if (owner, start) == (SAME, SAME):
        funder = UNKNOWN
    differing = {"other_number": numbers, "other_owner": owner, "other_programme": funder, "other_round": start}
    why = next((why for why, how in differing.items() if how == DIFFERS), "")
    if not why and SAME not in (owner, funder):
        why = "name_alone"
    return "" if why else "exact" if owner == SAME or not is_owned else "certain", why


def _words(title: str) -> str:
    """A title's words: signs and case do not count, letters and numbers do (`Spår 1` is not `Spår 2`)."""
    return " ".join(re.findall(r"\w+", fold(title)))


def _alike(one: Set[str], other: Set[str]) -> str:
    return UNKNOWN if not one or not other else SAME if one & other else DIFFERS


def _owner(row: RegisterRow, project: Project) -> str:
    """Whether the row's owner is one of the project's: the number decides where both are known, else the name."""
    names = {_named(row.owner)} - {""}
    if row.org_number and row.org_number in project.org_numbers:
        return SAME
    number = any_funder(row.owner, lists_for()).org_number if row.owner else ""
    if not names and not row.org_number:
        return UNKNOWN
    if names & project.owners:
        return DIFFERS if row.org_number and number and number != row.org_number else SAME
    return UNKNOWN if names & project.neighbours or not (project.owners or project.org_numbers) else DIFFERS


def _as_far(one: str, other: str) -> str:
    """As far as both go: `2023-09` and `2023-09-01` do not differ, nor `2021SE05SFPR` and `2021SE05SFPR001`."""
    if not one or not other:
        return UNKNOWN
    return SAME if one.startswith(other) or other.startswith(one) else DIFFERS


@cache
def _family(funder_id: str) -> frozenset[str]:
    """The funder, and by whom a page may name the same money: an authority's funds, or a fund's authorities."""
    pairs = [(r["giver_id"], r["fund_ids"].split("; ")) for r in codelist("registers")]
    pairs += [(r["funder_id"], r["fund_ids"].split("; ")) for r in codelist("eu_agencies") if r["funder_id"]]
    funds = {fund for agency, of_agency in pairs if agency == funder_id for fund in of_agency}
    return frozenset({funder_id, *funds, *(agency for agency, of_agency in pairs if funder_id in of_agency)})


def place_of_money(funder_id: str, named: Iterable[str]) -> str:
    """Which of the funders that a project names an amount of a register is: that one, or the one of its family."""
    of_family = [name for name in dict.fromkeys(named) if name in _family(funder_id)]
    return funder_id if funder_id in of_family else of_family[0] if len(of_family) == 1 else ""


def known_projects(records: Records) -> list[Project]:
    """The projects of our pages, each once: a block that repeats another is none of its own."""
    municipalities = {row["municipality_code"]: row["full_name"] for row in lists_for().municipalities}
    links, details, places = map(records.by_project, ("project_funders", "project_details", "project_places"))
    projects = []
    for row in (r for r in records.table("projects") if not r.get("duplicate_of")):
        key = str(row["project_id"])
        detail = {str(d["detail_code"]): str(d["value"]) for d in details[key] if d.get("value")}
        numbers = [str(link["reference_number"]) for link in links[key] if link.get("reference_number")]
        names = [municipalities.get(str(row.get("publisher_code") or ""), ""), detail.get("beneficiary", "")]
        partners = split_funders(detail.get("partner_organisations", ""), lists_for())
        owners = [*(any_funder(n, lists_for()) for n in names if n), *(m.funder for m in partners)]
        own = org_number(detail.get("beneficiary_org_number", ""))
        of_places = [records.rows["places"][(str(p["place_id"]),)] for p in places[key]]
        municipal = [str(p["name"]) for p in of_places if p.get("kind_code") == "municipality"]
        projects.append(
            Project(
                key,
                str(row.get("label") or key),
                title=str(row.get("title") or ""),
                start=str(row.get("start") or ""),
                end=str(row.get("end") or ""),
                numbers=case_numbers([*numbers, *filter(None, (detail.get("case_number", ""),))]),
                programme_cci=detail.get("programme_cci", ""),
                owners=frozenset(fold(f.name) for f in owners),
                org_numbers=frozenset({own, *(f.org_number for f in owners)} - {""}),
                neighbours=frozenset(_municipality(name) for name in municipal),
                funders=frozenset(str(link["funder_id"]) for link in links[key] if link["role_code"] != "own"),
            )
        )
    return projects


def _municipality(name: str) -> str:
    full = next((r["full_name"] for r in lists_for().municipalities if name in (r["name"], r["full_name"])), name)
    return _named(full)


def _named(name: str) -> str:
    return fold(any_funder(name, lists_for()).name) if name else ""
