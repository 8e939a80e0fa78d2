"""Areas to read an area against: its family group and Scotland."""

from dashboard.figure import SCOTLAND
from dashboard.read.edition import Edition


def with_scotland(area_code: str) -> list[str]:
    """The area and, unless it is Scotland, Scotland to read it against."""
    return list(dict.fromkeys((area_code, SCOTLAND)))


def family_group(edition: Edition, area_code: str) -> tuple[str, list[str]] | None:
    """The name and the other members of the area's family group for services of this kind; None for Scotland."""
    rows = [row for row in edition.ask("groups", area_code=area_code).rows if row["group_type"] == "family_group"]
    preferred = [row for row in rows if "other services" in row["group_name"]] or rows
    if not preferred:
        return None
    name = preferred[0]["group_name"]
    return name, [row["area_code"] for row in preferred if row["group_name"] == name and row["area_code"] != area_code]


def others_in(group: str) -> str:
    """'Others in family group 1': the group's version is said in the notes."""
    short = group.split(" (")[0]
    return f"Others in {short[:1].lower()}{short[1:]}"


def read_against(edition: Edition, area_code: str) -> dict[str, list[str]]:
    """The area, the rest of its family group and Scotland: the name of each and the areas it adds up."""
    against = {edition.area_name(area_code): [area_code]}
    if area_code != SCOTLAND:
        if group := family_group(edition, area_code):
            against[others_in(group[0])] = group[1]
        against["Scotland"] = [SCOTLAND]
    return against
