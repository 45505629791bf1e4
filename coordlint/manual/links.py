"""Names in, addresses out: the page of each declaration, links to the outside that may be followed, places in files.

Addresses are stable: a kind and an id always give the same one. They are safe on every disk: no id leaves its folder,
none is a word that Windows keeps for itself, and no two differ by case alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

INDEX = "index.html"
# Devices of Windows: no file may bear these names, whatever its ending.
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
LONGEST_ID = 64

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_OUTSIDE = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s?])[^\s\x00-\x20\x7f<>\"\\^`{|}]*\Z", re.IGNORECASE)
_NAMED = re.compile(r"([a-z]+(?:-[a-z]+)*)/([a-z0-9]+(?:-[a-z0-9]+)*)\Z")


class Link(NamedTuple):
    """Words that lead somewhere. Without an address they are only words; `title` is what a pointer shows."""

    text: str
    href: str = ""
    title: str = ""

    @property
    def piece(self) -> str:
        return "link"


class Source(NamedTuple):
    """A place in a file, with the address where it can be read and changed, or ""."""

    text: str
    href: str = ""

    @property
    def piece(self) -> str:
        return "source"


def page_of(kind: str, name: str) -> str:
    """The address of a declaration's page by its kind and id, from the manual's root."""
    return f"{kind}/{_stem(name)}.html"


def _stem(name: str) -> str:
    if not _ID.match(name) or len(name) > LONGEST_ID:
        # Nothing that is refused as an id reaches the disk. An underscore stands in no id, so this meets none.
        from hashlib import sha256

        return "_" + sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{name}_" if name in RESERVED else name


def list_of(collection: str) -> str:
    """The address of the list of a collection, from the manual's root."""
    return f"{collection.replace('_', '-')}.html"


def up_from(page: str) -> str:
    """What leads from a page to the manual's root: "" or "../"."""
    return "../" * page.count("/")


def outside(text: str) -> str:
    """The text as a link that may be followed (http, https, mailto), or "" for everything else."""
    return text if _OUTSIDE.match(text) else ""


def named(href: str) -> tuple[str, str] | None:
    """The kind and id that a link such as `forum/launch-council` names."""
    found = _NAMED.match(href)
    return (found[1], found[2]) if found else None


class Sources:
    """Where the declarations can be read and changed, by the pattern that `source_url` gives; nowhere without one."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern if "{path}" in pattern else ""

    def place(self, path: str, line: int | None = None) -> Source:
        """A line of a file, or the file; its words are `launch.yaml:21`."""
        words = path if line is None else f"{path}:{line}"
        return Source(words, outside(self._href(path, line)) if self.pattern else "")

    def _href(self, path: str, line: int | None) -> str:
        from urllib.parse import quote

        pattern = self.pattern
        if line is None and "{line}" in pattern:
            pattern = re.split(r"[#?][^#?]*\{line\}", pattern, maxsplit=1)[0]
        # In one pass, so that a path with braces in it is not filled in again.
        parts = {"{path}": quote(path, safe="/~", errors="replace"), "{line}": str(line or "")}
        return re.sub(r"\{path\}|\{line\}", lambda found: parts[found[0]], pattern)
