"""Every sum the data contract implies between published counts, inside a family and between families.

The contract says what each family counts, so its sums are public knowledge: an attacker needs no
insight to write them down, and T1 asks that the published counts obey every one of them exactly.
"""

from dataclasses import dataclass, field

import numpy as np

from dashboard.pipeline.disclosure.audit.cube import Block
from dashboard.pipeline.disclosure.audit.families import (
    ANSWERS,
    COARSE,
    DIMENSIONS,
    IN_PARTNERSHIPS,
    NODES,
    OVERLAPPING,
    PAIRS,
    SCOTLAND,
    SCOTLAND_ONLY,
    SPLITS_OF_SOFT_OUTCOMES,
    STATES,
    TREE,
)
from dashboard.pipeline.disclosure.audit.system import UNKNOWN, System

JOB_STATES = STATES[:6]


@dataclass
class Model:
    """The published cube as a system of equations.

    `ids[family, quarterly]` number the cells of a block (nodes of the state tree included);
    `margins[c]` number Scotland x year x category x node of a characteristic; `family` says for each
    variable which family it belongs to, as an index into `families` (-1: nobody published it).
    """

    blocks: dict[tuple[str, bool], Block]
    system: System = field(default_factory=System)
    ids: dict[tuple[str, bool], np.ndarray] = field(default_factory=dict)
    margins: dict[str, tuple[tuple[str, ...], np.ndarray]] = field(default_factory=dict)
    all_years: np.ndarray | None = None
    problems: list[str] = field(default_factory=list)

    def has(self, family: str, quarterly: bool = False) -> bool:
        return (family, quarterly) in self.blocks

    def axis(self, family: str, dimension: str, quarterly: bool = False) -> tuple[str, ...]:
        return self.blocks[family, quarterly].axis(dimension)

    def pick(self, family: str, *keep: str, quarterly: bool = False, **chosen) -> np.ndarray:
        """Variables of a family: axes in the order of `keep`, then the nodes.

        `chosen` gives for a dimension one word (its axis goes) or a list of words (it stays).
        Raises KeyError naming a word the family does not hold.
        """
        block = self.blocks[family, quarterly]
        index, kept = [], []
        for dimension, words in zip(DIMENSIONS[:-1], block.labels[:-1], strict=True):
            wanted = chosen.get(dimension, list(words))
            if isinstance(wanted, str):
                wanted = [wanted]
            if unknown := [word for word in wanted if word not in words]:
                raise KeyError(f"{family} holds no {dimension} '{unknown[0]}'")
            index.append([words.index(word) for word in wanted])
            if dimension in keep:
                kept.append(dimension)
            elif len(wanted) != 1:
                raise KeyError(f"{family}: {len(wanted)} values of {dimension}, where one was expected")
        array = self.ids[family, quarterly][np.ix_(*index, range(self.ids[family, quarterly].shape[-1]))]
        array = array.reshape([array.shape[DIMENSIONS.index(d)] for d in kept] + [array.shape[-1]])
        return array.transpose([kept.index(d) for d in keep] + [len(kept)])


def quarters_of(year: str, periods: tuple[str, ...]) -> list[str]:
    return [period for period in periods if period.startswith(f"{year} ")]


def build_model(blocks: list[Block]) -> Model:
    """Number every cell and write down every sum."""
    model = Model({(block.family, block.quarterly): block for block in blocks})
    for key, block in model.blocks.items():
        model.ids[key] = model.system.add(block.nodes)
    for write in (_tree, _scotland, _parts_of_the_root, _margins, _breakdowns_of_scotland, _pairs,
                  _coarse_and_fine, _followups, _other_splits, _soft_outcomes, _all_years):
        try:
            write(model)
        except (KeyError, ValueError) as error:
            model.problems.append(f"families do not fit together: {error.args[0]}")
    return model


def _tree(model: Model) -> None:
    for key, block in model.blocks.items():
        if block.has_states:
            ids = model.ids[key]
            parents = ids[..., [NODES.index(node) for node, _, _ in TREE]]
            children = [ids[..., [NODES.index(pair[side]) for pair in TREE]] for side in (1, 2)]
            model.system.add_sums(f"{block.family}: nodes of the state tree", parents, np.stack(children, -1))


