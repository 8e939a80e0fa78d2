"""Progress and experience in words, by rule.

The share asked twice always comes first; a decline is never left out; under 30 pairs only counts are said.
"""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.methods.missing import is_missing
from dashboard.methods.verdict import MISSING
from dashboard.read import rates
from dashboard.read.progress import Domain
from dashboard.words import differences, numbers, phrases

BANDS = {"improved": "Improved", "same": "Same", "declined": "Declined"}
ANSWERS = {"agree": "Agree", "neither": "Neither", "disagree": "Disagree"}
BANNERS = {
    "counts_only": "Only counts are shown: too few people for a share were asked twice.",
    "no_comparison": "Read with great caution: fewer than 30% were asked twice. Partnerships are not compared.",
    "caution": "Read with caution: fewer than 50% were asked twice.",
    "enough": "",
}
NOT_BETWEEN_AREAS = ("Areas are not compared: they use different instruments, some of which rarely give the same score twice, "
                     "and which instrument an area used is not held.")
POOLED = "Scores of different instruments are never pooled: only improved, same and declined are."
RELIABILITY = ("On the wellbeing scale (SWEMWBS) only a change beyond its measurement error counts. The reliability this takes, 0.84, was "
               "not read at its source: Data and methods shows what changes if it is another.")
CHANCE = "95%, for the chance variation of figures like these and for rounding. It is not a sampling interval."
ROUNDING = "Counts are rounded to protect people: within 4 of the truth for each year added up, a few within 9."


def in_words(years: Sequence[str]) -> str:
    """'2022-23 to 2024-25' or '2024-25'."""
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def progress_sentences(domains: Sequence[Domain], when: str, indicator: Indicator) -> list[str]:
    """The share asked twice, then what they reported: improved and declined together."""
    scored = [each for each in domains if each.scored > 0]
    if not scored:
        return [f"No start scores of people who started in {when} can be shown."]
    first = scored[0]
    sentences = [f"Of **{first.eligible:,.0f} people** who started in {when}, "
                 f"**{say(first.asked_twice, indicator)}** were asked about {first.label.lower()} twice."]
    if first.level == "counts_only":
        return [*sentences, f"That is {people(first.paired)}: too few for a share."]
    sentences.append(f"**{say(first.band('improved'), indicator)}** reported improvement and "
                     f"**{say(first.band('declined'), indicator)}** a decline.")
    return sentences


def strictest(domains: Sequence[Domain]) -> str:
    """The strictest warning any of these needs, or an empty string."""
    levels = {each.level for each in domains if each.scored > 0}
    return next((words for level, words in BANNERS.items() if level in levels), "")


def banner(domains: Sequence[Domain]) -> str:
    """The warnings these need, the strictest first, with the areas of progress where not all need the same."""
    held = [each for each in domains if each.scored > 0]
    said = []
    for level, words in BANNERS.items():
        own = [each for each in held if each.level == level]
        if words and own and len(own) == len(held):
            said.append(words)
        elif words and own:
            said.append(_asked(words, f"about {phrases.listed([_with_its_share(each) for each in own])}"))
    return " ".join(said)


def _asked(words: str, of_what: str) -> str:
    """A warning that says about what, or when, people were asked twice."""
    return words.replace("asked twice", f"asked twice {of_what}", 1)


def _with_its_share(domain: Domain) -> str:
    """'health and wellbeing (29.9%)': one decimal, so that a share just under a limit does not read as on it."""
    name = f"{domain.label[:1].lower()}{domain.label[1:]}"
    return f"{name} ({100 * domain.paired / domain.eligible:.1f}%)" if domain.level != "counts_only" else name


def progress_title(domains: Sequence[Domain], indicator: Indicator) -> str:
    """The message of the chart: improved and declined of the first area, after the share asked twice."""
    shown = [each for each in domains if each.level != "counts_only"]
    if not shown:
        return "Too few people were asked twice for a share"
    first = shown[0]
    return (f"{first.label}: {say(first.asked_twice, indicator)} asked twice; of them "
            f"{say(first.band('improved'), indicator)} improved, {say(first.band('same'), indicator)} the same, "
            f"{say(first.band('declined'), indicator)} declined")


def progress_alt(domains: Sequence[Domain], indicator: Indicator, place: str, when: str) -> str:
    """Every area of progress: the share asked twice, then the three bands."""
    return " ".join([f"Dots with intervals: areas of progress of people who started in {when}, {place}.",
                     *_each_in_words(domains, indicator)])


def _each_in_words(domains: Sequence[Domain], indicator: Indicator) -> list[str]:
    """One sentence each: the share asked twice, then the three bands or that there are too few people."""
    sentences = []
    for each in domains:
        asked = f"{each.label}: {say(each.asked_twice, indicator)} asked twice"
        if each.level == "counts_only":
            sentences.append(f"{asked}, {people(each.paired)}, too few for a share.")
            continue
        shares = [f"{say(each.band(name), indicator)} {words.lower()}" for name, words in BANDS.items()]
        sentences.append(f"{asked}; of them {phrases.listed(shares)}.")
    return sentences


