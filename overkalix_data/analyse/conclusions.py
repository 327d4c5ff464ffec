"""What the figures say, in sentences: each is computed from the tables, and left out where nothing is known of it."""

from typing import Any

import pandas as pd

from overkalix_data.analyse.counts import counted_once, known_counts, projects_per_funder
from overkalix_data.analyse.eu import agency_total, eu_money
from overkalix_data.analyse.kronor import granted_total
from overkalix_data.analyse.mix import co_funding, funding_mix
from overkalix_data.analyse.subjects import concentration, target_groups, themes
from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import counted, counts, decimal, kronor, listed, percent, say
from overkalix_data.schema.frames import Tables, rows_of


@counted_once
def funding_conclusions(tables: Tables, lang: str = "sv") -> list[str]:
    """Who pays most often, at what level, how much of it is the EU's, who joins whom, and what is known in kronor?"""
    funders, total = projects_per_funder(tables), known_counts(tables)["projects"]
    is_own = funders["is_own"].astype(bool)
    external, own = funders[~is_own], set(funders.loc[is_own, "funder_id"])
    pairs = co_funding(tables)
    pairs = pairs[~pairs["funder_a"].isin(own) & ~pairs["funder_b"].isin(own)]
    return [
        *_most("funding.most", external, total, lang),
        *_levels(tables, lang),
        *_eu(tables, total, lang),
        *(_pair(pair, lang) for pair in rows_of(pairs.head(1))),
        *_alone(tables, own, lang),
        _granted(tables, lang),
    ]


@counted_once
def theme_conclusions(tables: Tables, lang: str = "sv") -> list[str]:
    """What are most projects about and for whom, which themes lean on one funder, and how are the themes known?"""
    total, name = known_counts(tables)["projects"], "name" if lang == "sv" else "name_en"
    counted_themes, leaning = (
        frame.assign(name=[say("conclude.name", lang, name=words) for words in frame[name]])
        for frame in (themes(tables), concentration(tables).dropna(subset=["hhi"]))
    )
    groups = target_groups(tables).dropna(subset=["category_code"])
    labels = (code_label("target_group_category", code, lang) for code in groups["category_code"])
    groups = groups.assign(name=[say("conclude.name", lang, name=words) for words in labels])
    bases = tables["project_themes"]["basis"]
    return [
        *_most("themes.most", counted_themes, total, lang),
        *_named("themes.ended", counted_themes.loc[counted_themes["ongoing"] == 0, "name"], lang),
        *(_leaning(theme, lang) for theme in rows_of(leaning.head(1))),
        *(
            _say("themes.broad", lang, theme=r["name"], **counts(lang, external=r["funders"]))
            for r in rows_of(leaning.tail(1))
        ),
        *_most("themes.groups", groups, total, lang),
        *([_basis(bases, lang)] if len(bases) else []),
    ]


def _most(key: str, frame: pd.DataFrame, total: int, lang: str) -> list[str]:
    """The one, or those, with most projects."""
    most = frame[frame["projects"] == frame["projects"].max()]
    return _named(key, most["name"], lang, projects=int(frame["projects"].max()), total=total) if len(most) else []


def _named(key: str, names: pd.Series, lang: str, **values: object) -> list[str]:
    """The sentence over these names, singular of one; none without any."""
    form = f"{key}.several" if len(names) > 1 else key
    return [_say(form, lang, names=listed([*names], lang), **values)] if len(names) else []


def _pair(pair: dict[str, Any], lang: str) -> str:
    values = {"a": pair["name_a"], "b": pair["name_b"], "lift": decimal(pair["lift"], lang, 1)}
    return _say("funding.pair", lang, **values, **counts(lang, projects=pair["projects"]))


def _leaning(theme: dict[str, Any], lang: str) -> str:
    share, values = decimal(100 * theme["largest_share"], lang), {"theme": theme["name"], "funder": theme["largest"]}
    return _say("themes.leaning", lang, **values, **counts(lang, projects=theme["projects"]), share=share)


def _basis(bases: pd.Series, lang: str) -> str:
    derived = int((bases == "derived").sum())
    return _say("themes.basis", lang, derived=derived, given=len(bases) - derived, of=len(bases))


def _levels(tables: Tables, lang: str) -> list[str]:
    mix = funding_mix(tables, "level").dropna(subset=["key"]).sort_values("share", ascending=False)
    shares = [
        f"{code_label('level', key, lang)} {percent(share, lang)}"
        for key, share in zip(mix["key"], mix["share"], strict=True)
    ]
    return [_say("funding.levels", lang, levels=listed(shares, lang))] if shares else []


@counted_once
def level_note(tables: Tables, lang: str = "sv", *, in_kronor: bool = False) -> str:
    """Why the EU's level is not all of the EU's money: an agency that hands it out is of its own. Empty: it is all."""
    agencies, total = sorted(set(eu_money(tables)["agency"].dropna())), agency_total(tables)
    key = "funding.agency_sek" if in_kronor and total.sek else "funding.agency"
    return _say(key, lang, names=listed(agencies, lang), sum=kronor(total.sek or 0, lang)) if agencies else ""


def _eu(tables: Tables, total: int, lang: str) -> list[str]:
    eu = eu_money(tables)
    through = eu["agency"].dropna()
    lines = [_say("funding.eu", lang, projects=len(eu), total=total)]
    names = listed(sorted(set(through)), lang)
    return [*lines, counted("conclude.funding.through", len(through), lang, names=names)] if len(through) else lines


def _alone(tables: Tables, own: set[str], lang: str) -> list[str]:
    funding = tables["project_funders"]
    external = funding[~funding["funder_id"].isin(own) & (funding["role_code"] != "intermediary")]
    one = int((external.groupby("project_id")["funder_id"].nunique() == 1).sum())
    return [counted("conclude.funding.alone", one, lang)] if one else []


def _granted(tables: Tables, lang: str) -> str:
    total = granted_total(tables)
    key = "funding.no_amount" if total.sek is None else "funding.granted"
    return _say(key, lang, sum=kronor(total.sek or 0, lang), known=total.known, of=total.of)


def _say(key: str, lang: str, **values: object) -> str:
    words = {name: decimal(value, lang) if isinstance(value, int) else value for name, value in values.items()}
    return say(f"conclude.{key}", lang, **words)
