"""Every table and column, declared once (contract §3).

Dtypes, checks, Excel headings, the README's data dictionary and the redaction of personal data all come from
here. Suffixes have a fixed meaning: `_id` a key, `_code` a code of a codelist, `_sek` whole kronor, `_date` an ISO
day, `_url` an address, `_text` words exactly as they stand on the page but for white space.
"""

from overkalix_data.schema.column import Table
from overkalix_data.schema.evidence_tables import (
    ADDITIONS,
    CELLS,
    CHANGES,
    CHECKS,
    EVIDENCE,
    FINDINGS,
    IDENTITIES,
    LOGOTYPES,
    SNAPSHOTS,
    SOURCES,
)
from overkalix_data.schema.project_tables import (
    CONTACT_POINTS,
    CONTACTS,
    FUNDERS,
    PLACES,
    PROJECT_CONTACTS,
    PROJECT_DETAILS,
    PROJECT_FUNDERS,
    PROJECT_LINKS,
    PROJECT_PLACES,
    PROJECT_TARGET_GROUPS,
    PROJECT_THEMES,
    PROJECTS,
    TARGET_GROUPS,
    THEMES,
)

TABLES: dict[str, Table] = {t.name: t for t in (
    PROJECTS, FUNDERS, PROJECT_FUNDERS, CONTACTS, CONTACT_POINTS, PROJECT_CONTACTS, TARGET_GROUPS, PROJECT_TARGET_GROUPS,
    THEMES, PROJECT_THEMES, PLACES, PROJECT_PLACES, PROJECT_LINKS, PROJECT_DETAILS, IDENTITIES, ADDITIONS, CHANGES, LOGOTYPES, SOURCES, SNAPSHOTS,
    EVIDENCE, CELLS, FINDINGS, CHECKS,
)}  # fmt: skip
"""All tables in reading order; each is one CSV file in `data/clean`."""
