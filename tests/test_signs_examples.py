"""The signs of the two example companies: what a reader of their files would name, and nothing where all is settled."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_kit import call
from test_example_legacy import DAY, FOLDER, TEXTS

from coordlint.answers.signs import Answer, asked, signs
from coordlint.testing import InMemory

ORG = Path(__file__).parent.parent / "examples" / "org"

# Written by reading examples/legacy and its log as the new chief of staff would, before looking at what code answers.
# One line a declaration: its name, and why it comes to mind.
NAMED = {
    "decisions-twice": """
        decision-right/unit-return      sales and service both decide about a return: the other is `take-back`
        decision-right/customer-credit  two deciders; for one hospital the one said no and the other yes
        decision-right/discount         given in Toronto, and for the head of both regions to give
        decision-right/field-action     decided in a room where the decider does not sit
        team/sales-emea                 tenders of aid agencies belong to both regions
        person/sam-whitaker             two superiors say what comes first
    """,
    "late-surprise": """
        initiative/plover-launch        three plans that nobody reads together; waits for what was given up in May
        initiative/order-system         on track, as of April
        initiative/toronto-depot        two are accountable, and each thought that the other had said it
        record/pipeline                 the dates that everybody plans by are those of August
    """,
    "charter-nobody-states": """
        meeting/management-meeting      "to align the management team and share updates"
        meeting/heron-allocation        what it was for ended in September 2025
        meeting/regional-sync           goes on without the forum that it belonged to
        forum/ideas-circle              collects, and settles nothing
        forum/product-council           nobody in it has the last word
    """,
    "same-rework": """
        handoff/kit-to-regions          three times without French
        handoff/build-to-ship           a photograph for an exchange that is over, and a stamp that nobody explains
        term/dispatch-day               the ship date is two days, one for sales and one for logistics
        record/order-list               the order book, kept a second time
    """,
    "slow-escalations": """
        escalation/launch-stuck         ends with somebody who decides none of it
        escalation/order-stuck          the first step may take for ever
        escalation/authority-asks       begins with somebody who left in February
    """,
    "work-that-does-not-compound": """
        handoff/field-findings          two weeks of good work, and nobody says "it is ours now"
        handoff/design-to-plant         the plant does not know that designs are handed to it
        context-line/americas-to-product  what sells and what does not arrives as mere status
    """,
}
EXPECTED = {sign: sorted(line.split()[0] for line in told.strip().splitlines()) for sign, told in NAMED.items()}


def answered(texts: dict[str, str]) -> dict[str, Answer]:
    return {each.sign.id: each for each in signs(InMemory(texts).run(asked(), DAY))}


LEGACY = answered(TEXTS)


@pytest.mark.parametrize("sign", NAMED)
def test_each_sign_names_what_a_reader_would(sign: str) -> None:
    assert sorted(f"{each.kind}/{each.id}" for each in LEGACY[sign].declarations) == EXPECTED[sign]


def test_every_sign_is_read_for() -> None:
    assert LEGACY.keys() == NAMED.keys()


@pytest.mark.parametrize("other", ["take-back", "ship-date", "order-book", "sales-americas"])
def test_the_other_of_two_is_named_in_what_is_said(other: str) -> None:
    said = [told.message for answer in LEGACY.values() for each in answer.declarations for told in each.told]
    assert [message for message in said if f"`{other}`" in message]


def test_what_a_reader_would_leave_alone_is_in_no_sign() -> None:
    """The interim role and the desk that nobody looked at again are for others to settle, and tell of no sign."""
    named = {f"{each.kind}/{each.id}" for answer in LEGACY.values() for each in answer.declarations}
    assert named & {"role/interim-chief-of-staff", "forum/deal-desk", "meeting/go-to-market", "role/ceo"} == set()


def test_each_finding_of_a_sign_is_one_of_check_or_has_one_for_its_cause() -> None:
    found = {each.fingerprint for each in InMemory(TEXTS).run(asked(), DAY).findings}
    for answer in LEGACY.values():
        for each in answer.declarations:
            assert {told.finding.fingerprint for told in each.told} <= found
            assert [told.rule for told in each.told if not told.caused and told.rule != told.finding.rule] == []


def test_where_all_is_settled_each_sign_is_one_line() -> None:
    ended = call("signs", str(ORG), "--as-of", str(DAY), cwd=FOLDER)
    assert (ended.code, ended.err) == (0, "")
    head, blank, *lines = ended.out.splitlines()
    assert (head, blank) == (f"Wintermere on {DAY}", "")
    assert [line.partition(":")[0] for line in lines] == [answer.sign.name for answer in LEGACY.values()]
    assert [line for line in lines if ": none found in " not in line] == []


@pytest.mark.parametrize("folder", [FOLDER, ORG], ids=lambda folder: folder.name)
def test_a_page_fits_eighty_columns(folder: Path) -> None:
    ended = call("signs", folder.name, "--as-of", str(DAY), cwd=folder.parent)
    assert max(map(len, ended.out.splitlines())) <= 80


def test_the_guide_shows_what_it_says() -> None:
    """Of the sign that the guide shows, a part stands there, line for line."""
    guide = (ORG.parent.parent / "docs" / "signs.md").read_text(encoding="utf-8")
    shown = [
        line[4:] for line in guide.splitlines() if line.startswith("    ") and not line.startswith("    coordlint")
    ]
    said = call("signs", "--as-of", str(DAY), cwd=FOLDER).out.splitlines()
    assert len(shown) >= 6
    assert [line for line in shown if line not in said] == []
