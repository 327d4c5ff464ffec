"""The findings that a person accepts, with the reason why."""

from pathlib import Path

from overkalix_data.base.codelist import Row
from overkalix_data.schema.curated_files import curated_rows, filled


def accepted_findings(folder: Path) -> list[Row]:
    """The rows of `accepted.csv` (rule_id, row_id, reason, who, date); none where the file is not there.

    An empty row_id accepts what a rule tells of the whole list. Raises InputError where a row lacks its rule, reason or
    person: nobody accepts a finding without saying why.
    """
    rows = curated_rows(folder, "accepted")
    filled(folder, "accepted", rows, ("rule_id", "reason", "who"))
    return rows
