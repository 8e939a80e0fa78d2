"""What should we ask? Lines of enquiry by published rules, and what was promised.

line.py      what a line is, and which cells it may rest on
areas, shifts, groups, reached, records, money, missing   one function a rule of `data/challenge/challenge_rules.toml`
enquiry.py   every line of an area; the rules, published
commitments.py   what was promised, what bears on it, and what is missing
"""

from dashboard.figures.challenge import commitments, enquiry
from dashboard.figures.recipe import AREA, PARTNERSHIP, Recipe

PAGE = "/challenge"
RECIPES = (
    Recipe("challenge.lines", enquiry.lines, PAGE, choosers=(AREA,)),
    Recipe("challenge.rules", enquiry.published_rules, PAGE),
    Recipe("challenge.commitments", commitments.commitments, PAGE),
    Recipe("partnership.questions", enquiry.questions, "/partnership", choosers=(PARTNERSHIP,)),
)
