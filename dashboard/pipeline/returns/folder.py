"""A folder of returns: its `return.toml`, and which file is whose.

Files are paired with a partnership and a kind before anything is opened, so that two files for one
partnership and kind are found however they are spelled.
"""

import re
import stat
import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dashboard.pipeline import names
from dashboard.pipeline.returns.contract import FIRST_START, KINDS, FileRejected, ReturnsError, area_names

EXTENSIONS = ("csv", "parquet", "xlsx")
TABLE_EXTENSIONS = (*EXTENSIONS, "xls", "xlsm", "xlsb", "ods", "tsv", "txt", "gz", "zip")
EXACT = re.compile(rf"({'|'.join(KINDS)})_(S[0-9]{{8}})\.({'|'.join(EXTENSIONS)})", re.IGNORECASE)
LIKE_A_RETURN = re.compile(rf"({'|'.join(KINDS)}).*?(s[0-9]{{8}})")
LEFT_ALONE = re.compile(
    r"\.|~\$|thumbs\.db$|desktop\.ini$|return\.toml$|rejected_s[0-9]{8}\.csv$", re.IGNORECASE
)
TOML_BYTES = 100_000


@dataclass(frozen=True)
class Edition:
    """What `return.toml` says about the whole folder; `embargo_until` is in UTC."""

    edition: str
    cut_off: date
    synthetic: bool
    supplier: str = ""
    contact: str = ""
    received: dict[str, date] = field(default_factory=dict)
    due: date | None = None
    embargo_until: datetime | None = None


@dataclass(frozen=True)
class File:
    """One entry of the folder: whose it is, what it holds, and why it cannot be read, if so."""

    path: Path
    area_code: str
    kind: str
    extension: str
    fault: FileRejected | None = None


def read_edition(folder: Path, today: date) -> Edition:
    """Read `return.toml`; raises ReturnsError in one sentence for anything wrong with it."""
    path = folder / "return.toml"
    raw = _toml(path)
    edition, cut_off, synthetic = (raw.get(key) for key in ("edition", "cut_off", "synthetic"))
    if not isinstance(edition, str) or not edition.strip() or not edition.isprintable():
        raise ReturnsError(f'{path}: "edition" must be a short text, such as edition = "2026-Q2"')
    if not isinstance(cut_off, date) or isinstance(cut_off, datetime):
        raise ReturnsError(
            f'{path}: "cut_off" must be a date without quotation marks, such as cut_off = 2026-06-30'
        )
    if cut_off > today:
        raise ReturnsError(f'{path}: "cut_off" is {cut_off}, which is in the future (today is {today})')
    if cut_off < FIRST_START:
        raise ReturnsError(f'{path}: "cut_off" is {cut_off}, which is before returns began ({FIRST_START})')
    if not isinstance(synthetic, bool):
        raise ReturnsError(f'{path}: "synthetic" must be true (made-up data) or false (real people)')
    supplier, contact = (_text(path, raw, key) for key in ("supplier", "contact"))
    return Edition(edition, cut_off, synthetic, supplier, contact, *_received(path, raw), _embargo(path, raw, cut_off))


def find_files(folder: Path) -> tuple[list[File], list[File]]:
    """Every return file of the folder, in name order, and the entries that are not returns.

    Raises ReturnsError when the folder cannot be listed or holds no return at all.
    """
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise ReturnsError(f"{folder}: cannot be opened as a folder: {_reason(error)}") from error
    entries = [path for path in entries if not LEFT_ALONE.match(path.name)]
    files = [file for path in entries if (file := _place(path))]
    placed = {file.path for file in files}
    if not files:
        raise ReturnsError(f"{folder}: holds no return file; the names look like participants_S12000005.csv")
    strangers = [File(path, "", "", "") for path in entries if path not in placed and not path.is_dir()]
    return _reject_doubles(files), strangers


def check_openable(path: Path) -> int:
    """Size in bytes of a plain file; raises FileRejected for anything else, without opening it."""
    try:
        found = path.stat()
    except OSError as error:
        raise _unopened(path, error) from error
    if stat.S_ISDIR(found.st_mode):
        raise FileRejected("this is a folder, not a file", "send the file itself, not a folder of that name")
    if not stat.S_ISREG(found.st_mode):
        raise FileRejected("this is not an ordinary file (it is a pipe or a device)", "send an ordinary file")
    try:
        path.open("rb").close()
    except OSError as error:
        raise _unopened(path, error) from error
    if found.st_size == 0:
        raise FileRejected("the file is empty", "send the file again with its header and rows")
    return found.st_size


def _toml(path: Path) -> dict:
    try:
        if not path.parent.is_dir():
            raise ReturnsError(f"{path.parent}: there is no such folder")
        if path.is_fifo() or (path.exists() and path.stat().st_size > TOML_BYTES):
            raise ReturnsError(f"{path}: is not a small text file")
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ReturnsError(f"{path}: is missing; it must give edition, cut_off and synthetic") from error
    except OSError as error:
        raise ReturnsError(f"{path}: cannot be read: {_reason(error)}") from error
    except UnicodeDecodeError as error:
        raise ReturnsError(f"{path}: is not UTF-8 text") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ReturnsError(f"{path}: is not valid TOML: {error}") from error


