"""Titles of projects: what a title line holds besides the name, and which lines are titles, with the owner below."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, squeeze
from overkalix_data.documents.column_meaning import is_label
from overkalix_data.documents.source import Line
from overkalix_data.reading import line_form as layout
from overkalix_data.reading import line_label
from overkalix_data.reading.page import Block, Part, between
from overkalix_data.values.amount import parse_amount
from overkalix_data.values.funder import is_organisation, known_funder
from overkalix_data.values.period import parse_period
from overkalix_data.values.person import contact_word
from overkalix_data.values.phone_email import find_contact_points
from overkalix_data.values.status import status_named

BETWEEN = 3
"""Lines (an owner, a short description) that may stand between a title and its first label."""
PARAGRAPH = 12
"""Lines that a paragraph of prose between a title and its first label has at most."""
PROSE_AFTER = 60
"""Characters: a paragraph under a title that is longer than this is prose."""
SHORT = 90
"""Characters: a heading of prose is no longer than this."""
MOST = 0.6
"""Titles set close to the fields above them are believed where at least this share of a page's projects have one."""
CONTACTS = frozenset({"contact", "leader"})

_ID = re.compile(
    rf"(?!(?:19|20)\d\d[{DASHES}](?:19|20)\d\d\b)"
    rf"(?P<id>(?:[A-ZÅÄÖ]{{1,4}} (?=\d))?(?=[^\s]*\d[^\s]*\d)[A-ZÅÄÖa-z]{{0,6}}[{DASHES}\d/_.]+[A-Z]?)"
    rf"(?:\s+[{DASHES}]\s+|:\s+|\s{{2,}}|\t|(?<=[A-ZÅÄÖ]-\d{{4}}) |(?<=\d{{4}}-\d{{4}}) )(?=[^\W\d])"
)
_NUMBER = re.compile(
    rf"\s*(?:\d{{1,3}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+|[a-z]\)|§\s*\d+|#{{1,6}}|[{DASHES}•·▪◦‣*])\s+(?=[^\W\d]|[\"”“»«])"
)
"""`3. Mat från egen trakt`: the number of the list, or its sign."""
_NUMBER_OF = re.compile(
    r"(?:id|projekt-?id|projektnr|projektnummer|dnr|diarienr|diarienummer|jnr|journalnr)[.:\s]*[\w/-]*\d[\w/-]*"
    r"|(?-i:[A-ZÅÄÖ]{1,6})\s(?:19|20)\d\d[/:-]\d+",
    re.IGNORECASE,
)
"""A number behind a word that says so, or one of a register (`KS 2024/00218`)."""
_OF = re.compile(rf"(?P<owner>[A-ZÅÄÖ][\w -]{{2,40}}?)\s+[{DASHES}]\s+(?=[A-ZÅÄÖ])")
"""Whose it is, before the name: `Kinda kommun – Naturguider`."""
_QUOTED = re.compile(r"[\"”“»«](?P<name>[^\"”“»«]+)[\"”“»«]")
_ABOUT = re.compile(r"(?:(?:Frågor och svar|Fakta|Information|Mer) )?[Oo]m projektet (?=[A-ZÅÄÖ\d])")
"""What a page about one project may set before its name."""
_BRACKET = re.compile(r"(?<![\s,])[\s,]*+[(\[](?P<inside>[^()\[\]]*)[)\]]\s*$")
_TAIL = re.compile(rf"(?<!\s)(?:\s*+[{DASHES},]\s++|\s++[{DASHES}]\s*+)(?P<inside>[^{DASHES},]+)$")
_YEARS = re.compile(rf"(?<![\s,])[\s,]++(?P<inside>(?:19|20)\d\d\s*[{DASHES}]\s*(?:(?:19|20)\d\d|\d\d))\s*$")
"""A single year is part of a name (`Skärgårdsväg 2030`)."""
_BY = re.compile(r"(?<!\s)\s++av\s++(?P<inside>[A-ZÅÄÖ][^.]{0,200})$")

