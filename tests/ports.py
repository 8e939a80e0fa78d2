"""Ports for the servers that tests begin."""

import random
import socket

# Below those that a system gives to whoever asks another server, a browser among them: none is taken before its server has it.
# And above those that a browser refuses to ask.
LOWEST, HIGHEST = 20_000, 32_767


def free_port() -> int:
    """A port of this machine that nobody listens at, drawn by chance: workers who draw at once hardly draw the same."""
    while True:
        port = random.SystemRandom().randint(LOWEST, HIGHEST)
        with socket.socket() as asked:
            try:
                asked.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
