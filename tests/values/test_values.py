"""The normalisers by literal pairs. People are invented."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold, paragraphs, pattern, slug, squeeze, variants
from overkalix_data.values.funder import named_funder
from overkalix_data.values.funders_field import split_funders
from overkalix_data.values.mentions import find_links, find_project_type, short_label
from overkalix_data.values.person import split_people
from overkalix_data.values.phone_email import email_address, find_contact_points, is_usual_phone
from overkalix_data.values.place import find_places, municipality, municipality_code
from overkalix_data.values.target_groups import split_target_groups
from overkalix_data.values.theme import find_themes

LISTS = lists_for()
FUND = "Europeiska jordbruksfonden för landsbygdsutveckling"


@pytest.mark.parametrize(("text", "expected"), [
    ("Överkalix kommun och Region Norrbotten\u00a0", ["overkalix-kommun", "region-norrbotten"]),
    ("Överkalix kommun – Tillväxtverket.", ["overkalix-kommun", "tillvaxtverket"]),
    ("Överkalix kommun-Tillväxtverket", ["overkalix-kommun", "tillvaxtverket"]),
    ("Svenska ESF-rådet samt region Norrbotten", ["esf-radet", "region-norrbotten"]),
    (f"Leader Polaris – {FUND}, Europa investerar i landsbygdsområden", ["leader-polaris", "ejflu>leader-polaris"]),
    (f"Leader Polaris — {FUND.replace(' för ', ' för' + chr(10))}", ["leader-polaris", "ejflu>leader-polaris"]),
    (f"Leader Polaris ({FUND})", ["leader-polaris", "ejflu>leader-polaris"]),
    (f"Länsstyrelsen i Norrbottens län - {FUND}", ["lansstyrelsen-norrbotten", "ejflu>lansstyrelsen-norrbotten"]),
    ("Överkalix kommun – Europeiska socialfonden", ["overkalix-kommun", "esf"]),
    ("Leader Polaris och Europeiska socialfonden", ["leader-polaris", "esf"]),
    ("Europeiska Socialfonden (ESF).", ["esf"]),
    ("Pajala kommun; Haparanda stad & Länsstyrelsen Västerbotten", ["pajala-kommun", "haparanda-stad", "lansstyrelsen-vasterbotten"]),
    ("Almi, Isolamin AB och ICA Supermarket Överkalix", ["almi", "isolamin-ab", "ica-supermarket-overkalix"]),
    ("Norrskenets vänner, Tillväxtverket", ["norrskenets-vanner", "tillvaxtverket"]),
    ("Europa investerar i landsbygdsområden", []),
    ("", []),
])  # fmt: skip
def test_funders(text: str, expected: list[str]) -> None:
    found = [m.funder.funder_id + (f">{m.via.funder_id}" if m.via else "") for m in split_funders(text, LISTS)]
    assert found == expected


@pytest.mark.parametrize(("text", "name"), [
    ("Statligt bidrag från Naturvårdsverket", "Naturvårdsverket"), ("Projektpengar från Leader Gute", "Leader Gute"),
    ("Bidrag genom Länsstyrelsen Östergötland", "Länsstyrelsen Östergötland"), ("Övrig offentlig finansiering av Kils kommun", "Kils kommun"),
    ("Beviljade medel från Boverket", "Boverket"), ("Stiftelsen för bidrag från gruvan", "Stiftelsen för bidrag från gruvan"),
])  # fmt: skip
def test_words_for_money_before_a_funder_are_no_part_of_its_name(text: str, name: str) -> None:
    (mention,) = split_funders(text, LISTS)
    assert text[mention.start : mention.end] == name


def test_an_unknown_funder_is_kept_as_published_and_falls_into_no_default() -> None:
    (mention,) = split_funders("Norrskenets vänner", LISTS)
    assert (mention.funder.name, mention.funder.funder_type_code, mention.rule) == (
        "Norrskenets vänner",
        "",
        "as_published",
    )


@pytest.mark.parametrize(("name", "kind"), [("Älvens Fiberförening", "association"), ("Byggaren i Norr AB", "company"),
                                            ("Region Jönköpings län", "region"), ("Leader Nordost", "leader_area")])  # fmt: skip
def test_a_known_form_of_name_tells_the_type(name: str, kind: str) -> None:
    (mention,) = split_funders(name, LISTS)
    assert (mention.funder.funder_type_code, mention.rule) == (kind, "form")


def test_agency_and_fund_are_two() -> None:
    agency, fund = named_funder("ESF-rådet", LISTS), named_funder("ESF", LISTS)
    assert [f.funder_id for f in (agency, fund) if f] == ["esf-radet", "esf"]


@pytest.mark.parametrize(("text", "expected"), [
    ("Privata familjeskogsbruk, lokala och regionala skogsentreprenörer och skogsbolag.",
     ["Privata familjeskogsbruk", "lokala och regionala skogsentreprenörer", "skogsbolag"]),
    ("Byarna (invånare, företag, föreningar) och vissa företag inom kommersiell service.",
     ["Byarna (invånare, företag, föreningar)", "vissa företag inom kommersiell service"]),
    ("Invånare i byar utanför tätorten Bränna. Dagligvaru- och detaljhandel, besöksnäring och restauranger,",
     ["Invånare i byar utanför tätorten Bränna", "Dagligvaru- och detaljhandel", "besöksnäring", "restauranger"]),
    ("Anställda i Överkalix kommun och i privata företag.", ["Anställda i Överkalix kommun", "i privata företag"]),
    ("Ungdomar med intresse för natur och friluftsliv", ["Ungdomar med intresse för natur och friluftsliv"]),
    ("barn och unga, äldre samt nyanlända", ["barn", "unga", "äldre", "nyanlända"]),
    ("Lokala, regionala och nationella aktörer", ["Lokala, regionala och nationella aktörer"]),
    ("Invånare;turister;besökare", ["Invånare", "turister", "besökare"]),
    (" . ", []),
])  # fmt: skip
def test_target_groups(text: str, expected: list[str]) -> None:
    assert [text[g.start : g.end] for g in split_target_groups(text, LISTS)] == expected


def test_a_group_borrows_its_head_from_the_one_before() -> None:
    groups = split_target_groups("Anställda i Överkalix kommun och i privata företag", LISTS)
    assert [(g.name, g.category_code) for g in groups] == [
        ("Anställda i Överkalix kommun", "employees"),
        ("Anställda i privata företag", "employees"),
    ]


@pytest.mark.parametrize(("name", "category"), [
    ("Relativt unga företagare", "entrepreneurs"), ("Unga", "young_people"), ("Företag inom besöksnäringen", "companies"),
    ("Personer boendes utanför Överkalix kommun", "newcomers"), ("Rymdturister", ""), ("Marsianer", ""),
])  # fmt: skip
def test_category_of_a_group(name: str, category: str) -> None:
    (group,) = split_target_groups(name, LISTS)
    assert group.category_code == category


@pytest.mark.parametrize(("text", "expected"), [
    ("Eva Ek, 070-123 45 67,\u00a0eva.ek@example.se\u00a0och Ola Al, Nyföretagarhuset Nord, 070-765 43 21, ola@example.org",
     [("Eva Ek", "", 2), ("Ola Al", "Nyföretagarhuset Nord", 2)]),
    ("Eva Ek och Ola Al, tel: 0926-740 00", [("Eva Ek", "", 0), ("Ola Al", "", 1)]),
    ("Eva Ek (näringslivschef), e-post: eva.ek@example.se", [("Eva Ek", "", 1)]),
    ("Näringslivskontoret, 0926-740 00", [("", "Näringslivskontoret", 1)]),
    ("Ek Löf, Eva, 0926-740 00", [("Eva Ek Löf", "", 1)]),
    ("Eva Ek, Bygdeforum", [("Eva Ek", "Bygdeforum", 0)]),
    ("070-123 45 67", [("", "", 1)]),
])  # fmt: skip
def test_people(text: str, expected: list[tuple[str, str, int]]) -> None:
    found = [
        (p.name[0] if p.name else "", p.organisation[0] if p.organisation else "", len(p.points))
        for p in split_people(text, LISTS)
    ]
    assert found == expected


@pytest.mark.parametrize(("text", "names"), [
    ("Kontakta, Eva Ek", ["Eva Ek"]), ("Frågor till: Eva Ek, 070-123 45 67", ["Eva Ek"]), ("kontakta", []),
])  # fmt: skip
def test_words_that_ask_the_reader_to_turn_to_somebody_are_nobody(text: str, names: list[str]) -> None:
    assert [p.name[0] for p in split_people(text, LISTS) if p.name] == names


def test_each_part_of_a_person_stands_where_its_characters_do() -> None:
    """Evidence quotes these spans: a space too many before a name would be quoted too."""
    text = "Projektledare Eva Ek, 070-123 45 67 och samordnare Ola Al, Bygdeforum"
    people = split_people(text, LISTS)
    spots = [spot for p in people for spot in (p.role_title, p.name, p.organisation) if spot]
    assert [text[a:b] for _, a, b in spots] == [words for words, _, _ in spots]
    assert [words for words, _, _ in spots] == ["Projektledare", "Eva Ek", "samordnare", "Ola Al", "Bygdeforum"]


@pytest.mark.parametrize(("text", "values"), [
    ("070-115 33 56 0926-740 26", ["+46701153356", "+4692674026"]),
    ("0926- 740 70", ["+4692674070"]), ("0940 – 140 00", ["+4694014000"]), ("010-2255437", ["+46102255437"]),
    ("070 610 21 34", ["+46706102134"]), ("+46 (0)70-123 45 67", ["+46701234567"]),
    ("Eva.Ek@Example.SE", ["eva.ek@example.se"]), ("956 81 Överkalix, 2022-2026", []),
])  # fmt: skip
def test_contact_points(text: str, values: list[str]) -> None:
    assert [p.value for p in find_contact_points(text)] == values


@given(st.from_regex(r"[a-bA-B9_+.-]{1,70}@[a-b9.-]{1,66}(\.se|\.SE|se)", fullmatch=True))
def test_a_usual_address_is_what_the_library_says_it_is(text: str) -> None:
    try:
        expected: str | None = validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        expected = None
    assert email_address(text) == expected


def test_what_is_no_address_and_no_usual_number() -> None:
    assert email_address("eva..ek@example.se") is None
    assert [is_usual_phone(t) for t in ("070-115 33 56", "0926-740 26", "0926- 740 70", "0926-585063")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("text", "expected"), [
    ("leden mellan Överkalix-Gällivare", ["Överkalix", "Gällivare"]),
    ("längs Kalix älv i Norrbottens län", ["Kalix älv", "Norrbotten"]),
    ("Vara en väg in. Mark och hav. Mora kommun", ["Mora"]),
    ("visitoverkalix.se och eva@kiruna.se", []),
])  # fmt: skip
def test_places(text: str, expected: list[str]) -> None:
    assert [p.name for p, _, _ in find_places(text, LISTS)] == expected


def test_municipality_codes_go_both_ways() -> None:
    assert (municipality("2513"), municipality_code("Kiruna kommun"), municipality("9999")) == (
        "Överkalix kommun",
        "2584",
        "",
    )


def test_themes_keep_their_words_and_abstain_when_unsure() -> None:
    text = "Att slyröja längs med Strandpromenaden"
    (theme,) = find_themes(text, LISTS)
    assert (theme.theme_code, [text[a:b] for a, b in theme.spans]) == ("friluft", ["slyröja", "Strandpromenaden"])
    assert find_themes("Att göra bra saker tillsammans, digitalt", LISTS) == []


@pytest.mark.parametrize(("text", "codes"), [
    ("Ny cykelväg längs lederna, och ett bibliotek", ["friluft", "kultur"]),
    ("Ny cykelväg och ett utegym, och ett bibliotek", ["friluft"]),
    ("Ny cykelväg och ett bibliotek", ["friluft", "kultur"]),
    ("Ny cykelväg, ett bibliotek och en lokal handel", []),
])  # fmt: skip
def test_a_second_theme_weighs_at_least_six_tenths_of_the_first(text: str, codes: list[str]) -> None:
    assert [theme.theme_code for theme in find_themes(text, LISTS)] == codes


def test_type_links_and_label() -> None:
    assert find_project_type("Förstudien ska visa vägen", LISTS) == ("pre_study", "Förstudien", 0, 10)
    assert find_project_type("Projektet har resulterat i en genomförandeansökan", LISTS) is None
    links = find_links("Plan A 2022-2026, Plan B och Plan C finns bifogat under Dokument. Se visitnorr.se.", LISTS)
    assert [(code, words) for code, words, _, _ in links] == [
        ("document", "Plan A 2022-2026"), ("document", "Plan B"), ("document", "Plan C"), ("website", "visitnorr.se"),
    ]  # fmt: skip
    assert short_label("Att starta företag.") == "Att starta företag"
    assert short_label("ord " * 40).endswith("ord …")


def test_wording() -> None:
    assert squeeze(" a\u00a0\n b\u00ad ") == "a b"
    assert paragraphs("a\nb\n\n c\r\n\r\nd") == "a b\n\nc\n\nd"
    assert fold("Leader  Polaris – FONDEN.") == fold("leader polaris - fonden")
    assert slug("Överkalix – förstudie på älven") == "overkalix-forstudie-pa-alven"
    assert pattern("*verket").fullmatch("Trafikverket")
    assert not pattern("* kommun").fullmatch("kommun")
    either = pattern("(Målet|Syftet med *) (är|var) (också |)att")
    assert all(map(either.fullmatch, ("Målet är att", "Syftet med  leden var också att")))
    assert not either.fullmatch("Målet med leden är att")
    assert variants("(a|b) c( d|)") == ["a c d", "a c", "b c d", "b c"]


@settings(max_examples=150)
@given(st.text(alphabet="aåB ,.;–-()\n\u00a0och&1@", max_size=80))
def test_no_text_makes_a_normaliser_raise_or_point_outside(text: str) -> None:
    spans = [(m.start, m.end) for m in split_funders(text, LISTS)] + [
        (g.start, g.end) for g in split_target_groups(text, LISTS)
    ]
    spans += [p.span for p in split_people(text, LISTS)] + [(a, b) for _, a, b in find_places(text, LISTS)]
    assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in spans)