Span = tuple[int, int]


@dataclass(frozen=True)
class TitleParts:
    """The characters of a title line: the name, and what stands around it (None: nothing)."""

    name: Span
    id: Span | None = None
    period: Span | None = None
    status: Span | None = None
    owner: Span | None = None


@dataclass(frozen=True)
class Title:
    """A title line: how many lines it takes with its owner, and whether the second of them is the owner."""

    owner: bool = False


def is_quoted(text: str) -> bool:
    """Whether a line is a name in quotation marks and nothing else."""
    return len(text) <= SHORT and _QUOTED.fullmatch(text.strip()) is not None


def title_parts(text: str, lists: Lists) -> TitleParts:
    """`AB0123 – Bron till byn (2022–2024) – Pågående` → its parts. Other brackets belong to the name."""
    words = text.rstrip(f" .:{DASHES}\u00a0") if text.rstrip()[-1:] in f".:{DASHES}" else text.rstrip()
    listed = _NUMBER.match(words)
    start, end = listed.end() if listed else len(words) - len(words.lstrip()), len(words)
    sign = words.lstrip()[:1]
    end -= 2 if listed and sign in "*•·▪" and words.endswith(f" {sign}") else 0  # `* Hyttvandringen *`
    start = about.end() if (about := _ABOUT.match(words, start)) else start
    number = _ID.match(words, start)
    found: dict[str, Span | None] = {"id": (number.start("id"), number.end("id")) if number else None}
    start = number.end() if number else start
    owned = _OF.match(words, start)
    if owned and (funder := known_funder(owned["owner"], lists)) and funder.funder_type_code == "municipality":
        found["owner"], start = owned.span("owner"), owned.end()
    for _ in range(3):
        for tail in (_BRACKET, _TAIL, _YEARS, _BY):
            m = tail.search(words[:end], start + 1)
            kind = _kind(m["inside"], tail, lists) if m else ""
            if m and kind and not found.get(kind):
                found[kind] = m.span("inside")
                end = m.start()
                break
        else:
            break
    end = start + len(words[start:end].rstrip(" \u00a0,"))
    quoted = _QUOTED.fullmatch(words, start, end)
    return TitleParts(quoted.span("name") if quoted else (start, end), **found)


def _kind(inside: str, tail: re.Pattern[str], lists: Lists) -> str:
    if tail is _BY:
        return "owner" if is_organisation(inside, lists) else ""
    if status_named(inside, lists):
        return "status"
    if _NUMBER_OF.fullmatch(inside):
        return "id"
    return "period" if re.search(r"(?:19|20)\d\d", inside) and tail is not _TAIL and parse_period(inside) else ""


def without_form(words: str) -> str:
    """An organisation's name without the short form of its kind, whose stop ends no sentence."""
    return words.removesuffix("ek. för.").removesuffix("r.f.")


def looks_like_title(text: str, lists: Lists) -> bool:
    """Whether a line has the form of a title, and is not a person's title, a number or an address."""
    words = squeeze(text)
    if not layout.is_title(words) and not (layout.is_title(words.rstrip("?!:")) and words[-1:] in "?!:"):
        return False
    if contact_word(words, lists) == "role_title":
        return False
    if is_label(words, lists) or parse_amount(words, lists) or words[0] in "•·▪◦‣*":
        return False
    return not _has_contact_points(words) and any(c.isalpha() for c in words) and not layout.prose_signs(words, lists)


def _has_contact_points(words: str) -> bool:
    """Whether a line holds numbers or addresses; the number of a project before or behind its name is none."""
    number, bracket = _ID.match(words), _BRACKET.search(words)
    end = bracket.start() if bracket and _NUMBER_OF.fullmatch(bracket["inside"]) else len(words)
    return bool(find_contact_points(words[number.end() if number else 0 : end]))


