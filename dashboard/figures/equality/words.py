"""Sentences, titles and cells of the equality page, made from the rows its tables show."""

from collections.abc import Mapping, Sequence

from dashboard.figures.returns import ALREADY
from dashboard.methods import intervals
from dashboard.methods import verdict as rule
from dashboard.methods.missing import is_missing
from dashboard.read import equality, rates
from dashboard.read.equality import Breakdown, Cell, Gap, Group, Reached, Shared
from dashboard.words import differences, marks, numbers, phrases

Row = Mapping[str, object]

NO_RETURNS = ("No partnership has sent participants' returns for this edition, so nothing can be said yet of who is "
              "reached and how each group fares.")
OFF = "no claim: too many answers unknown"
FEW = "no claim: too few people"
REFUSED = {"off": OFF, "few": FEW, "unrecorded": differences.TOO_MUCH_MISSING,
           "reversible": differences.REFUSALS[rule.REVERSIBLE]}
NOT_EFFECT = "These are differences between groups, not effects: groups differ in many ways."
UNKNOWN_NOTE = ("The thin line is as far as unknown answers could move the gap: everyone unknown who got there put in "
                "the group and everyone unknown who did not put among the rest, then the reverse.")
OVERLAP_NOTE = ("These groups overlap and are never added up. A blank list counts among everyone else, so how many are "
                "unknown is not known [x].")
RULE = ("A share is called larger or smaller only where the 95% interval of the ratio excludes 1. "
        "The ratio must also be at least 0.1 from 1. At most 20% of answers may be unknown. "
        "A verdict is given only where everyone and people out of work say the same.")
OUT_OF_WORK = "Out of work"
NEED_NOTE = ("People out of work: our arithmetic on published shares of people and published employment rates of each group. "
             "Rounding and the surveys' own error are in it, so it is a rough guide.")
TOLD = ("higher", "lower", "none")     # verdicts of what was compared
SHARES = {"under-represented": "smaller share", "over-represented": "larger share"}


def count(number: float) -> str:
    """'1,240', or '[low]' for nought: fewer than 5, may be none."""
    return f"{number:,.0f}" if number > 0 else "[low]"


def percent(row: Row, most: int = 1) -> str:
    """'24.1%', 'under 0.4%', or the mark; at most so many decimals, and no more than the counts carry."""
    if row.get("obs_status") == "c" or is_missing(row.get("value")):
        return f"[{row.get('obs_status') or 'x'}]"
    value, lower, upper = (min(100.0, max(0.0, float(row[name]))) for name in ("value", "lower_ci", "upper_ci"))
    return f"{intervals.show_rate(value, lower, upper, numbers.places_of(row, most))} {marks.marks_text(row.get('obs_status'))}".strip()


def limits(row: Row, most: int = 1) -> str:
    """'22.8% to 25.4%', as precise as the rate, or an empty string."""
    if is_missing(row.get("lower_ci")):
        return ""
    places = numbers.places_of(row, most)
    return f"{row['lower_ci']:.{places}f}% to {row['upper_ci']:.{places}f}%"


def signed(value: float, places: int = 1) -> str:
    text = f"{abs(value):.{places}f}"
    return text if float(text) == 0 else f"+{text}" if value > 0 else f"−{text}"


def range_text(ends: Mapping[str, float]) -> str:
    """'21% to 68%', what a rate of records could be; '[x]' where it is not held."""
    return f"{ends['lowest']:.0f}% to {ends['highest']:.0f}%" if ends else "[x]"


def points(row: Row) -> str:
    """'−8.2 (−10.1 to −6.3)', or the mark."""
    if is_missing(row.get("value")):
        return f"[{row.get('obs_status') or 'x'}]"
    return (f"{signed(row['value'])} ({signed(row['lower_ci'])} to {signed(row['upper_ci'])}) "
            f"{marks.marks_text(row.get('obs_status'))}").strip()


def span(gap: Gap) -> str:
    """'−9.0 to −4.2', the range the unknown allow; '[x]' where it cannot be known."""
    return "[x]" if gap.lowest is None else f"{signed(gap.lowest)} to {signed(gap.highest)}"


def gap_verdict(gap: Gap) -> str:
    return {"higher": "higher than everyone else", "lower": "lower than everyone else",
            "none": "no clear difference"}.get(gap.verdict) or REFUSED.get(gap.verdict, "too few people to compare")


