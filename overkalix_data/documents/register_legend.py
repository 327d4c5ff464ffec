"""What the rows above a register say of all of it: the unit of its amounts, and what its codes stand for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from overkalix_data.base.wording import fold
from overkalix_data.documents.placed_text import Rows

_UNIT = re.compile(
    r"(?:\b(?:i|anges i|avser)\s+|[,(]\s*)"
    r"(?P<unit>tkr|kkr|tsek|ksek|mkr|mnkr|msek|tusental(?:s)?(?:\s+kronor)?|tusen(?:\s+kronor)?|miljoner(?:\s+kronor)?|kronor|kr|sek)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"(?<!\w)(?P<code>[A-ZÅÄÖ]{1,3}|\d)\s*=\s*(?P<words>[^\W\d_][^,.;=()]*?)\s*(?=[,.;)]|$|\s[A-ZÅÄÖ\d]{1,3}\s*=)"
)
_SHORT = {"tusen": "tkr", "miljo": "mkr"}
"""The first five letters of a unit written out → its short form."""


@dataclass(frozen=True)
class Legend:
    """The unit of amounts that have none of their own (empty: none is told), and the words that codes stand for."""

    unit: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)

    def words_for(self, code: str) -> str:
        """What a cell's code stands for; empty where the legend does not say."""
        return self.meanings.get(fold(code), "")

    def over(self, other: "Legend") -> "Legend":
        """This, and what the other says besides."""
        return Legend(self.unit or other.unit, {**other.meanings, **self.meanings})


NO_LEGEND = Legend()


def unit_in(words: str) -> str:
    """The unit of amounts that words tell, in its short form: `Belopp i tusental kronor` → `tkr`; else empty."""
    unit = _UNIT.search(words)
    unit_words = unit["unit"].casefold() if unit else ""
    return _SHORT.get(unit_words[:5], unit_words)


def legend_of(words: str) -> Legend:
    """`Status: P = pågår, A = avslutat. Belopp i mnkr.` → the unit `mnkr`, and what P and A mean."""
    return Legend(unit_in(words), {fold(m["code"]): m["words"] for m in _MEANS.finditer(words)})


def legend_in(rows: Rows) -> Legend:
    """What the cells of a table say of codes and units."""
    return legend_of(". ".join(cell.words for row in rows for cell in row if cell.words))
