"""Tables that no longer change, as a report asks them: the same question is answered once."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd

from overkalix_data.schema.frames import Tables

Question = TypeVar("Question", bound=Callable[..., Any])


class Settled(dict[str, pd.DataFrame]):
    """Tables, and what they have been asked. Whoever makes them promises that no frame in them changes."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self.answers = dict[object, Any]()


def settled(tables: Tables) -> Settled:
    """The tables as ones that no longer change; those that are so already keep what they have answered."""
    return tables if isinstance(tables, Settled) else Settled(tables)


def answered_once(question: Question) -> Question:
    """A question that settled tables answer once; each who asks has a copy of the answer."""

    @wraps(question)
    def asked(tables: Tables, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(tables, Settled):
            return question(tables, *args, **kwargs)
        key = (question, args, *kwargs.items())
        if key not in tables.answers:
            tables.answers[key] = question(tables, *args, **kwargs)
        return copy(tables.answers[key])

    return cast(Question, asked)
