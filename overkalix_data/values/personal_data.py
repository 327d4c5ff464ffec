"""Personal data in a text: where do the names, numbers and addresses of persons stand, however they are written?

The General Data Protection Regulation, article 4.1: whatever relates to a person who can be identified. Known persons
are found in every spelling of their name; others where a role, a form of number or a form of address tells them.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from overkalix_data.base.lists import lists_for
from overkalix_data.base.spans import Span, joined
from overkalix_data.base.wording import DASHES
from overkalix_data.values.disguise import readable
from overkalix_data.values.period import MONTHS
from overkalix_data.values.personal_names import KnownNames, is_person
from overkalix_data.values.phone_email import PHONE, e164, is_usual_phone
from overkalix_data.values.told_addresses import e_mails, streets, undisguised

_DIGITS = re.compile(r"(?<!\d)[+(]?\d(?:[ ()\[\]._/\\·~+-]{0,3}\d){4,60}(?!\w)")
_INSIDE = re.compile(
    r"(?<= )(?:\+\d|00\d|0\d{1,3}[-/(]|0\d{8}|\d{6}[-+]\d{4}|(?:\d{8}[-+ ]?\d{4}|\d{10})(?!\d)"
    r"|\d\d[/-]\d\d[/-]\d\d-\d{4}|\d{4}-\d\d-\d{4}|\d(?:[ ._]\d){9}(?![ ._]?\d))"
)
"""How a number begins that stands after another figure: `Projekt 3 070-174 06 05`."""
_PHONE_WORD = re.compile(r"(?i:t|tel|tfn|tele|telefon|mob|mobil|nr|fax)\.?")
"""What stands close to a number without a space: `tfn070-174 06 05`."""
_LETTER_FOR_DIGIT = re.compile(
    r"[OoIl](?:(?<=\d.)(?![^\W\dOoIl])|(?<=\d[ -].)(?=\d)|(?<!\w.)(?=[\dOo]{1,3}[ /-]|[\dOo]{8,9}(?!\w)))"
)
_DIGIT = str.maketrans("OoIl", "0011")
_ODD = r"[^\w\s.()\[\]/\\~+-]"
_PARTED = re.compile(
    rf"(?<![\w+.,-])(?:(?:(?:\+|00(?!0))\d{{1,3}}|\(?0[1-9]\d{{1,2}}\)?|08(?={_ODD}\d{{3}})){_ODD}\d{{2,7}}"
    rf"(?:(?:{_ODD}|[ -])(?!0\d{{1,3}}[/-])\d{{2,7}}){{0,3}}|0[1-9]\d{_ODD} \d{{3}}(?:{_ODD} \d\d){{2}}"
    rf"|0(?P<one>\W{{1,3}})7(?:(?P=one)\d){{8}}|(?:19|20)?\d{{6}}(?:{_ODD}|\W?-\W?)\d{{4}}|[1-9](?P<each>{_ODD})(?:\d(?P=each)){{8}}\d)(?!\w|{_ODD}\d)"
)
"""A telephone or personal number whose parts are held together by signs that are for other things: `070,174,06,05`."""
_MIXED = re.compile(
    r"(?<![\w+.,-])(?:(?:0|(?:\+|00)46\W{0,3})7[02369]\W{1,3}"
    r"(?=[\d\W]{7,16}(?!\w))(?:\d{3}\W{1,3}\d\d\W{0,3}\d\d|\d\d\W{1,3}\d{3}\W{1,3}\d\d|\d\d\W{1,3}\d\d\W{1,3}\d{3}|\d{3}\W{1,3}\d{4})"
    r"|0[1-9]\d{0,2}[/-]\d{3}[^\w\s]\d\d(?:[^\w\s]\d\d)?)(?!\w|[^\w\s]\d)"
)
"""The same with signs that differ, where a mobile's first figures, or a hyphen, tell what it is: `070 174,06.05`."""
ONE_NUMBER = 15
"""Digits of the longest number there is (E.164); a longer run is several numbers, or none."""
_SEPARATORS = re.compile(r"\D+")
_MONEY = re.compile(r"[ ]?(?:kr|kronor|sek|eur|euro|€|tkr|mkr|mnkr|m2|kvm|st|%|:-)(?![^\W\d_])", re.IGNORECASE)
CLOCK_OR_DATE = re.compile(
    rf"\d\d[.:]\d\d ?[{DASHES}] ?\d\d[.:]\d\d|\d{{1,2}}[./]\d{{1,2}}[./ ]\d{{4}}"
    r"|\d{1,4}[ /-](?:19|20)\d\d-\d{1,4}(?:-\d\d)?"
)
_REGISTRY = re.compile(r"(?i:(?<!\w)(?:dnr|diarienr|diarienummer|ärende|issn|isbn|id))[.: ]{1,2}$")
"""What stands before the number of a case, a publication or a thing."""
_SPACED_OUT = re.compile(r"\d(?:[ _.-]\d){6,}")
"""Every digit on its own."""
LEAST_DIGITS = 8
"""Of a number that starts with 0; with fewer it is as likely hours, a month or a registry number."""
_LETTERS = re.compile(r"[^\W\d_]+")
_MOBILE = re.compile(r"7[02369]\d{7}")
"""A Swedish mobile number without its leading 0 (PTS, numbering plan: 70, 72, 73, 76, 79)."""
_MOBILE_FORM = re.compile(r"7\d[ -]?\d{3}[ -]?\d\d[ -]?\d\d|7\d{2}[ -]\d{3}[ -]\d{3}|7\d{2}[ -]\d\d[ -]\d\d[ -]\d\d")

