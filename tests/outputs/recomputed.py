"""Every figure computed anew by who has the published tables and the contract alone: pandas, and nothing of ours."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

CODES = Path("overkalix_data/codelists/program/codes.csv")
EU_AGENCY = "esf-radet"
"""Hands out EU money alone, so that its part is the EU's where the project names no fund."""


def published(clean: Path) -> dict[str, pd.DataFrame]:
    """The tables as anyone reads them: text, and empty is unknown."""
    return {path.stem: pd.read_csv(path, dtype="string", keep_default_na=True) for path in clean.glob("*.csv")}


def money(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The parts of the funding that are money of their own, by the contract's rule; `counts`: the sums add them up."""
    rows = tables["project_funders"].assign(sek=lambda t: pd.to_numeric(t["granted_sek"]).fillna(-1).astype(int))
    rows = rows[rows["contribution_code"].fillna("") != "voluntary_time"]
    firsts = dict(tables["projects"][["project_id", "duplicate_of"]].dropna().itertuples(index=False))
    kept = []
    for row in rows.itertuples():
        project = rows[rows["project_id"] == row.project_id]
        through = project[(project["via_funder_id"] == row.funder_id).fillna(False)]["sek"]
        channel = project[(project["role_code"] == "intermediary") & (project["funder_id"] == str(row.via_funder_id))]
        is_channel = row.role_code == "intermediary" and len(through) > 0
        told_again = is_channel and (row.sek <= 0 or row.sek in [*through, through.sum()])
        stands_at_channel = row.sek < 0 and bool((channel["sek"] > 0).any()) and bool((project.loc[
            (project["via_funder_id"] == row.via_funder_id).fillna(False), "sek"] < 0).all())  # fmt: skip
        if not told_again and not stands_at_channel:
            eu = row.role_code == "fund" or (is_channel and bool((through < 0).all()))
            agency = row.funder_id == EU_AGENCY and "fund" not in set(project["role_code"])
            kept.append({"project_id": row.project_id, "funder_id": row.funder_id, "role_code": row.role_code,
                         "sek": row.sek if row.sek >= 0 else None, "is_eu": eu or agency,
                         "counts": row.project_id not in firsts})  # fmt: skip
    return pd.DataFrame(kept)


def of_money(parts: pd.DataFrame) -> tuple[int, int, int]:
    """The sum in whole kronor, of how many parts it is known, and how many there are."""
    return int(parts.loc[parts["counts"], "sek"].sum()), int(parts["sek"].notna().sum()), len(parts)


def by_funder(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[int, int, int]]:
    """Funder's name → its sum, known for n of N parts."""
    names = tables["funders"].set_index("funder_id")["name"].to_dict()
    return {names[funder]: of_money(parts) for funder, parts in money(tables).groupby("funder_id")}


def levels(tables: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """Level → per cent: the mean of each project's own shares, every funder but the intermediaries weighing the same.

    Funders are counted here, not kronor: an agency is of its own level.
    """
    rows = tables["project_funders"]
    level = rows["funder_id"].map(tables["funders"].set_index("funder_id")["level_code"].to_dict())
    rows = rows.assign(level=level)[rows["role_code"] != "intermediary"]
    shares = rows.groupby("project_id")["level"].value_counts(normalize=True).unstack(fill_value=0)
    return {str(code): round(100 * share, 1) for code, share in shares.mean().items()}


def level_of_money(parts: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """The level of each part of `money`: its funder's own, but where it stands for its fund's."""
    own = parts["funder_id"].map(tables["funders"].set_index("funder_id")["level_code"].to_dict())
    return own.mask(parts["is_eu"] & (parts["funder_id"] != EU_AGENCY), "eu")


def figures(tables: Mapping[str, pd.DataFrame], today: str) -> dict[str, tuple[int, ...]]:
    """Figure → its numbers."""
    projects, parts, funding = tables["projects"], money(tables), tables["project_funders"]
    status = projects["status_code"].value_counts()
    n, cost = len(projects), pd.to_numeric(projects["total_cost_sek"])
    known = projects["project_id"].isin(funding.dropna(subset=["granted_sek"])["project_id"]) | cost.notna()
    with_fund = set(funding.loc[funding["role_code"] == "fund", "project_id"])
    agency = set(funding.loc[funding["funder_id"] == EU_AGENCY, "project_id"]) - with_fund
    ended = projects[projects["status_code"] == "ongoing"]["end"].dropna()
    failed, found = tables["checks"].query("failed != '0'"), tables["findings"]
    own, granted = set(funding.loc[funding["role_code"] == "own", "funder_id"]), of_money(parts)[0]
    external = funding[~funding["funder_id"].isin(own)].groupby("funder_id")["project_id"].nunique()
    told = {
        f"checks_{code}": (int((failed["severity"] == code).sum()), int((found["severity"] == code).sum()))
        for code in ("warning", "info")
    }
    return told | {
        "shares": tuple(
            round(100 * of_money(parts[of])[0] / granted) for of in (parts["role_code"] == "own", parts["is_eu"])
        ),
        "own_projects": (funding.loc[funding["role_code"] == "own", "project_id"].nunique(), n),
        "top_funder": (int(external.max()), n),
        "theme": (max(per_theme(tables).values()), n),
        "group": (max(per_group(tables).values()), n),
        "findings": (len(found),),
        "warnings": told["checks_warning"][:1],
        "status": (n, status["ongoing"], status["completed"]),
        "ongoing": (status["ongoing"], n),
        "completed": (status["completed"], n),
        "assumed": (int((projects["status_basis"] == "assumed").sum()),),
        "granted": of_money(parts),
        "own": of_money(parts[parts["role_code"] == "own"]),
        "eu": of_money(parts[parts["is_eu"]]),
        "cost": (int(cost[projects["duplicate_of"].isna()].sum()), int(cost.notna().sum()), n),
        "amounts": (int(known.sum()), n),
        "periods": (int((projects["start"].notna() | projects["end"].notna()).sum()), n),
        "titles": (int(projects["title"].notna().sum()), n),
        "contacts": (int(projects["project_id"].isin(tables["project_contacts"]["project_id"]).sum()), n),
        "eu_projects": (len(with_fund), n, len(agency)),
        "changes": (tables["changes"]["project_id"].nunique(),),
        "ended": (int(sum(pd.Period(day).end_time < pd.Timestamp(today) for day in ended)),),
        "fundings": (len(tables["funders"]), len(funding)),
        "parts": (len(funding), len(parts)),
        "texts": (int(projects["duplicate_of"].isna().sum()),),
    }


def of_projects(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[int | None, int, int]]:
    """project_id → the kronor granted to it, of how many of its parts they are known, and how many there are."""
    told = money(tables).groupby("project_id")["sek"]
    return {
        str(key): (int(sek.sum()) if sek.notna().any() else None, int(sek.notna().sum()), len(sek)) for key, sek in told
    }


def in_words(listed: str, lang: str) -> dict[str, str]:
    """Code → its words, of a published list of codes."""
    rows = pd.read_csv(CODES, dtype="string", keep_default_na=False)
    return rows[rows["codelist"] == listed].set_index("code")[lang].to_dict()


def per_funder(tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Funder's name → the projects that it takes part in."""
    names = tables["funders"].set_index("funder_id")["name"]
    counts = tables["project_funders"].groupby("funder_id")["project_id"].nunique()
    return {str(names[funder]): int(n) for funder, n in counts.items()}


def per_theme(tables: Mapping[str, pd.DataFrame], lang: str = "sv") -> dict[str, int]:
    """Theme → its projects."""
    names = tables["themes"].set_index("theme_code")["name" if lang == "sv" else "name_en"]
    counts = tables["project_themes"].groupby("theme_code")["project_id"].nunique()
    return {str(names[code]): int(n) for code, n in counts.items()}


def per_group(tables: Mapping[str, pd.DataFrame], lang: str = "sv") -> dict[str, int]:
    """Category of target group → the projects that are for it."""
    category = tables["project_target_groups"].merge(tables["target_groups"], on="target_group_id")
    counts, words = category.groupby("category_code")["project_id"].nunique(), in_words("target_group_category", lang)
    return {words[str(code)]: int(n) for code, n in counts.items()}


def pairs(tables: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], int]:
    """Two funders' names, by id → the projects that both fund, but for an EU fund and who passes its money on."""
    names, rows = tables["funders"].set_index("funder_id")["name"], tables["project_funders"]
    links = rows[["project_id", "funder_id"]].drop_duplicates()
    both = links.merge(links, on="project_id", suffixes=("_a", "_b")).query("funder_id_a < funder_id_b")
    via = rows.dropna(subset=["via_funder_id"])[["project_id", "funder_id", "via_funder_id"]]
    chains = {(p, *sorted(chain)) for p, *chain in via.itertuples(index=False)}
    both = both[[row not in chains for row in both.itertuples(index=False, name=None)]]
    counts = both.groupby(["funder_id_a", "funder_id_b"]).size()
    return {(str(names[a]), str(names[b])): int(n) for (a, b), n in counts.items()}


def charts(tables: Mapping[str, pd.DataFrame], lang: str = "sv") -> dict[str, set[tuple[str, ...]]]:
    """Chart → its rows, each as its words and figures stand."""
    names, themes = tables["funders"].set_index("funder_id")["name"], tables["themes"].set_index("theme_code")
    funding, projects = tables["project_funders"], tables["projects"]
    funds, no_one = (
        funding[funding["role_code"] == "fund"],
        {"sv": "Ingen förmedlare nämns", "en": "No intermediary is named"},
    )
    chains = funds.fillna({"via_funder_id": ""}).groupby(["funder_id", "via_funder_id"])["project_id"].nunique()
    about = tables["project_themes"][["project_id", "theme_code"]].merge(
        funding[["project_id", "funder_id"]].drop_duplicates()
    )
    theme, known_of = "name" if lang == "sv" else "name_en", {"sv": "av", "en": "of"}[lang]
    level, status = in_words("level", lang), in_words("status", lang)
    dated = projects[projects["start"].notna() | projects["end"].notna()].fillna({"start": "?", "end": "?"})
    return {
        "projekt-per-finansiar": {(name, str(n)) for name, n in per_funder(tables).items()},
        "beviljat-per-finansiar": {
            (name, written(sek, lang), f"{known} {known_of} {of}")
            for name, (sek, known, of) in by_funder(tables).items()
            if known
        },
        "finansiering-per-niva": {(level[code], per_cent(share, lang)) for code, share in levels(tables).items()},
        "finansierar-tillsammans": {(*both, str(n)) for both, n in pairs(tables).items()},
        "eu-medlens-vag": {
            (names[fund], names[via] if via else no_one[lang], str(n)) for (fund, via), n in chains.items()
        },
        "teman-och-finansiarer": {
            (themes.loc[code, theme], names[funder], str(n))
            for (code, funder), n in about.groupby(["theme_code", "funder_id"])["project_id"].nunique().items()
        },
        "malgrupper": {(name, str(n)) for name, n in per_group(tables, lang).items()},
        "tidslinje": {(row.label, status[row.status_code], row.start, row.end) for row in dated.itertuples()},
    }


def written(number: int, lang: str) -> str:
    """A whole number as people write it."""
    return f"{number:,}".replace(",", " " if lang == "sv" else ",")


def per_cent(share: float, lang: str) -> str:
    """A share as people write it."""
    return f"{share:.1f}%" if lang == "en" else f"{share:.1f} %".replace(".", ",")
