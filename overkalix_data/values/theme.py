"""Themes found by words: one or two a project, each with the words that gave it; none where the text is unsure.

The nine local themes and their areas: RUS Norrbotten 2030, Leader Polaris 2016–2022, Agenda 2030 (`themes.csv`).
"""

from dataclasses import dataclass

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold

ENOUGH = 3
"""A theme needs one word that is nearly its own (weight 3), or several weaker ones that together weigh as much."""

SECOND = 0.6
"""A second theme is kept where it weighs at least this share of the first."""


@dataclass(frozen=True)
class ThemeMatch:
    """A theme and the places of its words; offsets count characters of the text."""

    theme_code: str
    weight: int
    spans: tuple[tuple[int, int], ...]


def find_themes(text: str, lists: Lists) -> list[ThemeMatch]:
    """The themes of a project's text, heaviest first; empty where none weighs enough or three weigh the same."""
    weights: dict[str, int] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    seen: set[tuple[str, str]] = set()
    for row, m in lists.theme_words.finditer(text):
        code, word = row["theme_code"], fold(m[0])
        if (code, word) not in seen:
            seen.add((code, word))
            weights[code] = weights.get(code, 0) + int(row["weight"])
            spans.setdefault(code, []).append(m.span())
    ranked = sorted((c for c in weights if weights[c] >= ENOUGH), key=lambda c: (-weights[c], c))
    if len(ranked) > 2 and weights[ranked[0]] == weights[ranked[2]]:
        return []
    kept = [c for c in ranked[:2] if weights[c] >= SECOND * weights[ranked[0]]]
    if len(ranked) > 2 and len(kept) == 2 and weights[ranked[1]] == weights[ranked[2]]:
        kept = kept[:1]
    return [ThemeMatch(c, weights[c], tuple(sorted(spans[c]))) for c in kept]
