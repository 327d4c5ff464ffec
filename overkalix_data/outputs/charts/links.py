"""What goes with what: funders together, themes and funders, and the way of EU money."""

from collections.abc import Callable, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Shape

from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import counted, decimal, say
from overkalix_data.outputs.charts.frame import HATCHES, INK, SHADES, Chart, is_known, numbers, rows_of, wrapped
from overkalix_data.schema import TABLES

MOST = 12
"""Funders in a matrix: more names than these cannot be read on an A4 page; the foot says how many are left out."""


def matrix(values: pd.DataFrame, ax: Axes, lang: str = "sv") -> None:
    """A heat map of whole numbers with the number in every cell; rows and columns are named, an empty cell is none."""
    most = max(1, int(values.max().max())) if values.size else 1
    for y, row in enumerate(values.to_numpy()):
        for x, value in enumerate(row):
            shade = SHADES[0 if not value else 1 + min(3, int(4 * (value - 1) / most))]
            ax.fill([x, x + 1, x + 1, x], [y, y, y + 1, y + 1], facecolor=shade, edgecolor="#d0d0d0", linewidth=0.6)
            if value:
                ax.text(
                    x + 0.5,
                    y + 0.5,
                    decimal(value, lang),
                    ha="center",
                    va="center",
                    color="white" if shade == SHADES[4] else INK,
                )
    ax.set_xlim(0, max(values.shape[1], 1))
    ax.set_ylim(max(values.shape[0], 1), 0)
    ax.set_yticks([n + 0.5 for n in range(values.shape[0])], [wrapped(str(n), 42, 2) for n in values.index])
    ax.set_xticks(
        [n + 0.5 for n in range(values.shape[1])],
        [wrapped(str(n), 30, 2) for n in values.columns],
        rotation=90,
        fontsize=10,
    )
    ax.xaxis.tick_top()
    ax.tick_params(left=False, top=False)
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)


def pair_chart(pairs: pd.DataFrame, foot: str, lang: str = "sv", own: Sequence[str] = ()) -> Chart:
    """The chart of `co_funding`: a triangle of the funders that fund together most. `own` are the names of the publishing municipality."""
    either = pd.concat(
        [
            pairs[["name_a", "projects"]].set_axis(["n", "p"], axis=1),
            pairs[["name_b", "projects"]].set_axis(["n", "p"], axis=1),
        ]
    )
    order = either.groupby("n")["p"].sum().reset_index().sort_values(["p", "n"], ascending=[False, True])["n"].tolist()
    names = order[:MOST]
    values = pd.DataFrame(0, index=names[:-1], columns=names[1:])
    for row in rows_of(pairs):
        if row.name_a in names and row.name_b in names:
            first, second = sorted((row.name_a, row.name_b), key=names.index)
            values.at[first, second] = row.projects
    values = values.loc[values.any(axis=1), values.any()]
    told = ", ".join(f"{r.name_a} – {r.name_b} {decimal(r.projects, lang)}" for r in rows_of(pairs))
    title = say("chart.pairs.title_none", lang)
    if len(pairs):
        # That the municipality takes part in its own projects is no finding.
        others = pairs[~(pairs["name_a"].isin(list(own)) | pairs["name_b"].isin(list(own)))]
        best = (others if len(others) else pairs).iloc[0]
        title = counted("chart.pairs.title", int(best["projects"]), lang, a=best["name_a"], b=best["name_b"])
    return Chart("finansierar-tillsammans", title, say("chart.pairs.subtitle", lang), _foot(foot, len(order), len(names), lang),
                 say("chart.pairs.alt", lang, list=told or "–"), _under_names(values, lang), 0.34 * max(len(names), 2) + 2.6, nothing="" if len(values) else say("chart.nothing", lang),
                 numbers=numbers((say("book.funder", lang), say("chart.pairs.with", lang), say("book.projects", lang)),
                                 ((r.name_a, r.name_b, decimal(r.projects, lang)) for r in rows_of(pairs))))  # fmt: skip


def theme_chart(crossed: pd.DataFrame, foot: str, lang: str = "sv", own: Sequence[str] = ()) -> Chart:
    """The chart of `themes_by_funder`: themes down, the funders with most projects across.

    `own` are the names of the publishing municipality: that it takes part in its own themes is no finding.
    """
    theme = "name" if lang == "sv" else "name_en"
    order = (
        crossed.groupby("funder")["projects"]
        .sum()
        .reset_index()
        .sort_values(["projects", "funder"], ascending=[False, True])["funder"]
        .tolist()
    )
    names = order[:MOST]
    values = crossed.pivot_table(index=theme, columns="funder", values="projects", fill_value=0, aggfunc="sum").reindex(
        columns=names
    )
    values = (
        values.loc[values.sum(axis=1).sort_values(ascending=False, kind="stable").index].astype(int)
        if len(values)
        else values
    )
    told = ", ".join(f"{getattr(r, theme)} – {r.funder} {decimal(r.projects, lang)}" for r in rows_of(crossed))
    title = say("chart.themes.title_none", lang)
    others = crossed[~crossed["funder"].isin(list(own))]
    if len(others):
        wide = (
            others.groupby("funder")[theme]
            .nunique()
            .reset_index()
            .sort_values([theme, "funder"], ascending=[False, True])
        )
        total = crossed[theme].nunique()
        widest = wide[wide[theme] == wide[theme].max()]["funder"].tolist()
        title = say(
            "chart.themes.title",
            lang,
            funder=widest[0],
            count=decimal(wide[theme].max(), lang),
            total=decimal(total, lang),
        )
    return Chart("teman-och-finansiarer", title, say("chart.themes.subtitle", lang), _foot(foot, len(order), len(names), lang),
                 say("chart.themes.alt", lang, list=told or "–"), _under_names(values, lang), 0.42 * max(len(values), 1) + 2.7, nothing="" if len(values) else say("chart.nothing", lang),
                 numbers=numbers((TABLES["themes"].column("name").title(lang), say("book.funder", lang), say("book.projects", lang)),
                                 ((getattr(r, theme), r.funder, decimal(r.projects, lang)) for r in rows_of(crossed))))  # fmt: skip


