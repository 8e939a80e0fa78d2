"""The rules of the house: who may import whom, and what no file may do."""

import ast
import re
import subprocess
import sys

import pytest

from dashboard import paths

CODE = sorted((paths.ROOT / "dashboard").rglob("*.py"))
PAGES = sorted(paths.PAGES.glob("*.py"))
QUERIES = sorted(paths.QUERIES.rglob("*.sql"))
TOLD = [path for path in CODE if path.parts[len(paths.ROOT.parts) + 1] in ("figures", "words", "charts", "methods")]
SHOWN = [path for path in CODE if "components" in path.parts or path.name == "app.py"] + PAGES


def name_of(path):
    return str(path.relative_to(paths.ROOT))


@pytest.fixture(scope="module")
def texts():
    """{path: what stands in it} of every file that a rule looks at."""
    return {path: path.read_text(encoding="utf-8") for path in CODE + PAGES + QUERIES}


@pytest.fixture(scope="module")
def trees(texts):
    """{path: its syntax tree} of every file of Python, read once for all rules."""
    return {path: ast.parse(texts[path]) for path in CODE + PAGES}


def test_import_contracts_hold():
    # In a process of its own: it silences every log that was opened before it.
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"]
    asked = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stdout


def test_there_is_something_to_check():
    assert len(CODE) > 20 and PAGES and len(QUERIES) > 20 and len(TOLD) > 20 and len(SHOWN) > len(PAGES)


def test_no_module_takes_a_standard_library_name():
    at_the_top = [path for path in CODE if path.parent == paths.ROOT / "dashboard"]
    assert [name_of(path) for path in at_the_top if path.stem in sys.stdlib_module_names] == []


def test_no_forbidden_idiom(texts):
    used = []
    for path in CODE + PAGES:
        text = texts[path]
        for idiom in ("sys.path.append", "sys.path.insert", "os.chdir(", "use_container_width", "plotly.express",
                      *(["set_page_config("] if path in PAGES else []), "except Exception:"):
            # One failure is caught in one place, and logged, so that the others on a page go on.
            if (path.name, idiom) == ("run.py", "except Exception:") and text.count(idiom) == 1:
                continue
            used += [f"{name_of(path)} uses {idiom}"] if idiom in text else []
    assert used == []


def test_a_page_only_arranges(texts, trees):
    for path in PAGES:
        nodes = list(ast.walk(trees[path]))
        imported = {alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module.split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
        assert imported <= {"dashboard", "streamlit"}, f"{path.name} imports {imported}"
        assert not re.search(r"\bselect\b.+\bfrom\b", texts[path], re.IGNORECASE), f"{path.name} asks the database"


def test_importing_does_nothing(trees):
    """Only definitions, constants and guards at the top level of a module; no connection, no file read."""
    done = {}
    for path in CODE:
        calls = [ast.unparse(node.value) for node in trees[path].body
                 if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
        done |= {name_of(path): calls} if calls and path.name != "app.py" else {}
    assert done == {}, "what these modules do on import"


def test_a_query_says_what_it_answers(texts):
    assert [name_of(path) for path in QUERIES if not texts[path].startswith("-- ")] == [], "queries without an opening comment"


OPENING = {"current", "older", "open_edition", "open_extract", "current_path", "connect", "open", "read_text", "read_bytes"}


def test_a_recipe_opens_nothing_by_itself(trees):
    """What is current is decided once a run, by who hands the edition down."""
    opened = {}
    for path in TOLD:
        nodes = list(ast.walk(trees[path]))
        imported = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
        called = {node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                  for node in nodes if isinstance(node, ast.Call)}
        opened |= {name_of(path): (imported | called) & OPENING}
    assert {name: found for name, found in opened.items() if found} == {}


MARKDOWN = {"markdown", "title", "header", "subheader", "caption", "write", "info", "warning", "error", "success", "text"}


def test_no_variable_becomes_markdown(trees):
    """Text from links, files and people goes through the templates' escaping; our own statements alone are Markdown."""
    for path in SHOWN:
        for node in ast.walk(trees[path]):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "st":
                own_words = path.name == "page.py" and "ASSETS" in ast.unparse(node)
                assert node.func.attr not in MARKDOWN or own_words or all(
                    isinstance(each, ast.Constant) for each in node.args), f"{name_of(path)}: {ast.unparse(node)}"
