"""What is wrong with the waivers themselves. Spoken by `waivers`, and explained here; none of it can be waived."""

from __future__ import annotations

from coordlint.rule import ACCRETION, CORRECTNESS, ERROR, WARNING, rule


@rule(ERROR, preset=CORRECTNESS, weakness=ACCRETION)
def expired() -> None:
    """A waiver ends on the day that was agreed.

    Its last day is still good. On the day after it accepts nothing more, and what it accepted is told again: now is the
    time to mend it, or to agree on another day. A last day that cannot be read counts as past, for nobody knows when it
    would end.

    Bad:

        terms:
          deal:
            # coordlint: ignore[term/undefined] words come later (until 2026-05-31)   # expect: waiver/expired
            means: A sale that is agreed and signed.

    Good:

        terms:
          deal:
            # coordlint: ignore[term/undefined] words come later (until 2026-09-30)
            means: A {{contract}} that is agreed and signed.
    """


@rule(WARNING, weakness=ACCRETION, claims_absence=True)
def unused() -> None:
    """A waiver accepts something that is there.

    What it accepted was mended, or has moved to another line. One that stays without need would some day hide what
    nobody has looked at. It is only said of a waiver whose rule ran and left nothing out, and not of what is paused or
    has ended.

    Bad:

        terms:
          deal:
            # coordlint: ignore[term/undefined] the contract is described later   # expect: waiver/unused
            means: A sale that is agreed and signed.

    Good:

        terms:
          deal:
            # coordlint: ignore[term/undefined] the contract is described later
            means: A {{contract}} that is agreed and signed.
    """


@rule(ERROR, preset=CORRECTNESS)
def unknown_rule() -> None:
    """A waiver names the rules that it waives, each by its full name.

    A family is too much: it would hide what its other rules find next year. What coordlint says of waivers, and of its
    own work, cannot be waived. A comment that begins with `# coordlint:` and says something else is told too, and so is
    one that looks like a waiver and lacks the colon or has capitals, for its author believes that it does something.

    Bad:

        terms:
          deal:
            means: A {{contract}} to sell.   # coordlint: ignore[term/undefind] later   # expect: waiver/unknown-rule
          offer:
            # coordlint: term/undefined is fine here   # expect: waiver/unknown-rule
            means: What a {{contract}} begins with.

    Good:

        terms:
          deal:
            means: A {{contract}} to sell.   # coordlint: ignore[term/undefined] later
          offer:
            # coordlint: ignore[term/undefined] it comes later
            means: What a {{contract}} begins with.
    """


@rule(ERROR)
def no_reason() -> None:
    """A waiver says why.

    Without a reason nobody dares to take it out later, and nobody can tell a decision from a finding that was in the
    way. The finding is accepted all the same.

    Bad:

        terms:
          deal:
            means: A {{contract}} that is agreed.   # coordlint: ignore[term/undefined]  # expect: waiver/no-reason

    Good:

        terms:
          deal:
            means: A {{contract}} that is agreed.   # coordlint: ignore[term/undefined] it comes with the handbook
    """


@rule(ERROR, weakness=ACCRETION)
def stale_baseline() -> None:
    """A baseline accepts only what is still found.

    Something that it accepts was mended, or is found less often. As long as the entry stays, the same could come back
    and nobody would be told. `coordlint baseline --prune` takes out what is no longer found, and adds nothing. Of a
    rule that did not run, or could not look at everything, nobody knows what is no longer found, and nothing is said.
    """
