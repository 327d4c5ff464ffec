"""Words → the status they say."""

import re

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import squeeze

_WORDS = re.compile(r"\w(?:.*\w)?")
"""What is said, without the signs and pictures around it: `🚧 Pågår`, `(Avslutat)`."""


def status_named(words: str, lists: Lists) -> str:
    """The status that words of their own say (`status_words.csv`); empty where they say none that is known."""
    said = _WORDS.search(squeeze(words))
    hit = lists.status_words.fullmatch(said[0]) if said else None
    return hit.row["status_code"] if hit else ""
