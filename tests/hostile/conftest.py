"""What nobody has thought of takes its time: none of it is in `make test-fast`."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _whole(whole: None) -> None:
    """Each test here is marked `whole`."""