def tone(verdict: str) -> str:
    return {"higher": "better", "lower": "worse", "off": "off"}.get(verdict, "none")


def ratio(row: Reached) -> str:
    return "[x]" if row.ratio is None else f"{row.ratio:.2f}"


def ratio_limits(row: Reached) -> str:
    return "[x]" if row.limits is None else f"{row.limits[0]:.2f} to {row.limits[1]:.2f}"


def population_share(row: Reached) -> str:
    """The population's share; 'about 25%' where it was worked out from a survey's rounded figures."""
    if row.population is None:
        return "[x]"
    value = float(row.population["value"])
    if row.population["is_survey"]:
        return f"about {value:.0f}%"
    return numbers.digits(value, 1, True) + "%"


def source_name(row: Row) -> str:
    """'Census 2022', 'Survey 2022', 'Mid-year estimates 2022': the population, short."""
    if row.get("is_need"):
        return f"{OUT_OF_WORK}, by {source_name({**row, 'is_need': False})} and rates of {row['rates_period']}"
    name = {"population_16_64_census": "Census", "population_16_64_survey": "Survey",
            "population_16_64_midyear": "Mid-year estimates"}.get(str(row["indicator_id"]), str(row["population"]))
    return f"{name} {row['period']}"


def population_name(source: str) -> str:
    """What a population of that name is, in a key: 'All people aged 16 to 64, Census 2022'."""
    return source.replace(OUT_OF_WORK, "People out of work", 1) if source.startswith(OUT_OF_WORK) else f"All people aged 16 to 64, {source}"


def told_notes(measure: str, by: str = "") -> list[str]:
    """How groups were told apart, what the range of a measure of records is, and who of a status already had work."""
    return [*([ALREADY] if by == "economic_status" else []), differences.FAMILY_NOTE, *([differences.RANGE_NOTE] if measure in equality.OF_RECORDS else [])]


def shared_words(verdict: str) -> str:
    """'larger share', 'smaller share', or what else was found, against one population."""
    return SHARES.get(verdict, verdict)


def told_words(row: Reached, rows: Sequence[Reached]) -> str:
    """What is said of a group's share beside one population; no verdict where no share of people out of work is held."""
    own = [each for each in rows if each.group.category == row.group.category]
    if row.verdict in SHARES and not any(each.is_need for each in own):
        return equality.NO_NEED
    return shared_words(row.verdict)


def agreed_words(rows: Sequence[Reached]) -> str:
    """The verdict on a group: 'larger share than of everyone and of people out of work', or why there is none."""
    found = equality.agreed(rows)
    return f"{SHARES[found]} than of everyone and of people out of work" if found in SHARES else found


def years(found: Breakdown) -> str:
    return found.years[0] if len(found.years) == 1 else f"{found.years[0]} to {found.years[-1]}"


# Sentences --------------------------------------------------------------------------------------

def reach_sentences(found: Breakdown, rows: Sequence[Reached], label: str) -> list[str]:
    """Who is reached: the one group of a yes/no question, else how many groups are called what."""
    by_group: dict[str, list[Reached]] = {}
    for row in rows:
        by_group.setdefault(row.group.category, []).append(row)
    if not found.claims:
        return [unclaimed(found)]
    if set(by_group) <= {"yes", "no"} and "yes" in by_group:
        return _one_reached(found, by_group["yes"])
    tested = {name: own for name, own in by_group.items() if own[0].is_tested}
    if not tested:
        return [f"No population figure on the same age base is held for {label[:1].lower()}{label[1:]}, "
                "so reach is not judged."]
    if len(found.groups) == 2:
        return _one_reached(found, next(iter(tested.values())))
    said = []
    for verdict, words in SHARES.items():
        names = [own[0].group.label for own in tested.values() if equality.agreed(own) == verdict]
        if names:
            said.append(f"A {words} than of everyone and of people out of work: **{_first_three(names)}**.")
    if all(not row.is_need for own in tested.values() for row in own):
        return [f"Who is reached in {found.area}: {equality.NO_NEED}."]
    return said or [f"Of {phrases.plural(len(tested), 'group')} in {found.area}, none has a clearly larger or smaller share "
                    "than of everyone and of people out of work."]


def pair_reached(found: Breakdown, group: Group) -> str:
    """'Disabled women: 3,970 of 28,225 starters in Scotland whose answers are known (14.1%), 2022-23 to 2024-25.'"""
    return (f"**{group.label}: {count(group.starts)} of {found.known:,.0f}** starters in {found.area} whose answers are known "
            f"(**{share(group, found.known)}**), {years(found)}.")


