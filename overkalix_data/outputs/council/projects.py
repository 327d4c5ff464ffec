"""Each project as a reader of the report meets it: what is known, where it stands on the page, and what it can be found by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overkalix_data.analyse.origins import Cell, Origin, Origins
from overkalix_data.analyse.sums import SAME_PROJECT
from overkalix_data.base.codelist import code_label
from overkalix_data.base.wording import squeeze, swedish_order
from overkalix_data.base.words import decimal, kronor, say
from overkalix_data.outputs.workbook.parts import municipality_names, other_places, projects_in_order
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of
from overkalix_data.schema.records import id_of
from overkalix_data.values.contact_point import national_form

PERIOD_ENDED = "period-ended"
"""The rule whose findings are the ongoing projects that the calendar has overtaken."""
TOLD_APART = ("status_code", "total_cost_sek", "unit", "publicity_text", "contact_text")
"""Columns that have a place of their own among the facts; what else the schema shows in the report stands first, in its order."""
ALWAYS = frozenset({"goal", "target_group_text", "funders", "period", "total_cost_sek"})
"""What is told even where it is not known."""
BASES = {column.name: column.basis for column in TABLES["projects"].columns} | {"period": "period_basis"}
UNSTATED = frozenset({"derived", "curated", "assumed"})
"""Bases that are told beside the value: it does not stand so on the page."""


@dataclass(frozen=True)
class Told:
    """A fact of a project: its heading, its paragraphs (`known` says whether there is any), what it rests on, and where it stands."""

    name: str
    heading: str
    words: list[str]
    known: bool
    basis: str
    places: list[str]


@dataclass(frozen=True)
class Card:
    """A project: its id (the anchor), label, status in words, facts in a reader's order, and what the filters go by."""

    project_id: str
    label: str
    status: str
    facts: list[Told]
    filters: dict[str, list[str]]

    def words(self, name: str) -> str:
        """A fact in one line; empty where it is not known."""
        return next((" ".join(f.words) for f in self.facts if f.name == name and f.known), "")

    def first(self, name: str) -> str:
        """The first paragraph of a fact; empty where it is not known."""
        return next((f.words[0] for f in self.facts if f.name == name and f.known), "")


def cards(tables: Tables, lang: str = "sv", *, contacts: bool = False) -> list[Card]:
    """The projects, ongoing first, in the page's order. `contacts` tells whom to ask."""
    return _Cards(tables, lang).made(contacts=contacts)


def choices(made: Iterable[Card], name: str) -> list[str]:
    """What a filter can be set to, in the order of the Swedish alphabet."""
    return sorted({value for card in made for value in card.filters[name]}, key=swedish_order)


