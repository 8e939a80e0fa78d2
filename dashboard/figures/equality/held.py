"""What an edition holds of groups of people: years of start that count, journeys, breakdowns, pairs."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.figure import SCOTLAND, Absent, Choice
from dashboard.figures.equality import views
from dashboard.figures.equality.words import NO_RETURNS
from dashboard.methods.missing import is_missing
from dashboard.read import availability, cohorts, equality
from dashboard.read.edition import Answer, Edition, Row, by_area
from dashboard.read.equality import Breakdown

DISABLED, OTHERS, BY_DEPRIVATION = ("disabled_employment_rate", "non_disabled_employment_rate",
                                    "employment_rate_by_deprivation")
BREAKS_OF = "in_work_at_26_weeks"      # the change of return template applies to every outcome after entry
EVERY_SCOTLAND = ("conviction", "homeless", "refugee", "trans_status", "sexual_orientation", "religion",
                  "condition_type", "priority_family", "economic_status", "highest_qualification", "joined_up_support")


@dataclass(frozen=True)
class Shown:
    """The breakdowns behind one view: one, or one for each overlapping group; and the answers they came from."""

    by: str
    area_code: str
    reach: tuple[Breakdown, ...]
    answers: tuple[Answer, ...]

    @property
    def label(self) -> str:
        return availability.name_of(self.by)

    @property
    def answer(self) -> Answer:
        first, *others = self.answers
        return first.joined_by(*others)

    @property
    def overlaps(self) -> bool:
        return self.by in availability.OVERLAPPING

    def over(self, years: Sequence[str]) -> list[Breakdown]:
        """The same breakdowns over other years of start."""
        made = [equality.breakdown(answer.rows, years) for answer in self.answers]
        return [each for each in made if each]


def journeys(edition: Edition, family: str, areas: Sequence[str] | None) -> Answer:
    """Protected counts along the journey, of a family of tables; every area where `areas` is None.

    One family is asked for in every area at once: to plan a question takes longer than to read all its rows.
    """
    if "%" in family:
        return edition.ask("group_journeys", family=family, areas=None if areas is None else list(areas))
    answer = edition.ask("group_journeys", family=family, areas=None)
    return answer if areas is None else _of_areas(edition, answer, areas)


def _of_areas(edition: Edition, answer: Answer, areas: Sequence[str]) -> Answer:
    """The rows of these areas, of an answer about every one; in the order they have there."""
    held = edition.answers.get(("by area", answer.evidence), lambda: by_area(answer.rows))
    return answer.keep([row for code, rows in held.items() if code in areas for row in rows])


def start_years(edition: Edition) -> list[str]:
    """The newest complete years of start, at most three: who is reached needs no follow-up."""
    return cohorts.years_that_count(_years_of(journeys(edition, "M", [SCOTLAND]).rows), 0, _cut_off(edition))


def outcome_years(edition: Edition, measure: str) -> list[str]:
    """The newest years of start old enough for a measure, at most three, none from before the last break."""
    return edition.once(f"outcome years: {measure}", lambda _: mature_years(edition, journeys(edition, "M", [SCOTLAND]).rows, measure))


def mature_years(edition: Edition, rows: Sequence[Row], measure: str) -> list[str]:
    """The same of the years in which anybody started in these rows."""
    indicator = edition.every_indicator.get(BREAKS_OF)
    breaks = [each.period for each in indicator.breaks] if indicator and measure != "entered" else []
    return cohorts.years_that_count(_years_of(rows), cohorts.MILESTONES[measure].months, _cut_off(edition), breaks)


def complete_years(edition: Edition, rows: Sequence[Row]) -> list[str]:
    """The newest complete years in which anybody started in these rows, at most three."""
    return cohorts.years_that_count(_years_of(rows), 0, _cut_off(edition))


def _years_of(rows: Sequence[Row]) -> list[str]:
    return cohorts.held_years([{"period": row["period"], "count": row["starts"]} for row in rows])


def _cut_off(edition: Edition) -> dt.date:
    return dt.date.fromisoformat(edition.cut_off[:10])


def families_held(edition: Edition, areas: Sequence[str]) -> dict[tuple[str, str], int]:
    """People counted in the years shown, by family of tables and area; empty in an edition without returns."""
    if not edition.has_returns:
        return {}
    rows = edition.ask("families_held", years=start_years(edition), areas=list(dict.fromkeys([*areas, SCOTLAND]))).rows
    return {(row["family"], row["area_code"]): int(row["people"]) for row in rows}


def states(edition: Edition, area_code: str) -> dict[str, str]:
    """Every characteristic with its state in an area (see `read.availability`)."""
    found = availability.states(families_held(edition, [area_code]), area_code)
    return found | dict.fromkeys(of_service(edition), "by_programme")


def of_service(edition: Edition) -> dict[str, str]:
    """What this edition holds by programme alone: how people were served. Name to label."""
    return availability.by_programme_alone(edition.ask("programme_families").rows) if edition.has_returns else {}


def name_of(edition: Edition, by: str) -> str:
    """A characteristic of people, or of how they were served, in words."""
    return of_service(edition).get(by) or availability.name_of(by)


def view(edition: Edition, choice: Choice) -> views.View:
    """What is shown for the area and the characteristic chosen."""
    by, area_code = choice.of("by", "disabled"), choice.area_code or SCOTLAND
    return views.resolve(by, area_code, edition.area_name(area_code), states(edition, area_code)[by], name_of(edition, by))


def safe(edition: Edition, choice: Choice) -> Choice:
    """The same choice with the area and the characteristic of the nearest view that may be shown."""
    found = view(edition, choice)
    return choice.with_choice("area", found.area_code).with_choice("by", found.by)


def load(edition: Edition, choice: Choice) -> Shown | Absent:
    """The breakdowns behind the area and the characteristic chosen, or why there is none."""
    if not edition.has_returns:
        return Absent(NO_RETURNS)
    asked = view(edition, choice)
    if asked.absent is not None:
        return asked.absent
    years = start_years(edition)
    answers = [journeys(edition, name, [asked.area_code]) for name in availability.families(asked.by, asked.area_code)]
    made = [(found, answer) for answer in answers if (found := equality.breakdown(answer.rows, years))]
    if not made:
        return Absent("This edition holds no figures for this view.")
    return Shown(asked.by, asked.area_code, *(tuple(each) for each in zip(*made, strict=True)))


def populations(edition: Edition, shown: Shown) -> list[Answer]:
    """Population shares of each breakdown, every source on any age base, and its shares of people out of work."""
    asked = [edition.ask("population_shares", characteristic=found.characteristic, areas=list(edition.areas)) for found in shown.reach]
    return [with_need(edition, found.characteristic, shown.area_code, _of_areas(edition, answer, [shown.area_code]))
            for found, answer in zip(shown.reach, asked, strict=True)]


def with_need(edition: Edition, characteristic: str, area_code: str, asked: Answer) -> Answer:
    """The same answer with each group's share of people out of work, where employment rates by group are held."""
    answer, employed, period = _employed(edition, characteristic) if area_code == SCOTLAND else (None, {}, "")
    rows = equality.out_of_work(asked.rows, employed, period) if employed else []
    return asked.keep([*asked.rows, *rows]).joined_by(answer) if rows else asked