def unclaimed(found: Breakdown) -> str:
    """Why nobody is called under-represented here; empty where enough is known."""
    if found.claims:
        return ""
    return f"**{found.unknown_share:.0%}** of answers are unknown in {found.area}, so no claim is made of who is reached."


def _one_reached(found: Breakdown, rows: Sequence[Reached]) -> list[str]:
    """One group's share, then everyone's, then that of people out of work, then the verdict or why there is none."""
    first = rows[0]
    if is_missing(first.share["value"]):
        return [f"Too few people started in {found.area} to say who is reached."]
    said = [f"**{first.group.label}: {percent(first.share)}** of starters in {found.area}, {years(found)}."]
    if not first.is_tested:
        return [*said, f"{phrases.sentence_case(first.verdict)}, so reach is not judged."]
    said += [f"{opening}: {phrases.listed(list(dict.fromkeys(population_share(row) for row in own)), 'or')}."
             for opening, own in (("Of all aged 16 to 64", [row for row in rows if not row.is_need]),
                                  ("Of people without work", [row for row in rows if row.is_need])) if own]
    return [*said, f"**{phrases.sentence_case(agreed_words(rows))}**."]


def gap_sentences(found: Breakdown, made: Sequence[Gap], measure: str) -> list[str]:
    """How groups fare: of a yes/no question the one group, else which groups are clearly apart."""
    name = equality.MEASURES[measure]
    if not found.claims:
        return []
    one = next((gap for gap in made if gap.group.category == "yes"), None)
    if one is not None and len(made) <= 2:
        return one_gap_sentences(one, f"{name} (started {years(found)})")
    parts = [f"{name} (started {years(found)}): {way} than everyone else for **{_first_three(named)}**."
             for way in ("lower", "higher") if (named := [gap.group.label for gap in made if gap.verdict == way])]
    # Only what could be compared can be found to be alike.
    nothing = ("too few people to compare outcomes" if all(gap.verdict in ("untested", "off", "few") for gap in made)
               else "no group is clearly apart from everyone else")
    return [*(parts or [f"{name} (started {years(found)}): {nothing}."]), *unsaid_sentences(made)]


def unsaid_sentences(made: Sequence[Gap]) -> list[str]:
    """How many groups get no verdict because of what is missing or unknown, a sentence each reason."""
    made = [gap for gap in made if gap.group.category != "no"]       # the other side of a yes/no question is the same one
    counted = {verdict: sum(gap.verdict == verdict for gap in made) for verdict in ("reversible", "unrecorded")}
    said = [f"Unknown answers could reverse the difference of {phrases.plural(counted['reversible'], 'group')}."] if counted[
        "reversible"] else []
    return said + ([f"{phrases.sentence_case(differences.TOO_MUCH_MISSING)} "
                    f"{phrases.plural(counted['unrecorded'], 'group')}."] if counted["unrecorded"] else [])


def range_sentence(gap: Gap) -> str:
    """How far unknown answers could move a gap; empty where it cannot be said."""
    if gap.lowest is None or gap.verdict in ("untested", "few"):
        return ""
    return f"Unknown answers could make it anything from {signed(gap.lowest)} to {signed(gap.highest)} points."


def one_gap_sentences(gap: Gap, measure: str) -> list[str]:
    """One group's rate and everyone else's, then what may be said of the difference, then its interval."""
    group, rest = gap.group.label, gap.rest_name
    if gap.verdict in ("untested", "few"):
        return [f"{group}: too few people to compare outcomes."]
    if gap.verdict == "off":
        return [f"{group}: {OFF}."]
    others = rest.replace("everyone else", "others")
    rates = f"{measure}: {group} {percent(gap.own, 0)}, {others} {percent(gap.rest, 0)}"
    if gap.verdict == "reversible":
        return [f"{rates}; **unknown answers could reverse it**."]
    said = [f"{rates}."]
    if gap.verdict in ("higher", "lower"):
        return [*said, f"That is **{abs(gap.row['value']):.1f} percentage points {gap.verdict}**.", interval_sentence(gap)]
    return [*said, {"none": "That is no clear difference.",
                    "unrecorded": f"Of follow-ups, {differences.TOO_MUCH_MISSING}."}[gap.verdict]]


