"""Many readers at once: each thinks, chooses an area, and checks every figure it is given."""

import asyncio
import random
import statistics
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from reader import Reader, check, open_reader

Expected = Mapping[str, Mapping[str, Collection[bytes]]]       # area to figures by name, in the forms each may be sent in


@dataclass
class Crowd:
    """What many readers met."""

    people: int
    thought: float
    waits: list[float] = field(default_factory=list)
    wrong: int = 0
    errors: int = 0

    def share(self, part: float) -> float:
        """Milliseconds that this share of the answers took at most."""
        return 1000 * (statistics.quantiles(self.waits, n=100)[round(part * 100) - 1] if len(self.waits) > 1 else self.waits[0])


async def visit(port: int, page: str, expected: Expected, crowd: Crowd, seconds: float) -> None:
    """`people` readers for so many seconds; each begins somewhere within its first thought."""
    await asyncio.gather(*(_read(port, page, expected, crowd, seconds, random.Random(number)) for number in range(crowd.people)))


async def _read(port: int, page: str, expected: Expected, crowd: Crowd, seconds: float, chance: random.Random) -> None:
    await asyncio.sleep(chance.uniform(0, max(crowd.thought, 0.1) * 2))
    until = time.monotonic() + seconds
    try:
        reader = await open_reader(port, page)
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * crowd.thought)
            await _choose(reader, chance.choice(list(expected)), expected, crowd)
        await reader.connection.close()
    except Exception as error:      # a benchmark counts what goes wrong and goes on
        crowd.errors += 1
        print(f"a reader stopped: {error!r}")


async def choose_often(port: int, page: str, expected: Expected, crowd: Crowd, changes: int, number: int) -> None:
    """One reader who chooses so many times without a thought."""
    reader, chance = await open_reader(port, page), random.Random(number)
    for _ in range(changes):
        await _choose(reader, chance.choice(list(expected)), expected, crowd)
    await reader.connection.close()


async def _choose(reader: Reader, area: str, expected: Expected, crowd: Crowd) -> None:
    answer = await reader.choose("Area", area)
    crowd.waits.append(answer.seconds)
    try:
        check(answer, expected[area])
    except RuntimeError as error:
        crowd.wrong += 1
        print(f"a wrong answer of {area}: {error}")


async def warm(port: int, page: str, expected: Expected) -> None:
    """Visit every area once, so that what follows is cached."""
    reader = await open_reader(port, page)
    for area in expected:
        check(await reader.choose("Area", area), expected[area])
    await reader.connection.close()
