"""The municipality's own page written back: accessible, one spelling of every label; it reads back to the same tables.

The page is in Swedish, whatever the language of the command: it is the municipality's, with the labels that it uses.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from overkalix_data.analyse.kronor import amount_counts
from overkalix_data.base.files import written
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold, sentences, squeeze
from overkalix_data.base.words import say
from overkalix_data.outputs.council.method import publisher
from overkalix_data.outputs.packs.periods import publicity_of
from overkalix_data.outputs.pages.json_ld import linked_data
from overkalix_data.outputs.pages.render import render
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import Column
from overkalix_data.schema.frames import Tables, known_rows, rows_by_project, rows_of
from overkalix_data.values.period import MONTHS
from overkalix_data.values.phone_email import find_contact_points
from overkalix_data.values.place import municipality
from overkalix_data.values.target_groups import split_target_groups

TITLE, WORKING_TITLE = "Projektnamn", "Arbetsnamn"
CLAUSE = re.compile(r", (?:samt )?| (?:som|samt|genom) ")
"""Where a goal may be cut: what follows says how, and the heading stands without it."""
LONGEST_HEADING = 115
CARD_LINES = {"name": "name", "other_names": "name"}
"""Column of a contact → the line of its card; what else a card says is a role or a unit."""
OF_SOURCE = ("sources", "evidence", "logotypes")
"""Tables whose rows are a page's, and no project's."""


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph, and where they lead (`tel:`, `mailto:`; empty: nowhere)."""

    text: str
    href: str = ""


Field = tuple[str, list[list[Piece]]]
"""A label and its paragraphs."""


def write_project_page(tables: Tables, path: Path, *, contact: str = "person", edition: str = "internal") -> Path:
    """Writes the page and gives its path.

    `contact` is what it tells of whom to ask: `person`, `unit` or `none`; the public edition names nobody.
    """
    writer = _Page(tables, "unit" if edition == "public" and contact == "person" else contact)
    text = render(
        "projektsida.html", "sv", title=say("report.title"),
        publisher=publisher(tables), sections=writer.sections(), cards=writer.cards(),
        contact_heading=say("page.contact"), linked_data=Markup(writer.linked_data()),
    )  # fmt: skip
    return written(path, text)


def by_publisher(tables: Tables) -> dict[str, Tables]:
    """Municipality (empty: unknown) → the tables with what its own pages say and nothing else."""
    codes, listed = tables["projects"]["publisher_code"].fillna(""), {}
    for code in codes.unique():
        own = tables["projects"][codes == code]
        kept = dict(tables)
        for name, frame in tables.items():
            key = "project_id" if "project_id" in frame else "source_id" if name in OF_SOURCE else ""
            kept[name] = frame[frame[key].isin(own[key])] if key else frame
        listed[municipality(str(code))] = kept
    return listed


def period_words(start: str, end: str) -> str:
    """A period (EDTF) in words: "september 2023 – augusti 2026". "2011-12" alone may be a month or two years."""
    if start and end:
        # A year or a month alone is a whole period; a day alone is one end of one.
        is_whole = start == end and len(start) < len("2000-01-01")
        return _day_words(start) if is_whole else f"{_day_words(start)} – {_day_words(end)}"
    return f"från {_day_words(start)}" if start else f"till {_day_words(end)}" if end else ""


def in_short(text: str) -> str:
    """The first sentence of a goal as a heading, to the last clause that it has room for: "Att bygga …" → "Bygga …"."""
    first = squeeze(text)[: sentences(squeeze(text))[0][1]].rstrip(" .…").removeprefix("Att ")
    ends = [m.start() for m in CLAUSE.finditer(first) if m.start() <= LONGEST_HEADING]
    short = first[: ends[-1]] if len(first) > LONGEST_HEADING and ends else first
    return short[:1].upper() + short[1:]


def _day_words(edtf: str) -> str:
    year, *rest = edtf.split("-")
    return " ".join([str(int(day)) for day in rest[1:]] + [MONTHS[int(month) - 1] for month in rest[:1]] + [year])


