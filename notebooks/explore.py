"""A look at the parquet exports: commitments over time, countries that are named together, who blames whom, and the sentences behind the rows.

make notebook                                          as an app, in the browser
marimo edit notebooks/explore.py                       to change it
python notebooks/explore.py --exports data/exports     as a script, which runs every cell and prints what it read
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="communiqué: explore")


@app.cell
def _():
    import html
    import math
    from pathlib import Path

    import altair as alt
    import marimo as mo
    import polars as pl

    return Path, alt, html, math, mo, pl


@app.cell
def _(Path, mo):
    exports = Path(mo.cli_args().get("exports") or Path(__file__).parents[1] / "data" / "exports")
    mo.stop(not exports.is_dir(), mo.md(f"There are no exports at `{exports}`. `make run` makes them; `--exports` names others."))
    return (exports,)


@app.cell
def _(exports, pl):
    def scan(name):
        """A table of the exports: one file, or a folder of parts."""
        file = exports / f"{name}.parquet"
        return pl.scan_parquet(file if file.exists() else exports / name / "*.parquet")

    texts = scan("articles")  # read when a sentence is to be shown: they are most of the exports
    articles = texts.select("article_id", "title", "published_from").collect()
    commitments, incidents, attributions = (scan(name).collect() for name in ("commitments", "incidents", "incident_attributions"))
    mentions = scan("country_mentions").select("article_id", "iso3").unique().collect()
    countries = scan("countries").collect()
    return articles, attributions, commitments, countries, incidents, mentions, texts


@app.cell
def _(articles, commitments, countries, pl):
    # What an undertaking or incident is dated by: its own date where the sentence states one, or else the day of publication.
    name_of = dict(countries.select("iso3", "name").iter_rows())
    dated = commitments.join(articles, on="article_id").with_columns(dated_on=pl.coalesce("made_from", "published_from"))
    return dated, name_of


@app.cell
def _(articles, attributions, commitments, incidents, mo):
    mo.md(f"""
    # What the articles say

    {articles.height:,} articles, {commitments.height:,} commitments, {incidents.height:,} incidents, {attributions.height:,} attributions, read from the parquet exports.
    Choose a country, and everything below follows.
    """)
    return


@app.cell
def _(mentions, mo, name_of):
    most_named = mentions["iso3"].value_counts().sort(["count", "iso3"], descending=[True, False])["iso3"].to_list()
    country = mo.ui.dropdown({name_of[iso3]: iso3 for iso3 in sorted(most_named, key=name_of.get)}, label="Country", allow_select_none=True)
    words = mo.ui.text(label="Find in the sentences", placeholder="tariffs", full_width=False)
    mo.hstack([country, words], justify="start", gap=2, wrap=True)
    return country, most_named, words


@app.cell
def _(country, dated, mo, pl):
    def of_country(frame, *columns):
        """The rows that have the chosen country in one of these columns; all of them if none is chosen."""
        if country.value is None:
            return frame
        return frame.filter(pl.any_horizontal(*(pl.col(column).list.contains(country.value) for column in columns)))

    chosen = of_country(dated, "actor_iso3", "recipient_iso3")
    timeline = (
        chosen.drop_nulls("dated_on")
        .group_by(pl.col("dated_on").dt.strftime("%Y-%m").alias("month"), "stage")
        .agg(pl.len().alias("commitments"))
        .sort("month", "stage")
    )
    mo.md(f"""
    ## Commitments by month

    {chosen.height:,} commitments, {chosen["dated_on"].null_count():,} of them without a date.
    Each is dated by the day it was made, where the article states it, or else by publication.
    """)
    return of_country, timeline


@app.cell
def _(alt, timeline):
    (
        alt.Chart(timeline, description="Bars of commitments by month, by stage")
        .mark_bar()
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=-45)),
            y=alt.Y("commitments:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1)),
            color=alt.Color(
                "stage:N",
                legend=alt.Legend(orient="top", title=None),
                scale=alt.Scale(range=["#2f6690", "#8db4d2", "#4d8f7a", "#a8431f", "#c9b458", "#8a8578"]),
            ),
            tooltip=["month", "stage", "commitments"],
        )
        .properties(width="container", height=220, usermeta={"embedOptions": {"actions": False}})
    )
    return


@app.cell
def _(mo):
    mo.md("""
    ## Countries that are named together

    A line for each pair of countries that the same articles name, the wider the more articles; the twenty most named, and the chosen one.
    """)
    return


@app.cell
def _(alt, country, math, mentions, most_named, name_of, pl):
    shown = sorted({*most_named[:20], *([country.value] if country.value else [])})
    place = {iso3: 2 * math.pi * n / len(shown) for n, iso3 in enumerate(shown)}
    nodes = pl.DataFrame(
        [(iso3, name_of[iso3], math.cos(place[iso3]), math.sin(place[iso3])) for iso3 in shown],
        schema={"iso3": pl.String, "name": pl.String, "x": pl.Float64, "y": pl.Float64},
        orient="row",
    )
    named = mentions.filter(pl.col("iso3").is_in(shown))
    edges = (
        named.join(named, on="article_id", suffix="_b")
        .filter(pl.col("iso3") < pl.col("iso3_b"))
        .group_by("iso3", "iso3_b")
        .agg(pl.len().alias("articles"))
        .sort("iso3", "iso3_b")
        .join(nodes.select("iso3", "x", "y", a="name"), on="iso3")
        .join(nodes.select(iso3_b="iso3", x2="x", y2="y", b="name"), on="iso3_b")
    )
    if country.value:
        edges = edges.filter((pl.col("iso3") == country.value) | (pl.col("iso3_b") == country.value))
    hidden = alt.Axis(labels=False, ticks=False, domain=False, grid=False, title=None)
    scale = alt.Scale(domain=[-1.25, 1.25])
    across, up = alt.X("x:Q", axis=hidden, scale=scale), alt.Y("y:Q", axis=hidden, scale=scale)
    lines = (
        alt.Chart(edges, description="Network of countries named in the same articles")
        .mark_rule(color="#4c78a8", opacity=0.55)
        .encode(x=across, y=up, x2="x2:Q", y2="y2:Q", strokeWidth=alt.StrokeWidth("articles:Q", legend=None), tooltip=["a", "b", "articles"])
    )
    points = alt.Chart(nodes).mark_circle(size=70, color="#4c78a8", opacity=1).encode(x=across, y=up, tooltip=["name"])
    labels = alt.Chart(nodes.with_columns(pl.col("x", "y") * 1.12)).mark_text(fontSize=11).encode(x=across, y=up, text="name")
    (lines + points + labels).properties(width="container", height=460, usermeta={"embedOptions": {"actions": False}}).configure_view(stroke=None)
    return (edges,)


@app.cell
def _(attributions, mo):
    stances = sorted(attributions["stance"].unique())
    stance = mo.ui.multiselect(stances, value=[value for value in stances if value != "denied"], label="Stance")
    mo.md(f"""
    ## Who blames whom

    Attributions of incidents between countries. Accusations that hedge ("suspected", "allegedly") are not assertions: choose which to count.

    {stance}
    """)
    return (stance,)


@app.cell
def _(alt, attributions, country, name_of, pl, stance):
    def country_name(column):
        return pl.col(column).replace_strict(name_of, return_dtype=pl.String)

    between = attributions.drop_nulls(["attributing_iso3", "attributed_iso3"]).filter(pl.col("stance").is_in(stance.value))
    if country.value is not None:
        between = between.filter(pl.any_horizontal(pl.col("attributing_iso3", "attributed_iso3") == country.value))
    matrix = (
        between.group_by(country_name("attributing_iso3").alias("blames"), country_name("attributed_iso3").alias("is blamed"))
        .agg(pl.len().alias("attributions"))
        .sort("blames", "is blamed")
    )
    boxes = alt.Chart(matrix, description="Matrix of who blames whom").encode(x=alt.X("is blamed:N", axis=alt.Axis(labelAngle=-40)), y="blames:N")
    shades = alt.Color("attributions:Q", legend=None, scale=alt.Scale(range=["#ece2f5", "#b79bd6"]))
    heat = boxes.mark_rect(stroke="white", strokeWidth=2).encode(color=shades, tooltip=["blames", "is blamed", "attributions"])
    figures = boxes.mark_text(color="black").encode(text="attributions:Q")
    (heat + figures).properties(width=alt.Step(34), height=alt.Step(30), usermeta={"embedOptions": {"actions": False}})
    return (matrix,)


@app.cell
def _(mo):
    mo.md("""
    ## The sentences behind the rows

    Choose a row to read its sentence in the article.
    """)
    return


@app.cell
def _(articles, attributions, dated, incidents, mo, name_of, of_country, pl, words):
    def listed(*columns):
        """Lists and names as one text, countries by their names."""
        return pl.concat_list(*(pl.col(column) for column in columns)).list.drop_nulls().list.eval(pl.element().replace(name_of)).list.join(", ")

    span = ["article_id", "start_char", "end_char"]
    told = incidents.join(articles, on="article_id").with_columns(dated_on=pl.coalesce("occurred_from", "published_from"))
    blame = attributions.join(told.select("incident_id", "article_id", "title", "dated_on"), on="incident_id")
    rows = pl.concat(
        [
            of_country(dated, "actor_iso3", "recipient_iso3").select(
                pl.lit("commitment").alias("kind"),
                "dated_on",
                listed("actors").alias("who"),
                listed("recipients").alias("whom"),
                "quote",
                "title",
                *span,
            ),
            of_country(told, "perpetrator_iso3", "target_iso3").select(
                pl.lit("incident").alias("kind"),
                "dated_on",
                listed("perpetrators").alias("who"),
                listed("targets").alias("whom"),
                "quote",
                "title",
                *span,
            ),
            of_country(blame.with_columns(either=pl.concat_list("attributing_iso3", "attributed_iso3")), "either").select(
                pl.lit("attribution").alias("kind"),
                "dated_on",
                listed("attributing_name").alias("who"),
                listed("attributed_name").alias("whom"),
                "quote",
                "title",
                *span,
            ),
        ]
    ).filter(pl.col("quote").str.to_lowercase().str.contains(words.value.lower(), literal=True))
    rows = rows.sort("dated_on", "article_id", "start_char", "kind", descending=[True, False, False, False], nulls_last=True)
    evidence = mo.ui.table(
        rows,
        selection="single",
        page_size=8,
        hidden_columns=span,
        wrapped_columns=["quote", "title"],
        show_download=False,
        show_column_summaries=False,
        show_data_types=False,
        label="Evidence",
    )
    evidence
    return evidence, rows


@app.cell
def _(evidence, html, mo, pl, texts):
    def in_place(row):
        """The sentence marked in its paragraphs, everything escaped: the text is somebody else's."""
        body = texts.filter(pl.col("article_id") == row["article_id"]).select("body").collect().item()
        start, end = row["start_char"], row["end_char"]
        first = body.rfind("\n\n", 0, start) + 2 if "\n\n" in body[:start] else 0
        last = body.find("\n\n", end)
        before, quote, after = body[first:start], body[start:end], body[end : last if last >= 0 else None]
        return (
            f'<h3>{html.escape(row["title"])}</h3><p style="max-width: 42em; line-height: 1.6">'
            f'{html.escape(before)}<mark id="evidence">{html.escape(quote)}</mark>{html.escape(after)}</p>'
        )

    chosen_rows = evidence.value.to_dicts() if evidence.value is not None else []
    mo.Html(in_place(chosen_rows[0])) if chosen_rows else mo.md("_No row is chosen._")
    return


@app.cell
def _(edges, exports, matrix, mo, rows, timeline):
    if mo.app_meta().mode == "script":
        for name, frame in {"months": timeline, "pairs of countries": edges, "attributions": matrix, "sentences": rows}.items():
            print(f"{exports}: {frame.height:,} {name}")
    return


if __name__ == "__main__":
    app.run()
