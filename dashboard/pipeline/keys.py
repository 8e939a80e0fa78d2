"""The secret key: made rightly, and refused where it would keep no secret."""

import base64
import os
import re
import secrets
import stat
import zlib
from itertools import pairwise
from pathlib import Path

from dashboard import paths
from dashboard.pipeline.errors import BuildError

KEY_BYTES = 32      # the least a key may hold
NEW_KEY_BYTES = 64
MAKE_ONE = "'outcomes key --out FILE' makes a key"
HEX = re.compile(rb"([0-9a-fA-F]{2})+")
BASE64 = re.compile(rb"(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/_-]+={0,2}")
PRINTABLE = re.compile(rb"[\x09\x0a\x0d\x20-\x7e]*")


def make(path: Path) -> None:
    """Write a new random key, readable by its owner alone whatever the umask; raises BuildError.

    Never replaces a file: a key written over is lost, and with it every edition made with it.
    """
    if path.resolve().is_relative_to(paths.ROOT.resolve()):
        raise BuildError(f"{path}: a key must lie outside the project; name a file in a folder that only those who "
                         "may see the returns can read")
    if not path.parent.is_dir():
        raise BuildError(f"{path.parent}: there is no such folder; make one that its owner alone can read")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BuildError(f"{path}: is there already, and is left as it is: a key written over is lost") from error
    with os.fdopen(descriptor, "wb") as handle:
        os.fchmod(descriptor, 0o600)
        handle.write(secrets.token_bytes(NEW_KEY_BYTES))
        handle.flush()
        os.fsync(descriptor)


def read(path: Path) -> bytes:
    """The secret key; raises BuildError when it cannot be read, others may read it, or it is no random one."""
    try:
        key, mode = path.read_bytes(), stat.S_IMODE(path.stat().st_mode)
    except OSError as error:
        raise BuildError(f"{path}: the key file cannot be read: {error.strerror}") from error
    if mode & 0o077:
        raise BuildError(f"{path}: others may read the key (mode {mode:o}); 'chmod 600' it, and if anyone else may have "
                         f"read it, it is no secret any more: {MAKE_ONE}, and say so as a break")
    if len(key) < KEY_BYTES:
        raise BuildError(f"{path}: the key file holds {len(key)} bytes; it needs at least {KEY_BYTES}; {MAKE_ONE}")
    if why := _not_random(key):
        raise BuildError(f"{path}: the key {why}, so it can be guessed; {MAKE_ONE}")
    return key


def _not_random(key: bytes) -> str:
    """Why these bytes are no random key; empty for bytes that look drawn by chance, plain or as hex or base64."""
    drawn = _decoded(key)
    if drawn is None:
        return "is text that somebody wrote"
    if len(drawn) < KEY_BYTES:
        return f"holds {len(drawn)} bytes written as text, of at least {KEY_BYTES}"
    steps = bytes((after - before) % 256 for before, after in pairwise(drawn))
    if any(len(zlib.compress(each, 9)) < len(each) for each in (drawn, steps)):
        return "repeats itself"
    return ""


def _decoded(key: bytes) -> bytes | None:
    """The bytes behind hex or base64 text, other bytes as they are, and None for any other text."""
    text = b"".join(key.split())
    if HEX.fullmatch(text):
        return bytes.fromhex(text.decode())
    if BASE64.fullmatch(text):
        letters = text.rstrip(b"=").translate(bytes.maketrans(b"+/", b"-_"))
        return base64.urlsafe_b64decode(letters + b"=" * (-len(letters) % 4)) if len(letters) % 4 != 1 else None
    return None if PRINTABLE.fullmatch(key) else key
