"""Periods in Swedish words → EDTF: the forms of real pages, the look-alikes, what holds for every text."""

import time
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overkalix_data.base.lists import lists_for
from overkalix_data.values.period import Period, bare_period, find_period, parse_period, range_in

LISTS = lists_for()
Ends = tuple[str | None, str | None]
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
          "november", "december")  # fmt: skip
DASHES = "-‐‑‒–—−"

VALUES: list[tuple[str, Ends]] = [
    ("Hela 2026.", ("2026", "2026")),
    ("hela året 2026", ("2026", "2026")),
    ("20180901 - 20211231", ("2018-09-01", "2021-12-31")),
    ("202201 - 202512", ("2022-01", "2025-12")),
    ("1/9 2022 – 31/8 2024", ("2022-09-01", "2024-08-31")),
    ("1/9-2022 - 31/8-2024", ("2022-09-01", "2024-08-31")),
    ("2018-09-01 till 2021-04-30", ("2018-09-01", "2021-04-30")),
    ("2018-09-01-2021-04-30", ("2018-09-01", "2021-04-30")),
    ("2020-01-01 t.o.m 2021-12-31", ("2020-01-01", "2021-12-31")),
    ("från och med mars 2022 till och med juni 2023", ("2022-03", "2023-06")),
    ("2020 till 2021-12-31", ("2020", "2021-12-31")),
    ("februari 2020 till 2022-09-30", ("2020-02", "2022-09-30")),
    ("2020-2022", ("2020", "2022")),
    ("1998-2001", ("1998", "2001")),
    ("2018-09-2021-04", ("2018-09", "2021-04")),
    ("Åren 2020 – 2022", ("2020", "2022")),
    ("2024-26", ("2024", "2026")),
    ("2022-01 – 2023-06", ("2022-01", "2023-06")),
    ("maj 2021 - maj 2022", ("2021-05", "2022-05")),
    ("januari - augusti 2021", ("2021-01", "2021-08")),
    ("juni- september 2021", ("2021-06", "2021-09")),
    ("1/3 - 31/8 2024", ("2024-03-01", "2024-08-31")),
    ("1 mars till den 31 augusti 2024", ("2024-03-01", "2024-08-31")),
    ("augusti - 15 augusti 2021", ("2021-08", "2021-08-15")),
    ("15 augusti - augusti 2021", ("2021-08-15", "2021-08")),
    ("2012-12", ("2012-12", "2012-12")),
    ("Apr 2024 – Aug 2025", ("2024-04", "2025-08")),
    ("1 sept 2023 – 31 dec. 2024", ("2023-09-01", "2024-12-31")),
    ("1.12.2022- 30.6.2024", ("2022-12-01", "2024-06-30")),
    ("29/2 2024 - 28/2 2025", ("2024-02-29", "2025-02-28")),
    ("mellan 2023-01-02 till 2026-03-16", ("2023-01-02", "2026-03-16")),
    ("hösten 2021 – våren 2022", ("2021", "2022")),
    ("Preliminärt 2022-2024", ("2022", "2024")),
    ("2022-2024, pågått även 2018-2021", ("2022", "2024")),
    ("2021-12-01, 2022-2024", ("2022", "2024")),
    ("2024-2022", ("2024", "2022")),
    ("2023-12-31 - 2023-01-01", ("2023-12-31", "2023-01-01")),
    ("2023", ("2023", "2023")),
    (" September\n2023.", ("2023-09", "2023-09")),
    ("Slutdatum 2024-12-31", (None, "2024-12-31")),
    ("t.o.m. 2024-12-31", (None, "2024-12-31")),
    ("avslutas i juni 2025", (None, "2025-06")),
    ("– 2024-12-31", (None, "2024-12-31")),
    ("startade hösten 2019", ("2019", None)),
    ("sedan 2021", ("2021", None)),
    ("från och med mars 2022", ("2022-03", None)),
    ("fr.o.m. 2022-03-15", ("2022-03-15", None)),
    ("2023 -", ("2023", None)),
    ("2023-09-01 – tills vidare", ("2023-09-01", None)),
    ("2023 - pågår", ("2023", None)),
    ("2023 - pågående", ("2023", None)),
    ("november - februari 2022", (None, "2022-02")),
]

NO_VALUES = [
    "",
    "3 år",
    "covid-19",
    "KS 2021/123",
    "KS 7/2021-2023",
    "2023-13-45",
    "31/2 2023",
    "29/2 2023 - 31/12 2023",
    "31/2 - 30/6 2024",
    "2023-13-45 till 2024-12-31",
    "2023-01-01 till 2024-02-30",
    "januari - 2021",
    "2023-13",
    "2024-22",
    "2024-24",
    "2011-12",
    "2023-09-01",
    "2022, 2023",
    "1018-1020",
    "vintern 2019/2020",
]

