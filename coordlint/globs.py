"""Patterns in, a test for paths out, in a time that grows with the lengths of both alone, whatever the pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterable

MOST = 100


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """A test whether a path from the root is one that these patterns mean.

    `*` is any name or part of one, `**` any number of folders, `?` a letter. A folder stands for all that lies in it.
    """
    tests = [_test(pattern) for pattern in patterns]
    return lambda path: any(test(path) for test in tests)


def _test(pattern: str) -> Callable[[str], bool]:
    import re
    from fnmatch import translate

    steps: list[Callable[[str], object] | None] = []
    for step in pattern.removeprefix("./").rstrip("/").split("/"):
        if step != "**":
            steps.append(re.compile(translate(step.replace("[", "[[]"))).match)
        elif steps[-1:] != [None]:
            steps.append(None)

    def skip(reached: set[int]) -> set[int]:
        """The steps that may come next, where `**` may stand for no folder at all."""
        return reached | {step + 1 for step in reached if step < len(steps) and steps[step] is None}

    def matches(path: str) -> bool:
        reached = skip({0})
        for name in path.split("/"):
            passed = set()
            for step in reached - {len(steps)}:
                matched = steps[step]
                if matched is None:
                    passed.add(step)
                elif matched(name):
                    passed.add(step + 1)
            reached = skip(passed)
            if len(steps) in reached:
                return True
        return False

    return matches
