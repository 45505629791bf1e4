"""The example organisation for tests: its texts, the same with something changed, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from coordlint.config import Asked
from coordlint.finding import Finding
from coordlint.lint import Run
from coordlint.testing import InMemory

FOLDER = Path(__file__).parent.parent / "examples" / "org"
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


class Mutation(NamedTuple):
    """A slip, and the one finding that it must give: its rule, its declaration, and the line that it points at.

    An edit is a file, what is taken away and what stands there instead; a pattern takes away whatever fits, and the
    file `*` is every one. The line is told without blanks and comment.
    """

    what: str
    edits: tuple[tuple[str, str | re.Pattern[str], str], ...]
    rule: str
    about: str
    line: str
    severity: str = ""
    preset: str = ""

    def texts(self) -> dict[str, str]:
        texts = dict(TEXTS)
        for path, old, new in self.edits:
            for each in texts if path == "*" else [path]:
                before = texts[each]
                if isinstance(old, str):
                    assert before.count(old) == 1, f"{path} holds `{old}` {before.count(old)} times"
                    texts[each] = before.replace(old, new)
                else:
                    texts[each] = old.sub(new, before)
        assert texts != TEXTS
        return texts


def pointed_at(finding: Finding, texts: Mapping[str, str]) -> str:
    """The line of a finding, without blanks and comment."""
    line = texts[finding.span.path].split("\n")[finding.span.line - 1]
    return re.sub(r"\s#\s.*", "", line).strip()