def _scotland(model: Model) -> None:
    for key, block in model.blocks.items():
        if block.partnerships and SCOTLAND in block.axis("area_code"):
            ids, codes = model.ids[key], block.axis("area_code")
            parts = ids[[codes.index(code) for code in block.partnerships]]
            model.system.add_sums(f"{block.family}: Scotland = partnerships", ids[codes.index(SCOTLAND)],
                                  np.moveaxis(parts, 0, -1))


def _parts_of_the_root(model: Model) -> None:
    if not model.has("M"):
        return
    add = model.system.add_sums
    if model.has("A1", True):
        areas, periods = model.axis("A1", "area_code", True), model.axis("A1", "period", True)
        for year in model.axis("M", "period"):
            quarters = model.pick("A1", "area_code", "period", quarterly=True,
                                  period=quarters_of(year, periods))
            add("A1: quarters = M", model.pick("M", "area_code", area_code=areas, period=year),
                np.moveaxis(quarters, 1, -1))
    for family, dimension in [("A2", "programme")] + [(f"B_{c}", "category") for c in IN_PARTNERSHIPS]:
        if model.has(family):
            add(f"{family}: sum = M", _root_like(model, family),
                np.moveaxis(model.pick(family, "area_code", "period", dimension), 2, -1))


def _root_like(model: Model, family: str) -> np.ndarray:
    """M over the areas and years of a family, which must be all of them."""
    for dimension in ("area_code", "period"):
        if set(model.axis(family, dimension)) != set(model.axis("M", dimension)):
            raise KeyError(f"{family} and M hold different values of {dimension}")
    return model.pick("M", "area_code", "period", area_code=model.axis(family, "area_code"),
                      period=model.axis(family, "period"))


def _margins(model: Model) -> None:
    """Scotland x year x category: one number wherever it can be added up from."""
    for c in IN_PARTNERSHIPS + SCOTLAND_ONLY + OVERLAPPING:
        if model.has(f"B_{c}"):
            categories = model.axis(f"B_{c}", "category")
            model.margins[c] = categories, model.pick(f"B_{c}", "period", "category", area_code=SCOTLAND)
        for source in _sources_of_margin(model, c):
            categories, children, name = source
            if c not in model.margins:
                seen = model.system.published[children]
                total = np.where((seen >= 0).all(-1), seen.sum(-1), UNKNOWN)
                model.margins[c] = categories, model.system.add(total)
            if set(model.margins[c][0]) != set(categories):
                raise KeyError(f"{name} and the other families of {c} hold different categories")
            model.system.add_sums(f"{name} = Scotland x year x {c}", model.margins[c][1], children)


def _sources_of_margin(model: Model, c: str):
    if model.has(f"C_{c}", True):
        periods = model.axis(f"C_{c}", "period", True)
        years = _years(model, periods)
        by_year = [model.pick(f"C_{c}", "category", "period", quarterly=True,
                              period=quarters_of(year, periods)) for year in years]
        yield model.axis(f"C_{c}", "category", True), _beside(model, by_year), f"C_{c}: quarters"
    if model.has(f"D_{c}"):
        cells = model.pick(f"D_{c}", "period", "category", "programme")
        yield model.axis(f"D_{c}", "category"), np.moveaxis(cells, 2, -1), f"D_{c}: programmes"
    for a, b in PAIRS:
        if c in (a, b) and model.has(f"E_{a}_{b}") and not (model.has(f"C_{c}", True) or model.has(f"D_{c}")
                                                           or model.has(f"B_{c}")):
            mine, other = ("category", "category_2") if c == a else ("category_2", "category")
            yield (model.axis(f"E_{a}_{b}", mine),
                   np.moveaxis(model.pick(f"E_{a}_{b}", "period", mine, other), 2, -1), f"E_{a}_{b}: pairs")
            return


def _beside(model: Model, by_year: list[np.ndarray]) -> np.ndarray:
    """Each year's [category, quarter, node] as [year, category, node, quarter]; no quarter, nobody."""
    most = max(part.shape[1] for part in by_year)
    padded = []
    for part in by_year:
        nobody = model.system.add(np.zeros((part.shape[0], most - part.shape[1], part.shape[2])))
        padded.append(np.concatenate([part, nobody], axis=1))
    return np.moveaxis(np.stack(padded), 2, -1)


def _years(model: Model, periods: tuple[str, ...]) -> list[str]:
    return list(model.axis("M", "period")) if model.has("M") else sorted({p.split(" ")[0] for p in periods})


