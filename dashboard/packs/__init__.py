"""Figures as files: the same values as on the screen, to the digit."""
