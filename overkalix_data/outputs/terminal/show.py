"""One project with the sentence behind every value, or the list: read from rows, so that it answers at once."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from overkalix_data.base.codelist import code_label, codelist, codes
from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import lists_for
from overkalix_data.base.page_names import labels_beside
from overkalix_data.base.wording import code_named, fold, inside, not_repeated, squeeze
from overkalix_data.base.words import decimal, did_you_mean, say
from overkalix_data.identity.several_pages import SAME_PROJECT
from overkalix_data.outputs.terminal.lines import wrapped
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import Column
from overkalix_data.schema.records import Records, Row, id_of, number_of
from overkalix_data.values.funder import named_funder

SHORT = 60
"""A longer value that is its own quote, word for word, is told once: as the quote."""
LINKED = {"project_funders": "show.funding", "project_contacts": "show.contacts",
          "project_target_groups": "show.groups", "project_themes": "show.themes",
          "project_places": "show.places"}  # fmt: skip
"""Link table → its heading."""


def shown(records: Records, project_id: str, lang: str, **filters: str) -> list[str]:
    """A project's sheet, or the list of those that fit; where none does, also what may have been meant.

    Raises InputError (`no_project`).
    """
    if project_id:
        ids = [str(row["project_id"]) for row in records.table("projects")]
        if project_id not in ids:
            raise InputError("no_project", value=project_id, choices=ids)
        return project_sheet(records, project_id, lang)
    if projects := find_projects(records, **filters):
        return project_list(projects, len(records.rows["projects"]), lang, pages_of(records))
    choices = filter_choices(records, lang)
    return [say("show.none", lang), *filter(None, (did_you_mean(filters[f], choices[f], lang) for f in choices))]


def find_projects(
    records: Records, *, funder: str = "", theme: str = "", status: str = "", text: str = "", publisher: str = ""
) -> list[Row]:
    """The projects that fit every filter given, in the page's order. Names, aliases, ids and labels all serve.

    A project that stands on several pages is a row on each of them.
    """
    named = named_funder(funder, lists_for())
    funder_id = named.funder_id if named else fold(funder)
    by_funder = {
        r["project_id"] for r in records.table("project_funders")
        if funder_id in (r["funder_id"], fold(str(r.get("as_published"))))
    }  # fmt: skip
    listed = records.table("themes")
    themes = {r["theme_code"] for r in listed if fold(theme) in (fold(str(r["theme_code"])), fold(str(r["name"])))}
    by_theme = {r["project_id"] for r in records.table("project_themes") if r["theme_code"] in themes}
    filters: list[tuple[str, Callable[[Row], bool]]] = [
        (funder, lambda p: p["project_id"] in by_funder),
        (theme, lambda p: p["project_id"] in by_theme),
        (publisher, lambda p: fold(publisher) in _publisher_names(p)),
        (status, lambda p: p["status_code"] == code_named("status", status)),
        (text, lambda p: fold(text) in fold(" ".join(words for words in p.values() if isinstance(words, str)))),
    ]
    asked = [fits for value, fits in filters if value]
    fitting = [p for p in records.table("projects") if all(fits(p) for fits in asked)]
    return sorted(fitting, key=lambda p: (str(p["source_id"]), number_of(p["first_line"])))


def filter_choices(records: Records, lang: str = "sv") -> dict[str, list[str]]:
    """Filter → what it can be set to, in words."""
    return {
        "funder": [str(row["name"]) for row in records.table("funders")],
        "theme": [str(row["name" if lang == "sv" else "name_en"]) for row in records.table("themes")],
        "status": [code_label("status", code, lang) for code in codes("status")],
    }


@dataclass(frozen=True)
class Pages:
    """What tells where a value stands: of several pages their names (by source_id), and the projects that are one.

    `same`: project_id → the ids on other pages.
    """

    labels: dict[str, str]
    same: dict[str, list[str]]
    cells: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    """Of workbooks: source_id → its cells in order, each with its first character, sheet and address."""

    def place(self, row: Row, lang: str) -> str:
        """Where a piece of evidence stands: the line, or the sheet and cell; of several pages which."""
        label, cells = self.labels.get(str(row["source_id"]), ""), self.cells.get(str(row["source_id"]), [])
        at = bisect_right(cells, number_of(row["start"]), key=lambda cell: cell[0]) - 1
        if at < 0:
            return say("show.place" if label else "show.line", lang, source=label, line=row["line"])
        said = say("show.cell", lang, sheet=cells[at][1], address=cells[at][2])
        return f"{label}, {said}" if label else said


def pages_of(records: Records) -> Pages:
    """No names and no twins where there is one page; no cells where it is no workbook."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for row in records.table("project_links"):
        if row["relation_code"] == SAME_PROJECT:
            first = str(row["target"])
            groups[first] = [*(groups[first] or [first]), str(row["project_id"])]
    same = {one: [other for other in ids if other != one] for ids in groups.values() for one in ids}
    cells: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for row in records.table("cells"):
        cells[str(row["source_id"])].append((number_of(row["start"]), str(row["sheet"]), str(row["address"])))
    return Pages(labels_beside(records.table("sources")), same, dict(cells))


def project_list(projects: list[Row], total: int, lang: str, pages: Pages) -> list[str]:
    """A line a project: id, status, label, lines; of several pages which, and other ids that are the same project."""
    wide = max(len(str(p["project_id"])) for p in projects)
    places = [_place(p, pages, lang) for p in projects]
    place_wide = max(12, *map(len, places))
    lines = [say("show.list", lang, count=len(projects), total=total), ""]
    for p, where in zip(projects, places, strict=True):
        status = code_label("status", str(p["status_code"]), lang)
        same = pages.same.get(str(p["project_id"]), [])
        also = f" = {', '.join(same)}" if same else ""
        lines.append(f"{p['project_id']!s:{wide}}  {status:10}  {where:{place_wide}}  {p.get('label', '')}{also}")
    return lines


