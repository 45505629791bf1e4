"""The signs on the manual's page of findings: the same answer as `coordlint signs` with the rules in force."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from manual_kit import run_of
from test_example_legacy import DAY, TEXTS

from coordlint.answers.signs import State, signs
from coordlint.finding import Accepted, Effect, Finding, Severity, Span
from coordlint.lint import Run
from coordlint.manual import render
from coordlint.rules import all_rules
from coordlint.testing import InMemory

RULES = tuple(each.name for each in all_rules())
DECLARED = {
    "decision_rights": {f"price-{number}": {"question": "What does it cost?"} for number in range(11)},
    "escalations": {"stuck": {"for": "anything", "steps": [{"to": "clerk"}]}},
    "roles": {"clerk": {"held_by": []}},
}


def page(run: Run) -> str:
    return render(run)["findings.html"].decode()


def rows(run: Run) -> dict[str, tuple[str, str]]:
    """The table of signs: where each shows, and how much is open."""
    found = re.search(r'<section[^>]* id="signs".*?</section>', page(run), re.S)
    assert found is not None
    cells = [[re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.S)]
             for row in re.findall(r"<tr>.*?</tr>", found[0], re.S)]  # fmt: skip
    assert cells[0] == ["Sign", "Where it shows", "Open"]
    return {sign.strip(): (where.strip(), number.strip()) for sign, where, number in cells[1:]}


def on(kind: str, id: str, rule: str, *effects: Effect, path: str = "org.yaml") -> Finding:
    return Finding(
        rule, Severity.ERROR, f"something about `{id}`", Span(path, 2, 1, 2, 3), kind=kind, id=id, explains=effects
    )


def made(*findings: Finding, declared: Mapping[str, Any] = DECLARED, house: Mapping[str, Any] | None = None) -> Run:
    return run_of(declared, house, findings)._replace(rules=RULES)


def test_each_sign_names_its_declarations_and_counts_what_is_open() -> None:
    run = InMemory(TEXTS).run(as_of=DAY)
    found = rows(run)
    answers = signs(run)
    assert {name: number for name, (_, number) in found.items()} == {
        each.sign.name: str(each.total) for each in answers
    }
    assert found["Slow escalations"][0] == "Launch stuck, Authority asks (because of Regulatory lead) and Order stuck"
    for answer in answers:
        for named in answer.declarations:
            assert f'href="{named.kind}/{named.id}.html"' in page(run)


def test_where_nothing_is_found_it_says_why() -> None:
    found = rows(made())
    assert found["Decisions made twice"] == ("Nothing found.", "0")
    assert found["The same rework again"] == ("Nothing is written down from which it could be told.", "0")
    unread = run_of(DECLARED, unread=("org.yaml",))._replace(rules=RULES, held_back=RULES)
    assert set(rows(unread).values()) == {("Not judged: parts could not be read.", "0")}


def test_no_more_are_named_than_can_be_read() -> None:
    twice = [on("decision-right", f"price-{number}", "decision/two-deciders") for number in range(11)]
    where, number = rows(made(*twice))["Decisions made twice"]
    assert where.endswith("Price 6 and 3 more")
    assert number == "11"


def test_signs_of_which_no_rule_was_asked_are_left_out() -> None:
    assert 'id="signs"' not in page(run_of({}))
    some = made()._replace(rules=("decision/two-deciders",))
    assert list(rows(some)) == ["Decisions made twice"]


def test_what_is_explained_of_a_hidden_part_is_not_shown() -> None:
    """The cause is open to everybody, and what it leads to is not."""
    effect = Effect(
        *("escalation/target-vacant", Severity.ERROR, "`stuck` reaches nobody"),
        *(Span("closed/stuck.yaml", 3, 1, 3, 2), "escalation", "stuck"),
    )
    cause = on("role", "clerk", "ownership/owner-left", effect)
    assert rows(made(cause))["Slow escalations"] == ("Stuck (because of Clerk)", "1")

    def hidden() -> dict[str, Any]:
        closed = {"stuck": {"for": "anything", "steps": [{"to": "clerk"}], "PATH": "closed/stuck.yaml"}}
        return {**DECLARED, "escalations": closed}

    house = {"paths": [{"match": "closed/**", "visible_to": "clerk"}]}
    run = made(cause, declared=hidden(), house=house)
    assert [each.state for each in signs(run) if each.sign.id == "slow-escalations"] == [State.FOUND]
    assert rows(run)["Slow escalations"] == ("Nothing found.", "0")
    assert "stuck" not in page(run).casefold()


def test_what_is_accepted_is_counted_apart() -> None:
    accepted = Accepted("agreed", None, "baseline", Span("org.yaml", 1, 1, 1, 2))
    waived = on("role", "clerk", "escalation/target-vacant")._replace(accepted=accepted)
    run = made(on("escalation", "stuck", "escalation/too-long"))._replace(waived=(waived,))
    where, number = rows(run)["Slow escalations"]
    assert (where.endswith("; 1 accepted"), number) == (True, "1")
    run = made()._replace(waived=(waived,))
    assert rows(run)["Slow escalations"][0].endswith(" 1 accepted.")