def _breakdowns_of_scotland(model: Model) -> None:
    for (family, _), block in model.blocks.items():
        shape = block.shape
        if shape.partnerships or not shape.states or shape.pair != "all":
            continue
        if shape.quarters and model.has("A1", True):
            whole = model.pick("A1", "period", quarterly=True, area_code=SCOTLAND,
                               period=block.axis("period"))
            parts = model.pick(family, "period", "category", quarterly=True)
            model.system.add_sums(f"{family}: categories = A1", whole, np.moveaxis(parts, 1, -1))
        if shape.programmes and model.has("A2"):
            whole = model.pick("A2", "period", "programme", area_code=SCOTLAND, period=block.axis("period"),
                               programme=block.axis("programme"))
            parts = model.pick(family, "period", "programme", "category")
            model.system.add_sums(f"{family}: categories = A2", whole, np.moveaxis(parts, 2, -1))


def _pairs(model: Model) -> None:
    for a, b in PAIRS:
        family = f"E_{a}_{b}"
        if not model.has(family):
            continue
        for c, mine, other in ((a, "category", "category_2"), (b, "category_2", "category")):
            if c in model.margins:
                categories, margin = model.margins[c]
                order = [categories.index(word) for word in model.axis(family, mine)]
                if len(order) != len(categories):
                    raise KeyError(f"{family} and the other families of {c} hold different categories")
                parts = model.pick(family, "period", mine, other)
                model.system.add_sums(f"{family}: sum = Scotland x year x {c}", margin[:, order],
                                      np.moveaxis(parts, 2, -1))


def _coarse_and_fine(model: Model) -> None:
    """Age groups are sums of age bands, and so on: the same people, so the same numbers."""
    for coarse, (fine, members) in COARSE.items():
        for kind, quarterly, over in (("C", True, ()), ("D", False, ("programme",))):
            if not (model.has(f"{kind}_{coarse}", quarterly) and model.has(f"{kind}_{fine}", quarterly)):
                continue
            held = model.axis(f"{kind}_{fine}", "category", quarterly)
            for word in model.axis(f"{kind}_{coarse}", "category", quarterly):
                parts = [part for part in members.get(word, (word,)) if part in held]
                whole = model.pick(f"{kind}_{coarse}", "period", *over, quarterly=quarterly, category=word)
                finer = model.pick(f"{kind}_{fine}", "period", *over, "category", quarterly=quarterly,
                                   category=parts)
                model.system.add_sums(f"{kind}_{coarse}: sum of {fine}", whole, np.moveaxis(finer, -2, -1))


def _followups(model: Model) -> None:
    """F splits the people who entered work, and its answers decide their state."""
    if not (model.has("F") and model.has("M")):
        return
    root = _root_like(model, "F")
    for followup in model.axis("F", "characteristic"):
        answers = model.axis("F", "category")
        cells = model.pick("F", "area_code", "period", "category", characteristic=followup)[..., 0]
        model.system.add_sums(f"F: {followup} = entered work in M", root[..., NODES.index("job")], cells)
        _states_by_answer(model, root, cells, followup, answers)


def _states_by_answer(model: Model, root: np.ndarray, cells: np.ndarray, followup: str,
                      answers: tuple[str, ...]) -> None:
    """People by state and answer, which nobody publishes, add up to both published sides."""
    possible = {state: [answer for answer in answers if answer in _answers_of(state, followup)] for state in JOB_STATES}
    joint = {(state, answer): model.system.add_unknown(*root.shape[:2])
             for state, allowed in possible.items() for answer in allowed}
    for state, allowed in possible.items():
        parts = np.stack([joint[state, answer] for answer in allowed], -1)
        model.system.add_sums(f"F: {followup} fits the states", root[..., STATES.index(state)], parts)
    for i, answer in enumerate(answers):
        parts = [joint[state, answer] for state, allowed in possible.items() if answer in allowed]
        model.system.add_sums(f"F: {followup} fits the states", cells[..., i], np.stack(parts, -1))


def _answers_of(state: str, followup: str) -> tuple[str, ...]:
    """Which answers a person in this state can have given (data contract, section 3)."""
    weeks = int(followup.split("_")[1])
    reached = {"job_52": 52, "job_26": 26, "job_13": 13}.get(state, 0)
    if weeks == reached:
        return ("in_employment",)
    if weeks == 13 and not reached:
        return {"job_ended_13": ("not_in_employment",), "job_not_due": ("not_due",),
                "job_not_recorded": ("no_engagement", "unknown", "blank_when_due")}[state]
    if weeks in (13, 26, 52) and weeks > reached:
        return tuple(answer for answer in ANSWERS if answer != "in_employment")
    return ANSWERS if weeks != 13 else tuple(answer for answer in ANSWERS if answer != "not_due")