def interval_sentence(gap: Gap) -> str:
    """'The 95% interval is −15.5 to −13.3 points.'"""
    return f"The 95% interval is {signed(gap.row['lower_ci'])} to {signed(gap.row['upper_ci'])} points."


def sure_sentences(found: Breakdown, made: Sequence[Gap], label: str) -> list[str]:
    """How sure are we: what is unknown, how far it could move the gap, and what the counts are."""
    if found.overlapping:
        return [OVERLAP_NOTE]
    said = unknown_sentences(found)
    one = next((gap for gap in made if gap.lowest is not None and gap.group.category == "yes"),
               next((gap for gap in made if gap.lowest is not None), None))
    if one is not None:
        said += [f"{one.group.label}, gap to everyone else: {signed(one.row['value'])} points.", interval_sentence(one),
                 range_sentence(one)]
        if one.verdict == "reversible" and found.unknown_share:
            said.append(f"{phrases.sentence_case(phrases.one_in(found.unknown_share))} gave no answer: "
                        "if all theirs ran one way, the difference could vanish or turn.")
    if not found.claims:
        said.append("More than 20% are unknown, so nothing is called higher or lower.")
    return said


def unknown_sentences(found: Breakdown) -> list[str]:
    """'Answers missing, of everyone who started in Scotland, 2023-24: not known 12.4% and prefers not to say 0.6%.'"""
    parts = [f"{group.label[:1].lower()}{group.label[1:]} {share(group, everyone(found))}" for group in found.unknown]
    opening = f"Answers missing, of everyone who started in {found.area}, {years(found)}"
    return [f"{opening}: **{phrases.listed(parts[at:at + 2])}**." for at in range(0, len(parts), 2)]


def everyone(found: Breakdown) -> int:
    """People who started, known or not."""
    return found.known + found.not_known.starts


def share(part: Group, whole: float) -> str:
    """A group's share of these people: '12.4%', or '[low]' for nought: fewer than 5, may be none."""
    if not whole:
        return "[x]"
    if not part.starts:
        return "[low]"
    row = rates.rate(part.starts, whole, part.cells)
    return f"{100 * part.starts / whole:.0f}%" if is_missing(row.get("value")) else percent(row | {"obs_status": None})


# Journey ----------------------------------------------------------------------------------------

def box(cell: Cell) -> dict:
    """A box of the strip: its words and verdict."""
    if cell.relative is None:
        return {"words": f"[{cell.mark}]", "verdict": "hidden"}
    return {"words": f"{cell.relative:.2f}{' [u]' if cell.mark == 'u' else ''}", "verdict": tone(cell.verdict)}


def cell_text(cell: Cell) -> str:
    """The same box in a table."""
    if cell.relative is None:
        return f"[{cell.mark}]"
    return (f"{cell.relative:.2f} ({cell.limits[0]:.2f} to {cell.limits[1]:.2f}); {percent(cell.own, 0)} against "
            f"{percent(cell.rest, 0)}")


def strip_title(rows: Sequence[tuple], label: str) -> str:
    """Where each group clearly falls furthest behind, if anywhere."""
    found = [(group.label, equality.largest_loss(cells)) for group, cells in rows]
    behind = [f"{name} ({step[:1].lower()}{step[1:]})" for name, step in found if step]
    if not behind and any(cell.verdict in ("unrecorded", "reversible") for _, cells in rows for cell in cells):
        return f"{label}: no group can be said to fall behind, as too much is missing or unknown to compare"
    if not behind and any(cell.verdict == "off" for _, cells in rows for cell in cells):
        return f"{label}: too many answers are unknown to compare groups"
    if not behind and not any(cell.relative is not None and cell.verdict in TOLD for _, cells in rows for cell in cells):
        return f"{label}: too few people to compare groups at any step"
    if not behind:
        return f"{label}: no group clearly falls behind everyone else at any step"
    return f"Furthest behind everyone else: {phrases.listed(behind[:4])}"


def behind_title(cells: Sequence[Cell], area: str) -> str:
    """How many groups clearly fall behind between job and 26 weeks, and of how many too much is missing to say."""
    known = [cell for cell in cells if cell.relative is not None]
    if not known:
        return f"{area}: too few people entered work to compare groups"
    behind, missing = (sum(cell.verdict == name for cell in known) for name in ("lower", "unrecorded"))
    said = f"{behind} of {len(known)} groups clearly fall behind everyone else" if behind else "no group clearly falls behind"
    return f"Between job and 26 weeks, {said}" + (
        f"; {differences.TOO_MUCH_MISSING} {missing} of {len(known)}" if missing else "")


