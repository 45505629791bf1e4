"""The invariants of the house that no other test holds."""

from __future__ import annotations

import ast
import functools
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from coordlint.config import Asked
from coordlint.lint import Run, lint
from coordlint.manual import render
from coordlint.model.base import Declaration
from coordlint.model.org import Org
from coordlint.testing import DAY, InMemory

REPOSITORY = Path(__file__).parent.parent
EXAMPLE = REPOSITORY / "examples" / "org"
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


@functools.cache
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


# What asks the disk, the clock, the environment or a person, by the last part of its name or by the whole of it.
ASKING = frozenset(
    {"open", "print", "input", "today", "now", "utcnow", "fromtimestamp", "monotonic", "perf_counter", "time.time"}
    | {"read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "iterdir", "listdir", "scandir"}
    | {"exists", "isfile", "isdir", "getenv", "os.environ", "sys.argv", "sys.stdin", "sys.stdout", "sys.stderr"}
)
# Only these may: a folder is read, a command prints, and the day is asked for, before there is an Org.
ASKS = ("workspace.py", "folders.py", "cli/", "__main__.py")
# Data of the package is read where it is used, and the machine's own time zone files are what a zone is.
OWN_DATA = {("manual/fill.py", "read_bytes"), ("shape/schemas.py", "read_text")}
ZONES = {("values/zone.py", "listdir"), ("values/zone.py", "isdir")}


def uses(path: Path) -> set[str]:
    """What a file calls, and the attributes that it looks at, by the whole name and by its last part."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    called = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    looked_at = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
    return {name.rpartition(".")[2] for name in called} | called | looked_at


def test_between_reading_and_writing_nothing_is_asked_of_the_machine() -> None:
    used = {path.relative_to(PACKAGE).as_posix(): uses(path) & ASKING for path in MODULES}
    assert used["workspace.py"] >= {"now", "isfile", "os.environ"}, "what is forbidden is found where it is allowed"
    asked = {(path, name) for path, names in used.items() for name in names if not path.startswith(ASKS)}
    assert asked == OWN_DATA | ZONES


def test_only_the_command_line_prints() -> None:
    printing = {path.relative_to(PACKAGE).as_posix() for path in MODULES if "print" in uses(path)}
    assert printing == {"cli/streams.py", "__main__.py"}


def needed(path: Path) -> set[str]:
    """The names that a file imports from the package, wherever that stands, but not for types alone."""
    found: set[str] = set()
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            pending += ast.iter_child_nodes(node)
    return {name for name in found if name.startswith("coordlint.")}


def test_no_imports_run_in_a_circle() -> None:
    names = {path: ".".join(path.relative_to(REPOSITORY).with_suffix("").parts) for path in MODULES}
    modules = {name.removesuffix(".__init__"): needed(path) for path, name in names.items()}
    # A name is that of a module, or one in a module.
    left = {
        module: {name if name in modules else name.rpartition(".")[0] for name in imports}
        for module, imports in modules.items()
    }
    # What needs nothing that is left is in no circle.
    while free := [module for module, imports in left.items() if not imports & left.keys()]:
        for module in free:
            del left[module]
    assert {module: imports & left.keys() for module, imports in left.items()} == {}


def test_an_org_stays_as_it_was_made() -> None:
    """No rule, fact or page changes what was declared."""
    texts = {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in EXAMPLE.rglob("*") if path.is_file()}
    workspace = InMemory(texts)
    org = workspace.run(Asked(select=("yaml",)), DAY).org
    before = snapshot(org)
    linted = lint(org, (), workspace.settings(Asked(preset="strict")).chosen, workspace.locate)
    render(Run(org, linted.findings), locate=workspace.locate)
    assert before == snapshot(org)
    assert len(before) > 100


def snapshot(org: Org) -> list[str]:
    """All that an Org holds, and each of its declarations, as texts."""
    about = [org.as_of, sorted(org.paths), org.unread, [each.id for each in org.refused], len(org.duplicates)]
    declared = [
        [each.kind, each.id, each.data, each.path, each.route, each.unread, each.refused, each.taken, each.model]
        for each in org.all(Declaration)
    ]
    return [repr(each) for each in (about, *declared)]


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
