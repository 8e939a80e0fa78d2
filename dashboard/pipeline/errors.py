"""A build that cannot go on says what is wrong, and where."""


class BuildError(Exception):
    """What failed in plain words, with the offending rows where there are any."""

    def __init__(self, message: str, rows: list[dict] | None = None):
        super().__init__(message)
        self.rows = rows or []

    def __str__(self) -> str:
        shown = [", ".join(f"{key} = {value}" for key, value in row.items()) for row in self.rows[:20]]
        more = [f"... and {len(self.rows) - 20} more"] if len(self.rows) > 20 else []
        return "\n  ".join([super().__str__(), *shown, *more])
