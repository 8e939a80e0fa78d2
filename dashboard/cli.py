"""The `outcomes` command."""

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from dashboard import paths

console = Console(highlight=False, soft_wrap=True)

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
ANY = click.Path(path_type=Path)
# How a server of pages uses glibc's memory. Each run of a page is a thread of its own: with an arena for each, what is let go
# of is seldom given back. The database asks for small pieces by the thousand: a thread that keeps them for its next question
# answers in a sixth less of the processor's time (benchmarks/RESULTS.md, 30 November 2026).
MEMORY = {"MALLOC_ARENA_MAX": "2", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=1000"}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="outcomes-dashboard", prog_name="outcomes")
def main() -> None:
    """Outcomes dashboard for Scottish employability services."""


@main.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535), help="Port to serve on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 is every network.")
@click.option("--headless", is_flag=True, help="Do not open a browser window.")
def serve(port: int, host: str, headless: bool) -> None:
    """Open the dashboard on the extract that is there. It builds nothing: without an extract it stops and says so."""
    _read_only(_ensure_servable)
    command = [sys.executable, "-m", "streamlit", "run", str(paths.ROOT / "dashboard" / "server.py"),
               f"--server.port={port}", f"--server.address={host}",
               f"--server.headless={str(headless or not sys.stdout.isatty()).lower()}"]
    sys.stdout.flush()
    for name, value in MEMORY.items():
        os.environ.setdefault(name, value)
    # Streamlit reads its settings from the folder it starts in. It takes this process's place, so that what stops this
    # one stops it.
    with contextlib.chdir(paths.ROOT):
        os.execv(sys.executable, command)


def _ensure_servable() -> None:
    """Stop before the server starts where there is nothing to show; hand on each place as it is from here."""
    from dashboard.limits import MOST_SESSIONS, most_sessions
    from dashboard.read.edition import current
    from dashboard.read.extract import RESTRICTED, ExtractError
    from dashboard.read.readers import access_list

    folder = _extract_folder()
    os.environ["OUTCOMES_EXTRACT"] = str(folder)
    for name, place in (("OUTCOMES_ACCESS", paths.access_list()), ("OUTCOMES_ACCESS_LOG", paths.access_log())):
        if place:
            os.environ[name] = str(place.resolve())
    try:
        most_sessions(10 * MOST_SESSIONS)
        current(folder)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except ExtractError as error:
        if error.cause != RESTRICTED:
            raise
    if listed := paths.access_list():
        access_list(listed, paths.access_log(), folder)


@main.command()
@click.option("--returns", type=FOLDER, help="Folder of participants' returns; without it, published figures alone.")
@click.option("--key-file", type=FILE, help="The secret key; needed for real returns.")
@click.option("--ledger", type=ANY, help="Secret digests of earlier editions, kept beside the key.")
@click.option("--new-ledger", is_flag=True, help="Start the ledger: for the first edition made with this key.")
@click.option("--break", "reason", help="Publish beside a real edition that key and ledger do not know, for this "
              "reason, if an attack on both together finds nothing exact; the public reads it.")
@click.option("--previous-returns", type=FOLDER, multiple=True,
              help="With --break: the returns behind that edition, so that the attack knows every change.")
@click.option("--boundaries", type=FILE, help="Official council boundaries to draw instead of the built-in ones.")
@click.option("--demonstration", is_flag=True, help="The default extract: made-up returns of two editions, as shipped.")
@click.option("--out", type=ANY, help="Folder for the extract.  [default: data/extract]")
def build(returns, key_file, ledger, new_ledger, reason, previous_returns, boundaries, demonstration, out) -> None:
    """Make a new extract from published figures and returns; prints its extract_id last."""
    if demonstration:
        if returns or key_file or ledger or new_ledger or reason or previous_returns or boundaries:
            raise click.UsageError("--demonstration makes its own returns: give nothing with it but --out")
        console.print(_run(lambda: _build_half("default").build(out or _extract_folder(), console.print)))
        return
    run = _build_half("run")
    inputs = run.Inputs(out or _extract_folder(), returns, key_file, ledger, boundaries,
                        new_ledger=new_ledger, break_reason=reason, previous_returns=previous_returns)
    console.print(_run(lambda: run.build(inputs, console.print)))