def strip_alt(rows: Sequence[tuple], label: str) -> str:
    sentences = [f"Journey parity strip by {label.lower()}: each step's rate against everyone else's; 1.00 is the same."]
    for group, cells in rows:
        parts = [f"{cell.step.lower()} {'[' + cell.mark + ']' if cell.relative is None else f'{cell.relative:.2f}'}"
                 for cell in cells]
        sentences.append(f"{group.label}: {phrases.listed(parts)}.")
    return " ".join(sentences)


def gaps_alt(rows: Sequence[Gap], found: Breakdown, measure: str) -> str:
    sentences = [f"Dots with intervals: {equality.MEASURES[measure].lower()}, points from everyone else, {found.area}."]
    sentences += [f"{gap.group.label}: {points(gap.row)}, {gap_verdict(gap)}." for gap in rows]
    if found.unknown:
        sentences += [each.replace("**", "") for each in unknown_sentences(found)]
    return " ".join(sentences)


def reach_alt(rows: Sequence[Reached], found: Breakdown) -> str:
    sentences = [f"Dots: share of participants and of the population, {found.area}."]
    for row in rows:
        beside = f"; {source_name(row.population)} {population_share(row)}" if row.population is not None else ""
        sentences.append(f"{row.group.label}: {percent(row.share)} of participants{beside}; {told_words(row, rows)}.")
    if found.unknown:
        sentences += [each.replace("**", "") for each in unknown_sentences(found)]
    return " ".join(sentences)


# Titles -----------------------------------------------------------------------------------------

def reach_title(pairs: Sequence[tuple[Breakdown, Sequence[Reached]]], label: str) -> str:
    """How many groups can be told apart from the population: counted, never ranked."""
    if not all(found.claims for found, _ in pairs):
        return f"{label}: too many answers are unknown to say who is reached"
    tested: dict[tuple[str, str], list[Reached]] = {}
    for found, rows in pairs:
        for row in rows:
            if row.is_tested:
                tested.setdefault((found.characteristic, row.group.category), []).append(row)
    if not tested:
        return f"{label}: no population figure on the same age base, so reach is not judged"
    verdicts = [equality.agreed(own) for own in tested.values()]
    if len(tested) <= 2 or {key for _, key in tested} <= {"yes", "no"}:
        one = next((rows for (_, key), rows in tested.items() if key == "yes"), next(iter(tested.values())))
        everyone = phrases.listed(list(dict.fromkeys(population_share(row) for row in one if not row.is_need)), "or")
        return (f"{one[0].group.label}: {percent(one[0].share)} of people who started, {everyone} of everyone; "
                f"{agreed_words(one)}")
    under, over = verdicts.count("under-represented"), verdicts.count("over-represented")
    if not under and not over:
        return f"{label}: {verdicts[0] if len(set(verdicts)) == 1 else 'no verdict on any group'}"
    return (f"{label}: of {len(tested)} groups, {over} with a larger and {under} with a smaller share than of everyone and of "
            "people out of work")


def gap_title(made: Sequence[Gap], name: str, found: Breakdown) -> str:
    """Which groups are clearly lower than everyone else, the first three by name."""
    if not found.claims:
        return f"{name}: too many answers are unknown to compare groups"
    lower = [gap for gap in made if gap.verdict == "lower"]
    unsaid = "".join(f"; {each[:1].lower()}{each[1:-1]}" for each in unsaid_sentences(made))
    if not any(gap.verdict in TOLD for gap in made):
        return f"{name}: {f'no group can be told from everyone else{unsaid}' if unsaid else 'too few people to compare groups'}"
    if not lower:
        return f"{name}: no group is clearly lower than everyone else{unsaid}"
    more = f" and {len(lower) - 3} more" if len(lower) > 3 else ""
    return f"{name}: clearly lower than everyone else for {phrases.listed([gap.group.label for gap in lower[:3]])}{more}{unsaid}"


def both_ways_title(made: Sequence[Gap], name: str) -> str:
    """How many comparisons within a pair are clear, either way, and of how many no verdict can be given."""
    clear = sum(gap.verdict in ("higher", "lower") for gap in made)
    refused = sum(gap.verdict in ("reversible", "unrecorded") for gap in made)
    return (f"{name}, read both ways: {clear} of {phrases.plural(len(made), 'comparison')} clear"
            + (f"; too much is missing or unknown for {refused}" if refused else ""))


