"""The nine leaf states and the binary tree of headlines over them. Imports nothing."""

STATES = ("job_52", "job_26", "job_13", "job_ended_13", "job_not_due", "job_not_recorded",
          "other_positive", "left_no_outcome", "in_support")

# Each inner node is a headline, as positions in STATES.
NODES = {
    "starts": (0, 1, 2, 3, 4, 5, 6, 7, 8), "job": (0, 1, 2, 3, 4, 5), "no_job": (6, 7, 8),
    "sustained_13": (0, 1, 2), "sustained_26": (0, 1), "not_sustained": (3, 4, 5), "open": (4, 5),
    "no_outcome": (7, 8),
}
