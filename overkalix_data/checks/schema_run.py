"""Great Expectations in a process of its own, which starts before all else and is waited for before anything stands.

Its import takes longer than to read the page and write the report: side by side they take as long as the longer one.
No pandas here: the process is to start at once.
"""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, Self

from overkalix_data.base.errors import InputError
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import Table

if TYPE_CHECKING:
    from overkalix_data.schema.frames import Tables

OUTCOMES = ("findings", "checks")
"""The tables that checking makes; they are not themselves checked."""
PROCESS = "overkalix_data.checks.schema_process"


@dataclass(frozen=True)
class Broken:
    """An expectation that does not hold: its rule, the rows (None: the table as a whole), or what GX raised instead."""

    rule_id: str
    table: str
    column: str
    rows: Sequence[int] | None = None
    error: str = ""


@dataclass(frozen=True)
class SchemaVerdict:
    """What of the declared schema does not hold, and the suites and results as files (name → text)."""

    broken: Sequence[Broken] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """As the process hands it over."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """As it was handed over. Raises ValueError or KeyError where it was not, or not whole."""
        verdict = json.loads(text)
        return cls([Broken(**one) for one in verdict["broken"]], verdict["files"])


HOLDS = SchemaVerdict()
"""What is taken for granted until Great Expectations has answered."""


def checked_tables() -> list[Table]:
    """The schema's tables that are checked, in its order."""
    return [t for t in TABLES.values() if t.name not in OUTCOMES]


class SchemaRun:
    """`with SchemaRun() as run:` – the process imports, `run.judge(tables)` hands it the tables, `run.verdict()` waits.

    It reads tables (pickled) from standard input and writes one verdict (JSON); it ends with the block.
    """

    def __init__(self) -> None:
        path, pipe = os.pathsep.join(p or os.curdir for p in sys.path), subprocess.PIPE
        environment = os.environ | {"PYTHONPATH": path, "GX_ANALYTICS_ENABLED": "false"}
        command = [sys.executable, "-m", PROCESS]
        self.process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)
        self.told, self.errors = b"", b""
        self.talk: Thread | None = None
        self.answered: SchemaVerdict | None = None

    def __enter__(self) -> Self:
        return self

    def judge(self, tables: "Tables") -> None:
        """Hands the tables over, without waiting for anybody to take them."""
        data = pickle.dumps({table.name: tables[table.name] for table in checked_tables()}, pickle.HIGHEST_PROTOCOL)
        self.talk = Thread(target=self._talk, args=(data,))
        self.talk.start()

    def _talk(self, data: bytes) -> None:
        self.told, self.errors = self.process.communicate(data)

    def verdict(self) -> SchemaVerdict:
        """What Great Expectations says of the tables. Raises InputError (`schema_run`) where it says nothing."""
        if self.answered is None:
            if self.talk:
                self.talk.join()
            try:
                self.answered = SchemaVerdict.from_json(self.told)
            except (ValueError, KeyError) as error:
                last = self.errors.decode(errors="replace").strip().rpartition("\n")[2]
                raise InputError("schema_run", reason=last or f"exit {self.process.returncode}") from error
        return self.answered

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.talk.join() if self.talk else self.process.communicate()
