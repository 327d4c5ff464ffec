"""Words → the status they say."""

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import squeeze


def status_named(words: str, lists: Lists) -> str:
    """The status that words of their own say (`status_words.csv`); empty where they say none that is known."""
    hit = lists.status_words.fullmatch(squeeze(words).strip(" .:()!"))
    return hit.row["status_code"] if hit else ""
