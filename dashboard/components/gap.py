"""The disability employment gap: its path, its two rates, what moved, and the service gap apart."""

import pandas as pd

from dashboard.charts import gap as charts
from dashboard.components import data, markup, page, tables
from dashboard.components.cards import Card, cards
from dashboard.components.figure import colours, data_table, figure, foot
from dashboard.read import wording

GAP, TARGET = "disability_employment_gap", "disability_employment_gap_target"
DISABLED, OTHERS, MILESTONE = (
    "disabled_employment_rate",
    "non_disabled_employment_rate",
    "disabled_employment_rate_milestone",
)
SERVICE = "nolb_entered_employment_rate"
PEOPLE = "nolb_participants"
NEW_WEIGHTS = "New survey weights apply from April 2019, so part of a difference across that date may come from them."


def gap_sentences() -> list[str]:
    """The latest gap, where it began and where it should be."""
    catalogue = data.catalogue()
    if GAP not in catalogue:
        return ["No figure of the gap is held."]
    indicator = catalogue[GAP]
    rows = _held(data.series(GAP, [data.SCOTLAND]))
    aims = data.ask("target_path", indicator_id=TARGET, area_code=data.SCOTLAND).records
    last = rows[-1]
    sentences = [f"The gap was **{wording.amount(last['value'], indicator)}** in {last['period_label']}."]
    first = next((row for row in rows if aims and row["period"] == aims[0]["period"]), None)
    if first is not None:
        sentences.append(
            f"It was {wording.amount(first['value'], indicator, short=True)} in "
            f"{first['period_label']}, where the target begins."
        )
        if wording.difference(last, first, indicator).direction == "untested":
            guide = wording.rough_guide(rows, first, indicator)
            sentences += ["No interval of the gap is published, so no change is tested.", guide]
            # What can be told apart may still be no change: the survey itself was weighted anew between them.
            sentences += [NEW_WEIGHTS] if guide and str(first["period"]) < "2019" <= str(last["period"]) else []
    if aims:
        sentences.append(
            f"The target is **{wording.amount(aims[-1]['value'], indicator, short=True)}** or less "
            f"by {aims[-1]['period_label']}."
        )
    return [sentence for sentence in sentences if sentence]


def gap_figure() -> None:
    """The population gap with the straight path from its baseline to its target."""
    indicator, answer = data.indicator(GAP), data.series(GAP, [data.SCOTLAND])
    if indicator is None or answer.is_empty:
        return
    aims = data.ask("target_path", indicator_id=TARGET, area_code=data.SCOTLAND)
    rows = answer.records
    figure(
        charts.gap(answer.rows, aims.rows, indicator, colours()),
        answer=answer.joined_by(aims),
        title=wording.path_title(rows, aims.records, indicator),
        subtitle="Employment rate of people who are not disabled minus that of disabled people, percentage "
        f"points, aged 16 to 64, Scotland, {rows[0]['period_label']} to {rows[-1]['period_label']}",
        alt=wording.trend_alt(rows, indicator, "Scotland") + wording.target_alt(aims.records, indicator),
        table=tables.series_table(
            [*rows, *({**aim, "series": "Target"} for aim in aims.records[1:])], indicator
        ),
        unit=indicator.unit,
        base=indicator.base,
        interval=wording.interval_note(rows, indicator),
        notes=indicator.caveats,
        link={},
    )


def rates_figure() -> None:
    """Both employment rates, and the milestones set for disabled people's."""
    catalogue = data.catalogue()
    held = [name for name in (OTHERS, DISABLED) if name in catalogue]
    if not held:
        return
    answer = data.several(held)
    aims = data.ask("target_path", indicator_id=MILESTONE, area_code=data.SCOTLAND)
    indicator = catalogue[held[-1]]
    rows = answer.rows.assign(
        series=answer.rows["indicator_id"].map({OTHERS: "Not disabled", DISABLED: "Disabled"})
    )
    records = rows.to_dict("records")
    figure(
        charts.rates(rows, aims.rows, indicator, colours()),
        answer=answer.keep(rows).joined_by(aims),
        title="Employment rates of disabled people and of others",
        subtitle="Employment rate, % of people aged 16 to 64, Scotland, years when both are published",
        alt=wording.rates_alt(records, aims.records, indicator),
        table=tables.series_table(
            [*records, *({**aim, "series": "Milestone"} for aim in aims.records)], indicator
        ),
        unit="% of people aged 16 to 64",
        base="People aged 16 to 64",
        interval=wording.interval_note(records, indicator),
        notes=indicator.caveats,
        link={},
    )


def what_moved() -> None:
    """The gap's change split exactly into its two rates, between the first and last years that hold both."""
    catalogue = data.catalogue()
    if not {OTHERS, DISABLED} <= set(catalogue):
        return
    answer = data.several([OTHERS, DISABLED])
    moved = wording.split_of_change(answer.records, OTHERS, DISABLED)
    if moved is None:
        return
    page.section("What moved", f"Arithmetic on the published rates: it says which rate changed, not why. {NEW_WEIGHTS}")
    data_table(
        markup.Table(("", moved.first, moved.last, "Difference, points"), moved.rows, frozenset({1, 2, 3})),
        f"Both rates in {moved.first} and {moved.last}, Scotland",
        answer,
    )


def service_gap() -> None:
    """The gap between disabled and other participants of the services: another number, never one chart."""
    catalogue = data.catalogue()
    if SERVICE not in catalogue:
        return
    answer = data.ask("breakdown", indicator_id=SERVICE, area_code=data.SCOTLAND)
    rows = {row["category"]: row for row in answer.records if row["characteristic"] == "disabled"}
    if not {"yes", "no"} <= set(rows):
        return
    indicator = catalogue[SERVICE]
    page.section(
        "The service gap, as published",
        "Disabled participants against other participants of these services. It is not the disability employment gap "
        "above: other people, another measure, never on one chart.",
    )
    cards(
        [
            Card(
                label,
                wording.value_text(rows[key], indicator, short=True),
                wording.interval_line(rows[key], indicator),
                base=f"{_people(rows[key]['denominator'])}{rows[key]['period_label']} · {indicator.base}",
                link=f"/indicator?id={SERVICE}&by=disabled",
            )
            for key, label in (
                ("yes", "Disabled participants who entered work"),
                ("no", "Other participants who entered work"),
            )
        ]
    )
    shown = answer.keep(pd.DataFrame([rows["yes"], rows["no"]]))
    foot(shown.joined_by(*_answers_missing(catalogue)))


def _answers_missing(catalogue) -> list[data.Answer]:
    """Says how many people's answer to the question is not known; the rows it came from."""
    if PEOPLE not in catalogue:
        return []
    people = data.ask("breakdown", indicator_id=PEOPLE, area_code=data.SCOTLAND)
    unknown = [row for row in people.records if (row["characteristic"], row["category"]) == ("disabled", "unknown")]
    for row in unknown:
        markup.write(markup.paragraphs([f"Answers missing: {wording.value_text(row, catalogue[PEOPLE])}, "
                                        f"{row['period_label']}. No rate is published for them."], "oc-subtitle"))
    return [people.keep(pd.DataFrame(unknown))] if unknown else []


def _people(count: float | None) -> str:
    return "" if wording.is_missing(count) else f"{count:,.0f} people · "


def _held(answer: data.Answer) -> list[dict]:
    return [row for row in answer.records if not wording.is_missing(row["value"])]