SENTENCES: list[tuple[str, Ends, str]] = [
    ("Projektet blev klart i oktober 2023.", (None, "2023-10"), "blev klart i oktober 2023"),
    ("Arbetet är planerat till april 2026 – mars 2028.", ("2026-04", "2028-03"), "planerat till april 2026 – mars 2028"),
    ("Stöd i juni. Projektet pågår 2020-2022.", ("2020", "2022"), "pågår 2020-2022"),
    ("Projektet PÅGICK under 2020–2022, sedan", ("2020", "2022"), "PÅGICK under 2020–2022"),
    ("Det löper mellan åren 2020 och 2022.", ("2020", "2022"), "löper mellan åren 2020 och 2022"),
    ("genomförs i byn under perioden maj 2021 - maj 2022.", ("2021-05", "2022-05"),
     "under perioden maj 2021 - maj 2022"),
    ("Det genomfördes under 2021", ("2021", "2021"), "genomfördes under 2021"),
    ("Det genomfördes i maj 2021", ("2021-05", "2021-05"), "genomfördes i maj 2021"),
    ("pågår\xa01/9\xa02022\n–\n31/8\xa02024", ("2022-09-01", "2024-08-31"),
     "pågår\xa01/9\xa02022\n–\n31/8\xa02024"),
    ("på\u00adgår 20\u200b20−2022", ("2020", "2022"), "på\u00adgår 20\u200b20−2022"),
    ("İ, sa hon: pågår 2020-2022", ("2020", "2022"), "pågår 2020-2022"),
    ("Projektperiod: 20180901 - 20211231 Budget: 1", ("2018-09-01", "2021-12-31"),
     "Projektperiod: 20180901 - 20211231"),
    ("Projektperiod (förstudie):\n\n2024-26", ("2024", "2026"), "Projektperiod (förstudie):\n\n2024-26"),
    ("Projekttiden är 2020 till 2021-12-31.", ("2020", "2021-12-31"), "Projekttiden är 2020 till 2021-12-31"),
    ("Tidsperiod juni- september 2021", ("2021-06", "2021-09"), "Tidsperiod juni- september 2021"),
    ("arbetet sker mellan 2020 och 2022.", ("2020", "2022"), "mellan 2020 och 2022"),
    ("Vi bygger från maj 2022 t.o.m. juni 2023.", ("2022-05", "2023-06"), "från maj 2022 t.o.m. juni 2023"),
    ("Pågår t.o.m. 2024-12-31.", (None, "2024-12-31"), "Pågår t.o.m. 2024-12-31"),
    ("Stödet gäller t.o.m. 2024-12-31.", (None, "2024-12-31"), "t.o.m. 2024-12-31"),
    ("Det pågår fram till 2025", (None, "2025"), "pågår fram till 2025"),
    ("Projektet avslutades i slutet av 2024.", (None, "2024"), "avslutades i slutet av 2024"),
    ("Slutdatum: 2024-12-31", (None, "2024-12-31"), "Slutdatum: 2024-12-31"),
    ("Projektet, som startade hösten 2019, har", ("2019", None), "startade hösten 2019"),
    ("Start: 2021 – ", ("2021", None), "Start: 2021 –"),
    ("har pågått sedan 2021 i byn", ("2021", None), "pågått sedan 2021"),
    ("Projektet startade 2019 och pågår till 2024.", ("2019", "2024"), "startade 2019 och pågår till 2024"),
    ("Startdatum: 2022-01-01\nSlutdatum: 2024-12-31", ("2022-01-01", "2024-12-31"),
     "Startdatum: 2022-01-01\nSlutdatum: 2024-12-31"),
    ("startade 2000 personer. Projektet pågår 2020-2022", ("2020", "2022"), "pågår 2020-2022"),
    ("startar 31/2 2023. Projektperiod: 2024-2025", ("2024", "2025"), "Projektperiod: 2024-2025"),
    ("startade i maj 2023 två år efter förstudien", ("2023-05", None), "startade i maj 2023"),
    ("startade i maj 2023, 3 åriga barn", ("2023-05", None), "startade i maj 2023"),
    ("diarie 7/2021 t.o.m. 2024", (None, "2024"), "t.o.m. 2024"),
    ("startar maj 2023 och löper i 3 år och 6 månader", ("2023-05", None), "startar maj 2023"),
    ("startade hösten 2019 och löper under 3 år", ("2019", None),
     "startade hösten 2019 och löper under 3 år"),
]  # fmt: skip

