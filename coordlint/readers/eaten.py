"""Where YAML ended a text before its author did, or took it for something else: found, and put into words.

Every function takes the path and the text of a file and offsets into it. Those that may find nothing return None.
"""

from __future__ import annotations

import re

from coordlint.finding import Problem
from coordlint.readers import stretch

RULE = "yaml/text-eaten"
QUOTE_IT = 'write it in quotes, "…", or on lines of its own below `>`'
_AS_COMMENT = f"{QUOTE_IT}; a comment has a space behind its `#`"

# `## Heads of sections` are comments, and so is `#` at the end of a line.
_cut = re.compile(r"[ \t]+#[^\s#][^\n]*").match
_emptied = re.compile(r"[ \t]*:[ \t]+(#[^\s#][^\n]*)").match
_sticks = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*:(?=\S)").match
_gives_value = re.compile(r"\s*:").match
_numbered_head = re.compile(r"[>|][-+]?[0-9]").match
_SHOWN = 40

_MEANINGS = {
    ">": "the head of a block",
    "|": "the head of a block",
    "*": "an alias",
    "&": "an anchor",
    "!": "a tag",
    "%": "a directive",
    "{": "a mapping",
    "[": "a list",
    "?": "the mark of a key",
}


def may_cut(text: str) -> bool:
    """Whether any `#` in this text could have ended a text; most files need no closer look."""
    return re.search(r"[ \t]#[^\s#]", text) is not None


def cut(path: str, text: str, start: int, end: int) -> Problem | None:
    """A ` #` with no space behind it that ended the unquoted text at `text[start:end]`."""
    found = _cut(text, end)
    if not found:
        return None
    message = f"the ` #` ended the text `{shown(text[start:end])}`: what follows is read as a comment"
    where = stretch(path, text, text.index("#", end), found.end())
    return Problem(where, message, (), _AS_COMMENT, RULE)


def emptied(path: str, text: str, key_end: int) -> Problem | None:
    """A `#` with no space behind it where the text behind a key should begin."""
    found = _emptied(text, key_end)
    return _all_comment(path, text, *found.span(1)) if found else None


def emptied_item(path: str, text: str, dash_end: int) -> Problem | None:
    """A `#` with no space behind it where the text behind a dash should begin."""
    found = _cut(text, dash_end)
    return _all_comment(path, text, text.index("#", dash_end), found.end()) if found else None


def _all_comment(path: str, text: str, start: int, end: int) -> Problem:
    message = f"`{shown(text[start:end])}` is read as a comment, so that no text is left"
    return Problem(stretch(path, text, start, end), message, (), _AS_COMMENT, RULE)


def gives_value(text: str, key_end: int) -> bool:
    """Whether the key that ends here is followed by its colon."""
    return _gives_value(text, key_end) is not None


def comma(path: str, text: str, value: tuple[int, int], key: str) -> Problem:
    """A comma in brackets that ended the unquoted text at `value`, so that the rest became the key `key`."""
    at = text.index(",", value[1])
    message = f"the comma ended the text `{shown(text[slice(*value)])}`: `{shown(key)}` is read as another key"
    return Problem(stretch(path, text, at, at + 1), message, (), QUOTE_IT, RULE)


def colon(path: str, text: str, start: int, at: int) -> Problem:
    """A colon at `at` that ended the unquoted text that begins at `start`."""
    message = f"the colon ended the text `{shown(text[start:at].strip())}`: what follows is read as a value"
    return Problem(stretch(path, text, at, at + 1), message, (), QUOTE_IT, RULE)


def bracket(path: str, text: str, at: int) -> Problem:
    """A closing bracket that ended an unquoted text, and closes nothing."""
    message = f"the `{text[at]}` ended the text before it: nothing was opened that it could close"
    return Problem(stretch(path, text, at, at + 1), message, (), QUOTE_IT, RULE)


def no_space(path: str, text: str, start: int) -> Problem | None:
    """A key and its value with no space between, `at:10:00`, which is one text to YAML."""
    found = _sticks(text, start)
    if not found:
        return None
    where = stretch(path, text, found.start(), found.end())
    return Problem(where, f"a space is missing behind `{found[0]}`", (), f"write `{found[0]} …`", "yaml/syntax")


def begins(path: str, text: str, at: int) -> Problem:
    """A text that begins with a character which means something else there."""
    mark = "{{" if text.startswith("{{", at) else text[at]
    meaning = _MEANINGS.get(mark[0])
    if meaning:
        message = f"a text that begins with `{mark}` is read as {meaning}"
    else:
        message = f"a text without quotes cannot begin with {'a backtick' if mark == '`' else f'`{mark}`'}"
    return Problem(stretch(path, text, at, at + len(mark)), message, (), QUOTE_IT, RULE)


def swallowed_head(text: str, at: int) -> bool:
    """Whether the head of an empty block was meant as a text, such as `>5`."""
    return _numbered_head(text, at) is not None


def shown(text: str) -> str:
    """A text as a message shows it: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"
