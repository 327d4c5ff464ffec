"""The mutation table of the rules on what people added and on how projects were recognised."""

import pandas as pd

from overkalix_data.schema import TABLES
from overkalix_data.schema.column import DTYPES
from overkalix_data.schema.frames import Tables
from tests.checks.mutations.change import MOVE, Change, both, cell

PROPER = {"file": "values.csv", "place": "2", "outcome_code": "applied", "project_id": "move-on-up", "field": "unit", "value": "Kansliet",
          "source": "Protokoll", "who": "Eva Exempel", "date": "2026-11-01"}  # fmt: skip


def added(**values: str) -> Change:
    """Adds one row of additions: a proper one but for these values."""

    def change(tables: Tables) -> None:
        row = PROPER | values
        columns = {c.name: pd.Series([row.get(c.name)], dtype=DTYPES[c.type]) for c in TABLES["additions"].columns}
        tables["additions"] = pd.concat([tables["additions"], pd.DataFrame(columns)], ignore_index=True)

    return change


FUNDING = "project_id == 'move-on-up' and funder_id == 'esf-radet'"
OUTCOMES = {
    "addition-conflict": "conflict", "addition-orphan": "no_project", "addition-unreadable": "formula", "addition-unknown": "no_item",
    "addition-half-written": "half_written", "addition-against-page": "locked", "addition-cleared": "cleared",
    "addition-no-rate": "no_rate", "correction-stale": "original_gone",
}  # fmt: skip
MUTATIONS: dict[str, Change] = {
    **{rule_id: added(outcome_code=code) for rule_id, code in OUTCOMES.items()},
    "addition-without-source": added(source=pd.NA),
    "addition-date": added(date="2026-11-24"),
    "identity-doubt": cell("identities", MOVE, "match_code", "ambiguous"),
    "identity-new": cell("identities", MOVE, "match_code", "new"),
    "text-beyond-cell": cell("projects", MOVE, "results", "å" * 32_768),
    "text-control-characters": cell("projects", MOVE, "results", "a\x0bb"),
    "kinds-differ-from-granted": both(
        cell("project_funders", FUNDING, "granted_sek", 100), cell("project_funders", FUNDING, "cash_sek", 60),
        cell("project_funders", FUNDING, "in_kind_sek", 30),
    ),
}  # fmt: skip
CLEAN: dict[str, Change] = {rule_id: added() for rule_id in [*OUTCOMES, "addition-without-source", "addition-date"]}
ALONG: dict[str, set[str]] = {
    "kinds-differ-from-granted": {"kinds-differ-from-granted", "amount-missing", "amount-without-basis"}
}