NO_SENTENCES = [
    "Invigningen är planerad till april 2026.",
    "",
    "Turistisk plan 2022-2026, Handlingsplan turism 2022-2026",
    "Projektet genomförs enligt Turistisk plan 2022-2026",
    "Stöd till företag som påverkats av covid-19 under perioden",
    "pågick under covid-19",
    "Att personer ska starta företag 2020",
    "Sedan 2021 har befolkningen minskat",
    "pågår 2023-13-45",
    "startar 2023-13-45 och avslutas 2024-12-31",
    "pågår 2021/123",
    "startade på 2010-talet",
    "mellan 1900 och 2000 personer",
    "avslutas 2024-2025",
    "avslutas tre år från september 2023",
    "startar till 2025",
    "En kurs genomfördes den 3 maj 2021",
    "återstartar 2023",
    "under en annan period 2020-2022",
    "pågår\n\n2020-2022",
]

LENGTHS = [
    ("startar i september 2023 och löper på under 3 år", "2023-09", "2026-08"),
    ("startar i september 2023 och löper på under tre år", "2023-09", "2026-08"),
    ("startar i september 2023 och pågår i 18 månader", "2023-09", "2025-02"),
    ("startade i september 2023 och pågick under två års tid", "2023-09", "2025-08"),
    ("startar i januari 2023, tolv månader", "2023-01", "2023-12"),
    ("startar 2023-09-01 och pågår i ett år", "2023-09-01", "2024-08-31"),
    ("startar 2023-09-15 och pågår i ett år", "2023-09-15", "2024-09-14"),
    ("startar 2024-02-29 och pågår i ett år", "2024-02-29", "2025-02-28"),
    ("startar 2022-08-31 och pågår en månad", "2022-08-31", "2022-09-30"),
    ("löper under tre år med start i september 2023", "2023-09", "2026-08"),
]


@pytest.mark.parametrize(("text", "ends"), VALUES)
def test_value_of_a_label(text: str, ends: Ends) -> None:
    assert parse_period(text) == Period(*ends, "published")


@pytest.mark.parametrize("text", NO_VALUES)
def test_value_that_holds_no_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(("text", "ends", "words"), SENTENCES)
def test_sentence_and_the_words_it_came_from(text: str, ends: Ends, words: str) -> None:
    start = text.index(words)
    assert find_period(text) == (Period(*ends, "published"), start, start + len(words))


@pytest.mark.parametrize("text", NO_SENTENCES)
def test_sentence_that_states_no_period(text: str) -> None:
    assert find_period(text) is None


@pytest.mark.parametrize(("text", "start", "end"), LENGTHS)
def test_length_gives_the_end(text: str, start: str, end: str) -> None:
    expected = Period(start, end, "derived")
    assert find_period(f"Projektet {text} och finansieras") == (expected, 10, 10 + len(text))
    assert parse_period(text) == expected


def phrases(template: str, words: str) -> list[str]:
    return [template.format(word) for word in words.split("|")]


def period_in(text: str) -> Period | None:
    found = find_period(text)
    return found[0] if found else None


RUNNING = [
    *phrases("{} 2020-2022", "projektperiod|Projektperioden|tidsperiod|tidsperioden|projekttid|projekttiden|period:"),
    *phrases("{} 2020-2022", "under perioden|pågå|pågår|pågått|pågick|löper|löpte|löpt|löpa|sträcker sig|sträckte sig"),
    *phrases("genomför{} 2020-2022", "s|des|ts|as"),
    *phrases("pågår {} 2020-2022", "är|var|avser|sig|på|i|över|under|hela|tiden|perioden|redan|nu|senast|från|åren"),
    *phrases("löper under {}, 2020-2022", "tre år|18 månader|en period av 3 år"),
    *phrases(
        "startar 2020{} till 2022", " och pågår| och fram|, pågår| och ska löpa| och skall pågå| och kommer att pågå"
    ),
    *phrases("startar 2020. {} avslutas 2022", "Projektet|Det|Den|Projektet beräknas|Projektet planeras"),
    *phrases("startar 2020 och {} 2022", "avslutas|avslutades|avslutats|slutar|slutade|projektslut|löper ut|löpte ut"),
    *phrases("startar {} 2020 som pågår till 2022", "våren|vår|sommaren|hösten|vintern|vinter|början av|mitten på"),
]
BEGINNINGS = [
    *phrases("{} 2020", "start|projektstart|startdatum|inleds|inleddes|börja|påbörjades|har startat|startats|startas"),
    *phrases("start{} 2020", "a|ar|ade|at|as|ades|ats"),
]
FINISHES = phrases("{} 2022", "avslutas|avslutade|slutar|sluta|slutade|slutdatum|projektslut|löper ut|t o m|tom")
COUNTS = phrases("startade 2020 {}", "kr|kronor|euro|personer|företag|deltagare|timmar")
NOT_LENGTHS = phrases("startar i maj 2020, två år {}", "efter|före|innan|tidigare|senare|gamla")


