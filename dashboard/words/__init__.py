"""Numbers to words, by rule. Sentences never claim more than the intervals allow.

marks.py          The marks used beside or instead of a figure, and what each means.
numbers.py        Numbers as text: values with their units and marks, intervals, bases, and why there is no interval.
periods.py        Periods in words, and whether two figures lie on one side of a break.
differences.py    One figure against another: "higher", "lower", "better" and "worse" only when the 95% interval excludes zero.
comparisons.py    Many figures against one: titles, legends and text alternatives that count and never rank.
phrases.py        Small pieces of plain English: lists, plurals, abbreviations spelled out.
trends.py         A series over time: its title, its subtitle, its text alternative, and whether it clearly changed.
"""
