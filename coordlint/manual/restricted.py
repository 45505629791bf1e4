"""An Org and a reader in, out what that reader may not see: what lies below `paths:` that are visible to others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from coordlint.facts.parties import stands_for
from coordlint.finding import Finding
from coordlint.globs import matcher
from coordlint.model.base import Declaration, Ref
from coordlint.model.house import Restricted
from coordlint.model.org import Org

_TICKED = re.compile(r"`([^`]+)`")


class Screen:
    """What is kept from a reader. Without a reader, it is everything that not everybody may see."""

    def __init__(self, org: Org, reader: Declaration | None) -> None:
        closed = [part for part in org.house.paths if "visible_to" in part.data and not _may_see(part, reader)]
        patterns = [part.match for part in closed if part.match]
        self.is_open = not patterns
        # Many declarations and findings stand in one file.
        self.hides_file = cache(matcher(patterns))  # whether nothing of a file may be shown
        self.declarations: frozenset[Declaration] = frozenset()
        if patterns:
            self.declarations = frozenset(each for each in org.all(Declaration) if self._hides(each))
        read = {*org.paths, *org.unread, *(each.path for each in self.declarations)}
        self.files = frozenset(path for path in read if self.hides_file(path)) if patterns else frozenset()
        self.names = frozenset(f"{each.kind}/{each.id}" for each in self.declarations) | frozenset(
            each.id for each in self.declarations if each.id
        )

    def _hides(self, declaration: Declaration) -> bool:
        """Whether a declaration, or the one that it is like and has fields from, stands in a file that is hidden."""
        model = declaration.model
        return self.hides_file(declaration.path) or (model is not None and self.hides_file(model.path))

    def hides_path(self, path: str) -> bool:
        """Whether a path as a declaration writes it, `./plans/2026.md#goals`, leads to what may not be shown."""
        return path.startswith("./") and self.hides_file(path.removeprefix("./").partition("#")[0])

    def hides_name(self, ref: Ref[object]) -> bool:
        """Whether a reference names something that may not be shown, also one that can mean several, or may not stand
        there."""
        return bool(self.names) and not self.names.isdisjoint((ref.text, ref.id))

    def hides_finding(self, finding: Finding) -> bool:
        """Whether a finding speaks of something that may not be shown."""
        if self.is_open:
            return False
        spans = [finding.span, *(span for span, _ in finding.related)]
        words = [finding.message, finding.tip, *(message for _, message in finding.related)]
        if finding.accepted is not None:
            spans.append(finding.accepted.where)
            words.append(finding.accepted.reason)
        named = {name for text in words for name in _TICKED.findall(text)}
        if any(self.hides_file(span.path) for span in spans) or not self.names.isdisjoint(named):
            return True
        return any(self.hides_path(name) for name in named)

    def hides_note(self, note: str, prefix: str) -> bool:
        """Whether a note names something that may not be shown: in ticks, or as its first words behind `prefix`."""
        if self.is_open:
            return False
        if any(f"`{name}`" in note for name in self.names | self.files):
            return True
        spaces = [index for index, letter in enumerate(note) if letter == " "]
        return any(self.hides_file(note[:end].removeprefix(prefix)) for end in spaces)

    def seen(self, declarations: Iterable[Declaration]) -> list[Declaration]:
        """Those that may be shown."""
        return [each for each in declarations if each not in self.declarations]


def _may_see(part: Restricted, reader: Declaration | None) -> bool:
    if reader is None:
        return False
    allowed = list(part.org.each(part.visible_to))
    # Who belongs to a forum or team that may see it may see it too, and so may who holds a role.
    return any(reader in stands_for(party).inside for party in allowed)
