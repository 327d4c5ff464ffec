"""Telephone and personal numbers: the digits that stand there, whatever is between them, gathered once and judged once.

A figure is a group of digits or a word for a number. Figures with little between them are a run, in which a number
begins at any figure that stands free. Whether some figures are a number is asked of what they are as digits
(`judge`), the longest first.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import accumulate, pairwise

import phonenumbers

from overkalix_data.base.lists import lists_for
from overkalix_data.base.spans import Span
from overkalix_data.base.wording import DASHES
from overkalix_data.values.period import MONTHS
from overkalix_data.values.phone_email import e164, is_usual_phone

Figure = tuple[str, int, int]
"""Digits, and where they stand."""

ONE_NUMBER = 17
"""Digits of the longest number there is (E.164), with `00`."""
LEAST_DIGITS = 8
"""Of a number that starts with 0; with fewer it is as likely hours, a month or a registry number."""
CLOCK_OR_DATE = re.compile(
    rf"\d\d[.:]\d\d ?[{DASHES}] ?\d\d[.:]\d\d|\d{{1,2}}[./]\d{{1,2}}[./ ]\d{{4}}"
    r"|\d\d-\d\d-(?:19|20)\d\d|\d{1,4}[ /-](?:19|20)\d\d-\d{1,4}(?:-\d\d)?"
)
_TOLD = "\x1f"
"""What the words between the parts of a personal number are replaced by."""
_GAP = re.compile(rf"[\W_]{{0,4}}|[xX]|{_TOLD}+")
_ODD = re.compile(rf"[^{DASHES}\d\s()\[\]._/\\·~+]")
"""A sign that is for other things than to hold a number's parts together, as far as one may say: `070,174,06,05`."""
_SIGNS = re.compile(r"\D+")
_FIGURE = re.compile(r"\d+")
_DECIMAL = re.compile(r"0,\d++(?!,\d)")
_YEAR = re.compile("(?:19|20)\\d\\d")
_LETTER_FOR_DIGIT = re.compile(
    r"[OoIl](?:(?<=\d.)(?![^\W\dOoIl])|(?<=\d[ -].)(?=\d)|(?<!\w.)(?=[\dOo]{1,3}[ /-]|[\dOo]{8,9}(?!\w)))"
)
_DIGIT = str.maketrans("OoIl", "0011")
_PHONE_WORD = re.compile(r"(?i)(?<![^\W\d_])(?:t|tel|tfn|tele|telefon|mob|mobil|nr|fax|ring|telnr|sms)[.:]? ?$")
"""What stands close before a number, without a space even: `tfn070-174 06 05`."""
_REGISTRY = re.compile(r"(?i:(?<!\w)(?:dnr|diarienr|diarienummer|ärende|issn|isbn|id))[.: ]{0,2}$")
"""What stands before the number of a case, a publication or a thing."""
_MONEY = re.compile(r"[ ]?(?:kr|kronor|sek|eur|euro|€|tkr|mkr|mnkr|m2|kvm|st|%|:-)(?![^\W\d_])", re.IGNORECASE)
_OR = re.compile(r"/\d{1,2}(?!\w)")
"""Another last figure: `070-174 06 05/06`."""
_NEAR = 20
_MOBILE = re.compile(r"(?:46|0)?(7[02369]\d{7})")
"""Swedish mobile numbers (PTS, numbering plan: 70, 72, 73, 76, 79)."""
_MOBILES = ("070", "072", "073", "076", "079")
_MOBILE_FORM = re.compile(
    r"\d\d[ -]?\d{3}(?:[ -]?\d\d){2}|\d{3}(?:[ -]\d{3}){2}|\d{3}(?:[ -]\d\d){3}|\d(?:[ _.-]\d){8}"
)
"""How they are written without the 0 that tells a number."""
_COMPACT = re.compile(r"(?:\(?(?:19|20)\)?)?\d{6}\W?\d{4}")
_YEAR_OR_TIME = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|(?:[01]\d|2[0-3])[:.][0-5]\d)$")
_THOUSANDS = re.compile(r"\d{3}(?: \d{3})+(?!\d)")
_OWN = re.compile(r"0\d{1,3} ?[/-] ?(?:\d{3}(?!\d)|\d{5})|0\d{2,3} ?[/-] ?\d\d(?!\d)")
"""How another number begins within a run."""
_AREA = re.compile(r"\(?0(?:\)\W?|\W{1,3}(?=\d\W{1,3}\d(?!\d)))?[1-9]")
_AREA_FIRST = re.compile(r"\(?0\d{1,3}\)?\W{1,3}\d{3}")
_BIRTH_DAY = re.compile(r"(?<![\w-])(?:19|20)?(\d{6})(?:[ ]?[-+][ ]?| )(?!\d{4})[\dXxNn*?_#•]{4}(?![\w*])")
"""A personal number whose last digits somebody has crossed out: the day of birth stands there still."""


