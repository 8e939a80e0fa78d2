"""Quality of the returns: measures in plain words, shades by stated limits, and one sentence on consistency."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.methods.missing import is_missing
from dashboard.words import phrases

SMALL, WIDE = 0.10, 0.30       # spread of a share across partnerships: under the first small, over the second wide
CONSISTENCY_RULE = ("A spread across partnerships of under 10 points is called small, of over 30 points wide, "
                    "and between them moderate.")
# Limits between shades, from best to worst; shade 0 is plain, 3 the deepest.
UNKNOWN_LIMITS, REJECTED_LIMITS, RECORDED_LIMITS = (0.05, 0.10, 0.20), (0.01, 0.02, 0.05), (0.80, 0.50, 0.30)
TOGETHER = "every start year together"
FROM_ROUNDED = f"{TOGETHER}, from rounded counts"
_FLAGS = {"received": "Return received", "on_time": "On time"}
_FOLLOW_UP = re.compile(r"followup_recorded(?:_when_due)?_(\d+)(?:_weeks)?")


@dataclass(frozen=True)
class Measure:
    """One column: its name, its heading, its group (returns, follow_ups, unknown) and how it is shaded."""

    name: str
    label: str
    group: str
    is_flag: bool = False
    limits: tuple[float, float, float] | None = None
    higher_is_worse: bool = True

    def shade(self, value: object) -> int:
        """0 (plain) to 3 (deepest: worst) of a share of 0 to 1; a flag is 0 or 3; 0 where nothing is held."""
        if is_missing(value):
            return 0
        if self.is_flag:
            return 0 if float(value) else 3
        if self.limits is None:
            return 0
        number = float(value)
        return sum((number > each) if self.higher_is_worse else (number < each) for each in self.limits)

    def text(self, value: object, mark: str) -> str:
        """'yes', 'no', '12%', or the mark where there is none."""
        if is_missing(value):
            return f"[{mark}]"
        if self.is_flag:
            return "yes" if float(value) else "no"
        if self.name == "rejected_share":
            return rejected_text(float(value))
        # A share of people made from a rounded count of nought: fewer than 5 of them, may be none.
        return share_text(float(value)) if value else "[low]"


def rejected_text(value: float) -> str:
    """A share of rows rejected; both counts were rounded to 5, so that nought is a few rows or none, not a share."""
    return share_text(value) if value else "under 5 rows"


def share_text(value: float) -> str:
    """A share of 0 to 1 as a percentage, one decimal under 10%; never exactly all or none by rounding."""
    if 0 < value < 0.0005:
        return "under 0.1%"
    if 0.995 <= value < 1:
        return "over 99%"
    return f"{100 * value:.1f}%" if value < 0.095 and value else f"{100 * value:.0f}%"


def measure_of(name: str, characteristic_label: str = "") -> Measure:
    """What a measure is, from its name; a name nobody knows still gets plain words and no shade."""
    if name in _FLAGS:
        return Measure(name, _FLAGS[name], "returns", is_flag=True)
    if name.startswith("received_"):
        return Measure(name, f"{words(name.removeprefix('received_'))} file", "returns", is_flag=True)
    if name == "rejected_share":
        return Measure(name, "Rows rejected", "returns", limits=REJECTED_LIMITS)
    if found := _FOLLOW_UP.fullmatch(name):
        weeks = "1 year" if found[1] == "52" else f"{found[1]} weeks"
        return Measure(name, f"Recorded at {weeks}", "follow_ups", limits=RECORDED_LIMITS, higher_is_worse=False)
    if name.startswith("unknown_"):
        label = characteristic_label or words(name.removeprefix("unknown_"))
        return Measure(name, label, "unknown", limits=UNKNOWN_LIMITS)
    return Measure(name, words(name), "returns")


def words(name: str) -> str:
    return phrases.sentence_case(name.replace("_", " "))


def weeks_of(measure: Measure) -> int:
    """For the order of follow-ups; 0 for anything else."""
    found = _FOLLOW_UP.fullmatch(measure.name)
    return int(found[1]) if found else 0


def measures_of(rows: Iterable[Mapping[str, object]]) -> list[Measure]:
    """Every measure held, in the order a reader needs: received, on time, files, rejected, follow-ups, unknown."""
    found = {}
    for row in rows:
        if not is_missing(row["measure"]):
            label = "" if is_missing(row.get("characteristic_label")) else str(row["characteristic_label"])
            found[str(row["measure"])] = measure_of(str(row["measure"]), label)
    first = {"received": 0, "on_time": 1}
    groups = {"returns": 0, "follow_ups": 1, "unknown": 2}
    return sorted(found.values(), key=lambda each: (
        groups[each.group], first.get(each.name, 2), not each.is_flag, weeks_of(each), each.label))


def table_of(rows: Iterable[Mapping[str, object]]) -> dict[str, dict[str, float | None]]:
    """{area: {measure: value}}, in the order of the rows; an area that sent nothing has an empty one."""
    found: dict[str, dict[str, float | None]] = {}
    for row in rows:
        own = found.setdefault(str(row["area"]), {})
        if not is_missing(row["measure"]):
            own[str(row["measure"])] = None if is_missing(row["value"]) else float(row["value"])
    return found


def mark_of(own: Mapping[str, float | None], measure: Measure, is_country: bool) -> str:
    """Why a cell has no value: 'z' not asked of that area, 'c' too few people, 'x' nothing held."""
    if is_country and measure.group == "returns":
        return "z"
    if measure.name in own:
        return "x" if measure.is_flag else "c"
    return "x"


# Words -----------------------------------------------------------------------------------------

def counted(table: Mapping[str, Mapping[str, float | None]], country: str, measure: Measure) -> str:
    """'26 of 32': how many partnerships a flag is true for, of those for which it is held; '' if for none."""
    held = [own[measure.name] for area, own in table.items()
            if area != country and not is_missing(own.get(measure.name))]
    return f"{sum(map(int, held))} of {len(held)}" if held else ""


def consistency_sentences(table: Mapping[str, Mapping[str, float | None]], country: str,
                          measures: Sequence[Measure]) -> list[str]:
    """How many sent a return, and how far the share of follow-ups recorded differs: one sentence each, by rule."""
    partnerships = {area: own for area, own in table.items() if area != country}
    sentences = []
    if received := counted(table, country, measure_of("received")):
        timed = counted(table, country, measure_of("on_time"))
        sentences.append(f"**{received}** partnerships sent a return{f', {timed} on time' if timed else ''}.")
    follow_up = next((each for each in measures if each.group == "follow_ups" and weeks_of(each) == 13),
                     next((each for each in measures if each.group == "follow_ups"), None))
    if follow_up is not None:
        shares = sorted(own[follow_up.name] for own in partnerships.values() if not is_missing(own.get(follow_up.name)))
        if len(shares) > 1:
            sentences.append(f"Follow-ups {follow_up.label.lower()} when due run from **{share_text(shares[0])}** to "
                             f"**{share_text(shares[-1])}**: a {spread_word(shares)} spread across {len(shares)} partnerships, "
                             f"{TOGETHER}.")
    return sentences


def answer_rows(table: Mapping[str, Mapping[str, float | None]], country: str, measures: Sequence[Measure],
                area: str = "", due: Mapping[str, Mapping[str, object]] = MappingProxyType({})) -> list[tuple[str, str, str]]:
    """The figures of these sentences: (what, figure, of whom); `area` adds one partnership's own, `due` their bases."""
    rows = [(words, text, "partnerships for which it is held") for name, words in
            (("received", "Sent a return"), ("on_time", "Sent it on time"))
            if (text := counted(table, country, measure_of(name)))]
    shares = {each.name: [own[each.name] for place, own in table.items()
                          if place != country and not is_missing(own.get(each.name))] for each in measures}
    for each in measures:
        held = shares[each.name]
        if each.group == "follow_ups" and len(held) > 1:
            rows.append((f"{each.label} when due, lowest to highest", f"{share_text(min(held))} to {share_text(max(held))}",
                         f"{len(held)} partnerships, {TOGETHER}"))
        if each.name == "unknown_disabled" and held:
            rows.append(("Whether people are disabled: not known for over 20%",
                         f"{sum(share > UNKNOWN_LIMITS[-1] for share in held)} of {len(held)}", f"partnerships, {TOGETHER}"))
    own = table.get(area, {})
    return rows + [(f"{area}: {each.label[:1].lower()}{each.label[1:]}", each.text(own[each.name], "x"),
                    base_words(due.get(each.name)) if each.group == "follow_ups" else
                    "rows of its return, counts rounded to 5" if each.name == "rejected_share" else "its return")
                   for each in measures if not is_missing(own.get(each.name)) and not each.is_flag
                   and each.group != "unknown"]


