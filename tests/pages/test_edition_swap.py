"""A page is of one edition, whatever is published while it is made."""

import gc
import itertools
import re
import shutil
import threading
import weakref

import duckdb
import pytest

from dashboard import ahead, memory, paths
from dashboard.figures import recipes
from dashboard.read.edition import current
from dashboard.words.marks import SYNTHETIC_NOTICE

DEMONSTRATION = (paths.DATA / "extract" / "current").read_text(encoding="utf-8").strip()
REAL = "outcomes-aaaaaaaaaaaa.duckdb"


@pytest.fixture(scope="module")
def two_editions(tmp_path_factory):
    """A folder with the demonstration edition and a copy of it that says it is real; the first is current."""
    folder = tmp_path_factory.mktemp("two_editions")
    shutil.copy(paths.DATA / "extract" / DEMONSTRATION, folder / DEMONSTRATION)
    shutil.copy(paths.DATA / "extract" / DEMONSTRATION, folder / REAL)
    with duckdb.connect(str(folder / REAL)) as con:
        con.execute("update release set synthetic = false, extract_id = 'aaaaaaaaaaaa'")
    publish(folder, DEMONSTRATION)
    return folder


def publish(folder, name):
    """As the build does it: the pointer is replaced in one step."""
    new = folder / "current.new"
    new.write_text(f"{name}\n", encoding="utf-8")
    new.replace(folder / "current")


def editions_of(html):
    return set(re.findall(r"@([0-9a-z]{12})", html))


def notices(html):
    return re.sub("<[^>]+>", "", html).count(SYNTHETIC_NOTICE)


def test_editions_that_take_turns_never_mix_and_never_lose_their_mark(open_page, two_editions, markup_of, monkeypatch):
    """Two readers, and another edition before every figure that is made for them: far more often than any reader asks."""
    publish(two_editions, DEMONSTRATION)
    own, turns = recipes.made, itertools.cycle((REAL, DEMONSTRATION))

    def published_meanwhile(*asked):
        publish(two_editions, next(turns))
        return own(*asked)

    readers = [open_page(two_editions, "data_quality") for _ in range(2)]
    made_up = notices(markup_of(readers[0]))
    assert made_up > 1
    monkeypatch.setattr(recipes, "made", published_meanwhile)
    for name in (REAL, DEMONSTRATION):
        for reader in readers:
            publish(two_editions, name)
            html = markup_of(reader.run())
            assert editions_of(html) == {name.split("-")[1].split(".")[0]} and notices(html) == (made_up if name == DEMONSTRATION else 0)


def test_whoever_asks_while_editions_take_turns_gets_one_of_them(two_editions):
    """The pointer is replaced as fast as can be, in another thread."""
    stopped = threading.Event()

    def take_turns():
        for name in itertools.cycle((REAL, DEMONSTRATION)):
            publish(two_editions, name)
            if stopped.is_set():
                return

    swapping = threading.Thread(target=take_turns)
    swapping.start()
    try:
        seen = {current(two_editions).extract_id for _ in range(2000)}
    finally:
        stopped.set()
        swapping.join()
    assert seen == {"aaaaaaaaaaaa", DEMONSTRATION.split("-")[1].split(".")[0]}


class AllBut(frozenset):
    """Every edition but these: those that other tests read stay open."""

    def __contains__(self, extract_id):
        return not super().__contains__(extract_id)


@pytest.mark.parametrize("page", ["partnership", "challenge"])
def test_an_edition_that_was_superseded_is_let_go_of_though_its_readers_stay(open_page, tmp_path, place_edition, page, monkeypatch):
    """Four editions; one reader acts after each, one never again. Nothing of the first two is left, of either reader.

    Memory is looked through once, after the last, and only for what was made since the first: all else takes far longer.
    """
    gc.freeze()
    names = [f"{number:012}" for number in range(4)]
    place_edition(tmp_path, names[0])
    reader, idle = (open_page(tmp_path, page, area="S12000013") for _ in range(2))
    held = [weakref.ref(current(tmp_path))]
    with monkeypatch.context() as patch:
        patch.setattr(memory, "look_through", lambda: None)
        for before, name in enumerate(names[1:]):
            place_edition(tmp_path, name)
            assert not reader.run().exception and not idle.exception
            held.append(weakref.ref(current(tmp_path)))
            ahead._let_go(AllBut(names[:before]))
    gc.collect()
    gc.unfreeze()
    assert [each() is not None for each in held] == [False] * 2 + [True] * 2


def test_an_earlier_edition_is_read_by_link_and_says_so(open_page, two_editions, markup_of):
    publish(two_editions, DEMONSTRATION)
    app = open_page(two_editions, "data_quality", edition="aaaaaaaaaaaa")
    html = markup_of(app)
    assert editions_of(html) == {"aaaaaaaaaaaa"} and "as its link asks" in html
    assert "edition=aaaaaaaaaaaa" in next(each.proto.json for each in app.get("bidi_component")
                                          if each.proto.component_name == "address"), "its choices keep it"
    html = markup_of(open_page(two_editions, "data_quality", edition="ffffffffffff"))
    assert "aaaaaaaaaaaa" not in editions_of(html) and "is no longer held here. The current one is shown." in html
