"""What is said about a place in a file: spans, places, problems and findings."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date

Step: TypeAlias = str | int
Route: TypeAlias = tuple[Step, ...]


class Severity(IntEnum):
    """How much a finding weighs; more is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 1, columns in code points; the end column is one past it."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A part of a file named by the way to it, before anybody has looked up where it stands.

    `route` leads through keys and list indices from the top of the file. A route that begins with an index speaks of
    that document of a file of several. With `on_key` the key is meant, and not what stands behind it.
    """

    path: str
    route: Route
    on_key: bool = False


class Edit(NamedTuple):
    """A change to one part of a file that leaves all else of it as it is; `editing` makes it.

    `where` is the part: a place; for `cut`, and for `quote` where YAML read it otherwise, a span. The actions, each
    with its `value`:

    - `rename` a key, to the text;
    - `replace` a value of one line, by the text or number;
    - `remove` an entry of a mapping or an item of a list; with its last item, a list goes too;
    - `add` an item to the list at the place, where one value may stand, or nothing yet;
    - `set` a key that is not there yet, or a value of one line, to whatever it is;
    - `cut` a piece of a comment, or all of one, and write the text there, if there is any;
    - `quote` the text that was meant, where YAML reads it as something else.
    """

    where: Place | Span
    action: str
    value: object = None


class Comment(NamedTuple):
    """A comment that speaks to coordlint, from its `#` on.

    `line` is the one that it speaks of: its own, or, where it stands alone, the next that holds more than a comment; 0
    where there is none.
    """

    where: Span
    text: str
    line: int


class Related(NamedTuple):
    """Another place that belongs to a problem, with its own words; or one that is only `named` beside it."""

    where: Place | Span
    message: str
    named: bool = False


class Once(NamedTuple):
    """How a problem is said once for all that it may be said of.

    `of` names them, mostly by their collection, and `message` is what is said of all `{count}`, where `all_lack` what
    one of them might have. `also` is said at the places of the others.
    """

    of: str
    message: str
    all_lack: bool = True
    also: str = "and here"


class Problem(NamedTuple):
    """What a rule, or an earlier stage, has to say: where, what, what else to look at, and what to do.

    `rule` is empty when a rule speaks, for a rule does not know its name; `lint` writes it. `atoms` are the (kind, id,
    field) that the problem is about, where they are more than what `where` and `related` tell; see `lint`. `about` is
    the route of the part that a span points into, or of the whole that is meant where one of several parts is shown.
    `edits` mend it, all of them together and in one file, where it is certain what was meant. `once` is for what a rule
    that looks at the whole Org finds in all of a kind; a rule that looks at each has `once_a_kind`.
    """

    where: Place | Span
    message: str
    related: tuple[Related, ...] = ()
    tip: str = ""
    rule: str = ""
    atoms: tuple[tuple[str, str, str], ...] = ()
    severity: Severity | None = None
    about: Route = ()
    edits: tuple[Edit, ...] = ()
    once: Once | None = None

    @property
    def way(self) -> Route:
        """The route of what the problem is about; () where it is about a file as a whole."""
        return self.about or (self.where.route if isinstance(self.where, Place) else ())


class Accepted(NamedTuple):
    """That a finding does not count: why, until which day, and where that is written down.

    `by` says in which way: `comment`, `declaration`, `coordlint.yaml` or `baseline`. The last day is still good.
    """

    reason: str
    until: date | None
    by: str
    where: Span


class Effect(NamedTuple):
    """What a finding explains, and what is therefore no finding of its own: which rule said it, and of what."""

    rule: str
    severity: Severity
    message: str
    span: Span
    kind: str
    id: str
    accepted: Accepted | None = None


class Finding(NamedTuple):
    """A problem with its rule's name and severity, and every place looked up.

    `kind` and `id` say in which declaration; both are "" outside of any. `alike` is the fingerprint of the first of
    those that are alike to the last word, and `times` how many declarations it speaks of where it is said once for all
    of a kind. What is `accepted` does not count. `explains` is what other rules said and this finding is the cause of.
    `edits` mend it, where it is certain what was meant.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    related: tuple[tuple[Span, str], ...] = ()
    tip: str = ""
    kind: str = ""
    id: str = ""
    fingerprint: str = ""
    alike: str = ""
    times: int = 1
    accepted: Accepted | None = None
    explains: tuple[Effect, ...] = ()
    edits: tuple[Edit, ...] = ()


class UsageError(Exception):
    """The tool was called wrongly, or the disk would not play along: one sentence for a person, and exit 2."""
