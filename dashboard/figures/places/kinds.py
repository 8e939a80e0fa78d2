"""Kinds of place: each council's people by urban-rural class, and the one label a council where one is needed."""

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, plot, table
from dashboard.figures import compose
from dashboard.figures.places.groups import members_of
from dashboard.read.edition import Edition
from dashboard.words import phrases

CLASSES = "urban_rural_6"
PEOPLE = "population_16_64_census"     # the one count of people by council and class that is held
SHADES = ("sequential.4", "sequential.3", "sequential.2", "sequential.1", "sequential.0", "band_strong")
MIX_NOTE = ("Derived: Census 2022 data zones added up by their class in the 2016 edition of the classification, "
            "the newest held for councils. Official shares of a later edition would replace it.")


def class_shares(edition: Edition, choice: Choice) -> tuple[Figure | Said | Absent, ...]:
    """Six shades from the largest towns to the remotest places, dark to pale: never one class for a council."""
    answer = edition.ask("series", indicator_id=PEOPLE, areas=list(edition.areas), programme="all",
                         characteristic=CLASSES, category=None) if PEOPLE in edition.catalogue else None
    if answer is None or answer.is_empty:
        return (Absent("No share of people by urban-rural class is held in this edition."),)
    name = edition.area_name(choice.of("area", SCOTLAND))
    labels = {row["category"]: row["category_label"] for row in sorted(answer.rows, key=lambda row: row["category"])}
    shares = {(row["area"], row["category"]): row["value"] for row in answer.rows}
    cells = [[area, *(f"{shares[area, kind]:.1f}%" if (area, kind) in shares else "[x]" for kind in labels)]
             for area in dict.fromkeys(row["area"] for row in answer.rows)]
    own = phrases.listed([f"{label[2:].lower()} {shares[name, kind]:.1f}%" for kind, label in labels.items()
                          if shares.get((name, kind), 0) >= 0.5])
    subtitle = "People aged 16 to 64 by urban-rural class (2016 edition), % of each council's people, Census 2022"
    bars = [{"label": row["area"], "category": row["category"], "share": row["value"]} for row in answer.rows]
    parts = [{"category": kind, "label": label, "colour": colour}
             for (kind, label), colour in zip(labels.items(), SHADES, strict=False)]
    alt = f"Stacked bars of people by six urban-rural classes, Scotland and 32 councils. {name}: {own}."
    return (compose.figure(
        edition, answer, title=f"{name}: {own}", subtitle=subtitle,
        table=table(subtitle, ("Area", *labels.values()), cells, range(1, len(labels) + 1)),
        plot=plot("bands", bars, alt, parts=parts, row_height=24),
        unit="% of people aged 16 to 64", base="People aged 16 to 64",
        notes=(MIX_NOTE, "A council is never given one class: its people live in several.",
               *edition.catalogue[PEOPLE].caveats)), Said(MIX_NOTE))


def typology(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """One named label a council, where one is needed: the four-way typology."""
    answer, members = members_of(edition, "typology")
    caption = "Four-way typology of councils"
    return (compose.figure(
        edition, answer, title=caption, subtitle=caption,
        table=table(caption, ("Kind of council", "Councils"),
                    [(kind, phrases.listed(sorted(names))) for kind, names in members.items()]),
        unit="None", base="32 councils", interval="Not applicable: these are names."),) if members else ()
