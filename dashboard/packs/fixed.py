"""Office files with the same bytes for the same content: every date in them is that of the edition."""

import io
import re
import zipfile

_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIRST = (1980, 1, 1, 0, 0, 0)


def fixed(file: bytes, made_at: str) -> bytes:
    """The same package of Office Open XML with `made_at` (ISO text) as its dates, workbooks inside it too."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith(".xlsx"):
                content = fixed(content, made_at)
            if name == "docProps/core.xml":
                stamp = made_at[:19].encode() + b"Z"
                content = _DATES.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)
    return out.getvalue()
