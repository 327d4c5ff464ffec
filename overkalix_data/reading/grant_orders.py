"""What a piece of text tells of one grant: who gets how much for what, and who gives it, in the order it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES
from overkalix_data.reading import line_label
from overkalix_data.values.amount import find_amounts
from overkalix_data.values.funder import MOST_WORDS, is_organisation, known_funder
from overkalix_data.values.money_verbs import with_verbs

Span = tuple[int, int]
_NO_NAME = {"resterande"} | frozenset(
    "totalt summa sammanlagt för av till projekt projektet bidrag bidraget stöd stödet hon han hen de vi".split()  # noqa: SIM905
)
"""Words that begin no name of who gets a grant."""
_SMALL = frozenset("i på och för av vid de den det samt med om till från in the of".split())  # noqa: SIM905
_SIGN = rf"\s*(?:[{DASHES}•*]\s+)?"
MARK = rf"\s*(?:[{DASHES}•·▪◦‣*→►✓;,]\s+(?:samt\s+)?|(?:samt|och|att\s+(?:bevilja|tilldela))\s+|\d{{1,3}}[.)]\s+)?"
"""The sign of a list, the number in it or the words of a decision, before an item."""
_AMOUNT = "\ue000"
"""What stands in a piece of text for each character of an amount, so that no order needs to know how amounts look."""
_SO_MUCH = (
    r"(?:\s+(?:ett|en|totalt|ca|cirka|stöd|bidrag|om|på|med|upp till)){0,4}"
    r"(?:\s+(?:från|av|genom|via)\s+(?P<ahead>[A-ZÅÄÖ][^.!?:;\n]{2,60}?)\s+(?:på|om|med))?"
)
"""Words before an amount; `ahead`: who gives it, where that stands there."""
PAYS = rf"\s<<gets>>{_SO_MUCH}\s+(?=\d)"
"""Where a sentence says that somebody gets an amount."""
_GETS = rf"<<gets>>{_SO_MUCH}\s+(?P<amount>{_AMOUNT}++)"
_VERB = r"\s<<gets>>|\batt\s<<gives>>\s"
_WHO = r"(?P<who>[^\W_](?:[^.!?:;\n]|ek\. för\.|r\.f\.){2,90}?)"
_GIVER = r"(?P<giver>[A-ZÅÄÖ][^.!?:;\n]{2,60}?)"
_LINK = (
    r"(?:,? (?:motsvarande|dock|det vill säga|vilket|som)[^.\n]{0,80}?(?= till | för ))?"
    rf"\s*+(?:i (?:projekt)?(?:stöd|bidrag|stipendium)\s*+)?\)?\s*+[{DASHES}:,]?\s*+"
)
_FROM = (
    r"(?:(?:från|av|genom|via)\s+(?P<behind>[A-ZÅÄÖ][^.!?:;(\n]{2,90}?)"
    rf"(?:(?:\s+och|\s+samt|,)\s+(?P<sum>{_AMOUNT}++[^.!?:;(\n]{{0,12}}\s(?:från|av)\s)(?P<also>[^.!?:;(\n]{{3,60}}?))?"
    r"(?=,?\s(?:för|till)\s|[\s.]*$)\s*+)?"
)
"""Who gives, behind the amount; `sum`, `also`: and another amount from another."""
_IS_CALLED = r"(?:(?:sitt |det )?[Pp]rojekt(?:et)?\s++)?"
_WHAT = (
    rf"(?:[”\"“»«]\s*+)?(?:(?i:till|för)\s++)?(?:att\s++)?{_IS_CALLED}"
    r"(?:[”\"“»«](?P<quoted>[^”\"“»«]{3,120})[”\"“»«].{0,200}"
    r"|(?P<what>(?!(?:av|från|genom|via|ur|i stöd|i bidrag)\s)[^\W\d_][^\n”\"“»«]{2,220}?)"
    r"(?:(?:,\s(?:varav|dock|som ska)|\s\((?:ansökte|sökt|av)|\s(?:under|för)\s(?:tiden|perioden)\s)[^\n]*+)?)"
    r"[.”\"“»«\s]*+"
)
_NAMED = r"(?:(?:sitt|det)\s)?(?:[^\W\d]+\s)?[”\"“»«](?P<what>[^”\"“»«]{3,120})[”\"“»«]"
_ORDERS = (
    # 25 000 kronor till Harsta IF för ny belysning
    rf"{MARK}(?:{_GIVER}\s<<gives>>\s*)?(?i:(?:ett )?(?:bidrag|stöd)\s(?:om|på|med)\s*)?(?P<amount>{_AMOUNT}++)"
    rf"\s+(?:till|<<gets>>|går till)\s+{_WHO}\s*(?:,|\s(?=för|till))\s*{_WHAT}",
    # Till ”Ny belysning” har Harsta IF beviljats 25 000 kronor; till förstudien ”Ny belysning” beviljades Harsta IF …
    rf"{MARK}(?:Till|För)\s{_NAMED}\s(?:har|<<gets>>)\s{_WHO}\s(?:<<gets>>{_SO_MUCH}\s+)?(?P<amount>{_AMOUNT}++)"
    rf"{_LINK}{_FROM}[.\s]*",
    # Projektet ”Ny belysning” får 25 000 kronor från Sparbanksstiftelsen
    rf"{MARK}{_NAMED}\s{_GETS}{_LINK}{_FROM}[.\s]*",
    # Ny belysning, Harsta IF, tilldelas 25 000 kronor
    rf"{MARK}(?P<what>[^\W_][^.!?:;\n]{{1,120}}?)(?:,\s|\s[{DASHES}/]\s)(?P<who>[^,/\n]{{2,90}}?),?\s{_GETS}{_LINK}{_FROM}[.\s]*",
    # att bevilja Harsta IF 25 000 kronor ur bygdemedel, below what it is for
    rf"{_SIGN}(?:{_GIVER}\s<<decides>>|att)\s+<<gives>>\s{_WHO}{_SO_MUCH}\s+(?P<amount>{_AMOUNT}++){_LINK}{_FROM}"
    r"(?:ur\s(?P<pot>[^.,\n]{2,60}))?[.,\s]*",
    # Harsta IF får 25 000 kronor från Sparbanksstiftelsen till ny belysning; Harsta IF: 25 000 kronor, ny belysning
    rf"{MARK}(?:{_GIVER}\s<<decides>>\s(?:<<gives>>\s)?)?{_WHO}(?:,?\s+<<gets>>{_SO_MUCH}|\s*[{DASHES}:,(])?\s*"
    rf"(?P<amount>{_AMOUNT}++){_LINK}{_FROM}{_WHAT}",
    # Kulturnämnden beviljar Harsta IF 25 000 kronor till projektet ”Ny belysning”
    rf"{MARK}(?:[A-ZÅÄÖ][^.:;\n]{{2,60}}?\s<<decides>>\s)?{_GIVER}\s<<gives>>\s{_WHO}\s(?P<amount>{_AMOUNT}++)"
    rf"{_LINK}{_FROM}{_WHAT}",
    # Harsta IF: ny belysning, 25 000 kronor
    rf"{MARK}{_WHO}:\s(?P<what>[^\W\d_][^:\n]{{2,120}}?),\s(?P<amount>{_AMOUNT}++){_LINK}{_FROM}[.\s]*",
    # Harsta IF, 25 000 kronor, under what it is for
    rf"{MARK}{_WHO}(?:,?\s+<<gets>>{_SO_MUCH}|\s*[{DASHES},(])\s*(?P<amount>{_AMOUNT}++){_LINK}{_FROM}[.\s]*",
)
"""The orders in which a piece of text tells who gets how much for what, each with an example."""


_QUOTED = re.compile(r"[”\"“»«](?P<what>[^”\"“»«]{3,80})[”\"“»«]")
_MOVES = r"\s(?:<<gets|gives|adds>>|går|gick)\s"
_NAMED_SO = rf"(?P<name>[A-ZÅÄÖ][^.,;:!?”\"“»«{_AMOUNT}]{{2,60}}?)"
_ROLES = (
    (
        "giver",
        rf"\s(?:från|av|genom|via)\s{_NAMED_SO}(?=\s(?!kommun|stad|län|sparbank)[a-zåäö{_AMOUNT}”\"“»«]|[.,;:]|\s*$)",
    ),
    ("giver", rf"^{_NAMED_SO}\s<<gives|adds>>\s"),
    *(
        ("who", rf"\s(?:{lead})\s{_NAMED_SO}(?=\s(?:för|och|som|med|till|vid)\s|\s[{_AMOUNT}”\"“»«]|[.,;:]|\s*$)")
        for lead in ("till|vid|hos", "av")
    ),
    ("who", rf"\s<<gets>>\s{_NAMED_SO}\s{_AMOUNT}"),
    ("who", rf"^{_NAMED_SO}\s(?:<<gets>>|kan)\s"),
)
"""Where a sentence around a name in quotes has who gives and who gets, the surest first."""


@dataclass(frozen=True)
class Grant:
    """Where a piece of text says who gets how much for what; offsets in the source's text."""

    start: int
    end: int
    who: Span | None
    amount: Span
    what: Span | None
    giver: Span | None = None
    """Who gives, where the piece itself says it."""
    also: Sequence[Span] = ()
    """Another amount, with the words to who gives that, and that one."""
    verb: bool = False
    """Whether it says itself that somebody gets or gives the amount."""
    lead: int = 0
    """Where the piece itself begins, where what the grant is for stands before it."""


