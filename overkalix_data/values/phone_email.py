"""Phone numbers and e-mail addresses in text → E.164 and lower case, each with the characters it came from."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from overkalix_data.base.spans import joined, overlapping
from overkalix_data.base.wording import DASHES, REMEMBERED, squeeze

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_AT = (
    r"(?:[ \u00a0]?[(\[{][ \u00a0]?(?:at|a|snabel-?a|@)[ \u00a0]?[)\]}][ \u00a0]?|[ \u00a0](?:snabel-?a|@)[ \u00a0]|@)"
)
_DOT = r"(?:\.|[ \u00a0]?[(\[{](?:punkt|dot)[)\]}][ \u00a0]?|[ \u00a0](?:punkt|dot)[ \u00a0])"
DISGUISED = re.compile(
    rf"(?<![\w.@+-])[\w+-]+(?:{_DOT}[\w+-]+)*{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-z]{{2,12}}\b", re.IGNORECASE
)
"""An address that no robot finds: `namn(at)kommun.se`, `förnamn punkt efternamn snabela kommun punkt se`."""
_SPACE = r"[ \u00a0\u2009]{0,2}"
_WRAP = r"[ \u00a0]?(?:\r\n|\r|\n)[ \u00a0]?(?=\d{2,3}(?!\d))(?!\d{3}\s?\d{2}\s+[A-ZÅÄÖ])"
"""A line break inside a number: groups of two or three digits follow, and no postcode with its town."""
_GAP = rf"(?:{_SPACE}[{DASHES}/.]?{_SPACE}|[{DASHES}/.]?{_WRAP})"
PHONE = re.compile(
    rf"(?<![\w+@.-])(?:\+\d{{1,3}}{_GAP}(?:\(0\))?|0(?=\d)|\(0(?=\d{{1,3}}\)))\d{{1,4}}\)?"
    rf"(?:{_GAP}(?!0\d{{1,3}}[{DASHES}])\d{{2,}}+)+(?![\w@])"
)
"""A Swedish or international number; a second number on the line starts at its own `0nn-` and is not swallowed."""

_AT_SIGN = re.compile(r"@|snabel|[\[({][ \u00a0]?at?[ \u00a0]?[)\]}]", re.IGNORECASE)
_FIGURES = re.compile(r"\d\d")
"""What every address has, and every number. Most lines have neither."""

HOME = "SE"
COUNTRIES = {"+358": "FI", "+47": "NO"}
"""Country codes of the neighbours whose lists are written in Swedish, or read as if."""
_COUNTRY_CODE = re.compile(r"(?<![\w+])(\+(?:358|46|47|45))(?=[ \u00a0(-]?\d|[ \u00a0(-]*\(0\))")

USUAL_PHONE = re.compile(r"0\d{1,3}-\d{2,3}(?: \d{2,3}){1,2}|\+46 ?\d{1,3}[ -]\d{2,3}(?: \d{2,3}){1,2}")
"""The form of the Swedish writing rules: area code, hyphen, groups of two or three digits."""


@dataclass(frozen=True)
class ContactPoint:
    """`kind` is `phone` or `email`; `value` is None where the number is in no numbering plan."""

    kind: str
    value: str | None
    start: int
    end: int


@lru_cache(maxsize=REMEMBERED)
def e164(number: str, region: str = "SE") -> str | None:
    """The number in E.164 (ITU-T), read as dialled in `region`; None where it is no possible number there."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def national_form(value: str) -> str:
    """A number in E.164 as people in its country write it ("070-123 45 67"); any other text as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.NATIONAL)
    except phonenumbers.NumberParseException:
        return value


_USUAL_ADDRESS = re.compile(
    r"(?=.{6,64}\Z)[\w+-]++(?:\.[\w+-]++)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+se", re.IGNORECASE | re.ASCII
)
"""A short address in the domain of Sweden, within every bound of RFC 5321: the library for others is slow to load."""


def email_address(text: str) -> str | None:
    """The address in lower case; None where RFC 5321 does not allow it. No network is asked."""
    if _USUAL_ADDRESS.fullmatch(text):
        return text.lower()
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


_EURO = re.compile(r"\d[\s\u00a0]*(?:€|euro?\b)", re.IGNORECASE)
_KRONOR = re.compile(r"\d[\s\u00a0]*(?:kr|kronor|tkr|mn?kr|sek|:-)(?!\w)", re.IGNORECASE)


def country_of(text: str) -> str:
    """The country (ISO 3166) in which a page's numbers are dialled: that of their only country code, else Sweden."""
    codes = {m[1] for m in _COUNTRY_CODE.finditer(text)}
    if len(codes) == 1:
        return COUNTRIES.get(codes.pop(), HOME)
    # A Finnish page in Swedish tells itself by its money: it counts in euro.
    return "FI" if not codes and len(_EURO.findall(text)) > len(_KRONOR.findall(text)) else HOME


def find_contact_points(text: str, country: str = HOME) -> list[ContactPoint]:
    """Every number and address in `text`, in order, numbers as dialled in `country`; offsets count its characters."""
    return list(_contact_points(text, country))


@lru_cache(maxsize=REMEMBERED)
def _contact_points(text: str, country: str) -> tuple[ContactPoint, ...]:
    points = [
        ContactPoint("email", email_address(m[0]), *m.span()) for m in (EMAIL.finditer(text) if "@" in text else ())
    ]
    addresses = [(p.start, p.end) for p in points]
    points += [
        ContactPoint("email", email_address(_undisguised(m[0])), *m.span())
        for m in (DISGUISED.finditer(text) if _AT_SIGN.search(text) else ())
        if not overlapping(addresses, *m.span())
    ]
    addresses = joined((p.start, p.end) for p in points)
    points += [
        ContactPoint("phone", e164(squeeze(m[0]), country), *m.span())
        for m in (PHONE.finditer(text) if _FIGURES.search(text) else ())
        if not overlapping(addresses, m.start(), m.start() + 1)
    ]
    return tuple(sorted(points, key=lambda p: p.start))


def _undisguised(written: str) -> str:
    """`förnamn punkt efternamn snabela kommun punkt se` → the address."""
    local, domain = (re.sub(_DOT, ".", part) for part in re.split(_AT, written, maxsplit=1, flags=re.IGNORECASE))
    return f"{local}@{domain}".replace(" ", "").replace("\u00a0", "")


def is_usual_phone(as_published: str) -> bool:
    """Whether a number is written as the Swedish writing rules ask."""
    return USUAL_PHONE.fullmatch(squeeze(as_published)) is not None
