"""What people install: the wheel, the source, an editable checkout and a bare clone do the same, from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from cli_kit import REPOSITORY, call

import coordlint

VERSION = coordlint.__version__
PACKAGE = REPOSITORY / "coordlint"
WHEEL, SOURCE = f"coordlint-{VERSION}-py3-none-any.whl", f"coordlint-{VERSION}.tar.gz"


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file()


def test_the_versions_agree():
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{VERSION}"\n' in text


def ran(*words: object, cwd: Path, **changes: str) -> str:
    """What a command says that must do its work, with nothing of this checkout in its environment."""
    outside = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))
    }
    kept = {
        name: value for name, value in os.environ.items() if name in ("PIP_INDEX_URL", "PIP_CERT", "PIP_CONFIG_FILE")
    }
    ended = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=outside | kept | changes,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ended.returncode == 0, f"{words}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def files_of(folder: Path) -> set[str]:
    """The files below a folder that belong to it, by their path from the top of the repository."""
    return {
        path.relative_to(REPOSITORY).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source package, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    ran(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, REPOSITORY, cwd=folder)
    return folder


@pytest.mark.slow
def test_the_wheel_holds_all_that_is_used_and_nothing_else(built: Path):
    with zipfile.ZipFile(built / WHEEL) as wheel:
        names = set(wheel.namelist())
        info = f"coordlint-{VERSION}.dist-info"
        metadata = Parser().parsestr(wheel.read(f"{info}/METADATA").decode())
        scripts = wheel.read(f"{info}/entry_points.txt").decode()
    packed = {name for name in names if not name.startswith(f"{info}/")}
    schemas = {f"coordlint/{name}" for name in files_of(REPOSITORY / "schemas")}
    assert packed == files_of(PACKAGE) | schemas
    assert {"coordlint/py.typed", "coordlint/schemas/declarations.schema.json"} <= packed
    assert any(name.startswith("coordlint/manual/templates/") for name in packed)
    assert any(name.startswith("coordlint/manual/assets/") for name in packed)
    assert any(name.startswith("coordlint/cli/start/") for name in packed)
    assert f"{info}/licenses/LICENSE" in names
    assert scripts.split("\n")[:2] == ["[console_scripts]", "coordlint = coordlint.__main__:main"]
    assert (metadata["Version"], metadata["Requires-Python"], metadata["License-Expression"]) == (
        VERSION,
        ">=3.11",
        "Apache-2.0",
    )
    assert metadata.get_payload().startswith("# "), "the page on the index is the README"


@pytest.mark.slow
def test_the_source_holds_what_is_needed_to_build_and_test_it(built: Path):
    with tarfile.open(built / SOURCE) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
        assert not [member.name for member in source if member.issym() or member.islnk()]
    for folder in ("coordlint", "schemas", "tests", "examples", "docs", "benchmarks"):
        assert files_of(REPOSITORY / folder) <= names, folder
    assert {"pyproject.toml", "LICENSE", "README.md", "Makefile", ".pre-commit-hooks.yaml"} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "build/", ".git/"))]


@pytest.mark.slow
def test_the_same_checkout_gives_the_same_wheel(built: Path, tmp_path: Path):
    """From the source package and from the checkout itself, at another time."""
    ran(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path, REPOSITORY, cwd=tmp_path)
    assert (tmp_path / WHEEL).read_bytes() == (built / WHEEL).read_bytes()


# Installed.


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with nothing in it."""
    folder = tmp_path_factory.mktemp("environment")
    ran(sys.executable, "-m", "venv", folder, cwd=folder)
    return folder / "bin" / "python"


@pytest.fixture(scope="module", params=["wheel", "source", "editable"])
def installed(request: pytest.FixtureRequest, built: Path, empty: Path) -> Path:
    """The `coordlint` of an environment that it was installed into in one way or another."""
    what = {"wheel": [built / WHEEL], "source": [built / SOURCE], "editable": ["--editable", REPOSITORY]}[request.param]
    ran(empty, "-m", "pip", "uninstall", "--quiet", "--yes", "coordlint", cwd=built)
    ran(empty, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what, cwd=built)
    return empty.with_name("coordlint")


