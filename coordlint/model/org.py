"""Declarations in, one Org out: everything an organisation wrote down, at a day, and what each name stands for.

An Org and all in it never change once made. What can be worked out from it is a fact: a function that the Org
remembers the answer of.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from coordlint.model.base import PARTY, Declaration, Ref
from coordlint.model.kinds import COLLECTIONS, KINDS, Organisation
from coordlint.shape import Told

if TYPE_CHECKING:
    from datetime import date

D = TypeVar("D", bound=Declaration)
T = TypeVar("T")


# The first calendar is the default one, and what happened has no id. All else comes in the order of ids, so that how
# files are cut makes no difference.
IN_ORDER = frozenset(("calendar", "period", "log"))


class Miss(Enum):
    """Why a reference leads nowhere."""

    UNRESOLVED = "unresolved"
    WRONG_KIND = "wrong-kind"
    AMBIGUOUS = "ambiguous"
    OUTSIDE = "outside"


class Org:
    """An organisation at a day.

    `paths` are the files that exist below its root, `unread` those that could not be read.
    """

    def __init__(
        self,
        told: Iterable[Told],
        as_of: date,
        paths: frozenset[str] = frozenset(),
        unread: tuple[str, ...] = (),
    ) -> None:
        self.as_of = as_of
        self.paths = paths
        self.unread = unread
        self.duplicates: list[tuple[Declaration, Declaration]] = []
        self.refused: list[Declaration] = []
        self._memory: dict[Callable[..., Any], Any] = {}
        self._every: dict[str, list[Declaration]] = {kind: [] for kind in KINDS}
        self._named: dict[str, dict[str, Declaration]] = {kind: {} for kind in KINDS}
        self._known: dict[tuple[str, ...], dict[str, Declaration | Miss]] = {}
        self._listed: dict[tuple[str, ...], list[str]] = {}
        self._active: dict[type[Declaration], list[Any]] = {}
        for each in told:
            self._add(each)
        self._compare_parties()
        self._as_read = {kind: tuple(declarations) for kind, declarations in self._every.items()}
        for kind in set(KINDS) - IN_ORDER:
            self._every[kind].sort(key=lambda each: each.id)
        for declarations in self._every.values():
            for declaration in declarations:
                if "was" in declaration.data:
                    self._name_earlier(declaration)
        self._liken()
        declared = [*self.all(Declaration), *(second for _, second in self.duplicates)]
        self._out_of_force = frozenset(each for each in declared if not self._is_in_force(each))

    def _add(self, told: Told) -> None:
        kind = COLLECTIONS[told.collection]
        declaration = kind.bind(self, told.id, told.data, told.path, told.route, told.unread, told.refused)
        if told.refused:
            self.refused.append(declaration)
        if told.id:
            first = self._named[kind.kind].setdefault(told.id, declaration)
            if first is not declaration:
                self.duplicates.append((first, declaration))
                return
        self._every[kind.kind].append(declaration)

    def _compare_parties(self) -> None:
        """Parties of two kinds with one id. Both are kept, so that a name leads to whichever fits where it stands."""
        parties: dict[str, Declaration] = {}
        for kind in PARTY:
            for id, declaration in self._named[kind].items():
                first = parties.setdefault(id, declaration)
                if first is not declaration:
                    self.duplicates.append((first, declaration))

    def _name_earlier(self, declaration: Declaration) -> None:
        earlier = declaration.data.get("was")
        for name in earlier if isinstance(earlier, list) else [earlier]:
            if isinstance(name, str):
                self._named[declaration.kind].setdefault(name, declaration)

    def _liken(self) -> None:
        alike = [each for each in self.all(Declaration) if each.data.get("like") is not None]
        # Likeness goes one level: what a model has itself taken over is not handed on, whatever the order of files.
        said = {each: each.data for each in alike}
        for each in alike:
            model = self.find(each.like)
            if model is None or model is each:
                each.unread = None  # a name that leads nowhere may lend every field
            else:
                each.take_from(model, said.get(model, model.data))

    @property
    def incomplete(self) -> bool:
        """Whether a file or a declaration could not be read, so that nobody may conclude that something is missing."""
        return bool(self.unread or self.refused)

    @property
    def house(self) -> Organisation:
        """What `coordlint.yaml` declares of the organisation itself."""
        return self.all(Organisation)[0]

    def all(self, kind: type[D]) -> list[D]:
        """Every declaration of a kind, in the order of ids; all kinds for `Declaration`."""
        if not kind.kind:
            return [each for listed in self._every.values() for each in listed]  # type: ignore[misc]
        return self._every[kind.kind]  # type: ignore[return-value]

    def active(self, kind: type[D]) -> list[D]:
        """Those of a kind that are in force on the day."""
        known = self._active.get(kind)
        if known is None:
            if kind.kind:
                known = [each for each in self.all(kind) if each not in self._out_of_force]
            else:
                known = [each for one in KINDS.values() for each in self.active(one)]
            self._active[kind] = known
        return known

    def as_read(self, kind: type[D]) -> list[D]:
        """Those of a kind that are in force on the day, in the order of files and lines."""
        return [each for each in self._as_read[kind.kind] if self.is_active(each)]  # type: ignore[misc]

    def is_active(self, declaration: Declaration) -> bool:
        """In force on the day: status active or trial, and since <= day <= until."""
        return declaration not in self._out_of_force

    def _is_in_force(self, declaration: Declaration) -> bool:
        data = declaration.data
        if "status" in data and declaration.status not in ("active", "trial"):
            return False
        if "since" in data and (declaration.since or self.as_of) > self.as_of:
            return False
        return not ("until" in data and (declaration.until or self.as_of) < self.as_of)

    def get(self, kind: type[D], id: str) -> D | None:
        """The declaration of a kind that bears an id, or bore it once."""
        return self._named[kind.kind].get(id)  # type: ignore[return-value]

    def find(self, ref: Ref[T] | None) -> T | None:
        """What a reference names; None where it leads nowhere, or outside."""
        if ref is None:
            return None
        found = ref.found or self.resolve(ref)
        return None if found.__class__ is Miss else found  # type: ignore[return-value]

    def each(self, refs: Iterable[Ref[T]]) -> Iterator[T]:
        """What references name, without those that lead nowhere."""
        for ref in refs:
            found = ref.found or self.resolve(ref)
            if found.__class__ is not Miss:
                yield found  # type: ignore[misc]

    def resolve(self, ref: Ref[Any]) -> Declaration | Miss:
        """What a reference names, or why it leads nowhere. A text names nothing: `Miss.OUTSIDE`, as `ext/…` does."""
        known = self.known(ref.kinds)
        found = known.get(ref.text)
        if found is None:
            kind = ref.kind
            found = known[ref.text] = self._resolve_qualified(kind, ref) if kind else self._miss(ref.text)
        ref.found = found
        return found

    def known(self, kinds: tuple[str, ...]) -> dict[str, Declaration | Miss]:
        """What each id stands for in a field that takes these kinds; what is written there otherwise is added once it
        was resolved."""
        try:
            return self._known[kinds]
        except KeyError:
            return self._tabulate(kinds)

    def _tabulate(self, kinds: tuple[str, ...]) -> dict[str, Declaration | Miss]:
        known: dict[str, Declaration | Miss] = {}
        for kind in kinds:
            named = self._named[kind]
            twice = known.keys() & named.keys()
            known.update(named)
            known.update(dict.fromkeys(twice, Miss.AMBIGUOUS))
        self._known[kinds] = known
        return known

    def _miss(self, name: str) -> Miss:
        return Miss.WRONG_KIND if self.bearers(name) else Miss.UNRESOLVED

    def _resolve_qualified(self, kind: str, ref: Ref[Any]) -> Declaration | Miss:
        if kind in ("text", "ext"):
            return Miss.OUTSIDE
        bearer = self._named[kind].get(ref.id) if kind in KINDS else None
        if bearer is None:
            return Miss.UNRESOLVED
        return bearer if kind in ref.kinds else Miss.WRONG_KIND

    def remembers(self, known: Callable[[Org], Any]) -> bool:
        """Whether anybody has asked for a fact."""
        return getattr(known, "__wrapped__", known) in self._memory

    def bearers(self, id: str) -> list[Declaration]:
        """Everything that bears an id, whatever its kind."""
        return [named[id] for named in self._named.values() if id in named]

    def names(self, kinds: tuple[str, ...]) -> list[str]:
        """Every id that a reference to one of these kinds may use, listed once for whoever asks again."""
        listed = self._listed.get(kinds)
        if listed is None:
            listed = self._listed[kinds] = [name for kind in kinds for name in self._named.get(kind, ())]
        return listed


_UNASKED = object()


def fact(work_out: Callable[[Org], T]) -> Callable[[Org], T]:
    """A function of an Org whose answer the Org remembers.

    Whoever needs a fact calls it: the call declares the need.
    """

    @functools.wraps(work_out)
    def recall(org: Org) -> T:
        memory = org._memory
        try:
            answer: T = memory[work_out]
        except KeyError:
            answer = memory[work_out] = work_out(org)
        return answer

    return recall


def fact_of(work_out: Callable[[D], T]) -> Callable[[D], T]:
    """A fact of one declaration: a function of it whose answers its Org remembers."""

    @functools.wraps(work_out)
    def recall(declaration: D) -> T:
        memory = declaration.org._memory
        answers: dict[D, T] | None = memory.get(work_out)
        if answers is None:
            answers = memory[work_out] = {}
        answer: T = answers.get(declaration, _UNASKED)  # type: ignore[assignment]
        if answer is _UNASKED:
            answer = answers[declaration] = work_out(declaration)
        return answer

    return recall
