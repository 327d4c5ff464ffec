"""Each project as a reader of the report meets it: what is known, where that stands, and what it can be found by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overkalix_data.analyse.kronor import SAME_PROJECT
from overkalix_data.analyse.origins import Cell, Origins
from overkalix_data.base.codelist import code_label
from overkalix_data.base.wording import inside, not_repeated, squeeze, swedish_order
from overkalix_data.base.words import decimal, kronor, say
from overkalix_data.outputs.workbook.parts import municipality_names, other_places, projects_in_order
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_by_project, rows_of
from overkalix_data.schema.records import id_of
from overkalix_data.values.phone_email import national_form

PERIOD_ENDED = "period-ended"
"""The rule whose findings are the ongoing projects that the calendar has overtaken."""
TOLD_APART = ("status_code", "total_cost_sek", "unit", "publicity_text", "contact_text")
"""Columns that have a place of their own among the facts; what else the schema shows stands first, in its order."""
ALWAYS = frozenset({"goal", "target_group_text", "funders", "period", "total_cost_sek"})
"""What is told even where it is not known."""
BASES = {column.name: column.basis for column in TABLES["projects"].columns} | {"period": "period_basis"}
UNSTATED = frozenset({"derived", "curated", "assumed"})
"""Bases that are told beside the value: it does not stand so on the page."""


@dataclass(frozen=True)
class ProjectFact:
    """A fact of a project: heading, paragraphs (`known`: whether there is any), what it rests on, where it stands."""

    name: str
    heading: str
    words: list[str]
    known: bool
    basis: str
    places: list[str]


@dataclass(frozen=True)
class ProjectCard:
    """A project: its id (the anchor), label, status in words, facts in a reader's order, what filters go by."""

    project_id: str
    label: str
    status: str
    facts: list[ProjectFact]
    filters: dict[str, list[str]]

    def words(self, name: str, between: str = " ") -> str:
        """A fact, its paragraphs with `between` between them; empty where it is not known."""
        return next((between.join(f.words) for f in self.facts if f.name == name and f.known), "")

    def first(self, name: str) -> str:
        """The first paragraph of a fact; empty where it is not known."""
        return next((f.words[0] for f in self.facts if f.name == name and f.known), "")


def cards(tables: Tables, lang: str = "sv", *, contacts: bool = False) -> list[ProjectCard]:
    """The projects, ongoing first, in the page's order. `contacts` tells whom to ask."""
    maker = _CardMaker(tables, lang)
    return [maker.card(row, contacts=contacts) for row in rows_of(projects_in_order(tables))]


def choices(cards: Iterable[ProjectCard], name: str) -> list[str]:
    """What a filter can be set to, in the order of the Swedish alphabet."""
    return sorted({value for card in cards for value in card.filters[name]}, key=swedish_order)