def grant_in(text: str, start: int, end: int, lists: Lists) -> Grant | None:
    """The grant that a piece of text tells, in the first of the orders that fits; None where it tells none."""
    piece = text[start:end]
    amounts = find_amounts(piece, lists)
    if not amounts or lists.excluding_words.by("kind")["grant"].search(piece, 0, amounts[0][1]):
        return None
    ends = [0, *(b for _, _, b in amounts)]
    kept = (piece[end:a] + _AMOUNT * (b - a) for end, (_, a, b) in zip(ends, amounts, strict=False))
    piece = "".join([*kept, piece[ends[-1] :]])
    for order in _ORDERS:
        if (m := with_verbs(order, lists).fullmatch(piece)) and m.end("amount") == amounts[0][2]:
            said = m.groupdict()
            verb = bool(said.get("giver") or with_verbs(_VERB, lists).search(piece, 0, m.end("amount")))
            is_colon = "who" in said and piece[m.end("who") : m.end("who") + 1] == ":"
            # Without a verb or what it is for, only an organisation tells that an amount is a grant and no price.
            is_told = verb or said.get("what") or said.get("quoted") or is_body(said["who"], lists)
            if is_told and (not said.get("who") or _is_recipient(said["who"], lists, 2 * verb or is_colon)):
                at = {name: (start + m.start(name), start + m.end(name)) for name, words in said.items() if words}
                pot = at.get("pot") if known_funder(said.get("pot") or "", lists) else None
                giver = pot or at.get("giver") or at.get("ahead") or at.get("behind")
                what = at.get("quoted") or at.get("what")
                also = [at["sum"], at["also"]] if "also" in at else []
                return Grant(start, end, at.get("who"), at["amount"], what, giver, also, verb)
    return _around_name(piece, start, end, amounts[0][1:], lists) if len(amounts) == 1 else None


