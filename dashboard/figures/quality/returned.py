"""Can the returns be trusted? Their answer, a heat table that is a table, and one year with its intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, Table, plain, plot, table
from dashboard.figures import comparison as comparisons
from dashboard.figures import compose
from dashboard.figures.quality import measures as quality
from dashboard.figures.quality import published, words
from dashboard.figures.recipe import Chooser
from dashboard.methods.missing import is_missing
from dashboard.read import rates
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import marks, phrases

COUNTRY = "Scotland"
FOLLOW_UP = "followup_recorded_13_weeks"
NO_RETURNS = Absent("[x] No partnership has sent a return, so nothing can be said of its quality. What is published is in "
                    "its own part.")
# The views that hold the counts behind a share, and their columns: the part and the whole.
COUNTED = (("follow_ups_due", "answered", "due"), ("answers_not_known", "not_known", "people"))
MARKS = {"c": marks.MARKS["c"], "u": marks.MARKS["u"], "low": marks.MARKS["low"], "x": "not sent, or not held", "z": marks.MARKS["z"]}
OF_EVERY_YEAR = f"None: shares of {words.FROM_ROUNDED}."
INTERVALS = ("95% where it stands beside a share, for chance and the rounding of each count added up. "
             f"None for other shares, of {words.FROM_ROUNDED}.")


def _editions(edition: Edition, _: Choice) -> Mapping[str, str]:
    """The editions of returns to choose from; none where there is no choice."""
    held = {str(row["edition"]): str(row["edition"]) for row in edition.ask("returns_quality").rows}
    return held if len(held) > 1 else {}


EDITION = Chooser("edition", "Edition", _editions)


def holds_returns(edition: Edition) -> bool:
    """Whether anything is held of the quality of returns."""
    return not edition.ask("returns_quality").is_empty


def held_rows(edition: Edition, chosen: str = "") -> Sequence[Row]:
    """The rows of one edition of the returns, else of the newest: those with counts behind them with interval and mark."""
    return edition.once(f"quality: rows of the returns {chosen}", lambda edition: plain(_held_rows(edition, chosen)))


def _held_rows(edition: Edition, chosen: str) -> list[Row]:
    rows = edition.ask("returns_quality").rows
    newest = rows[0]["edition"] if rows else ""
    kept = [row for row in rows if row["edition"] == (chosen or newest)]
    if chosen not in ("", newest):
        return kept
    counted = {(row["area_code"], row["measure"]): (row[part], row[whole], row["cells"]) for view, part, whole in COUNTED
               for row in edition.ask(view).rows}
    return [row | _made_again(*counted.get((row["area_code"], row["measure"]), (None, None, 0))) for row in kept]


def _made_again(part: float | None, whole: float | None, cells: int) -> dict:
    """A share with its interval and mark, from the counts of the newest years; shares of 0 to 1. Nothing without counts."""
    if is_missing(whole):
        return {}
    made = rates.rate(float(part or 0), float(whole), int(cells))
    return {name: None if made[name] is None else made[name] / 100 for name in rates.HIDDEN} | {
        "obs_status": made["obs_status"]}


@dataclass(frozen=True)
class Read:
    """The newest edition of the returns: what is measured, shares by area and measure, those of them that are reliable, and
    what stands beside a share."""

    measures: Sequence[quality.Measure]
    shares: Mapping[str, Mapping[str, float | None]]
    reliable: Mapping[str, Mapping[str, float | None]]
    beside: Mapping[tuple[str, str], str]


def _read(edition: Edition) -> Read:
    def made(edition: Edition) -> Read:
        rows = held_rows(edition)
        return Read(quality.measures_of(rows), quality.table_of(rows), quality.reliable_of(rows), quality.beside_of(rows))

    return edition.once("quality: measures of the returns", made)


def sentences(edition: Edition, area_code: str) -> list[str]:
    """Consistency across the system, then one partnership; empty where no return is held."""
    rows = held_rows(edition)
    if not rows:
        return []
    read, due = _read(edition), _due(edition, area_code)
    said = words.consistency_sentences(read.reliable, COUNTRY, read.measures, words.when(due))
    name = edition.area_name(area_code)
    return said + words.area_sentences(name, read.shares.get(name, {}), read.measures, due, read.beside)


def figures(edition: Edition, area_code: str, title: str) -> tuple[Figure, ...]:
    """The figures of those sentences as a table; nothing where no return is held."""
    rows = held_rows(edition)
    if not rows:
        return ()
    area = "" if area_code == SCOTLAND else edition.area_name(area_code)
    read = _read(edition)
    lines = words.answer_rows(read.reliable, read.shares.get(area, {}), COUNTRY, read.measures, area, _due(edition, area_code),
                              read.beside, words.many_unknown(rows, COUNTRY), _years_known(edition))
    caption = "The figures of this answer, newest edition. Shares recorded are of the newest years"
    answer = edition.ask("returns_quality").keep(rows).joined_by(*(edition.ask(view) for view, *_ in COUNTED))
    return (compose.figure(edition, answer, title=title, subtitle=caption,
                           table=table(caption, ("What", "Figure", "Of"), lines, {1}), unit="Each row in its own unit",
                           base="As each row says", interval=INTERVALS),)


def _due(edition: Edition, area_code: str) -> Mapping[str, Row]:
    """What each share of follow-ups recorded is a share of, by measure."""
    return {str(row["measure"]): row for row in edition.ask("follow_ups_due").rows if row["area_code"] == area_code}


def _years_known(edition: Edition) -> str:
    """The years of the shares not known, in words."""
    return words.when({str(row["measure"]): row for row in edition.ask("answers_not_known").rows})


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """Whether the returns can be trusted; without returns, the published facts that matter most."""
    area_code = choice.of("area", SCOTLAND)
    rows = held_rows(edition)
    if not rows:
        return compose.at_a_glance(compose.say(edition, choice, published.sentences(edition), "quality.answer_figures"))
    read, due = _read(edition), _due(edition, area_code)
    if area_code != SCOTLAND:
        name = edition.area_name(area_code)
        texts = words.area_sentences(name, read.shares.get(name, {}), read.measures, due, read.beside)
        return compose.at_a_glance(compose.say(edition, choice, texts, "quality.answer_figures"))
    sent, *spread = words.consistency_sentences(read.reliable, COUNTRY, read.measures, words.when(due))
    texts = [sent, words.care_sentence(_cared_for(rows)), " ".join(spread)]
    return compose.at_a_glance(compose.say(edition, choice, texts, "quality.answer_figures", "quality.care"))


def _cared_for(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Why the return of each partnership is to be read with care, by name in the order of the alphabet."""
    held, measures = quality.reliable_of(rows), quality.measures_of(rows)
    least = {str(row["area"]): row["value"] if is_missing(row.get("lower_ci")) else row["lower_ci"] for row in rows
             if row["measure"] == "unknown_disabled"}
    reasons = {area: words.reasons(own, measures, least.get(area)) for area, own in sorted(held.items()) if area != COUNTRY}
    return {area: why for area, why in reasons.items() if why}


