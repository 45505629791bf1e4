"""What the schemas and the small languages say about one declaration. Spoken by `shape`, and explained here."""

from __future__ import annotations

from coordlint.rule import CORRECTNESS, ERROR, rule


@rule(ERROR, preset=CORRECTNESS)
def unknown_key() -> None:
    """Every key is one that the format knows.

    A misspelt key is a statement that nobody reads. Free words have a place of their own: `description`, `tags` and
    `links`.

    Bad:

        teams:
          payments:
            purpuse: Take money from customers.   # expect: shape/unknown-key

    Good:

        teams:
          payments:
            purpose: Take money from customers.
    """


@rule(ERROR, preset=CORRECTNESS)
def missing_key() -> None:
    """What a declaration cannot do without is there.

    Little is: what a meeting, a right or a hand-off should say besides is a matter for other rules, each of which can
    be turned off.

    Bad:

        records:
          launch-decisions:   # expect: shape/missing-key
            at: https://wiki.example.org/launches

    Good:

        records:
          launch-decisions:
            keeps: What was decided for each launch, by whom and why.
            at: https://wiki.example.org/launches
    """


@rule(ERROR, preset=CORRECTNESS)
def bad_value() -> None:
    """Every value has the form that its field asks for.

    A day exists, a duration names its unit, one word of a list is written as the list has it, and an id is made of
    lower-case letters, digits and single hyphens.

    Bad:

        initiatives:
          new-warehouse:
            accountable: ext/builder
            due: 2026-06-31   # expect: shape/bad-value

    Good:

        initiatives:
          new-warehouse:
            accountable: ext/builder
            due: 2026-06-30
    """


@rule(ERROR, preset=CORRECTNESS)
def bad_cadence() -> None:
    """A cadence says when a meeting takes place.

    The finding points at the part that could not be read. The guide to the format shows every form that a cadence can
    take.

    Bad:

        meetings:
          retrospective:
            purpose: Choose one thing to do differently in the next fortnight.
            cadence: {every: fortnight, day: fri, at: "15:00"}   # expect: shape/bad-cadence

    Good:

        meetings:
          retrospective:
            purpose: Choose one thing to do differently in the next fortnight.
            cadence: {every: 2 weeks, day: fri, at: "15:00", starting: 2026-01-09}
    """


@rule(ERROR, preset=CORRECTNESS)
def bad_condition() -> None:
    """A condition of a case can be read, and can come true.

    It speaks of an input that the decision right declares, in words such as `up to 10` or `over 10 up to 25`, and its
    bounds lie inside what the input allows.

    Bad:

        decision_rights:
          discount:
            question: May we give this discount?
            inputs:
              percent: {number: 0 to 100, unit: "%"}
            cases:
              - {when: {percent: over 25 up to 10}, decider: ext/owner}   # expect: shape/bad-condition
            otherwise: {decider: ext/owner}

    Good:

        decision_rights:
          discount:
            question: May we give this discount?
            inputs:
              percent: {number: 0 to 100, unit: "%"}
            cases:
              - {when: {percent: over 10 up to 25}, decider: ext/owner}
            otherwise: {decider: ext/owner}
    """
