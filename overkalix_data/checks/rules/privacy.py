"""Rules about personal data in the wrong place: the contact field is for persons, the project's text is not."""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import partial

import pandas as pd

from overkalix_data.base.codelist import codelist
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import DASHES, pattern, slug
from overkalix_data.checks.rules.catalogue import Verdict, absent, flags, texts, where, words
from overkalix_data.schema.frames import Tables, cells
from overkalix_data.values.person import NAME
from overkalix_data.values.phone_email import EMAIL, PHONE
from overkalix_data.values.told_numbers import CLOCK_OR_DATE, is_personal_number, is_phone

TEXTS = ("title", "goal", "purpose", "results", "description")
_ALONE = (rf"(?<!\d)(?<!\d[{DASHES}])", rf"(?!\d|[{DASHES}]\d)")
PERSONAL_NUMBER = re.compile(rf"{_ALONE[0]}(19|20)?(\d\d)(\d\d)(\d\d)([{DASHES}+ \u00a0]?)(\d{{4}}){_ALONE[1]}")
WORD = re.compile(r"\w+")


def _is_personal(m: re.Match[str]) -> bool:
    """Whether the digits are a personal number; how they are written tells those that may be a phone number."""
    century, year, month, day, joint, last = m.groups(default="")
    if not century and not joint.strip() and year.startswith("0"):
        return False  # ten digits without a hyphen that start with 0 are a phone number; phone-in-text tells it
    return is_personal_number(century + year + month + day + last)


def personal_numbers(text: str) -> list[str]:
    """The Swedish personal numbers of a text, birth dates left out: a finding must not spread them."""
    return ["XXXXXX-XXXX" for m in PERSONAL_NUMBER.finditer(text) if _is_personal(m)]


def phones(text: str) -> list[str]:
    """The phone numbers of running text; hours, dates and personal numbers are none."""
    text = EMAIL.sub(" ", CLOCK_OR_DATE.sub(" ", PERSONAL_NUMBER.sub(lambda m: " " if _is_personal(m) else m[0], text)))
    return [m[0] for m in PHONE.finditer(text) if is_phone(m[0])]


def _in_text(find: Callable[[str], list[str]], tables: Tables, as_of: str) -> Verdict:
    """Whether the texts of a project hold none of what is looked for."""
    read = texts(tables["projects"], *TEXTS)
    return absent(read, [" · ".join(find(text)) for text in cells(read)])


FOUND: dict[str, Callable[[str], list[str]]] = {
    "personal-number-in-text": personal_numbers,
    "email-in-text": EMAIL.findall,
    "phone-in-text": phones,
}
TABLED = {rule_id: partial(_in_text, find) for rule_id, find in FOUND.items()}


def contact_name_in_text(tables: Tables, as_of: str) -> Verdict:
    """A name is looked for where its first word stands: each name in each text would be too many."""
    by_first_word = defaultdict(list)
    for name in _names(tables):
        by_first_word[WORD.findall(name.casefold())[0]].append(name)

    def named(text: str) -> list[str]:
        near = by_first_word.keys() & set(WORD.findall(text.casefold()))
        names = sorted(name for word in near for name in by_first_word[word])
        return [name for name in names if pattern(name).search(text) or pattern(f"{name}s").search(text)]

    return _in_text(named, tables, as_of)


def name_in_project_id(tables: Tables, as_of: str) -> Verdict:
    ids = tables["projects"]["project_id"].fillna("")
    surnames = {slug(name.split()[-1]) for name in _names(tables)}
    return absent(ids, [" · ".join(sorted(surnames & set(_runs(one.split("-"))))) for one in ids])


def _runs(parts: list[str]) -> list[str]:
    """Every part of an id, and every row of them."""
    ends = range(1, len(parts) + 1)
    return [run for end in ends for start in range(end) if (run := "-".join(parts[start:end]))]


def _names(tables: Tables) -> list[str]:
    """Full names of persons among the contacts; an office is no person."""
    contacts = tables["contacts"]
    names = {n for cell in (*contacts["name"].dropna(), *contacts["other_names"].dropna()) for n in cell.split("; ")}
    offices = lists_for().contact_words.by("kind")["organisation"]
    return sorted(n for n in names if NAME.fullmatch(n) and not offices.fullmatch(n))


def _domains(tables: Tables) -> pd.Series:
    """The domain of each contact point that is an address, missing for the others."""
    points = tables["contact_points"]
    return points["value"].str.replace(r"^.*@", "", regex=True).str.lower().where(points["kind_code"] == "email")


def _private() -> set[str]:
    return {row["domain"] for row in codelist("private_mail", "domain")}


def private_email(tables: Tables, as_of: str) -> Verdict:
    domains = _domains(tables)
    return Verdict(where(domains.notna(), ~domains.isin(_private())), tables["contact_points"]["value"])


def contact_outside_municipality(tables: Tables, as_of: str) -> Verdict:
    """The domain most contacts use is the municipality's; with none used most, nobody can be told to be outside."""
    contacts, domains = tables["contacts"], _domains(tables)
    official = domains[domains.notna() & ~domains.isin(_private())]
    most = official.mode()
    of_contact = official.groupby(tables["contact_points"]["contact_id"]).unique()
    theirs = [list(of_contact.get(c, [])) for c in contacts["contact_id"]]
    others = words((" · ".join(x for x in d if x not in set(most)) for d in theirs), contacts)
    return Verdict(where(flags((bool(d) and len(most) == 1 for d in theirs), contacts), others == ""), others)
