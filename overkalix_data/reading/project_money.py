"""Who pays what, from one project's fields: funders with the amounts beside them, what was granted, what it costs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.reading.line_form import names_fund
from overkalix_data.reading.page import LABELLED, Part
from overkalix_data.reading.page_giver import is_beside
from overkalix_data.reading.project_fields import ProjectText
from overkalix_data.values.amount import parse_amount, published_kronor, stated_amount
from overkalix_data.values.funder import any_funder, funder_within, known_funder
from overkalix_data.values.funders_field import Mention, split_funders

Span = tuple[int, int]
OWN_TYPES = frozenset({"municipality"})
_OF_KIND = (("EU", "eu_fund"), ("LEADER", "eu_fund"), ("LEADER", "leader_area"))
"""Words in a label of what was granted → the kind of funder that it speaks of; the first that there is one of."""


@dataclass(frozen=True)
class Cost:
    """An amount in whole kronor and the characters that state it."""

    sek: int
    span: Span


def funder_mentions(text: ProjectText) -> list[Mention]:
    """Every funder that the fields name, in their order; places count characters of the source's text.

    What a label of its own tells was granted (`Beviljat stöd:`) goes to the funder that the label names, to the EU fund
    where it says EU, or to the only funder there is; where several could be meant it goes to none, and stays with the
    project's text.
    """
    named = [
        _moved(m, offset)
        for t, offset in text.slices("funder")
        for m in split_funders(t, text.lists, text.source.unit)
        if not _is_voluntary(m, text.lists) and not text.lists.sum_words.same(m.funder.name)
    ]
    labelled = [
        mention
        for part in text.parts.get("co_financing", [])
        if part.label
        for mention in _in_label(text, part.label, (part.start, part.end))
    ]
    found = _joined([], named + labelled + [m for part in text.parts.get("total", []) for m in _of_which(text, part)])
    found += _of_heading(text, found)
    found += _of_giver(text)
    found = [_with_phrase(_in_full(m, text), text) for m in found]
    for part in text.parts.get("granted", []):
        amount = _cost(text, (part.start, part.end))
        if paid := [m for m in _paid(text, part) if m.rule != "as_published" and m.sek is not None]:
            found = _joined(found, paid)  # `Stöd: Tillväxtverket 1 430 000 kr`
            continue
        label = text.source.text[slice(*part.label)] if part.label else ""
        # A grant told in words goes to the last body named before it, else to the only one there is.
        before = [n for n, m in enumerate(found) if m.sek is None and m.end <= part.start] or list(range(len(found)))
        if amount and part.rule == "grant" and before and (len(before) == 1 or found[before[-1]].end <= part.start):
            found[before[-1]] = replace(found[before[-1]], sek=amount.sek, sek_at=amount.span)
        elif amount and (n := _meant(found, label, text)) is not None:
            found[n] = replace(found[n], sek=amount.sek, sek_at=amount.span)
        elif amount and part.label and not found and names_fund(label, text.lists):
            fund = funder_within(label, text.lists)  # `Beviljat ESF-stöd`, and no funder is named
            found += [Mention(fund, *part.label, "alias", sek=amount.sek, sek_at=amount.span)] if fund else []
    return found


def _in_full(mention: Mention, text: ProjectText) -> Mention:
    """A mention in the page's own word (`Förbundet`) as the organisation that the page names in full."""
    span = text.block.own_names.get(fold(mention.funder.name))
    return replace(mention, funder=any_funder(text.source.text[slice(*span)], text.lists)) if span else mention


def _is_voluntary(mention: Mention, lists: Lists) -> bool:
    """Whether what is named among the funders is unpaid work, which nobody pays, or the applicant's own part."""
    fields = lists.labels.by("field")
    return mention.rule == "as_published" and any(
        fields[f].match(mention.funder.name) for f in ("volunteer", "private")
    )


def _with_phrase(mention: Mention, text: ProjectText) -> Mention:
    """`har beviljats 615 000 kronor från Naturvårdsverket`: the amount of a phrase before the one funder it names."""
    for part in text.parts.get("funder", []):
        if (
            part.rule == "phrase"
            and part.label
            and part.start <= mention.start < part.end
            and mention.sek is None
            and (amount := _cost(text, part.label))
        ):
            names = split_funders(text.source.text[part.start : part.end], text.lists)
            return replace(mention, sek=amount.sek, sek_at=amount.span) if len(names) == 1 else mention
    return mention


def _joined(found: Sequence[Mention], more: Sequence[Mention]) -> list[Mention]:
    """The mentions and more: what a label says that a funder pays goes to the funder where a list already names it."""
    joined = list(found)
    for mention in more:
        same = next(
            (n for n, m in enumerate(joined) if m.funder.funder_id == mention.funder.funder_id and m.sek is None), None
        )
        if same is not None and mention.sek is not None:
            joined[same] = replace(joined[same], sek=mention.sek, sek_at=mention.sek_at)
        else:
            joined.append(mention)
    return joined


def _paid(text: ProjectText, part: Part) -> list[Mention]:
    """The funders that stand beside their amounts in the value of a label of what was granted."""
    words = text.source.text[part.start : part.end]
    return [_moved(m, part.start) for m in split_funders(words, text.lists)] if part.rule in LABELLED else []


def _of_which(text: ProjectText, part: Part) -> list[Mention]:
    """`Total omfattning: 21,6 mkr varav Region X 4,2 mkr och Y kommun 900 tkr`: who pays which part of the total."""
    words = text.source.text[part.start : part.end]
    found = re.search(r"\bvarav\b[\s:]*", words)
    return (
        [
            _moved(m, part.start + found.end())
            for m in split_funders(words[found.end() :], text.lists)
            if m.sek is not None
        ]
        if found
        else []
    )


