"""The council shapes that a map is drawn with: one file and its stripes, named by their content.

A build may write its own beside its extract; without them the built-in ones are drawn.
"""

import re
from pathlib import Path

POINTER = "boundaries"
_NAME = re.compile(r"boundaries-[0-9a-f]{12}(-hatch)?\.geojson")


def shapes_file(extract_folder: Path, built_in: Path) -> str:
    """The name of the shapes to draw: the extract's own, or the built-in ones."""
    for folder in (extract_folder, built_in):
        pointer = folder / POINTER
        if pointer.is_file():
            return Path(pointer.read_text(encoding="utf-8").strip()).name
    return ""


def find_shapes(name: str, extract_folder: Path, built_in: Path) -> Path | None:
    """The file of this name in either folder; None where it is none of shapes or stripes, or in neither."""
    if not _NAME.fullmatch(name):
        return None
    return next((folder / name for folder in (extract_folder, built_in) if (folder / name).is_file()), None)