def _text(path: Path, raw: dict, key: str) -> str:
    if not isinstance(value := raw.get(key, ""), str):
        raise ReturnsError(f'{path}: "{key}" must be a text in quotation marks')
    return value


def _received(path: Path, raw: dict) -> tuple[dict[str, date], date | None]:
    """The optional `[received]` table (area_code = date) and the optional due date."""
    table = raw.get("received", {})
    if not isinstance(table, dict):
        raise ReturnsError(f'{path}: "received" must be a table of area codes and dates')
    dates = {**{key: value for key, value in table.items() if key != "due"}}
    due = raw.get("due", table.get("due"))
    for key, value in {**dates, **({"due": due} if due is not None else {})}.items():
        if not isinstance(value, date) or isinstance(value, datetime):
            raise ReturnsError(f'{path}: "{key}" must be a date without quotation marks, such as 2026-07-15')
        if key != "due" and key not in area_names():
            raise ReturnsError(f'{path}: "{key}" under [received] is not the code of a partnership')
    return dates, due


def _embargo(path: Path, raw: dict, cut_off: date) -> datetime | None:
    """The optional hour of release, in UTC: without an offset it is meant as clocks in Scotland show it."""
    hour = raw.get("embargo_until")
    if hour is None:
        return None
    if not isinstance(hour, datetime):
        raise ReturnsError(f'{path}: "embargo_until" must be a day and an hour without quotation marks, such as '
                           "embargo_until = 2026-12-03T09:30:00")
    if hour.date() <= cut_off:
        raise ReturnsError(f'{path}: "embargo_until" is {hour}, which is not after the cut-off, {cut_off}')
    return (hour if hour.tzinfo else hour.replace(tzinfo=ZoneInfo("Europe/London"))).astimezone(UTC).replace(tzinfo=None)


def _place(path: Path) -> File | None:
    """Whose file this is and of what kind, from its name alone; None when it is no return."""
    folded = unicodedata.normalize("NFKC", path.name).casefold()
    extension = folded.rpartition(".")[2] if "." in folded else ""
    exact, like = EXACT.fullmatch(path.name), LIKE_A_RETURN.search(folded)
    if exact or like:
        kind, area_code = (exact or like).group(1).casefold(), (exact or like).group(2).upper()
        return File(path, area_code, kind, extension, _name_fault(bool(exact), area_code, kind, extension))
    if extension in TABLE_EXTENSIONS[:-3] and not path.is_dir():
        return File(path, "", "", extension, _misnamed(folded))
    return None


def _name_fault(is_exact: bool, area_code: str, kind: str, extension: str) -> FileRejected | None:
    if current := names.former_codes().get(area_code):
        return FileRejected(f"'{area_code}' is a former code of {area_names()[current]}",
                            f"name it {kind}_{current}.{extension}, and give {current} as area_code in its rows")
    if area_code not in area_names():
        return FileRejected(f"'{area_code}' is not the code of one of the 32 partnerships",
                            "put your own area code, such as S12000005, in the file name")
    if is_exact:
        return None
    if extension not in EXTENSIONS:
        return FileRejected("this kind of file cannot be read",
                            f"save it as {kind}_{area_code}.csv (CSV UTF-8), .parquet or .xlsx")
    return FileRejected("the file name is not spelled as agreed", f"name it {kind}_{area_code}.{extension}")


def _misnamed(folded: str) -> FileRejected:
    kind = next((kind for kind in KINDS if kind in folded), "participants")
    if area_code := names.named_in(folded.rpartition(".")[0].replace(kind, " ")):
        return FileRejected(f"the file name names {area_names()[area_code]} in words, not by its code",
                            f"name it {kind}_{area_code}.{folded.rpartition('.')[2]}")
    return FileRejected("the file name does not say what it holds and for which partnership",
                        f"name it {kind}_ and the area code, such as {kind}_S12000005.csv; "
                        "take it out of the folder if it is not a return")


def _reject_doubles(files: list[File]) -> list[File]:
    """Reject every file of a partnership and kind that has more than one: nobody can say which is right."""
    groups: dict[tuple[str, str], list[File]] = {}
    for file in files:
        groups.setdefault((file.area_code, file.kind) if file.kind else (file.path.name, ""), []).append(file)
    return [
        file
        if len(group) == 1
        else File(file.path, file.area_code, file.kind, file.extension, _double(group))
        for group in groups.values()
        for file in group
    ]


def _double(group: list[File]) -> FileRejected:
    names = ", ".join(show_name(file.path) for file in group)
    return FileRejected(f"there are {len(group)} {group[0].kind} files for {group[0].area_code}: {names}",
                        "keep the right one and take the others out of the folder")


def show_name(path: Path) -> str:
    """A file's name, whole, with anything that is not printable written as an escape."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in path.name)


def _unopened(path: Path, error: OSError) -> FileRejected:
    if path.is_symlink() and isinstance(error, FileNotFoundError):
        return FileRejected(
            "this is a link to a file that is not there", "send the file itself, not a link to it"
        )
    if isinstance(error, PermissionError):
        return FileRejected(
            "there is no permission to read this file", "allow reading of the file, or send it again"
        )
    return FileRejected(f"the file cannot be opened: {_reason(error)}", "send the file itself again")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
