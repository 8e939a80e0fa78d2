"""What the reader chose, checked against what the extract holds. Nothing from a link is trusted."""

from collections.abc import Iterable, Mapping


def tidy(text: str) -> str:
    """Spelling that does not matter: case, spaces, '&' for 'and'."""
    return " ".join(text.casefold().replace("&", " and ").split())


def find_area(text: str, areas: Iterable[Mapping[str, object]]) -> str | None:
    """The area_code that `text` names: a code, a former code, a name or another spelling of it. None if nothing fits."""
    wanted = tidy(text)
    for area in areas:
        former = str(area.get("former_codes") or "").replace(";", " ").replace(",", " ").split()
        spellings = str(area.get("spellings") or "").split(";")
        names = [area["area_code"], area["name"], *former, *spellings]
        if wanted and wanted in (tidy(str(name)) for name in names):
            return str(area["area_code"])
    return None


def find_indicator(text: str, indicators: Iterable[Mapping[str, object]]) -> str | None:
    """The indicator_id that `text` names: an id, an earlier id, or a title. None if nothing fits."""
    wanted = tidy(text)
    for indicator in indicators:
        names = [indicator["indicator_id"], indicator["title"], *indicator["aliases"]]
        if wanted in (tidy(str(name)) for name in names):
            return str(indicator["indicator_id"])
    return None


def find_choice(text: str, options: Mapping[str, str]) -> str | None:
    """The key of `options` that `text` names, by key or by label. None if nothing fits."""
    wanted = tidy(text)
    return next((key for key, label in options.items() if wanted in (tidy(key), tidy(label))), None)
