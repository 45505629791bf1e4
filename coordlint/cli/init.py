"""`coordlint init`: a folder in, a small organisation to begin with out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from coordlint.cli.files import missing_in, write_new
from coordlint.finding import UsageError
from coordlint.workspace import around, prefix_of

START = Path(__file__).parent / "start"
CI_FILES = {"github": ".github/workflows/coordlint.yml", "gitlab": ".gitlab-ci.yml"}
HOOK_FILE = ".pre-commit-config.yaml"


def init(
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="Where to begin. Default: here.")] = ".",
    ci: Annotated[str, typer.Option("--ci", metavar="github|gitlab", help="Also write a check of pull requests.")] = "",
    hook: Annotated[bool, typer.Option("--hook", help="Also write a pre-commit hook.")] = False,
) -> int:
    """Begin: write six declarations with comments, a coordlint.yaml, and the schemas that editors use.

    Nothing is asked, and nothing that is there is overwritten.
    """
    if ci and ci not in CI_FILES:
        raise UsageError(f"--ci takes {' or '.join(CI_FILES)}, and not `{ci}`")
    inside = around(folder) if os.path.isdir(folder) else None
    if inside is not None and os.path.realpath(inside) != os.path.realpath(folder):
        raise UsageError(f"`{folder}` lies in the organisation of `{inside}` already; choose a folder outside of it")
    asked = [(folder, _organisation()), (_repository(folder), _around(folder, ci, hook))]
    for place, files in asked:
        missing_in(place, files)
    written = [os.path.normpath(os.path.join(place, path)) for place, files in asked for path in write_new(place, files)]
    for path in written:
        print(f"wrote {path}")
    if not written:
        print("everything is there already")
    cd = "" if folder == "." else f"cd {folder} && "
    print(f"next: {cd}coordlint check && coordlint render")
    return 0


def _organisation() -> dict[str, bytes]:
    from coordlint.cli.learn import bundled

    files = {name: (START / name).read_bytes() for name in ("coordlint.yaml", "how-we-work.yaml")}
    schemas = {f".coordlint/{name}.schema.json": bundled(name).encode() for name in ("declarations", "coordlint")}
    return files | schemas


def _around(folder: str, ci: str, hook: bool) -> dict[str, bytes]:
    """The files that belong at the top of the repository, with the path from there to the organisation."""
    from coordlint import __version__

    top = os.path.realpath(_repository(folder))
    path = os.path.relpath(os.path.realpath(folder), top).replace(os.sep, "/")
    files = {CI_FILES[ci]: f"{ci}.yml"} if ci else {}
    if hook:
        files[HOOK_FILE] = "pre-commit.yaml"
    fill = {"{version}": __version__, " {path}": "" if path == "." else f" {path}"}
    filled = {}
    for name, start in files.items():
        text = (START / start).read_text(encoding="utf-8")
        for mark, word in fill.items():
            text = text.replace(mark, word)
        filled[name] = text.encode()
    return filled


def _repository(folder: str) -> str:
    """The top of the git repository around a folder; the folder itself where there is none."""
    here = os.path.realpath(folder)
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return folder
        here = above
    return prefix_of(here) or "."