def year_row(each: Domain, row: Mapping[str, object]) -> dict:
    """A made rate as a point of the year in the Domain's label, which `differences.changed` can compare."""
    return {**row, "period": each.label, "period_label": each.label}


def years_banner(years: Sequence[Domain]) -> str:
    """The warnings these years need, with the years that need them, the strictest first; empty where none does."""
    found = []
    for level, words in BANNERS.items():
        named = [each.label for each in years if each.level == level]
        if named and words:
            found.append(_asked(words, "in every year shown" if len(named) == len(years) > 1 else f"in {phrases.listed(named)}"))
    return " ".join(found)


def years_title(label: str, years: Sequence[Domain], asked: Indicator, improved: Indicator) -> str:
    """The newest year with a share: asked twice first, then improved, with its change since the first, and declined."""
    shown = [each for each in years if each.level != "counts_only"]
    if not shown:
        return f"{label}: too few people were asked twice for a share in any year"
    last, first = shown[-1], shown[0]
    words = (f"{label}, {last.label}: {say(last.asked_twice, asked)} asked twice; of them "
             f"{say(last.band('improved'), improved)} improved, {say(last.band('declined'), improved)} declined")
    if len(shown) < 2:
        return words
    changed = differences.changed(year_row(last, last.band("improved")), year_row(first, first.band("improved")), improved)
    return f"{words}. Improved: {changed}"


def years_alt(label: str, years: Sequence[Domain], indicator: Indicator, place: str) -> str:
    """Every year: the share asked twice, then the three bands."""
    return " ".join([f"Line chart: {label.lower()} by year of start, people asked twice, {place}.",
                     *_each_in_words(years, indicator)])


def people(count: float) -> str:
    """'15 people'; a protected nought may be up to 4, so it is never said to be none."""
    return f"{count:,.0f} people" if count else "fewer than 5 people [low]"


def say(row: Mapping[str, object], indicator: Indicator) -> str:
    """The value as it stands in a table, with its marks."""
    return numbers.value_text(row, indicator, short=True)


def difference_words(row: Mapping[str, object], than: str) -> str:
    """'higher than Scotland', 'no clear difference' or why it cannot be said; never why it is so.

    `row`: a difference in points, with what the rule said of it where it was judged among others (`found`).
    """
    found = row.get("found") or rates.verdict_of(row)
    if found.is_clear:
        return f"{found.direction} {than}"
    if found.direction == "none":
        return "no clear difference"
    return "too few people to compare" if found.why == MISSING else differences.REFUSALS[found.why]


def experience_sentence(row: Mapping[str, object] | None, when: str, indicator: Indicator) -> list[str]:
    """How many responses agree that people were treated with dignity and respect, and of how many."""
    if row is None or is_missing(row["value"]):
        return []
    return [f"**{say(row, indicator)}** of {row['denominator']:,.0f} responses ({when}) agree they were treated with dignity "
            "and respect. Most may not have been asked."]


def answered_sentence(answered: float, started: float) -> str:
    """How many answered, and how many people started in the same years: who did not answer is not known."""
    return f"That is {answered:,.0f} answers; {started:,.0f} people started in those years, and most may not have been asked."


def experience_title(agree: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    """The share that agrees with the first statement that has one."""
    first = next((row for row in agree if row["value"] is not None), None)
    if first is None:
        return "Too few responses for a share"
    return f"{first['label']}: {say(first, indicator)} of {first['denominator']:,.0f} responses agree"


def experience_alt(rows: Sequence[Mapping[str, object]], indicator: Indicator, place: str, when: str) -> str:
    """Every statement with its three answers."""
    sentences = [f"Dots with intervals of those who agree, the other answers as numbers: statements about how people were treated, {place}, {when}."]
    for label in dict.fromkeys(row["label"] for row in rows):
        answers = [f"{say(row, indicator)} {ANSWERS[row['series']].lower()}" for row in rows if row["label"] == label]
        sentences.append(f"{label}: {phrases.listed(answers)}.")
    return " ".join(sentences)


def key_worker_alt(rows: Sequence[Mapping[str, object]], indicator: Indicator, place: str, when: str) -> str:
    """Every outcome with one key worker, without, and whether they differ; never why."""
    sentences = [f"Dots with intervals: differences in percentage points between people with and without one key "
                 f"worker, {place}, people who started in {when}."]
    sentences += [f"{row['label']}: {say(row['with'], indicator)} with, {say(row['without'], indicator)} without, "
                  f"{difference_words(row, 'with one')} ({row['heading']})." for row in rows]
    return " ".join(sentences)
