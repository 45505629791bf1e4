"""What is declared already and what a sheet declares in; what a name in a cell stands for, and ids that are free, out.

A name is known by an id, by what somebody is called, by what they were called once, and by what only the sheet knows,
such as an address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from coordlint.importers import CHANGED, GUESSED, LEFT_OUT
from coordlint.importers.csv_row import Row
from coordlint.importers.ids import Ids, slug, slug_or_mark, spelt
from coordlint.model.base import ANY, Declaration
from coordlint.model.kinds import COLLECTIONS
from coordlint.model.org import Org
from coordlint.nearest import nearest

NOBODY = "a name that is declared nowhere"
SEVERAL = "a name that more than one has"
THERE = "declared in the organisation already: left as it is there"
TWICE = "a name that stands twice in the sheet: two of that name"
ONLY_HERE = "a name that is declared nowhere: {} of that name, with nothing else said"
REVERSED = "a name with the family name first: the other way round"
REMARKED = "a name with a remark behind it: without the remark"
_MOST_NEAR = 500
_SHORTEST_NEAR = 5
_REMARK = re.compile(r" *\([^()]*\)\Z")
_SHOWN_NEAR = "{} (near: {})"


class Known(NamedTuple):
    """Something that is declared: its kind, its id, the file, and all that it is called."""

    kind: str
    id: str
    path: str
    called: tuple[str, ...]


class Around(NamedTuple):
    """The organisation that a sheet is imported into. `happened` are the entries of its log, each as a text.

    `begun` says whether there is a coordlint.yaml, and `earlier` are the ids that this very sheet gave before.
    """

    known: tuple[Known, ...] = ()
    happened: frozenset[str] = frozenset()
    begun: bool = False
    earlier: frozenset[str] = frozenset()


def around(org: Org, own: Collection[str]) -> Around:
    """What an organisation declares, but for what stands in the files that this very sheet gave before."""
    known = []
    for kind in ANY:
        for each in org.all(_KINDS[kind]):
            if each.path not in own and each.id:
                was = each.data.get("was") or ()
                earlier = [was] if isinstance(was, str) else was
                known.append(Known(kind, each.id, each.path, (each.title, *map(str, earlier))))
    happened = (entry(each.data) for each in org.all(COLLECTIONS["log"]) if each.path not in own)
    earlier = frozenset(each.id for kind in ANY for each in org.all(_KINDS[kind]) if each.path in own)
    return Around(tuple(known), frozenset(happened), True, earlier)


_KINDS: dict[str, type[Declaration]] = {kind.kind: kind for kind in COLLECTIONS.values()}


def entry(fields: object) -> str:
    """What tells an entry of the log from others: its first fields, whatever their order."""
    said = fields if isinstance(fields, dict) else {}
    return repr(sorted((key, str(value)) for key, value in said.items() if key in _TELLING))


_TELLING = frozenset(
    {"held", "cancelled", "decided", "returned", "escalated", "slipped", "updated", "reviewed"}
    | {"date", "id", "what", "opened", "from", "to", "reason"}
)


class Names:
    """What every name stands for, and which ids are free."""

    def __init__(self, around: Around) -> None:
        self._bearers: dict[str, dict[tuple[str, str], None]] = {}
        # What is declared already, with its file.
        self._path_of: dict[tuple[str, str], str] = {}
        self._kind_and_id: dict[tuple[str, str], None] = {}
        self._slugs: dict[str, str] = {}
        self._near: dict[tuple[str, ...], str] = {}
        # Kinds that share no space of ids still meet in fields that take several, where one name must mean one thing.
        self._earlier = around.earlier
        self._ids = Ids(each.id for each in around.known)
        for each in around.known:
            self._path_of[each.kind, each.id] = each.path
            self.call(each.kind, each.id, *each.called)

    def call(self, kind: str, id: str, *called: str) -> None:
        """Says what something is called."""
        called = tuple(dict.fromkeys([*called, *map(_reversed, called)]))
        self._kind_and_id[kind, id] = None
        for name in {id, f"{kind}/{id}", *map(_folded, called)} - {""}:
            self._bearers.setdefault(name, {})[kind, id] = None
        # Ids that somebody gave by hand may leave the dots of an umlaut out.
        for name in {id, *map(self._slug, called), *map(slug, called)} - {""}:
            self._bearers.setdefault(f"~{name}", {})[kind, id] = None

    def give(self, kind: str, name: str, *called: str, wanted: str = "") -> str:
        """A free id for something new of this name."""
        own = wanted or self._slug(name) or slug_or_mark(name, kind)
        # An id from before umlauts were spelt out stays, for others may name it by now.
        if not wanted and own not in self._earlier and slug(name) in self._earlier:
            own = slug(name)
        # Two of a kind are told apart by a number, and a team and a role by what they are.
        others = () if (kind, own) in self._bearers.get(own, ()) else (slug(f"{own}-{kind}"),)
        given = self._ids.give(own, *others)
        self.call(kind, given, name, *called)
        return given

    def there(self, kind: str, name: str) -> tuple[str, str]:
        """The id and the file of what bears this name and is declared already; two empty texts where nothing is."""
        for found_kind, id in self._found(name, (kind,)):
            if (found_kind, id) in self._path_of:
                return id, self._path_of[found_kind, id]
        return "", ""

    def find(self, name: str, kinds: Collection[str]) -> list[str]:
        """The names, as a field that takes these kinds writes them, of all that a name may stand for."""
        found = self._found(name, kinds)
        return [id if self._is_plain(id, kinds) else f"{kind}/{id}" for kind, id in found]

    def find_or_bare(self, row: Row, field: str, name: str, kinds: Collection[str]) -> list[str]:
        """What a name may stand for; where it stands for nothing, `Visser, Ada` as Ada Visser, or without a remark in
        brackets behind it."""
        found = self.find(name, kinds)
        for reason, other in ((REVERSED, _reversed(name)), (REMARKED, without_remark(name))):
            if not found and other != name and (found := self.find(other, kinds)):
                row.note(CHANGED, reason, field, name)
        return found

    def near(self, name: str, kinds: Collection[str], among: str = "declared") -> str:
        """The id that a name was probably meant to be, among those declared already or `every` one; "" where none is.

        Short names are like others by chance: CEO and CFO are two.
        """
        key = (self._slug(name), among, *kinds)
        # Where so many names are unknown, the sheet is of another organisation, and nothing is near.
        if len(key[0]) >= _SHORTEST_NEAR and key not in self._near and len(self._near) < _MOST_NEAR:
            every = self._kind_and_id if among == "every" else self._path_of
            self._near[key] = nearest(key[0], [id for kind, id in every if kind in kinds])
        return self._near.get(key, "")

    def one(self, row: Row, field: str, kinds: Collection[str], name: str = "") -> str:
        """What the name in a cell stands for; what stands for nothing, or for several, becomes a note."""
        said = name or row.line(field)
        found = self.find_or_bare(row, field, said, kinds) if said else []
        if len(found) == 1:
            return found[0]
        if found:
            row.note(LEFT_OUT, SEVERAL, field, f"{said}: {', '.join(found)}")
        elif said:
            row.note(LEFT_OUT, NOBODY, field, self.beside(said, kinds))
        return ""

    def one_or_new(self, row: Row, field: str, kinds: Collection[str], kind: str, made: dict[str, object]) -> str:
        """What the name in a cell stands for; something new of that kind where nothing bears it, nor one that is near.

        What is new is put among `made`.
        """
        said = row.line(field)
        if not said or self.find(said, kinds) or self.near(said, kinds):
            return self.one(row, field, kinds)
        return self.new(row, field, said, kind, made)

    def new(self, row: Row, field: str, name: str, kind: str, made: dict[str, object]) -> str:
        """The id of something of which the sheet says nothing but the name."""
        row.note(GUESSED, ONLY_HERE.format(f"a {kind}"), field, name)
        given = self.give(kind, name)
        made[given] = {"name": name}
        return given

    def beside(self, name: str, kinds: Collection[str]) -> str:
        """A name for a note, with what is near it."""
        near = self.near(name, kinds, "every")
        return _SHOWN_NEAR.format(name, near) if near else name

    def _found(self, name: str, kinds: Collection[str]) -> list[tuple[str, str]]:
        for form in (name, _folded(name), f"~{self._slug(name)}", f"~{slug(name)}"):
            found = [each for each in self._bearers.get(form, ()) if each[0] in kinds]
            if found and form != "~":
                return found
        return []

    def _is_plain(self, id: str, kinds: Collection[str]) -> bool:
        """Whether an id alone names one thing among these kinds."""
        return sum(1 for kind, _ in self._bearers.get(id, ()) if kind in kinds) == 1

    def _slug(self, name: str) -> str:
        if name not in self._slugs:
            self._slugs[name] = slug(spelt(name))
        return self._slugs[name]


def without_remark(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return _REMARK.sub("", name)


def _reversed(name: str) -> str:
    """A name with the family's first, the other way round; any other name as it is."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and first.strip() else name


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def one_or_more(found: Iterable[str]) -> str | list[str]:
    """Each once; a single one needs no list."""
    said = list(dict.fromkeys(found))
    return said[0] if len(said) == 1 else said
