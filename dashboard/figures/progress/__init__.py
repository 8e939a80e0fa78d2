"""Are people moving forward, and treated well? Soft outcomes, experience and the continuing key worker."""

from dashboard.figures.lines import lines_of
from dashboard.figures.progress import answer, domains, experience, groups, key_worker, years
from dashboard.figures.progress.choosers import ANSWERED, BY, DOMAIN, GROUP_DOMAIN, YEARS
from dashboard.figures.recipe import AREA, Recipe

PAGE = "/progress"
NOW, OVER_YEARS, TREATED, WORKER = ((("part", part),) for part in ("progress", "years", "experience", "key-worker"))
LINES = ("fss_experience_dignity_and_respect", "fss_experience_choices_and_goals", "soft_outcome_improved", "experience_agree")
RECIPES = (
    lines_of("progress", "/progress", LINES),
    Recipe("progress.answer", answer.answer, PAGE, choosers=(AREA, YEARS)),
    Recipe("progress.scores", answer.scores, PAGE, choosers=(AREA, YEARS)),
    Recipe("progress.treated", answer.treated, PAGE, choosers=(AREA,)),
    Recipe("progress.domains", domains.domains, PAGE, NOW, (AREA, YEARS)),
    Recipe("progress.bounds", domains.bounds, PAGE, NOW, (AREA, YEARS)),
    Recipe("progress.by_group", groups.by_group, PAGE, NOW, (AREA, YEARS, BY, GROUP_DOMAIN)),
    Recipe("progress.follow_up", groups.follow_up, PAGE, NOW, (AREA, YEARS)),
    Recipe("progress.by_year", years.bands, PAGE, OVER_YEARS, (AREA, DOMAIN)),
    Recipe("progress.asked_by_year", years.asked_twice, PAGE, OVER_YEARS, (AREA, DOMAIN)),
    Recipe("progress.experience", experience.treated_well, PAGE, TREATED, (AREA, ANSWERED)),
    Recipe("progress.published_surveys", experience.published, PAGE, TREATED),
    Recipe("progress.key_worker", key_worker.key_worker, PAGE, WORKER, (AREA, YEARS)),
)
