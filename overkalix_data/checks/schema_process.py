"""`python -m overkalix_data.checks.schema_process`: tables (pickled) on standard input → a verdict (JSON) on output.

What Great Expectations drags in, and no expectation on tables of ours asks for, is imported only where somebody does:
charts, statistics and schemas of JSON are half the time that its import takes.
"""

import gc
import pickle
import sys
from importlib import import_module
from types import ModuleType

UNASKED = ("altair", "jsonschema", "scipy.stats")


class _Later(ModuleType):
    """A module that is imported when it is first asked for something."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules[self.__name__] is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def main() -> None:
    """Judges once and ends; an end of input without tables is the end of whoever asked."""
    gc.set_threshold(100_000, 50)  # what an import makes stays: to look for cycles in it is time lost
    answer, sys.stdout = sys.stdout.buffer, sys.stderr
    sys.modules.update({name: _Later(name) for name in UNASKED})
    from overkalix_data.checks.schema_suites import Judge

    judge = Judge()
    try:
        tables = pickle.load(sys.stdin.buffer)
    except EOFError:
        return
    answer.write(judge.verdict(tables).to_json().encode())


if __name__ == "__main__":
    main()
