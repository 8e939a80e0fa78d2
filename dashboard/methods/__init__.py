"""Statistics as pure functions: numbers in, numbers out; nothing is read, stored or drawn here.

Rates and shares are proportions between 0 and 1 unless a name says percentage points. Every function takes
single numbers or numpy arrays (they broadcast) and gives back the same; not-a-number in, not-a-number out.
`k` is always the number of separately rounded cells that were added up to make a count.

The formulas are short, so they are written out here on numpy and `scipy.special`: importing statsmodels or
`scipy.stats` would double the time the first page takes to appear. The tests hold every one of them
to statsmodels, scipy or brute force.
"""
