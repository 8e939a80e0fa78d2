"""Can the returns be trusted? A heat table that is a table, the quarters too recent to judge, the templates."""

from collections.abc import Sequence

from dashboard.components import data, filters, markup, page
from dashboard.components.figure import data_table, foot, is_synthetic
from dashboard.components.indicator import indicator_comparison
from dashboard.methods.missing import is_missing
from dashboard.read import quality
from dashboard.words import marks

COUNTRY = "Scotland"
FOLLOW_UP = "followup_recorded_13_weeks"
NO_RETURNS = "[x] No partnership has sent a return, so nothing can be said of its quality. What is published is in its own part."
TEMPLATES = (
    ("April 2019 to March 2020", "Year 1 exercise", "One collection of individual records, close to the old template"),
    ("April 2020 to September 2022", "Old template", "Individual records, each quarter"),
    ("July 2022, some councils", "Shared measurement framework template", "Which councils went first is not held [x]; "
     "sources say 11 or 13"),
    ("October 2022 on", "Shared measurement framework template", "Every council; follow-up questions changed"),
)


def quality_parts() -> dict[str, str]:
    """The page's parts; what is published comes first where no return is held."""
    sent = {"returns": "Returns and follow-ups", "unknown": "What is not known", "recent": "Too recent to judge"}
    published = {"published": "What is published"}
    return sent | published if _rows() else published | sent


def returns_sentences(area_code: str) -> list[str]:
    """Consistency across the system, then the chosen area; empty where no return is held."""
    rows = _rows()
    if not rows:
        return []
    table, measures = quality.table_of(rows), quality.measures_of(rows)
    sentences = quality.consistency_sentences(table, COUNTRY, measures)
    if area_code != data.SCOTLAND:
        name = data.area_name(area_code)
        return sentences + quality.area_sentences(name, table.get(name, {}), measures, _due(area_code))
    return sentences + quality.unknown_sentence(table, COUNTRY, measures)


def designation() -> str:
    """What the page's figures are: returns where they are held, else statistics in development."""
    return "Management information from partnership returns" if _rows() else "Official statistics in development"


def returns_figures(area_code: str) -> list[tuple[str, markup.Table]]:
    """The figures of those sentences as a table; empty where no return is held."""
    rows = _rows()
    if not rows:
        return []
    table, measures = quality.table_of(rows), quality.measures_of(rows)
    area = "" if area_code == data.SCOTLAND else data.area_name(area_code)
    rows = quality.answer_rows(table, COUNTRY, measures, area, _due(area_code))
    return [(f"The figures of this answer, newest edition. Shares recorded and not known are of {quality.FROM_ROUNDED}, "
             "without intervals",
             markup.Table(("What", "Figure", "Of"), rows, frozenset({1})))]


def holds_synthetic() -> bool:
    return is_synthetic(_answer())


def returns_table(area_code: str) -> None:
    """What was received, when, how much was rejected, and which follow-ups are recorded, by partnership."""
    _heat_section(("returns", "follow_ups"), area_code, "What was received and recorded",
                  "Each partnership's return, and follow-ups recorded when due after someone enters work: "
                  f"{quality.FROM_ROUNDED}")
    if _rows() and FOLLOW_UP in data.catalogue():
        page.section("With their intervals", f"Starts of {_last_whole_year() or 'the last whole year'} alone: a share "
                     "differs from the one above of every start year together, and may be [c], too few due in one year, "
                     "where that is not. "
                     "A low share says how much is recorded, not how many jobs lasted.")
        indicator_comparison(FOLLOW_UP, area_code, _last_whole_year(), link={"area": area_code, "part": "returns"})


def unknown_by_partnership(area_code: str) -> None:
    """The share of people whose characteristic is not known, by partnership."""
    _heat_section(("unknown",), area_code, "Whose characteristics are not known",
                  f"Share of people who started whose answer is not known, {quality.FROM_ROUNDED}")


def _heat_section(groups: Sequence[str], area_code: str, title: str, subtitle: str) -> None:
    answer = _answer()
    editions = list(dict.fromkeys(answer.rows["edition"])) if not answer.is_empty else []
    if not editions:
        page.notice(NO_RETURNS)
        return
    edition = filters.choose("edition", "Edition", {each: each for each in editions}) if len(editions) > 1 else editions[0]
    kept = answer.rows[answer.rows["edition"] == edition]
    rows = kept.to_dict("records")
    measures = [each for each in quality.measures_of(rows) if each.group in groups]
    page.section(title, f"Edition {edition}. Scotland first, then alphabetical: not a ranking.")
    by_partnership = {row["measure"] for row in rows if row["area_type"] == "partnership"}
    held = [each for each in measures if each.name in by_partnership]
    _heat_table(quality.table_of(rows), held, subtitle, data.area_name(area_code))
    if national := [each for each in measures if each.name not in by_partnership]:
        _scotland_only(quality.table_of(rows).get(COUNTRY, {}), national)
    foot(answer.keep(kept[kept["measure"].isin([each.name for each in measures]) | kept["measure"].isna()]))