def _employed(edition: Edition, characteristic: str) -> tuple[Answer | None, dict[str, float], str]:
    """Employment rates of Scotland by group, in one newest year that holds every group; nothing where none is held."""
    if characteristic == "disabled" and {DISABLED, OTHERS} <= set(edition.catalogue):
        answer = edition.several([DISABLED, OTHERS])
        names = {DISABLED: "yes", OTHERS: "no"}
        rows = [row | {"category": names[row["indicator_id"]]} for row in answer.rows]
    elif characteristic == "simd_quintile" and BY_DEPRIVATION in edition.catalogue:
        answer = edition.ask("breakdown", indicator_id=BY_DEPRIVATION, area_code=SCOTLAND)
        rows = [row for row in answer.rows if row["characteristic"] == characteristic]
    else:
        return None, {}, ""
    categories = {row["category"] for row in rows}
    by_period: dict[str, dict[str, float]] = {}
    for row in rows:
        if not is_missing(row["value"]):
            by_period.setdefault(str(row["period"]), {})[str(row["category"])] = float(row["value"])
    whole = [period for period, held in by_period.items() if set(held) == categories]
    if not whole:
        return None, {}, ""
    newest = max(whole)
    return answer.keep([row for row in rows if row["period"] == newest]), by_period[newest], newest


