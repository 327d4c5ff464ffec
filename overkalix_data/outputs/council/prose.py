"""Every sentence of the report that holds a figure. Singular, plural and none are rows of the list of words."""

from overkalix_data.analyse.kronor import Total
from overkalix_data.base.codelist import code_label
from overkalix_data.base.wording import inside
from overkalix_data.base.words import counted, decimal, listed, say
from overkalix_data.outputs.council.facts import Facts, Most

KNOWN = ("amounts", "periods", "titles", "contacts")
"""What a councillor asks that the page may not tell, in the order in which it is told."""
SEVERAL = 2
MOST_GRANTERS = 3
"""Funders whose kronor are told by name, those with most."""


def how_many(f: Facts, lang: str = "sv") -> list[str]:
    """How many projects there are, by status, how many repeat another's text, and which have run out."""
    return [*on_the_page(f, lang), *_ended(f, lang)]


def on_the_page(f: Facts, lang: str) -> list[str]:
    """How many projects there are, by status, and how many repeat another's text."""
    by_status = [_status(f, code, lang) for code, n in f.status.items() if n]
    sentences = [counted(_words(f, "projects"), f.projects, lang, parts=listed(by_status, lang))]
    if f.joint:
        sentences.append(counted("report.pages.joint", f.joint, lang))
    if f.repeated:
        sentences.append(counted("report.repeated", f.repeated, lang))
    return sentences


def who_pays(f: Facts, lang: str = "sv") -> list[str]:
    """The kronor as soon as any are known; who takes part in most projects, the municipality itself, and EU funds."""
    return [*money(f, lang), *_payers(f, lang)]


def _payers(f: Facts, lang: str) -> list[str]:
    if not f.funded:
        return [say("report.funders.none", lang)]
    sentences = [_most(_words(f, "funder"), f.top_funder, f.projects, lang)] if f.top_funder.names else []
    sentences.append(_of(_words(f, "own"), f.own, f.projects, lang))
    key = "report.eu.through" if f.eu else "report.eu.only"
    through = "".join(say(key, lang, name=name, count=decimal(n, lang)) for name, n in f.eu_through.items())
    return [*sentences, _of("report.eu", f.eu, f.projects, lang, through=through)]


def money(f: Facts, lang: str = "sv") -> list[str]:
    """The kronor that are known: of all funders, by funder, of the municipality itself, of the EU, and their shares."""
    if f.granted.sek is None:
        return []
    by_funder = f.granted_by[:MOST_GRANTERS]
    parts = [f"{name} ({say('report.amount', lang, sek=decimal(sek, lang))})" for name, sek in by_funder]
    own = _sum(_words(f, "own_granted"), f.own_granted, lang)
    most = [say("report.granted_by", lang, parts=listed(parts, lang))] if parts else []
    sentences = [*_sum("report.granted", f.granted, lang), *most, *own, *_sum("report.eu_granted", f.eu_granted, lang)]
    return [*sentences, *_shares(f, lang)]


def _shares(f: Facts, lang: str) -> list[str]:
    """What part of the known kronor is the municipality's own, and the EU's."""
    sums = {_words(f, "own_share"): f.own_granted.sek, "report.eu_share": f.eu_granted.sek}
    parts = [
        say(key, lang, share=decimal(100 * sek / f.granted.sek, lang))
        for key, sek in sums.items()
        if sek is not None and f.granted.sek
    ]
    return [say("report.shares", lang, parts=listed(parts, lang))] if parts else []


def what_changed(f: Facts, lang: str = "sv") -> list[str]:
    """What changed since the page was fetched before."""
    if not f.fetched_before:
        return [say("changes.first" if f.publishers < SEVERAL else "report.pages.changes", lang)]
    if not f.changed:
        return [say("changes.none", lang)]
    kinds = [f"{inside(words)} ({decimal(n, lang)})" for words, n in f.changes]
    return [counted("report.changed", f.changed, lang, kinds=listed(kinds, lang))]


def what_is_unknown(f: Facts, lang: str = "sv") -> list[str]:
    """For how many projects amounts, period, title and contact are known. Unknown is told, never nought."""
    return [_of(f"report.known.{name}", getattr(f, name), f.projects, lang) for name in KNOWN] if f.projects else []


def findings(f: Facts, lang: str = "sv") -> list[str]:
    """How many checks of the list failed, by severity, and how much they found: the numbers of the workbook."""
    parts = [
        counted(f"report.findings.{code}", n, lang, found=counted("report.found", f.observations[code], lang))
        for code, n in f.findings.items()
        if n
    ]
    return [say("report.findings", lang, parts=listed(parts, lang)) if parts else say("summary.none", lang)]


