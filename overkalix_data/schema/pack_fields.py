"""What a funder asks for, declared as data: `codelists/packs.csv`, and a CSV of fields a pack in `codelists/packs/`."""

from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from itertools import chain

from overkalix_data.base.codelist import codelist, codes
from overkalix_data.schema import TABLES

OWN_CHOICE = "eget urval"
"""The source of a field that we ask for, beside those of the funder: a column that the schema shows in every pack."""
GENERAL = "general"
"""The pack of a funder that has none of its own."""
SOURCES = "sources"
"""Not a sheet of the form: the list of sources, which says what municipality publishes the page."""
FORM_SHEET = {"projects": "projects", "joined": "projects", "derived": SOURCES, "funding": "funding",
              "funding_total": "funding", "detail": "details", "themes": "groups"}  # fmt: skip
"""Where a field comes from → the sheet of the form in which it is filled in."""
PUBLISHER = "projects.publisher_code"
PUBLICATION = "publication"
"""Not a sheet of the form: `utgivning.csv`, where the municipality's organisation number is given once for all."""
OWNER = frozenset({"beneficiary", "beneficiary_org_number"})
"""Facts of who owns a project: the municipality's own where nothing else is filled in, so that no project is asked."""
LINKED_SHEET = {"target_groups": "groups", "contacts": "", "places": ""}
"""The same for what is linked to a project; the page itself must name its contacts and places."""


@dataclass(frozen=True)
class PackField:
    """A field in the funder's words. `comes_from` is `<where>.<what>`: see `packs.answers`."""

    part: str
    field: str
    sv: str
    en: str
    comes_from: str
    source: str

    def title(self, lang: str) -> str:
        """What the funder calls it."""
        return self.en if lang == "en" else self.sv

    @property
    def detail(self) -> str:
        """The fact (`project_details`) that a person fills in for it, with its item; a derived field's is its name."""
        where, _, what = self.comes_from.partition(".")
        is_fact = where == "derived" and self.field in codes("detail")
        return what if where == "detail" else self.field if is_fact else ""

    @property
    def sheet(self) -> str:
        """The form's sheet in which it is filled in, or `SOURCES`; empty where the page must say it."""
        where, _, what = self.comes_from.partition(".")
        if self.field == "beneficiary_org_number":
            return PUBLICATION
        if self.detail or self.comes_from == PUBLISHER:
            return "details" if self.detail else SOURCES
        return LINKED_SHEET.get(what, "funding") if where == "linked" else FORM_SHEET[where]


@dataclass(frozen=True)
class Pack:
    """A funder's fields in their order, its e-service, and where the fields were read."""

    pack: str
    sv: str
    en: str
    service_sv: str
    service_en: str
    source: str
    funding: str
    """The column of funding that this funder alone asks for: `leader_funding`, `appropriation`, or none."""
    fields: tuple[PackField, ...]

    def part(self, name: str) -> list[PackField]:
        """The fields of a part: `project`, `cost` or `indicator`."""
        return [field for field in self.fields if field.part == name]

    def title(self, lang: str) -> str:
        """What kind of pack it is."""
        return self.en if lang == "en" else self.sv

    def service(self, lang: str) -> str:
        """The e-service that the fields are typed into; empty where it is not known."""
        return self.service_en if lang == "en" else self.service_sv

    @property
    def details(self) -> list[str]:
        """The details (`project_details`) that it asks for, one a project: not of its owner (`OWNER`)."""
        return [f.detail for f in self.part("project") if f.detail not in OWNER | {""} and ":" not in f.detail]


@cache
def pack_of(funder_id: str, funder_type_code: str = "") -> Pack:
    """The funder's own pack, that of its kind, or the general one. Raises InputError where a list lacks a column."""
    rows = codelist(
        "packs", "pack", "funder_id", "funder_type_code", "sv", "en", "service_sv", "service_en", "source", "funding"
    )
    own = (r for r in rows if r["funder_id"] and fnmatch(funder_id, r["funder_id"]))
    kind = (r for r in rows if r["funder_type_code"] and r["funder_type_code"] == funder_type_code)
    general = (r for r in rows if r["pack"] == GENERAL)
    row = next(chain(own, kind, general))
    listed = codelist(row["pack"], "part", "field", "sv", "en", "comes_from", "source")
    asked = [PackField(**{name: r[name] for name in PackField.__dataclass_fields__}) for r in listed]
    own_choice = (
        PackField("project", column.name, column.title("sv"), column.title("en"), f"projects.{column.name}", OWN_CHOICE)
        for column in TABLES["projects"].shown("pack")
    )
    fields = (*asked, *own_choice)
    return Pack(
        row["pack"], row["sv"], row["en"], row["service_sv"], row["service_en"], row["source"], row["funding"], fields
    )