@pytest.mark.slow
def test_installed_it_works_from_any_folder(installed: Path, tmp_path: Path):
    def said(*words: str, cwd: Path = tmp_path) -> str:
        return ran(installed, *words, cwd=cwd)

    assert said("--version") == f"coordlint {VERSION}\n"
    assert "wrote coordlint.yaml" in said("init", "--hook")
    assert said("check", "--fail-on", "info", "--preset", "strict").startswith("no findings in 2 files")
    assert "files written" in said("render")
    said("render", "--check")
    assert (tmp_path / "manual" / "index.html").is_file()
    for words in (
        ("schema",),
        ("schema", "meetings"),
        ("rules",),
        ("explain", "meeting/no-purpose"),
        ("check", "--help"),
    ):
        assert said(*words) == call(*words, cwd=tmp_path).out
    assert "schemas written" in said("schema", "--into", "schemas")
    sigs = REPOSITORY / "tests" / "importers" / "sigs.yaml"
    assert "files written" in said("import", "kubernetes-sigs", str(sigs), "--into", "imported")


@pytest.mark.slow
def test_installed_it_keeps_a_log(installed: Path, tmp_path: Path):
    """What happened is told to the example, and the next check has read it."""
    org = shutil.copytree(REPOSITORY / "examples" / "org", tmp_path / "org")
    day = ("--as-of", "2026-11-23")
    before = (org / "log.yaml").read_text()
    said = ran(installed, "log", "held", "launch-weekly", "--attended", "9", *day, cwd=org)
    assert said.startswith("log.yaml:77\n")
    assert (org / "log.yaml").read_text() == before + said.partition("\n")[2]
    assert ran(installed, "check", "--preset", "strict", "--fail-on", "info", *day, cwd=org).startswith("no findings")
    ran(installed, "log", "returned", "order-to-plan", "--reason", "no door width", *day, cwd=org)
    assert "[handoff/same-rework-again]" in ran(installed, "check", "--format", "concise", *day, cwd=org)


@pytest.mark.slow
def test_installed_it_takes_plugins_from_anywhere(installed: Path, tmp_path: Path):
    """As a file, from the folder of an organisation that knows nothing of it; and as a module, beside coordlint."""
    organisation = shutil.copytree(REPOSITORY / "examples" / "org", tmp_path / "org")
    compiled = shutil.ignore_patterns("__pycache__")
    plugin = shutil.copytree(REPOSITORY / "examples" / "plugin", tmp_path / "elsewhere", ignore=compiled)
    words = ("check", "--select", "harbour", "--format", "concise", "--as-of", "2026-11-23", "--plugins")
    alone = "quality-and-service.yaml:76:14: warning[harbour/decided-alone] `ceo` decides `field-action` alone"
    assert ran(installed, *words, "../elsewhere/harbour.py", cwd=organisation).startswith(alone)
    assert "harbour/decided-alone" in ran(installed, "rules", "--plugins", plugin / "harbour.py", cwd=tmp_path)
    assert {path.name for path in plugin.iterdir()} == {"harbour.py", "test_harbour.py"}
    # As a module it is Python that loads it, and may leave what it compiled beside it.
    assert ran(installed, *words, "harbour", cwd=organisation, PYTHONPATH=str(plugin)).startswith(alone)


@pytest.mark.slow
def test_installed_it_explains_what_it_refuses(installed: Path, tmp_path: Path):
    """The explaining library is only loaded where something is refused."""
    ran(installed, "init", cwd=tmp_path)
    (tmp_path / "bad.yaml").write_text("roles: {a: {held_by: 3}}\n")
    ended = subprocess.run(
        [str(installed), "check", "--format", "concise"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "bad.yaml:1:22: error[shape/bad-value]" in ended.stdout


@pytest.mark.slow
def test_installed_it_is_a_typed_package(installed: Path, tmp_path: Path):
    python = installed.with_name("python")
    script = "import coordlint, pathlib; print((pathlib.Path(coordlint.__file__).parent / 'py.typed').is_file())"
    assert ran(python, "-W", "error", "-c", script, cwd=tmp_path) == "True\n"
    assert ran(python, "-W", "error", "-m", "coordlint", "--version", cwd=tmp_path) == f"coordlint {VERSION}\n"
    assert ran(python, "-m", "pip", "check", cwd=tmp_path).startswith("No broken requirements")


def test_a_clone_works_without_being_installed(tmp_path: Path):
    clone = tmp_path / "clone"
    shutil.copytree(PACKAGE, clone / "coordlint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REPOSITORY / "schemas", clone / "schemas")
    work = tmp_path / "work"
    work.mkdir()
    path = {"PYTHONPATH": str(clone)}
    where = ran(sys.executable, "-c", "import coordlint; print(coordlint.__file__)", cwd=work, **path)
    assert Path(where.strip()).is_relative_to(clone)
    for words in (["init"], ["check"], ["render"], ["schema"], ["explain", "meeting/no-purpose"]):
        ran(sys.executable, "-m", "coordlint", *words, cwd=work, **path)
    assert (work / "manual" / "index.html").is_file()
