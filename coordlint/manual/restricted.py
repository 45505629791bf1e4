"""An Org and a reader in, out what that reader may not see: what lies below `paths:` that are visible to others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from coordlint.facts.parties import stands_for
from coordlint.finding import Finding
from coordlint.model.base import Declaration
from coordlint.model.house import Restricted
from coordlint.model.org import Org

# A folder of a pattern that stands for any number of folders, any name, and any letter.
_MARKS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_TICKED = re.compile(r"`([^`]+)`")


class Screen:
    """What is kept from a reader. Without a reader, it is everything that not everybody may see."""

    def __init__(self, org: Org, reader: Declaration | None) -> None:
        closed = [part for part in org.house.paths if "visible_to" in part.data and not _may_see(part, reader)]
        self.tests: list[Callable[[str], object]] = [matcher(part.match) for part in closed if part.match]
        self.declarations: frozenset[Declaration] = frozenset()
        if self.tests:
            self.declarations = frozenset(each for each in org.all(Declaration) if self.hides_file(each.path))
        self.names = frozenset(f"{each.kind}/{each.id}" for each in self.declarations) | frozenset(
            each.id for each in self.declarations if each.id
        )

    def hides_file(self, path: str) -> bool:
        """Whether nothing of a file may be shown."""
        return any(test(path) for test in self.tests)

    def hides_finding(self, finding: Finding) -> bool:
        """Whether a finding speaks of something that may not be shown."""
        if not self.tests:
            return False
        spans = [finding.span, *(span for span, _ in finding.related)]
        words = [finding.message, finding.tip, *(message for _, message in finding.related)]
        named = {name for text in words for name in _TICKED.findall(text)}
        return any(self.hides_file(span.path) for span in spans) or not self.names.isdisjoint(named)

    def seen(self, declarations: Iterable[Declaration]) -> list[Declaration]:
        """Those that may be shown."""
        return [each for each in declarations if each not in self.declarations]


def _may_see(part: Restricted, reader: Declaration | None) -> bool:
    if reader is None:
        return False
    allowed = list(part.org.each(part.visible_to))
    # Who belongs to a forum or team that may see it may see it too, and so may who holds a role.
    return any(reader in stands_for(party).inside for party in allowed)


def matcher(pattern: str) -> Callable[[str], object]:
    """A test for paths from the root: `*` is a name or part of one, `**` any folders, a folder all that lies in it."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./").rstrip("/"))
    return re.compile("".join(_MARKS.get(part, re.escape(part)) for part in parts) + r"(?:/.*)?\Z").match
