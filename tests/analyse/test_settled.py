"""Tables that no longer change: a question is answered once, and whoever asks may do as they like with the answer."""

import pandas as pd

from overkalix_data.analyse.settled import answered_once, settled
from overkalix_data.schema.frames import Tables


def test_settled_tables_answer_a_question_once_and_others_each_time(tables: Tables) -> None:
    asked = []

    @answered_once
    def question(tables: Tables, by: str = "status_code") -> pd.Series:
        asked.append(by)
        return tables["projects"][by].value_counts()

    kept = settled(tables)
    first = question(kept)
    expected = first.to_dict()
    first[:] = 0
    assert question(kept).to_dict() == expected
    assert asked == ["status_code"]
    question(kept, by="unit"), question(settled(kept), "unit")
    assert asked == ["status_code", "unit", "unit"]
    question(tables), question(kept | {"projects": tables["projects"].head(1)})
    assert asked[3:] == ["status_code"] * 2
