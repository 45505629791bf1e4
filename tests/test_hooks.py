"""The hooks of .pre-commit-hooks.yaml, with the real pre-commit in a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cli_kit import BROKEN, CLEAN, HOUSE, REPOSITORY, call, write

HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_a_hook_looks_at_the_whole_organisation():
    assert [hook["id"] for hook in HOOKS] == ["coordlint", "coordlint-render"]
    for hook in HOOKS:
        assert hook["language"] == "python"
        assert (hook["pass_filenames"], hook["always_run"], hook["require_serial"]) == (False, True, True)
        assert "files" not in hook, "a commit that only deletes would be passed over"


def test_the_words_of_a_hook_do_their_work(tmp_path: Path):
    write(tmp_path / "org", {"coordlint.yaml": f"{HOUSE}manual: {{output: manual}}\n", "roles.yaml": CLEAN})
    assert call("render", cwd=tmp_path).code == 0
    for hook in HOOKS:
        name, *words = hook["entry"].split()
        assert name == "coordlint"
        assert call(*words, cwd=tmp_path).code == 0
    write(tmp_path / "org", {"roles.yaml": BROKEN})
    assert [call(*hook["entry"].split()[1:], cwd=tmp_path).code for hook in HOOKS] == [1, 1]


class Repository:
    """A repository with pre-commit installed, and this checkout as the home of its hooks."""

    def __init__(self, folder: Path, home: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.home = home
        self.environment = environment

    def git(self, *words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words],
            cwd=folder or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def commit(self, changes: dict[str, str | None], *words: str) -> subprocess.CompletedProcess[str]:
        """Change files, where None takes one away, and commit that."""
        for path, content in changes.items():
            if content is None:
                (self.folder / path).unlink()
            else:
                write(self.folder, {path: content})
        self.git("add", "--all")
        return self.git("commit", *words, "-m", "a change")

    def head(self) -> str:
        return self.git("rev-parse", "--verify", "HEAD").stdout.strip()

    def start_again(self) -> None:
        self.git("reset", "--hard", "--quiet")


def home_of_hooks(folder: Path, environment: dict[str, str]) -> tuple[Path, str]:
    """This checkout as a repository of its own, and the commit that holds all of it."""
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    if tracked.returncode != 0:
        pytest.skip("needs a checkout")
    for name in filter(None, tracked.stdout.split("\0")):
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, folder / name)
    for words in (["init", "-q"], ["add", "--all", "--force"], ["commit", "-q", "-m", "all"]):
        subprocess.run(["git", *words], cwd=folder, env=environment, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True)
    return folder, head.stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    base = tmp_path_factory.mktemp("hooks")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "PRE_COMMIT"))},
        **{f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(base / "cache"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    home, revision = home_of_hooks(base / "home", environment)
    hooks = f"repos:\n  - repo: {home}\n    rev: {revision}\n    hooks: [{{id: coordlint}}]\n"
    made = Repository(base / "work", home, environment)
    made.folder.mkdir()
    made.git("init", "-q")
    write(
        made.folder,
        {
            ".pre-commit-config.yaml": hooks,
            "README.md": "A repository with an organisation in a folder of it.\n",
            "org/coordlint.yaml": HOUSE,
            "org/roles.yaml": CLEAN,
            "org/more.yaml": "roles:\n  second:\n    held_by: ext/somebody\n    reports_to: lead\n",
        },
    )
    made.git("add", "--all")
    installed = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install", "--install-hooks"],
        cwd=made.folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return made


@pytest.mark.slow
def test_a_good_commit_passes(repository: Repository):
    ended = repository.commit({})
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "coordlint check" in ended.stderr
    assert "Passed" in ended.stderr


@pytest.mark.slow
def test_a_commit_that_breaks_something_is_refused_with_the_finding(repository: Repository):
    before = repository.head()
    ended = repository.commit({"org/new.yaml": BROKEN})
    assert ended.returncode != 0
    assert "org/new.yaml:4:17 error reference/unresolved" in ended.stderr
    assert "exit code: 1" in ended.stderr
    assert repository.head() == before
    repository.start_again()


@pytest.mark.slow
def test_a_commit_that_touches_no_declaration_is_looked_at_all_the_same(repository: Repository):
    assert repository.commit({"README.md": "Other words.\n"}).returncode == 0
    ended = repository.commit({"org/coordlint.yaml": "edition: 0\n"})
    assert ended.returncode != 0
    assert "exit code: 2" in ended.stderr
    assert "org/coordlint.yaml:1:10" in ended.stderr
    repository.start_again()


@pytest.mark.slow
def test_a_commit_that_only_deletes_is_looked_at_too(repository: Repository):
    before = repository.head()
    ended = repository.commit({"org/roles.yaml": None})
    assert ended.returncode != 0
    assert "org/more.yaml:4:17 error reference/unresolved" in ended.stderr
    assert repository.head() == before
    repository.start_again()
    assert repository.commit({"org/more.yaml": None}).returncode == 0


@pytest.mark.slow
def test_a_manual_that_is_not_current_is_refused(repository: Repository):
    config = repository.folder / ".pre-commit-config.yaml"
    write(repository.folder, {"org/coordlint.yaml": f"{HOUSE}manual: {{output: manual}}\n"})
    config.write_text(config.read_text().replace("{id: coordlint}", "{id: coordlint}, {id: coordlint-render}"))
    ended = repository.commit({})
    assert ended.returncode != 0
    assert "coordlint render --check" in ended.stderr
    assert "not current" in ended.stderr
    assert call("render", "org", cwd=repository.folder).code == 0
    assert repository.commit({}).returncode == 0


@pytest.mark.slow
def test_what_init_writes_is_a_hook_that_pre_commit_takes(repository: Repository, tmp_path: Path):
    """Its package is not on the index in this version; the words of the hook are tried, not its download."""
    work = tmp_path / "work"
    work.mkdir()
    repository.git("init", "-q", folder=work)
    assert call("init", "our org", "--hook", cwd=work).code == 0
    config = work / ".pre-commit-config.yaml"
    written = yaml.safe_load(config.read_text())
    (hook,) = written["repos"][0]["hooks"]
    assert hook.pop("additional_dependencies")
    hook["language"] = "system"
    config.write_text(yaml.safe_dump(written))
    write(work, {"our org/bad.yaml": BROKEN})
    repository.git("add", "--all", folder=work)
    script = work / "bin" / "coordlint"
    write(work, {"bin/coordlint": f'#!/bin/sh\nexec "{sys.executable}" -m coordlint "$@"\n'})
    script.chmod(0o755)
    environment = repository.environment | {
        "PATH": f"{script.parent}{os.pathsep}{repository.environment['PATH']}",
        "PYTHONPATH": str(REPOSITORY),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "our org/bad.yaml:4:17 error reference/unresolved" in ended.stdout
