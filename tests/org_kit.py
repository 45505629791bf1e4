"""A text in YAML in, the Org that it declares out, for tests of facts."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from coordlint.model.base import Declaration
from coordlint.model.org import Org
from coordlint.testing import DAY, HOUSE, InMemory

D = TypeVar("D", bound=Declaration)


def org_of(text: str, as_of: date = DAY) -> Org:
    """The Org that a file of declarations makes, beside a small coordlint.yaml."""
    return InMemory({"coordlint.yaml": HOUSE, "case.yaml": text}).run(as_of=as_of).org


def the(kind: type[D], org: Org, name: str) -> D:
    """The declaration that bears an id."""
    found = org.get(kind, name)
    assert found is not None, f"the test declares no {kind.kind} {name}"
    return found


def ids(declarations: object) -> list[str]:
    """The ids of declarations, sorted."""
    assert isinstance(declarations, (list, tuple, set, frozenset))
    return sorted(each.id for each in declarations if isinstance(each, Declaration))