def numbers(text: str) -> Iterator[Span]:
    """Phone numbers and personal numbers, spelt out too; sums, hours, months and registry numbers are none."""

    def is_number(written: str, start: int) -> bool:
        digits, before = _SIGNS.sub("", written), text[max(start - _NEAR, 0) : start]
        if len(digits) in (10, 12) and is_personal_number(digits) and _is_parted_as_one(written):
            return True
        if before[-2:-1].isdigit() and _THOUSANDS.match(written):
            return False
        is_called = _PHONE_WORD.search(before) is not None
        is_case = _REGISTRY.search(before) and not is_usual_phone(written)
        return not is_case and _TOLD not in written and is_phone(written, is_called=is_called)

    link, spelt, _ = _words()
    yield from _judged(link.sub(lambda m: _TOLD * len(m[0]), text), spelt, is_number)
    yield from (m.span() for m in _BIRTH_DAY.finditer(text) if is_day(m[1]))


def known_numbers(text: str, is_known: Callable[[str], bool]) -> Iterator[Span]:
    """Where the known numbers stand, which are told by their digits from behind country code and leading 0."""
    return _judged(text, _FIGURE, lambda written, _: is_known(subscriber(written)) and not _is_list(written))


def subscriber(written: str) -> str:
    """The digits of a number that every way to write it ends in: without country code and leading 0."""
    digits = _SIGNS.sub("", written)
    return re.sub(r"^(?:0046|46(?=0?\d{8}))?0?", "", digits)


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


def _is_parted_as_one(written: str) -> bool:
    """Whether the digits of a personal number stand as a day and four more, which are no year and no time of day."""
    sizes = [len(part) for part in _FIGURE.findall(written)]
    cuts, last = [*accumulate(sizes)], sum(sizes) - 4
    of_day = [cut for cut in cuts if cut < last]
    after_year = sizes[sizes[0] == 4 : len(of_day) + 1]
    is_day_first = last in cuts and (max(after_year, default=0) <= 2 or all(cut % 2 == 0 for cut in of_day))
    is_one = _COMPACT.fullmatch(written) or {*sizes} == {1} or (is_day_first and not _YEAR_OR_TIME.search(written))
    return bool(is_one) and not _is_counted(written)


def _is_counted(written: str) -> bool:
    """Whether the figures are counted, each as much more than the one before: `10 11 12 13 14`."""
    parts = [int(part) for part in _FIGURE.findall(written)]
    return len(parts) > 2 and len({after - before for before, after in pairwise(parts)}) == 1


def is_phone(written: str, *, is_called: bool = False) -> bool:
    """Whether figures and signs are a number that can be dialled, by its prefix, its length and how it is parted.

    Ten digits in a row that are no mobile number and in no area are one where the text says so (`is_called`).
    """
    digits = _SIGNS.sub("", written)
    if CLOCK_OR_DATE.match(written) or _is_list(written):
        return False
    if written.startswith("+"):
        return e164("+" + digits) is not None
    if re.match("00[1-9]", digits):
        return _is_valid("+" + digits[2:])
    if mobile := _MOBILE.fullmatch(digits):
        return mobile.start(1) > 0 or _MOBILE_FORM.fullmatch(written) is not None
    if digits.startswith(_MOBILES) or not _AREA.match(written) or not LEAST_DIGITS <= len(digits) <= 11:
        return False
    if written == digits:
        return is_called or _is_valid(digits, phonenumbers.PhoneNumberType.FIXED_LINE)
    return (not _ODD.search(written) or _AREA_FIRST.match(written) is not None) and e164(digits) is not None


def _is_valid(number: str, kind: int | None = None) -> bool:
    try:
        parsed = phonenumbers.parse(number, "SE")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and kind in (None, phonenumbers.number_type(parsed))


def _is_list(written: str) -> bool:
    """Whether the figures are several: days and hours in pairs, or parts of one size or a year between odd signs."""
    parts, sizes = _FIGURE.findall(written), {len(part) for part in _FIGURE.findall(written)}
    if sizes == {2} and all(int(part) <= 31 for part in parts):
        return True
    if not _ODD.search(written):
        return False
    is_even = len(sizes) == 1 and sizes != {1} and len(parts) > 1
    return is_even or _DECIMAL.match(written) is not None or any(map(_YEAR.fullmatch, parts))


