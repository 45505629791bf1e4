"""Where YAML ended a text before its author did, or took it for something else: found, and put into words.

In come the source and offsets into it, out comes the problem. Functions that may find nothing return None.
"""

from __future__ import annotations

import re

from coordlint.finding import Problem
from coordlint.readers import meant
from coordlint.readers.source import Source

RULE = "yaml/text-eaten"
QUOTE_IT = 'write it in quotes, "…", or on lines of its own below `>`'
_OR_SPACE_IT = f"{QUOTE_IT}; a comment has a space behind its `#`"

# `## Heads of sections` are comments, and so is `#` at the end of a line.
_cut = re.compile(r"[ \t]+(#[^\s#][^\n]*)").match
_cut_after_colon = re.compile(r"[ \t]*:[ \t]+(#[^\s#][^\n]*)").match
_sticks = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*:(?=\S)").match
_stuck_dash = re.compile(r"^[ ]*(-)([^\W\d_]|[\"'])", re.MULTILINE).search
_sunk_dash = re.compile(r"\n[ ]*(-)[ ]+(?=\S)").search
_gives_value = re.compile(r"\s*:").match
_comparison = re.compile(r">(=?) *(-?[0-9]+(?:\.[0-9]+)?) *(?=[,}\]\n]|\Z| #)").match
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


def cut(source: Source, start: int, end: int) -> Problem | None:
    """A ` #` with no space behind it that ended the unquoted text between `start` and `end`."""
    found = _cut(source.text, end)
    if not found:
        return None
    message = f"the ` #` ended the text `{shown(source.text[start:end])}`, and the rest is read as a comment"
    return Problem(source.span(*found.span(1)), message, tip=_OR_SPACE_IT, rule=RULE)


def emptied(source: Source, end: int, of_item: bool) -> Problem | None:
    """A `#` with no space behind it where the text should begin, behind the key that ends here, or behind a dash."""
    found = (_cut if of_item else _cut_after_colon)(source.text, end)
    if not found:
        return None
    message = f"`{shown(found[1])}` is read as a comment, and no text is left"
    return Problem(source.span(*found.span(1)), message, tip=_OR_SPACE_IT, rule=RULE)


def gives_value(text: str, key_end: int) -> bool:
    """Whether the key that ends here is followed by its colon."""
    return _gives_value(text, key_end) is not None


def comma(source: Source, start: int, end: int, key: str) -> Problem:
    """A comma in brackets that ended the unquoted text between `start` and `end`, so that the rest became a key."""
    at = source.text.index(",", end)
    message = f"the comma ended the text `{shown(source.text[start:end])}`, and `{shown(key)}` is read as a key"
    edits = meant.in_brackets(source, start, end)
    return Problem(source.span(at, at + 1), message, tip=QUOTE_IT, rule=RULE, edits=edits)


def colon(source: Source, start: int, at: int) -> Problem:
    """A colon that ended the unquoted text that begins at `start`."""
    message = f"the colon ended the text `{shown(source.text[start:at])}`, and the rest is read as its value"
    return Problem(source.span(at, at + 1), message, tip=QUOTE_IT, rule=RULE, edits=meant.on_line(source, start))


def bracket(source: Source, at: int) -> Problem:
    """A closing bracket that ended an unquoted text, and closes nothing."""
    message = f"the `{source.text[at]}` ended the text before it, and closes nothing that was opened"
    return Problem(source.span(at, at + 1), message, tip=QUOTE_IT, rule=RULE)


def no_space(source: Source, start: int) -> Problem | None:
    """A key and its value with no space between, `at:10:00`, which is one text to YAML."""
    found = _sticks(source.text, start)
    if not found:
        return None
    message = f"a space is missing behind `{found[0]}`"
    return Problem(source.span(*found.span()), message, tip=f"write `{found[0]} …`", rule="yaml/syntax")


def no_space_behind_dash(source: Source, start: int, end: int) -> Problem | None:
    """A line that was to be an item of a list, `-The van`, in the unquoted text between `start` and `end`."""
    ahead = source.text.rfind("\n", 0, start) + 1
    found = _stuck_dash(source.text, start if source.text[ahead:start].strip(" ") else ahead, end)
    if not found:
        return None
    tip = f"write `- {shown(found[2] + source.text[found.end() : end].partition(chr(10))[0])}`"
    return Problem(source.span(*found.span(1)), "a space is missing behind `-`", tip=tip, rule="yaml/syntax")


def item_too_deep(source: Source, start: int, end: int) -> Problem | None:
    """A line with a dash that stands deeper than the text above, and so is read as the rest of it."""
    found = _sunk_dash(source.text, start, end)
    if not found:
        return None
    item = source.text[found.start(1) : end].partition("\n")[0]
    message = f"`{shown(item)}` is read as the rest of the text above it"
    tip = "set it as deep as its list; a text with dashes in it stands below `|`"
    return Problem(source.span(*found.span(1)), message, tip=tip, rule=RULE)


def begins(source: Source, at: int) -> Problem:
    """A text that begins with a character which means something else there."""
    mark = "{{" if source.text.startswith("{{", at) else source.text[at : at + 1]
    meaning = _MEANINGS.get(mark[:1])
    if meaning:
        message = f"a text that begins with `{mark}` is read as {meaning}"
    else:
        message = f"a text without quotes cannot begin with {'a backtick' if mark == '`' else f'`{mark}`'}"
    compared = _comparison(source.text, at)
    words = f"`{'from' if compared[1] else 'over'} {compared[2]}`" if compared else ""
    tip = f"write it in quotes, or in words: {words}" if words else QUOTE_IT
    edits = meant.exactly(source, at, compared.end(2)) if compared else meant.beginning(source, at, mark)
    return Problem(source.span(at, at + len(mark)), message, tip=tip, rule=RULE, edits=edits)


def swallowed_head(text: str, at: int) -> bool:
    """Whether the head of an empty block was meant as a text, such as `>5`."""
    return _numbered_head(text, at) is not None


def shown(text: str) -> str:
    """A text as a message shows it between backticks: on one line, not too long, and without backticks of its own."""
    line = " ".join(text[: 4 * _SHOWN].replace("`", "'").split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"
