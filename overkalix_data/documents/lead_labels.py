"""Words that lines begin with in an element of their own, without a colon → those that are labels, as terms are."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.column_meaning import is_label

Lead = tuple[int, str, str]
"""Where the words end, how their line looks, and the words."""
LEAST, MOST = 2, 0.6
"""A look is that of labelled lines where so many begin with a label at least, and more than this share of them."""
LONGEST, SHORT = 60, 30
"""Characters of such a label, and of one that only its stems tell."""


def lead_labels(leads: Sequence[Lead], chars: Sequence[str], lists: Lists) -> list[int]:
    """The places behind labels that the page sets apart and writes no colon after: `<li><b>Pengar från</b> Vinnova`.

    Lines of one look play one role: where most begin with words of the lists, or that come round, they are labels.
    """
    alike, closed = defaultdict[str, list[tuple[int, str]]](list), set[int]()
    for at, look, words in leads:
        if words[:1].isupper() and len(words) <= LONGEST and chars[at : at + 2] not in ([], ["\n", "\n"]):
            alike[look].append((at, fold(words.rstrip(" :?"))))
            closed |= {at} if words[-1:] in ":?" else set()
    found = list[int]()
    for lines in alike.values():
        times = Counter(words for _, words in lines)
        known = {words for words in times if is_label(words, lists)}
        told = {words for words in times if words in known or times[words] >= LEAST or _has_stem(words, lists)}
        labels = [at for at, words in lines if words in told]
        if known and len(labels) >= LEAST and len(labels) > MOST * len(lines):
            found += [at for at in labels if at not in closed and _goes_on(chars, at)]
    return sorted(found)


def _has_stem(words: str, lists: Lists) -> bool:
    return len(words) <= SHORT and lists.label_stems.search(words) is not None


def _goes_on(chars: Sequence[str], at: int) -> bool:
    """Whether a value follows, and no colon or dash that sets it apart."""
    return chars[at].isspace() and chars[at + 1].isalnum()
