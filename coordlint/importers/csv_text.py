"""The bytes of a sheet in, its text out; what cannot be read as a text is one sentence that says what to do."""

from __future__ import annotations

import codecs
import contextlib
import re

from coordlint.finding import UsageError

MOST_BYTES = 16 * 1024 * 1024
# Longer marks first: UTF-32 begins as UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
# What sheets are saved in. Python knows more, and some of that is no encoding of texts, or reads without end.
_KNOWN = re.compile(
    r"utf-?(8|16|32)(-?sig|-?[lb]e)?|(cp|windows-?)(125[0-8]|437|850|852|866|874|932|936|949|950)|latin-?1|l1"
    r"|iso-?8859-?([1-9]|1[013456])|mac-?(roman|latin2|cyrillic|greek|turkish)|koi8-?[ru]|us-?ascii|ascii"
    r"|shift-?jis|euc-?(jp|kr)|gb(k|2312|18030)|big5(hkscs)?"
)


def decode(raw: bytes, source: str, encoding: str = "") -> str:
    """The text of these bytes: UTF-8, what a byte order mark says, or the encoding that was named.

    Raises UsageError for what is no text in it.
    """
    if len(raw) > MOST_BYTES:
        raise UsageError(f"`{source}` is larger than {MOST_BYTES // 1024 // 1024} MiB; cut it into several sheets")
    if raw.startswith(_WORKBOOKS):
        raise UsageError(f"`{source}` is a workbook, and not a text; save its sheet as CSV, and import that")
    named = _encoding(encoding)
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    # A mark is never there by chance: who names another encoding has not looked at these bytes.
    if not (marked or named) and b"\0" in raw:
        meant = "utf-16-be" if raw[:1] == b"\0" else "utf-16-le"
        raise UsageError(
            f"`{source}` holds bytes that no text in UTF-8 has; if it is one in UTF-16, `--encoding {meant}` reads it"
        )
    if named and not (marked or named.startswith("utf")) and _is_utf_8(raw):
        raise UsageError(
            f"`{source}` is a text in UTF-8, and would read wrong in {named.upper()}; leave --encoding out"
        )
    text = _decoded(raw, source, marked or named or "utf-8", named)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UsageError(f"`{source}` holds a character that no text has, line {line}; is that its encoding?")
    return text


def _is_utf_8(raw: bytes) -> bool:
    """Whether these bytes are UTF-8 and more than ASCII, which a text in another encoding never is by chance."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not raw.isascii()


def _encoding(name: str) -> str:
    if not name:
        return ""
    plain = name.lower().replace("_", "-")
    if _KNOWN.fullmatch(plain):
        with contextlib.suppress(LookupError):
            return codecs.lookup(re.sub("^windows-?", "cp", plain)).name
    raise UsageError(f"--encoding takes the name of an encoding, such as cp1252 or utf-16-le, and not `{name}`")


def _decoded(raw: bytes, source: str, encoding: str, named: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        shown = {"utf-8-sig": "utf-8"}.get(encoding, encoding).upper()
        tip = "" if named else "; if it comes from a spreadsheet program on Windows, `--encoding cp1252` reads it"
        raise UsageError(
            f"`{source}` is no text in {shown}: byte {error.start + 1}, about line {line}, cannot be read{tip}"
        ) from error
