"""The words beside the code say what is there."""

import re
import subprocess
import tomllib

import pytest

from dashboard import cli, paths

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")


def tracked() -> set[str]:
    """Top-level folders of the project, as git or the disk has them."""
    listed = subprocess.run(["git", "ls-files"], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    folders = {name.split("/")[0] for name in names if "/" in name}
    return folders or {path.name for path in paths.ROOT.iterdir() if path.is_dir()}


def test_the_readme_tree_matches_the_disk():
    shown = set(re.findall(r"^(\w+)/ ", README, flags=re.MULTILINE))
    there = {name for name in tracked() if not name.startswith(".")}
    assert shown == there


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_every_command_is_in_the_readme_and_has_help(command):
    assert f"`outcomes {command}" in README
    assert cli.main.commands[command].help


def test_the_readme_names_no_other_command():
    assert set(re.findall(r"`outcomes ([a-z-]+)", README)) == set(cli.main.commands)


def test_the_readme_shows_a_screenshot_that_is_there():
    assert (paths.ROOT / re.search(r"!\[.*?\]\((.*?)\)", README).group(1)).is_file()


def test_the_same_names_are_pinned_as_declared():
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for name, declared in (("runtime", project["dependencies"]), ("build", extras["build"]), ("test", extras["test"])):
        listed = (paths.ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
        pinned = {line.split("==")[0] for line in listed if line and not line.startswith(("#", "-r"))}
        assert pinned - {"setuptools"} == {each for each in declared if not each.startswith("outcomes-dashboard")}


@pytest.mark.parametrize("extra", ["runtime", "build", "test"])
def test_requirements_are_pinned_by_hash_and_record_no_address(extra):
    text = (paths.ROOT / "requirements" / f"{extra}.txt").read_text(encoding="utf-8")
    assert "://" not in text and "--index-url" not in text
    pins = re.findall(r"^[A-Za-z0-9][^\n]*==[^\n]*\\\n    --hash=sha256:", text, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[A-Za-z0-9][\w.\[\],-]*==", text, flags=re.MULTILINE)) > 20


DOCS = sorted((paths.ROOT / "docs").glob("*.md"))
NAMED_TESTS = sorted({found for path in DOCS for found in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", path.read_text(encoding="utf-8"))})


@pytest.mark.parametrize(("file", "test"), NAMED_TESTS, ids=lambda part: part.rsplit("/", 1)[-1])
def test_each_promise_has_its_test(file, test):
    assert re.search(rf"^def {test}\(", (paths.ROOT / file).read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_every_promise_of_the_threat_model_names_a_test():
    rows = [line for line in (paths.ROOT / "docs" / "threat_model.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    promises = [line for line in rows if not line.startswith("| promise")]
    assert len(promises) > 25 and all("::test_" in line for line in promises)


def test_every_setting_is_in_the_table_of_operations():
    """Each variable that the code or a file of deploy/ reads, and no other."""
    read = [*(paths.ROOT / "dashboard").rglob("*.py"), *(path for path in (paths.ROOT / "deploy").iterdir())]
    used = {name for path in read for name in re.findall(r"\b(?:DATABASE_URL|(?:OUTCOMES|STREAMLIT_SECRETS)_[A-Z_]*[A-Z])\b", path.read_text(encoding="utf-8"))}
    table = (paths.ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", table, flags=re.MULTILINE))
    assert used - told == set() and told - used <= {"STREAMLIT_SECRETS_FILES"}


@pytest.mark.parametrize("path", [paths.ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_the_links_of_the_docs_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_each_part_of_deploy_is_explained_and_copies_only_what_is_there():
    told = (paths.ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert all(f"`deploy/{path.name}`" in told for path in (paths.ROOT / "deploy").iterdir())
    copied = re.findall(r"^COPY (.+) \S+$", (paths.ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(copied) >= 8 and all((paths.ROOT / name).exists() for names in copied for name in names.split())
