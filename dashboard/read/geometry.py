"""Where the browser fetches the council shapes: one static file, named by its content.

Streamlit serves only what lies in the static folder beside the entry script (links that leave it
are refused), so shapes that a build wrote beside its extract are copied there when first wanted.
"""

import os
from pathlib import Path

POINTER = "boundaries"


def shapes_file(extract_folder: Path, static_folder: Path) -> str:
    """The name, in `static_folder`, of the shapes to draw: the extract's own, or the built-in ones.

    Raises OSError if the extract's own shapes cannot be read or copied.
    """
    own = _named(extract_folder)
    if own is None:
        return _named(static_folder).name
    for name in (f"{own.stem}-hatch.geojson", own.name):     # the main file last: it stands for both
        _copy(own.with_name(name), static_folder / name)
    return own.name


def _named(folder: Path) -> Path | None:
    """The file that the folder's pointer names; only ever a file of that folder."""
    pointer = folder / POINTER
    if not pointer.is_file():
        return None
    return folder / Path(pointer.read_text(encoding="utf-8").strip()).name


def _copy(source: Path, target: Path) -> None:
    """Whole or not at all; nothing to do if the name, hence the content, is there."""
    if target.is_file():
        return
    temporary = target.with_name(f".copying-{os.getpid()}-{target.name}")
    temporary.write_bytes(source.read_bytes())
    os.replace(temporary, target)
