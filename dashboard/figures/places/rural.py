"""Urban against rural: boxes of both, the whole and the gap, then each class, in as many as the measure allows."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said
from dashboard.figures import compose, tables
from dashboard.figures.places.dots import dots
from dashboard.figures.value import rural
from dashboard.figures.within import within
from dashboard.methods.missing import is_missing
from dashboard.read import places, rates
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import comparisons, differences, marks, numbers, phrases

CLASS_NOTE = ("Scottish Government Urban Rural Classification. Returns go by the class of the person's own address; "
              "published figures by the class their source used.")
NOT_AS_TWO = "Published by class, not for urban and rural as two: they are not worked out from the classes."


def urban_rural(edition: Edition, choice: Choice) -> tuple[Figure | Said | Absent, ...]:
    """One measure by urban and rural in the area, and by three and six classes, which are held for Scotland alone."""
    indicator, area_code = edition.catalogue.get(choice.of("rural")), choice.of("area", SCOTLAND)
    if indicator is None:
        return (Absent("No figure by urban and rural class is held in this edition."),)
    whole = edition.ask("urban_rural", indicator_id=indicator.indicator_id, area_code=SCOTLAND)
    own, absent = edition.ask("urban_rural", indicator_id=indicator.indicator_id, area_code=area_code), ()
    if own.is_empty and area_code != SCOTLAND:
        absent = (Absent(f"By class, this measure is held for Scotland only: not for {edition.area_name(area_code)}."),)
        own, area_code = whole, SCOTLAND
    boxes = _boxes(edition, own, indicator, edition.area_name(area_code))
    return (*absent, *boxes, *(_class_figure(edition, whole, fold, rows, indicator) for fold, rows in
                               _folds(whole.rows, indicator)))


def within_partnerships(edition: Edition, _: Choice) -> tuple[Figure | Said, ...]:
    """People who entered work, urban and rural, as it stands and within the same partnership."""
    return within(edition, "B_urban_rural_2", "Urban and rural", "entered", "places.within")


def in_brief(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """What is asked first of urban and rural Scotland: who enters work, within the same partnership, and what a start costs."""
    fared = [each.text for each in within_partnerships(edition, choice) if isinstance(each, Said)]
    return (*compose.say(edition, choice, [" ".join(fared)], "places.within"),
            *compose.say(edition, choice, [rural.rural_and_urban(edition)], "value.kinds_of_place"))


def _folds(rows: Sequence[Row], indicator: Indicator) -> list[tuple[int, list[Row]]]:
    """Rows by six and three classes; three are added up from six where they are protected counts."""
    six = [row for row in rows if row["fold"] == 6]
    three = [row for row in rows if row["fold"] == 3]
    if six and not three and indicator.data_class == "returns" and indicator.measure == "percentage":
        three = [*places.three_fold(six), *(row for row in six if row["category"] in ("unknown", "all"))]
    return [(fold, own) for fold, own in ((6, six), (3, three)) if len(own) > 1]


def _boxes(edition: Edition, answer: Answer, indicator: Indicator, name: str) -> tuple[Figure | Said | Absent, ...]:
    """The four boxes; a plain word where the measure is not held for urban and rural as two."""
    rows = [row for row in answer.rows if row["fold"] == 2]
    urban, rural, whole = (next((row for row in rows if row["category"] in kinds), None)
                           for kinds in (("urban", "U"), ("rural", "R"), ("all",)))
    if urban is None or rural is None:
        return (Absent(NOT_AS_TWO),)
    shown = [_box(label, row, indicator) for label, row in (("Urban", urban), ("Rural", rural), (name, whole)) if row]
    if indicator.measure != "count":
        shown.append(_gap_box(rural, urban, indicator))
    figure = compose.cards(
        edition, answer.keep(rows), shown, title=f"{indicator.title}: urban and rural",
        subtitle=f"{indicator.title}, {indicator.unit}, {name}, {rural['period_label']}", notes=(CLASS_NOTE, *indicator.caveats),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator))
    return figure, Said(f"{indicator.title}, {indicator.unit}. {CLASS_NOTE}")


def _box(label: str, row: Row, indicator: Indicator) -> dict[str, object]:
    return compose.card(label, numbers.value_text(row, indicator, short=True), numbers.card_line(row, indicator),
                        base=f"{row['period_label']} · {numbers.base_text(row, indicator)}")


def _gap_box(rural: Row, urban: Row, indicator: Indicator) -> dict[str, object]:
    gap = rural_gap(rural, urban, indicator)
    points = replace(indicator, measure="points", unit="percentage points", data_class="returns", decimals=max(
        indicator.decimals, 1 if indicator.data_class == "returns" else 0)) \
        if indicator.measure == "percentage" else indicator
    return compose.card("Gap: rural minus urban", numbers.value_text(gap, points, short=True),
                        numbers.card_line(gap, points), gap_words(gap), base=str(rural["period_label"]))


def rural_gap(rural: Row, urban: Row, indicator: Indicator) -> dict:
    """Rural minus urban, in points or units, with an interval where both have what it needs."""
    own_marks = [mark for row in (rural, urban) for mark in marks.marks_of(row.get("obs_status"))]
    hidden = {"value": None, "lower_ci": None, "upper_ci": None}
    if is_missing(rural["value"]) or is_missing(urban["value"]):
        alone = [mark for mark in marks.ALONE if mark in own_marks]
        return hidden | {"obs_status": alone[0] if alone else "x"}
    if indicator.data_class == "returns" and indicator.measure == "percentage":
        row = rates.difference(rural, urban, (int(rural.get("cells") or 1), int(urban.get("cells") or 1)))
        return row | {"found": rates.verdict_of(row, rural, urban, is_of_records=indicator.is_of_records,
                                                is_record_keeping=indicator.is_record_keeping)}
    found = differences.difference(rural, urban, indicator)
    few = "u" if "u" in own_marks else None
    return {"value": found.estimate, "lower_ci": found.lower, "upper_ci": found.upper, "obs_status": few, "found": found}


def gap_words(gap: Row) -> str:
    """The gap's direction, only where the interval shows one."""
    if is_missing(gap["value"]):
        return "No figure to compare"
    if is_missing(gap["lower_ci"]):
        return "Not tested: no interval"
    found = gap["found"]
    if found.is_clear:
        return f"Rural is {found.direction} than urban"
    return phrases.sentence_case(differences.told_apart(found))