class _Cards:
    def __init__(self, tables: Tables, lang: str) -> None:
        self.tables, self.lang = tables, lang
        self.origins = Origins(tables)
        self.named = {name: {r[key]: r for r in rows_of(tables[name])} for name, key in
                      (("funders", "funder_id"), ("themes", "theme_code"), ("target_groups", "target_group_id"))}  # fmt: skip
        self.links = {
            name: _by_project(tables, name)
            for name in ("project_funders", "project_themes", "project_target_groups", "project_links")
        }
        found = tables["findings"]
        self.ended = set(found.loc[found["rule_id"] == PERIOD_ENDED, "row_id"])
        self.municipalities, self.elsewhere = municipality_names(tables, lang), other_places(tables, lang)
        self.contacts = _contact_lines(tables)
        self.labels = {r["project_id"]: r["label"] for r in rows_of(tables["projects"][["project_id", "label"]])}

    def made(self, *, contacts: bool) -> list[Card]:
        return [self._card(row, contacts=contacts) for row in rows_of(projects_in_order(self.tables))]

    def _card(self, row: Mapping[str, Any], *, contacts: bool) -> Card:
        project_id = row["project_id"]
        columns = [c for c in TABLES["projects"].shown("report") if contacts or not c.personal]
        texts = [c.name for c in columns if c.name not in TOLD_APART]
        told = [
            self._column(row, "status_code"), self._elsewhere(project_id), *(self._column(row, name) for name in texts),
            self._funders(project_id), self._period(row), self._themes(project_id), self._column(row, "total_cost_sek"),
            *(self._column(row, name) for name in ("unit", "publicity_text")), *self._relations(project_id),
        ]  # fmt: skip
        if contacts:
            told.append(self._column(row, "contact_text"))
        return Card(project_id, self.labels[project_id], code_label("status", row["status_code"], self.lang), [t for t in told if t],
                    self._filters(row))  # fmt: skip

    def _filters(self, row: Mapping[str, Any]) -> dict[str, list[str]]:
        project_id, themes = row["project_id"], "name" if self.lang == "sv" else "name_en"
        groups = [
            self.named["target_groups"][r["target_group_id"]]["category_code"]
            for r in self.links["project_target_groups"][project_id]
        ]
        told = {
            "status": [code_label("status", row["status_code"], self.lang)],
            "funder": _once(self._funder(r) for r in self.links["project_funders"][project_id]),
            "theme": _once(
                str(self.named["themes"][r["theme_code"]][themes]) for r in self.links["project_themes"][project_id]
            ),
            "group": _once(code_label("target_group_category", code, self.lang) for code in groups if code),
        }
        # One municipality's list needs no choice of municipality; a joint project belongs to each of its own.
        return ({"publisher": self.municipalities.get(project_id, [])} if self.municipalities else {}) | told

    def _column(self, row: Mapping[str, Any], name: str) -> Told | None:
        value, column = row[name], TABLES["projects"].column(name)
        if value is None:
            return self._unknown(name, column.title(self.lang)) if name in ALWAYS else None
        if column.type == "money":
            paragraphs = [kronor(value, self.lang)]
        else:
            words = code_label(column.codelist, value, self.lang) if column.codelist else str(value)
            paragraphs = words.split("\n\n")
        if name == "description":
            # The goal and the purpose are parts of the prose: told under their own headings, and not again.
            others = (c.name for c in TABLES["projects"].shown("page") if c.name != name)
            told = {squeeze(p) for other in others for p in str(row[other] or "").split("\n\n")}
            paragraphs = [p for p in paragraphs if squeeze(p) not in told]
            if not paragraphs:
                return None
        if name == "contact_text":
            paragraphs = self.contacts[row["project_id"]] or paragraphs
        return self._told(name, column.title(self.lang), paragraphs, row, [("projects", row["project_id"], name)])

    def _funders(self, project_id: str) -> Told | None:
        rows, heading = self.links["project_funders"][project_id], TABLES["funders"].title(self.lang)
        if not rows:
            return self._unknown("funders", heading)
        words = []
        for r in rows:
            role = code_label("role", r["role_code"], self.lang)
            via = (
                say("show.via", self.lang, name=self.named["funders"][r["via_funder_id"]]["name"])
                if r["via_funder_id"]
                else ""
            )
            granted = kronor(r["granted_sek"], self.lang) if r["granted_sek"] is not None else ""
            words.append(f"{self._funder(r)} ({', '.join(filter(None, (role, via, granted)))})")
        cells = [("project_funders", id_of("project_funders", r), "funder_id") for r in rows]
        return Told(
            "funders",
            heading,
            words,
            True,
            "",
            self._places(self._field_origins(project_id, "funder_text", cells), words),
        )

    def _period(self, row: Mapping[str, Any]) -> Told | None:
        heading = say("report.period", self.lang)
        if not (row["start"] or row["end"]):
            return self._unknown("period", heading)
        ends = [row[c] or say("unknown", self.lang).lower() for c in ("start", "end")]
        note = [say("report.ended.note", self.lang)] if row["project_id"] in self.ended else []
        return self._told(
            "period",
            heading,
            [" – ".join(ends), *note],
            row,
            [("projects", row["project_id"], c) for c in ("start", "end")],
        )

    def _themes(self, project_id: str) -> Told | None:
        rows = self.links["project_themes"][project_id]
        if not rows:
            return None
        name = "name" if self.lang == "sv" else "name_en"
        words = [
            f"{self.named['themes'][r['theme_code']][name]} ({r['matched_text'] or code_label('basis', r['basis'], self.lang)})"
            for r in rows
        ]
        return Told("themes", TABLES["themes"].title(self.lang), words, True, say("report.theme.words", self.lang), [])

    def _relations(self, project_id: str) -> list[Told]:
        told = []
        for r in self.links["project_links"][project_id]:
            if r["relation_code"] == SAME_PROJECT:
                continue
            target = self.labels.get(r["target"], r["target"])
            origins = self.origins.of([("project_links", id_of("project_links", r), "")])
            told.append(
                Told(
                    f"link:{r['target']}",
                    code_label("relation", r["relation_code"], self.lang),
                    [target],
                    True,
                    "",
                    self._places(origins, [target]),
                )
            )
        return told

    def _elsewhere(self, project_id: str) -> Told | None:
        """The other pages that the project stands on."""
        also = list(self.elsewhere.get(project_id, {}).values())
        return Told(SAME_PROJECT, code_label("relation", SAME_PROJECT, self.lang), also, True, "", []) if also else None

    def _told(self, name: str, heading: str, words: list[str], row: Mapping[str, Any], cells: Sequence[Cell]) -> Told:
        basis = str(row.get(BASES.get(name, "")) or "")
        shown = code_label("basis", basis, self.lang) if basis in UNSTATED else ""
        return Told(name, heading, words, True, shown, self._places(self.origins.of(cells), words))

    def _unknown(self, name: str, heading: str) -> Told:
        return Told(name, heading, [say("unknown", self.lang)], False, "", [])

    def _field_origins(self, project_id: str, column: str, cells: Sequence[Cell]) -> Iterable[Origin]:
        """The whole field where the page has one: the sentence says more than the name in it."""
        return list(self.origins.of([("projects", project_id, column)])) or list(self.origins.of(cells))

    def _places(self, origins: Iterable[Origin], words: Sequence[str]) -> list[str]:
        """Line and quote of each place; a quote that is the value itself, word for word, is not told twice."""
        told, shown = [], squeeze(" ".join(words))
        for origin in origins:
            if origin.line is None:
                told.append(", ".join(filter(None, (origin.source, origin.date))))
                continue
            line = say(
                "show.place" if origin.page else "show.line",
                self.lang,
                source=origin.page,
                line=decimal(origin.line, self.lang),
            )
            told.append(line if origin.quote in shown else f"{line}: {say('quoted', self.lang, text=origin.quote)}")
        return _once(told)

    def _funder(self, row: Mapping[str, Any]) -> str:
        funder = self.named["funders"][row["funder_id"]]
        return str((funder["name_en"] if self.lang == "en" else None) or funder["name"])


def _contact_lines(tables: Tables) -> defaultdict[str, list[str]]:
    """project_id → a line a contact: name, role or organisation, and its numbers and addresses in one form."""
    points: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows_of(tables["contact_points"].sort_values(["contact_id", "kind_code"], ascending=[True, False])):
        points[row["contact_id"]].append(national_form(str(row["value"])))
    people = {r["contact_id"]: r for r in rows_of(tables["contacts"])}
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows_of(tables["project_contacts"].sort_values("position")):
        person = people[row["contact_id"]]
        told = [
            *(str(person[c]) for c in ("name", "role_title", "organisation") if person[c]),
            *points[row["contact_id"]],
        ]
        lines[row["project_id"]].append(", ".join(told))
    return lines


def _by_project(tables: Tables, name: str) -> defaultdict[str, list[dict[str, Any]]]:
    frame = tables[name]
    grouped: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(frame.sort_values("position") if "position" in frame else frame):
        grouped[row["project_id"]].append(row)
    return grouped


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
