"""The rule about one project on several pages: what two of them say apart. What only one tells is no conflict."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from overkalix_data.analyse.one_per_project import copies
from overkalix_data.base.codelist import code_label, codelist
from overkalix_data.base.lists import lists_for
from overkalix_data.base.page_names import source_labels
from overkalix_data.base.wording import fold
from overkalix_data.base.words import LANGUAGES, decimal
from overkalix_data.checks.rules.catalogue import Verdict, of_key, where
from overkalix_data.identity.several_pages import agree
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_by_project, rows_of
from overkalix_data.values.funder import named_funder
from overkalix_data.values.place import municipality

Names = frozenset[str]
_Stated = tuple[dict[str, Any], Any, str | None]
"""A page's row of the project, what it states, and the basis of that."""
CURATED = "curated"
SEPARATORS = ",;\n"
"""What stands between the organisations of a field (`project_details`)."""
PARTNERS, OWNER = "partner_organisations", "beneficiary"


@dataclass(frozen=True)
class _Told:
    """What a page says of a field: to compare, to read, and whether a person has added it."""

    source_id: str
    key: Any
    words: str
    is_added: bool = False


@dataclass(frozen=True)
class _Field:
    """A field that a project's pages may say apart: its heading, what they say, and whether two of them agree."""

    heading: str
    told: list[_Told]
    agree: Callable[[Any, Any], bool]

    @property
    def is_disputed(self) -> bool:
        return any(not self.agree(a.key, b.key) for a, b in combinations(self.told, 2))


def sources_disagree(tables: Tables, as_of: str) -> Verdict:
    """Asked of the first of a project's pages, about all: its value is `field: value (source) · value (source)`."""
    projects, first = tables["projects"], copies(tables)
    pages = defaultdict(list)
    if first:
        of_several = {*first, *first.values()}
        tables = tables | {
            name: tables[name][tables[name]["project_id"].isin(of_several)]
            for name in ("projects", "project_funders", "project_details")
        }
        rows = {r["project_id"]: r for r in rows_of(tables["projects"])}
        for project_id in [*dict.fromkeys(first.values()), *sorted(first)]:
            pages[first.get(project_id, project_id)].append(rows[project_id])
    asked = [_Pages(tables, lang) for lang in LANGUAGES] if first else []
    by_language = [{project_id: one.words(of) for project_id, of in pages.items()} for one in asked] or [{}, {}]
    sv, en = (of_key(projects["project_id"], words) for words in by_language)
    return Verdict(where(projects["project_id"].isin(list(pages)), sv == ""), sv, value_en=en)


