"""What a rule is: a function that looks at an Org, or at one declaration of it, and yields problems.

A rule's name, page and options come from the function: its module is the family, its docstring the page, its
keyword-only parameters the options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum, IntEnum
from typing import Any, NamedTuple

from coordlint.finding import Problem, Severity
from coordlint.model.base import Declaration
from coordlint.model.kinds import KINDS

# A rule that another stage speaks is never called, and gives nothing.
Check = Callable[..., Iterator[Problem] | None]


class Preset(IntEnum):
    """How much is asked; each takes in those before it."""

    CORRECTNESS = 1
    RECOMMENDED = 2
    STRICT = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Weakness(Enum):
    """What kind of weakness of the coordination layer a rule looks for."""

    GAP = "gap"
    CONTRADICTION = "contradiction"
    ACCRETION = "accretion"
    OVERLOAD = "overload"
    FRAGILITY = "fragility"
    LATENCY = "latency"
    RIGIDITY = "rigidity"


CORRECTNESS, RECOMMENDED, STRICT = Preset
GAP, CONTRADICTION, ACCRETION, OVERLOAD, FRAGILITY, LATENCY, RIGIDITY = Weakness
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_CLASSES: dict[str, type[Declaration]] = {kind.__name__: kind for kind in KINDS.values()} | {"Declaration": Declaration}


class Rule(NamedTuple):
    """A rule as the rest of the program sees it.

    `check` is None where another stage speaks the rule. `subject` is the kind of declaration it looks at, None for the
    whole Org. `claims_absence` holds it back while something could not be read, `needs_every_file` while a whole file
    could not. `once_a_kind` is a field, perhaps of a part (`steps.within`), and a message: where no declaration of the
    kind says the field, the message is said once for all `{count}`. `yields_to` are the rules whose problems explain
    this one's away. `source` says where a rule comes from that is not coordlint's own: a house rule, or a plugin.
    """

    name: str
    severity: Severity
    preset: Preset
    weakness: Weakness | None
    since: str
    page: str
    check: Check | None
    subject: type[Declaration] | None
    options: Mapping[str, Any]
    claims_absence: bool
    needs_every_file: bool
    once_a_kind: tuple[str, str] | None
    yields_to: tuple[str, ...]
    was: tuple[str, ...] = ()
    source: str = ""

    @property
    def first_name(self) -> str:
        """The name that it entered with, which fingerprints hold, so that a new name changes none of them."""
        return self.was[0] if self.was else self.name

    @property
    def family(self) -> str:
        return self.name.partition("/")[0]

    @property
    def title(self) -> str:
        """The first line of its page."""
        return self.page.partition("\n")[0].strip().rstrip(".")


def rule(
    severity: Severity,
    *,
    preset: Preset = RECOMMENDED,
    weakness: Weakness | None = None,
    since: str = "2026",
    claims_absence: bool = False,
    needs_every_file: bool = False,
    once_a_kind: tuple[str, str] | None = None,
    yields_to: tuple[str, ...] = (),
    was: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a function `(org)` or `(org, meeting: Meeting)`, with options as keyword-only parameters.

    A function with no parameters makes a rule that another stage speaks: it has a name and a page and is never called.
    """

    def make(check: Check) -> Rule:
        code = check.__code__
        names = code.co_varnames[: code.co_argcount]
        subject = _subject(check, names[1]) if len(names) > 1 else None
        return Rule(
            name=f"{_family(check.__module__)}/{check.__name__.rstrip('_').replace('_', '-')}",
            severity=severity,
            preset=preset,
            weakness=weakness,
            since=since,
            page=check.__doc__ or "",
            check=check if names else None,
            subject=subject,
            options=check.__kwdefaults__ or {},
            claims_absence=claims_absence,
            needs_every_file=needs_every_file,
            once_a_kind=once_a_kind,
            yields_to=yields_to,
            was=was,
        )

    return make


def _family(module: str) -> str:
    package, _, name = module.rpartition(".")
    # A family that is too long for one file goes on in others: `reference`, `reference_ties`.
    return name.partition("_")[0] if package == "coordlint.rules" else name.strip("_").replace("_", "-")


def _subject(check: Check, name: str) -> type[Declaration]:
    """The kind that a parameter is annotated with, as the class or as its name."""
    annotation = check.__annotations__.get(name)
    subject = _CLASSES.get(annotation) if isinstance(annotation, str) else annotation
    if not (isinstance(subject, type) and issubclass(subject, Declaration)):
        raise TypeError(f"`{check.__name__}`: annotate `{name}` with the kind that the rule looks at, such as Meeting")
    return subject
