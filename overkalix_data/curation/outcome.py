"""What became of an addition: its row of the table `additions`."""

from overkalix_data.curation.addition import Addition
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records, Value

SETTLED = frozenset({"applied", "noted", "inactive"})
"""The outcomes of what was understood; any other is of something that was not taken."""


def put_addition(
    records: Records, addition: Addition, cell: tuple[str, str, str] = ("", "", ""), replaced: Value = None
) -> None:
    """Enters the addition with its outcome, the cell (table, row, column) it is about, and what stood there."""
    table, row, column = cell
    columns = {c.name: getattr(addition, c.name, "") for c in TABLES["additions"].columns}
    columns |= {"outcome_code": addition.outcome, "table": table, "row_id": row, "column": column}
    records.put("additions", **columns | {"replaced_text": None if replaced is None else str(replaced)})
