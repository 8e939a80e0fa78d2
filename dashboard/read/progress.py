"""Soft outcomes, experience and key workers in rows and words, by rule.

The share asked twice always comes first; a decline is never left out; under 30 pairs only counts
are given; under 30% asked twice no partnership is compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.methods import soft_outcomes
from dashboard.methods.missing import is_missing
from dashboard.read import rates
from dashboard.words import differences, numbers, phrases

BANDS = {"improved": "Improved", "same": "Same", "declined": "Declined"}
ANSWERS = {"agree": "Agree", "neither": "Neither", "disagree": "Disagree"}
POOLED_YEARS = 3
BANNERS = {
    "counts_only": "Fewer than 30 people were asked twice, so only counts are shown.",
    "no_comparison": "Fewer than 30% were asked twice: read with great caution. Partnerships are not compared.",
    "caution": "Fewer than 50% were asked twice: read with caution.",
    "enough": "",
}


@dataclass(frozen=True)
class Domain:
    """One area of progress over the years of start pooled: protected counts of people.

    `cells`: how many rounded counts were added up for each number (one a year).
    """

    name: str
    label: str
    improved: float
    same: float
    declined: float
    no_follow_up: float
    no_start_score: float
    cells: int

    @property
    def paired(self) -> float:
        return self.improved + self.same + self.declined

    @property
    def scored(self) -> float:
        return self.paired + self.no_follow_up

    @property
    def eligible(self) -> float:
        return self.scored + self.no_start_score

    @property
    def level(self) -> str:
        """counts_only, no_comparison, caution or enough (`methods.soft_outcomes.follow_up_level`)."""
        return soft_outcomes.follow_up_level(self.paired, self.eligible)

    @property
    def asked_twice(self) -> dict:
        """The paired rate: a row of people asked twice among everyone who started."""
        return rates.rate(self.paired, self.eligible, self.cells)

    def band(self, name: str) -> dict:
        """The row of one band among people asked twice."""
        return rates.rate(getattr(self, name), self.paired, self.cells)

    @property
    def bounds(self) -> dict[str, float] | None:
        """Percentages if everyone not asked again had stayed the same, or had declined; None under 30 pairs."""
        if self.level == "counts_only":
            return None
        found = soft_outcomes.improved_bounds(self.improved, self.declined, self.paired, self.no_follow_up)
        return {name: 100 * share for name, share in found.items()}


def pool(rows: Iterable[Mapping[str, object]], periods: Sequence[str]) -> list[Domain]:
    """Rows of `progress_counts` (one area) added up over these years of start, one Domain each, in order."""
    kept = [row for row in rows if row["period"] in periods and row["is_mature"]]
    found = []
    for name in dict.fromkeys(str(row["category"]) for row in kept):
        own = [row for row in kept if row["category"] == name]
        found.append(Domain(name, str(own[0]["category_label"]), cells=len(own), **{
            band: sum(float(row[band]) for row in own)
            for band in ("improved", "same", "declined", "no_follow_up", "no_start_score")}))
    return found


def year_choices(rows: Iterable[Mapping[str, object]], count: str) -> dict[str, str]:
    """What can be asked for: the latest three years together, then each year, newest first.

    Only years that are old enough and in which `count` is not nought anywhere.
    """
    years = sorted({str(row["period"]) for row in rows if row["is_mature"] and float(row[count]) > 0}, reverse=True)
    if len(years) < 2:
        return {year: year for year in years}
    return {"latest": f"{years[: POOLED_YEARS][-1]} to {years[0]} together", **{year: year for year in years}}


def years_of(choice: str, choices: Mapping[str, str]) -> list[str]:
    """The years of a choice, oldest first."""
    years = [name for name in choices if name != "latest"]
    return sorted(years[:POOLED_YEARS]) if choice == "latest" else [choice]


def in_words(years: Sequence[str]) -> str:
    """'2022-23 to 2024-25' or '2024-25'."""
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def may_compare(*domains: Domain) -> bool:
    """True only if every one of them has at least 30 pairs and 30% asked twice."""
    return all(each.level in ("caution", "enough") for each in domains)


# Words -----------------------------------------------------------------------------------------

def progress_sentences(domains: Sequence[Domain], when: str, indicator) -> list[str]:
    """The share asked twice, then what they reported: improved and declined together."""
    scored = [each for each in domains if each.scored > 0]
    if not scored:
        return [f"No start scores of people who started in {when} can be shown."]
    first = scored[0]
    sentences = [f"Of **{first.eligible:,.0f} people** who started in {when}, "
                 f"**{say(first.asked_twice, indicator)}** were asked about {first.label.lower()} twice."]
    if first.level == "counts_only":
        return [*sentences, f"That is {people(first.paired)}: too few for a share."]
    sentences.append(f"Of them, **{say(first.band('improved'), indicator)}** reported improvement and "
                     f"**{say(first.band('declined'), indicator)}** a decline.")
    shares = [each.band("improved") for each in scored if each.level != "counts_only"]
    if len(shares) > 1:
        ordered = sorted(shares, key=lambda row: row["value"])
        sentences.append(f"Across {len(shares)} areas of progress, from {say(ordered[0], indicator)} to "
                         f"{say(ordered[-1], indicator)} of people asked twice reported improvement.")
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
            said.append(f"{phrases.listed([_with_its_share(each) for each in own])}: {words[:1].lower()}{words[1:]}")
    return " ".join(said)


def _with_its_share(domain: Domain) -> str:
    """'Health and wellbeing (29.9%)': one decimal, so that a share just under a limit does not read as on it."""
    return f"{domain.label} ({100 * domain.paired / domain.eligible:.1f}%)" if domain.level != "counts_only" else domain.label


def progress_title(domains: Sequence[Domain], indicator) -> str:
    """The message of the chart: improved and declined of the first area, after the share asked twice."""
    shown = [each for each in domains if each.level != "counts_only"]
    if not shown:
        return "Too few people were asked twice for a share"
    first = shown[0]
    return (f"{first.label}: {say(first.asked_twice, indicator)} asked twice; of them "
            f"{say(first.band('improved'), indicator)} improved, {say(first.band('same'), indicator)} the same, "
            f"{say(first.band('declined'), indicator)} declined")


def progress_alt(domains: Sequence[Domain], indicator, place: str, when: str) -> str:
    """Every area of progress: the share asked twice, then the three bands."""
    return " ".join([f"Dots with intervals: areas of progress of people who started in {when}, {place}.",
                     *_each_in_words(domains, indicator)])


def _each_in_words(domains: Sequence[Domain], indicator) -> list[str]:
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


# Over the years ----------------------------------------------------------------------------------

def by_year(rows: Iterable[Mapping[str, object]], name: str) -> list[Domain]:
    """One area of progress of one area, a Domain for each year of start that is old enough and has a start score.

    `label` is the year; rows of `progress_counts`.
    """
    rows = list(rows)
    years = sorted({str(row["period"]) for row in rows if row["is_mature"]})
    made = [replace(each, label=year) for year in years for each in pool(rows, [year]) if each.name == name]
    return [each for each in made if each.scored > 0]


def too_recent(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Years of start in which people have not had the time: named, never given a figure."""
    return sorted({str(row["period"]) for row in rows if not row["is_mature"] and sum(
        float(row[name]) for name in ("improved", "same", "declined", "no_follow_up", "no_start_score")) > 0})


