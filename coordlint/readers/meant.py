"""A text of which YAML read only a part in, out the stretch of all that was meant; None where that is not certain."""

from __future__ import annotations

import re

from coordlint.finding import Edit
from coordlint.readers.source import Source

# What a value stands behind on its line: dashes, and a key.
_lead = re.compile(r"[ ]*(?:-[ ]+)*(?:[A-Za-z0-9_][A-Za-z0-9_-]*:[ ]+|(?<=-[ ]))").fullmatch
_dashes = re.compile(r"[ ]*(?:-[ ]+)*").match
_words = re.compile(r"[^{}\[\]\"'\n#:]*").match
# A text that begins with one of these can hardly be anything else, if it goes on with more words.
_NEVER_MEANT = ("{{", "*", "@", "`", "%")


def on_line(source: Source, start: int) -> tuple[Edit, ...]:
    """What quotes the text from `start` to the end of its line, if it is a value in a block, and ends there."""
    text = source.text
    line, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    end = end if end >= 0 else len(text)
    rest = text[start:end].rstrip()
    dashes = _dashes(text, line)
    # A comment may belong to the text, or not.
    if not dashes or not _lead(text[line:start]) or " #" in rest or "\t" in rest or rest[:1] in ("", '"', "'"):
        return ()
    return () if _goes_on(text, end, dashes.end() - line) else _quote(source, start, start + len(rest))


def beginning(source: Source, at: int, mark: str) -> tuple[Edit, ...]:
    """What quotes a text that begins with a mark that means something else to YAML."""
    edits = on_line(source, at) if mark in _NEVER_MEANT else ()
    if not edits or mark == "{{":
        return edits
    return edits if " " in source.text[at : source.text.find("\n", at)].strip() else ()


def in_brackets(source: Source, start: int, end: int) -> tuple[Edit, ...]:
    """What quotes a text in brackets that a comma at `end` cut, up to the next key, or to the bracket."""
    text = source.text
    found = _words(text, end)
    stop = found.end() if found else end
    if text[stop : stop + 2] == ": ":
        stop = text.rfind(",", end, stop)
    elif text[stop : stop + 1] != "}":
        return ()
    meant = text[start:stop].rstrip()
    # Without a space in it, it may be a list of names.
    return _quote(source, start, start + len(meant)) if any(" " in part.strip() for part in meant.split(",")) else ()


def exactly(source: Source, start: int, end: int) -> tuple[Edit, ...]:
    """What quotes just this."""
    return _quote(source, start, end)


def _quote(source: Source, start: int, end: int) -> tuple[Edit, ...]:
    return (Edit(source.span(start, end), "quote"),)


def _goes_on(text: str, end: int, column: int) -> bool:
    """Whether the lines below stand deeper than the key, so that they may belong to the text."""
    for line in text[end + 1 :].split("\n", 20)[:20]:
        bare = line.strip()
        if bare:
            return len(line) - len(line.lstrip(" ")) > column
    return False