@main.command()
@click.option("--out", type=ANY, required=True, help="File to write the key to; never one that is there already.")
def key(out) -> None:
    """Make a secret key rightly: random, readable by its owner alone."""
    _run(lambda: _build_half("keys").make(out))
    console.print(f"Wrote a new key to {out}. Keep it secret, keep a copy, and use it for every edition.")


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--report", type=ANY, help="Folder for the reports and rejected rows.  [default: FOLDER-report]")
@click.option("--previous", type=FOLDER, metavar="RETURNS", help="The returns before: also tells what changed since.")
@click.option("--show-values", is_flag=True, help="Print what the cells say too; else only the reports do.")
def check(folder, report, previous, show_values) -> None:
    """Check returns: what was read, accepted and rejected, and how to mend it."""
    returns = _build_half("returns")
    if not _run(lambda: returns.check(folder, report, console, previous, show_values)):
        sys.exit(1)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--from", "site", type=click.Choice(["nomis"]), help="Ask Nomis for its figures, where a network is.")
@click.option("--write", is_flag=True, help="Write the figures; without it, only show what differs.")
@click.option("--out", type=ANY, help="Folder to write to, laid out like data.  [default: data]")
def refresh(files, site, write, out) -> None:
    """Read official FILES, or folders of them, into data/published; shows what changes before it writes."""
    if not (files or site):
        raise click.UsageError("name a file or a folder, or ask a site: --from nomis")
    pipeline = _build_half("refresh")
    if not _run(lambda: pipeline.refresh(files, console.print, out=out, write=write, from_nomis=site == "nomis")):
        sys.exit(1)


@main.command("demo-returns")
@click.option("--participants", default=75_000, show_default=True, type=click.IntRange(100, 10_000_000))
@click.option("--seed", default=2026, show_default=True, type=int)
@click.option("--out", type=ANY, required=True, help="Folder to write the made-up returns to.")
@click.option("--earlier", is_flag=True, help="The same people as they were known one quarter before.")
def demo_returns(participants, seed, out, earlier) -> None:
    """Write synthetic returns, calibrated to the published totals: made up, not about real people."""
    demonstration = _build_half("demonstration")
    _run(lambda: demonstration.write(participants, seed, out, is_earlier=earlier))
    console.print(f"Wrote demonstration returns of about {participants:,} people to {out}")


@main.command()
@click.argument("extract", type=FILE, required=False)
@click.option("--returns", type=FOLDER, help="The returns behind it: the audit then also knows the truth.")
@click.option("--key-file", type=FILE, help="The key the extract was made with.")
@click.option("--previous", type=FILE, help="An earlier edition's extract, attacked together with this one.")
@click.option("--previous-returns", type=FOLDER,
              help="The returns behind that edition: the attacker then knows every change between the two.")
@click.option("--full", is_flag=True, help="Attack far more counts, for longer.")
def audit(extract, returns, key_file, previous, previous_returns, full) -> None:
    """Attack an extract and print what could be narrowed; exit 1 if anything is unsafe."""
    if previous_returns and not (returns and previous):
        raise click.UsageError("--previous-returns needs --returns and --previous: "
                               "the attack lays two editions and what changed between them side by side")
    keys, attacker, publish = (_build_half(name) for name in ("keys", "disclosure.audit", "publish"))
    extract = extract or publish.current(_extract_folder())
    if extract is None:
        raise click.UsageError("there is no extract yet: run 'outcomes build', or name an EXTRACT")
    report = _run(lambda: attacker.audit(
        extract, _read(returns), keys.read(key_file) if key_file else None, previous, full,
        previous_returns=_read(previous_returns)))
    report.show(console)
    if not report.passed:
        sys.exit(1)