def _class_figure(edition: Edition, answer: Answer, fold: int, rows: Sequence[Row], indicator: Indicator) -> Figure:
    """Each class in Scotland against the whole, in the order of the classification."""
    name, when = edition.area_name(SCOTLAND), str(rows[0]["period_label"])
    whole = next((row for row in rows if row["category"] == "all"), None)
    shown = comparisons.judged([row | {"group": row["category_label"]} for row in rows if row["category"] != "all"], whole,
                               f"the rest of {name}" if whole else name, indicator)
    everyone = [(row["group"], row) for row in shown] + ([(name, whole)] if whole else [])
    subtitle = f"{indicator.title}, {indicator.unit}, {name}, by {fold} urban-rural classes, {when}"
    return compose.figure(
        edition, answer, title=_class_title(shown, fold, name), subtitle=subtitle,
        table=tables.one_series_table(everyone, "Class", indicator, subtitle),
        plot=dots(shown, indicator, comparisons.breakdown_alt(shown, indicator, "urban-rural class", f"{name}, {when}"),
                  reference=whole["value"] if whole else None, reference_name=name),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=(comparisons.verdict_legend(shown, f"the rest of {name}"), differences.FAMILY_NOTE,
               *((differences.RANGE_NOTE,) if indicator.is_of_records else ()), CLASS_NOTE, _three_note(fold, indicator),
               *indicator.caveats))


def _three_note(fold: int, indicator: Indicator) -> str:
    if fold != 3 or indicator.data_class != "returns":
        return ""
    return "Rest of Scotland adds up classes 1 to 4: four rounded counts, which the interval allows for."


def _class_title(rows: Sequence[Row], fold: int, name: str) -> str:
    """How many classes can be told apart from the whole."""
    count = {6: "six", 3: "three"}[fold]
    known = [row for row in rows if not is_missing(row["value"]) and row["category"] != "unknown"]
    ways, refused = [str(row["direction"]) for row in known], comparisons.refused_words(known)
    if not refused and all(way == "untested" for way in ways):
        return f"By {count} classes: no interval is published, so none is said to differ"
    said = "; ".join(filter(None, (comparisons.direction_counts(ways, f"the rest of {name}"), refused)))
    return f"By {count} classes: {said or 'none compared'}"