_BIRTH_DAY = re.compile(r"(?<![\w-])(?:19|20)?(\d{6})(?:[ ]?[-+][ ]?| )(?!\d{4})[\dXxNn*?_#•]{4}(?![\w*])")
"""A personal number whose last digits somebody has crossed out: the day of birth stands there still."""

_IN_TWO = re.compile(
    rf"(?<![\w-])(?:(?:19|20)?(\d\d)-?(\d\d)-?(\d\d)|(\d{{1,2}}) ({'|'.join(MONTHS)}) (?:19|20)(\d\d))\W{{1,3}}"
    r"(?:(?:och|med|de|sista|fyra|siffrorna|siffror|kontrollsiffror|slutar|på|är)\W{1,3}){1,6}(\d{4})(?!\w)",
    re.IGNORECASE,
)
"""A personal number told in two: `850504, sista fyra 9992`, `4 maj 1985, sista fyra 9992`."""

_NAME_WORD = r"[A-ZÅÄÖÉ][\w'’]{0,40}(?:-[A-ZÅÄÖÉ][\w'’]{0,40}){0,2}\.?"
_OF = "af|av|de|den|der|di|du|la|le|van|von|zu"
_NAME = rf"(?P<name>{_NAME_WORD}(?: (?:(?:{_OF}) ){{0,2}}{_NAME_WORD}){{0,3}})"
_AT_WHAT = r"(?:hos|för|i|inom|på|till|vid) [\w-]{2,30} (?:[\w-]{2,30} )?"
"""Where a role is one: `Handläggare på kommunen är Eva Ek`."""
_NAME_AFTER = re.compile(rf"\s{{0,2}}(?:[:=,/–-]|\(|(?:{_AT_WHAT})?(?:är|heter|blir|var|is))?\s{{0,2}}{_NAME}")
_ONE_MORE = re.compile(rf"\s{{0,2}}(?:,|/|&|och|samt)\s{{0,2}}{_NAME}")
"""Another of those that a role tells: `Handläggare: Eva Ek, Sten Ask`."""
_TURNED = re.compile(rf"\s{{0,2}}[:=]\s{{0,2}}(?P<name>{_NAME_WORD},\s?(?P<given>{_NAME_WORD}))(?!\w)")
_NAME_BEFORE = re.compile(rf"(?<![\w-]){_NAME}\s{{0,2}}(?:,|\(|:|[–-]|är)\s{{0,2}}(?:vår |kommunens |projektets )?$")
_NEAR = 120
"""Characters before a role in which a name that it tells stands."""