class _Page:
    def __init__(self, tables: Tables, contact: str) -> None:
        self.tables, self.contact = tables, contact
        self.projects = known_rows(tables["projects"].sort_values(["source_id", "first_line"]))
        self.funders = {str(r["funder_id"]): r for r in known_rows(tables["funders"])}
        self.funding = rows_by_project(tables["project_funders"])
        self.groups = rows_by_project(tables["project_target_groups"])
        self.names = {r["target_group_id"]: r["name"] for r in rows_of(tables["target_groups"])}

    def sections(self) -> Mapping[str, list[Mapping[str, Any]]]:
        """The projects under their headings, each heading once, in the order in which the page has them.

        Of a project: its id, what its heading is (empty: plain), the heading, the paragraphs of a description that
        tells goal or purpose itself, told once and without a label, and its fields.
        """
        under: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in self.projects:
            kind, heading = self._heading(row)
            entry = {"project_id": row["project_id"], "kind": kind, "heading": heading, "prose": _prose(row)}
            under[section_heading(row)].append({**entry, "fields": list(self._fields(row))})
        return under

    def cards(self) -> list[list[list[Piece]]]:
        """The contact cards that belong to the page itself: name, role or unit, numbers, a line each."""
        if self.contact != "person":
            return []
        evidence = self.tables["evidence"]
        of_contacts = evidence["table"].isin(["contacts", "contact_points"])
        on_cards = evidence[(evidence["use_code"] == "boilerplate") & of_contacts].sort_values(["source_id", "start"])
        cards: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in rows_of(on_cards):
            kind = "points" if row["table"] == "contact_points" else CARD_LINES.get(row["column"], "role")
            cards[row["row_id"].partition("|")[0]][kind].append(squeeze(row["quote"]))
        named = [card for card in cards.values() if card["name"]]
        return [
            [
                *([Piece(text)] for kind in ("name", "role") for text in card[kind][:1]),
                _linked(" ".join(card["points"])),
            ]
            for card in named
        ]

    def linked_data(self) -> str:
        """Amounts as sums count them: who adds them up has the same money once."""
        urls, funding = self.tables["sources"]["url"].dropna(), self.tables["project_funders"]
        sek = funding["granted_sek"].where(amount_counts(self.tables) == "yes")
        parts = rows_by_project(funding.assign(granted_sek=sek))
        return linked_data(self.projects, parts, self.funders, str(urls.iloc[0]) if len(urls) else "")

    def _heading(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """What it is, and the title, or the goal in short; a title like another heading says what it is."""
        title = row.get("title", "")
        if not title:
            return WORKING_TITLE, in_short(row.get("goal") or row.get("purpose") or row["label"])
        ambiguous = (
            layout.heading(title, lists_for())
            or line_label.label(title, lists_for(), fresh=True)
            or layout.furniture(title, lists_for())
        )
        return TITLE if ambiguous else "", title

    def _fields(self, row: Mapping[str, Any]) -> Iterable[Field]:
        columns = [c for c in TABLES["projects"].shown("page") if c.filled_by and self._may_tell(c)]
        values = {c.filled_by.split()[0]: row.get(c.name, "") for c in columns}
        values |= dict.fromkeys(_told_in_prose(row), "")
        values["target_group"] = self._target_groups(row)
        values["period"] = period_words(row.get("start", ""), row.get("end", ""))
        values["funder"] = self._funder_words(row)
        for field, value in values.items():
            if value:
                yield label_of(field), [[Piece(words)] for words in str(value).split("\n\n")]
        yield from self._contact(row)

    def _may_tell(self, column: Column) -> bool:
        """Personal data stands where persons are named, and nowhere else."""
        return self.contact == "person" or not column.personal

    def _contact(self, row: Mapping[str, Any]) -> Iterable[Field]:
        column = {"person": "contact_text", "unit": "unit"}.get(self.contact, "")
        words = row.get(column, "")
        if words:
            yield label_of("contact") if self.contact == "person" else say("page.contact"), [_linked(words)]

    def _target_groups(self, row: Mapping[str, Any]) -> str:
        """The field as it stands, and behind it the groups that a person has added."""
        words = str(row.get("target_group_text", ""))
        there = {fold(group.name) for group in split_target_groups(words, lists_for())}
        names = (self.names[r["target_group_id"]] for r in self.groups[row["project_id"]])
        added = [name for name in names if fold(name) not in there]
        return "; ".join(filter(None, (words.rstrip(" ;,") if added else words, *added)))

    def _funder_words(self, row: Mapping[str, Any]) -> str:
        """Every funder by its official name, an EU fund behind the body its money comes through; then the publicity."""
        parts: list[str] = []
        rows = self.funding[row["project_id"]]
        for r in rows:
            name = self.funders[r["funder_id"]]["name"]
            if via := r.get("via_funder_id"):
                channel = self.funders[via]["name"]
                parts = parts[:-1] if parts[-1:] == [channel] else parts
                name = f"{channel} – {name}"
            parts.append(name)
        funds = [r["funder_id"] for r in rows if r["role_code"] == "fund"]
        publicity, _ = publicity_of(funds, row.get("publicity_text", ""), row.get("start", ""))
        return "\n\n".join(filter(None, (", ".join(parts), publicity)))


@cache
def label_of(field: str) -> str:
    """The one spelling of a field's label that the page has: the first of its rows in `codelists/labels.csv`."""
    return lists_for().labels.by("form")["label"].by("field")[field].rows[0]["words"]


def section_heading(row: Mapping[str, Any]) -> str:
    """The heading over a project: the page's own where that still says its unit and status, else one that does."""
    status, unit = row["status_code"] if row["status_basis"] != "assumed" else "", row.get("unit", "")
    word = next((row["words"] for row in lists_for().heading_words.by("status_code")[status].rows), "")
    own, last = row.get("section_text", ""), say("page.section")
    says = row.get("unit") or status  # a heading that says neither is the website's: "Kommun och politik projekt"
    forms = (own if says else last, f"{word} {unit}s projekt", f"{word} {unit} projekt", f"{word} projekt", last)
    headings = [text[:1].upper() + text[1:] for form in forms if (text := squeeze(form))]
    wanted = layout.Heading(unit, status)
    return next((text for text in headings if layout.heading(text, lists_for()) == wanted), headings[-2])


def _told_in_prose(row: Mapping[str, Any]) -> list[str]:
    """The goal and the purpose where the description quotes them, and then itself: the prose tells them all."""
    prose = squeeze(row.get("description", ""))
    quoted = [name for name in ("goal", "purpose") if row.get(name) and squeeze(row[name]) in prose]
    return [*quoted, "description"] if quoted else []


def _prose(row: Mapping[str, Any]) -> list[str]:
    return str(row["description"]).split("\n\n") if _told_in_prose(row) else []


def _linked(words: str) -> list[Piece]:
    """Text with its numbers and addresses as links."""
    pieces, at = [], 0
    for point in find_contact_points(words):
        href = f"{'mailto' if point.kind == 'email' else 'tel'}:{point.value}" if point.value else ""
        pieces += [Piece(words[at : point.start]), Piece(words[point.start : point.end], href)]
        at = point.end
    return [piece for piece in (*pieces, Piece(words[at:])) if piece.text]
