"""Lines to take: sentences by rule from the figures of a page, each with whether it may be said, and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, Figure, plot, table
from dashboard.figures import compose
from dashboard.figures.quality.published import stated
from dashboard.figures.recipe import Chooser, Recipe
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition, Row
from dashboard.words import differences, numbers, periods, phrases, saying
from dashboard.words.ages import age_words, is_old, months_since

TITLE = "Lines to take"
COLUMNS = ("Line", "May it be said?", "Why", "Source")
# A measure of lasting work, and the measure of how much of it is recorded.
RECORDED = {"in_work_at_13_weeks": "followup_recorded_13_weeks", "in_work_at_26_weeks": "followup_recorded_26_weeks",
            "in_work_at_52_weeks": "followup_recorded_52_weeks", "job_lasted_13_weeks": "followup_recorded_13_weeks",
            "job_lasted_26_weeks": "followup_recorded_26_weeks", "soft_outcome_improved": "soft_outcome_paired"}
FOLLOWED_UP = ("nolb_in_employment_52_weeks", "nolb_still_in_work_recorded")     # by the publisher's own review
ALIKE = saying.judge(saying.Claim(compared="none"))
UNTESTED, REFUSED = (saying.judge(saying.Claim(compared=word)) for word in ("untested", "refused"))
DEMONSTRATION = saying.judge(saying.Claim(is_demonstration=True))


@dataclass(frozen=True)
class Line:
    """A sentence, what may be done with it, the rows it comes from, and what must be said with it."""

    text: str
    saying: saying.Saying
    rows: tuple[Row, ...] = ()
    caveat: str = ""


def lines(edition: Edition, names: Sequence[str], area_code: str = SCOTLAND, said: Mapping[str, str] | None = None,
          more: Iterable[Line] = ()) -> tuple[Figure, ...]:
    """Each measure's latest figure, then its change: what may be said of them in this area; nothing where none is held.

    `said`: sentences for some of them, with {value} and {when} to fill in. `more` are lines of the page's own.
    """
    answer = edition.ask("latest", area_code=area_code, indicators=list(names))
    held = {str(row["indicator_id"]): row for row in answer.rows if not is_missing(row["value"])}
    rows = [held[name] for name in names if name in held and name in edition.catalogue]
    made_up = [name for name in names if name in edition.catalogue and _is_made_up(edition, name)]
    own = [row for row in rows if row["indicator_id"] not in made_up]
    made = [*(_value_line(edition, row, said or {}, area_code) for row in own), *_changes(edition, own), *more,
            *_made_up(edition, made_up)]
    if not made:
        return ()
    made.sort(key=lambda line: saying.LEVELS.index(line.saying.level))
    place = edition.area_name(area_code)
    caption = f"What may be said of these figures, {place}"
    counted = [(level, sum(line.saying.level == level for line in made)) for level in saying.LEVELS]
    return (compose.figure(
        edition, answer.keep(own), title=TITLE, subtitle=caption,
        table=table(caption, COLUMNS, [_cells(line) for line in made]),
        plot=plot("sayings", [_as_data(line, edition) for line in made], f"{place}: " + "; ".join(
            f"{level.lower()}: {phrases.plural(count, 'line')}" for level, count in counted if count) + "."),
        unit="Each measure in its own unit", base="As each measure says", interval="As each line says.",
        notes=("Made by rule from the figures of this page. The rule stands on Data and methods.",)),)


def lines_of(subject: str, page: str, names: Sequence[str], choosers: tuple[Chooser, ...] = ()) -> Recipe:
    """The recipe '<subject>.lines' of these measures, in the area chosen or in Scotland."""
    def of_page(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
        """What may be said of the page's measures."""
        return lines(edition, names, choice.of("area", SCOTLAND))

    return Recipe(f"{subject}.lines", of_page, page, choosers=choosers)


def compared_lines(edition: Edition, rows: Iterable[Row], with_what: str) -> list[Line]:
    """Rows judged against another area (`verdict`, `compared`): each clear difference, those without one, those not judged."""
    clear, alike, unsaid = [], [], {UNTESTED: [], REFUSED: []}
    for row in rows:
        indicator, way = edition.catalogue[str(row["indicator_id"])], str(row["compared"]).split(" ")[0]
        if _is_made_up(edition, str(row["indicator_id"])) or is_missing(row["value"]):
            continue
        if way in ("higher", "lower"):
            text = (f"{indicator.title} in {row['area']} {periods.in_period(row['period_label'])}: {numbers.said_text(row, indicator, short=True)}, "
                    f"{row['compared']}.")
            clear.append(Line(text, saying.judge(saying.claim_of(row, indicator, way)), (row,), _caveat(edition, row, indicator)))
        else:
            (alike if str(row["compared"]).startswith("no clear") else
             unsaid[UNTESTED if str(row["compared"]).startswith("not tested") else REFUSED]).append(row)
    if alike:
        clear.append(Line(f"No clear difference between {alike[0]['area']} and {with_what}: {_named(edition, alike)}.",
                          ALIKE, tuple(alike)))
    return clear + [Line(f"Better, worse, higher or lower than {with_what}: {_named(edition, own)}.", why, tuple(own))
                    for why, own in unsaid.items() if own]


