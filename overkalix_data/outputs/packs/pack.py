"""One funder's pack: which of its projects, what is answered for each, and in which edition."""

from dataclasses import dataclass
from typing import Any

from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold, slug
from overkalix_data.base.words import LANGUAGES
from overkalix_data.checks.to_do import first_contacts
from overkalix_data.outputs.packs.answers import LINKED, Answer, Answers
from overkalix_data.outputs.workbook.parts import projects_in_order
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of
from overkalix_data.schema.pack_fields import Pack, PackField, pack_of
from overkalix_data.values.funder import named_funder

OWN_ID = "project_id"
"""Our own key: a column of every sheet, and no field of a funder's."""


@dataclass(frozen=True)
class PackProject:
    """A project of the pack: how it is called, whom to ask, and the answers to the funder's fields in their order."""

    project_id: str
    label: str
    unit: str
    contact: str
    answers: list[Answer]

    @property
    def asked(self) -> list[Answer]:
        """The answers to what the funder asks; our own key, always known, would make it look more ready."""
        return [answer for answer in self.answers if answer.field.field != OWN_ID]

    def count(self, readiness: str) -> int:
        """How many of the fields that the funder asks for have that readiness."""
        return sum(answer.readiness == readiness for answer in self.asked)


@dataclass(frozen=True)
class FunderPack:
    """A funder and its projects, as its pack asks for them."""

    funder_id: str
    funder: str
    spec: Pack
    projects: list[PackProject]
    fields: list[PackField]
    answers: Answers
    repeats: int = 0
    """Projects of the funder that stand once more on the page with the same text: they are not listed again."""

    @property
    def project_ids(self) -> list[str]:
        """The projects in their order: ongoing first, then in the page's order."""
        return [project.project_id for project in self.projects]


def funder_pack(tables: Tables, funder_id: str, *, lang: str = "sv", edition: str = "internal") -> FunderPack:
    """The pack of a funder; in the public edition without the fields that hold personal data."""
    rows = {r["funder_id"]: r for r in rows_of(tables["funders"])}
    named = named_funder(funder_id, lists_for())
    row = rows.get(funder_id) or (vars(named) if named else {"name": funder_id})
    spec = pack_of(funder_id, row.get("funder_type_code") or "")
    fields = [f for f in spec.part("project") if edition == "internal" or not is_personal(f)]
    answers, funding = Answers(tables, funder_id, lang), tables["project_funders"]
    # A fund's money that comes through another than its agency is reported to that other.
    is_told = funding["funder_id"].isin(answers.funder_ids) & funding["via_funder_id"].isna()
    mine = set(funding.loc[is_told | (funding["funder_id"] == funder_id), "project_id"])
    contacts = first_contacts(tables) if edition == "internal" else {}

    def pack_project(row: dict[str, Any]) -> PackProject:
        project_id = row["project_id"]
        asked = answers.of(project_id, fields)
        return PackProject(project_id, row["label"], row["unit"] or "", contacts.get(project_id, ""), asked)

    listed = [row for row in rows_of(projects_in_order(tables)) if row["project_id"] in mine]
    projects = [pack_project(row) for row in listed if row["duplicate_of"] not in mine]
    return FunderPack(funder_id, str(row["name"]), spec, projects, fields, answers, repeats=len(listed) - len(projects))


def is_personal(field: PackField) -> bool:
    """Whether the schema marks what the field holds as personal data."""
    where, _, what = field.comes_from.partition(".")
    if where == "linked":
        return TABLES[TABLES[LINKED[what]].leads_to[0]].column("name").personal
    return where == "projects" and TABLES["projects"].column(what).personal


def funder_asked(tables: Tables, words: str) -> str:
    """The id of the funder that words name: its id, name or alias, or a kind of pack that it alone has.

    Raises InputError (`no_funder`) else.
    """
    named = named_funder(words, lists_for())
    if named:
        return named.funder_id
    rows = rows_of(tables["funders"])
    ids = [r["funder_id"] for r in rows if fold(words) == fold(r["name"]) or slug(words) == r["funder_id"]]
    kinds = [
        r["funder_id"]
        for r in rows
        if fold(words) in {fold(pack_of(r["funder_id"], r["funder_type_code"] or "").title(lang)) for lang in LANGUAGES}
    ]
    if not ids and len(kinds) != 1:
        names = [r["name"] for r in rows]
        raise InputError("no_funder", value=words, known=", ".join(names), choices=names)
    return str((ids or kinds)[0])
