"""The terms of this dashboard, each in a sentence or two: shown where a term stands, listed on Data and methods.

A term is found in a text as it is spelled here, with a capital or without, and in the other forms given.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """`also` are further forms in which it stands in a text; `name` is the one that is listed."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()


TERMS = (
    Term("cohort", "Everyone who started in the same period, followed from then on.", ("cohorts", "start cohort", "start cohorts")),
    Term("follow-up", "A check, 4, 13, 26 or 52 weeks after a job began, of whether the person is in work.", ("follow-ups",)),
    Term("interval", "The range that probably holds the true figure. Wide means less certain.",
         ("intervals", "95% interval", "95% intervals", "confidence interval", "confidence limits")),
    Term("family group", "Councils alike in rurality or deprivation, as the Improvement Service groups them.", ("family groups",)),
    Term("return", "The file of participants that each partnership sends.", ("returns",)),
    Term("demonstration", "Made up, to show what returns would make visible. Not about real people.",
         ("demonstration data", "demonstration return", "demonstration returns")),
    Term("Local Employability Partnership", "The council, and those it works with, who plan employability support in an area.",
         ("Local Employability Partnerships", "partnership", "partnerships", "LEP", "LEPs")),
    Term("No One Left Behind", "Employability support planned locally by partnerships, since April 2019.", ("NOLB",)),
    Term("Fair Start Scotland", "The national employability service from April 2018 to March 2024.", ("FSS",)),
    Term("entered work", "A job recorded after someone started support."),
    Term("lasting work", "In work at a follow-up, 13 weeks or more after the job began.", ("sustained work",)),
    Term("not recorded", "Nothing is known. It is not the same as no."),
    Term("base", "The people whom a percentage is of.", ("bases",)),
    Term("suppressed", "Not shown, so that nobody can be recognised: marked [c]."),
    Term("rounded", "Within 4 of the true count; a few within 9. It protects people.", ("rounding",)),
    Term("provisional", "May change when more is reported: marked [p]."),
    Term("revised", "Changed by its publisher since it was first published: marked [r]."),
    Term("low reliability", "Few people, or in doubt: marked [u]. Given no verdict."),
    Term("break", "From here the figures are made another way: not comparable with earlier ones.", ("breaks",)),
    Term("disability employment gap", "The employment rate of people who are not disabled minus that of disabled people, in points.",
         ("employment gap",)),
    Term("percentage points", "The difference between two percentages: 30% is 10 points more than 20%.", ("points", "percentage point")),
    Term("economically inactive", "Neither in work nor looking for work.", ("economic inactivity", "inactive")),
    Term("claimant count", "People who claim benefits that require looking for work."),
    Term("modelled", "Worked out from several sources, not counted."),
    Term("designation", "How far statistics meet the Code of Practice: accredited, official, in development, or none."),
    Term("steadied estimate", "A small area's figure drawn towards others, so that chance moves it less.", ("steadied",)),
    Term("expected range", "Where a figure would usually lie by chance alone.", ("95% band", "control limits", "usual variation")),
    Term("SIMD", "Scottish Index of Multiple Deprivation: areas ranked by how deprived they are."),
    Term("evidence ID", "Names a figure, its choices and its edition, so that it can be found again."),
)
# Every form in small letters: the term's name and meaning. The pattern finds the longest form that fits.
FORMS = {form.casefold(): (term.name, term.meaning) for term in TERMS for form in (term.name, *term.also)}
PATTERN = re.compile(r"(?<![\w-])(" + "|".join(sorted(map(re.escape, FORMS), key=len, reverse=True)) + r")(?![\w-])", re.IGNORECASE)