def chain_bands(chains: pd.DataFrame, ax: Axes, to: str, lang: str = "sv") -> None:
    """Bands from each EU fund through its intermediary to the municipality, as wide as their number of projects."""
    unnamed = say("chart.chains.unnamed", lang)
    rows = [(str(r.fund), str(r.via) if is_known(r.via) else unnamed, int(r.projects)) for r in rows_of(chains)]
    funds = list(dict.fromkeys(fund for fund, _, _ in rows))
    rows.sort(key=lambda row: funds.index(row[0]))  # the bands of a fund together, so that as few as can be cross
    total = sum(n for *_, n in rows)
    gap = 0.06 * max(total, 1)
    at = [{name: start for name, (start, _) in _spans(rows, side, gap).items()} for side in (0, 1)]
    ends = 0.0 + gap * (len(at[1]) - 1) / 2
    labels = []
    for n, (fund, via, projects) in enumerate(rows):
        colour, hatch = SHADES[1 + n % 3], HATCHES[n % len(HATCHES)]
        _band(ax, (0.18, at[0][fund]), (0.4, at[1][via]), projects, colour, hatch)
        _band(ax, (0.64, at[1][via]), (0.82, ends), projects, colour, hatch)
        labels.append((at[0][fund] + at[1][via] + projects) / 2)
        at[0][fund] += projects
        at[1][via] += projects
        ends += projects
    for (_, _, projects), y in zip(rows, labels, strict=True):
        ax.text(
            0.29,
            y,
            decimal(projects, lang),
            ha="center",
            va="center",
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
    for side, x in ((0, 0.17), (1, 0.52)):
        for name, (start, size) in _spans(rows, side, gap).items():
            ax.text(
                x, start + size / 2, wrapped(name, 22), ha="right" if side == 0 else "center", va="center", fontsize=10
            )
    ax.text(0.83, total / 2 + gap * (len(at[1]) - 1) / 2, wrapped(to, 20), ha="left", va="center", fontsize=10)
    ax.set_xlim(-0.02, 1)
    ax.set_ylim(max(total, 1) + gap * max(len(at[0]), len(at[1]), 1), -gap)
    ax.axis("off")


def chain_chart(chains: pd.DataFrame, to: str, foot: str, lang: str = "sv") -> Chart:
    """The chart of `funding_chains`; `to` is the publishing municipality's name."""
    unnamed = say("chart.chains.unnamed", lang)
    told = ", ".join(
        f"{r.fund} – {r.via if is_known(r.via) else unnamed} {decimal(r.projects, lang)}" for r in rows_of(chains)
    )
    title = say("chart.chains.title_none", lang)
    if len(chains):
        first = rows_of(chains)[0]
        via = first.via if is_known(first.via) else unnamed
        title = say(
            "chart.chains.title",
            lang,
            via=via,
            count=decimal(first.projects, lang),
            total=decimal(int(chains["projects"].sum()), lang),
        )
    return Chart("eu-medlens-vag", title, say("chart.chains.subtitle", lang), foot, say("chart.chains.alt", lang, list=told or "–"),
                 lambda ax: chain_bands(chains, ax, to, lang), 0.9 * max(len(chains), 1) + 1.2, 0.03, nothing="" if len(chains) else say("chart.nothing", lang),
                 numbers=numbers((code_label("funder_type", "eu_fund", lang), code_label("role", "intermediary", lang), say("book.projects", lang)),
                                 ((r.fund, r.via if is_known(r.via) else unnamed, decimal(r.projects, lang)) for r in rows_of(chains))))  # fmt: skip


def _under_names(values: pd.DataFrame, lang: str) -> Callable[[Axes], None]:
    """Draws the matrix with room above it for its turned column names."""

    def draw(ax: Axes) -> None:
        box, figure = ax.get_position(), ax.figure
        names = 2.3 / figure.get_figheight()  # type: ignore[union-attr]
        ax.set_position((box.x0, box.y0, box.width, max(box.height - names, 0.05)))
        matrix(values, ax, lang)

    return draw


def _foot(foot: str, names: int, shown: int, lang: str) -> str:
    return (
        foot
        if shown == names
        else f"{say('chart.shown', lang, shown=decimal(shown, lang), total=decimal(names, lang))} {foot}"
    )


def _spans(rows: list[tuple[str, str, int]], side: int, gap: float) -> dict[str, tuple[float, float]]:
    """Name → where its bands start, and how many projects they hold together."""
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[str(row[side])] = sizes.get(str(row[side]), 0) + row[2]
    spans, at = {}, 0.0
    for name, size in sizes.items():
        spans[name] = (at, float(size))
        at += size + gap
    return spans


def _band(ax: Axes, start: tuple[float, float], end: tuple[float, float], size: float, colour: str, hatch: str) -> None:
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    points = [
        (x0, y0),
        (middle, y0),
        (middle, y1),
        (x1, y1),
        (x1, y1 + size),
        (middle, y1 + size),
        (middle, y0 + size),
        (x0, y0 + size),
        (x0, y0),
    ]
    codes = [Shape.MOVETO, *[Shape.CURVE4] * 3, Shape.LINETO, *[Shape.CURVE4] * 3, Shape.CLOSEPOLY]
    ax.add_patch(PathPatch(Shape(points, codes), facecolor=colour, edgecolor=INK, hatch=hatch, linewidth=0.6))
