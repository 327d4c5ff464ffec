"""What is known of a project for each field that a funder asks for: the value, its readiness, and its cells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overkalix_data.analyse.eu import eu_agencies, same_fund
from overkalix_data.analyse.kronor import own_parts
from overkalix_data.analyse.origins import Cell
from overkalix_data.base.codelist import code_label, codelist
from overkalix_data.base.wording import fold
from overkalix_data.base.words import say
from overkalix_data.curation.form_fields import fields
from overkalix_data.outputs.packs.periods import programme_period, required_publicity
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_by_project, rows_of
from overkalix_data.schema.pack_fields import PackField
from overkalix_data.schema.records import id_of

TOO_LARGE = frozenset({"county", "country"})
"""Kinds of place that a text names in passing: that the goal is visitors from Norway puts nothing in Norway."""
TEXTS = ("title", "goal", "purpose", "description", "results", "target_group_text")
OUTSIDE = r"utanför\s+(?:\w+\s+)?"


def is_site_of(project: Mapping[str, Any], place: Mapping[str, Any]) -> bool:
    """Whether a project can be at a place: no county or country, nor what its texts name only as outside of it."""
    if place["kind_code"] in TOO_LARGE:
        return False
    text, name = "\n".join(str(project[c]) for c in TEXTS if project[c]), rf"{re.escape(str(place['name']))}s?\b"
    outside = len(re.findall(OUTSIDE + name, text, re.IGNORECASE))
    return not outside or outside < len(re.findall(rf"\b{name}", text, re.IGNORECASE))


FILLED, DERIVED, ASK = "filled", "derived", "ask"
"""The codes of `readiness`."""
UNSURE = frozenset({"derived", "assumed"})
"""Bases of a value that nobody has stated."""
LINKED = {name: f"project_{name}" for name in ("target_groups", "places", "contacts")}
LINKED |= dict.fromkeys(("funds", "leader_areas"), "project_funders")
"""What a project is linked to → the table of those links."""
LOOKED_UP = {
    "programme_period": ("period", "period"), "programme_cci": ("period", "programme_cci"),
    "country": ("place", "country_{lang}"), "region": ("place", "name"), "nuts2": ("place", "nuts2"),
}  # fmt: skip
"""What is derived by one cell of a list: of the project's programme period, or of its municipality's region."""
OF_TYPE = {"funds": "eu_fund", "leader_areas": "leader_area"}


@dataclass(frozen=True)
class Answer:
    """A field of a project: its value (None: it must be asked), its readiness, and the cells that it rests on."""

    field: PackField
    value: str | int | float | None
    readiness: str
    cells: tuple[Cell, ...] = ()


class Answers:
    """Answers for one funder's projects. `comes_from` of a field names the method that knows it, and what to find.

    `projects.<column>` · `joined.<columns>` of the project's texts · `funding.<column>` of the funder's own row ·
    `funding_total.<column>` of what counts · `linked.<what>` (`LINKED`) · `themes.<column>` of the project's themes ·
    `detail.<code>[:<item>]` · `derived.<what>`, computed by a rule of a codelist.
    """

    def __init__(self, tables: Tables, funder_id: str, lang: str = "sv") -> None:
        self.funder_id, self.lang, self.eu_agencies = funder_id, lang, eu_agencies(tables)
        self.funder_ids = same_fund(funder_id)
        self.projects = {r["project_id"]: r for r in rows_of(tables["projects"])}
        counted = tables["project_funders"].index.isin(own_parts(tables).index)
        self.funding = rows_by_project(tables["project_funders"].assign(is_counted=counted))
        self.details = {
            (r["project_id"], r["detail_code"], r["item"] or ""): r for r in rows_of(tables["project_details"])
        }
        self.links = {links: rows_by_project(tables[links]) for links in LINKED.values()}
        parents = [TABLES[links].leads_to for links in self.links]
        self.named = {parent: {r[key]: r for r in rows_of(tables[parent])} for parent, key in parents}
        themes, links = tables["themes"], tables["project_themes"]
        with_areas = links.merge(themes, on="theme_code", validate="m:1", suffixes=("", "_of_theme"))
        self.themes = rows_by_project(with_areas.drop(columns="position"))

    def of(self, project_id: str, asked: Sequence[PackField]) -> list[Answer]:
        """The answers to these fields for a project."""
        return [self._answer(project_id, field) for field in asked]

    def _answer(self, project_id: str, field: PackField) -> Answer:
        where, _, what = field.comes_from.partition(".")
        value, basis, cells = self.detail(project_id, *field.detail.split(":")) if field.detail else (None, "", ())
        if value is None and where != "detail":
            value, basis, cells = getattr(self, f"_{where}")(project_id, what)
        if value is None or value == "":
            return Answer(field, None, ASK)
        return Answer(field, value, DERIVED if basis in UNSURE else FILLED, tuple(cells))

    def _projects(self, project_id: str, column: str) -> tuple[Any, str, Iterable[Cell]]:
        row, declared = self.projects[project_id], TABLES["projects"].column(column)
        asked = fields().get(column)
        value = row[column]
        basis = str(row.get(asked.basis) or "") if asked and asked.basis else ""
        if value is not None and declared.codelist:
            value = code_label(declared.codelist, value, self.lang)
        return value, basis, [("projects", project_id, column)]

    def _joined(self, project_id: str, columns: str) -> tuple[Any, str, Iterable[Cell]]:
        texts = [(column, self.projects[project_id][column]) for column in columns.split()]
        filled = [(column, text) for column, text in texts if text]
        return "\n".join(text for _, text in filled), "", [("projects", project_id, column) for column, _ in filled]

    def _funding(self, project_id: str, column: str) -> tuple[Any, str, Iterable[Cell]]:
        parts = [r for r in self.funding[project_id] if r["funder_id"] in self.funder_ids]
        if TABLES["project_funders"].column(column).type != "money":
            # The fund's money through an intermediary is one decision: what is filled in at either holds for both.
            parts += [r for r in self.funding[project_id] if r["via_funder_id"] == self.funder_id]
        rows = [r for r in parts if r[column] is not None]
        row = rows[0] if rows else {column: None}
        cells = [("project_funders", id_of("project_funders", r), column) for r in rows[:1]]
        return row[column], str(row.get("amount_basis") or ""), cells

    def _funding_total(self, project_id: str, column: str) -> tuple[Any, str, Iterable[Cell]]:
        counts = {True} if column != "voluntary_time_sek" else {True, False}
        rows = [r for r in self.funding[project_id] if r[column] is not None and r["is_counted"] in counts]
        cells = [("project_funders", id_of("project_funders", r), column) for r in rows]
        return (sum(r[column] for r in rows) if rows else None), "", cells

    def _linked(self, project_id: str, what: str) -> tuple[Any, str, Iterable[Cell]]:
        links = LINKED[what]
        parent, key = TABLES[links].leads_to
        rows, named = self.links[links][project_id], self.named[parent]
        if what in OF_TYPE:
            rows = [r for r in rows if named[r[key]]["funder_type_code"] == OF_TYPE[what]]
        if what == "places":
            rows = [r for r in rows if is_site_of(self.projects[project_id], named[r[key]])]
        names = dict.fromkeys(str(named[r[key]]["name"]) for r in rows if named[r[key]]["name"])
        # That a text names a place does not say that the project is there.
        return ", ".join(names), "derived" if what == "places" else "", [(links, id_of(links, r), "") for r in rows]

    def _themes(self, project_id: str, column: str) -> tuple[Any, str, Iterable[Cell]]:
        rows = self.themes[project_id]
        areas = [*dict.fromkeys(part for r in rows if r[column] for part in str(r[column]).split("; "))]
        if all(part.isdecimal() for part in areas):
            areas.sort(key=int)
        # That a theme belongs to an area of the strategy is a rule of ours, whoever gave the theme.
        return "; ".join(areas), "derived", [("project_themes", id_of("project_themes", r), "") for r in rows]

    def detail(self, project_id: str, code: str, item: str = "") -> tuple[Any, str, Iterable[Cell]]:
        """A fact that a person filled in, in the words or as the number that it is; its basis and its cell."""
        row = self.details.get((project_id, code, item))
        if row is None:
            return None, "", []
        asked = fields()[code]
        value = row["value"]
        if asked.codelist:
            value = code_label(asked.codelist, value, self.lang)
        elif asked.type == "money":
            value = int(value)
        return value, str(row["basis"] or ""), [("project_details", id_of("project_details", row), "value")]

    def _derived(self, project_id: str, what: str) -> tuple[Any, str, Iterable[Cell]]:
        row_kind, name = LOOKED_UP.get(what, ("", ""))
        if row_kind:
            row = self._place(project_id) if row_kind == "place" else self._period(project_id)
            return row.get(name.format(lang=self.lang)), "derived", []
        answer = getattr(self, f"_{what}")(project_id)
        value, basis, column = answer if isinstance(answer, tuple) else (answer, "derived", "")
        return value, basis, [("projects", project_id, column)] if column else []

    def _period(self, project_id: str) -> dict[str, str]:
        """The row of `programme_periods.csv` of the project's fund, where its wording or its start tells the period.

        Where the page names no fund but somebody who passes on EU money, what is the same whichever of its funds it is.
        """
        funds = [str(r["funder_id"]) for r in self.funding[project_id] if r["role_code"] == "fund"]
        stated = (str(self.projects[project_id]["publicity_text"] or ""), str(self.projects[project_id]["start"] or ""))
        if funds:
            return programme_period(funds, *stated)
        first, *others = [programme_period([fund], *stated) for fund in self.possible_funds(project_id)] or [{}]
        return {name: value for name, value in first.items() if all(other.get(name) == value for other in others)}

    def agencies(self, project_id: str) -> list[tuple[dict[str, Any], dict[str, str]]]:
        """Those of its funders that pass on EU money, each with its row of `eu_agencies.csv`."""
        funders = (r["funder_id"] for r in self.funding[project_id])
        return [(self.named["funders"][f], self.eu_agencies[f]) for f in funders if f in self.eu_agencies]

    def possible_funds(self, project_id: str) -> list[str]:
        """The funds that its money can come from where the page names none."""
        return list(dict.fromkeys(fund for _, row in self.agencies(project_id) for fund in row["fund_ids"].split("; ")))

    def _legal_list(self, project_id: str) -> str | None:
        """The list that the law of the fund and period requires; none where no EU money can be in the project."""
        funders = [self.named["funders"][r["funder_id"]] for r in self.funding[project_id]]
        if funders and not self.agencies(project_id) and not any(f["funder_type_code"] == "eu_fund" for f in funders):
            return say("pack.no_legal_list", self.lang)
        return self._period(project_id).get(f"legal_list_{self.lang}")

    def _publicity(self, project_id: str) -> tuple[str | None, str, str]:
        """The line that the fund's period and the funder ask for; the words of the page where no rule says more."""
        period, words = self._period(project_id), self.projects[project_id]["publicity_text"]
        required = required_publicity(period, self.funder_id, self.lang)
        if words and (not required or fold(required) == fold(words)):
            return words, "published", "publicity_text"
        if words and not period.get("publicity"):
            required = f"{words}; {required}"
        return required, "derived", "publicity_text" if words else ""

    def _leader_status(self, project_id: str) -> tuple[str | None, str, str]:
        """Ongoing, in the words of Leader's list: that a project is completed says nothing of its report."""
        row = self.projects[project_id]
        ongoing = code_label("leader_status", "ongoing", self.lang) if row["status_code"] == "ongoing" else None
        return ongoing, str(row["status_basis"] or ""), "status_code"

    def _support_type(self, project_id: str) -> str | None:
        """A pre-study is a type of support of its own; what else a project is says nothing of what was applied for."""
        kind = self.projects[project_id]["project_type_code"]
        return code_label("project_type", kind, self.lang) if kind == "pre_study" else None

    def _leader_priority(self, project_id: str) -> str | None:
        """Leader Polaris' priority areas are those of its strategy 2016–2022."""
        is_then = self.funder_id == "leader-polaris" and self._period(project_id).get("period") == "2014–2022"
        return self._themes(project_id, "leader_polaris_area")[0] if is_then else None

    def _beneficiary(self, project_id: str) -> str | None:
        """The municipality that publishes the project and pays its own part: who else owns it a person fills in."""
        return self.owner(project_id).get("name")

    def _beneficiary_org_number(self, project_id: str) -> str | None:
        number = self.owner(project_id).get("org_number")
        return f"{number[:6]}-{number[6:]}" if number else None

    def owner(self, project_id: str) -> dict[str, Any]:
        """The row of `funders` of the municipality whose own project it is; empty where the page does not tell."""
        own = (r["funder_id"] for r in self.funding[project_id] if r["role_code"] == "own")
        return next((self.named["funders"][funder] for funder in own), {})

    def _place(self, project_id: str) -> dict[str, str]:
        """The region of the municipality that publishes it; the first two figures of its code are the county's."""
        county = str(self.projects[project_id]["publisher_code"] or "")[:2]
        return next((row for row in codelist("regions") if row["county_code"] == county), {})
