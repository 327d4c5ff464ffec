"""Addresses of persons in words: e-mail that no robot finds (`namn (at) kommun.se`), streets (`Storg. 17`)."""

import re
from collections.abc import Iterator
from functools import cache

from overkalix_data.base.lists import lists_for
from overkalix_data.base.spans import Span
from overkalix_data.values.personal_names import is_first_name

_OPEN, _CLOSE = r"\s{0,2}[(\[{<«]{1,2}\s{0,2}", r"\s{0,2}[)\]}>»]{1,2}\s{0,2}"
_SIGN = r"\s?(?:[/|*_~=+'\":\\-]{1,2}|\.\.)\s?"
_SPELT_OUT = re.compile(r"(?<!\S)(?:[\w.+-] ){1,64}@(?: [\w.-]){4,64}(?!\S)")
"""An address with a space after every character."""

_TOP = "(?:ax|com|dk|eu|fi|net|no|nu|org|se)"
"""What an address may end in where its last sign is another than a full stop: `namn@kommun,se`."""

_FILE = "(?:csv|docx?|html?|jpe?g|json|pdf|png|txt|xlsx?)"
_NO_SITE = rf"(?<![\w.+@/?=-])(?!www\.)(?![\w.-]{{1,80}}\.(?:{_TOP}|{_FILE})(?![\w.]))"
_SOMEBODY = r"[^\W\d_][\w-]{1,40}(?:\.[^\W\d_][\w-]{1,40}){1,3}"
"""A given name and a surname with a full stop between, as addresses begin."""

_BETWEEN = r"(?:[._-]| ?[(\[]?(?:punkt|dot|prick)[)\]]? ?)"

_WAY = "gata|gatan|väg|vägen|gränd|gränden|torget|stig|stigen|allé|allén|esplanaden|backen|liden"
_SHORT = "g|gat|gr|gt|v|vg"
_WORD_BEFORE = r"[A-ZÅÄÖ][\w-]{1,40}[ .]"
_CAPITAL = "(?!(?i:Riks|Europa|Läns|[ER]\\d))(?=[A-ZÅÄÖ])"
_NUMBER = (
    r"(?:(?:nr|no|nummer)\.? )?\d{1,3}(?:-\d{1,3}(?!\d))?(?: ?(?![iåIÅ] )[A-Ja-j])?"
    r"(?![\w%-]|[.,]\d| (?:k?m|mil|meter|år|st|deltagare|personer|t?kr|kronor|procent)(?!\w))"
)


_LETTER = "(?: ?(?![iåIÅ] )[A-Ja-j](?!\\w))?"
"""Of an entrance: `17 B`."""
_LIVES = re.compile(
    r"(?<!\w)(?i:bor|bosatt|boende|(?:hem|post|gatu|besöks|leverans)?adress(?:en)?|hem"
    r"|hemma hos (?-i:[A-ZÅÄÖ])\w{1,40})(?: är)?:?(?: (?:på|i|vid))?\s"
    rf"(?P<home>(?P<first>\d{{1,3}}{_LETTER},? )?(?!Box)[A-ZÅÄÖ][\w-]{{1,40}}(?: [A-ZÅÄÖ][\w-]{{1,40}}){{0,2}}"
    rf"(?(first)| \d{{1,3}}(?![\w%-]| \d\d(?!\d)){_LETTER}))"
)
"""Where somebody says that somebody lives, a place and a number are an address: `Bor i Lansjärv 12`."""


@cache
def _words(sign: str, *forms: str) -> str:
    """The listed words for a sign, a space or nothing where they have a hyphen."""
    rows = (row for row in lists_for().sign_words if row["sign"] == sign and row["form"] in forms)
    return "|".join(re.escape(row["words"]).replace(r"\-", "[- ._]{0,2}") for row in rows)


@cache
def _signs() -> tuple[str, str]:
    """What stands for `@` and for `.` in an address."""
    free = _words("@", "free")
    at = (
        rf"(?:{_OPEN}(?:{_words('@', 'bracketed', 'free')}|@){_CLOSE}|{_SIGN}(?:at|{free}){_SIGN}"
        rf"|\s{{1,2}}(?:{free}|(?-i:AT))\s{{1,2}}|\s{{0,2}}\\?@{{1,2}}\s{{0,2}})"
    )
    dot, bracketed = _words(".", "free"), _words(".", "bracketed", "free")
    return (
        at,
        rf"(?:{_OPEN}(?:{bracketed}|[.]){_CLOSE}|{_SIGN}(?:{dot}){_SIGN}| (?:{dot}) | ?[.] ?|[,;:/·](?={_TOP}(?!\w)))",
    )


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """RFC 5322's addresses in words: `namn (at) kommun.se`, `x snabel a y.se`, `x AT y DOT se`, `"b.n" @ y . se`."""
    words, (at, dot) = _words(".", "free"), _signs()
    local = (
        rf"(?:\"[^\"\n]{{1,60}}\"|(?<![\w.+@-])[\w+-]{{1,64}}"
        rf"(?:(?:[.]|[ ]?[(\[{{*_~-]?(?:{words})[)\]}}*_~-]?[ ]?)[\w+-]{{1,64}}){{0,5}})"
    )
    return tuple(
        re.compile(rf"{local}{a}[\w-]{{1,63}}(?:{d}[\w-]{{1,63}}){{0,4}}{d}[a-z]{{2,12}}(?![\w@])", re.IGNORECASE)
        for a, d in ((at, dot), (r"\sat\s", f" (?:{words}) "))
    )


