"""A page is of one edition, whatever is published while it is made."""

import re
import shutil
import threading
import weakref

import duckdb
import pytest

from dashboard import ahead, paths
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


def test_a_run_ends_in_the_edition_it_began_in(open_page, two_editions, markup_of, monkeypatch):
    publish(two_editions, DEMONSTRATION)
    own = recipes.made

    def published_meanwhile(*asked):
        publish(two_editions, REAL)
        return own(*asked)

    with monkeypatch.context() as patch:
        patch.setattr(recipes, "made", published_meanwhile)
        app = open_page(two_editions, "jobs")
        html = markup_of(app)
    assert not app.exception and editions_of(html) == {DEMONSTRATION.split("-")[1].split(".")[0]} and notices(html) > 1
    after = markup_of(app.run())
    assert editions_of(after) == {"aaaaaaaaaaaa"} and notices(after) == 0


def test_editions_that_take_turns_never_mix_and_never_lose_their_mark(open_page, two_editions, markup_of):
    """Five readers, a new edition every twentieth of a second: far more often than any reader asks."""
    publish(two_editions, DEMONSTRATION)
    made_up = notices(markup_of(open_page(two_editions, "jobs")))
    stopped = threading.Event()

    def take_turns():
        turn = 0
        while not stopped.wait(0.05):
            turn += 1
            publish(two_editions, (DEMONSTRATION, REAL)[turn % 2])

    swapping = threading.Thread(target=take_turns)
    swapping.start()
    try:
        readers = [open_page(two_editions, "jobs") for _ in range(5)]
        pages = [markup_of(reader.run()) for _ in range(6) for reader in readers]
    finally:
        stopped.set()
        swapping.join()
    seen = [editions_of(html) for html in pages]
    assert all(len(each) == 1 for each in seen) and len(set.union(*seen)) == 2
    for html, each in zip(pages, seen, strict=True):
        assert notices(html) == (0 if each == {"aaaaaaaaaaaa"} else made_up)


@pytest.mark.parametrize("page", ["partnership", "challenge"])
def test_an_edition_that_was_superseded_is_let_go_of_though_its_readers_stay(open_page, tmp_path, place_edition, page):
    """Six editions; one reader acts after each, one never again. Nothing of the first four is left, of either reader."""
    names = [f"{number:012}" for number in range(6)]
    place_edition(tmp_path, names[0])
    reader, idle = (open_page(tmp_path, page, area="S12000013") for _ in range(2))
    held = [weakref.ref(current(tmp_path))]
    for name in names[1:]:
        place_edition(tmp_path, name)
        assert not reader.run().exception and not idle.exception
        held.append(weakref.ref(current(tmp_path)))
        ahead._let_go({name, names[names.index(name) - 1]})
    assert [each() is not None for each in held] == [False] * 4 + [True] * 2


def test_an_earlier_edition_is_read_by_link_and_says_so(open_page, two_editions, markup_of):
    publish(two_editions, DEMONSTRATION)
    app = open_page(two_editions, "jobs", edition="aaaaaaaaaaaa")
    html = markup_of(app)
    assert editions_of(html) == {"aaaaaaaaaaaa"} and "as its link asks" in html
    assert "edition=aaaaaaaaaaaa" in next(each.proto.json for each in app.get("bidi_component")
                                          if each.proto.component_name == "address"), "its choices keep it"
    html = markup_of(open_page(two_editions, "jobs", edition="ffffffffffff"))
    assert "aaaaaaaaaaaa" not in editions_of(html) and "is no longer held here. The current one is shown." in html
