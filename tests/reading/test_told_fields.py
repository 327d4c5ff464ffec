"""What single sentences of a project say: phrases before a value, verbs behind a name; and what says nothing of it."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.reading.title_form import looks_like_title
from overkalix_data.reading.told_fields import by_phrase, by_verb
from tests.made.pages import tables_of

LISTS = lists_for()


def told(sentence: str, field: str) -> str:
    """What the sentence tells of a field, the longest phrase first; empty where it tells nothing."""
    whole = (0, len(sentence))
    found = [*by_phrase(sentence, whole, 0, LISTS), *by_verb(sentence, whole, 0, LISTS)]
    return next((sentence[p.start : p.end].strip(" .") for name, p in found if name == field), "")


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        # Costs: the whole, or the project that costs it, in either half of a sentence and any tense.
        ("Hela kostnaden är beräknad till 540 000 kronor.", "total", "540 000 kronor"),
        ("Projektets totala budget uppgick till 2 mkr.", "total", "2 mkr"),
        ("Projektet ska pågå till juni 2026 och beräknas kosta 640 000 kronor.", "total", "640 000 kronor"),
        ("Projektet ska pågå 2025-10-01 till 2027-03-31 och kosta 395 000 kronor.", "total", "395 000 kronor"),
        ("Det pågick i ett år och kostade 90 000 kronor.", "total", "90 000 kronor"),
        ("Satsningen har kostat 1,2 miljoner kronor.", "total", "1,2 miljoner kronor"),
        ("Föreningen säljer fika och en bulle ska kosta 20 kronor.", "total", ""),
        ("Projektet ska se till att bussen går och kostar 20 kronor.", "total", ""),
        ("Kostnaden för eleverna är 20 kronor.", "total", ""),
        # Who owns it: before the verb or behind it, to the next verb.
        ("Hofors kommun ägde projektet, som pågick 2020–2023.", "owner", "Hofors kommun"),
        ("Byns båtar driver projektet.", "owner", "Byns båtar"),
        ("Här prövas recept i ett kök, Almby kommun äger projektet.", "owner", "Almby kommun"),
        ("Projektet drivs av Almby byalag och pågår till juni 2026.", "owner", "Almby byalag"),
        ("Insatsen koordinerades av Almby kommun tillsammans med Byns båtar.", "owner", "Almby kommun"),
        ("Projektet genomförs av Natur och miljö i Almby.", "owner", "Natur och miljö i Almby"),
        ("Projektet ägs gemensamt av Almby IF och Byns båtar.", "owner", "Almby IF och Byns båtar"),
        ("Region Värmland leder projektet.", "owner", "Region Värmland"),
        ("Arbetet leds av Almby kommun.", "owner", "Almby kommun"),
        ("Arbetet leds av Eva Exempel.", "owner", ""),
        ("Projektet drivs av Eva Exempel.", "owner", ""),
        ("Exemplaria Okänd leder projektet.", "owner", ""),
        ("Eva Exempel driver projektet.", "owner", ""),
        ("Det är bra att någon äger projektet.", "owner", ""),
        # Who takes part.
        ("Almby kommun äger projektet och Region Gävleborg är samarbetspart.", "partners", "Region Gävleborg"),
        ("Region Värmland och Kils kommun deltog i projektet.", "partners", "Region Värmland och Kils kommun"),
        ("Projektet görs ihop med Parasport Almby.", "partners", "Parasport Almby"),
        ("Projektet genomförs juni–oktober 2024 i samverkan med PRO Almby.", "partners", "PRO Almby"),
        ("Garpenbergs gruvarbetare och Boliden deltar.", "partners", "Garpenbergs gruvarbetare och Boliden"),
        ("Skolans elever och Boliden deltar.", "partners", "Boliden"),
        ("Elever och lärare deltar.", "partners", ""),
        ("Almby kommun röjer sly och elever från Kils kommun deltar.", "partners", ""),
        ("Almby IF driver projektet ihop med Byns båtar och Kils kommun.", "partners", "Byns båtar och Kils kommun"),
        ("Projektägare är Almby IF som arbetar tillsammans med LRF Almby.", "partners", "LRF Almby"),
        ("Medverkande är Almby universitet och Takodlarna AB.", "partners", "Almby universitet och Takodlarna AB"),
        ("Biodlarna samarbetar också med Almby naturbruksgymnasium.", "partners", ""),
        ("Projektet drivs tillsammans med Eva Exempel.", "partners", ""),
        ("Projektet görs inte ihop med Parasport Almby.", "partners", ""),
        ("Region Värmland deltar inte.", "partners", ""),
        # Who pays, without a sum.
        ("Även Region Dalarna är med och finansierar projektet.", "funder", "Region Dalarna"),
        ("Även Statens kulturråd stöder projektet, med 180 000 kronor.", "funder", "Statens kulturråd"),
        ("Vinnova och Kils kommun var medfinansiärer.", "funder", "Vinnova och Kils kommun"),
        ("Det finansieras även av Leader Gute.", "funder", "Leader Gute"),
        ("Många i byn är med och betalar.", "funder", ""),
        # Aims, target groups and whom to ask.
        ("Målet med projektet Vägen in har varit att fler ska cykla.", "goal", "Målet med projektet Vägen in har varit att fler ska cykla"),
        ("Målgruppen bestod av unga i åldern 13–19 år.", "target_group", "unga i åldern 13–19 år"),
        ("Satsningen vände sig främst till slöjdare.", "target_group", "slöjdare"),
        ("Kontaktperson i byalaget är Eva Exempel, 070-174 06 35.", "contact", "Eva Exempel, 070-174 06 35"),
        ("Projektledare på museet var Eva Exempel.", "leader", "Eva Exempel"),
    ],
)  # fmt: skip
def test_a_sentence_tells_of_a_field(sentence: str, field: str, value: str) -> None:
    assert told(sentence, field) == value


def test_a_country_is_no_part_of_a_name_and_a_day_is_no_title() -> None:
    page = "Projekt: Bron\nHuvudsökande: Haparanda stad, Sverige\nPartner: Akku Oy, Finland; SINTEF, Norge\nTid: 2024\n"
    details = tables_of(page, checked=False)["project_details"].set_index("detail_code")["value"]
    assert (details["beneficiary"], details["partner_organisations"]) == ("Haparanda stad", "Akku Oy; SINTEF")
    assert not looks_like_title("27 mars kl. 12.00", LISTS)
    assert looks_like_title("27 marker", LISTS)