def put_title(block: Block, line: Line, rule: str, lists: Lists, label: tuple[int, int] | None = None) -> None:
    """Puts a title line's parts in their fields: the name, and id, period, status and owner around it."""
    parts = title_parts(line.text, lists)
    block.add("title", Part(line.start + parts.name[0], line.start + parts.name[1], rule, label))
    for name, span in (("note", parts.id), ("period", parts.period), ("status", parts.status), ("owner", parts.owner)):
        if span:
            block.add(name, Part(line.start + span[0], line.start + span[1], rule))
    known = [span for span in (parts.name, parts.id, parts.period, parts.status, parts.owner) if span]
    rest = between(known, 0, len(line.text), line.text)
    block.title_rest += [(line.start + a, line.start + b) for a, b in rest]


_HEAD = re.compile(r"[^a-zåäö]+|[A-ZÅÄÖ]\w{2,20} \d{1,3}")
"""A place in capitals, or the number of a hit, over a title: `ÅTVIDABERG`, `Träff 1`."""


class Titles:
    """The title lines of a page without marked headings, told by what stands under them."""

    def __init__(
        self, lines: Sequence[Line], labels: "Sequence[line_label.Label | None]", fresh: Sequence[bool], lists: Lists
    ) -> None:
        self.lines, self.labels, self.fresh, self.lists = lines, labels, fresh, lists
        self._plain_of: dict[int, bool] = {}

    def found(self) -> Mapping[int, Title]:
        """Place of a line → the title that it is."""
        found: dict[int, Title] = {}
        close: set[int] = set()
        seen: dict[str, str] = {}
        waits, inside, until, last = False, False, 0, 0
        for at in range(len(self.lines)):
            known = self.labels[at]
            if known:
                if known.words in seen:
                    seen = {}
                seen[known.words] = known.stage
                waits, inside = not self.lines[at].text[known.value :].strip(), False
                last = at
            elif waits or (inside and not self.fresh[at]):
                # The value of a label that stands on a line of its own goes on to the next empty line.
                waits, inside = False, inside or self.fresh[last]
            elif layout.heading(self.lines[at].text, self.lists) and self.fresh[at]:
                seen = {}
            elif at >= until and (title := self._title(at, seen, at - last)):
                found[at] = title
                seen, until = {}, at + 1 + title.owner
                close |= set() if self.fresh[at] else {at}
        owned = {at for at, title in found.items() if title.owner and self.fresh[at + 1]}
        if len(owned) < MOST * len(found):
            # Where few titles have an owner in a paragraph below, that is the title, and the line over it the page's.
            found = {at + (at in owned): Title() if at in owned else title for at, title in found.items()}
        if not self.are_usual(found):
            return {at: title for at, title in found.items() if at not in close}
        return found

    def are_usual(self, found: Mapping[int, Title]) -> bool:
        """Whether most projects of the page have a title: a line of its own, or one behind a label."""
        labelled = sum(known is not None and known.field == "title" for known in self.labels)
        return len(found) + labelled >= max(MOST * self._projects(), 2)

    def _projects(self) -> float:
        """About how many projects the labels tell: as many as the label that stands most often, however it is spelt."""
        told = [
            known for known in self.labels if known and known.field not in CONTACTS | {"note", "co_financing", "title"}
        ]
        words, fields = Counter(k.words for k in told), Counter(k.field for k in told)
        return max(*words.values(), *(MOST * n for n in fields.values()), 0, 0)

    def _title(self, at: int, seen: Mapping[str, str], since: int) -> Title | None:
        if not self._plain(at) or not looks_like_title(self.lines[at].text, self.lists):
            return None
        behind = self._behind_paragraph(at)
        label_at = behind or next(
            (n for n in range(at + 1, min(at + 2 + BETWEEN, len(self.lines))) if self.labels[n]), None
        )
        if label_at is None or not all(self._plain(n) for n in range(at + 1, label_at)):
            return None
        if label_at != behind and self._is_wrapped(at, label_at):
            return None
        known = self.labels[label_at]
        assert known is not None
        if known.field in ("title", "label") or (known.field in CONTACTS and not self._has_more(label_at)):
            return None
        closed = "closing" in seen.values()
        if (
            seen
            and known.words not in seen
            and not (closed and known.stage in ("opening", "middle"))
            and not (
                self.fresh[at]
                and closed
                and since > 0
                and known.field not in CONTACTS
                and (label_at == at + 1 or (label_at == at + 2 and not self.fresh[at + 1]) or label_at == behind)
            )
        ):
            return None
        if not self.fresh[at] and self.fresh[label_at] and label_at == at + 1:
            # The last line of a wrapped value: a title close to the fields above it stands close to its own too.
            return None
        return self._with_owner(at, label_at)

    def _behind_paragraph(self, at: int) -> int | None:
        """The label right behind the one paragraph under a lone line: `Järnvägsstaden`, what it is, `Syfte:`."""
        last = at + 1
        if not (self.fresh[at] and last < len(self.lines) and self.fresh[last] and self.labels[last] is None):
            return None
        while last + 1 < len(self.lines) and not self.fresh[last + 1] and last < at + PARAGRAPH:
            last += 1
        prose = (
            not self.lines[at].text.endswith("?")
            and (last > at + 1 or len(self.lines[last].text) > PROSE_AFTER)
            and self.lines[last].text.endswith(".")
            and last + 1 < len(self.lines)
            and self.labels[last + 1] is not None
        )
        return last + 1 if prose else None

    def _with_owner(self, at: int, label_at: int) -> Title | None:
        """A title in its own right just before the label leaves nothing to lines before it, unless it is the owner."""
        for n in range(at + 1, label_at):
            words = self.lines[n].text
            if not looks_like_title(words, self.lists) or len(words) > SHORT:
                continue
            first = n == at + 1
            is_head = _HEAD.fullmatch(self.lines[at].text) is not None and not words.isupper()
            if first and (is_organisation(words, self.lists) or (self.fresh[at] and not self.fresh[n] and not is_head)):
                continue
            return None
        owner = (
            at + 1 < label_at
            and looks_like_title(self.lines[at + 1].text, self.lists)
            and len(self.lines[at + 1].text) <= SHORT
        )
        return Title(
            owner=owner
            or (
                at + 1 < label_at
                and not self.fresh[at + 1]
                and len(self.lines[at + 1].text) <= SHORT
                and not without_form(self.lines[at + 1].text).endswith(".")
                and is_organisation(self.lines[at + 1].text, self.lists)
            )
        )

    def _is_wrapped(self, at: int, label_at: int) -> bool:
        """Whether the lines to the label are one wrapped sentence.

        One begins in lower case, the first is longer than a title has room for, or many have no stop.
        """
        close = [self.lines[n].text for n in range(at + 1, label_at) if not self.fresh[n]]
        is_long = bool(close) and len(self.lines[at].text) > SHORT
        return (
            is_long
            or any(text[:1].islower() for text in close)
            or (len(close) > 1 and not (close[-1][:1].isupper() and close[-1].endswith(".")))
        )

    def _has_more(self, at: int) -> bool:
        """Whether labels of a project follow a label of a contact: a list of people has none."""
        ahead = [self.labels[n] for n in range(at, min(at + 8, len(self.lines)))]
        return any(known and known.field not in CONTACTS and known.field not in ("note", "title") for known in ahead)

    def _plain(self, at: int) -> bool:
        """Whether a line is words of the list: no label, heading or furniture."""
        if at not in self._plain_of:
            line = self.lines[at]
            self._plain_of[at] = not (
                self.labels[at]
                or line.level
                or layout.furniture(line.text, self.lists)
                or (self.fresh[at] and layout.heading(line.text, self.lists))
                or _has_contact_points(line.text)
            )
        return self._plain_of[at]
