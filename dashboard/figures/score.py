"""How many measures are clearly better, alike, clearly worse or not judged: counts, never a mark for an area."""

from collections import Counter
from collections.abc import Iterable, Mapping

from dashboard.catalogue import Indicator
from dashboard.figure import Figure, plot, table
from dashboard.figures import compose
from dashboard.methods.verdict import Verdict
from dashboard.read.edition import Answer, Edition
from dashboard.words import differences, phrases

Row = Mapping[str, object]
VERDICTS = ("better", "alike", "worse", "unjudged")


def verdict_of(found: Verdict | None, indicator: Indicator) -> str:
    """One of VERDICTS: not judged where nothing is tested, or where higher is neither better nor worse."""
    if found is not None and found.direction == "none":
        return "alike"
    verdict = differences.verdict(found, indicator)
    return verdict if verdict in ("better", "worse") else "unjudged"


def score(edition: Edition, answer: Answer, verdicts: Iterable[str], against: str, alike: str) -> tuple[Figure, ...]:
    """The counts, of `against` ('the year before') and with the words for no clear difference; nothing of no measure."""
    counts = Counter(verdicts)
    if not counts:
        return ()
    words = {"better": "better", "alike": alike, "worse": "worse", "unjudged": "cannot be judged"}
    title = f"{phrases.plural(counts.total(), 'measure')} against {against}"
    rows = [{"counted": name, "count": counts[name], "words": words[name]} for name in VERDICTS]
    alt = phrases.listed([f"{row['count']} {row['words']}" for row in rows])
    return (compose.figure(
        edition, answer, title=title, subtitle=title,
        table=table(title, ("Verdict", "Measures"), [(row["words"], str(row["count"])) for row in rows], {1}),
        plot=plot("score", rows, f"{title}: {alt}."),
        unit="Measures", base="The measures of this page",
        interval="A measure is better or worse only where the 95% interval of the difference excludes none.",
        notes=["Measures that are neither better nor worse, or whose difference is not tested, cannot be judged."]),)