class _Pages:
    """What the pages of a project say of it, in a language."""

    def __init__(self, tables: Tables, lang: str) -> None:
        self.lang = lang
        self.labels = source_labels(rows_of(tables["sources"]))
        self.names = {r["funder_id"]: (lang == "en" and r["name_en"]) or r["name"] for r in rows_of(tables["funders"])}
        self.funding, self.details = (rows_by_project(tables[name]) for name in ("project_funders", "project_details"))

    def words(self, pages: list[dict[str, Any]]) -> str:
        """Every field that the pages say apart; empty where they agree."""
        fields = [*self._columns(pages), *self._grants(pages), *self._organisations(pages), self._funders(pages)]
        return "; ".join(f"{f.heading}: {self._values(f.told)}" for f in fields if f.is_disputed)

    def _values(self, statements: list[_Told]) -> str:
        """Each value with the pages that say so."""
        sources: defaultdict[Any, list[str]] = defaultdict(list)
        words = {one.key: one.words for one in reversed(statements)}
        for one in statements:
            added = f" [{code_label('basis', CURATED, self.lang).lower()}]" if one.is_added else ""
            sources[one.key].append(self.labels[one.source_id] + added)
        return " · ".join(f"{words[key]} ({', '.join(named)})" for key, named in sources.items())

    def _columns(self, pages: list[dict[str, Any]]) -> Iterable[_Field]:
        stated = (p for p in pages if p["status_basis"] != "assumed" and p["status_code"] != "unknown")
        status = [(p, p["status_code"], p["status_basis"]) for p in stated]
        yield self._field("projects", "status_code", status, lambda code: code_label("status", code, self.lang))
        for name in ("start", "end"):
            yield self._field("projects", name, [(p, p[name], p["period_basis"]) for p in pages], str, agree)
        costs = [(p, p["total_cost_sek"], p["total_cost_basis"]) for p in pages]
        yield self._field("projects", "total_cost_sek", costs, self._kronor)

    def _grants(self, pages: list[dict[str, Any]]) -> Iterable[_Field]:
        """What each funder granted: all its parts that a page has amounts of, without voluntary time."""
        granted: defaultdict[str, list[_Stated]] = defaultdict(list)
        for page in pages:
            money = (r for r in self.funding[page["project_id"]] if r["contribution_code"] != "voluntary_time")
            parts = [r for r in money if r["granted_sek"] is not None]
            for funder_id in dict.fromkeys(r["funder_id"] for r in parts):
                mine = [r for r in parts if r["funder_id"] == funder_id]
                basis = CURATED if any(r["amount_basis"] == CURATED for r in mine) else None
                granted[funder_id].append((page, sum(r["granted_sek"] for r in mine), basis))
        for funder_id, amounts in granted.items():
            field = self._field("project_funders", "granted_sek", amounts, self._kronor)
            yield _Field(f"{field.heading}, {self.names[funder_id]}", field.told, field.agree)

    def _organisations(self, pages: list[dict[str, Any]]) -> Iterable[_Field]:
        """The owner; and the partners beside it and the pages' own municipalities, which theirs leave out."""
        details = ((p["project_id"], r) for p in pages for r in self.details[p["project_id"]] if not r["item"])
        rows = {(project_id, r["detail_code"]): r for project_id, r in details}
        at_home = _organisations(", ".join(filter(None, (municipality(p["publisher_code"] or "") for p in pages))))
        owners = (_organisations(rows.get((p["project_id"], OWNER), {}).get("value", "")) for p in pages)
        for code, ignored in ((OWNER, frozenset()), (PARTNERS, at_home.union(*owners))):
            stated = [
                _Told(p["source_id"], _organisations(r["value"]) - ignored, r["value"], r["basis"] == CURATED)
                for p in pages
                if (r := rows.get((p["project_id"], code)))
            ]
            yield _Field(code_label("detail", code, self.lang), stated, Names.__eq__)

    def _funders(self, pages: list[dict[str, Any]]) -> _Field:
        """Who pays, beside the municipalities' own shares: each page tells its own."""
        own = {r["funder_id"] for p in pages for r in self.funding[p["project_id"]] if r["role_code"] == "own"}
        through = _channels(r for p in pages for r in self.funding[p["project_id"]])
        stated = []
        for page in pages:
            ids = [r["funder_id"] for r in self.funding[page["project_id"]] if r["funder_id"] not in own]
            words = ", ".join(dict.fromkeys(self.names[i] for i in ids))
            stated += [_Told(page["source_id"], frozenset(ids), words)] if ids else []

        def same(one: Names, other: Names) -> bool:
            return not any(
                through[funder].isdisjoint(there)
                for funder, there in [*((f, other) for f in one - other), *((f, one) for f in other - one)]
            )

        return _Field(TABLES["funders"].title(self.lang), stated, same)

    def _kronor(self, sek: int) -> str:
        return decimal(sek, self.lang)

    def _field(self, table: str, column: str, facts: Iterable[_Stated], words: Callable[[Any], str],
               agree: Callable[[Any, Any], bool] = lambda one, other: one == other) -> _Field:  # fmt: skip
        stated = ((page, value, basis) for page, value, basis in facts if value is not None)
        statements = [_Told(page["source_id"], value, words(value), basis == CURATED) for page, value, basis in stated]
        return _Field(TABLES[table].column(column).title(self.lang), statements, agree)


def _organisations(words: str) -> Names:
    """The organisations of a field, however each is called: a municipality by its short name too."""
    for sign in SEPARATORS[1:]:
        words = words.replace(sign, SEPARATORS[0])
    names = [_full_names().get(fold(part), fold(part)) for part in words.split(SEPARATORS[0]) if part.strip()]
    return frozenset(funder.funder_id if (funder := named_funder(name, lists_for())) else name for name in names)


@cache
def _full_names() -> dict[str, str]:
    return {fold(row["name"]): fold(row["full_name"]) for row in codelist("municipalities")}


def _channels(funding: Iterable[dict[str, Any]]) -> defaultdict[str, set[str]]:
    """A fund and what its money comes through, each → the other: a page that names one says the same as both."""
    pairs = [(r["via_funder_id"], r["funder_id"]) for r in funding if r["via_funder_id"]]
    agencies = (row for row in codelist("eu_agencies") if row["funder_id"])
    pairs += [(row["funder_id"], fund) for row in agencies for fund in row["fund_ids"].split("; ")]
    through: defaultdict[str, set[str]] = defaultdict(set)
    for agency, fund in pairs:
        through[agency].add(fund)
        through[fund].add(agency)
    return through
