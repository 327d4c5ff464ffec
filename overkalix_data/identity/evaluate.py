"""How right the reading is: precision and recall per field against what people typed of each page, the gold folder.

A gold folder holds a folder a case: one file `source.*`, and `projects.csv` with a row a project,
several values of a cell parted by ` | `.
Where a page can fairly be read in another way too, `accept.csv` says so: row (from 1), column, also_accept, why.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from overkalix_data.base.codelist import Row, codes, read_csv
from overkalix_data.base.errors import InputError
from overkalix_data.base.files import is_there
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold
from overkalix_data.base.words import counts, decimal, percent, say
from overkalix_data.documents.source import MEDIA_TYPES, read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records, Value
from overkalix_data.values.funder import any_funder
from overkalix_data.values.phone_email import find_contact_points

GOLD_FILE, ACCEPT_FILE = "projects.csv", "accept.csv"
BETWEEN = " | "
LINE_NUMBER = "#line"
FIELDS = ("title", "status_code", "goal", "purpose", "target_groups", "funders", "granted", "total_cost_sek", "start",
          "end", "contacts", "phones", "emails", "owner", "partners")  # fmt: skip
"""The columns of every gold file, and what is counted. `granted` holds `Funder=kronor`."""
DECLARED = [c.name for c in TABLES["projects"].shown("evaluate")]
"""The columns of `projects` that are held against typed answers: those beyond `FIELDS`, and the facts for funders
(`detail` of `codes.csv`), where a gold file has them."""
AIMS = ("goal", "purpose")
ALIKE = 60
"""Of 100: how alike a read project must be to a typed one to be held against it."""

Values = Mapping[str, frozenset[str]]


@dataclass
class Score:
    """Of one field: how many values were right, read though nobody typed them, and typed but not read."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what was read that is right; None where nothing was."""
        return self.right / (self.right + self.invented) if self.right + self.invented else None

    @property
    def recall(self) -> float | None:
        """The share of what there is to read that was; None where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@dataclass(frozen=True)
class Miss:
    """A value that differs: the case, the project's place in it, the field, what was typed and what was read."""

    case: str
    project: str
    field: str
    typed: str
    read: str


@dataclass(frozen=True)
class Evaluation:
    """The scores of every field over all cases; `projects` counts the projects themselves."""

    cases: Sequence[str]
    scores: Mapping[str, Score]
    misses: Sequence[Miss]


def evaluate(gold: Path) -> Evaluation:
    """Reads every case of a gold folder. Raises InputError where there is none, or one lacks source or answers."""
    folders = sorted(p.parent for p in gold.glob(f"*/{GOLD_FILE}"))
    if not folders:
        raise InputError("no_gold", file=str(gold), name=GOLD_FILE)
    scores = {name: Score() for name in ("projects", *FIELDS)}
    misses: list[Miss] = []
    for folder in folders:
        typed, read = _typed(folder / GOLD_FILE), read_projects_of(_source(folder))
        counted = list(dict.fromkeys((*FIELDS, *(name for row in typed for name in row))))
        for one, other in _pairs(typed, read, _accepted(folder / ACCEPT_FILE)):
            _count(scores["projects"], frozenset({"x"} if one else ()), frozenset({"x"} if other else ()))
            if not (one and other):
                names = (_name(one or other or {}), "projects", _name(one or {}), _name(other or {}))
                misses.append(Miss(folder.name, *names))
            for name in counted:
                a, b = (one or {}).get(name, frozenset()), (other or {}).get(name, frozenset())
                _count(scores.setdefault(name, Score()), a, b)
                if a != b and one and other:
                    differing = BETWEEN.join(sorted(a - b)), BETWEEN.join(sorted(b - a))
                    misses.append(Miss(folder.name, _name(one), name, *differing))
    return Evaluation([f.name for f in folders], scores, misses)


def read_projects_of(source: Path) -> list[Values]:
    """What the projects of a source say, field by field, in the form in which it is compared."""
    sources = read_sources(str(source))
    records = read_pages(sources, []).records
    projects = records.rows["projects"].values()
    order = sorted(projects, key=lambda r: (str(r["source_id"]), int(r["first_line"] or 0), str(r["project_id"])))
    return [_read(records, project, sources[0].country) for project in order]


def _source(folder: Path) -> Path:
    for path in sorted(folder.glob("source.*")):
        if path.suffix in MEDIA_TYPES:
            return path
    raise InputError("no_gold_source", file=str(folder), kinds=", ".join(MEDIA_TYPES))


def _typed(file: Path) -> list[Values]:
    rows = read_csv(file)
    for name in FIELDS:
        if rows and name not in rows[0]:
            raise InputError("codelist", file=str(file), column=name)
    return [_compared(row) for row in rows]


def _accepted(file: Path) -> dict[tuple[int, str], list[frozenset[str]]]:
    """(place of the project, column) → the other values that are right too."""
    accepted = dict[tuple[int, str], list[frozenset[str]]]()
    for row in read_csv(file, LINE_NUMBER) if is_there(file) else []:
        values = _compared(dict.fromkeys(FIELDS, "") | {row["column"]: row["also_accept"]})
        if not re.fullmatch("[0-9]{1,6}", row["row"]) or row["column"] not in FIELDS:
            raise InputError("gold_row", file=str(file), line=row[LINE_NUMBER])
        accepted.setdefault((int(row["row"]) - 1, row["column"]), []).append(values[row["column"]])
    return accepted


