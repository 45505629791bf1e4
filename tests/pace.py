"""Work in, the CPU seconds out that it would take on an ordinary machine: so limits hold on a slow one too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from types import SimpleNamespace

# What `_measure` takes, in seconds, on the machine for which limits are written.
ORDINARY = 0.016


@contextmanager
def clock() -> Iterator[SimpleNamespace]:
    """Its `seconds` are known when the work is done; what other processes take is not in them."""
    spent = SimpleNamespace(seconds=0.0)
    before = _measure()
    began = process_time()
    yield spent
    taken = process_time() - began
    spent.seconds = taken / max(1.0, before / ORDINARY, _measure() / ORDINARY)


def _measure() -> float:
    """The time of a piece of work that is like ours: texts, mappings, lists, a sort."""
    began = process_time()
    groups: dict[str, list[str]] = {}
    for number in range(40_000):
        word = f"word-{number % 997}-{number}"
        groups.setdefault(word[:8], []).append(word.upper())
    sorted(groups)
    return process_time() - began
