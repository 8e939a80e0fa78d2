"""Recipes: every figure, card row, table and sentence of the dashboard, as values.

recipe.py     what a recipe and a choice are
recipes.py    every recipe by name; makes each once
compose.py    figures, card rows and sentences from answers
tables.py     rows of answers as tables
returns.py    what partnerships' returns hold: cut-off, protected counts
trend.py      one indicator over time, wherever it is shown
<subject>/    the recipes of one page, one module a figure or a few alike; `__init__` lists them
"""
