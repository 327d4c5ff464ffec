"""Every list that reading and values use, loaded once, its words compiled once, with the rows that a site adds."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_type_hints

from overkalix_data.base.codelist import Row, codelist
from overkalix_data.base.site_profile import NO_PROFILE, Profile
from overkalix_data.base.terms import Terms

Rows = tuple[Row, ...]


@dataclass(frozen=True, eq=False)
class Lists:
    """The lists by their files' names: as `Terms` where words are looked for in texts, else as rows.

    Each is annotated with the columns that its file must have. Made by `lists_for`, one object for the same added rows:
    compared and hashed as that object, so that what is made of lists can be kept by them.
    """

    # How a page names its fields, sections and own words (codelists/reading).
    labels: Annotated[Terms, "words", "field", "form", "label", "weak", "stage", "keeps_words", "colon"]
    label_stems: Annotated[Terms, "words", "field", "values"]
    label_qualifiers: Annotated[Terms, "words", "side"]
    heading_words: Annotated[Terms, "words", "status_code"]
    heading_forms: Annotated[Terms, "words"]
    site_headings: Annotated[Terms, "words"]
    status_words: Annotated[Terms, "words", "status_code"]
    status_phrases: Annotated[Terms, "words", "status_code", "field"]
    furniture: Annotated[Terms, "words", "kind"]
    contact_words: Annotated[Terms, "words", "kind"]
    page_contacts: Annotated[Terms, "words"]
    own_names: Annotated[Terms, "words", "name"]
    person_words: Annotated[Terms, "words", "kind"]
    number_words: Annotated[Terms, "words", "digits"]
    grant_words: Annotated[Terms, "words", "kind"]
    granting_words: Annotated[Terms, "words"]
    committee_words: Annotated[Terms, "words"]
    excluding_words: Annotated[Terms, "words", "kind"]
    money_verbs: Annotated[Terms, "words", "kind"]
    sum_words: Annotated[Terms, "words"]
    advice_words: Annotated[Terms, "words", "kind"]
    organisation_forms: Annotated[Terms, "words"]
    project_nouns: Annotated[Terms, "words"]
    project_verbs: Annotated[Terms, "words"]
    sentence_words: Annotated[Terms, "words", "kind"]
    project_type_words: Annotated[Terms, "words", "project_type_code"]
    link_words: Annotated[Terms, "words", "relation_code", "reads"]
    result_words: Annotated[Terms, "words"]
    case_labels: Annotated[Terms, "words"]
    empty_cells: Annotated[Terms, "words"]
    other_sheets: Annotated[Terms, "words"]
    other_registers: Annotated[Terms, "words"]
    site_parts: Annotated[Terms, "words"]
    field_classes: Annotated[Terms, "words", "part"]
    amount_words: Annotated[Terms, "words", "scale", "currency"]
    # Who pays, where and for whom.
    funders: Annotated[
        Rows, "funder_id", "name", "name_en", "abbreviation", "org_number", "funder_type_code", "level_code"
    ]
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
    lookalikes: Annotated[Rows, "character", "reads_as"]
    sign_words: Annotated[Rows, "words", "sign", "form"]
    street_stems: Annotated[Rows, "stem"]


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