@main.command()
@click.argument("recipe", required=False)
@click.option("--list", "listed", is_flag=True, help="Every figure's name, what it is and what can be chosen of it.")
@click.option("--area", help="An area by code, former code or name.")
@click.option("--choose", "chosen", multiple=True, metavar="NAME=VALUE", help="Another choice; may be given again.")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "csv", "json", "svg"]))
@click.option("--extract", type=FILE, help="An extract's file.  [default: the current one]")
@click.option("--restricted", is_flag=True, help="Read an edition before the hour of its release; what is made says so.")
def figure(recipe, listed, area, chosen, form, extract, restricted) -> None:
    """Any figure of the dashboard, the same as on the screen, to the digit."""
    from dashboard.packs import terminal

    def show() -> None:
        edition = _edition(extract, restricted)
        click.echo("\n".join(terminal.listed(edition)) if listed or not recipe
                   else terminal.shown(edition, recipe, area, chosen, form))

    _read_only(show)


@main.command()
def editions() -> None:
    """List the editions that are held: which is current, when each is released, and whether it opens."""
    from dashboard.packs import terminal
    from dashboard.read.edition import every_held

    for each in every_held(_extract_folder()):
        click.echo(terminal.held_line(each))


@main.command()
@click.argument("edition")
def use(edition) -> None:
    """Show readers another EDITION that is held, named by its extract's id or its own name: back or forward."""
    from dashboard.packs import terminal
    from dashboard.pipeline import lock, publish
    from dashboard.read.edition import current, held_as

    folder = _extract_folder()

    def point() -> None:
        chosen = held_as(folder, edition)
        with lock.hold(folder / publish.LOCK, str(folder)):
            publish.point(folder, chosen.path.name)
        click.echo(terminal.readers_see(chosen.edition, lambda: current(folder)))

    _read_only(lambda: _run(point))


@main.command()
@click.option("--area", help="A partnership by code, former code or name.")
@click.option("--all", "every", is_flag=True, help="The packs of all partnerships.")
@click.option("--out", type=ANY, required=True, help="Folder to write to.")
@click.option("--extract", type=FILE, help="An extract's file.  [default: the current one]")
@click.option("--restricted", is_flag=True, help="Read an edition before the hour of its release; what is made says so.")
def pack(area, every, out, extract, restricted) -> None:
    """A partnership's board pack: PDF, slides, Word document and workbook, the same figures as on the screen."""
    from dashboard.packs import board

    if bool(area) == every:
        raise click.UsageError("name one partnership with --area, or ask for --all")

    def write() -> None:
        edition = _edition(extract, restricted)
        for code in board.partnerships(edition, area):
            for _, name, content in board.files(edition, code):
                _write(out / name, content)
                click.echo(out / name)

    _read_only(write)


@main.command()
@click.option("--out", type=ANY, required=True, help="Folder to write to.")
@click.option("--extract", type=FILE, help="An extract's file.  [default: the current one]")
@click.option("--restricted", is_flag=True, help="Read an edition before the hour of its release; what is made says so.")
def export(out, extract, restricted) -> None:
    """Every table behind the dashboard as CSV (described by CSVW), Parquet and JSON."""
    from dashboard.read.export import export as write

    def show() -> None:
        edition = _edition(extract, restricted)
        for path in write(edition.extract, out, edition.restricted):
            click.echo(path)

    _read_only(show)


@main.command()
@click.option("--out", type=ANY, required=True, help="Folder to write to.")
@click.option("--area", "areas", multiple=True, help="Only this partnership and Scotland; may be given again.")
@click.option("--extract", type=FILE, help="An extract's file.  [default: the current one]")
@click.option("--restricted", is_flag=True, help="Read an edition before the hour of its release; what is made says so.")
def site(out, areas, extract, restricted) -> None:
    """The whole dashboard as static pages: no script, no server, every page and part for Scotland and 32 areas."""
    from dashboard.packs.board import partnerships
    from dashboard.packs.site.pages import write

    def show() -> None:
        edition = _edition(extract, restricted)
        codes = [code for area in areas for code in partnerships(edition, area)]
        count = sum(1 for _ in write(edition, out, codes, processes=os.cpu_count() or 1))
        click.echo(f"Wrote {count:,} pages to {out}: open {out / 'index.html'}")

    _read_only(show)


