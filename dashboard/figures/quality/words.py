"""Quality of the returns in sentences: how many sent one, how far records differ, and one partnership's own."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from dashboard.figures.quality.measures import (
    RECORDED_LIMITS,
    REJECTED_LIMITS,
    UNKNOWN_LIMITS,
    Measure,
    measure_of,
    share_text,
    weeks_of,
)
from dashboard.methods.missing import is_missing
from dashboard.words import phrases

SMALL, WIDE = 0.10, 0.30       # spread of a share across partnerships: under the first small, over the second wide
CONSISTENCY_RULE = ("A spread across partnerships of under 10 points is called small, of over 30 points wide, "
                    "and between them moderate.")
MOST_NAMED = 5          # partnerships in one sentence
TOGETHER = "every start year together"
FROM_ROUNDED = f"{TOGETHER}, from rounded counts"
Table = Mapping[str, Mapping[str, float | None]]      # {area: {measure: value}}
Beside = Mapping[tuple[str, str], str]                # interval and mark of a share, by area and measure
Due = Mapping[str, Mapping[str, object]]              # what each share recorded is a share of, by measure


def counted(table: Table, country: str, measure: Measure) -> str:
    """'26 of 32': how many partnerships a flag is true for, of those for which it is held; '' if for none."""
    held = [own[measure.name] for area, own in table.items()
            if area != country and not is_missing(own.get(measure.name))]
    return f"{sum(map(int, held))} of {len(held)}" if held else ""


def when(due: Due) -> str:
    """'starts of 2023-24 to 2025-26 together'; without follow-ups due, every start year."""
    base = next(iter(due.values()), None)
    return TOGETHER if base is None else f"starts of {base['first_label']} to {base['last_label']} together"


def consistency_sentences(table: Table, country: str, measures: Sequence[Measure], years: str = TOGETHER) -> list[str]:
    """How many sent a return, and how far the share of follow-ups recorded differs: one sentence each, by rule.

    `table` holds no share of low reliability: a spread of such shares is mostly chance.
    """
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
                             f"**{share_text(shares[-1])}**.")
            sentences.append(f"That is a {spread_word(shares)} spread across {len(shares)} partnerships, {years}.")
    return sentences


def answer_rows(table: Table, own: Mapping[str, float | None], country: str, measures: Sequence[Measure], area: str = "",
                due: Due = MappingProxyType({}), beside: Beside = MappingProxyType({}), unknown: tuple[int, int] = (0, 0),
                years: str = TOGETHER) -> list[tuple[str, str, str]]:
    """The figures of these sentences: (what, figure, of whom).

    `own` adds those of one partnership, `area`; `due` their bases and `beside` their intervals and marks. `unknown`: how
    many partnerships of how many do not know disability for over a fifth, in these `years`.
    """
    rows = [(words, text, "partnerships for which it is held") for name, words in
            (("received", "Sent a return"), ("on_time", "Sent it on time"))
            if (text := counted(table, country, measure_of(name)))]
    for each in measures:
        held = [own[each.name] for place, own in table.items() if place != country and not is_missing(own.get(each.name))]
        if each.group == "follow_ups" and len(held) > 1:
            rows.append((f"{each.label} when due, lowest to highest", f"{share_text(min(held))} to {share_text(max(held))}",
                         f"{len(held)} partnerships, {when(due)}"))
    if unknown[1]:
        rows.append(("Whether people are disabled: not known for over 20%, all the interval", f"{unknown[0]} of {unknown[1]}",
                     f"partnerships, {years}"))
    return rows + [(f"{area}: {each.label[:1].lower()}{each.label[1:]}",
                    each.text(own[each.name], "x") + beside.get((area, each.name), ""),
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
                   due: Due = MappingProxyType({}), beside: Beside = MappingProxyType({})) -> list[str]:
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
        limits, _, mark = beside.get((area, follow_up.name), "").strip().partition(" [")
        sentences.append(f"**{share_text(own[follow_up.name])}**{mark and f' [{mark}'} of its{of} follow-ups "
                         f"due at 13 weeks are recorded, {when(due)}.")
        if limits:
            sentences.append(f"The 95% interval is {limits.strip('()')}.")
    return sentences


def many_unknown(rows: Sequence[Mapping[str, object]], country: str) -> tuple[int, int]:
    """In how many partnerships disability is not known for over 20%, beyond what chance and rounding allow, and of how many."""
    shares = [row["lower_ci"] if not is_missing(row.get("lower_ci")) else row["value"] for row in rows
              if row["measure"] == "unknown_disabled" and row["area"] != country and not is_missing(row["value"])]
    return sum(float(share) > UNKNOWN_LIMITS[-1] for share in shares), len(shares)


def unknown_sentence(found: tuple[int, int], years: str) -> list[str]:
    """In how many partnerships more than a fifth is not known, for disability; nothing where it is not held."""
    many, held = found
    return [f"Whether people are disabled is not known for over 20% in **{many} of {held}** partnerships, {years}."] if held else []


CARE_RULE = (f"Named where no return was sent, under {RECORDED_LIMITS[-1]:.0%} of 13-week follow-ups due are recorded, over "
             f"{UNKNOWN_LIMITS[-1]:.0%} of starters have no answer on disability (the whole interval), or over {REJECTED_LIMITS[-1]:.0%} of rows were "
             "rejected. It says how a return was kept, not how well people were served. Shares on few people name nobody.")


def reasons(own: Mapping[str, float | None], measures: Sequence[Measure], least_unknown: float | None) -> list[str]:
    """Why the return of one partnership is to be read with care: each stated limit that it crosses, with its share.

    `least_unknown`: the lower limit of the share not known for disability, which the stated limit is held against.
    """
    if not own.get("received"):
        return ["no return sent"]
    words = {"unknown_disabled": "disability not known: {}", "rejected_share": "{} of rows rejected"}
    said = []
    for each in measures:
        pattern = "{} of 13-week follow-ups recorded" if weeks_of(each) == 13 else words.get(each.name)
        held = least_unknown if each.name == "unknown_disabled" else own.get(each.name)
        if pattern and not is_missing(own.get(each.name)) and each.shade(held) == 3:
            said.append(pattern.format(share_text(own[each.name])))
    return said


def care_title(found: int, count: int) -> str:
    """'9 of 32 returns are to be read with care'."""
    return f"{found} of {count} returns {'is' if found == 1 else 'are'} to be read with care" if found else "No return crosses a limit"


def care_sentence(found: Mapping[str, Sequence[str]]) -> str:
    """Whose follow-ups are mostly missing, by name up to five, and how many more are named below."""
    named = [area for area, why in found.items() if any("follow-ups" in each for each in why)]
    others = len(found) - len(named)
    if not found:
        return ""
    if not named or len(named) > MOST_NAMED:
        return f"Read **{phrases.plural(len(found), 'return')}** with care: they are named below."
    also = f" {others} more for other reasons, named below." if others else ""
    return f"Read with care, as few follow-ups are recorded: **{phrases.listed(named)}**.{also}"


def alike_sentence(alike: Iterable[tuple[str, str]]) -> str:
    """'The same in every partnership: return received, yes; rows rejected, under 5 rows.'; '' where nothing is."""
    said = "; ".join(f"{label[:1].lower()}{label[1:]}, {text}" for label, text in alike)
    return f"The same in every partnership: {said}." if said else ""


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
