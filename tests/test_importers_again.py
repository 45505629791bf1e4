"""Importing again: what was edited since is never written, and what is written twice is written once."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from coordlint.importers.again import digest, plan, read_sources, record

FILES = st.dictionaries(st.sampled_from("abcde"), st.sampled_from([b"1", b"2", b"3"]))


def written(raw: bytes) -> dict[str, str]:
    """The sums in the record of an import that has no name of its own."""
    sources = read_sources(raw)
    assert sources is not None
    return sources.get("", {})


@given(first=FILES, edits=FILES, removed=st.sets(st.sampled_from("abcde")), second=FILES)
def test_no_edit_is_lost_and_all_else_follows_the_source(
    first: dict[str, bytes], edits: dict[str, bytes], removed: set[str], second: dict[str, bytes]
) -> None:
    before = written(record(first, {}, plan(first, {}, {})))
    assert before == {path: digest(content) for path, content in first.items()}
    disk = {path: content for path, content in {**first, **edits}.items() if path not in removed}
    planned = plan(second, before, {path: digest(content) for path, content in disk.items()})
    assert {*planned.write, *planned.same, *planned.edited, *planned.removed, *planned.foreign} == {*second}
    for path in planned.write:
        assert disk.get(path) == first.get(path), "only what is as it was written is written over"
    for path in set(second) - {*planned.write, *planned.foreign}:
        assert disk.get(path) == second[path] or disk.get(path) != first[path]
    assert {*planned.behind} == {path for path in (*planned.edited, *planned.removed) if first[path] != second[path]}
    assert {*planned.gone} == {path for path in first if path in disk and path not in second}

    disk |= {path: second[path] for path in planned.write}
    kept = written(record(second, before, planned))
    again = plan(second, kept, {path: digest(content) for path, content in disk.items()})
    assert not again.write
    assert (again.edited, again.removed) == (planned.edited, planned.removed)


def test_a_record_leads_nowhere_else() -> None:
    said = {"files": {"../up.yaml": "1", "a/../b.yaml": "1", "/etc/passwd": "1", "a.yaml": "1"}}
    assert written(json.dumps(said).encode()) == {"a.yaml": "1"}
