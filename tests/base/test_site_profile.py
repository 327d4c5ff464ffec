"""A site's profile: what its pages do not tell, found by the host of the address."""

from pathlib import Path

import pytest

from overkalix_data.base import site_profile as profiles
from overkalix_data.base.codelist import codelist
from overkalix_data.base.errors import InputError
from overkalix_data.base.paths import PROFILES
from overkalix_data.base.site_profile import NO_PROFILE, profile_of, read_profile
from overkalix_data.cli import main
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.schema.frames import Tables, tidy_tables

SITE = """
publisher_code = "2523"
default_status = "planned"
[[labels]]
words = "Drömmen"
field = "goal"
[[heading_words]]
words = "I hamn"
status_code = "completed"
"""
PAGE = """I hamn projekt

Röda ladan

Drömmen: Att öppna en röd verkstad.

Finansiärer: Leader Polaris

Projekt

Blå ladan

Drömmen: Att öppna en blå verkstad.

Finansiärer: Tillväxtverket
"""
FLAT = "<h3>Verkstad</h3><p>Om verkstaden.</p><h3>Bryggeri</h3><p>Om bryggeriet.</p>"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "profiles"
    folder.mkdir()
    monkeypatch.setattr(profiles, "profile_of", lambda url: profile_of(url, folder))
    monkeypatch.setattr("overkalix_data.documents.source.profile_of", lambda url: profile_of(url, folder))
    return folder / "exempel.se.toml"


def tables_at(folder: Path, name: str, text: str, url: str = "https://www.exempel.se/projekt") -> Tables:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text(f"source_id,path,url\nsida,{name},{url}\n", encoding="utf-8")
    return tidy_tables(read_pages(read_sources(str(folder)), []).records)


def test_labels_headings_status_and_municipality_come_from_the_profile(tmp_path: Path, site: Path) -> None:
    site.write_text(SITE, encoding="utf-8")
    projects = tables_at(tmp_path, "sida.txt", PAGE)["projects"]
    assert projects[["goal", "status_code", "status_basis", "publisher_code"]].to_numpy().tolist() == [
        ["Att öppna en blå verkstad.", "planned", "assumed", "2523"], ["Att öppna en röd verkstad.", "completed", "heading", "2523"],
    ]  # fmt: skip


def test_a_profile_teaches_a_registers_heading(tmp_path: Path, site: Path) -> None:
    register = (
        "Drömmens namn;Syfte;Finansiärer;Projektperiod\nRöda ladan;Att öppna en verkstad;Leader Polaris;2020-2021\n"
    )
    assert tables_at(tmp_path, "register.csv", register)["projects"]["title"].isna().all()
    site.write_text('[[labels]]\nwords = "Drömmens namn"\nfield = "title"\nform = "column"\n', encoding="utf-8")
    assert tables_at(tmp_path, "register.csv", register)["projects"]["title"].tolist() == ["Röda ladan"]


def test_another_site_does_not_have_its_words(tmp_path: Path, site: Path) -> None:
    site.write_text(SITE, encoding="utf-8")
    tables_at(tmp_path, "sida.txt", PAGE)
    assert tables_at(tmp_path, "sida.txt", PAGE, "https://annan.se/projekt")["projects"]["goal"].isna().all()
    assert all(row["words"] != "Drömmen" for row in codelist("labels"))


def test_the_level_of_the_titles_is_the_profiles_to_say(tmp_path: Path, site: Path) -> None:
    assert tables_at(tmp_path, "sida.html", FLAT)["projects"].empty
    site.write_text("title_heading = 3\n", encoding="utf-8")
    assert tables_at(tmp_path, "sida.html", FLAT)["projects"]["title"].tolist() == ["Bryggeri", "Verkstad"]


def test_the_nearest_domain_counts_and_no_address_has_no_profile() -> None:
    assert profile_of("https://www.gallivare.se/projekt").publisher_code == "2523"
    assert profile_of("https://exempel.invalid/") == profile_of("") == NO_PROFILE


@pytest.mark.parametrize("file", sorted(PROFILES.glob("*.toml")), ids=lambda p: p.stem)
def test_the_profiles_of_the_package_can_be_read(file: Path) -> None:
    assert read_profile(file).site == file.stem


@pytest.mark.parametrize(("text", "key"), [
    ("publisher_code = ", "profile_toml"), ('colour = "red"', "profile_key"), ('publisher_code = "9999"', "profile_value"),
    ('default_status = "soon"', "profile_value"), ("title_heading = 9", "profile_value"), ('[[labels]]\nwords = "Dröm"', "profile_row"),
    ('[[labels]]\nwords = "Dröm"\nfield = "dream"', "profile_value"), ('labels = "Dröm"', "profile_row"), ('[[labels]]\nwords="D"\nfield="goal"\nx="y"', "profile_key"),
])  # fmt: skip
def test_a_profile_that_is_wrong_is_refused_by_name(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "exempel.se.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_profile(file)
    assert refused.value.key == key
    assert refused.value.params["file"] == str(file)


def test_a_new_list_gets_a_draft_of_its_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "sida.html"
    page.write_text(
        f'<link rel="canonical" href="https://www.exempel.se/projekt">{"".join(f"<p>{p}</p>" for p in PAGE.split(chr(10) * 2))}',
        encoding="utf-8",
    )
    assert main(["new-source", str(page)]) == 0
    out = capsys.readouterr().out
    assert "overkalix_data/profiles/exempel.se.toml" in out
    assert '[[labels]]\nwords = "Drömmen"\nfield = ""' in out
    assert "https://www.exempel.se/projekt" in out
