"""Personal data out of what is published: the contacts' values, and every number and address, also in free text."""

import re

from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import squeeze
from overkalix_data.schema.frames import Tables
from overkalix_data.values.contact_point import find_contact_points
from overkalix_data.values.person import split_people

MASK = "▒▒▒"
"""What stands where personal data stood: visible, and the same length whatever it hides."""


class Redactor:
    """Masks the contacts of these tables. Made once an edition; knows every form in which the page writes them."""

    def __init__(self, tables: Tables) -> None:
        contacts, points = tables["contacts"], tables["contact_points"]
        names = [
            n for column in ("name", "other_names") for cell in contacts[column].dropna() for n in str(cell).split("; ")
        ]
        names += _former(tables) + [str(v) for v in tables["additions"]["who"].dropna()]
        values = [str(v) for column in ("value", "as_published") for v in points[column].dropna()]
        forms = sorted({squeeze(v) for v in [*names, *values] if v}, key=lambda v: (-len(v), v))
        words = (r"\s+".join(re.escape(w) for w in form.split()) for form in forms)
        self._known = re.compile("|".join(rf"(?<!\w){w}s?(?!\w)" for w in words) or r"(?!)", re.IGNORECASE)

    def mask(self, text: str) -> str:
        """The text with names of contacts, phone numbers and e-mail addresses masked."""
        text = self._known.sub(MASK, text)
        for point in reversed(find_contact_points(text)):
            text = text[: point.start] + MASK + text[point.end :]
        return text


def _former(tables: Tables) -> list[str]:
    """The names of contacts that have come or gone since the fetch before: the older ones stand in no other table."""
    changes = tables["changes"]
    told = changes[changes["change_code"].str.startswith("contact_")]
    fields = [str(words) for column in ("old_text", "new_text") for words in told[column].dropna()]
    return [person.name[0] for field in fields for person in split_people(field, lists_for()) if person.name]