def _value_line(edition: Edition, row: Row, said: Mapping[str, str], area_code: str) -> Line:
    name, indicator = str(row["indicator_id"]), edition.catalogue[str(row["indicator_id"])]
    place = "" if area_code == SCOTLAND else edition.area_name(area_code)
    filled = {"value": numbers.said_text(row, indicator, marks=False), "when": periods.in_period(row["period_label"])}
    text = said[name].format(**filled) if name in said else phrases.latest_sentence(row, indicator, place)
    claim = saying.claim_of(row, indicator, unrecorded=_unrecorded(edition, row))
    return Line(text, saying.judge(claim), (row,), _caveat(edition, row, indicator))


def _changes(edition: Edition, rows: Sequence[Row]) -> list[Line]:
    """One line of each clear change, one of all that have none, one of those that are not tested."""
    clear, alike, unsaid = [], {}, {UNTESTED: [], REFUSED: []}
    for row in rows:
        indicator, before = edition.catalogue[str(row["indicator_id"])], periods.before_of(row)
        if before is None or row["frequency"] == "to_date":
            continue
        found = differences.difference(row, before, indicator)
        way = found.direction if found else "untested"
        is_broken = periods.has_break_between(before, row, indicator)
        if way == "untested" or is_broken:
            unsaid[REFUSED if found and found.why in differences.REFUSALS and not is_broken else UNTESTED].append(row)
        elif way == "none":
            alike.setdefault(f"from {before['period_label']} to {row['period_label']}", []).append(row)
        else:
            text = f"{indicator.title}: {differences.changed(row, before, indicator)}, at {numbers.said_text(row, indicator)}."
            clear.append(Line(text, saying.judge(saying.claim_of(row, indicator, way)), (row,), _caveat(edition, row, indicator)))
    clear += [Line(f"No clear change in {edition.area_name(own[0]['area_code'])} {when}: {_named(edition, own)}.", ALIKE, tuple(own))
              for when, own in alike.items()]
    return clear + [Line(f"Any change since the year before: {_named(edition, own)}.", why, tuple(own))
                    for why, own in unsaid.items() if own]


def _is_made_up(edition: Edition, name: str) -> bool:
    return edition.synthetic and edition.catalogue[name].data_class == "returns"


def _made_up(edition: Edition, names: Collection[str]) -> list[Line]:
    """One line for all that rests on demonstration returns: named, never said."""
    titles = "; ".join(edition.catalogue[name].title for name in names)
    return [Line(f"Anything from returns: {titles}.", DEMONSTRATION)] if names else []


def _unrecorded(edition: Edition, row: Row) -> float | None:
    """How many % are not recorded of what this figure is about; None where that is not the question."""
    name = str(row["indicator_id"])
    if name in FOLLOWED_UP:
        return next((float(fact.row["value"]) for fact in stated(edition) if fact.row["category"] == "blank_or_unknown"), None)
    if name not in RECORDED:
        return None
    known = edition.ask("latest", area_code=row["area_code"], indicators=[RECORDED[name]]).rows
    return 100 - float(known[0]["value"]) if known and not is_missing(known[0]["value"]) else 100.0


def _caveat(edition: Edition, row: Row, indicator: Indicator) -> str:
    """What must be said with it: how old it is, if it is, and the first of its caveats."""
    old = f"It is {age_words(months_since(row['end_date'], edition.day))}." if is_old(row, edition.day) else ""
    return " ".join(filter(None, (old, *indicator.caveats[:1])))


def _named(edition: Edition, rows: Iterable[Row]) -> str:
    """The titles of these measures, one after the other, as they are spelled."""
    return "; ".join(edition.catalogue[str(row["indicator_id"])].title for row in rows)


def _source(line: Line) -> str:
    return "; ".join(dict.fromkeys(
        ", ".join(str(row[name]) for name in ("publisher", "source_title", "edition") if row[name]) for row in line.rows))


def _cells(line: Line) -> tuple[str, ...]:
    return line.text, line.saying.level, " ".join((*line.saying.reasons, line.caveat)).strip(), _source(line)


def _as_data(line: Line, edition: Edition) -> dict[str, object]:
    return {"text": line.text, "level": line.saying.level, "sign": saying.SIGNS[line.saying.level],
            "reasons": " ".join(line.saying.reasons), "caveat": line.caveat, "source": _source(line),
            "day": periods.day(edition.built_at), "may_be_copied": line.saying.level != saying.NOT_YET}
