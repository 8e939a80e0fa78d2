"""Where the map's enlargements lie. Shared by the build, which cuts them, and the charts, which frame them.

Every council is drawn in its true place, Shetland included: the Islands (Scotland) Act 2018,
section 17, asks public authorities not to move it. The insets are enlarged copies beside it.
Coordinates are longitude and Mercator northing, both in degrees, so that a shape keeps its form.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Inset:
    """A box of the map (degrees) drawn again, `scale` times larger, with its corner at `corner`."""

    name: str
    west: float
    south: float
    east: float
    north: float
    scale: float
    corner: tuple[float, float]   # longitude and Mercator northing of the copy's south-west corner
    is_boxed: bool                # whether the map shows what is enlarged; Shetland is plain without

    def place(self, lonlat: np.ndarray) -> np.ndarray:
        """Copy of points (n, 2) in longitude and latitude, moved and enlarged."""
        plane = to_plane(np.asarray(lonlat, dtype=float))
        origin = to_plane(np.array([[self.west, self.south]]))[0]
        return from_plane((plane - origin) * self.scale + np.array(self.corner))

    def outlines(self) -> list[list[list[float]]]:
        """The lines to draw: the copy's frame first, then what it enlarges."""
        return [self.frame(), self.box()] if self.is_boxed else [self.frame()]

    def box(self) -> list[list[float]]:
        """The box on the map, closed: five points in longitude and latitude."""
        w, s, e, n = self.west, self.south, self.east, self.north
        return [[w, s], [w, n], [e, n], [e, s], [w, s]]

    def frame(self) -> list[list[float]]:
        """The frame of the copy, closed: five points in longitude and latitude."""
        return self.place(np.array(self.box())).round(4).tolist()


def in_frames() -> str:
    """What each frame holds and how many times larger, in words."""
    return "Enlarged in frames: " + ", ".join(f"{each.name} ({each.scale:g} times)" for each in INSETS) + "."


def to_plane(lonlat: np.ndarray) -> np.ndarray:
    """Longitude and latitude (n, 2) to longitude and Mercator northing, in degrees."""
    north = np.degrees(np.arcsinh(np.tan(np.radians(lonlat[:, 1]))))
    return np.column_stack([lonlat[:, 0], north])


def from_plane(plane: np.ndarray) -> np.ndarray:
    """The inverse of `to_plane`."""
    latitude = np.degrees(np.arctan(np.sinh(np.radians(plane[:, 1]))))
    return np.column_stack([plane[:, 0], latitude])


INSETS = (
    Inset("Central belt", west=-4.95, south=55.64, east=-2.80, north=56.52, scale=2.35,
          corner=(-1.45, 65.95), is_boxed=True),
    Inset("Shetland", west=-2.15, south=59.82, east=-0.70, north=60.88, scale=1.65,
          corner=(0.60, 73.4), is_boxed=False),
)
# The whole drawing: west, south, east, north in degrees of longitude and latitude.
EXTENT = (-8.80, 54.45, 3.80, 61.15)