# By programme -----------------------------------------------------------------------------------

def shared_verdict(row: Shared) -> str:
    """Whether a group has a larger or a smaller share of a programme than of the others."""
    return {"higher": "larger share than of other programmes", "lower": "smaller share than of other programmes",
            "none": "no clear difference", "alone": "no other programme in these years"}.get(row.verdict) or REFUSED.get(
                row.verdict, "too few people to compare")


def programmes_title(made: Mapping[str, Sequence[Shared]], label: str) -> str:
    """Where one group's share is clearly apart, by programme; of several groups, how many are."""
    one = _of_one({name: [(row.group, row.verdict) for row in rows] for name, rows in made.items()})
    if one is None:
        tested = [row.verdict for rows in made.values() for row in rows if row.verdict in TOLD]
        apart = len(tested) - tested.count("none")
        if not tested:
            return f"{label}: no share can be compared with other programmes"
        return f"{label}: clearly apart from other programmes in {apart} of {len(tested)} shares"
    group, by_verdict = one
    parts = [f"a {way} share of {_first_three(by_verdict[key])}"
             for key, way in (("higher", "larger"), ("lower", "smaller")) if by_verdict.get(key)]
    nothing = "no share can be told apart" if by_verdict.get("none") else "no share can be compared"
    return f"{group.label}, against other programmes: {'; '.join(parts) or nothing}"


def programmes_gap_title(made: Mapping[str, Sequence[Gap]], name: str) -> str:
    """Where one group is clearly lower than everyone else on the same programme; of several groups, how many are."""
    lower = [gap for gaps in made.values() for gap in gaps if gap.verdict == "lower"]
    unsaid = "".join(f"; {each[:1].lower()}{each[1:-1]}" for each in unsaid_sentences(
        [gap for gaps in made.values() for gap in gaps]))
    one = _of_one({programme: [(gap.group, gap.verdict) for gap in gaps] for programme, gaps in made.items()})
    if one is None:
        tested = sum(gap.verdict in TOLD for gaps in made.values() for gap in gaps)
        if not tested:
            return f"{name}: no group can be compared with everyone else on the same programme{unsaid}"
        return (f"{name}: clearly lower than everyone else on the same programme for "
                f"{len(lower)} of {phrases.plural(tested, 'group')}{unsaid}")
    group, by_verdict = one
    parts = [f"{way} than everyone else on {_first_three(by_verdict[way])}" for way in ("lower", "higher")
             if by_verdict.get(way)]
    alike = len(by_verdict.get("none", ()))
    nothing = (f"no clear difference from everyone else on {phrases.plural(alike, 'programme')}" if alike
               else "no programme can be compared")
    return f"{name}, {group.label}: {' and '.join(parts) or nothing}{unsaid}"


def _first_three(names: Sequence[str]) -> str:
    """'a, b and c', or 'a, b, c and 2 more'."""
    more = [f"{len(names) - 3} more"] if len(names) > 3 else []
    return phrases.listed([*names[:3], *more])


def _of_one(made: Mapping[str, Sequence[tuple[Group, str]]]) -> tuple[Group, dict[str, list[str]]] | None:
    """The group of a yes/no question and the programmes under each verdict; None of a question with other groups."""
    pairs = [(programme, group, verdict) for programme, rows in made.items() for group, verdict in rows]
    if {group.category for _, group, _ in pairs} != {"yes", "no"}:
        return None
    by_verdict: dict[str, list[str]] = {}
    for programme, group, verdict in pairs:
        if group.category == "yes":
            by_verdict.setdefault(verdict, []).append(programme)
    return next(group for _, group, _ in pairs if group.category == "yes"), by_verdict


def shared_alt(rows: Sequence[Shared], found: Breakdown) -> str:
    """Shares of one programme beside those of the others, for those who do not see them."""
    sentences = [f"Dots: share of people who started in {found.area}, and in other programmes in the same years."]
    sentences += [f"{row.group.label}: {percent(row.own)}; other programmes {percent(row.rest)}; {shared_verdict(row)}."
                  for row in rows]
    if found.unknown:
        sentences += [each.replace("**", "") for each in unknown_sentences(found)]
    return " ".join(sentences)