def _around_name(piece: str, start: int, end: int, amount: Span, lists: Lists) -> Grant | None:
    """The grant of a sentence that moves an amount, and names in quotes what it is for, in whatever order."""
    named, at = list(_QUOTED.finditer(piece)), dict[str, Span]()
    for role, form in _ROLES:
        m = with_verbs(form, lists).search(piece) if len(named) == 1 and role not in at else None
        if m and (known_funder(m["name"], lists) if role == "giver" else is_body(m["name"], lists)):
            at[role] = (start + m.start("name"), start + m.end("name"))
    if len(named) != 1 or not ("giver" in at or with_verbs(_MOVES, lists).search(piece)):
        return None
    if at.get("giver") == at.get("who") or lists.excluding_words.by("kind")["applied"].search(piece):
        at.pop("who", None)
    told, paid = ((start + span[0], start + span[1]) for span in (named[0].span("what"), amount))
    return Grant(start, end, at.get("who"), paid, told, at.get("giver"), verb=True)


def _is_recipient(words: str, lists: Lists, most: int) -> bool:
    """Whether words can name who gets a grant: capitals with small words between, or words of organisations.

    `most`: how many other words the name may have, where a verb says that it is who gets it.
    """
    parts = words.split()
    small = [w for w in parts if w[:1].islower() and w not in _SMALL and not is_organisation(w, lists)]
    if len(parts) > MOST_WORDS or len(small) > most or parts[0].casefold() in _NO_NAME or parts[0].isdigit():
        return False
    if (
        parts[-1] in _SMALL
        or lists.committee_words.search(words)
        or with_verbs(r"\s<<gets|gives>>\s", lists).search(words)
    ):
        return False
    return not line_label.is_known_label(f"{words}:", lists)


def is_body(words: str, lists: Lists) -> bool:
    """Whether words name an organisation: by its form, or as a name of several words."""
    return is_organisation(words, lists) or (" " in words and words.split()[-1][:1].isupper())