@pytest.mark.parametrize("text", RUNNING)
def test_words_of_a_period(text: str) -> None:
    assert period_in(text) == Period("2020", "2022", "published")


@pytest.mark.parametrize("text", BEGINNINGS)
def test_words_of_a_beginning(text: str) -> None:
    assert period_in(text) == Period("2020", None, "published")


@pytest.mark.parametrize("text", FINISHES)
def test_words_of_an_end(text: str) -> None:
    assert period_in(text) == Period(None, "2022", "published")


@pytest.mark.parametrize("text", COUNTS)
def test_counted_things_are_no_years(text: str) -> None:
    assert find_period(text) is None


@pytest.mark.parametrize("text", NOT_LENGTHS)
def test_years_before_or_after_are_no_length(text: str) -> None:
    assert period_in(text) == Period("2020-05", None, "published")


@pytest.mark.parametrize("name", MONTHS)
def test_month_names(name: str) -> None:
    n = MONTHS.index(name) + 1
    month = Period(f"2023-{n:02}", f"2023-{n:02}", "published")
    assert [parse_period(f"{form} 2023") for form in (name, name[:3], name[:3].title() + ".")] == [month] * 3


@pytest.mark.parametrize("dash", DASHES)
@pytest.mark.parametrize("space", ["", " ", "\xa0", "\n", "\u2009", "\r\n  "])
def test_every_dash_and_space(dash: str, space: str) -> None:
    text = f"2018-09-01{space}{dash}{space}2021-04-30"
    expected = Period("2018-09-01", "2021-04-30", "published")
    assert parse_period(text) == expected
    assert find_period(f"Pågår {text}.") == (expected, 0, 6 + len(text))


# "slut" and the impossible date keep a scan from stopping at its first find.
SLOW_PIECES = ["startar i ", "startar ", "2022-", "pågår (", "projekttid: 3 år och ", "1/1/", "mellan 2019 ",
               "startade 2023-13-45 och projektet ", "den 1 januari ", " ", "\n", "t.o.m"]  # fmt: skip


@pytest.mark.parametrize("piece", SLOW_PIECES)
def test_long_text_takes_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.perf_counter()
    assert find_period(f"startar{text}slut") is None
    parse_period(f"2022{text}")
    # About a second in practice; a quadratic pattern would need minutes.
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("piece", ["skolan slutar 2027, ", "juni 2020 - augusti 2022, ", "2001 - 2005, "])
def test_many_periods_on_a_long_line_take_linear_time(piece: str) -> None:
    text = f"Startar 2025. {' ' * 100_000}inte {piece * (200_000 // len(piece))}"
    began = time.perf_counter()
    assert find_period(text) == (Period("2025", None, "published"), 0, len("Startar 2025"))
    assert range_in(text, LISTS) is None
    assert time.perf_counter() - began < 20


def rendered(day: date) -> st.SearchStrategy[tuple[str, str]]:
    """A date as pages write it, with its EDTF: every day form, a month and a year."""
    month = MONTHS[day.month - 1]
    days = [day.isoformat(), f"{day:%Y%m%d}", f"{day.day}/{day.month} {day.year}", f"{day:%d.%m.%Y}",
            f"den {day.day} {month} {day.year}", f"{day.day} {month[:3]}. {day.year}"]  # fmt: skip
    forms = [(form, day.isoformat()) for form in days]
    return st.sampled_from([*forms, (f"{month} {day.year}", f"{day:%Y-%m}"), (f"{day.year}", f"{day.year}")])


DATES = st.dates(date(2013, 1, 1), date(2099, 12, 31))
RENDERED = DATES.flatmap(rendered)
JOINERS = st.sampled_from([" - ", "–", " till ", " till och med ", " fram till ", "\n—\xa0"])


WORDS = st.sampled_from(["pågår", "Projektperiod:", "genomfördes under", "LÖPER från", "under perioden"])
Rendered = tuple[str, str]


