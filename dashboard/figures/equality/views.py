"""What may be asked about people, in words: what a chooser says before the click, and why a view is not allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from dashboard.figure import SCOTLAND, Absent
from dashboard.methods.thresholds import FEWEST_SHOWN
from dashboard.read import availability, equality
from dashboard.words.phrases import shorten

PAGE = "/equality"
WHY_SCOTLAND = ("Figures by {label} are made for Scotland only: in most partnerships the groups are so small "
                "that people could be recognised.")
WHY_PAIRS = ("Two characteristics together are shown for six named pairs and for Scotland only. More tables would let "
             "small groups be worked out by subtraction.")
WHY_PROGRAMMES = ("Programmes are shown for Scotland only, not for {area}: more tables would let small groups be worked out "
                  "by subtraction.")
WHY_BY_PROGRAMME = ("{name} tells how people were served, not who they are. It is shown by programme only, so the other parts of this "
                    "page show {shown}.")
ELSEWHERE = "disabled"      # shown where what was asked for has no view of its own
PAIR_STATES = {"shown": "shown", "too_small": f"withheld: a group has fewer than {equality.FEWEST_IN_PAIRS} people",
               "not_held": "not in this edition"}


@dataclass(frozen=True)
class View:
    """What is shown for what was asked; `absent` says why it is not the same, and what is near."""

    by: str
    area_code: str
    absent: Absent | None = None


def labels(states: Mapping[str, str], area: str, of_service: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Every characteristic, saying before the click whether there is anything behind it."""
    after = {"shown": "", "scotland_only": " — Scotland only", "by_programme": " — by programme only", "not_held": " — not in this edition",
             "too_small": f" — too few people in {area}", "not_collected": " — not collected"}
    return {by: (of_service.get(by) or availability.name_of(by)) + after[state] for by, state in states.items()}


def pair_labels(states: Mapping[str, str]) -> dict[str, str]:
    """The six named pairs, saying the same."""
    after = {"shown": "", "too_small": " — too few people in a group", "not_held": " — not in this edition"}
    return {pair: availability.PAIRS[pair] + after[state] for pair, state in states.items()}


def resolve(by: str, area_code: str, area: str, state: str, name: str) -> View:
    """The view of a characteristic (in words: `name`) in an area, or the nearest safe one with the reason."""
    if state == "shown":
        return View(by, area_code)
    label = availability.in_words(by)
    in_scotland = (f"{name}, Scotland", by_address(by, SCOTLAND))
    if state == "scotland_only":
        near = availability.NEAREST.get(by)
        here = [(f"{availability.name_of(near)}, {area}", by_address(near, area_code))] if near else []
        return View(by, SCOTLAND, Absent(WHY_SCOTLAND.format(label=label), "c", (in_scotland, *here)))
    if state == "too_small":
        return View(by, SCOTLAND, Absent(f"Too few people started in {area} for figures by {label}: a rate needs a base of "
                                         f"{FEWEST_SHOWN}.", "c", (in_scotland,)))
    if state == "by_programme":
        return View(ELSEWHERE, SCOTLAND, Absent(WHY_BY_PROGRAMME.format(name=name, shown=availability.name_of(ELSEWHERE)), "x", (
            (f"{name} by programme, Scotland", by_address(by, SCOTLAND, part="programmes")),)))
    if state == "not_collected":
        near = availability.NOT_COLLECTED[by][1]
        return View(near, SCOTLAND, Absent(
            f"{name} is not collected in participants' returns, so nothing can be shown.", "x",
            ((f"{availability.name_of(near)}, Scotland", by_address(near, SCOTLAND)),)))
    return View(by, area_code, Absent(f"This edition holds no figures by {label}."))


def not_a_pair(given: str) -> Absent:
    """A pair that is not one of the six, and those that share a characteristic with it."""
    near = availability.nearest_pairs(given) or list(availability.PAIRS)
    return Absent(f"No figures are made for '{shorten(given)}'. {WHY_PAIRS}", "c",
                  tuple((availability.PAIRS[pair], pair_address(pair)) for pair in near))


def pair_withheld(pair: str) -> Absent:
    """Why the whole view of a pair is withheld, without a number from it."""
    return Absent(f"{availability.PAIRS[pair]} is withheld whole: at least one group has fewer than "
                  f"{equality.FEWEST_IN_PAIRS} people, and showing the others would give it away.", "c",
                  safe_parts(pair, SCOTLAND, "Scotland"))


def pair_for_scotland(pair: str, area_code: str, area: str) -> Absent:
    """Two characteristics together were asked for in a partnership."""
    return Absent(f"{WHY_PAIRS} Here is Scotland, "
                  f"not {area}.", "c", safe_parts(pair, area_code, area))


def programmes_for_scotland(by: str, area_code: str, area: str, name: str) -> Absent:
    """Programmes were asked for in a partnership."""
    here = ((f"{availability.name_of(by)}, {area}", by_address(by, area_code)),) if by in availability.BY_AREA else ()
    return Absent(WHY_PROGRAMMES.format(area=area), "c",
                  ((f"{name} by programme, Scotland", by_address(by, SCOTLAND, part="programmes")), *here))


def safe_parts(pair: str, area_code: str, area: str) -> tuple[tuple[str, str], ...]:
    """Each of the two characteristics by itself, where it may be shown."""
    found = []
    for part in availability.PARTS_OF_PAIRS[pair]:
        near = part if area_code == SCOTLAND or part in availability.BY_AREA else availability.NEAREST[part]
        found.append((f"{availability.name_of(part)}, {area}", by_address(near, area_code)))
    return tuple(found)


def by_address(by: str, area_code: str, **more: str) -> str:
    """Where one characteristic of one area is shown."""
    return f"{PAGE}?{urlencode({'by': by, 'area': area_code} | more)}"


def pair_address(pair: str) -> str:
    """Where a pair is shown."""
    return f"{PAGE}?{urlencode({'part': 'pairs', 'pair': pair, 'area': SCOTLAND})}"


def pairs_shown(states: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Each of the six pairs, and whether it can be shown."""
    return [(availability.PAIRS[pair], PAIR_STATES[state]) for pair, state in states.items()]
