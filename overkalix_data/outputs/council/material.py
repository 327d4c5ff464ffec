"""What the page and the letter of an edition are made of: computed once, told twice."""

from dataclasses import dataclass

from overkalix_data.analyse.public_edition import Redactor
from overkalix_data.outputs.council.facts import Facts, facts
from overkalix_data.outputs.council.projects import Card, Mask, cards
from overkalix_data.outputs.workbook.sheet import EDITIONS
from overkalix_data.schema.frames import Tables


@dataclass(frozen=True)
class Material:
    """The tables with their figures and projects, as an edition may tell them; `mask` takes personal data out of a text."""

    tables: Tables
    facts: Facts
    cards: list[Card]
    mask: Mask
    edition: str
    as_of: str
    lang: str

    @property
    def internal(self) -> bool:
        """Whether contacts are told."""
        return self.edition == "internal"


def materials(tables: Tables, *, as_of: str, lang: str = "sv") -> dict[str, Material]:
    """Edition → its material."""
    told = facts(tables, lang)
    masks: dict[str, Mask] = {"internal": str, "public": Redactor(tables).mask}
    return {
        edition: Material(
            tables,
            told,
            cards(tables, lang, mask=masks[edition], contacts=edition == "internal"),
            masks[edition],
            edition,
            as_of,
            lang,
        )
        for edition in EDITIONS
    }
