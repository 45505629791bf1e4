"""The answers to the six signs in, Markdown for a weekly note out: the signs first, then what tells of each.

Links lead to a line of a file, from the top of the repository. Whatever stands in the files is text: nothing in it
becomes a heading, a link, an image or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coordlint.answers.signs import State
from coordlint.report.screen import shown
from coordlint.report.signs_text import headline, left_out, remarks, result
from coordlint.report.summary import plural

if TYPE_CHECKING:
    from coordlint.answers.signs import Answer, Named, Told
    from coordlint.finding import Span
    from coordlint.lint import Run

# What Markdown, as wikis and trackers write it, could take for more than a letter. Mentions and addresses are among it:
# nobody is called to a note because a file names them.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~!&$^]|(?<=:)//|(?<=[Ww])\.")
_MENTION = re.compile(r"@")
_LIST_BEGINS = re.compile(r"^([-+=]|\d+[.)])")


def render(run: Run, answers: Sequence[Answer], home: str, max_findings: int) -> str:
    """The note. `home` is the organisation's path in its repository, "" at the top."""
    blocks = [f"## Signs: {plain(headline(run))}"]
    blocks.append("\n".join(f"- **{plain(answer.sign.name)}**: {line(_said(answer))}" for answer in answers))
    for answer in answers:
        if answer.state is State.FOUND:
            blocks += _section(answer, home, max_findings)
    if run.notes:
        blocks.append("\n".join(f"- note: {line(note)}" for note in run.notes))
    return "\n\n".join(blocks) + "\n"


def _said(answer: Answer) -> str:
    return "; ".join((result(answer), *remarks(answer)))


def _section(answer: Answer, home: str, max_findings: int) -> Iterator[str]:
    yield f"### {plain(answer.sign.name)}"
    yield plain(answer.sign.question)
    declarations, more = left_out(answer, max_findings)
    yield "\n".join(row for named, told in declarations for row in _declaration(named, told, home))
    if more:
        yield line(f"{plural(more, 'more finding')} not shown; `--max-findings 0` shows all.")


def _declaration(named: Named, told: Sequence[Told], home: str) -> Iterator[str]:
    name = f" ({plain(named.name)})" if named.name else ""
    yield f"- **{line(named.label)}**{name}"
    for each in told:
        cause = each.finding
        because = f" because of {_link(cause.span, home)}, {line(f'`{cause.rule}`')}" if each.caused else ""
        yield f"  - {line(each.message)} ({_link(each.span, home)}, {line(f'`{each.rule}`')}{because})"


def _link(span: Span, home: str) -> str:
    from urllib.parse import quote

    path = f"{home}/{span.path}" if home else span.path
    # A name that is no Unicode is led to by its bytes.
    address = quote(path.encode("utf-8", "surrogateescape"))
    if span.line <= 0:
        return f"[{plain(span.path)}]({address})"
    return f"[{plain(span.path)}:{span.line}]({address}#L{span.line})"


def line(text: str) -> str:
    """A sentence as Markdown: what stands between backticks is code, and all else is text."""
    pieces = shown(text).split("`")
    if len(pieces) % 2 == 0:
        # The last backtick has no other one: it is a letter.
        pieces[-2:] = ["`".join(pieces[-2:])]
    written = ""
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            # Between two pieces of code stands something, or their backticks would be one longer row.
            written += plain(piece) or (" " if 0 < index < len(pieces) - 1 else "")
        else:
            written += f"`{piece}`" if piece.strip() else "\\`\\`"
    return written


def plain(text: str) -> str:
    """A text as Markdown that shows nothing but the text."""
    escaped = _SPECIAL.sub(lambda match: f"\\{match[0]}", shown(text))
    escaped = _LIST_BEGINS.sub(lambda match: f"{match[1][:-1]}\\{match[1][-1]}", escaped)
    return _MENTION.sub("@<!-- -->", escaped)
