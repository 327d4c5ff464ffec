"""Amounts as people write them (`1 200 000 kr`, `1,2 mkr`, `SEK 1,971,582`, `90 000 euro`) → a number, a currency."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold

SEK = "SEK"
MOST = 10**15
"""No amount: more than all money there is. Figures in a row are then something else (a reference, an account)."""
_SPACE = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_NUMBER = re.compile(r"-?(?:(?<![\w.,])[.,])?\d[\d\s\u00a0\u202f\u2009'’.,]*")
_WRITTEN = r"\d{1,3}(?:[ \u00a0\u202f\u2009'’.,]\d{3}){1,20}(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d++(?:[.,]\d++)?"
"""A number inside running text: groups of three, or figures in one run."""
SHARE = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d+)?[ \u00a0]?(?:%|procent\b)")
LEAD = 40
"""Characters before an amount in which words can say what kind of amount it is."""
_CEILING = re.compile(r"(?:upp till|högst|max(?:imalt)?\.?|som mest|dock)\s*$", re.IGNORECASE)
"""Words before an amount that make it a ceiling, not what was granted."""
_RATE = re.compile(r"\s*(?:per|om|i|/)\s*(?:år|månad|timme|tim|deltagare|företag)\b", re.IGNORECASE)
"""Words after an amount that make it a rate."""
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
_BOTH = re.compile(r"-?\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d+")


@dataclass(frozen=True)
class Amount:
    """A sum in its own currency (ISO 4217); nothing is converted."""

    value: Decimal
    currency: str = SEK


def parse_amount(text: str, lists: Lists) -> Amount | None:
    """The amount that a text is, or None where it is something else or could be two things.

    Without a unit the currency is SEK. `1,200` and `1.200` without a scale word are one thousand two hundred: an
    amount in kronor has no three decimals. Scale words and currencies: `amount_words.csv`.
    """
    if (digits := _NUMBER.search(text)) is None:
        return None
    rest = text[: digits.start()] + " " + re.sub(r"^:-", "", text[digits.end() :])
    units = [lists.amount_words.same(word) for word in re.findall(r"[^\s.,]+", rest)]
    if None in units:
        return None
    scales = [Decimal(row["scale"]) for row in units if row and row["scale"]]
    currencies = {row["currency"] for row in units if row and row["currency"]}
    number = _decimal(digits[0], scaled=bool(scales))
    if number is None or len(scales) > 1 or len(currencies) > 1:
        return None
    value = number * (scales[0] if scales else 1)
    return Amount(value, currencies.pop() if currencies else SEK) if abs(value) < MOST else None


def find_amounts(text: str, lists: Lists) -> list[tuple[Amount, int, int]]:
    """Every amount with a unit in running text, with its characters.

    Ceilings ("högst", "upp till") and rates ("per år") are none.
    """
    return [
        (amount, m.start(), m.end())
        for m in _in_text(lists).finditer(text)
        if (amount := parse_amount(m[0], lists))
        and not _CEILING.search(text, max(m.start() - LEAD, 0), m.start())
        and not _RATE.match(text, m.end())
    ]


def stated_amount(text: str, lists: Lists) -> tuple[Amount, int, int] | None:
    """The amount in an amount label's value, with its characters: the whole value, else the first with a unit."""
    if amount := parse_amount(text.lstrip(" ;\n\u00a0").rstrip(" .;\n\u00a0"), lists):
        number = text.strip()
        return amount, text.index(number), text.index(number) + len(number)
    return next(iter(find_amounts(text, lists)), None)


def whole_kronor(amount: Amount, rate: Decimal | None = None) -> int | None:
    """The amount in whole kronor, or None: öre are not rounded away; a currency needs its rate (kronor a unit)."""
    if amount.currency != SEK:
        return None if rate is None else int((amount.value * rate).quantize(Decimal(1), ROUND_HALF_UP))
    return int(amount.value) if amount.value == amount.value.to_integral_value() else None


def published_kronor(amount: Amount) -> int | None:
    """A published amount in whole kronor, öre rounded half up: the evidence quotes them. None for another currency."""
    return int(amount.value.quantize(Decimal(1), ROUND_HALF_UP)) if amount.currency == SEK else None


def _decimal(written: str, *, scaled: bool) -> Decimal | None:
    number = re.sub(r"^(-?)(?=[.,])", r"\g<1>0", _SPACE.sub("", written).rstrip(".,"))
    if _BOTH.fullmatch(number):
        last = max(number.rfind("."), number.rfind(","))
        return Decimal(re.sub(r"[.,]", "", number[:last]) + "." + number[last + 1 :])
    if _GROUPED.fullmatch(number) and not scaled:
        return Decimal(re.sub(r"[.,]", "", number))
    return Decimal(number.replace(",", ".")) if _PLAIN.fullmatch(number) else None


@cache
def _in_text(lists: Lists) -> re.Pattern[str]:
    """A number with its unit behind it (one or two words, or `:-`), or a currency before it (`SEK 3.4 million`)."""
    rows = lists.amount_words.rows
    currency = _either(row["words"] for row in rows if row["currency"] and not row["scale"])
    unit, gap = _either(row["words"] for row in rows) + r"(?!\w)", r"[ \u00a0\u202f]?"
    scale = _either(row["words"] for row in rows if row["scale"] and not row["currency"])
    before = rf"{currency}{gap}(?:{_WRITTEN})(?!\w)(?:{gap}{scale}(?!\w))?"
    behind = rf"(?:{_WRITTEN}){gap}(?::-|{unit}\.?(?:{gap}{unit})?)"
    return re.compile(rf"(?<![\w.,/-])(?:{before}|{behind})", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(fold(w)) for w in sorted(words, key=len, reverse=True))})"
