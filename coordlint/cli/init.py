"""`coordlint init`: a folder in, a small organisation to begin with out."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from coordlint.cli.files import missing_in, write_new
from coordlint.cli.streams import say
from coordlint.finding import UsageError
from coordlint.folders import repository_around
from coordlint.workspace import around, prefix_of

START = Path(__file__).parent / "start"
CI_FILES = {"github": ".github/workflows/coordlint.yml", "gitlab": ".gitlab-ci.yml"}
HOOK_FILE = ".pre-commit-config.yaml"
_ADVICE = (
    "choose another folder",
    "add the check to it by hand: an empty folder shows what `coordlint init` would write",
)


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
    if not folder:
        raise UsageError("the folder to begin in has no name; leave it out to begin here")
    inside = around(_nearest_there(folder))
    begun = inside is not None and os.path.realpath(inside) == os.path.realpath(folder)
    if inside is not None and not begun:
        raise UsageError(
            f"`{folder}` lies in the organisation of `{prefix_of(inside) or '.'}` already; choose a folder outside"
        )
    # Who has begun, and asks for a check besides, gets that alone.
    own = {} if begun and (ci or hook) else _organisation()
    asked = [(folder, own), (_repository(folder), _around(folder, ci, hook))]
    for (place, files), advice in zip(asked, _ADVICE, strict=True):
        missing_in(place, files, advice)
    written = [
        os.path.normpath(os.path.join(place, path)) for place, files in asked for path in write_new(place, files)
    ]
    say("".join(f"wrote {path}\n" for path in written) or "everything is there already\n")
    cd = "" if folder == "." else f"cd {quote(folder)} && "
    say(f"next: {cd}coordlint check && coordlint render\n")
    return 0


def _nearest_there(folder: str) -> str:
    """The folder, or the nearest above it that is there already."""
    here = os.path.realpath(folder)
    while not os.path.isdir(here):
        here = os.path.dirname(here)
    return here


def _organisation() -> dict[str, bytes]:
    from coordlint.cli.learn import bundled

    files = {name: (START / "organisation" / name).read_bytes() for name in ("coordlint.yaml", "how-we-work.yaml")}
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
    command = "coordlint check" if path == "." else f"coordlint check {quote(path)}"
    fill = {"{version}": __version__, "coordlint check {path}": _in_yaml(command)}
    filled = {}
    for name, start in files.items():
        text = (START / start).read_text(encoding="utf-8")
        for mark, word in fill.items():
            text = text.replace(mark, word)
        filled[name] = text.encode()
    return filled


def _in_yaml(command: str) -> str:
    """A command as a text in YAML: as it stands, or in double quotes where its path is an unusual one."""
    import json

    return json.dumps(command, ensure_ascii=False) if "'" in command else command


def _repository(folder: str) -> str:
    """The top of the git repository around a folder; the folder itself where there is none."""
    top = repository_around(folder)
    return os.path.relpath(top) if top else folder
