"""The mutation table of the rules on privacy, EU publicity, time and money."""

import pandas as pd

from overkalix_data.schema.frames import Tables
from tests.checks.mutations.change import FAIR, MOVE, Change, both, cell

TOURISM = "project_id == 'ta-fram-turistisk-plan-samverkansplattform'"
AD = "project_id == 'marknadsfora-kommunen-naringslivskommun'"
NUMBER = "19850504-9992"


def text(words: str, where: str = AD, column: str = "description") -> Change:
    """Words in a project's text."""
    return cell("projects", where, column, words)


def grant(
    where: str, funder: str, amount: int, basis: object = "curated", kind: object = "cash", role: str = ""
) -> Change:
    """An amount of one funder of a project, with its basis and kind."""
    row = f"{where} and funder_id == '{funder}'" + (f" and role_code == '{role}'" if role else "")
    return both(*(cell("project_funders", row, c, v) for c, v in
                  {"granted_sek": amount, "amount_basis": basis, "contribution_code": kind}.items()))  # fmt: skip


def total(where: str, amount: int) -> Change:
    """A project's total cost."""
    return cell("projects", where, "total_cost_sek", amount)


def period(where: str, start: object, end: object) -> Change:
    """A project's start and end."""
    return both(cell("projects", where, "start", start), cell("projects", where, "end", end))


def status(where: str, code: str) -> Change:
    return cell("projects", where, "status_code", code)


def before(projects: int, labels: str) -> Change:
    """A snapshot before the real one, with so many projects and these labels."""

    def change(tables: Tables) -> None:
        now = tables["snapshots"]
        old = now.assign(source_id="before", projects=projects, label_text=labels)
        tables["snapshots"] = pd.concat([now.assign(previous_id="before"), old], ignore_index=True)

    return change


def retrieved(day: str) -> Change:
    return cell("sources", "index == 0", "retrieved_on", day)


def follow_up(project_id: str) -> Change:
    """The one link to a website becomes a follow-up of that project."""
    return both(cell("project_links", "relation_code == 'website'", "project_id", project_id),
                cell("project_links", "relation_code == 'website'", "relation_code", "follow_up"))  # fmt: skip


def own_and_agency(own: int, agency: int) -> Change:
    """Both parts of a project that two funders pay."""
    return both(grant(AD, "overkalix-kommun", own), grant(AD, "tillvaxtverket", agency))


def leader(
    fund: int,
    start: object = "2024-01",
    end: object = "2024-12",
    publicity: object = "Medfinansieras av Europeiska unionen",
) -> Change:
    """Money of the agricultural fund through Leader Polaris, in a finished project with the wording of its period."""
    return both(
        grant(FAIR, "ejflu", fund, role="fund"), period(FAIR, start, end), text(str(publicity), FAIR, "publicity_text")
    )


def share(amount: int) -> Change:
    """The agricultural fund's money, and what its Leader area is said to have granted beside it."""
    return both(grant(FAIR, "ejflu", 268_000, role="fund"), grant(FAIR, "leader-polaris", amount, role="intermediary"))


