"""For whom, measured how, and who asks twice: progress by group in Scotland, and follow-up by partnership."""

from collections.abc import Sequence

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.progress import counts, words
from dashboard.figures.progress.choosers import GROUPS, areas_of_progress, start_years
from dashboard.read import progress
from dashboard.read.edition import Answer, Edition
from dashboard.words import phrases

ALLOWS = {"counts_only": "counts only", "no_comparison": "own figures, with great caution",
          "caution": "own figures, with caution", "enough": "own figures"}


def by_group(edition: Edition, choice: Choice) -> tuple[Figure | Said | Absent, ...]:
    """The bands of one area of progress by group or by instrument, in Scotland."""
    years, by = start_years(edition, choice), choice.of("by")
    if not years:
        return ()
    when, held = words.in_words(years), edition.ask("progress_by_group", by=by)
    said = compose.say(edition, choice, [f"Scotland, people who started in {when}. {words.POOLED}"])
    if held.is_empty:
        return said
    label = areas_of_progress(held.rows)[choice.of("domain")]
    groups = [each for each in groups_of(held, choice.of("domain"), years) if each.scored > 0 and each.name != "none"]
    if not groups:
        return (*said, Absent(f"[x] No scores of {label.lower()} can be shown by {GROUPS[by].lower()}."))
    base, indicator = by != "instrument", counts.improved(edition)
    caption = f"{label} by {GROUPS[by].lower()}: people asked twice, Scotland"
    return (*said, compose.figure(
        edition, counts.sourced(held, counts.band_rows(edition, groups, base), when),
        title=f"{label} by {GROUPS[by].lower()}", subtitle=f"{caption}, people who started in {when}",
        table=counts.domain_table(edition, groups, caption, GROUPS[by], base), unit=indicator.unit,
        base=counts.PAIRED_BASE if base else "People with a score at the start and at follow-up",
        interval=words.CHANCE, notes=(words.POOLED, words.ROUNDING, *indicator.caveats)))


def groups_of(held: Answer, domain: str, years: Sequence[str]) -> list[progress.Domain]:
    """One area of progress, a Domain for each group; rows of `progress_by_group`."""
    return progress.pool([row | {"category": row["category_2"], "category_label": row["group_label"]}
                          for row in held.rows if row["category"] == domain], years)


def follow_up(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Who asks twice: every partnership, never what they found; and who sent no scores, or no return."""
    held, years = counts.counts(edition), start_years(edition, choice)
    if held.is_empty or not years:
        return ()
    label, rows = str(held.rows[0]["category_label"]), _follow_up_rows(edition, held, years)
    caption = f"People who started in {words.in_words(years)}. Scotland first, then alphabetical"
    indicator = counts.asked(edition)
    return (*_unsent_in_words(edition, rows), compose.figure(
        edition, held, title=f"{label}: start scores and people asked twice, by partnership", subtitle=caption,
        table=table(caption, ("Area", "Started", "With a start score", "Asked twice", "Share asked twice",
                              "What it allows"), rows, {1, 2, 3, 4}),
        unit=indicator.unit, base=indicator.base, interval="None is shown: the share says what may be compared.",
        notes=(words.ROUNDING, *indicator.caveats)))


def _follow_up_rows(edition: Edition, held: Answer, years: Sequence[str]) -> list[tuple[str, ...]]:
    """One row an area that sent a return, of the first area of progress."""
    own = [row for row in held.rows if row["category"] == held.rows[0]["category"]]
    unsent = {row["area_code"] for row in edition.ask("returns_quality").rows
              if row["measure"] == "received_progress" and row["value"] == 0}
    rows = []
    for code in dict.fromkeys(row["area_code"] for row in held.rows):
        if pooled := progress.pool([row for row in own if row["area_code"] == code], years):
            rows.append(_follow_up_row(edition, code, pooled[0], code in unsent))
    return rows


def _follow_up_row(edition: Edition, area_code: str, each: progress.Domain, unsent: bool) -> tuple[str, ...]:
    area, started = edition.area_name(area_code), f"{each.eligible:,.0f}"
    if unsent:
        return (area, started, "[x]", "[x]", "[x]", "no scores sent")
    return (area, started, counts.few(each.scored), counts.few(each.paired),
            words.say(each.asked_twice, counts.asked(edition)),
            ALLOWS[each.level] if each.scored else "nothing sent, or fewer than 5")


def _unsent_in_words(edition: Edition, rows: Sequence[tuple[str, ...]]) -> list[Absent]:
    """Partnerships without a return by name, and how many of the others show start scores."""
    country, absent = edition.area_name(SCOTLAND), []
    partnerships = [row for row in rows if row[0] != country]
    named = {str(row["name"]) for row in edition.areas.values() if row["area_type"] == "partnership"}
    if missing := sorted(named - {row[0] for row in rows}):
        absent.append(Absent(f"[x] No return is held for {phrases.listed(missing)}."))
    sent = sum(row[2] not in ("[low]", "[x]") for row in partnerships)
    if sent < len(partnerships):
        absent.append(Absent(f"Start scores can be shown for {sent} of {len(partnerships)} partnerships with a return. "
                             "The others sent none [x], or fewer than 5 [low]."))
    return absent
