"""The programme period of an EU-funded project, and the publicity it asks for: by wording or start, never by guess."""

from collections.abc import Sequence

from overkalix_data.base.codelist import Row, codelist
from overkalix_data.base.wording import pattern


def programme_period(funds: Sequence[str], publicity: str, start: str) -> Row:
    """The row of `programme_periods.csv` of a project; empty where neither its publicity line nor its start tells it.

    A wording and a fund's period are the same programme when they end in the same year: that of the agricultural fund
    began two years late.
    A start in the years when projects of two periods began tells nothing: `starts_from` and `starts_to` leave them out.
    """
    rows = [
        row
        for row in codelist("programme_periods", "fund_id", "period", "starts_from", "starts_to")
        if row["fund_id"] in funds
    ]
    end_years = {
        row["period"][-4:]
        for row in codelist("publicity")
        if pattern(row["words"]).search(publicity) and row["fund_id"] in ("", *funds)
    }
    by_words = [row for row in rows if row["period"][-4:] in end_years]
    by_start = [row for row in rows if start and row["starts_from"] <= start[:4] <= row["starts_to"]]
    fitting = by_words or by_start
    return fitting[0] if len({row["period"] for row in fitting}) == 1 else {}


def required_publicity(period: Row, funder_id: str, lang: str = "sv") -> str:
    """The line, or the logotype, that the fund's period and the funder itself ask for; empty where no source says."""
    national = (
        row[lang] for row in codelist("national_publicity", "funder_id", "sv", "en") if row["funder_id"] == funder_id
    )
    own = (lang == "en" and period.get("publicity_en")) or period.get("publicity")
    return "; ".join(filter(None, (own, *national)))


def publicity_of(funds: Sequence[str], stated: str, start: str, lang: str = "sv") -> tuple[str, str]:
    """A project's publicity line and its basis: that of the page, else the one that its fund's period asks for."""
    if stated:
        return stated, "published"
    return required_publicity(programme_period(funds, stated, start), "", lang), "derived"
