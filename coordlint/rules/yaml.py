"""What the reader says about a file's bytes and its YAML. These rules are spoken by `document`, and explained here."""

from __future__ import annotations

from coordlint.rule import CORRECTNESS, ERROR, WARNING, rule


@rule(ERROR, preset=CORRECTNESS)
def syntax() -> None:
    """A file is YAML that can be read to its end.

    Where the reader had to stop, nothing after that place is known. The ids that the file declares are still found, so
    that names in other files are not reported too.

    Bad:

        meetings:
          deal-desk:
            purpose: Decide every deal that needs an exception
           cadence: {every: week, day: tue, at: "10:00"}   # expect: yaml/syntax

    Good:

        meetings:
          deal-desk:
            purpose: Decide every deal that needs an exception
            cadence: {every: week, day: tue, at: "10:00"}
    """


@rule(ERROR, preset=CORRECTNESS)
def duplicate_key() -> None:
    """A key stands once in its mapping.

    YAML readers keep one of two equal keys and drop the other without a word, so that what stands in the file is not
    what anybody gets.

    Bad:

        teams:
          payments:
            purpose: Take money from customers and account for every cent of it.
            purpose: Run the payment service.   # expect: yaml/duplicate-key

    Good:

        teams:
          payments:
            purpose: Take money from customers and account for every cent of it.
    """


@rule(ERROR, preset=CORRECTNESS)
def not_allowed() -> None:
    """A file says what it means where it stands: no tags, anchors, aliases, merge keys or directives.

    They make a text that reads one way to a person and another way to a machine. To say the same twice, use `like`.

    Bad:

        meetings:
          deal-desk:
            purpose: Decide every deal that needs an exception
            cadence: &weekly {every: week, day: tue, at: "10:00"}   # expect: yaml/not-allowed

    Good:

        meetings:
          deal-desk:
            purpose: Decide every deal that needs an exception
            cadence: {every: week, day: tue, at: "10:00"}
    """


@rule(ERROR, preset=CORRECTNESS)
def too_large() -> None:
    """A file stays within the limits: 64 levels, 200,000 values, 2 MiB.

    A file that a person writes is far below them. What is above is generated, or meant to exhaust the reader: split it
    by team or by topic.
    """


@rule(ERROR, preset=CORRECTNESS)
def not_utf8() -> None:
    """A file is text in UTF-8.

    Editors call it the file's encoding; save the file again as UTF-8. The place is the first byte that could not be
    read.
    """


@rule(WARNING)
def hidden_character() -> None:
    """A file holds no character that cannot be seen.

    Characters that change the direction of text, take no width or end a line only for some programs make a file read
    differently to a person and to a machine. They mostly come with text that was copied from a web page or a chat.
    """


@rule(ERROR, preset=CORRECTNESS)
def merge_conflict() -> None:
    """A file holds no left-over markers of a merge.

    Lines that begin with `<<<<<<<`, `=======` or `>>>>>>>` were left by git: choose one side, or write both together.
    """


@rule(ERROR, preset=CORRECTNESS)
def text_eaten() -> None:
    """A text arrives whole: no comma, colon or `#` ends it early.

    Inside braces a comma ends an unquoted text, a colon with a space behind it begins a value, and ` #` begins a
    comment wherever it stands. A text that begins with `>`, `*`, `{` or `[` is not read as text at all. Quote such a
    text, or write it on lines of its own below `>`.

    Bad:

        meetings:
          planning: {purpose: Cash, forecast and people, cadence: as needed}   # expect: yaml/text-eaten

    Good:

        meetings:
          planning:
            purpose: Cash, forecast and people
            cadence: as needed
    """