def reached(edition: Edition, shown: Shown) -> list[tuple[Breakdown, list[equality.Reached]]]:
    """Each breakdown, and its groups against the population."""
    return [(found, equality.reached(found, answer.rows))
            for found, answer in zip(shown.reach, populations(edition, shown), strict=True)]


def breakdowns(edition: Edition, area_code: str, years: Sequence[str]) -> tuple[list[tuple[str, Breakdown]], Answer]:
    """Every characteristic that may be shown in an area, by name, asked for at once."""
    everywhere = area_code == SCOTLAND
    answer = journeys(edition, "C_%" if everywhere else "B_%", [area_code])
    by_family: dict[str, list[Mapping[str, object]]] = {}
    for row in answer.rows:
        by_family.setdefault(row["family"], []).append(row)
    found = []
    for by in (*availability.BY_AREA, *(EVERY_SCOTLAND if everywhere else ())):
        for family in availability.families(by, area_code):
            name = family.replace("B_", "C_", 1) if everywhere else family
            if made := equality.breakdown(by_family.get(name, []), years):
                found.append((availability.name_of(by), made))
    return found, answer


def pair_states(edition: Edition, measure: str) -> dict[str, str]:
    """The six named pairs with their state for a measure."""
    shown = {row["family"] for row in edition.ask("intersections", years=outcome_years(edition, measure)).rows}
    families = {family for family, _ in families_held(edition, [SCOTLAND])}
    withheld = {pair for pair in availability.PAIRS if f"E_{pair}" in families and f"E_{pair}" not in shown}
    return availability.pair_states(withheld, families)


def load_pair(edition: Edition, pair: str, measure: str) -> tuple[Breakdown | None, Answer]:
    """A pair in Scotland, and only its own rows; None where it is withheld."""
    years = outcome_years(edition, measure)
    answer = edition.ask("intersections", years=years)
    own = answer.keep([row for row in answer.rows if row["family"] == f"E_{pair}"])
    return equality.pair(own.rows, f"E_{pair}", years, SCOTLAND, "Scotland"), own


# By programme -----------------------------------------------------------------------------------

@dataclass(frozen=True)
class OfProgramme:
    """Rows of one programme and of all others, of one family of tables; Scotland."""

    programme: str
    label: str
    answer: Answer
    own: tuple[Row, ...]
    others: tuple[Row, ...]

    def breakdown(self, years: Sequence[str]) -> Breakdown | None:
        """The programme's people over these years: `area` is the programme's name."""
        found = equality.breakdown(self.own, years)
        return replace(found, area=self.label) if found else None

    def rest(self, years: Sequence[str]) -> Breakdown | None:
        """Everyone who started on another programme in these years."""
        return equality.breakdown(self.others, years)


def programmes(edition: Edition, by: str) -> list[OfProgramme]:
    """Every programme with people in it, for each family of tables of a characteristic; the current one first."""
    if not edition.has_returns or by in availability.NOT_COLLECTED:
        return []
    found = []
    for family in availability.families(by, SCOTLAND):
        answer = edition.ask("programme_journeys", family=f"D_{family[2:]}")
        for name, label in dict.fromkeys((row["programme"], row["programme_label"]) for row in answer.rows):
            own, others = (tuple(row for row in answer.rows if (row["programme"] == name) is same) for same in (True, False))
            found.append(OfProgramme(name, label, answer, own, others))
    return found
