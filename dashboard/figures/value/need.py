"""Each partnership's share of spend beside its share of a stated measure of need."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Table, plain, plot, table
from dashboard.figures import compose
from dashboard.figures.recipe import Chooser
from dashboard.figures.value import words
from dashboard.figures.value.spend import START, spend, unsent
from dashboard.methods.missing import is_missing
from dashboard.read import value
from dashboard.read.edition import Answer, Edition, Row

NEEDS = {
    "employment_deprived_people": "People out of work on certain benefits (2017)",
    "claimant_count_share": "People claiming unemployment benefits",
    "population_16_64_midyear": "People aged 16 to 64",
}
WHY_NEED = {
    "employment_deprived_people": "Chosen first because it also counts people out of work through ill health, whom "
    "these services are for. It is old: from the 2020 index of deprivation.",
    "claimant_count_share": "The newest, but it misses most inactive and many disabled people. A published rate times "
    "a published population: our arithmetic.",
    "population_16_64_midyear": "Everyone of working age: not need, but what a share by population would be.",
}
SAME_SHARE = 1.0
SOURCE = ("data_class", "source_id", "publisher", "source_title", "edition", "url", "designation")


def spend_year(edition: Edition) -> str | None:
    """The newest year of which most partnerships sent spend; None where none is held."""
    return edition.once("value: year of spend", lambda edition: value.latest_year(spend(edition).rows, SCOTLAND))


def _needs(edition: Edition, _: Choice) -> dict[str, str]:
    """The measures that can be chosen; none where no spend is held to read against them."""
    return {name: label for name, label in NEEDS.items() if name in edition.every_indicator} if spend_year(edition) else {}


NEED = Chooser("need", "Measure of need", _needs)


def funding_and_need(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The ratio of the two shares in every partnership, in the order of the alphabet."""
    held, year, measure = spend(edition), spend_year(edition), choice.of("need")
    if year is None:
        return (Absent(words.NOTHING_SENT),)
    need, shares = edition.ask("need_counts", indicator_id=measure), shares_of(edition, measure, year)
    if not shares:
        return (*unsent(edition), Absent(f"[x] No count of need is held for {NEEDS[measure].lower()}."))
    return (*unsent(edition), _figure(edition, choice, shares, held, need, year))


def shares_of(edition: Edition, measure: str, year: str) -> Mapping[str, Mapping[str, float]]:
    """Each partnership's share of spend and of need by one measure, among those that hold both (`read.value.share_rows`)."""
    return edition.once(f"value: shares of spend in {year} and of {measure}", lambda edition: plain(_shares_of(edition, measure, year)))


def _shares_of(edition: Edition, measure: str, year: str) -> Mapping[str, Mapping[str, float]]:
    held, need = spend(edition), edition.ask("need_counts", indicator_id=measure)
    spent = {code: value.total([row for row in held.rows if (row["area_code"], row["period"]) == (code, year)], "spend")
             for code in dict.fromkeys(row["area_code"] for row in held.rows) if code != SCOTLAND}
    return value.share_rows({code: pounds for code, pounds in spent.items() if pounds},
                            {row["area_code"]: row["people"] for row in need.rows if not is_missing(row["people"])})


def _figure(edition: Edition, choice: Choice, shares: Mapping[str, Mapping[str, float]], held: Answer, need: Answer,
            year: str) -> Figure:
    indicator = replace(edition.every_indicator[START], title="Share of spend divided by share of need", measure="ratio",
                        unit="ratio", decimals=2, benchmark="")
    rows, name = _rows(edition, shares, held, year), edition.area_name(choice.area_code)
    label, when = NEEDS[choice.of("need")], str(need.rows[0]["period_label"])
    own = (words.near_words([row["value"] for row in rows]) if choice.area_code == SCOTLAND
           else words.ratio_words(shares.get(choice.area_code), name)).rstrip(".")
    subtitle = (f"Share of all spend returned in {year} divided by share of need: "
                f"{(label[:1].lower() + label[1:]).removesuffix(f' ({when})')}, {when}. "
                f"{len(rows)} partnerships in alphabetical order: not a ranking")
    return compose.figure(
        edition, held.keep(rows).joined_by(need), title=own, subtitle=subtitle, table=_table(rows, subtitle),
        plot=plot("dots", rows, f"Dots: share of spend divided by share of need, {len(rows)} partnerships. {own}. "
                  "1 is the same share.", indicator=indicator.as_data(), chosen=name, reference=SAME_SHARE,
                  reference_name="Same share"),
        unit="ratio of two shares", base=f"Partnerships that sent spend in {year} and have a count of need",
        interval="None: both shares are full counts or accounts. No difference is tested.",
        notes=(WHY_NEED[choice.of("need")], "Shares are of the partnerships shown, not of Scotland where one is missing.",
               "The shares are our arithmetic on returned spend and published counts.",
               "Allocations are not held, so spend stands in for funding.",
               "Need has many causes: neither share says what funding should be."))


def _rows(edition: Edition, shares: Mapping[str, Mapping[str, float]], held: Answer, year: str) -> list[Row]:
    """One row a partnership, by name, with the source of its spend."""
    source = {name: held.rows[0][name] for name in SOURCE}
    rows = [{"area_code": code, "area": edition.area_name(code), "value": share["ratio"], "lower_ci": None, "upper_ci": None,
             "obs_status": None, "period_label": year, "share_of_spend": share["funding"], "share_of_need": share["need"],
             "pounds_for_each_person_in_need": share["pounds"], "verdict": "none", **source}
            for code, share in shares.items()]
    return sorted(rows, key=lambda row: row["area"])


def _table(rows: Sequence[Row], caption: str) -> Table:
    return table(
        caption, ("Partnership", "Share of spend", "Share of need", "Spend share ÷ need share",
                  "Spend for each person counted"),
        [(row["area"], f"{row['share_of_spend']:.1f}%", f"{row['share_of_need']:.1f}%", f"{row['value']:.2f}",
          f"£{row['pounds_for_each_person_in_need']:,.0f}") for row in rows], {1, 2, 3, 4})
