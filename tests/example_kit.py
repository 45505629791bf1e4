"""The example organisation for tests: its texts, the same with something changed, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from coordlint.config import Asked
from coordlint.finding import Finding
from coordlint.lint import Run
from coordlint.testing import InMemory

FOLDER = Path(__file__).parent.parent / "examples" / "org"
SLIPS = Path(__file__).parent / "slips"
TEXTS: Mapping[str, str] = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file()
}
DECLARING = tuple(path for path in TEXTS if path.endswith(".yaml") and path != "coordlint.yaml")
DAY = date(2026, 11, 23)

# What was read once stays remembered, so that a run reads only what a test has changed.
_WORKSPACE = InMemory({})


def run(texts: Mapping[str, str | bytes], as_of: date = DAY, preset: str = "") -> Run:
    """What is found in these texts."""
    _WORKSPACE.overlay = {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
    return _WORKSPACE.run(Asked(preset=preset), as_of)


class Slip(NamedTuple):
    """Something that people do wrong in the example: lines that are taken away, and lines that stand there instead.

    It must give one finding: `rule`, at a line that is told without blanks and comment, of the declaration `about`.
    """

    what: str
    edits: tuple[tuple[str, str, str], ...]
    rule: str
    line: str
    about: str
    severity: str
    preset: str

    def texts(self) -> dict[str, str]:
        texts = dict(TEXTS)
        for path, old, new in self.edits:
            before = "\n" + texts[path]
            assert before.count(f"\n{old}") == 1, f"{path} does not hold these lines once:\n{old}"
            texts[path] = before.replace(f"\n{old}", f"\n{new}")[1:]
        return texts


def slips() -> Iterator[Slip]:
    """Every slip of `slips/`, where each stands as a patch, with what it gives.

    After `# what it is` come a file's name and lines of it, ` ` for those that stay, `-` and `+` for those that go and
    come; then `finds` a rule, `on` a line, `about` a declaration, perhaps `as` a severity and `under` a preset.
    """
    for path in sorted(SLIPS.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n")[1:]:
            yield _slip(block.strip("\n").split("\n"))


def _slip(lines: list[str]) -> Slip:
    edits: list[tuple[str, str, str]] = []
    told = {"about": "", "as": "", "under": ""}
    for line in lines[1:]:
        if line in TEXTS:
            edits.append((line, "", ""))
        elif line[:1] in (" ", "-", "+"):
            path, old, new = edits[-1]
            text = line[1:] + "\n"
            edits[-1] = (path, old + text * (line[0] != "+"), new + text * (line[0] != "-"))
        else:
            word, _, rest = line.partition(" ")
            told[word] = rest
    return Slip(lines[0][2:], tuple(edits), told["finds"], told["on"], told["about"], told["as"], told["under"])


def pointed_at(finding: Finding, texts: Mapping[str, str]) -> str:
    """The line of a finding, without blanks and comment."""
    line = texts[finding.span.path].split("\n")[finding.span.line - 1]
    return re.sub(r"\s#\s.*", "", line).strip()