OLD_WORDS = "Europa investerar i landsbygdsområden"
MUTATIONS: dict[str, Change] = {
    "coverage-shrunk": before(40, "Mål"),
    "labels-vanished": before(25, "Mål; Resultat"),
    "personal-number-in-text": text(f"Anmälan görs till {NUMBER}."),
    "email-in-text": text("Fråga info@example.org om plats."),
    "phone-in-text": text("Ring 0926-740 00 för plats."),
    "contact-name-in-text": text("Anna Widéns kurs i byn."),
    "name-in-project-id": cell("contacts", "name == 'Anna Widén'", "name", "Anna Nolia"),
    "private-email": cell("contact_points", "value == 'anna.widen@overkalix.se'", "value", "anna.widen@gmail.com"),
    "contact-outside-municipality": cell("contact_points", "value == 'anna.widen@overkalix.se'", "value", "anna@example.org"),
    "fund-without-publicity": cell("projects", FAIR, "publicity_text", pd.NA),
    "publicity-without-fund": text(OLD_WORDS, AD, "publicity_text"),
    "publicity-wrong-period": period(FAIR, "2024-01", "2024-12"),
    "eu-agency-without-fund": cell("project_funders", f"{AD} and funder_id == 'tillvaxtverket'", "funder_id", "jordbruksverket"),
    "eu-project-without-goal": cell("projects", "project_id == 'kunna-erbjuda-olika-typer-aktiviteter'", "purpose", pd.NA),
    "fund-logotype-missing": both(cell("logotypes", "line == 54", "as_published", "bilden visar en logotyp"),
                                  cell("logotypes", "line == 54", "name", pd.NA)),
    "logotype-without-project": cell("logotypes", "line == 52", "name", "Vattenfall"),
    "source-old": retrieved("2025-11-22"),
    "source-in-future": retrieved("2026-11-24"),
    "period-far-future": cell("projects", MOVE, "end", "2042"),
    "period-far-past": period(TOURISM, "1994", "1996"),
    "started-but-planned": both(status(AD, "planned"), period(AD, "2026-10", "2027-10")),
    "not-started-but-ongoing": period(AD, "2026-12", "2027-10"),
    "completed-before-end": period(TOURISM, "2026-01", "2026-12"),
    "follow-up-but-ongoing": follow_up("move-on-up"),
    "open-ended": cell("projects", MOVE, "end", pd.NA),
    "amount-zero": grant(AD, "overkalix-kommun", 0),
    "amount-negative": grant(AD, "overkalix-kommun", -1),
    "granted-exceeds-total": both(total(AD, 399_999), own_and_agency(200_001, 199_999)),
    "parts-differ-from-total": both(total(AD, 400_000), own_and_agency(200_000, 199_999)),
    "amount-told-twice": share(268_000),
    "amount-without-basis": grant(AD, "overkalix-kommun", 1000, basis=pd.NA),
    "contribution-unknown": grant(AD, "overkalix-kommun", 1000, kind=pd.NA),
    "leader-grant-outside-limits": leader(1_800_001),
    "leader-share-outside-limits": both(leader(399_999), total(FAIR, 1_000_000)),
    "region-share-above-half": both(total(MOVE, 400_000), grant(MOVE, "region-norrbotten", 200_001)),
    "agency-share-above-half": both(total(AD, 400_000), own_and_agency(199_999, 200_001)),
    "total-without-parts": total(AD, 400_000),
}  # fmt: skip
REPAIRS: dict[str, Change] = {"eu-project-without-result": text("Mässan genomfördes och hade 5 000 besökare.", FAIR)}
CLEAN: dict[str, Change] = {  # the rule applies to no row of the page: here it applies to one, and passes
    "coverage-shrunk": before(25, "Mål"),
    "labels-vanished": before(25, "Mål; Finansiärer"),
    "publicity-wrong-period": period(FAIR, "2022-06", "2023-12"),
    "source-old": retrieved("2025-11-23"),
    "source-in-future": retrieved("2026-11-23"),
    "started-but-planned": both(status(AD, "planned"), period(AD, "2026-11", "2027-10")),
    "completed-before-end": period(TOURISM, "2026-01", "2026-11"),
    "amount-zero": grant(AD, "overkalix-kommun", 1),
    "amount-negative": total(AD, 0),
    "granted-exceeds-total": both(total(AD, 400_000), own_and_agency(200_000, 200_000)),
    "parts-differ-from-total": both(total(AD, 400_000), own_and_agency(200_000, 200_000)),
    "amount-told-twice": share(132_000),
    "amount-without-basis": grant(AD, "overkalix-kommun", 1000),
    "contribution-unknown": grant(AD, "overkalix-kommun", 1000),
    "leader-grant-outside-limits": leader(1_800_000),
    "leader-share-outside-limits": both(leader(400_000), total(FAIR, 1_000_000)),
    "region-share-above-half": both(total(MOVE, 400_000), grant(MOVE, "region-norrbotten", 200_000)),
    "agency-share-above-half": both(total(AD, 400_000), own_and_agency(200_000, 200_000)),
    "total-without-parts": both(total(AD, 400_000), grant(AD, "overkalix-kommun", 1000)),
}
PERIOD, AMOUNT = {"period-missing"}, {"amount-missing"}
ALONG = {rule_id: {rule_id, *others} for rule_id, others in {  # what cannot but change with it
    "publicity-wrong-period": PERIOD, "period-far-past": PERIOD, "not-started-but-ongoing": PERIOD,  # a period given is no longer missing
    "started-but-planned": PERIOD, "completed-before-end": PERIOD,
    "period-far-future": {"period-ended"},  # the later end has not passed
    "open-ended": {"period-ended"},  # nor has no end
    "source-old": {"source-undated"}, "source-in-future": {"source-undated"},  # a date given is no longer missing
    **dict.fromkeys(("amount-zero", "amount-negative", "granted-exceeds-total", "parts-differ-from-total", "amount-told-twice", "amount-without-basis",
                     "contribution-unknown", "region-share-above-half", "agency-share-above-half", "total-without-parts"), AMOUNT),
    **dict.fromkeys(("leader-grant-outside-limits", "leader-share-outside-limits"), PERIOD | AMOUNT),
}.items()}  # fmt: skip