def project_sheet(records: Records, project_id: str, lang: str = "sv") -> list[str]:
    """Every value of a project, its basis, and line and quote of where it stands."""
    project = records.rows["projects"][(project_id,)]
    sheet = _Sheet(records, lang)
    lines = [str(project.get("label", project_id))]
    lines += [f"{project_id} · {_lines_of(project, lang)} · {project['source_id']}", ""]
    for other in (records.rows["projects"][(i,)] for i in sheet.pages.same.get(project_id, [])):
        where = f"{_place(other, sheet.pages, lang)} ({other['project_id']})"
        lines += wrapped(f"{code_label('relation', SAME_PROJECT, lang)}: {where}", "")
    for column in TABLES["projects"].shown("show"):
        lines += sheet.column(project, column)
    for table, heading in LINKED.items():
        target, key = TABLES[table].leads_to
        rows = [r for r in records.table(table) if r["project_id"] == project_id]
        for row in sorted(rows, key=lambda r: number_of(r.get("position"))):
            name = _linked_name(records, row, records.rows[target][(str(row[key]),)], lang)
            lines += sheet.value(say(heading, lang), name, "", table, id_of(table, row))
            for amount in (c for c in TABLES[table].columns if c.type == "money" and row.get(c.name) is not None):
                lines.append(f"  {amount.title(lang)}: {decimal(number_of(row[amount.name]), lang)}")
                lines += sheet.added((table, id_of(table, row), amount.name))
    for row in records.table("project_links"):
        if row["project_id"] == project_id and row["relation_code"] != SAME_PROJECT:
            relation = code_label("relation", str(row["relation_code"]), lang)
            lines += sheet.value(relation, str(row["target"]), "", "project_links", id_of("project_links", row))
    return lines


class _Sheet:
    """Values of a project, each with where it stands and who added it."""

    def __init__(self, records: Records, lang: str) -> None:
        self.lang, self.pages = lang, pages_of(records)
        self.evidence = [e for e in records.table("evidence") if e["use_code"] != "label"]
        self.additions = [a for a in records.table("additions") if a["outcome_code"] == "applied"]

    def column(self, project: Row, column: Column) -> list[str]:
        """A column of the project, with its basis."""
        value, project_id = project.get(column.name), str(project["project_id"])
        shown = say("unknown", self.lang) if value is None else str(value)
        if column.codelist and value:
            shown = code_label(column.codelist, shown, self.lang)
        elif column.type == "money" and value is not None:
            shown = decimal(number_of(value), self.lang)
        is_known = value and project.get(column.basis)
        basis = code_label("basis", str(project[column.basis]), self.lang) if is_known else ""
        lines = self.value(column.title(self.lang), shown, basis, "projects", project_id, column.name)
        return [*lines, *self.added(("projects", project_id, column.name))]

    def value(self, heading: str, value: str, basis: str, table: str, row_id: str, column: str = "") -> list[str]:
        """A value, and the quotes of its row, or of one column of it."""
        rows = [e for e in self.evidence if (e.get("table"), e.get("row_id")) == (table, row_id)]
        rows = [e for e in rows if column in ("", e.get("column"))]
        quotes = [squeeze(str(row["quote"])) for row in rows]
        verbatim = len(value) > SHORT and squeeze(value) == " ".join(quotes)
        if len(value) > SHORT:
            # Of a long quote that was corrected only the sentence that differs; of one that is the value, all.
            quotes = [" ".join(not_repeated(quote, [squeeze(value)])) or quote for quote in quotes]
        shown = f"{heading}:" + ("" if verbatim else f" {squeeze(value)}") + (f" [{basis}]" if basis else "")
        lines = wrapped(shown, "")
        for row, quote in zip(rows, quotes, strict=True):
            lines += wrapped(f"{self.pages.place(row, self.lang)}: {say('quoted', self.lang, text=quote)}")
        return lines

    def added(self, cell: tuple[str, str, str]) -> list[str]:
        """Who added a value, from where and when."""
        rows = (a for a in self.additions if (a.get("table"), a.get("row_id"), a.get("column")) == cell)
        origins = (", ".join(str(r[c]) for c in ("source", "who", "date", "note") if r.get(c)) for r in rows)
        return [line for origin in origins for line in wrapped(origin)]


def _lines_of(project: Row, lang: str) -> str:
    return say("show.lines", lang, first=project["first_line"], last=project["last_line"])


def _place(project: Row, pages: Pages, lang: str) -> str:
    label = pages.labels.get(str(project["source_id"]), "")
    return ", ".join(filter(None, (label, _lines_of(project, lang))))


def _publisher_names(project: Row) -> list[str]:
    """What a person may call a project's municipality: its code, its full name or its short one."""
    code = str(project.get("publisher_code") or "")
    rows = [r for r in codelist("municipalities") if r["municipality_code"] == code]
    return [code, *(fold(row[name]) for row in rows for name in ("name", "full_name"))]


def _linked_name(records: Records, row: Row, named: Row, lang: str) -> str:
    # A funder has its official name in English too, as in the charts.
    own = named.get("name_en") if lang == "en" and "funder_id" not in row else None
    name = str(own or named.get("name") or row.get("as_published"))
    notes = [inside(code_label("role", str(row["role_code"]), lang))] if "funder_id" in row else []
    if row.get("via_funder_id"):
        notes.append(say("show.via", lang, name=records.rows["funders"][(str(row["via_funder_id"]),)]["name"]))
    return f"{name} ({', '.join(notes)})" if notes else name
