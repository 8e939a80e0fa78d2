"""Lines about what is recorded and sent: questions about records, never better or worse."""

from collections.abc import Mapping, Sequence

from dashboard.figure import SCOTLAND, Choice
from dashboard.figures.challenge.line import Found, evidence, is_sound, line
from dashboard.figures.progress import counts
from dashboard.figures.progress import words as progress_words
from dashboard.figures.progress.choosers import YEARS, start_years
from dashboard.figures.quality import measures as quality
from dashboard.figures.quality.returned import EDITION, held_rows
from dashboard.methods.missing import is_missing
from dashboard.read import progress, rates
from dashboard.read.edition import Edition, Row
from dashboard.read.enquiry import Rule
from dashboard.read.progress import Domain
from dashboard.words import phrases

ROWS_REJECTED = "rejected_share"
MOST_NAMED = 6


def asked_twice(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The areas of progress in which under half of the area's people were asked twice."""
    if not edition.has_returns:
        return []
    answer = counts.counts(edition, area_code)
    years = start_years(edition, Choice(area_code))
    every = [each for each in progress.pool(answer.rows, years) if each.scored > 0]
    few = seldom_paired(every, rule.threshold)
    if not few:
        return []
    least = min(few, key=lambda each: each.asked_twice["value"])
    share = progress_words.say(least.asked_twice, counts.asked(edition))
    seen = (f"In {len(few)} of {phrases.plural(len(every), 'area')} of progress under half were asked twice, "
            f"{edition.area_name(area_code)}, started {progress_words.in_words(years)}. {least.label}: {share}.")
    return [Found(line(rule, area_code, seen, [evidence(edition, "progress.domains", YEARS.resolve(edition, Choice(area_code), None))], counts.ASKED),
                  answer.keep([row for row in answer.rows if row["period"] in years]))]


def seldom_paired(domains: Sequence[Domain], threshold: float) -> list[Domain]:
    """Areas of progress whose share asked twice lies under `threshold`% with its whole interval, on people enough."""
    return [each for each in domains if is_under(each.asked_twice, threshold)]


def is_under(row: Row, threshold: float) -> bool:
    """True of a share that is sound and whose whole interval lies under `threshold`%."""
    return is_sound(row) and row["upper_ci"] < threshold


def unknown_answers(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The characteristics of which over a fifth of the area's answers are not known."""
    rows = _newest(edition, area_code)
    many = mostly_unknown(rows, rule.threshold)
    if not many:
        return []
    most, held = many[0], [row for row in rows if _is_unknown(row) and not is_missing(row["value"])]
    seen = (f"Over {rule.threshold:g}% of answers are not known on {len(many)} of {phrases.plural(len(held), 'characteristic')} "
            f"in {edition.area_name(area_code)}. {most['characteristic_label']}: {quality.share_text(float(most['value']))}.")
    choice = EDITION.resolve(edition, Choice(area_code), None)
    figures = (1, 2) if area_code == SCOTLAND else (1,)      # what is held for Scotland only is a figure of its own
    return [Found(line(rule, area_code, seen, [evidence(edition, "quality.unknown", choice, item) for item in figures],
                       interval=quality.interval_text(most).strip(" ()")),
                  edition.ask("returns_quality").keep(many).joined_by(edition.ask("answers_not_known").keep(())))]


def mostly_unknown(rows: Sequence[Row], threshold: float) -> list[Row]:
    """Shares not known (0 to 1) whose whole interval lies over `threshold`%, the most unknown first; of none that is hidden."""
    over = [row for row in rows if _is_unknown(row) and is_sound(row) and not is_missing(row.get("lower_ci"))
            and 100 * float(row["lower_ci"]) > threshold]
    return sorted(over, key=lambda row: -float(row["value"]))


def _is_unknown(row: Row) -> bool:
    return str(row["measure"] or "").startswith("unknown_") and not is_missing(row["characteristic_label"])


def _newest(edition: Edition, area_code: str) -> list[Row]:
    """The area's measures of its newest return; of one that sent nothing, a row without a measure."""
    return [row for row in held_rows(edition) if row["area_code"] == area_code]


def follow_ups(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The follow-ups of which under half are recorded in the area."""
    answer = edition.ask("follow_ups_due")
    few = seldom_recorded([row for row in answer.rows if row["area_code"] == area_code], rule.threshold)
    if not few:
        return []
    due, share = few[0]
    named = phrases.listed([f"{quality.weeks_of(quality.measure_of(str(row['measure'])))} weeks" for row, _ in few])
    seen = (f"Under half of follow-ups at {named} are recorded in {edition.area_name(area_code)}, started {due['first_label']} "
            f"to {due['last_label']}. Recorded at {quality.weeks_of(quality.measure_of(str(due['measure'])))} weeks: "
            f"{quality.share_text(share['value'] / 100)}.")
    interval = f"{share['lower_ci']:.0f}% to {share['upper_ci']:.0f}%"
    return [Found(line(rule, area_code, seen, [evidence(edition, "quality.received", EDITION.resolve(edition, Choice(area_code), None))], interval=interval),
                  edition.ask("returns_quality").keep(_newest(edition, area_code)[:1]).joined_by(answer.keep([due])))]


def seldom_recorded(rows: Sequence[Row], threshold: float) -> list[tuple[Row, Mapping[str, object]]]:
    """Follow-ups due (`follow_ups_due`) whose share recorded lies under `threshold`% with its whole interval; earliest first."""
    made = [(row, rates.rate(float(row["answered"] or 0), float(row["due"]), int(row["cells"])))
            for row in rows if not is_missing(row["due"]) and row["due"]]
    few = [each for each in made if is_under(each[1], threshold)]
    return sorted(few, key=lambda each: quality.weeks_of(quality.measure_of(str(each[0]["measure"]))))


def late_return(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """Whether the partnership's return is missing, late, in part or damaged; of Scotland, how many are."""
    rows = edition.ask("returns_quality").rows
    if not rows:
        return []
    newest = [row for row in rows if row["edition"] == rows[0]["edition"]]
    found = evidence(edition, "quality.received", EDITION.resolve(edition, Choice(area_code), None))
    if area_code == SCOTLAND:
        places = list(dict.fromkeys(str(row["area_code"]) for row in newest if row["area_type"] == "partnership"))
        late = [edition.area_name(code) for code in places if faults([row for row in newest if row["area_code"] == code], rule.threshold)]
        seen = (f"Returns missing, late, in part or damaged: {len(late)} of {len(places)} partnerships. "
                f"In the order of the alphabet: {_named(late)}.") if late else ""
    else:
        wrong = faults([row for row in newest if row["area_code"] == area_code], rule.threshold)
        seen = f"The return of {edition.area_name(area_code)} for {rows[0]['edition']}: {phrases.listed(wrong)}." if wrong else ""
    own = [row for row in newest if row["area_code"] == area_code]
    return [Found(line(rule, area_code, seen, [found]), edition.ask("returns_quality").keep(own))] if seen else []


def _named(names: Sequence[str]) -> str:
    """The first of these names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return phrases.listed([*names[:MOST_NAMED], *([phrases.plural(more, "other")] if more > 0 else [])])


def faults(rows: Sequence[Row], threshold: float) -> list[str]:
    """What is wrong with one area's return of one edition, in words; none where it came whole and in time."""
    held = {str(row["measure"]): row["value"] for row in rows if not is_missing(row["measure"])}
    if not held or held.get("received") == 0:
        return ["none is held"]
    found = [quality.measure_of(name).label for name, value in held.items()
             if name.startswith("received_") and not is_missing(value) and not float(value)]
    words = ["came after its day"] if held.get("on_time") == 0 else []
    words += [f"without its {phrases.listed([name[:1].lower() + name[1:] for name in found])}"] if found else []
    rejected = held.get(ROWS_REJECTED)
    if not is_missing(rejected) and 100 * float(rejected) > threshold:
        words.append(f"{quality.rejected_text(float(rejected))} of its rows were rejected")
    return words
