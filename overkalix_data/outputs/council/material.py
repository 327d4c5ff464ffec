"""What the page and the letter of an edition are made of: computed once, told twice."""

from dataclasses import dataclass

from overkalix_data.outputs.council.facts import Facts
from overkalix_data.outputs.council.projects import ProjectCard, cards
from overkalix_data.schema.frames import Tables


@dataclass(frozen=True)
class Material:
    """The tables with their figures and projects, as an edition may tell them."""

    tables: Tables
    facts: Facts
    cards: list[ProjectCard]
    edition: str
    as_of: str
    lang: str

    @property
    def internal(self) -> bool:
        """Whether contacts are told."""
        return self.edition == "internal"


def materials(editions: dict[str, Tables], *, as_of: str, lang: str = "sv") -> dict[str, Material]:
    """Edition → its material."""
    return {
        edition: Material(
            tables, Facts(tables, lang), cards(tables, lang, contacts=edition == "internal"), edition, as_of, lang
        )
        for edition, tables in editions.items()
    }
