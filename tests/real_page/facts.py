"""What a page says, free of its order and looks, in the words of the real page."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from overkalix_data.base.wording import DASHES, fold, squeeze
from overkalix_data.schema.records import Records, Row


class Municipality(NamedTuple):
    full_name: str
    name: str
    domain: str

    def onto(self, text: str, other: "Municipality") -> str:
        """The text as that other municipality would have written it."""
        for mine, theirs in zip(self, other, strict=True):
            text = text.replace(mine, theirs)
        return text


HOME = Municipality("Överkalix kommun", "Överkalix", "overkalix.se")

PERSON = ("name", "other_names", "role_title", "organisation")
PROJECT = ("goal", "purpose", "description", "title", "unit", "section_text", "status_code", "status_basis", "start",
           "end", "project_type_code")  # fmt: skip


def facts(records: Records, place: Municipality) -> dict[str, object]:
    """What the page says, free of order and looks, in the words of the real page."""
    rows = records.table

    def words(value: object) -> str:
        plain = re.sub(f"[{DASHES}]", "-", squeeze(str(value or "")))
        return fold(place.onto(plain, HOME))

    def of(table: str, key: str, value: object) -> Iterator[Row]:
        return (r for r in rows(table) if r[key] == value)

    def funding(row: Row) -> tuple[str, ...]:
        return names[row["funder_id"]], str(row["role_code"]), names.get(row.get("via_funder_id"), "")

    def points(contact_id: object) -> list[str]:
        return sorted(words(p["value"]) for p in of("contact_points", "contact_id", contact_id))

    names = {r["funder_id"]: words(r["name"]) for r in rows("funders")}
    people = {(i := c["contact_id"]): (*(words(c.get(k)) for k in PERSON), *points(i)) for c in rows("contacts")}
    projects = [
        (
            tuple(words(p.get(column)) for column in PROJECT),
            sorted(funding(f) for f in of("project_funders", "project_id", i)),
            sorted((str(c["role_code"]), people[c["contact_id"]][0]) for c in of("project_contacts", "project_id", i)),
            sorted(words(g["as_published"]) for g in of("project_target_groups", "project_id", i)),
            sorted(str(t["theme_code"]) for t in of("project_themes", "project_id", i)),
            sorted((str(r["relation_code"]), words(r["target"])) for r in of("project_links", "project_id", i)
                   if r["relation_code"] != "duplicate"),
        )
        for p in rows("projects") if (i := p["project_id"])
    ]  # fmt: skip
    of_page = {str(e["row_id"]) for e in of("evidence", "use_code", "boilerplate") if e.get("table") == "contacts"}
    return {
        "projects": sorted(projects),
        "duplicates": sum("duplicate_of" in p for p in rows("projects")),
        "people": sorted(people.values()),
        "people of the page": sorted(people[c] for c in of_page),
        "logotypes": sorted(words(r.get("name")) for r in rows("logotypes")),
        "unplaced": [e["quote"] for e in of("evidence", "use_code", "unplaced")],
    }
