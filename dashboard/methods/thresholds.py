"""How many people a figure needs: asked by the half that writes the extract and the half that reads it.

Sizes are of rounded bases, in people. A rate on fewer is mostly chance. A base that adds up k rounded counts carries
√k times the error of one, so it needs √k times the people to be as certain: 30 and 50 become 52 and 87 for three years.
"""

import math

FEWEST_SHOWN = 30       # below it a rate is hidden: [c]
FEWEST_RELIABLE = 50    # below it a rate is of low reliability: [u]
FEWEST_TOLD = 5         # a protected 0 is never told from fewer than this: [low]


def needed(fewest: float, cells: int = 1) -> float:
    """People that a base of `cells` rounded counts needs to be as certain as one count of `fewest`."""
    return fewest * math.sqrt(max(cells, 1))
