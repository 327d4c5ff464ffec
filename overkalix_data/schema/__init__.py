"""Every table and column, declared once (contract §3).

Dtypes, checks, Excel headings, the data dictionary, what is personal, and the outputs that show a column of `projects`
(`Column.shown`) come from here. Suffixes have a fixed meaning: `_id` a key, `_code` a code of a codelist, `_sek` whole
kronor, `_date` an ISO day, `_url` an address, `_text` words as they stand on the page but for white space.
"""

from overkalix_data.schema.column import Table
from overkalix_data.schema.evidence_tables import EVIDENCE_TABLES
from overkalix_data.schema.project_tables import PROJECT_TABLES

TABLES: dict[str, Table] = {table.name: table for table in (*PROJECT_TABLES, *EVIDENCE_TABLES)}
"""All tables in reading order; each is one CSV file in `data/clean`."""
