"""What people add in `data/curated`, read and checked: today the findings they accept."""

import csv
from pathlib import Path

from overkalix_data.codelists import Row, decode_csv
from overkalix_data.errors import InputError

ACCEPTED_FILE = "accepted.csv"
ACCEPTED_COLUMNS = ("rule_id", "row_id", "reason", "who", "date")


def accepted_findings(folder: Path) -> list[Row]:
    """The rows of `accepted.csv` (rule_id, row_id, reason, who, date); none where the file is not there.

    An empty row_id accepts what a rule tells of the whole list. Raises InputError where a column, or the rule, reason or
    person of a row, is missing: nobody accepts a finding without saying why.
    """
    path = folder / ACCEPTED_FILE
    if not path.is_file():
        return []
    try:
        rows = decode_csv(path.read_bytes())
    except OSError as error:
        raise InputError("unreadable", file=str(path), reason=error.strerror or str(error)) from error
    except csv.Error as error:
        raise InputError("not_a_table", file=str(path)) from error
    for number, row in enumerate(rows, start=2):
        for column in ACCEPTED_COLUMNS:
            if column not in row:
                raise InputError("codelist", file=str(path), column=column)
        for column in ("rule_id", "reason", "who"):
            if not row[column]:
                raise InputError("accepted_row", file=str(path), line=number, column=column)
    return rows
