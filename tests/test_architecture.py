"""The invariants of the house that no other test holds."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "coordlint"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400

# Which part of the program may import what.
ONLY = {
    "yaml": ("readers/",),
    "jsonschema": ("shape/",),
    "jsonschema_rs": ("shape/",),
    "referencing": ("shape/",),
    "jinja2": ("manual/",),
    "markdown_it": ("manual/",),
    "typer": ("cli/",),
    "subprocess": (),
}
# What a check that finds nothing has no use for. (Typer brings difflib, jsonschema-rs brings email.)
HEAVY = (
    "asyncio",
    "dataclasses",
    "dateutil",
    "importlib.metadata",
    "jinja2",
    "jsonschema",
    "markdown_it",
    "referencing",
    "rich",
    "urllib.request",
)


def imported(path: Path) -> set[str]:
    """The modules that a file imports, by their first names, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("library", ONLY)
def test_each_library_is_known_in_one_place(library: str) -> None:
    users = [path.relative_to(PACKAGE).as_posix() for path in MODULES if library in imported(path)]
    assert [user for user in users if not user.startswith(ONLY[library])] == []


def test_the_floors_hold() -> None:
    ended = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stdout


def test_rules_and_facts_ask_nobody_but_the_org() -> None:
    outside = {"os", "sys", "time", "random", "socket", "pathlib", "io", "subprocess", "logging"}
    asked = {
        path.relative_to(PACKAGE).as_posix(): imported(path) & outside
        for folder in ("rules", "facts", "model", "values")
        for path in (PACKAGE / folder).glob("*.py")
    }
    # zone.py looks a zone's name up in the machine's time zone files, which is what a zone is.
    asked.pop("values/zone.py", None)
    assert {path: names for path, names in asked.items() if names} == {}


def test_files_are_short_or_say_why_not() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > LONGEST_FILE:
            assert "one file because" in (ast.get_docstring(ast.parse(text)) or ""), path


def test_functions_are_short() -> None:
    sizes = [
        (node.end_lineno or 0) - node.lineno + 1 - docstring_lines(node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert median(sizes) <= 15


def docstring_lines(node: ast.FunctionDef) -> int:
    return len((ast.get_docstring(node, clean=False) or "").split("\n")) if ast.get_docstring(node) else 0


def test_every_module_says_what_it_is() -> None:
    assert [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def modules_of(*words: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    script = (
        "import sys, json, atexit, runpy\n"
        "atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))\n"
        f"sys.argv = ['coordlint', *{list(words)!r}]\n"
        "runpy.run_module('coordlint', run_name='__main__')\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)
    assert ended.returncode == 0, ended.stderr
    loaded: list[str] = json.loads(ended.stderr.splitlines()[-1])
    return set(loaded)


def test_a_clean_check_imports_only_what_its_road_needs() -> None:
    loaded = modules_of("check", str(PACKAGE / "cli" / "start" / "organisation"))
    assert sorted(name for name in HEAVY if name in loaded) == []
    assert "yaml" not in loaded, "the fast reader takes an ordinary file by itself"


def test_the_version_imports_nothing() -> None:
    assert {name for name in modules_of("--version") if name.startswith("coordlint")} <= {
        "coordlint",
        "coordlint.__main__",
    }