def _compared(row: Row) -> Values:
    """A typed row in the form in which it is compared."""
    listed = {name: [v.strip() for v in row[name].split(BETWEEN.strip()) if v.strip()] for name in FIELDS}
    values = {name: frozenset(map(fold, parts)) for name, parts in listed.items()}
    single = [name for name in (*DECLARED, *codes("detail")) if name in row]
    values |= {name: frozenset({fold(row[name])} if row[name] else ()) for name in single}
    values |= {name: frozenset(map(_aim, values[name])) for name in AIMS}
    values["funders"] = frozenset(fold(any_funder(name, lists_for()).name) for name in listed["funders"])
    values["granted"] = frozenset(map(_grant, listed["granted"]))
    return values


def _aim(words: str) -> str:
    """`Syftet med projektet är att X` and `Att X` are X, as the cases' README says."""
    return re.sub(r"^(?:(?:projektets )?(?:syfte|mål)\w*(?: med \w+(?: \w+)?)? (?:är|var) )?att ", "", words)


def _grant(words: str) -> str:
    name, _, amount = words.rpartition("=")
    return f"{fold(any_funder(name.strip(), lists_for()).name)}={amount.strip()}"


def _read(records: Records, project: Mapping[str, Value], country: str) -> Values:
    key = project["project_id"]

    def of(table: str) -> list[Mapping[str, Value]]:
        return [row for row in records.rows[table].values() if row.get("project_id") == key]

    names = {row["funder_id"]: fold(str(row["name"])) for row in records.rows["funders"].values()}
    groups = {row["target_group_id"]: str(row["name"]) for row in records.rows["target_groups"].values()}
    people = {row["contact_id"]: row for row in records.rows["contacts"].values()}
    mine = {row["contact_id"] for row in of("project_contacts")}
    points = find_contact_points(str(project.get("contact_text", "")), country)
    details = {str(row["detail_code"]): str(row["value"]) for row in of("project_details")}
    single = {name: frozenset({fold(str(project[name]))} if project.get(name) is not None else ()) for name in DECLARED}
    single |= {name: frozenset(map(_aim, single[name])) for name in AIMS}
    granted = [row for row in of("project_funders") if row.get("granted_sek") is not None]
    return {
        **{code: frozenset({fold(value)}) for code, value in details.items()},
        **single,
        "target_groups": frozenset(fold(groups[row["target_group_id"]]) for row in of("project_target_groups")),
        "funders": frozenset(names[row["funder_id"]] for row in of("project_funders")),
        "granted": frozenset(f"{names[row['funder_id']]}={row['granted_sek']}" for row in granted),
        "contacts": frozenset(fold(str(people[c]["name"])) for c in mine if people[c].get("name")),
        "phones": frozenset(p.value for p in points if p.kind == "phone" and p.value),
        "emails": frozenset(p.value for p in points if p.kind == "email" and p.value),
        "owner": frozenset({fold(details["beneficiary"])} if "beneficiary" in details else ()),
        "partners": frozenset(fold(v) for v in _parted(details.get("partner_organisations", ""))),
    }


def _parted(words: str) -> list[str]:
    return [v for v in re.split(r"[,;]|\s(?:och|samt)\s|\n", words) if v.strip(" .")]


def _pairs(
    typed: Sequence[Values], read: Sequence[Values], accepted: Mapping[tuple[int, str], Sequence[frozenset[str]]]
) -> Iterator[tuple[Values | None, Values | None]]:
    """Each typed project with the read one that is most like it; what is left on either side stands alone."""
    scores = sorted(((-_alike(a, b), abs(n - m), n, m) for n, a in enumerate(typed) for m, b in enumerate(read)))
    taken, given = dict[int, int](), set[int]()
    for score, _, n, m in scores:
        if -score >= ALIKE and n not in taken and m not in given:
            taken[n] = m
            given.add(m)
    for n, one in enumerate(typed):
        other = read[taken[n]] if n in taken else None
        also = {name: other[name] for name in FIELDS if other and other[name] in accepted.get((n, name), ())}
        yield {**one, **also}, other
    yield from ((None, other) for m, other in enumerate(read) if m not in given)


def _alike(one: Values, other: Values) -> float:
    if one["title"] and one["title"] == other["title"]:
        return 100.0
    return float(fuzz.token_set_ratio(_text(one), _text(other)))


def _text(values: Values) -> str:
    names = ("title", "goal", "purpose", "target_groups", "funders")
    return " ".join(value for name in names for value in sorted(values[name]))


def _name(values: Values) -> str:
    return next((v[:50] for name in ("title", "goal", "purpose", "funders") for v in sorted(values.get(name, ()))), "")


def _count(score: Score, typed: frozenset[str], read: frozenset[str]) -> None:
    score.right += len(typed & read)
    score.invented += len(read - typed)
    score.missed += len(typed - read)


def evaluation_lines(gold: Path, lang: str, *, misses: bool = False) -> list[str]:
    """The scores as a table for the terminal; with `misses` every value that differs."""
    evaluation = evaluate(gold)
    typed = evaluation.scores["projects"]
    tried = counts(lang, cases=len(evaluation.cases), projects=typed.right + typed.missed)
    lines = [say("evaluate.head", lang, **tried), "", _row(say("evaluate.columns", lang).split("|"))]
    for name, score in evaluation.scores.items():
        shares = (
            say("evaluate.none", lang) if share is None else percent(share, lang, 1)
            for share in (score.precision, score.recall)
        )
        named = say("evaluate.projects", lang) if name == "projects" else name
        lines.append(_row([named, *(decimal(n, lang) for n in (score.right, score.invented, score.missed)), *shares]))
    if misses:
        lines += ["", *(say("evaluate.miss", lang, **vars(miss)) for miss in evaluation.misses)]
    return lines


def _row(cells: Sequence[str]) -> str:
    return f"{cells[0]:<23}" + "".join(f"{cell:>11}" for cell in cells[1:])