@cache
def _odd_sign() -> re.Pattern[str]:
    """An address with any sign, or any word in brackets, for `@`: `eva.ek§exempel.se`, `eva.ek (apa) exempel.se`; or
    one without its end."""
    bracketed, domain = r"[(\[{<]\s?\w{1,12}\s?[)\]}>]", rf"(?:[\w-]{{1,63}}{_signs()[1]}){{1,4}}{_TOP}"
    sign = rf"(?: ?[^\w\s.,:/\\?()@'\"-] ?|\s?{bracketed}\s?)"
    return re.compile(
        rf"{_NO_SITE}(?:{_SOMEBODY}(?:{sign}{domain}|@\w[\w-]{{1,62}})|[\w.-]{{2,60}}(?:{bracketed}|[§¤¶©®]){domain})(?![\w@])"
        rf"|(?<![\w.+@/?=-])(?!www\.){_SOMEBODY}\.at\.{domain}(?![\w@.-])"
        rf"|{_NO_SITE}(?P<given>[^\W\d_]{{1,40}}){_BETWEEN}(?P<surname>[^\W\d_][\w-]{{1,40}})"
        rf"(?:\s\w{{1,12}}|,)?\s{domain}(?![\w@])",
        re.IGNORECASE,
    )


@cache
def _maybe() -> re.Pattern[str]:
    """What every such address has; most texts have none."""
    bracketed, free = _words("@", "bracketed"), _words("@", "free")
    return re.compile(
        rf"@|{free}|[\s/|*_~=+'\".:\\-]at[\s/|*_~=+'\".:\\-]|[(\[{{<«]\s?(?:{bracketed})\s?[)\]}}>»]", re.IGNORECASE
    )


@cache
def _streets() -> re.Pattern[str]:
    """A street and a number, where somebody lives; its end may be cut short after a listed stem, or where only a
    shortened word ends so (`Eriksg.`)."""
    rows = lists_for().street_stems
    stems = "|".join(row["stem"] for row in rows)
    parts = "|".join(row["stem"] for row in rows if row["is_part"])
    figures = "|".join(row["words"] for row in lists_for().number_words.rows)
    return re.compile(
        rf"(?<!\w)(?:(?:(?:{_WORD_BEFORE}){{0,2}}{_CAPITAL}"
        rf"(?:[\w-]{{1,41}}(?i:{_WAY}) ?|[\w-]{{4,40}}(?i:[bdfhjkmpstvz]g|[bdfhjkmpst]v|gat|väg)\. ?"
        rf"|(?i:(?:{stems})(?:-?(?:{_SHORT})| (?:g|gat|gr|gt))|(?:{parts}) vg?)\.? ?)"
        rf"|(?:{_WORD_BEFORE}){{1,2}}(?!väg \d\d)(?:{_WAY}|Allén?|Esplanaden|Gränd) ){_NUMBER}"
        rf"|(?:(?<=[;,:\n(] )|(?<![^\n;,:(])|(?<= på )|(?<= vid ))(?!19|20)\d{{2,3}}{_LETTER},? {_CAPITAL}[\w-]{{1,41}}"
        r"(?:gatan|vägen|gränden|stigen)(?!\w)"
        rf"|(?!Box)[A-ZÅÄÖ][\w-]{{1,40}} \d{{1,3}} ?[A-Za-z]?(?=,? \d{{3}} ?\d\d [A-ZÅÄÖ])"
        rf"|(?:{_CAPITAL}[\w-]{{1,41}}(?i:{_WAY})(?!\. )[ ,:/_.#(\n-]{{0,2}}(?:(?:nr|no|nummer)\.? ?)?"
        rf"|(?!riks|europa|läns)[a-zåäö][\w-]{{1,41}}(?:gatan?|vägen|gränden) )"
        rf"(?:\d{{1,3}} ?[A-Ha-h]?|(?<!\w)(?:{figures}){{1,2}})(?=\)|\s{{0,2}}(?:[,;\n]|\.(?!\d)|\Z))\)?)"
    )


def e_mails(text: str) -> Iterator[Span]:
    """Where a readable text has addresses of e-mail, in any words."""
    for m in _odd_sign().finditer(text):
        if not (given := m["given"]) or is_first_name(given) or (len(given) == 1 and len(m["surname"]) > 2):
            yield m.span()
    if _maybe().search(text):
        for form in (*_forms(), _SPELT_OUT):
            yield from (m.span() for m in form.finditer(text))


def streets(text: str) -> Iterator[Span]:
    """Where a readable text has a street and a number."""
    yield from (m.span("home") for m in _LIVES.finditer(text))
    yield from (m.span() for m in _streets().finditer(text))


def undisguised(address: str) -> str:
    """The address as it is dialled, lower case: `x (at) y punkt se` → `x@y.se`."""
    at, dot = _signs()
    plain = re.sub(dot, ".", re.sub(at, "@", re.sub(r"\sat\s", "@", address), flags=re.IGNORECASE), flags=re.IGNORECASE)
    return re.sub(r"[\s\"]", "", plain).casefold()
