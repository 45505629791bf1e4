"""For tests of the small languages: whatever YAML can hold, slips of the finger, and what every refusal keeps to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from coordlint.values import Interval, Refusal

ODD_TEXTS = ("", " ", "\ud800", "\x00", "a\nb", "\u202e2026", "٣d", "x" * 5000, "-" * 300, "`", "9" * 400, "1e400", "~")

texts = st.one_of(st.text(max_size=30), st.sampled_from(ODD_TEXTS))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-50, 3000),
    # Made late, because a number of 5,000 digits cannot be printed as one of the samples.
    st.sampled_from((5000, 4000)).map(lambda digits: 10**digits),
    st.floats(),
    texts,
)


def anything(words: tuple[str, ...] = (), keys: tuple[str, ...] = ()) -> st.SearchStrategy[Any]:
    """Whatever the core schema of YAML can hold, often with words and keys that the language knows."""
    leaf = st.one_of(scalars, st.sampled_from(words)) if words else scalars
    key = st.one_of(st.sampled_from(keys), texts) if keys else texts
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(key, inner, max_size=5),
            st.dictionaries(st.one_of(st.none(), st.booleans(), st.integers(), st.floats()), inner, max_size=2),
        ),
        max_leaves=8,
    )


@st.composite
def slips(draw: st.DrawFn, words: tuple[str, ...]) -> str:
    """One of the words with a letter or two left out, added or exchanged."""
    text = draw(st.sampled_from(words))
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(text)))
        letter = draw(st.sampled_from(("", "0", "9", "-", " ", "x", "T", ":", ".", ",", ";", "=", "\n", "é", "MO")))
        text = text[:place] + letter + text[place + draw(st.integers(0, 1)) :]
    return text


def part_at(value: Any, refusal: Refusal) -> Any:
    """The part of the value that the refusal's route leads to; the key itself where that is what is wrong."""
    route = refusal.route[:-1] if refusal.on_key else refusal.route
    for step in route:
        value = value[step]
    if refusal.on_key:
        assert refusal.route[-1] in value
        return None
    return value


def hold_to_the_rules(value: Any, answer: Any) -> None:
    """What every refusal keeps to: a route that exists, a stretch inside the text there, and one line to print."""
    if not isinstance(answer, Refusal):
        return
    part = part_at(value, answer)
    size = len(part) if isinstance(part, str) else 0
    assert 0 <= answer.offset < max(size, 1)
    assert 0 <= answer.length <= size - answer.offset
    for line in (answer.message, answer.tip):
        assert line
        assert line.isprintable()
        assert len(line) < 400
        assert not line.endswith(".")


def message_of(answer: Any) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.message


def marked(text: str, answer: Any) -> str:
    """The stretch of the text that the refusal points at."""
    assert isinstance(answer, Refusal), answer
    end = answer.offset + answer.length if answer.length else len(text)
    return text[answer.offset : end]


few = st.integers(-4, 4).map(Decimal)
intervals = st.builds(
    lambda low, high, low_open, high_open: Interval(low, high, low is None or low_open, high is None or high_open),
    st.one_of(st.none(), few),
    st.one_of(st.none(), few),
    st.booleans(),
    st.booleans(),
)
full_intervals = intervals.filter(lambda interval: not interval.empty)
# Every end that an interval can have here, and the middle between each two: no set of them can hide from these.
PROBES = tuple(Decimal(number) / 2 for number in range(-10, 11))
