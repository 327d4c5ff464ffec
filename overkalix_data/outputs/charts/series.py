"""The charts of a report, in the order in which a reader asks: who, (of several municipalities whose,) at what level, together, through whom, on what, for whom, when."""

from overkalix_data import analyse
from overkalix_data.analyse.one_per_project import has_several_publishers, publishers
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts.bars import completeness_chart, group_chart, level_chart, timeline_chart
from overkalix_data.outputs.charts.frame import Chart
from overkalix_data.outputs.charts.funders import funder_chart
from overkalix_data.outputs.charts.links import chain_chart, pair_chart, theme_chart
from overkalix_data.outputs.charts.publishers import publisher_chart
from overkalix_data.schema.frames import Tables


def report_charts(tables: Tables, lang: str = "sv") -> list[Chart]:
    """Every chart of these tables. Each names its source and for how many of how many projects it knows."""
    known, source = analyse.known_counts(tables), analyse.source_names(tables)
    total = known["projects"]
    own = tables["project_funders"].loc[tables["project_funders"]["role_code"] == "own", "funder_id"]
    to = tables["funders"].loc[tables["funders"]["funder_id"].isin(own), "name"].tolist()

    def foot(what: str, count: int) -> str:
        return say(
            "chart.foot_known",
            lang,
            source=source,
            what=say(f"chart.known.{what}", lang),
            known=decimal(count, lang),
            total=decimal(total, lang),
        )

    def linked(table: str) -> int:
        return int(tables["projects"]["project_id"].isin(tables[table]["project_id"]).sum())

    def whose() -> list[Chart]:
        if not has_several_publishers(tables):
            return []
        listed = publishers(tables)
        joint = int((listed.groupby("project_id").size() > 1).sum())
        return [
            publisher_chart(
                analyse.projects_per_publisher(tables),
                total,
                say("chart.foot_source", lang, source=source),
                lang,
                joint,
            )
        ]

    return [
        funder_chart(analyse.projects_per_funder(tables), known, source, lang),
        *whose(),
        level_chart(analyse.funding_mix(tables, "level"), foot("funders", known["funded"]), lang),
        pair_chart(analyse.co_funding(tables), foot("funders", known["funded"]), lang, to),
        chain_chart(
            analyse.funding_chains(tables),
            ", ".join(to) or say("chart.chains.municipality", lang),
            foot("funders", known["funded"]),
            lang,
        ),
        theme_chart(analyse.themes_by_funder(tables), foot("themes", linked("project_themes")), lang, to),
        group_chart(analyse.target_groups(tables), total, foot("groups", linked("project_target_groups")), lang),
        timeline_chart(analyse.timeline(tables), total, foot("periods", known["periods"]), lang),
        completeness_chart(analyse.completeness(tables), foot("amounts", known["amounts"]), lang),
    ]
