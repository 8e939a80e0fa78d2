"""What is held gzipped and sent over the web: as it is held to who takes it so, and whole to who does not."""

import gzip

from starlette.responses import Response
from starlette.types import Scope

LONG = "public, immutable, max-age=31536000"        # of an address whose content never changes


def answer(scope: Scope, zipped: bytes, kind: str, kept: str = LONG) -> Response:
    """The answer to this request: `kind` is its media type, `kept` says how long a browser may keep it."""
    said = {"cache-control": kept, "vary": "accept-encoding"}
    if b"gzip" not in dict(scope["headers"]).get(b"accept-encoding", b""):
        return Response(gzip.decompress(zipped), media_type=kind, headers=said)
    return Response(zipped, media_type=kind, headers=said | {"content-encoding": "gzip"})