def _judged(text: str, figure: re.Pattern[str], judge: Callable[[str, int], bool]) -> Iterator[Span]:
    """The figures that the judge says are a number, from left to right; each figure is of one number at most."""
    if not figure.search(text):
        return
    text = _LETTER_FOR_DIGIT.sub(lambda m: m[0].translate(_DIGIT), text)
    figures = [(_digits_of(m[0]), *m.span()) for m in figure.finditer(text)]
    at, last = 0, -1
    while at < len(figures):
        number = _longest(text, figures, at, judge) if _is_free(text, figures, at, last) else None
        if number:
            yield number[0]
            last = number[1]
        at = number[1] + 1 if number else at + 1


def _is_free(text: str, figures: list[Figure], at: int, last: int) -> bool:
    """Whether a number may begin there: not inside a word nor another number, unless that has ended (`last`)."""
    start = figures[at][1]
    before = text[max(start - 10, 0) : start]
    if before[-1:].isalpha():
        return before[-3:].isalpha() or _PHONE_WORD.search(before) is not None
    gap = text[figures[at - 1][2] : start] if at else " "
    return at - 1 == last or len(gap) > 4 or re.search(r"[\s;|(\[=&]|[^\W\d_]|\D\+$", gap) is not None


def _longest(text: str, figures: list[Figure], at: int, judge: Callable[[str, int], bool]) -> tuple[Span, int] | None:
    """The longest number that begins at a figure, where it stands, and its last figure."""
    start = figures[at][1] - text.startswith("+", max(figures[at][1] - 1, 0), figures[at][1])
    tried, written, count, before = [], text[start : figures[at][1]], 0, figures[at][1]
    for n in range(at, len(figures)):
        digits, begin, end = figures[n]
        gap = text[before:begin]
        count += len(digits)
        if count > ONE_NUMBER or not _GAP.fullmatch(gap) or (n > at and gap != "-" and _OWN.match(text, begin)):
            break
        written, before = written + gap + digits, end
        if count >= LEAST_DIGITS - 2 and not text[end : end + 1].isalpha() and not _MONEY.match(text, end):
            tried.append((written, end, n))
    for whole, end, n in reversed(tried):
        if judge(whole, start):
            more, is_open = _OR.match(text, end), text.startswith("(", max(start - 1, 0), start) and ")" in whole
            return (start - is_open, more.end() if more else end), n
    return None


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The words that tell which part of a number comes next; a figure in digits, in words or as a day; one word."""
    between = "|".join(row["words"] for row in lists_for().sign_words if row["sign"] == "-")
    one = "|".join(sorted((row["words"] for row in lists_for().number_words.rows), key=len, reverse=True))
    return (
        re.compile(rf"(?i)(?<=\d)\W{{1,3}}(?:(?:{between})\W{{1,3}}){{1,6}}(?=\w)"
                   r"|(?<=\d{6})\s?T\s?(?!(?:[01]\d|2[0-3])[0-5]\d)(?=\d{4}(?!\w))"),
        re.compile(rf"(?i)(?<!\w)\d{{1,2}} (?:{'|'.join(MONTHS)}) (?:19|20)\d\d(?!\w)|\d+"
                   rf"|(?<![^\W\d_])(?:(?:(?:{one}) ?)?hundra(?: ?(?:och )?(?:{one})(?: ?(?:{one}))?)?"
                   rf"|(?:{one}){{1,15}})(?!\w)"),
        re.compile(rf"(?i){one}"),
    )  # fmt: skip


def _digits_of(figure: str) -> str:
    """`070` → 070, `sjuttiosju` → 77, `etthundrasju` → 107, `4 maj 1985` → 19850504."""
    if figure.isdigit():
        return figure
    if figure[0].isdigit():
        day, month, year = figure.split(" ")
        return f"{year}{MONTHS.index(month.lower()) + 1:02}{int(day):02}"
    digits_of, number, room = {row["words"]: row["digits"] for row in lists_for().number_words.rows}, "", 0
    for word in _words()[2].findall(figure.lower()):
        digits = digits_of[word]
        if digits == "100":
            number, room = f"{number[:-1]}{number[-1:] or 1}00", 2
            continue
        number = (number[: -len(digits)] if len(digits) <= room else number) + digits
        room = int(len(digits) == 2 and digits[1] == "0" and digits not in ("10", "00"))
    return number