def summary(f: Facts, lang: str = "sv") -> list[str]:
    """The report in eight lines at most."""
    lines = [on_the_page(f, lang), money(f, lang), *([line] for line in _payers(f, lang)), what_is_unknown(f, lang)[:2]]
    return [" ".join(line) for line in lines if line]


def to_know(f: Facts, lang: str = "sv") -> list[str]:
    """What the board should know: projects that have run out, by name, what it answers for, and the list's quality."""
    ended = [_quote(name, lang) for name in f.ended]
    sentences = [counted("report.ended.names", len(ended), lang, names=listed(ended, lang))] if ended else []
    return [*sentences, *f.warnings, *filter(None, [" ".join(what_is_unknown(f, lang)[2:])]), *findings(f, lang)]


def of_status(f: Facts, code: str, lang: str = "sv") -> list[str]:
    """How many projects have that status, and of how many it is assumed."""
    n = f.status.get(code, 0)
    sentences = [counted(f"report.of_status.{code}", n, lang, total=decimal(f.projects, lang))]
    if code == "ongoing" and f.assumed:
        sentences.append(counted("report.assumed.all" if f.assumed == n else "report.assumed", f.assumed, lang))
    return [*sentences, *_ended(f, lang)] if code == "ongoing" else sentences


def by_funder(f: Facts, lang: str = "sv") -> list[str]:
    """How many funders there are and what is known of their money."""
    if not f.funders:
        return [say("report.funders.none", lang)]
    return [counted("report.funders", f.funders, lang), *_sum("report.granted", f.granted, lang), *_once(f, lang)]


def by_theme(f: Facts, lang: str = "sv") -> list[str]:
    """The theme and the target group with most projects, and what a theme rests on."""
    sentences = [say("chart.themes.title_none", lang)]
    if f.top_theme.names:
        sentences = [_most("report.theme", _quoted(f.top_theme, lang), f.projects, lang)]
    groups = Most([code_label("target_group_category", code, lang) for code in f.top_group.names], f.top_group.projects)
    sentences += [_most("report.group", _quoted(groups, lang), f.projects, lang)] if groups.names else []
    return [*sentences, say("report.theme.how", lang)]


def economy(f: Facts, lang: str = "sv") -> list[str]:
    """What the projects cost, and what of it is the municipality's own money."""
    return [*_sum("report.cost", f.cost, lang), *_sum(_words(f, "own_granted"), f.own_granted, lang)]


def _status(f: Facts, code: str, lang: str) -> str:
    """`11 pågående`, and beside it how many of them nobody says it of."""
    n = f.status[code]
    words = counted(f"report.status.{code}", n, lang)
    if code != "ongoing" or not f.assumed:
        return words
    form = "" if f.assumed == n else ".some"
    return say(f"report.status.assumed{form}", lang, words=words, count=decimal(f.assumed, lang))


def _words(f: Facts, name: str) -> str:
    """The key of a sentence that speaks of the page and its municipality: of several there are words of their own."""
    return f"report.{name}" if f.publishers < SEVERAL else f"report.pages.{name}"


def _ended(f: Facts, lang: str) -> list[str]:
    return [counted("report.ended", len(f.ended), lang)] if f.ended else []


def _once(f: Facts, lang: str) -> list[str]:
    """Why sums of money are out of fewer parts than the page has; nothing where they are out of all."""
    if f.granted.of == f.parts:
        return []
    return [say("report.once", lang, granted=decimal(f.granted.of, lang), parts=decimal(f.parts, lang))]


def _of(key: str, n: int, total: int, lang: str, **words: str) -> str:
    """A number out of a total: none and all have words of their own."""
    form = ".none" if not n else ".all" if n == total else ""
    return say(f"{key}{form}", lang, count=decimal(n, lang), total=decimal(total, lang), **words)


def _most(key: str, most: Most, total: int, lang: str) -> str:
    form = ".several" if len(most.names) > 1 else ""
    counts = {"count": decimal(most.projects, lang), "total": decimal(total, lang)}
    return say(f"{key}{form}", lang, name=listed(list(most.names), lang), **counts)


def _quoted(most: Most, lang: str) -> Most:
    """Names of more than one word, in quotes: or a list of them cannot be read."""
    return Most([_quote(name, lang) for name in most.names], most.projects)


def _quote(text: str, lang: str) -> str:
    return say("quoted", lang, text=text)


def _sum(key: str, total: Total, lang: str) -> list[str]:
    """A sum with how many of how many amounts it is known for; nothing where there is nothing to add up."""
    if not total.of:
        return []
    counts = {"known": decimal(total.known, lang), "of": decimal(total.of, lang)}
    if total.sek is None:
        return [say(f"{key}.none", lang, **counts)]
    return [say(key, lang, sek=decimal(total.sek, lang), **counts)]