def care(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """Whose return to read with care, by name and with each reason: by stated limits, never a rank; and how many lack answers."""
    rows = held_rows(edition)
    if not rows:
        return ()
    found, count = _cared_for(rows), sum(row["measure"] == "received" for row in rows if row["area"] != COUNTRY)
    caption = f"Returns to read with care, edition {rows[0]['edition']}, in the order of the alphabet"
    lines = [(area, phrases.sentence_case("; ".join(why))) for area, why in found.items()] or [("None", "No limit is crossed")]
    shown = table(caption, ("Partnership", "Why"), lines)
    made = compose.figure(
        edition, edition.ask("returns_quality").keep(rows).joined_by(edition.ask("follow_ups_due")),
        title=words.care_title(len(found), count), subtitle=caption, table=shown,
        unit="Shares as each row says", base="Each area's return", interval=INTERVALS, notes=(words.CARE_RULE,))
    return (replace(made, marks=_marks_in(shown)),
            *compose.say(edition, choice, words.unknown_sentence(words.many_unknown(rows, COUNTRY), _years_known(edition)), "quality.answer_figures"))


def answer_figures(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The figures of the answer."""
    own = figures(edition, choice.of("area", SCOTLAND), "The figures of this answer")
    return own or published.answer_figures(edition)


def received(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """What was received, when, how much was rejected, and which follow-ups are recorded, by partnership."""
    return _by_partnership(
        edition, choice, ("returns", "follow_ups"), "What was received and recorded",
        f"Each partnership's return, and follow-ups recorded when due: {words.when(_due(edition, SCOTLAND))}")


def unknown(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The share of people whose characteristic is not known, by partnership."""
    return _by_partnership(
        edition, choice, ("unknown",), "Whose characteristics are not known",
        f"Share of people who started whose answer is not known, with 95% intervals: {_years_known(edition)}")


def _by_partnership(edition: Edition, choice: Choice, groups: Sequence[str], title: str,
                    caption: str) -> tuple[Figure | Absent, ...]:
    rows = held_rows(edition, choice.of("edition"))
    if not rows:
        return (NO_RETURNS,)
    measures = [each for each in quality.measures_of(rows) if each.group in groups]
    in_partnerships = {row["measure"] for row in rows if row["area_type"] == "partnership"}
    held = edition.ask("returns_quality").keep(rows)
    heat = _heat(edition, held, [each for each in measures if each.name in in_partnerships], title, caption,
                 edition.area_name(choice.of("area", SCOTLAND)))
    national = [each for each in measures if each.name not in in_partnerships]
    return (heat, _scotland_only(edition, held, national)) if national else (heat,)


def _heat(edition: Edition, held: Answer, measures: Sequence[quality.Measure], title: str, caption: str, chosen: str) -> Figure:
    """A real table: every cell says its value in words; the shade only repeats it. What is alike everywhere is said once, under it."""
    by_area, beside = quality.table_of(held.rows), quality.beside_of(held.rows)
    alike = _alike(by_area, measures)
    measures = [each for each in measures if each.name not in alike]
    lines = [(area, *(_cell(by_area, area, each) + beside.get((area, each.name), "") for each in measures))
             for area in by_area]
    shades = [{"area": area, "shades": [each.shade(own.get(each.name)) for each in measures]} for area, own in by_area.items()]
    shown = table(caption, ("Area", *(each.label for each in measures)), lines, range(1, len(measures) + 1))
    has_intervals = any((area, each.name) in beside for area in by_area for each in measures)
    rule = words.CONSISTENCY_RULE if any(each.group == "follow_ups" for each in measures) else ""
    made = compose.figure(
        edition, _of_measures(held, measures), title=title,
        subtitle=f"Edition {held.rows[0]['edition']}. Scotland first, then alphabetical: not a ranking.", table=shown,
        plot=plot("heat", shades, f"A table of {len(lines)} areas and {len(measures)} measures, in words", chosen=chosen),
        unit="Yes or no, or a share of what each measure counts", base="Each area's return",
        interval=INTERVALS if has_intervals else OF_EVERY_YEAR,
        notes=(words.alike_sentence(alike.values()), words.legend_of(measures), rule))
    return replace(made, marks=_marks_in(shown))


def _alike(by_area: Mapping[str, Mapping[str, float | None]], measures: Sequence[quality.Measure]) -> dict[str, tuple[str, str]]:
    """{measure: its label and what it says} of those that say the same of each of several partnerships; not of all there are."""
    areas = [area for area in by_area if area != COUNTRY]
    said = {each.name: {_cell(by_area, area, each) for area in areas} for each in measures}
    found = {each.name: (each.label, *said[each.name]) for each in measures if len(said[each.name]) == 1}
    return found if len(areas) > 1 and len(found) < len(measures) else {}


def _cell(by_area: Mapping[str, Mapping[str, float | None]], area: str, measure: quality.Measure) -> str:
    """The value in words, of Scotland how many partnerships a flag is true for, or the mark where there is none."""
    own, is_country = by_area[area], area == COUNTRY
    total = words.counted(by_area, COUNTRY, measure) if is_country and measure.is_flag else ""
    return total or measure.text(own.get(measure.name), quality.mark_of(own, measure, is_country))


def _scotland_only(edition: Edition, held: Answer, measures: Sequence[quality.Measure]) -> Figure:
    own, beside = quality.table_of(held.rows).get(COUNTRY, {}), quality.beside_of(held.rows)
    caption = "Held for Scotland only, so that no one can be found: share not known"
    lines = [(each.label, each.text(own.get(each.name), quality.mark_of(own, each, is_country=False))
              + beside.get((COUNTRY, each.name), "")) for each in measures]
    shown = table(caption, ("Characteristic", "Not known"), lines, {1})
    made = compose.figure(edition, _of_measures(held, measures), title="Held for Scotland only", subtitle=caption, table=shown,
                          unit="% of people who started", base="Everyone in the returns of Scotland", interval=INTERVALS if beside else OF_EVERY_YEAR)
    return replace(made, marks=_marks_in(shown))


def _of_measures(held: Answer, measures: Sequence[quality.Measure]) -> Answer:
    """The rows of these measures, and the empty row of each area that sent nothing."""
    names = {each.name for each in measures} | {None}
    return held.keep([row for row in held.rows if row["measure"] in names])


def _marks_in(shown: Table) -> tuple[tuple[str, str], ...]:
    texts = {cell.text for row in shown.rows for cell in row}
    return tuple((mark, meaning) for mark, meaning in MARKS.items() if f"[{mark}]" in texts)


def intervals(edition: Edition, choice: Choice) -> tuple[Said | Figure, ...]:
    """One year's shares of follow-ups recorded with their intervals: another figure than the share of all years."""
    if not holds_returns(edition) or FOLLOW_UP not in edition.catalogue:
        return ()
    year = _last_whole_year(edition)
    said = Said(f"Starts of {year or 'the last whole year'} alone: a share differs from the one above of every start year "
                "together. It may be [c], too few due in one year, where that is not. "
                "A low share says how much is recorded, not how many jobs lasted.")
    return (said, *comparisons.comparison(edition, FOLLOW_UP, choice.of("area", SCOTLAND), year))


def _last_whole_year(edition: Edition) -> str | None:
    """The newest year of start that had ended at the cut-off."""
    rows = edition.series(FOLLOW_UP, [SCOTLAND], frequency="financial_year").rows
    whole = [str(row["period"]) for row in rows if str(row["end_date"]) <= edition.cut_off]
    return whole[-1] if whole else None