class _CardMaker:
    def __init__(self, tables: Tables, lang: str) -> None:
        self.lang = lang
        self.origins = Origins(tables)
        links = ("project_funders", "project_themes", "project_target_groups", "project_links")
        parents = [TABLES[name].leads_to for name in links[:-1]]
        self.named = {parent: {row[key]: row for row in rows_of(tables[parent])} for parent, key in parents}
        self.links = {name: rows_by_project(tables[name]) for name in links}
        findings = tables["findings"]
        self.ended = set(findings.loc[findings["rule_id"] == PERIOD_ENDED, "row_id"])
        self.municipalities, self.elsewhere = municipality_names(tables, lang), other_places(tables, lang)
        self.contacts = _contact_lines(tables)
        self.labels = {row["project_id"]: row["label"] for row in rows_of(tables["projects"][["project_id", "label"]])}

    def card(self, row: Mapping[str, Any], *, contacts: bool) -> ProjectCard:
        """The card of a row of projects."""
        project_id, status = row["project_id"], code_label("status", row["status_code"], self.lang)
        elsewhere = list(self.elsewhere.get(project_id, {}).values())
        columns = [c for c in TABLES["projects"].shown("report") if contacts or not c.personal]
        texts = [c.name for c in columns if c.name not in TOLD_APART]
        facts = [
            self._column(row, "status_code"),
            self._fact(SAME_PROJECT, code_label("relation", SAME_PROJECT, self.lang), elsewhere),
            *(self._column(row, name) for name in texts),
            self._funders(project_id),
            self._period(row),
            self._themes(project_id),
            self._column(row, "total_cost_sek"),
            *(self._column(row, name) for name in ("unit", "publicity_text")),
            *self._relations(project_id),
            self._column(row, "contact_text") if contacts else None,
        ]
        shown = [fact for fact in facts if fact]
        return ProjectCard(project_id, self.labels[project_id], status, shown, self._filters(project_id, status))

    def _filters(self, project_id: str, status: str) -> dict[str, list[str]]:
        groups = [
            self.named["target_groups"][r["target_group_id"]] for r in self.links["project_target_groups"][project_id]
        ]
        codes = [group["category_code"] for group in groups if group["category_code"]]
        filters = {
            "status": [status],
            "funder": _once(self._funder(r["funder_id"]) for r in self.links["project_funders"][project_id]),
            "theme": _once(self._theme(r["theme_code"]) for r in self.links["project_themes"][project_id]),
            "group": _once(code_label("target_group_category", code, self.lang) for code in codes),
        }
        # One municipality's list needs no choice of municipality; a joint project belongs to each of its own.
        return ({"publisher": self.municipalities.get(project_id, [])} if self.municipalities else {}) | filters

    def _column(self, row: Mapping[str, Any], name: str) -> ProjectFact | None:
        column, cells = TABLES["projects"].column(name), [("projects", row["project_id"], name)]
        paragraphs = [] if row[name] is None else self._paragraphs(row, name)
        whole = [str(row[name])] if name == "description" else []
        return self._fact(name, column.title(self.lang), paragraphs, self._basis(row, name), cells, whole)

    def _paragraphs(self, row: Mapping[str, Any], name: str) -> list[str]:
        column, value = TABLES["projects"].column(name), row[name]
        if name == "contact_text" and self.contacts[row["project_id"]]:
            return self.contacts[row["project_id"]]
        if column.type == "money":
            return [decimal(value, self.lang)]
        text = code_label(column.codelist, value, self.lang) if column.codelist else str(value)
        if name != "description":
            return text.split("\n\n")
        # The goal and the purpose are parts of the prose: told under their own headings, and not again.
        return not_repeated(text, (str(row[c.name] or "") for c in TABLES["projects"].shown("page") if c.name != name))

    def _funders(self, project_id: str) -> ProjectFact | None:
        rows, whole = self.links["project_funders"][project_id], [("projects", project_id, "funder_text")]
        names = [("project_funders", id_of("project_funders", row), "funder_id") for row in rows]
        # The whole field where the page has one: the sentence says more than the name in it.
        cells = whole if any(self.origins.of(whole)) else names
        return self._fact(
            "funders", TABLES["funders"].title(self.lang), [self._funding(row) for row in rows], "", cells
        )

    def _funding(self, row: Mapping[str, Any]) -> str:
        """`Almi (medfinansiär, via …, 100 000 kr)`."""
        via, granted = row["via_funder_id"], row["granted_sek"]
        parts = [
            inside(code_label("role", row["role_code"], self.lang)),
            say("show.via", self.lang, name=self.named["funders"][via]["name"]) if via else "",
            "" if granted is None else kronor(granted, self.lang),
        ]
        return f"{self._funder(row['funder_id'])} ({', '.join(filter(None, parts))})"

    def _period(self, row: Mapping[str, Any]) -> ProjectFact | None:
        cells, ends = [("projects", row["project_id"], name) for name in ("start", "end")], []
        if row["start"] or row["end"]:
            ends = [" – ".join(row[name] or inside(say("unknown", self.lang)) for name in ("start", "end"))]
            ends += [say("report.ended.note", self.lang)] if row["project_id"] in self.ended else []
        return self._fact("period", say("report.period", self.lang), ends, self._basis(row, "period"), cells)

    def _themes(self, project_id: str) -> ProjectFact | None:
        names = [
            f"{self._theme(r['theme_code'])} ({r['matched_text'] or code_label('basis', r['basis'], self.lang)})"
            for r in self.links["project_themes"][project_id]
        ]
        return self._fact("themes", TABLES["themes"].title(self.lang), names, say("report.theme.words", self.lang))

    def _relations(self, project_id: str) -> list[ProjectFact | None]:
        """The other projects that the page leads to; that it stands on several pages is told apart."""
        of: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in self.links["project_links"][project_id]:
            of[row["relation_code"]].append(row)
        return [
            self._fact(
                f"link:{relation}",
                code_label("relation", relation, self.lang),
                [self.labels.get(row["target"], row["target"]) for row in rows],
                cells=[("project_links", id_of("project_links", row), "") for row in rows],
            )
            for relation, rows in of.items()
            if relation != SAME_PROJECT
        ]

    def _basis(self, row: Mapping[str, Any], name: str) -> str:
        basis = str(row.get(BASES.get(name, "")) or "")
        return code_label("basis", basis, self.lang) if basis in UNSTATED else ""

    def _fact(
        self, name: str, heading: str, words: list[str], basis: str = "", cells: Iterable[Cell] = (),
        whole: Sequence[str] = (),
    ) -> ProjectFact | None:  # fmt: skip
        """A fact; without words it is told as unknown where it always is told, and else not at all.

        `whole`: the value where `words` are only what other facts do not tell of it.
        """
        if words:
            return ProjectFact(name, heading, words, True, basis, self._places(cells, whole or words))
        return ProjectFact(name, heading, [say("unknown", self.lang)], False, "", []) if name in ALWAYS else None

    def _places(self, cells: Iterable[Cell], words: Sequence[str]) -> list[str]:
        """Line and quote of each place; what the value itself says word for word is not told twice."""
        places, shown = [], squeeze(" ".join(words))
        for origin in self.origins.of(cells):
            if origin.line is None:
                places.append(", ".join(filter(None, (origin.source, origin.date))))
                continue
            key, line = "show.place" if origin.page else "show.line", decimal(origin.line, self.lang)
            place = say(key, self.lang, source=origin.page, line=line)
            differs = "" if origin.quote in shown else " ".join(not_repeated(origin.quote, [shown]))
            places.append(f"{place}: {say('quoted', self.lang, text=differs)}" if differs else place)
        return _once(places)

    def _funder(self, funder_id: str) -> str:
        funder = self.named["funders"][funder_id]
        return str(funder["name"])

    def _theme(self, theme_code: str) -> str:
        return str(self.named["themes"][theme_code]["name" if self.lang == "sv" else "name_en"])


def _contact_lines(tables: Tables) -> defaultdict[str, list[str]]:
    """project_id → a line a contact: name, role or organisation, and its numbers and addresses in one form."""
    points: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows_of(tables["contact_points"].sort_values(["contact_id", "kind_code"], ascending=[True, False])):
        points[row["contact_id"]].append(national_form(str(row["value"])))
    people = {r["contact_id"]: r for r in rows_of(tables["contacts"])}
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows_of(tables["project_contacts"].sort_values("position")):
        person = people[row["contact_id"]]
        names = [str(person[c]) for c in ("name", "role_title", "organisation") if person[c]]
        lines[row["project_id"]].append(", ".join([*names, *points[row["contact_id"]]]))
    return lines


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
