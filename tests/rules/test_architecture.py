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


def test_import_contracts_hold():
    # In a process of its own: it silences every log that was opened before it.
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"]
    asked = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stdout


def test_there_is_something_to_check():
    assert len(CODE) > 20 and PAGES and len(QUERIES) > 20


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_no_module_takes_a_standard_library_name(path):
    inside_package = path.parent != paths.ROOT / "dashboard"
    assert inside_package or path.stem not in sys.stdlib_module_names


@pytest.mark.parametrize("path", CODE + PAGES, ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_no_forbidden_idiom(path):
    text = path.read_text(encoding="utf-8")
    for idiom in ("sys.path.append", "sys.path.insert", "os.chdir(", "use_container_width", "plotly.express",
                  "set_page_config(" if path.parent == paths.PAGES else "sys.path.append", "except Exception:"):
        # One failure is caught in one place, and logged, so that the others on a page go on.
        if (path.name, idiom) == ("run.py", "except Exception:") and text.count(idiom) == 1:
            continue
        assert idiom not in text, f"{path.name} uses {idiom}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_only_arranges(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import)
                for alias in node.names}
    imported |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"dashboard", "streamlit"}, f"{path.name} imports {imported}"
    assert not re.search(r"\bselect\b.+\bfrom\b", path.read_text(encoding="utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_importing_does_nothing(path):
    """Only definitions, constants and guards at the top level of a module; no connection, no file read."""
    if path.name == "app.py":
        return
    calls = [ast.unparse(node.value) for node in ast.parse(path.read_text(encoding="utf-8")).body
             if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    assert not calls, f"{path.name} does {calls} on import"


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: str(path.relative_to(paths.QUERIES)))
def test_a_query_says_what_it_answers(path):
    assert path.read_text(encoding="utf-8").startswith("-- "), f"{path.name} has no opening comment"


OPENING = {"current", "older", "open_edition", "open_extract", "current_path", "connect", "open", "read_text", "read_bytes"}
TOLD = [path for path in CODE if path.parts[len(paths.ROOT.parts) + 1] in ("figures", "words", "charts", "methods")]


@pytest.mark.parametrize("path", TOLD, ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_a_recipe_opens_nothing_by_itself(path):
    """What is current is decided once a run, by who hands the edition down."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    called = {node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
              for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not (imported | called) & OPENING, (imported | called) & OPENING


SHOWN = [path for path in CODE if "components" in path.parts or path.name == "app.py"] + PAGES
MARKDOWN = {"markdown", "title", "header", "subheader", "caption", "write", "info", "warning", "error", "success", "text"}


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_no_variable_becomes_markdown(path):
    """Text from links, files and people goes through the templates' escaping; our own statements alone are Markdown."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "st":
            own_words = path.name == "page.py" and "ASSETS" in ast.unparse(node)
            assert node.func.attr not in MARKDOWN or own_words or all(
                isinstance(each, ast.Constant) for each in node.args), ast.unparse(node)
