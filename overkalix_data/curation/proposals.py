"""What a register's rows say of our projects → rows of `candidates.csv`: what the pages lack, or say otherwise."""

from collections.abc import Iterable, Sequence

from overkalix_data.base.codelist import Row as CodeRow
from overkalix_data.base.codelist import code_label
from overkalix_data.curation.candidates import current
from overkalix_data.curation.form_fields import NoValueError, fields
from overkalix_data.curation.matching import RegisterMatch, place_of_money
from overkalix_data.curation.register_rows import Said, case_numbers
from overkalix_data.schema.records import Records


def proposals(
    records: Records, found: Iterable[RegisterMatch], listed: Sequence[CodeRow], file: str, day: str
) -> tuple[list[CodeRow], list[tuple[RegisterMatch, Said]]]:
    """The new candidates, and the amounts of funders that the page does not name: they have no place to stand in.

    `listed` are the candidates there are; one of them, answered or not, is not proposed again.
    """
    standing = {(r["project_id"], r["field"], r["item"], r["value"], r["source"]) for r in listed}
    numbers = [int(r["candidate_id"][1:]) for r in listed if r["candidate_id"][1:].isdecimal()]
    added, homeless = list[CodeRow](), list[tuple[RegisterMatch, Said]]()
    for match in found:
        for said in match.row.said:
            item = _item(records, match, said)
            if said.item and not item:
                homeless.append((match, said))
                continue
            key = (match.project.project_id, said.field, item, said.value, f"{file}, {said.place}")
            if key in standing or not _is_news(records, match, said, item):
                continue
            standing.add(key)
            row = dict(zip(("project_id", "field", "item", "value", "source"), key, strict=True))
            row |= {"candidate_id": f"c{max(numbers, default=0) + len(added) + 1:02d}", "source_date": day}
            row |= {"certainty_code": match.certainty, "status_code": "open", "who": "", "date": ""}
            added.append(row | {"note": code_label("match_basis", match.rank)})
    return added, homeless


def _item(records: Records, match: RegisterMatch, said: Said) -> str:
    """The funder of the page that an amount belongs to."""
    if not said.item:
        return ""
    links = [r for r in records.rows["project_funders"].values() if r["project_id"] == match.project.project_id]
    return place_of_money(said.item, [str(r["funder_id"]) for r in links])


def _is_news(records: Records, match: RegisterMatch, said: Said, item: str) -> bool:
    """Whether the value is one of its field, and not what is known already."""
    asked = fields()[said.field]
    try:
        value = asked.read(said.value)
    except NoValueError:
        return False
    if said.field == "case_number" and case_numbers([said.value]) <= match.project.numbers:
        return False
    stands = current(records, said.field, match.project.project_id, item) or {}
    return stands.get(asked.column) != value
