"""Words → the status they say."""

import re

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import squeeze

_AROUND = re.compile(r"\A\W+|\W+\Z")
"""Signs and pictures around the words: `🚧 Pågår`, `(Avslutat)`."""


def status_named(words: str, lists: Lists) -> str:
    """The status that words of their own say (`status_words.csv`); empty where they say none that is known."""
    hit = lists.status_words.fullmatch(_AROUND.sub("", squeeze(words)))
    return hit.row["status_code"] if hit else ""