@dataclass
class PersonalData:
    """What tells a person: names, numbers and addresses of the known, and the forms that any person's have."""

    names: Collection[str] = ()
    points: Collection[str] = ()
    others: Collection[str] = ()
    """Names of organisations and places (`KnownNames`), which stay readable where they hold a person's surname."""
    _known: KnownNames = field(init=False, repr=False)
    _numbers: dict[int, set[str]] = field(init=False, repr=False)
    _addresses: set[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._known = KnownNames(self.names, self.others)
        self._numbers = {}
        for digits in (_subscriber(p) for p in self.points if "@" not in p):
            if len(digits) >= LEAST_DIGITS - 2:
                self._numbers.setdefault(len(digits), set()).add(digits)
        self._addresses = {undisguised(readable(p).text) for p in self.points if "@" in p}

    def known_spans(self, text: str) -> list[Span]:
        """Where the known persons stand in a text: names, numbers, addresses."""
        seen = readable(text)
        return joined(seen.written(*span) for span in (*self._known.spans(seen.text), *self._points(seen.text)))

    def is_known_in(self, text: str) -> bool:
        """Whether a text that is read already (`disguise.as_read`) tells one of the known persons."""
        return any(True for _ in self._known.spans(text)) or any(True for _ in self._points(text))

    def spans(self, text: str) -> list[Span]:
        """Where a text tells any person: the known, numbers and addresses of any form, names after a role."""
        seen = readable(text)
        forms = (*_numbers(seen.text), *e_mails(seen.text), *streets(seen.text), *_by_role(seen.text, self._known))
        return joined([*self.known_spans(text), *(seen.written(*span) for span in forms)])

    def _is_known(self, digits: str, length: int, same: set[str]) -> bool:
        """Whether a run ends in one of the numbers, or holds one that is long: `070-174 06 05/06`."""
        last = len(digits) - length
        starts = range(last + 1) if length >= LEAST_DIGITS else range(last, last + 1)
        return 0 <= last <= 5 and any(digits[start : start + length] in same for start in starts)

    def _points(self, text: str) -> Iterator[Span]:
        for m, digits in _runs(text):
            if any(self._is_known(digits, length, same) for length, same in self._numbers.items()):
                yield m.span()
        for start, end in e_mails(text) if self._addresses else ():
            if undisguised(text[start:end]) in self._addresses:
                yield start, end


def is_personal_number(digits: str) -> bool:
    """Whether 10 or 12 digits are a day (a co-ordination number's plus 60) and end in the right check digit (Luhn)."""
    century, short = digits[:-10], digits[-10:]
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(short)]
    is_right = century in ("", "19", "20") and sum(n // 10 + n % 10 for n in doubled) % 10 == 0
    return is_right and is_day(short[:6], century)


def is_day(digits: str, century: str = "") -> bool:
    """Whether six digits are year, month and day, the day of a co-ordination number counted from 61."""
    day = int(digits[4:])
    try:
        date(int((century or "20") + digits[:2]), int(digits[2:4]), day - (60 if day > 60 else 0))
    except ValueError:
        return False
    return True


def _numbers(text: str) -> Iterator[Span]:
    """Phone numbers and personal numbers; sums, hours, months and registry numbers are none."""
    before = 0
    for m, digits in _runs(text):
        if _MONEY.match(text, m.end()) or CLOCK_OR_DATE.fullmatch(m[0]) or not _begins(text, m.start(), before):
            continue
        is_number = len(digits) in (10, 12) and is_personal_number(digits)
        is_case = _REGISTRY.search(text[max(m.start() - 20, 0) : m.start()]) and not is_usual_phone(m[0])
        if is_number or (not is_case and is_phone(m[0])):
            before = m.end()
            yield m.start() + (m[0][0] == "(" and ")" not in m[0]), m.end()
    for m in _IN_TWO.finditer(text):
        year, month, day, spelt_day, name, spelt_year, last = m.groups()
        born = f"{spelt_year}{MONTHS.index(name.lower()) + 1:02}{int(spelt_day):02}" if name else f"{year}{month}{day}"
        if is_personal_number(born + last):
            yield m.span()
    for m in _in_words().finditer(text):
        digits = _SEPARATORS.sub("", _LETTERS.sub(lambda word: _digits_of(word[0]), m[0]))
        if is_phone(digits) or (len(digits) in (10, 12) and is_personal_number(digits)):
            yield m.span()
    for m in _BIRTH_DAY.finditer(text):
        if is_day(m[1]):
            yield m.span()


@cache
def _in_words() -> re.Pattern[str]:
    """Five words of numbers or more in a row, or fewer among figures: `noll sju noll ett …`, `070 ett sju fyra 06`."""
    words = "|".join(sorted((row["words"] for row in lists_for().number_words.rows), key=len, reverse=True))
    next_, word = r"[\s,-]{1,3}", rf"(?:{words}){{1,2}}"
    return re.compile(
        rf"(?<!\w)(?:{word}(?:{next_}{word}){{4,14}}"
        rf"|(?:0\d{{0,3}}|(?:19|20)?\d{{6}}){next_}(?:\d{{1,4}}{next_})?{word}(?:{next_}(?:{word}|\d{{1,4}})){{1,8}})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _digits_of(word: str) -> str:
    """`sju` → 7, `sjutton` → 17, `sjuttiosju` → 77."""
    known = {row["words"]: row["digits"] for row in lists_for().number_words.rows}
    parts = ((word[:n].casefold(), word[n:].casefold()) for n in range(len(word), 0, -1))
    tens, ones = next((a, b) for a, b in parts if a in known and (not b or b in known))
    return known[tens][0] + known[ones] if ones else known[tens]


def _begins(text: str, start: int, before: int) -> bool:
    """Whether a number may begin there: not inside a word or after a decimal sign, unless that ends a number."""
    if start and text[start - 1] in ",.":
        return start - 1 == before or not text[start - 2 : start - 1].isdigit()
    word = re.search(r"[^\W\d_]{1,8}\.?$", text[max(start - 10, 0) : start])
    return not (start and text[start - 1].isalnum()) or (
        word is not None and _PHONE_WORD.fullmatch(word[0]) is not None
    )


def _runs(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every run of digits with signs between them, and its digits; several phone numbers in a row are as many runs."""
    text = _LETTER_FOR_DIGIT.sub(lambda m: m[0].translate(_DIGIT), text)
    text = _MIXED.sub(_with_hyphens, _PARTED.sub(_hyphened, text))
    for run in _DIGITS.finditer(text):
        is_several = len(_SEPARATORS.sub("", run[0])) > ONE_NUMBER
        whole = PHONE.finditer(text, *run.span()) if is_several else (run,)
        later = (_DIGITS.match(text, inside.start(), run.end()) for inside in _INSIDE.finditer(text, *run.span()))
        for m in (*whole, *filter(None, later)):
            yield m, _SEPARATORS.sub("", m[0])


def _hyphened(parted: re.Match[str]) -> str:
    """The number with hyphens; parts of one length are a list, or thousands (`010,020,030`), as are several signs."""
    sizes = {len(part) for part in _SEPARATORS.split(parted[0].strip("+()"))}
    is_list = (len(sizes) == 1 and sizes != {1}) or len({*re.findall(_ODD, parted[0])}) > 1
    return parted[0] if is_list else _with_hyphens(parted)


def _with_hyphens(parted: re.Match[str]) -> str:
    return re.sub(rf"{_ODD}|\n", "-", parted[0])


def is_phone(written: str) -> bool:
    """Whether a run of digits and signs is a number that can be dialled, in a form that people write one in."""
    digits = _SEPARATORS.sub("", written)
    if written.lstrip("(").startswith("+") or digits.startswith("00"):
        return e164("+" + digits.removeprefix("00")) is not None
    if _MOBILE.fullmatch(digits):
        return bool(_MOBILE_FORM.fullmatch(written) or _SPACED_OUT.fullmatch(written))
    is_dialled = written.lstrip("(").startswith("0") and LEAST_DIGITS <= len(digits) <= 11
    return is_dialled and e164(digits) is not None


def _by_role(text: str, known: KnownNames) -> Iterator[Span]:
    """Names that a role, or a word that stands by persons, tells; no office: `Handläggare: Eva Ek`, `Eva Ek, rektor`,
    `säger Eva Ek`."""
    lists = lists_for()
    titles, asks = lists.contact_words.by("kind")["role_title"], lists.person_words.by("kind")["ask"]
    roles = [hit.match for words in (titles, asks) for hit in words.finditer(text)]
    for role in roles:
        yield from _after(text, role.end(), known, is_role=True)
        near = text[max(role.start() - _NEAR, 0) : role.start()]
        if (m := _NAME_BEFORE.search(near)) and (name := _from_first(m["name"])) and _is_somebody(name, known):
            end = role.start() - len(near) + m.end("name")
            yield end - len(name), end
    for hit in lists.person_words.finditer(text):
        yield from _after(text, hit.match.end(), known, is_role=False)


def _after(text: str, at: int, known: KnownNames, *, is_role: bool) -> Iterator[Span]:
    """The name that stands there, and those that are listed after it."""
    turned, m = _TURNED.match(text, at), _NAME_AFTER.match(text, at)
    if turned and _is_first(turned["given"]):
        yield turned.span("name")
    is_labelled = is_role and m is not None and re.search("[:=]", text[at : m.start("name")]) is not None
    while m and (_is_first(m["name"]) or (is_labelled and " " in m["name"])) and _is_somebody(m["name"], known):
        yield m.start("name"), m.end("name") - m["name"].endswith(".")
        is_labelled, m = False, _ONE_MORE.match(text, m.end("name"))


def _from_first(name: str) -> str:
    """The name from its first first name, with a surname behind it: `Fråga Eva Ek` → `Eva Ek`; else empty."""
    words = name.split(" ")
    return next((" ".join(words[n:]) for n in range(len(words) - 1) if _is_first(words[n])), "")


def _is_first(name: str) -> bool:
    """Whether the first of the words is a first name in use."""
    return name.split()[0].rstrip(".").casefold() in _first_names()


def _is_somebody(name: str, known: KnownNames) -> bool:
    return is_person(name.rstrip(".")) and not known.is_other(name.rstrip("."))


@cache
def _first_names() -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in lists_for().first_names)


def _subscriber(point: str) -> str:
    """The digits of a number that every way to write it ends in: without country code and leading 0."""
    digits = _SEPARATORS.sub("", readable(point).text)
    return re.sub(r"^(?:0046|46|0)", "", digits) if digits.startswith(("0", "46")) else digits
