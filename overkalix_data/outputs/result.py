"""What one run of a command has made: between the pipeline and what is told of it."""

from dataclasses import dataclass, field
from pathlib import Path

from overkalix_data.identity.read_projects import ReadProjects
from overkalix_data.schema.frames import Tables


@dataclass
class Result:
    """What a command read, found and wrote."""

    reading: ReadProjects
    tables: Tables
    written: list[Path] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """What could not be made of what was asked for, and what to do: a line each."""

    @property
    def critical(self) -> bool:
        """Whether a finding is critical and nobody accepted it: the outputs are written, and say so (exit code 1)."""
        findings = self.tables["findings"]
        return bool(((findings["severity"] == "critical") & findings["accepted_text"].isna()).any())
