"""What libyaml says when it gives up in, one problem in plain words out, at the place where the slip was made.

Libyaml tells what it expected and where; most slips were made a little earlier. So the text around the place is looked
at, most likely slip first, and libyaml's own words are left for what nobody writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from coordlint.finding import Problem, Related
from coordlint.readers import eaten
from coordlint.readers.source import Source

Event: TypeAlias = Any

_RULE = "yaml/syntax"

# The beginning of a line up to its value: dashes, and a key with its colon.
_lead = re.compile(r"[ ]*(?:-[ \t]+)*(?:[^\s:#'\"\[{][^:#\n]*:[ \t]+)?").match
_key = re.compile(r"[ ]*(?:-[ \t]+)*([A-Za-z_][A-Za-z0-9_-]*):(?=\s|\Z)").match
_key_alone = re.compile(r"[ ]*(?:-[ ]+)*([A-Za-z_][A-Za-z0-9_-]*):[ ]*(?:#.*)?").fullmatch
_next_key = re.compile(r"\S.*[ ]([a-z_]+)[ ]*", re.DOTALL).fullmatch
_LONGEST_KEY = 1024


class Stop(NamedTuple):
    """Where libyaml gave up, and what it says; `begin` is where what it was reading began, `last` the last scalar."""

    source: Source
    said: str
    begin: int
    at: int
    last: Event | None

    def problem(self, start: int, end: int, message: str, tip: str, related: tuple[Related, ...] = ()) -> Problem:
        return Problem(self.source.span(start, end), message, related, tip, _RULE)

    @property
    def text(self) -> str:
        return self.source.text

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def value_start(self, at: int) -> int:
        """Where the value begins on the line of `at`, behind its dashes and its key."""
        start = self.line_start(at)
        found = _lead(self.text, start, self.line_end(at))
        return found.end() if found else start

    def character(self, at: int) -> str:
        return self.text[at : at + 1]


def explain(source: Source, error: Any, last: Event | None) -> Problem:
    """The problem behind an error of libyaml; `last` is the last scalar that it had read."""
    stopped = getattr(error, "problem_mark", None)
    begun = getattr(error, "context_mark", None)
    at = min(stopped.index if stopped else getattr(error, "position", 0), len(source.text))
    begin = begun.index if begun else at
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML"
    stop = Stop(source, said, min(begin, len(source.text)), at, last)
    for words, explanation in _EXPLANATIONS:
        if words in said:
            return explanation(stop)
    return _otherwise(stop)


def _otherwise(stop: Stop) -> Problem:
    return stop.problem(stop.at, stop.at + 1, f"this is not YAML: {stop.said}", eaten.QUOTE_IT)


def _wrong_start(stop: Stop) -> Problem:
    """No token begins with this character."""
    if stop.character(stop.at) == "\t":
        return _tab(stop)
    return eaten.begins(stop.source, stop.at)


def _tab(stop: Stop) -> Problem:
    at = stop.text.find("\t", stop.line_start(stop.at), stop.line_end(stop.at) + 1)
    at = stop.at if at < 0 else at
    return stop.problem(at, at + 1, "a tab stands where spaces must", "indent with spaces")


def _begins_otherwise(stop: Stop) -> Problem:
    """An alias, an anchor, a tag or the head of a block that is none."""
    return eaten.begins(stop.source, stop.begin)


def _question_mark(stop: Stop) -> Problem:
    return eaten.begins(stop.source, stop.at)


def _colon_in_value(stop: Stop) -> Problem:
    """A colon with a space behind it, where a value is already being read."""
    start = stop.value_start(stop.at)
    line = stop.line_start(stop.at)
    if stop.character(start) in ("'", '"') and start < stop.at:
        return _behind_quote(stop, start)
    if stop.character(start) in ("[", "{") and start < stop.at:
        return _behind_brackets(stop, start)
    alone = _key(stop.text, line, stop.line_end(stop.at) + 1)
    if alone and alone.end() - 1 == stop.at:
        if alone.end(1) - alone.start(1) > _LONGEST_KEY:
            message = f"a key has {_LONGEST_KEY:,} characters at most"
            return stop.problem(*alone.span(1), message, "write a shorter one")
        return _without_colon_above(stop, alone) or _too_deep(stop, alone)
    return eaten.colon(stop.source, start if start < stop.at else line, stop.at)


def _without_colon_above(stop: Stop, key: re.Match[str]) -> Problem | None:
    """The line above, at the same depth, that was to be a key too, so that the two lines were read as one text."""
    if not stop.last:
        return None
    start = stop.last.start_mark.index
    if start >= key.start(1) or start - stop.line_start(start) != key.start(1) - stop.line_start(key.start(1)):
        return None
    missing = eaten.no_space(stop.source, start)
    if missing or ": " in stop.text[start : stop.line_end(start)]:
        return missing
    return _keyless(stop, start)


def _keyless(stop: Stop, start: int) -> Problem:
    end = stop.line_end(start)
    message = f"`{eaten.shown(stop.text[start:end])}` has no colon, and a key was expected"
    return stop.problem(start, end, message, "write `key: value`, or indent it below the text that it belongs to")


def _too_deep(stop: Stop, key: re.Match[str]) -> Problem:
    message = f"`{key[1]}` stands deeper than the line above, which has its value already"
    return stop.problem(key.start(1), key.end(1), message, "indent it like the lines beside it")


def _behind_quote(stop: Stop, start: int) -> Problem:
    quote = stop.character(start)
    inner = "`''` for `'`" if quote == "'" else '`\\"` for `"`'
    tip = f"put the whole text in quotes, and write {inner} in it"
    return stop.problem(stop.at, stop.line_end(stop.at), "text stands behind the quote that ends the text", tip)


def _behind_brackets(stop: Stop, start: int) -> Problem:
    found = eaten.begins(stop.source, start)
    return found._replace(message=f"{found.message}, and text stands behind it")


def _no_colon(stop: Stop) -> Problem:
    """A line that should be a key with its colon."""
    start = stop.begin
    if stop.character(start) in ("'", '"'):
        return _quote(stop._replace(at=start))
    if missing := _stuck(stop, start):
        return missing
    above = stop.text[stop.line_start(max(stop.line_start(start) - 1, 0)) : stop.line_start(start)]
    if " #" in above and not above.lstrip().startswith("#"):
        at = stop.line_start(max(stop.line_start(start) - 1, 0)) + above.index(" #") + 1
        message = "the ` #` ended the text that goes on in the next line"
        found = stop.problem(at, stop.line_end(at), message, eaten.QUOTE_IT)
        return found._replace(rule=eaten.RULE)
    return _text_below_key(stop, start) or _keyless(stop, start)


def _text_below_key(stop: Stop, at: int) -> Problem | None:
    """A text of several lines below its key, of which a colon made a mapping, for there is no `>`."""
    first = stop.line_start(at)
    inset = at - first
    beside = re.compile(rf"[ ]{{{inset}}}[^ \n]").match
    above = stop.line_start(max(first - 1, 0))
    while above and beside(stop.text, above):
        first, above = above, stop.line_start(above - 1)
    head = _key_alone(stop.text[above : max(first - 1, 0)])
    colon = stop.text.find(": ", first, stop.line_end(first))
    if not head or colon < 0 or " " not in stop.text[first + inset : colon]:
        return None
    message = f"this colon made a mapping of the text below `{head[1]}`, for `>` is missing"
    found = stop.problem(colon, colon + 1, message, f"write `{head[1]}: >`, and leave the text on its lines")
    return found._replace(rule=eaten.RULE)


def _stuck(stop: Stop, start: int) -> Problem | None:
    """A colon or a dash with no space behind it, where a line begins."""
    return eaten.no_space(stop.source, start) or eaten.no_space_behind_dash(stop.source, start, stop.line_end(start))


def _dash(stop: Stop) -> Problem:
    tip = "put every item on a line of its own, or write the list in brackets: `[a, b]`"
    return stop.problem(stop.at, stop.at + 1, "a list with dashes begins on a line of its own", tip)


def _quote(stop: Stop) -> Problem:
    """A quote without its partner."""
    start = stop.begin
    tip = f"close it with {stop.character(start)}" if stop.character(start) in ("'", '"') else eaten.QUOTE_IT
    return stop.problem(start, stop.line_end(start), "the quote that opens here is never closed", tip)


def _escape(stop: Stop) -> Problem:
    at = max(stop.text.rfind("\\", stop.begin, stop.at + 1), stop.begin)
    message = f"`{stop.text[at : at + 2]}` means nothing between double quotes"
    return stop.problem(at, at + 2, message, "write `\\\\` for a backslash, or use single quotes")


def _expected_key(stop: Stop) -> Problem:
    """Something in a block mapping, or in a block list, that is neither its next line nor deeper than it."""
    if _quoted_over_lines(stop):
        return _long_quote(stop)
    first = stop.line_start(stop.at)
    if stop.text[first : stop.at].strip(" -"):
        return _behind_value(stop)
    if stop.character(stop.at) == "-" and stop.text[stop.at + 1 : stop.at + 2] in ("", " ", "\n"):
        message = "a list item stands here, and the line above has its value already"
        return stop.problem(stop.at, stop.at + 1, message, "indent it below the key that the list belongs to")
    if slip := _cut_above(stop) or _stuck(stop, stop.at):
        return slip
    if stop.character(stop.at) == ":":
        return _no_key(stop)
    blanks = stop.at - first
    how = f"is indented by {blanks} space{'s' * (blanks > 1)}" if blanks else "is not indented"
    message = f"this line {how}, and no line that it could belong to is indented like it"
    return stop.problem(stop.at, stop.line_end(stop.at), message, "indent it like the lines that it stands beside")


def _expected_dash(stop: Stop) -> Problem:
    found = _expected_key(stop)
    if found.message.startswith("this line is"):
        return found._replace(message="a list goes on here, and this line has no dash", tip="begin it with `- `")
    return found


def _cut_above(stop: Stop) -> Problem | None:
    """The line before, where a comment ended a text that goes on in this line."""
    if not stop.last or stop.last.style or not stop.last.value:
        return None
    end = stop.last.end_mark.index
    rest = stop.text[end : stop.at]
    if not re.fullmatch(r"[ \t]+#[^\n]*\n\s*", rest) or _key(stop.text, stop.line_start(stop.at)):
        return None
    at = stop.text.index("#", end)
    message = f"the ` #` ended the text `{eaten.shown(stop.last.value)}`, which goes on in the next line"
    return stop.problem(at, stop.line_end(at), message, eaten.QUOTE_IT)._replace(rule=eaten.RULE)


def _behind_value(stop: Stop) -> Problem:
    start = stop.value_start(stop.at)
    first = stop.character(start)
    if first in ("'", '"'):
        return _behind_quote(stop, start)
    if first in ("[", "{"):
        return _behind_brackets(stop, start)
    if first in ("*", "&", "!"):
        return eaten.begins(stop.source, start)
    message = "this does not belong to what stands before it"
    return stop.problem(stop.at, stop.line_end(stop.at), message, eaten.QUOTE_IT)


def _quoted_over_lines(stop: Stop) -> bool:
    last = stop.last
    return bool(last and last.style in ("'", '"') and last.start_mark.line < last.end_mark.line) and bool(
        last and stop.text.count("\n", last.end_mark.index, stop.at) <= 1
    )


def _long_quote(stop: Stop) -> Problem:
    last: Any = stop.last
    message = f"the quote that opens here is closed on line {last.end_mark.line + 1}, and what follows makes no sense"
    start = last.start_mark.index
    return stop.problem(start, stop.line_end(start), message, "close it where the text ends")


def _in_brackets(stop: Stop) -> Problem:
    """A comma or the closing bracket was expected."""
    opening = stop.character(stop.begin)
    closing = "}" if opening == "{" else "]"
    here = stop.character(stop.at)
    if _quoted_over_lines(stop):
        return _long_quote(stop)
    if here in ("", "\n") or _on_later_key(stop):
        message = f"the `{opening}` that opens here is never closed"
        return stop.problem(stop.begin, stop.begin + 1, message, f"close it with `{closing}`")
    if stop.last and not stop.last.style and not stop.text[stop.last.end_mark.index : stop.at].strip():
        if here == ":":
            return _second_colon(stop, stop.last.start_mark.index)
        if here in "]}":
            return eaten.bracket(stop.source, stop.at)
    message = f"a comma or `{closing}` was expected here"
    where = stop.source.span(stop.begin, stop.begin + 1)
    related = (Related(where, f"for the `{opening}` that opens here"),)
    tip = f"put a comma between two parts; for a text, {eaten.QUOTE_IT}"
    return stop.problem(stop.at, stop.at + 1, message, tip, related)


def _second_colon(stop: Stop, start: int) -> Problem:
    """A colon in brackets, behind a text that may be a value and the next key with no comma between."""
    found = eaten.colon(stop.source, start, stop.at)
    key = _next_key(stop.text, start, stop.at)
    return found._replace(tip=f"put a comma before `{key[1]}`, or write the whole text in quotes") if key else found


def _on_later_key(stop: Stop) -> bool:
    """Whether libyaml stopped at the key of a later line, or at its colon: the bracket is open since lines."""
    line = stop.line_start(stop.at)
    found = _key(stop.text, line, stop.line_end(stop.at) + 1) if line > stop.begin else None
    return bool(found and stop.at <= found.end())


def _unexpected_colon(stop: Stop) -> Problem:
    return eaten.colon(stop.source, stop.begin, stop.at)


def _no_content(stop: Stop) -> Problem:
    shown = stop.character(stop.at)
    if shown == ":":
        return _no_key(stop)
    if not shown.strip():
        return stop.problem(stop.at, stop.at, "a value was expected here", "write the value, or delete the key")
    return stop.problem(stop.at, stop.at + 1, f"a value was expected before `{shown}`", f"for a text, {eaten.QUOTE_IT}")


def _no_key(stop: Stop) -> Problem:
    return stop.problem(stop.at, stop.at + 1, "a key is missing in front of this colon", "write `key: value`")


def _new_document(stop: Stop) -> Problem:
    """Something behind the end of a document."""
    if _quoted_over_lines(stop):
        return _long_quote(stop)
    if stop.text[stop.line_start(stop.at) : stop.at].strip():
        return _behind_value(stop)
    message = "this line belongs to nothing above it"
    tip = "begin it in the same column as the first key of the file"
    return stop.problem(stop.at, stop.line_end(stop.at), message, tip)


def _directive(stop: Stop) -> Problem:
    start = stop.line_start(stop.at)
    message = "a line that begins with `%` is read as a directive"
    found = stop.problem(start, stop.line_end(stop.at), message, "delete it")
    return found._replace(rule="yaml/not-allowed")


def _tag_handle(stop: Stop) -> Problem:
    return eaten.begins(stop.source, stop.at)


# Libyaml's words, and who explains them; the first that fits does.
_EXPLANATIONS: tuple[tuple[str, Callable[[Stop], Problem]], ...] = (
    ("found character that cannot start any token", _wrong_start),
    ("tab character", _tab),
    ("mapping values are not allowed", _colon_in_value),
    ("block sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _question_mark),
    ("could not find expected ':'", _no_colon),
    ("did not find expected key", _expected_key),
    ("did not find expected '-' indicator", _expected_dash),
    ("did not find expected ',' or", _in_brackets),
    ("found unexpected ':'", _unexpected_colon),
    ("found unexpected end of stream", _quote),
    ("found unexpected document indicator", _quote),
    ("unknown escape", _escape),
    ("hexdecimal number", _escape),
    ("invalid Unicode character escape", _escape),
    ("did not find expected alphabetic or numeric", _begins_otherwise),
    ("did not find expected comment or line break", _begins_otherwise),
    ("indentation indicator", _begins_otherwise),
    ("did not find expected node content", _no_content),
    ("did not find expected <document start>", _new_document),
    ("undefined tag handle", _tag_handle),
    ("directive", _directive),
    ("version number", _directive),
    ("YAML document", _directive),
    ("tag", _begins_otherwise),
    ("URI", _begins_otherwise),
    ("expected the", _begins_otherwise),
    ("whitespace", _begins_otherwise),
    ("did not find expected '!'", _begins_otherwise),
)