def base_words(due: Mapping[str, object] | None) -> str:
    """'105 follow-ups due, starts of 2018-19 to 2025-26 together'; without a base, the years alone."""
    if due is None or is_missing(due["due"]) or is_missing(due["first_label"]):
        return f"its return, {TOGETHER}"
    return f"{due['due']:,.0f} follow-ups due, starts of {due['first_label']} to {due['last_label']} together"


def spread_word(shares: Sequence[float]) -> str:
    """'small', 'moderate' or 'wide' by CONSISTENCY_RULE; `shares` sorted, 0 to 1."""
    spread = shares[-1] - shares[0]
    return "small" if spread < SMALL else "wide" if spread > WIDE else "moderate"


def area_sentences(area: str, own: Mapping[str, float | None], measures: Sequence[Measure],
                   due: Mapping[str, Mapping[str, object]] = MappingProxyType({})) -> list[str]:
    """One partnership: whether it sent, what was rejected, what is recorded and of how many (`due`, by measure)."""
    if not own.get("received"):
        return [f"[x] {area} sent no return in this edition."]
    said = []
    for each in measures:
        value = own.get(each.name)
        if is_missing(value) or each.group == "unknown" or each.name == "received":
            continue
        if each.name == "on_time":
            said.append("on time" if value else "late")
        elif each.name == "rejected_share":
            said.append(f"with about {share_text(value)} of rows rejected" if value else
                        "with fewer than 5 rows rejected, or none")
    sentences = [f"{area} sent its return{' ' if said else ''}{', '.join(said)}."]
    follow_up = next((each for each in measures if weeks_of(each) == 13 and not is_missing(own.get(each.name))), None)
    if follow_up is not None:
        base = due.get(follow_up.name)
        of = "" if base is None or is_missing(base["due"]) else f" {base['due']:,.0f}"
        sentences.append(f"**{share_text(own[follow_up.name])}** of its{of} follow-ups due at 13 weeks are recorded, {TOGETHER}.")
    return sentences


def unknown_sentence(table: Mapping[str, Mapping[str, float | None]], country: str,
                     measures: Sequence[Measure]) -> list[str]:
    """In how many partnerships more than a fifth is not known, for disability."""
    measure = next((each for each in measures if each.name == "unknown_disabled"), None)
    if measure is None:
        return []
    shares = [own[measure.name] for area, own in table.items() if area != country and not is_missing(own.get(measure.name))]
    over = sum(share > UNKNOWN_LIMITS[-1] for share in shares)
    return [f"Whether people are disabled is not known for over 20% in **{over} of {len(shares)}** partnerships, "
            f"{TOGETHER}."]


def legend_of(measures: Sequence[Measure]) -> str:
    """What the shades of these measures mean, in words."""
    parts = []
    if any(each.limits == UNKNOWN_LIMITS for each in measures):
        parts.append("Not known: deeper over 5%, over 10% and, with caution, over 20%")
    if any(each.limits == RECORDED_LIMITS for each in measures):
        parts.append("Recorded: deeper under 80%, under 50% and under 30%")
    if any(each.limits == REJECTED_LIMITS for each in measures):
        parts.append("Rejected: deeper over 1%, over 2% and over 5%")
    return ". ".join(parts) + "." if parts else ""