def year_row(each: Domain, row: Mapping[str, object]) -> dict:
    """A made rate as a point of the year in the Domain's label, which `differences.changed` can compare."""
    return {**row, "period": each.label, "period_label": each.label}


def years_banner(years: Sequence[Domain]) -> str:
    """The warnings these years need, with the years that need them, the strictest first; empty where none does."""
    found = []
    for level, words in BANNERS.items():
        named = [each.label for each in years if each.level == level]
        if named and words:
            when = "In every year shown" if len(named) == len(years) > 1 else f"In {phrases.listed(named)}"
            found.append(f"{when}, {words[:1].lower()}{words[1:]}")
    return " ".join(found)


def years_title(label: str, years: Sequence[Domain], asked, improved) -> str:
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


def years_alt(label: str, years: Sequence[Domain], indicator, place: str) -> str:
    """Every year: the share asked twice, then the three bands."""
    return " ".join([f"Line chart: {label.lower()} by year of start, people asked twice, {place}.",
                     *_each_in_words(years, indicator)])


def people(count: float) -> str:
    """'15 people'; a protected nought may be up to 4, so it is never said to be none."""
    return f"{count:,.0f} people" if count else "fewer than 5 people [low]"


def say(row: Mapping[str, object], indicator) -> str:
    """The value as it stands in a table, with its marks."""
    return numbers.value_text(row, indicator, short=True)


def difference_words(row: Mapping[str, object], what: str, than: str) -> str:
    """'higher than without one', 'no clear difference' or why it cannot be said; never why it is so."""
    match rates.direction(row):
        case "higher" | "lower" as way:
            return f"{what} {way} {than}"
        case "none":
            return "no clear difference"
        case _:
            return "too few people to compare"


def experience_sentence(row: Mapping[str, object] | None, when: str, indicator) -> list[str]:
    """How many responses agree that people were treated with dignity and respect."""
    if row is None or is_missing(row["value"]):
        return []
    return [f"**{say(row, indicator)}** of responses in {when} agree they were treated with dignity and respect."]
