"""Published figures for a build that a test has of a few indicators: none that no indicator asks for."""

from pathlib import Path

from dashboard import paths


def copy_figures_of(indicators: tuple[str, ...], folder: Path) -> Path:
    """Every file of published figures in this folder, with the rows whose measure is one of these indicators. The folder."""
    for figures in paths.PUBLISHED.glob("*/*.csv"):
        header, *lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
        own = folder / figures.relative_to(paths.PUBLISHED)
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(header + "".join(line for line in lines if line.partition(",")[0] in indicators), encoding="utf-8")
    return folder