@main.group()
def sessions() -> None:
    """Challenge sessions: copy everything that people wrote, or bring it back."""


@sessions.command()
@click.argument("file", type=ANY)
@click.option("--without-withdrawn", is_flag=True, help="Leave out people's words whose consent was withdrawn, every version.")
def backup(file, without_withdrawn) -> None:
    """Write every session, answer, action and change to a new FILE, while the dashboard runs."""
    count = _stored(lambda store: store.backup(file, without_withdrawn))
    console.print(f"Wrote {count:,} entries to {file}. It holds what people wrote: keep it where only its owner can read it.")


@sessions.command()
@click.argument("file", type=FILE)
def restore(file) -> None:
    """Add what FILE holds and the store does not; nothing that is there is changed."""
    console.print(f"Restored {_stored(lambda store: store.restore(file)):,} entries.")


def _stored(action: Callable):
    """What the action gives on the store of sessions; a fault is one plain message and exit 2."""
    from dashboard.challenge.store import Store, StoreError

    try:
        store = Store(paths.sessions_address())
        try:
            return action(store)
        finally:
            store.close()
    except StoreError as error:
        click.echo(f"outcomes: {error}", err=True)
    except OSError as error:
        click.echo(f"outcomes: {error.strerror}: {error.filename}", err=True)
    sys.exit(2)


def _edition(extract: Path | None, restricted: bool):
    """The extract's edition, or the current one. One whose hour has not come is refused, unless `restricted`: then it is
    marked so, and the reading is written down."""
    from dashboard.read.edition import open_edition
    from dashboard.read.extract import RESTRICTED, ExtractError, current_path
    from dashboard.read.readers import EVERYONE, operator

    reader = operator(paths.access_log()) if restricted else EVERYONE
    try:
        return open_edition(extract or current_path(_extract_folder()), reader)
    except ExtractError as error:
        if error.cause == RESTRICTED and not restricted:
            raise ExtractError(f"{error} Add --restricted to read it all the same: what is made then says so. "
                               "Or name an earlier extract with --extract.", RESTRICTED) from error
        raise


def _extract_folder() -> Path:
    """The folder of extracts, as it is from any folder; a setting that is empty is a slip, and refused."""
    if os.environ.get("OUTCOMES_EXTRACT") == "":
        raise click.UsageError("OUTCOMES_EXTRACT is empty: name the extract's folder, or leave it unset")
    return paths.extract_folder().resolve()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _read_only(action: Callable[[], None]) -> None:
    """Run what reads an extract; a user's mistake is one plain message and exit 2, never a traceback."""
    from dashboard.figures.recipe import ChoiceError
    from dashboard.read.extract import ExtractError
    from dashboard.read.readers import AccessError

    try:
        action()
    except (ExtractError, ChoiceError, AccessError) as error:
        click.echo(f"outcomes: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"outcomes: {error.strerror}: {error.filename}", err=True)
        sys.exit(2)


def _read(returns: Path | None):
    return _build_half("returns").read(returns) if returns else None


def _build_half(module: str):
    """A module of the build half; says how to install it where only the runtime is."""
    from importlib import import_module

    try:
        return import_module(f"dashboard.pipeline.{module}")
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("dashboard"):
            raise
        raise click.ClickException(
            f"this command needs '{error.name}', which the dashboard alone does not: "
            "run 'make .venv/.build', or install requirements/build.txt") from error


def _run(action):
    """Run it; a user's mistake is one plain message and exit 2, never a traceback."""
    from dashboard.pipeline.errors import BuildError, explain, faults

    try:
        return action()
    except (BuildError, *faults()) as error:
        click.echo(f"outcomes: {error if isinstance(error, BuildError) else explain(error)}", err=True)
        sys.exit(2)
