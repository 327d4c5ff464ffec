"""The filter before the comparing passes over no pair that counts: the same answers as when each is held against each."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overkalix_data.identity.recognition import Wording, match
from overkalix_data.identity.shingles import MOST, Shingles

WORDS = [
    "skogen",
    "kanoten",
    "hängbron",
    "leden",
    "byn",
    "ungdomar",
    "företag",
    "kommunen",
    "stärka",
    "bygga",
    "rusta",
    "utveckla",
    "arbete",
    "turism",
    "näringsliv",
    "samverkan",
    "landsbygd",
    "hållbar",
    "digital",
    "energi",
    "kultur",
    "idrott",
    "vatten",
    "älven",
    "vägen",
    "skolan",
    "barn",
    "äldre",
    "integration",
    "kompetens",
    "och",
    "för",
    "att",
    "med",
    "i",
    "på",
    "till",
    "av",
    "som",
    "genom",
    "fler",
    "nya",
    "lokala",
    "mötesplats",
    "forskning",
    "projektet",
    "målet",
]
TITLES = st.sampled_from(["", "", "Skogen", "Kanoten"])


class EachWithEach(Shingles):
    """The filter that passes over nothing."""

    def alike(self, text: str) -> list[int]:
        return list(range(len(self._lengths)))

    holding = alike


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[Wording], list[list[Wording]]]:
    """An old page and a new one: texts reworded, bent, joined, parted, gone and come."""
    old = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=40), min_size=1, max_size=6))
    new = []
    for words in old:
        how = draw(st.sampled_from(["kept", "reworded", "bent", "parted", "joined", "gone", "moved"]))
        at = draw(st.integers(0, len(words) - 1))
        some = draw(st.lists(st.sampled_from(WORDS), max_size=max(1, len(words) // 2)))
        edited = {
            "kept": [words], "gone": [some] if some else [], "joined": [[*words, *draw(st.sampled_from(old))]],
            "parted": [words[:at], words[at:]], "moved": [words[at:] + words[:at]],
            "bent": [[w + "en" if n % 2 else w for n, w in enumerate(words)]],
            "reworded": [[*words[:at], *some, *words[at + len(some) :]]],
        }[how]  # fmt: skip
        new += [Wording(draw(TITLES), " ".join(text)) for text in edited if text]
    return new, [[Wording(draw(TITLES), " ".join(words))] for words in old]


@settings(max_examples=200)
@given(pages())
def test_the_answers_are_those_of_each_held_against_each(pair: tuple[list[Wording], list[list[Wording]]]) -> None:
    filtered = match(*pair)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("overkalix_data.identity.recognition.Shingles", EachWithEach)
        assert filtered == match(*pair)


def test_of_many_texts_only_those_that_may_be_alike_are_compared() -> None:
    random = Random(1)
    texts = [" ".join(random.sample(WORDS, 20)) for _ in range(300)]
    shingles = Shingles(texts)
    assert all(n in shingles.alike(text) and n in shingles.holding(text) for n, text in enumerate(texts))
    assert sum(len(shingles.holding(text)) for text in texts) < len(texts) ** 2 / 2


def test_of_very_many_alike_texts_each_is_compared_with_those_that_share_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register whose rows differ in a number alone: each with each would be a hundred thousand pairs, all held."""
    texts = [f"Att prova {n} saker tillsammans med byaföreningen under hela året" for n in range(1000, 1300)]
    for most_counted in (2**18, 1000):  # the second: the rarest pieces alone are counted
        monkeypatch.setattr("overkalix_data.identity.shingles.MOST_COUNTED", most_counted)
        shingles = Shingles(texts)
        near = [(shingles.alike(text), shingles.holding(text)) for text in texts]
        assert all(n in alike and n in holding for n, (alike, holding) in enumerate(near))
        assert {len(places) for both in near for places in both} == {MOST}
