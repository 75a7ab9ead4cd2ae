"""Names say what a thing is: modules, top-level entries, mirrored tests and docstrings."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.architecture.source import ROOT, Source, findings, sources

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}
TOP_LEVEL = {"app", "packaging", "resources", "tests", ".ci"}
TOP_LEVEL |= {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore"}
NEW_SENTENCE = re.compile(r"[.!?]\s+[A-Z`]")


def empty_names(source: Source) -> Iterator[str]:
    """Modules and folders whose name says nothing."""
    for part in PurePosixPath(source.path).with_suffix("").parts:
        if EMPTY_WORDS & set(part.split("_")):
            yield f"{source.path}: `{part}`"


def poor_docstrings(source: Source) -> Iterator[str]:
    """Modules without a docstring whose first paragraph is one sentence."""
    first = (ast.get_docstring(source.tree) or "").partition("\n\n")[0]
    if not first:
        yield f"{source.path} has no docstring"
    elif not first.endswith("."):
        yield f"{source.path}: the first paragraph does not end with a full stop"
    elif NEW_SENTENCE.search(first):
        yield f"{source.path}: the first paragraph is more than one sentence"


def test_no_module_has_an_empty_name() -> None:
    found = findings(sources("app", "packaging", "tests"), empty_names)
    assert not found, f"name it after the noun of the field that it holds:\n{found}"


def test_every_module_says_in_one_sentence_what_lives_in_it() -> None:
    found = findings(sources("app", "packaging"), poor_docstrings)
    assert not found, f"write one sentence that says what lives there:\n{found}"


def test_every_folder_of_the_app_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "app").rglob("*.py")}
    bare = sorted(
        str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()
    )
    assert not bare, f"add an __init__.py with one sentence, import-linter skips them otherwise: {bare}"


def test_every_layer_has_its_mirrored_tests() -> None:
    layers = {path.parent.name for path in (ROOT / "app").glob("*/*.py")} - {"compose"}
    missing = sorted(layer for layer in layers if not (ROOT / "tests" / layer).is_dir())
    assert not missing, f"add a folder in tests/ for: {missing}"


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git on this computer")
def test_the_top_level_is_the_one_architecture_names() -> None:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    extra = sorted({line.partition("/")[0].strip('"') for line in listing.stdout.splitlines()} - TOP_LEVEL)
    assert not extra, f"move it below app/, resources/, tests/ or packaging/: {extra}"