def _of_heading(text: ProjectText, found: Sequence[Mention]) -> list[Mention]:
    """The EU fund of the heading over the project (`Projekt inom Europeiska …fonden`), where the project names none."""
    section = text.block.section
    words = text.source.text[section.start : section.end] if section else ""
    fund = funder_within(words, text.lists)
    if (
        section is None
        or fund is None
        or not names_fund(words, text.lists)
        or any(fold(m.funder.name).startswith(fold(fund.name)) for m in found)  # `Interreg Sverige-Norge` is Interreg
    ):
        return []
    return [Mention(fund, section.start, section.end, "heading")]


def _of_giver(text: ProjectText) -> list[Mention]:
    """Who gives the money, where the page says it once over all of its grants."""
    span = text.block.giver or text.block.payers
    if span is None:
        return []
    words, at = text.source.text[slice(*span)], span[0]
    known, most = known_funder(words, text.lists), 1 if text.block.giver else None
    whole = [Mention(known, 0, len(words), "form")] if known else split_funders(words, text.lists)[:most]
    return [_moved(m, at) for m in whole]


def total_cost(text: ProjectText) -> Cost | None:
    """What the project costs, from the label that says so; an amount in running text is not the budget."""
    said = (_cost(text, (p.start, p.end)) for p in text.parts.get("total", []))
    summed = (
        Cost(m.sek, (m.sek_at[0] + offset, m.sek_at[1] + offset))
        for t, offset in text.slices("funder")
        for m in split_funders(t, text.lists, text.source.unit)
        if m.sek is not None and text.lists.sum_words.same(m.funder.name)
    )
    return next(filter(None, chain(said, summed, _added_up(text))), None)


def _added_up(text: ProjectText) -> Iterator[Cost]:
    """`Summa 8 400` under a list of who pays what: the cost, where the list adds up to it in the unit of the page."""
    paid = [
        m.sek or 0 for t, _ in text.slices("funder") for m in split_funders(t, text.lists, text.source.unit)
    ]  # whoever has no amount adds nothing
    for part in text.parts.get("granted", ()) if len(paid) > 1 or any(paid) else ():
        label = text.source.text[slice(*part.label)] if part.label else ""
        amount = parse_amount(f"{text.source.text[part.start : part.end]} {text.source.unit}", text.lists)
        if text.lists.sum_words.same(label.strip(" :")) and amount and published_kronor(amount) == sum(paid):
            yield Cost(sum(paid), (part.start, part.end))


def unread(text: ProjectText, mentions: Sequence[Mention], cost: Cost | None) -> list[tuple[str, Span]]:
    """Labelled amounts of no column (another currency, no telling whose): (field, characters, label and all)."""
    used = {m.sek_at for m in mentions if m.sek is not None}
    used |= {cost.span} if cost else set()
    return [
        (name, (part.label[0] if part.label else part.start, part.end))
        for name in ("granted", "total")
        for part in text.parts.get(name, [])
        if part.end > part.start and not any(part.start <= a and b <= part.end for a, b in used)
    ]


def _cost(text: ProjectText, span: Span) -> Cost | None:
    stated = stated_amount(text.source.text[slice(*span)], text.lists)
    sek = published_kronor(stated[0]) if stated else None
    return Cost(sek, (span[0] + stated[1], span[0] + stated[2])) if stated and sek is not None else None


def _in_label(text: ProjectText, label: Span, value: Span) -> list[Mention]:
    """`Medfinansiering från Region X: 200 000 kr`: the label names the funder, the value is what it pays."""
    words = text.source.text[slice(*label)]
    amount = _cost(text, value)
    mentions = [
        _moved(m, label[0]) for m in split_funders(words.rstrip(" :\u00a0").removesuffix("finansierar"), text.lists)
    ]
    return [replace(m, sek=amount.sek, sek_at=amount.span) if amount and len(mentions) == 1 else m for m in mentions]


def _meant(mentions: Sequence[Mention], label: str, text: ProjectText) -> int | None:
    """Which mention a label of what was granted speaks of: none of `Medfinansiärer`."""
    free = [n for n, m in enumerate(mentions) if m.sek is None]
    named = funder_within(label, text.lists)
    if named and (same := [n for n in free if mentions[n].funder.funder_id == named.funder_id]):
        return same[0]
    labelled = [p for p in text.parts.get("funder", []) if is_beside(p, text.source)]
    channels = {m.via.funder_id for m in mentions if m.via}
    channels |= {m.funder.funder_id for m in mentions if any(p.start <= m.start < p.end for p in labelled)}
    external = [
        n
        for n in free
        if mentions[n].funder.funder_type_code not in OWN_TYPES and mentions[n].funder.funder_id not in channels
    ]
    said = [kind for words, kind in _OF_KIND if words in label.upper()]
    kinds = ([n for n in external if mentions[n].funder.funder_type_code == kind] for kind in said)
    candidates = next(filter(None, kinds), []) if said else external
    alone = said or len([m for m in mentions if m.funder.funder_id not in channels]) == 1
    return candidates[0] if len(candidates) == 1 and alone else None


def _moved(mention: Mention, offset: int) -> Mention:
    a, b = mention.sek_at
    return replace(mention, start=mention.start + offset, end=mention.end + offset, sek_at=(a + offset, b + offset))
