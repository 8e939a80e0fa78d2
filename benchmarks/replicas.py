"""Many readers behind the real proxy, one replica killed among them: who goes on, and what the proxy costs a first visit.

    python benchmarks/replicas.py [--replicas 4] [--people 200] [--seconds 90]

Every answer is checked, to the byte. A reader whose connection breaks opens another at the address it had, once.
"""

import argparse
import asyncio
import os
import random
import statistics
import sysconfig
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import crowd as crowds
from crowd import Crowd, Expected
from reader import open_reader
from screen import Seen, choose_streamlit, chromium
from serving import ROOT, Server, free_port, product, serve
from websockets.exceptions import ConnectionClosed

from pages import codes, expected

THOUGHT = 10.0      # seconds, about, between two choices
PAGE = "jobs"


@dataclass
class Met(Crowd):
    """What a crowd met, and how often each of its readers had to connect again."""

    again: list[int] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)


def main() -> None:
    """Print two tables: the crowd before and after the kill, and first visits turn about."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--replicas", type=int, default=4)
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--seconds", type=float, default=90)
    options.add_argument("--visits", type=int, default=5, help="first visits by each way")
    asked = options.parse_args()
    wanted = expected()
    with ExitStack() as open_:
        replicas = [open_.enter_context(product()) for _ in range(asked.replicas)]
        proxy = open_.enter_context(behind_a_proxy(replicas, Path(open_.enter_context(tempfile.TemporaryDirectory()))))
        for each in replicas:
            asyncio.run(crowds.warm(each.port, PAGE, wanted))
        print(f"load {os.getloadavg()[0]:.0f}", flush=True)
        for line in first_visits(replicas[-1], proxy, asked.visits):
            print(line, flush=True)
        met = Met(asked.people, THOUGHT)
        asyncio.run(read_and_kill(proxy.port, replicas[0], wanted, met, asked.seconds))
        print("| people | replicas | answers | p50 ms | p95 ms | wrong | errors | connected again | most of one | longest gap s |")
        print(f"| {met.people} | {asked.replicas}, one killed | {len(met.waits)} | {met.share(0.5):.0f} | {met.share(0.95):.0f} | "
              f"{met.wrong} | {met.errors} | {sum(map(bool, met.again))} | {max(met.again)} | {max(met.gaps, default=0):.1f} |")
        print(f"load {os.getloadavg()[0]:.0f}")


def behind_a_proxy(replicas: list[Server], folder: Path):
    """deploy/Caddyfile in front of them, as it is."""
    port = free_port()
    return serve([str(Path(sysconfig.get_path("scripts")) / "caddy"), "run", "--adapter", "caddyfile", "--config",
                  str(ROOT / "deploy" / "Caddyfile")], port, "/readyz", {
        "OUTCOMES_SITE": f"http://localhost:{port}", "HOME": str(folder),
        "OUTCOMES_REPLICAS": " ".join(f"127.0.0.1:{each.port}" for each in replicas)})


async def read_and_kill(port: int, killed: Server, wanted: Expected, met: Met, seconds: float) -> None:
    """Everybody reads; halfway one replica is killed, without a word."""
    async def kill() -> None:
        await asyncio.sleep(seconds / 2)
        killed.process.kill()

    await asyncio.gather(kill(), *(read(port, wanted, met, seconds, random.Random(number)) for number in range(met.people)))


async def read(port: int, wanted: Expected, met: Met, seconds: float, chance: random.Random) -> None:
    """One reader for so many seconds, who comes back once for each connection that breaks."""
    known, again = codes(), 0
    await asyncio.sleep(chance.uniform(0, THOUGHT * 2))
    until = time.monotonic() + seconds - THOUGHT
    try:
        reader, area = await open_reader(port, PAGE), ""
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * THOUGHT)
            chosen = chance.choice(list(wanted))
            try:
                await crowds._choose(reader, chosen, wanted, met)
            except ConnectionClosed:
                again += 1
                began = time.monotonic()
                reader = await open_reader(port, PAGE, f"area={known[area]}" if area else "")
                await crowds._choose(reader, chosen, wanted, met)
                met.gaps.append(time.monotonic() - began)
            area = chosen
        await reader.connection.close()
    except Exception as error:      # a benchmark counts what goes wrong and goes on
        met.errors += 1
        print(f"a reader stopped: {error!r}")
    met.again.append(again)


def first_visits(direct: Server, proxy: Server, visits: int) -> list[str]:
    """Nothing cached, turn about, by a real browser: until the charts are there."""
    query = f"/{PAGE}?area={next(iter(codes().values()))}"
    ways = {"without the proxy": direct.address, "through the proxy": proxy.address}
    seen: dict[str, list[float]] = {name: [] for name in ways}
    with chromium() as browser:
        for _ in range(visits):
            for name, address in ways.items():
                visit = Seen(name, address + query, choose_streamlit, 4, 3)
                visit.open(browser)
                seen[name].append(visit.page.evaluate("window.bench.read().seen"))
                visit.page.context.close()
    middle = {name: statistics.median(times) for name, times in seen.items()}
    rows = [f"| {name} | {middle[name]:.0f} | {middle[name] / middle['without the proxy']:.2f} | "
            f"{min(seen[name]):.0f} to {max(seen[name]):.0f} |" for name in ways]
    return ["| first visit | p50 ms | ratio | from to |", *rows]


if __name__ == "__main__":
    main()
