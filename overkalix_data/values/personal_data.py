"""Personal data in a text: where do the names, numbers and addresses of persons stand, however they are written?

The General Data Protection Regulation, article 4.1: whatever relates to a person who can be identified. Known persons
are found in every spelling of their name; others where a role, a form of number or a form of address tells them.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from overkalix_data.base.lists import lists_for
from overkalix_data.base.spans import Span, joined
from overkalix_data.values.disguise import readable
from overkalix_data.values.personal_names import KnownNames, is_first_name, is_person
from overkalix_data.values.told_addresses import e_mails, streets, undisguised
from overkalix_data.values.told_numbers import known_numbers, numbers, subscriber

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
    _numbers: set[str] = field(init=False, repr=False)
    _addresses: set[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._known = KnownNames(self.names, self.others)
        self._numbers = {
            digits for p in self.points if "@" not in p and len(digits := subscriber(readable(p).text)) > 5
        }
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
        forms = (*numbers(seen.text), *e_mails(seen.text), *streets(seen.text), *_by_role(seen.text, self._known))
        return joined([*self.known_spans(text), *(seen.written(*span) for span in forms)])

    def _points(self, text: str) -> Iterator[Span]:
        yield from known_numbers(text, self._numbers.__contains__) if self._numbers else ()
        for start, end in e_mails(text) if self._addresses else ():
            if undisguised(text[start:end]) in self._addresses:
                yield start, end


def _by_role(text: str, names: KnownNames) -> Iterator[Span]:
    """Names that a role, or a word that stands by persons, tells; no office: `Handläggare: Eva Ek`, `Eva Ek, rektor`,
    `säger Eva Ek`."""
    lists = lists_for()
    titles, asks = lists.contact_words.by("kind")["role_title"], lists.person_words.by("kind")["ask"]
    roles = [hit.match for words in (titles, asks) for hit in words.finditer(text)]
    for role in roles:
        yield from _after(text, role.end(), names, is_role=True)
        near = text[max(role.start() - _NEAR, 0) : role.start()]
        if (m := _NAME_BEFORE.search(near)) and (name := _from_first(m["name"])) and _is_somebody(name, names):
            end = role.start() - len(near) + m.end("name")
            yield end - len(name), end
    for hit in lists.person_words.finditer(text):
        yield from _after(text, hit.match.end(), names, is_role=False)


def _after(text: str, at: int, names: KnownNames, *, is_role: bool) -> Iterator[Span]:
    """The name that stands there, and those that are listed after it."""
    turned, m = _TURNED.match(text, at), _NAME_AFTER.match(text, at)
    if turned and is_first_name(turned["given"]):
        yield turned.span("name")
    is_labelled = is_role and m is not None and re.search("[:=]", text[at : m.start("name")]) is not None
    while m and (is_first_name(m["name"]) or (is_labelled and " " in m["name"])) and _is_somebody(m["name"], names):
        yield m.start("name"), m.end("name") - m["name"].endswith(".")
        is_labelled, m = False, _ONE_MORE.match(text, m.end("name"))


def _from_first(name: str) -> str:
    """The name from its first first name, with a surname behind it: `Fråga Eva Ek` → `Eva Ek`; else empty."""
    words = name.split(" ")
    return next((" ".join(words[n:]) for n in range(len(words) - 1) if is_first_name(words[n])), "")


def _is_somebody(name: str, names: KnownNames) -> bool:
    return is_person(name.rstrip(".")) and not names.is_other(name.rstrip("."))
