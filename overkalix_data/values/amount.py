"""Amounts as people write them (`1 200 000 kr`, `1,2 mkr`, `SEK 1,971,582`, `90 000 euro`) → a number and its currency."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from overkalix_data.base.codelist import codelist
from overkalix_data.base.wording import fold

SEK = "SEK"
_SPACE = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_NUMBER = re.compile(r"-?(?:(?<![\w.,])[.,])?\d[\d\s\u00a0\u202f\u2009'’.,]*")
_WRITTEN = r"\d{1,3}(?:[ \u00a0\u202f\u2009'’.,]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
"""A number inside running text: groups of three, or figures in one run."""
SHARE = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d+)?[ \u00a0]?(?:%|procent\b)")
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


def parse_amount(text: str) -> Amount | None:
    """The amount that a text is, or None where it is something else or could be two things.

    Without a unit the currency is SEK. `1,200` and `1.200` without a scale word are one thousand two hundred: an amount in kronor
    has no three decimals. Scale words and currencies: `codelists/amount_words.csv`.
    """
    found = _NUMBER.search(text)
    rest = text[: found.start()] + " " + re.sub(r"^:-", "", text[found.end() :]) if found else ""
    words = [_words().get(fold(w)) for w in re.findall(r"[^\s.,]+", rest)]
    if not found or None in words:
        return None
    scales = [Decimal(w["scale"]) for w in words if w and w["scale"]]
    currencies = {w["currency"] for w in words if w and w["currency"]}
    number = _decimal(found[0], scaled=bool(scales))
    if number is None or len(scales) > 1 or len(currencies) > 1:
        return None
    return Amount(number * (scales[0] if scales else 1), currencies.pop() if currencies else SEK)


def find_amounts(text: str) -> list[tuple[Amount, int, int]]:
    """Every amount with a unit in running text, with its characters; ceilings ("högst", "upp till") and rates ("per år") are none."""
    found = []
    for m in _in_text().finditer(text):
        amount = parse_amount(m[0])
        if amount and not _CEILING.search(text, 0, m.start()) and not _RATE.match(text, m.end()):
            found.append((amount, m.start(), m.end()))
    return found


def stated_amount(text: str) -> tuple[Amount, int, int] | None:
    """The amount in the value of an amount's label, with its characters: the whole value, else the first that has a unit."""
    if amount := parse_amount(text.lstrip(" ;\n\u00a0").rstrip(" .;\n\u00a0")):
        number = text.strip()
        return amount, text.index(number), text.index(number) + len(number)
    return next(iter(find_amounts(text)), None)


def whole_kronor(amount: Amount, rate: Decimal | None = None) -> int | None:
    """The amount in whole kronor, or None: öre are not rounded away, and another currency needs its rate (kronor a unit)."""
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
def _in_text() -> re.Pattern[str]:
    """A number with its unit behind it (one or two words, or `:-`), or a currency before it."""
    units = "|".join(re.escape(w) for w in sorted(_words(), key=lambda w: -len(w)))
    before = "|".join(re.escape(w) for w, row in _words().items() if row["currency"] and not row["scale"])
    gap = r"[ \u00a0\u202f]?"
    return re.compile(
        rf"(?<![\w.,/-])(?:(?:{before}){gap}(?:{_WRITTEN})(?![\w])|(?:{_WRITTEN}){gap}(?::-|(?:{units})(?![\w])\.?(?:{gap}(?:{units})(?![\w]))?))",
        re.IGNORECASE,
    )


@cache
def _words() -> dict[str, dict[str, str]]:
    return {fold(row["words"]): row for row in codelist("amount_words", "words", "scale", "currency")}
