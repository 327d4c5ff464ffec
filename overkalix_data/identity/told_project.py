"""What tells one project from every other: as little of its text as ids and the ledger ask for."""

from collections.abc import Sequence
from dataclasses import dataclass

from overkalix_data.base.wording import fold, slug
from overkalix_data.identity.recognition import Wording
from overkalix_data.reading.project_fields import ProjectText

FIELDS = ("goal", "purpose", "results", "description", "prose", "late")
"""The text that tells a project: funders, groups and contacts change hands, and a name belongs in no id."""
SMALL_WORDS = frozenset([
    "att", "och", "i", "på", "för", "med", "till", "av", "en", "ett", "den", "det", "de", "som", "ska", "skall",
    "kan", "om", "vid", "hur", "vad", "är", "har", "vi", "ur", "ut", "in", "så", "samt", "syftet", "målet",
    "projektet", "förstudien", "projekt", "genom",
])  # fmt: skip


@dataclass(frozen=True)
class ToldProject:
    """A project of a page, where it was read, and what of its text is compared."""

    key: str
    """What it is called on its page until it has an id."""
    source_id: str
    page: str
    """What makes two fetches the same page: its address, or its file's name."""
    retrieved_on: str
    wording: Wording
    fingerprint: str
    telling: Sequence[str]
    """The title's words, or the first telling words of its text, as they stand in an id."""


def told_project(key: str, text: ProjectText) -> ToldProject:
    """What tells the project of a block; where it has nothing but labelled lists, those."""
    source = text.source
    words = Wording(text.value("title"), text.value(*FIELDS) or text.value("target_group", "funder"))
    return ToldProject(
        key, source.source_id, source.url or source.path, source.retrieved_on, words, text.fingerprint, _telling(text)
    )


def _telling(text: ProjectText) -> list[str]:
    title = text.value("title")
    sentence = title or text.value("goal") or text.value("purpose") or text.value("prose", "description", "late")
    return [word for w in sentence.split() if (title or fold(w) not in SMALL_WORDS) and (word := slug(w, 3))]
