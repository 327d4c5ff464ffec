"""The same inputs, led by what of the package they reach, where atheris is installed: `make fuzz` runs it.

`python -m tests.hostile.guided .csv -runs=1000`: a kind of source, and libFuzzer's own options.
"""

import sys

import atheris
from hypothesis import given, settings

with atheris.instrument_imports(include=["overkalix_data"]):
    from tests.hostile.test_fuzz import KINDS, assert_read_or_refused


def main(kind: str, *options: str) -> None:
    @settings(database=None, deadline=None)
    @given(KINDS[kind])
    def run(data: bytes) -> None:
        assert_read_or_refused(data, kind)

    # Long inputs from the beginning: a strategy needs many bytes to choose by.
    atheris.Setup([sys.argv[0], "-len_control=0", "-max_len=8192", *options], run.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
