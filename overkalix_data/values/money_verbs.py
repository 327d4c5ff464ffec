"""The verbs by which a text tells that money is granted, built into the patterns of those who read it."""

import re
from functools import cache

from overkalix_data.base.lists import Lists

_KINDS = re.compile(r"<<([a-z|]+)>>")


@cache
def with_verbs(form: str, lists: Lists) -> re.Pattern[str]:
    """A pattern where `<<gets>>` stands for the verbs of that kind in `money_verbs.csv`, `<<gives|adds>>` for two."""
    by_kind = lists.money_verbs.by("kind")

    def verbs(match: re.Match[str]) -> str:
        return "(?i:" + "|".join(by_kind[kind].any_of for kind in match[1].split("|")) + ")"

    return re.compile(_KINDS.sub(verbs, form))
