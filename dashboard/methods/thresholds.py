"""How many people a figure needs: asked by the half that writes the extract and the half that reads it.

Sizes are of rounded bases, in people. A rate on fewer is mostly chance.
"""

FEWEST_SHOWN = 30       # below it a rate is hidden: [c]
FEWEST_RELIABLE = 50    # below it a rate is of low reliability: [u]
FEWEST_TOLD = 5         # a protected 0 is never told from fewer than this: [low]
