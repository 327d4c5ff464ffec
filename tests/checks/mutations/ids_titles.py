"""The mutation table of the rules on ids, titles, organisation numbers and what is repeated."""

from tests.checks.mutations.change import MOVE, Change, both, cell

AD = "project_id == 'marknadsfora-kommunen-naringslivskommun'"
ALMI, AGENCY = "funder_id == 'almi'", "funder_id == 'tillvaxtverket'"
TALK = "As a goal: a text of its own"


def title(words: str, where: str = MOVE) -> Change:
    return cell("projects", where, "title", words)


MUTATIONS: dict[str, Change] = {
    "period-reversed": both(cell("projects", MOVE, "start", "2026-12"), cell("projects", MOVE, "end", "2026-11")),
    "title-equals-text": both(title(TALK), cell("projects", MOVE, "goal", TALK)),
    "title-too-long": title("Mycket " * 30),
    "id-with-space": cell("projects", "project_id == 'personer-starta-foretag'", "project_id", "personer\nstarta"),
    "org-number-form": cell("funders", AGENCY, "org_number", "2021006149"),
    "org-number-checksum": cell("funders", AGENCY, "org_number", "202100-6148"),
    "title-shared": title("Move on up", AD),
    "org-number-shared": cell("funders", ALMI, "org_number", "202100-6149"),
    "text-repeated": cell("projects", AD, "goal", "Att personer ska starta företag."),
}
PAIRS: dict[str, int] = {"title-shared": 2, "org-number-shared": 2, "text-repeated": 2}
"""What two rows share fails on both."""
REPAIRS: dict[str, Change] = {  # true of one contact on the page: without the links it is true of none
    "contact-overload": lambda tables: tables.update(project_contacts=tables["project_contacts"].head(6))
}
ALONG: dict[str, set[str]] = {
    # The row's links no longer find it, and it has the same period, text and funders as before.
    "id-with-space": {
        "id-with-space", "target-group-missing", "contact-missing", "funder-missing", "funder-label-missing", "separator-ambiguous",
    },
    "period-reversed": {"period-reversed", "period-ended", "not-started-but-ongoing"},
    "title-shared": {"title-shared", "title-missing"},
    "contact-overload": {"contact-overload", "contact-missing"},
}  # fmt: skip
