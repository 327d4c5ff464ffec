"""Every list that reading and values use, loaded once, its words compiled once, with the rows that a site adds."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Annotated, Any, NamedTuple, get_type_hints

from overkalix_data.base.codelist import Row, codelist
from overkalix_data.base.phrases import Phrases
from overkalix_data.base.site_profile import NO_PROFILE, Profile
from overkalix_data.base.wording import fold, pattern

Rows = tuple[Row, ...]


class Hit(NamedTuple):
    """A row of a list, and the place in a text that its words match."""

    row: Row
    match: re.Match[str]


@dataclass(frozen=True, eq=False)
class Terms:
    """A list whose column `words` is looked for in texts (`wording.pattern`); where several rows match, the first of the list counts."""

    rows: Rows
    _parts: dict[str, Mapping[str, "Terms"]] = field(default_factory=dict, repr=False)

    def fullmatch(self, text: str) -> Hit | None:
        """The first row whose words are the whole text."""
        return next((Hit(row, m) for form, row in self.near(text) if (m := form.fullmatch(text))), None)

    def match(self, text: str) -> Hit | None:
        """The first row whose words the text begins with."""
        return next((Hit(row, m) for form, row in self.near(text) if (m := form.match(text))), None)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Hit | None:
        """The first row whose words stand anywhere in the text, and the first place where they do."""
        last = len(text) if end is None else end
        return next((Hit(row, m) for form, row in self.near(text) if (m := form.search(text, start, last))), None)

    def finditer(self, text: str) -> Iterator[Hit]:
        """Every place of every row's words, row by row."""
        return (Hit(row, m) for form, row in self.near(text) for m in form.finditer(text))

    def near(self, text: str) -> Iterator[tuple[re.Pattern[str], Row]]:
        """The patterns that may stand in the text, in the order of the list: one word of theirs does (`phrases`)."""
        return self._phrases.near(text)

    def same(self, text: str) -> Row | None:
        """The first row whose words are the text but for case, white space and final stops: no sign is a wildcard."""
        return self._by_fold.get(fold(text))

    def contained(self, text: str | Collection[str]) -> Row | None:
        """The first row whose words, letter for letter, stand in a text, or are one of several words."""
        return next((row for row in self.rows if row["words"] in text), None)

    def by(self, column: str) -> Mapping[str, "Terms"]:
        """The list parted by what stands in a column; a part that has no row is there too, and matches nothing."""
        if column not in self._parts:
            values = dict.fromkeys(row[column] for row in self.rows)
            self._parts[column] = _Parts(
                {v: Terms(tuple(row for row in self.rows if row[column] == v)) for v in values}
            )
        return self._parts[column]

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], Row], ...]:
        """Each row with its words' pattern, in the order of the list."""
        return tuple((pattern(row["words"]), row) for row in self.rows)

    @cached_property
    def any_of(self) -> re.Pattern[str]:
        """One pattern for all words, the longest first."""
        return any_of(row["words"] for row in self.rows)

    @cached_property
    def _by_fold(self) -> dict[str, Row]:
        return {fold(row["words"]): row for row in reversed(self.rows)}

    @cached_property
    def _phrases(self) -> Phrases[Row]:
        return Phrases((row["words"], row) for row in self.rows)


class _Parts(dict[str, Terms]):
    def __missing__(self, value: str) -> Terms:
        return NOTHING


NOTHING = Terms(())


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for any of the words, the longest first; of no words, one that matches nothing."""
    longest_first = sorted(words, key=lambda w: -len(w))
    return re.compile("|".join(f"(?:{pattern(w).pattern})" for w in longest_first) or r"(?!)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Lists:
    """The lists by their files' names: as `Terms` where words are looked for in texts, else as rows.

    Each is annotated with the columns that its file must have. Made by `lists_for`; the same object for the same added rows, so that what is made of lists can be kept by them.
    """

    # How a page names its fields, sections and own words (codelists/reading).
    labels: Annotated[Terms, "words", "field", "form", "label", "weak", "stage", "keeps_words", "colon"]
    heading_words: Annotated[Terms, "words", "status_code"]
    heading_forms: Annotated[Terms, "words"]
    status_words: Annotated[Terms, "words", "status_code"]
    status_phrases: Annotated[Terms, "words", "status_code", "field"]
    furniture: Annotated[Terms, "words", "kind"]
    contact_words: Annotated[Terms, "words", "kind"]
    advice_words: Annotated[Terms, "words", "kind"]
    organisation_forms: Annotated[Terms, "words"]
    project_nouns: Annotated[Terms, "words"]
    project_type_words: Annotated[Terms, "words", "project_type_code"]
    link_words: Annotated[Terms, "words", "relation_code", "reads"]
    result_words: Annotated[Terms, "words"]
    empty_cells: Annotated[Terms, "words"]
    other_sheets: Annotated[Terms, "words"]
    other_registers: Annotated[Terms, "words"]
    site_parts: Annotated[Terms, "words"]
    field_classes: Annotated[Terms, "words", "part"]
    amount_words: Annotated[Terms, "words", "scale", "currency"]
    # Who pays, where and for whom.
    funders: Annotated[Rows, "funder_id", "name", "name_en", "abbreviation", "funder_type_code", "level_code"]
    funder_aliases: Annotated[Rows, "alias", "funder_id"]
    funder_forms: Annotated[Terms, "words", "funder_type_code", "level_code"]
    funding_words: Annotated[Terms, "words"]
    publicity: Annotated[Terms, "words", "fund_id", "period"]
    eu_emblem_words: Annotated[Terms, "words"]
    municipalities: Annotated[Rows, "municipality_code", "name", "full_name", "only_with_kommun"]
    places: Annotated[Rows, "name", "kind_code", "municipality_code"]
    themes: Annotated[Rows, "theme_code", "name", "name_en"]
    theme_words: Annotated[Terms, "words", "theme_code", "weight"]
    target_group_words: Annotated[Terms, "words", "category_code"]
    adjectives: Annotated[Rows, "word"]
    first_names: Annotated[Rows, "name"]


def lists_for(profile: Profile = NO_PROFILE) -> Lists:
    """The lists as they are for a site: the rows that its profile adds stand before the list's own.

    One shared object for all sites that add none. Raises InputError (`codelist`) where a list lacks a column.
    """
    return _lists_for(profile if profile.rows else NO_PROFILE)


@cache
def _lists_for(profile: Profile) -> Lists:
    loaded: dict[str, Any] = {}
    for name, annotated in get_type_hints(Lists, include_extras=True).items():
        rows = (*profile.rows.get(name, ()), *codelist(name, *annotated.__metadata__))
        loaded[name] = Terms(rows) if annotated.__origin__ is Terms else rows
    return Lists(**loaded)
