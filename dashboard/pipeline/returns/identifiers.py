"""Identifiers that identify: numbers that should say nothing about a person, but look as if they did.

Only the look is known, so this warns and never rejects; what was found is counted, never quoted.
"""

import polars as pl

from dashboard.pipeline.returns.contract import Column

FEWEST_SHARE = 0.01      # of a file's identifiers: below it, figures alone may look like anything by chance
BETWEEN = "[._-]?"
DAY, MONTH, BIRTH_YEAR = "(?:0[1-9]|[12][0-9]|3[01])", "(?:0[1-9]|1[0-2])", "(?:19[3-9][0-9]|200[0-9]|201[0-2])"
MONTH_NAME = "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
BIRTH = (f"{DAY}{BETWEEN}{MONTH}{BETWEEN}{BIRTH_YEAR}", f"{BIRTH_YEAR}{BETWEEN}{MONTH}{BETWEEN}{DAY}")
NATIONAL_INSURANCE = f"[A-Za-z]{{2}}{BETWEEN}[0-9]{{2}}{BETWEEN}[0-9]{{2}}{BETWEEN}[0-9]{{2}}{BETWEEN}[A-Da-d]"

# What it looks like, its pattern, and whether one alone is worth a warning.
LOOKS = (
    ("National Insurance numbers", NATIONAL_INSURANCE, True),
    ("CHI numbers", f"{DAY}{MONTH}[0-9]{{6}}", False),
    ("dates of birth", f"(?:[A-Za-z._-]*[._-])?(?:{'|'.join(BIRTH)})(?:[._-][A-Za-z._-]*)?", False),
    ("dates of birth", f"{DAY}[._-]{MONTH}[._-][0-9]{{2}}", True),
    ("postcodes", f"[A-Za-z]{{1,2}}[0-9][A-Za-z0-9]?{BETWEEN}[0-9][A-Za-z]{{2}}", True),
    ("names", "[A-Za-z]{2,}(?:[._-][A-Za-z]{2,})+[0-9]{0,4}|[A-Za-z][._-][A-Za-z]{3,}|[A-Za-z]{3,}[._-][A-Za-z]"
              "|[A-Z]?[a-z]{2,}", True),
)
SHEET_DAY = f"{MONTH_NAME}-[0-9]{{2}}|[0-9]{{2}}-{MONTH_NAME}"
LEARNER = "[1-9][0-9]{9}"
ANY = "|".join(pattern for _, pattern, _ in LOOKS) + f"|{LEARNER}"
HIDDEN = "(left out: it looks like a name, a date of birth or a person's own number)"


def warn(texts: pl.Series) -> list[tuple[str, str]]:
    """The rule and remedy of each warning about a file's identifiers; a warning holds a count and no value."""
    return [*_warn_of_looks(texts), *_warn_of_days(texts), *_warn_of_twins(texts)]


def _warn_of_looks(texts: pl.Series) -> list[tuple[str, str]]:
    doubtful = texts.filter(texts.str.contains(f"^(?:{ANY})$"))
    counted = _count(doubtful, len(texts)) if len(doubtful) else {}
    if not counted:
        return []
    kinds = "; ".join(f"{what}: {count:,}" for what, count in counted.items())
    return [(f"{sum(counted.values()):,} of {len(texts):,} say who the person is, or look so ({kinds})",
             "use numbers that say nothing about the person, and keep the list that links them to yourselves")]


def _warn_of_days(texts: pl.Series) -> list[tuple[str, str]]:
    days = int(texts.str.contains(f"^(?:{SHEET_DAY})$").sum())
    return [(f"{days:,} of {len(texts):,} are days, as a spreadsheet makes of numbers with a dash",
             "format the column as text, and send the numbers as they were")] if days else []


def _warn_of_twins(texts: pl.Series) -> list[tuple[str, str]]:
    """Numbers that differ only in capitals or in zeros before them may be one person's, changed on the way."""
    has_both_cases = texts.str.contains("[a-z]").any() and texts.str.contains("[A-Z]").any()
    if not has_both_cases and not texts.str.starts_with("0").any():
        return []
    bare = texts.unique().str.to_lowercase().str.strip_chars_start("0")
    twins = len(bare) - bare.n_unique()
    return [(f"{twins:,} of {len(texts):,} differ from another only in capitals or in zeros before them",
             "check that they are different people")] if twins else []


def mask(problems: pl.DataFrame, columns: tuple[Column, ...]) -> pl.DataFrame:
    """Problems without the values that may identify a person: an identifier, or a row that begins with one."""
    if not len(problems):
        return problems
    named = [column.name for column in columns if column.type == "identifier"]
    value, column = pl.col("value"), pl.col("column")
    is_hidden = ((column.is_in(named) & value.str.contains(f"^(?:{ANY})$"))
                 | ((column == "") & value.str.contains(f'^"?(?:{ANY})"?(?:,|…|$)'))
                 | value.str.contains(f"(?:^|[^A-Za-z0-9])(?:{NATIONAL_INSURANCE})(?:[^A-Za-z0-9]|$)"))
    return problems.with_columns(pl.when(is_hidden).then(pl.lit(HIDDEN)).otherwise(value).alias("value"))


def _count(texts: pl.Series, of: int) -> dict[str, int]:
    """How many identifiers look like each kind of thing; each is counted once."""
    counted = {}
    learners = texts.filter(texts.str.contains(f"^{LEARNER}$"))
    if len(learners) and (right := _are_learners(learners).sum()) * 2 > len(learners) and right >= FEWEST_SHARE * of:
        counted["learner numbers"] = right
        texts = texts.filter(~texts.str.contains(f"^{LEARNER}$"))
    for what, pattern, one_is_enough in LOOKS:
        is_alike = texts.str.contains(f"^(?:{pattern})$")
        if is_alike.sum() >= (1 if one_is_enough else max(1, FEWEST_SHARE * of)):
            counted[what] = counted.get(what, 0) + int(is_alike.sum())
            texts = texts.filter(~is_alike)
    return counted


def _are_learners(texts: pl.Series) -> pl.Series:
    """Whether ten figures end in the check figure of a unique learner number: one in eleven do by chance."""
    figures = [texts.str.slice(place, 1).cast(pl.Int64) for place in range(10)]
    weighed = sum(figure * (10 - place) for place, figure in enumerate(figures[:9]))
    return 10 - weighed % 11 == figures[9]
