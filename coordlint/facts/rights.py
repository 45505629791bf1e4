"""Decision rights in; what is added to their calls, which ask the same, and what ties them to escalations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from coordlint.facts.prose import without_plural, words_in
from coordlint.facts.references import namers
from coordlint.facts.venues import Call, calls
from coordlint.model.base import Declaration, Node
from coordlint.model.kinds import DecisionRight, Escalation
from coordlint.model.org import Org, fact_of

ARTICLES = frozenset(("a", "an", "the", "this"))
# What of ASCII stands in no word, and the letters of articles and of plurals.
_NO_BONES = bytes({byte for byte in range(128) if not chr(byte).isalnum()} | {*"".join((*ARTICLES, "s")).encode()})
# So many are held against each call of a right; no table that people read has as many.
MOST_ADDITIONS = 50


def additions(call: Call) -> Iterator[Node]:
    """What is added to a call for sure: whatever depends on inputs that nothing taken before depends on."""
    if "also" not in call.right.data:
        return
    taken = dict(_conditions(call.part))
    for addition, conditions in _added(call.right):
        if all(taken.get(name, condition) == condition for name, condition in conditions.items()):
            taken.update(conditions)
            yield addition


@fact_of
def _added(right: DecisionRight) -> list[tuple[Node, Mapping[str, object]]]:
    return [(addition, _conditions(addition)) for addition in right.also[:MOST_ADDITIONS]]


def _conditions(part: Node) -> Mapping[str, object]:
    when = part.data.get("when")
    return when if isinstance(when, Mapping) else {}


def vetoes(call: Call) -> tuple[list[str], list[Node]]:
    """Who must agree to a call, as they are named, and the parts that say so: it or its right, and what is added."""
    parts = [part for part in (call.speaker("agrees"), *additions(call)) if part.refs("agrees")]
    return list(dict.fromkeys(ref.text for part in parts for ref in part.refs("agrees"))), parts


def are_related(one: DecisionRight, other: DecisionRight) -> bool:
    """Whether one is delegated from the other, both from one, or one takes the other's place."""
    return other in _ties(one) or one in _ties(other) or _ties(one)[0] is _ties(other)[0] is not None


@fact_of
def _ties(right: DecisionRight) -> tuple[DecisionRight | None, Declaration | None]:
    """What a right is delegated from, and what takes its place."""
    return right.org.find(right.delegated_from), right.org.find(right.replaced_by)


def asked_twice(org: Org) -> Iterator[list[DecisionRight]]:
    """For every question that is asked twice, the active rights that ask it beside one that they have no tie to.

    Case, punctuation, plurals and articles make no difference. Linear, however many ask the same.
    """
    by_question: dict[str, list[DecisionRight]] = {}
    for right in _asked_in_some_other_form(org):
        by_question.setdefault(_in_one_form(right), []).append(right)
    for rights in by_question.values():
        apart = _not_all_related(rights) if len(rights) > 1 else []
        if apart:
            yield apart


def _asked_in_some_other_form(org: Org) -> list[DecisionRight]:
    """The active rights whose question has the same bones as that of another: nearly all are told apart by those."""
    bones: dict[DecisionRight, bytes] = {}
    for right in org.active(DecisionRight):
        asked = right.data.get("question")
        if asked and isinstance(asked, str) and not right.refused:
            bones[right] = _bones(asked) or _bones(_in_one_form(right))
    counted = Counter(bones.values())
    return [right for right, each in bones.items() if counted[each] > 1]


def _in_one_form(right: DecisionRight) -> str:
    """The question of a right without what makes no difference; its id where nothing else is asked."""
    words = [without_plural(word) for word in words_in(right.question or "") if word not in ARTICLES]
    return " ".join(words) or right.id


def _bones(asked: str) -> bytes:
    """What is left of a question without its case, all but letters and digits, and any letter of an article or a
    plural."""
    text = asked if asked.isascii() else "".join(words_in(asked))
    return text.encode(errors="surrogatepass").lower().translate(None, _NO_BONES)


def _not_all_related(rights: Sequence[DecisionRight]) -> list[DecisionRight]:
    """Those of some rights that are not related to every other: counted, for they cannot all be compared."""
    tied: dict[Declaration, set[DecisionRight]] = {right: {right} for right in rights}
    siblings = Counter(_ties(right)[0] for right in rights)
    for right in rights:
        for tie in _ties(right):
            if isinstance(tie, DecisionRight) and tie in tied:
                tied[right].add(tie)
                tied[tie].add(right)
    return [right for right in rights if _count(tied[right], _ties(right)[0], siblings) < len(rights)]


def _count(tied: set[DecisionRight], parent: DecisionRight | None, siblings: Mapping[DecisionRight | None, int]) -> int:
    """How many rights are tied to one, itself among them, or come from the parent that it comes from."""
    if parent is None:
        return len(tied)
    return siblings[parent] + sum(_ties(each)[0] is not parent for each in tied)


def can_be_escalated(right: DecisionRight) -> bool:
    """Whether a way is declared that a right takes when it stalls, by itself or by the escalation."""
    if any(call.says("escalation") for call in calls(right)):
        return True
    return right in namers(right.org, Escalation, "for")