def _other_splits(model: Model) -> None:
    """Months to work and waits split everybody who started."""
    if not model.has("M"):
        return
    for family in ("T", "W"):
        if model.has(family):
            root = _root_like(model, family)
            parts = model.pick(family, "area_code", "period", "category")[..., 0]
            starts, no_job = (root[..., NODES.index(node)] for node in ("starts", "no_job"))
            model.system.add_sums(f"{family}: categories = starts in M", starts, parts)
            categories = model.axis(family, "category")
            if "none" in categories:
                none = parts[..., [categories.index("none")]]
                model.system.add_sums(f"{family}: none = no job in M", no_job, none)
    if model.has("T", True) and model.has("A1", True):
        periods = model.axis("T", "period", True)
        whole = model.pick("A1", "period", quarterly=True, area_code=SCOTLAND, period=periods)
        parts = model.pick("T", "period", "category", quarterly=True)[..., 0]
        model.system.add_sums("T: categories = starts in A1", whole[..., NODES.index("starts")], parts)
        none = model.axis("T", "category", True).index("none")
        model.system.add_sums("T: none = no job in A1", whole[..., NODES.index("no_job")], parts[..., [none]])
        for year in model.axis("T", "period"):
            whole = model.pick("T", "category", area_code=SCOTLAND, period=year)[..., 0]
            parts = model.pick("T", "category", "period", quarterly=True, period=quarters_of(year, periods),
                               category=list(model.axis("T", "category")))[..., 0]
            model.system.add_sums("T: quarters = year", whole, parts)


def _soft_outcomes(model: Model) -> None:
    """Each domain's bands split everybody who started; each split of Scotland adds back up to it."""
    if not (model.has("S") and model.has("M")):
        return
    areas, years = model.axis("S", "area_code"), model.axis("S", "period")
    held = [code for code in areas if code != SCOTLAND or len(areas) == len(model.axis("M", "area_code"))]
    starts = model.pick("M", "area_code", "period", area_code=held, period=years)[..., NODES.index("starts")]
    for domain in model.axis("S", "characteristic"):
        bands = model.pick("S", "area_code", "period", "category", area_code=held,
                           characteristic=domain)[..., 0]
        model.system.add_sums(f"S: {domain} = starts in M", starts, bands)
    for c in SPLITS_OF_SOFT_OUTCOMES:
        if model.has(f"S_{c}"):
            _split_of_soft_outcomes(model, c, whole=SCOTLAND in held)


def _split_of_soft_outcomes(model: Model, c: str, whole: bool) -> None:
    family = f"S_{c}"
    parts = model.pick(family, "period", "characteristic", "category", "category_2")[..., 0]
    total = model.pick("S", "period", "characteristic", "category", area_code=SCOTLAND,
                       period=model.axis(family, "period"),
                       characteristic=model.axis(family, "characteristic"),
                       category=model.axis(family, "category"))[..., 0]
    model.system.add_sums(f"{family}: sum = S", total, parts)
    if whole and c in model.margins:
        categories, margin = model.margins[c]
        order = [categories.index(word) for word in model.axis(family, "category_2")]
        starts = margin[:, order, NODES.index("starts")]
        for i, domain in enumerate(model.axis(family, "characteristic")):
            bands = np.moveaxis(parts[:, i], 1, -1)
            model.system.add_sums(f"{family}: {domain} = starts by {c}", starts, bands)


def _all_years(model: Model) -> None:
    """The rounding also holds partnership x all years close to the truth, and its code is public."""
    if model.has("M"):
        cells = model.pick("M", "area_code", "period")
        seen = model.system.published[cells]
        total = np.where((seen >= 0).all(axis=1), seen.sum(axis=1), UNKNOWN)
        model.all_years = model.system.add(total)
        model.system.add_sums("M: years = all years", model.all_years, np.moveaxis(cells, 1, -1))


def family_of(model: Model) -> np.ndarray:
    """For each variable the position of its block in `model.blocks`, or -1."""
    owner = np.full(len(model.system.published), -1)
    for position, key in enumerate(model.blocks):
        owner[model.ids[key]] = position
    return owner

