"""Swedish organisation numbers as people and registers write them → one form, or none."""

import re

_WRITTEN = re.compile(r"(?:SE[\s-]?|16[\s-]?)?(\d{2}[2-9]\d{3})[\s-]?(\d{4})(?:\s?01)?", re.IGNORECASE)
"""`212000-2833`, `2120002833`, `16-212000-2833`, `SE212000283301`. The third digit tells it from a personal number
(Skatteverket, SKV 709)."""


def org_number(words: str) -> str:
    """The organisation number that words are, as `212000-2833`; empty where they are none, or the check digit (Luhn)
    is wrong: a wrong digit would make it another organisation's."""
    match = _WRITTEN.fullmatch(words.strip())
    if match is None:
        return ""
    doubled = (int(digit) * (2 - n % 2) for n, digit in enumerate(match[1] + match[2]))
    return f"{match[1]}-{match[2]}" if sum(n // 10 + n % 10 for n in doubled) % 10 == 0 else ""
