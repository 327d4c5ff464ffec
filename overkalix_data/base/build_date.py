"""One date in every file with a clock in it: what is built again from the same sources is the same, byte for byte."""

import os
from datetime import UTC, datetime

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive (xlsx, docx): the first that the format can tell."""


def moment_of(as_of: str) -> datetime:
    """The time stamped in the file: SOURCE_DATE_EPOCH where it is set, else the day the report is as of."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime.fromisoformat(as_of)