@given(RENDERED, RENDERED, JOINERS, WORDS)
def test_rendered_period_is_read_back(start: Rendered, end: Rendered, joiner: str, word: str) -> None:
    statement = f"{word} {start[0]}{joiner}{end[0]}"
    expected = Period(start[1], end[1], "published")
    assert find_period(f"Projektet {statement}. Nästa.") == (expected, 10, 10 + len(statement))
    assert parse_period(f"{start[0]}{joiner}{end[0]}") == expected


@given(DATES, st.integers(1, 120))
def test_length_counts_its_first_month_or_day(day: date, months: int) -> None:
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    last_month = f"{date(year, month, 1) - timedelta(1):%Y-%m}"
    first_month = f"{MONTHS[day.month - 1]} {day.year}"
    found = parse_period(f"startar {first_month} och löper {months} månader")
    assert found == Period(f"{day:%Y-%m}", last_month, "derived")
    last_of_month = monthrange(year, month)[1]
    after = date(year, month, min(day.day, last_of_month))
    last_day = after if day.day > last_of_month else after - timedelta(1)
    found = parse_period(f"startar {day} och löper {months} månader")
    assert found == Period(f"{day}", f"{last_day}", "derived")


PIECES = ["startar", "avslutas", "pågår", "projektperiod:", "t.o.m.", "mellan", "och", "till", "från", "maj",
          "2023", "-", "2024-26", "1/9", "31/2 2023", "2023-09-01", "20230230", "3 år", "(", ".", ",", "/",
          "\n\n", "\xa0", "İ", "²", "\u200b"]  # fmt: skip
ANY_TEXT = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=2)).map(" ".join)


@given(ANY_TEXT)
def test_any_text_is_read_or_left_and_words_stand_for_themselves(text: str) -> None:
    period = parse_period(text)
    assert period is None or period.start or period.end
    if found := find_period(text):
        assert 0 <= found[1] < found[2] <= len(text)
        words = text[found[1] : found[2]]
        assert words == words.strip()
        assert find_period(words) == (found[0], 0, len(words))


@pytest.mark.parametrize(("text", "period"), [
    ("2023–2026", ("2023", "2026")), ("Finansieras av Vinnova, 2022–2025", ("2022", "2025")), ("Drönare | 2023-05 – 2024-04", ("2023-05", "2024-04")),
    ("Nya banor.\n\n2020–2021", ("2020", "2021")), ("2023", None), ("Turistisk plan\n2022–2026\nfinns bifogad", None), ("Plan 2022–2026", None),
])  # fmt: skip
def test_a_period_alone_in_a_paragraph_or_behind_its_last_comma_is_the_projects(
    text: str, period: tuple[str, str] | None
) -> None:
    assert (found := bare_period(text)) is None or (found[0].start, found[0].end) == period
    assert (found is None) == (period is None)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Läscirklar i byarna januari 2025–juni 2026.", ("2025-01", "2026-06")),
        ("Verkstäder under åren 2020–2022 i tre byar.", ("2020", "2022")),
        ("Arbetet varar i två år från den 1 november 2024.", ("2024-11-01", "2026-10-31")),
    ],
)
def test_two_ends_need_no_verb_in_what_is_told_of_a_project(text: str, ends: Ends) -> None:
    found = range_in(text, LISTS)
    assert found is not None
    assert (found[0].start, found[0].end) == ends


@pytest.mark.parametrize(
    "text", ["Ett torg 2020–2022 i tre byar.", "Sedan 2020 har byn en brygga.", "Möte 3 maj 2025."]
)
def test_years_and_days_of_anything_are_no_period(text: str) -> None:
    assert range_in(text, LISTS) is None


def test_a_start_and_an_end_in_two_sentences_are_one_period() -> None:
    found = find_period("Arbetet börjar i mars 2025. Då byggs en bro. Projektet ska vara klart i maj 2027.")
    assert found is not None
    assert found[0] == Period("2025-03", "2027-05", "published")


def test_an_end_of_something_else_is_not_the_projects() -> None:
    found = find_period("Arbetet börjar i mars 2025. Skolan avslutas i juni 2027.")
    assert found is not None
    assert found[0] == Period("2025-03", None, "published")


@pytest.mark.parametrize(("text", "ends"), [
    ("Klart i december 2027.", (None, "2027-12")), ("Arbetet avbröts i mars 2024.", (None, "2024-03")),
    ("Det ska påbörjas i maj 2025 och vara slutredovisat i oktober 2026.", ("2025-05", "2026-10")),
    ("Klart 2027 är oklart.", None),
])  # fmt: skip
def test_what_is_done_when_ends_then(text: str, ends: Ends | None) -> None:
    found = find_period(text)
    assert (found and (found[0].start, found[0].end)) == ends