def _heat_table(table: dict, measures: Sequence[quality.Measure], caption: str, chosen: str) -> None:
    """A real table: every cell says its value in words; the shade only repeats it."""
    if is_synthetic(_answer()):
        page.demonstration_notice()
    head = "".join(markup.element("th", markup.text(name), "oc-number" if place else "", scope="col")
                   for place, name in enumerate(("Area", *(each.label for each in measures))))
    body = "".join(markup.element("tr", _heat_row(area, own, measures, table), "oc-chosen" if area == chosen else "")
                   for area, own in table.items())
    html = markup.element("table", markup.element("caption", markup.text(caption)) + markup.element(
        "thead", markup.element("tr", head)) + markup.element("tbody", body), "oc-table oc-heat")
    box = markup.element("div", html, "oc-scroll", tabindex="0", role="region", **{"aria-label": caption})
    shown_marks = " · ".join(f"[{mark}] {words}" for mark, words in (
        ("c", marks.MARKS["c"]), ("low", marks.MARKS["low"]), ("x", "not sent, or not held"), ("z", marks.MARKS["z"])) if f"[{mark}]" in html)
    rule = quality.CONSISTENCY_RULE if any(each.group == "follow_ups" for each in measures) else ""
    legend = markup.paragraphs([each for each in (quality.legend_of(measures), shown_marks, rule) if each], "oc-subtitle")
    markup.write(box + legend)


def _heat_row(area: str, own: dict, measures: Sequence[quality.Measure], table: dict) -> str:
    cells = []
    for each in measures:
        value, is_country = own.get(each.name), area == COUNTRY
        total = quality.counted(table, COUNTRY, each) if is_country and each.is_flag else ""
        text = markup.text(total or each.text(value, quality.mark_of(own, each, is_country)))
        shade = each.shade(value)
        cells.append(markup.element("td", markup.element("strong", text) if shade == 3 else text,
                                    f"oc-number oc-heat-{shade}"))
    return markup.element("th", markup.text(area), scope="row") + "".join(cells)


def _scotland_only(own: dict, measures: Sequence[quality.Measure]) -> None:
    rows = [(each.label, each.text(own.get(each.name), quality.mark_of(own, each, is_country=False))) for each in measures]
    data_table(markup.Table(("Characteristic", "Not known"), rows, frozenset({1})),
               "Held for Scotland only, so that no one can be found: share not known")


def too_recent() -> None:
    """Which quarters of start are too recent to be judged, by measure, and the template in use when."""
    answer = data.ask("maturity")
    if answer.is_empty:
        page.notice(NO_RETURNS)
    else:
        page.section("Which starts are too recent to judge", "Each measure waits until people have had the time. "
                     "Newer starts are left out of every rate, chart and sentence; their counts are provisional.")
        rows = [(row["title"], f"{int(row['maturity_months'])} months",
                 "none yet" if is_missing(row["newest_label"]) else str(row["newest_label"]),
                 f"{int(row['recent_quarters'])}") for row in answer.records]
        data_table(markup.Table(("Measure", "Waits after the quarter ends", "Newest quarter of start judged",
                                 "Quarters too recent [p]"), rows, frozenset({3})),
                   "Quarters of start that are provisional, by measure, Scotland", answer)
    page.section("Which template was in use", "Follow-up questions differ between templates, so a series breaks there.")
    markup.write(markup.Table(("Starts in", "Template", "What to know"), TEMPLATES).html("Data templates by date of start"))


def _last_whole_year() -> str | None:
    """The newest year of start that had ended at the cut-off."""
    cut_off = str(data.release()["cut_off"])[:10]
    rows = data.series(FOLLOW_UP, [data.SCOTLAND], frequency="financial_year").records
    whole = [row["period"] for row in rows if str(row["end_date"])[:10] <= cut_off]
    return str(whole[-1]) if whole else None


def _answer() -> data.Answer:
    return data.ask("returns_quality")


def _due(area_code: str) -> dict[str, dict]:
    """What each share of follow-ups recorded is a share of, by measure."""
    return {row["measure"]: row for row in data.ask("follow_ups_due", area_code=area_code).records}


def _rows() -> list[dict]:
    """The newest edition's rows."""
    rows = _answer().records
    return [row for row in rows if row["edition"] == rows[0]["edition"]]
