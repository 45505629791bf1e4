"""Declarations in, a rendered manual out; and an HTML reader that knows what a page of it may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from coordlint.config import Asked
from coordlint.finding import Finding, Place, Severity, Span
from coordlint.lint import Run
from coordlint.manual import render
from coordlint.model.org import Org
from coordlint.shape import Told
from coordlint.workspace import Workspace

REPOSITORY = Path(__file__).parent.parent
EXAMPLE = REPOSITORY / "examples" / "org"
DAY = date(2026, 10, 12)
VOID = frozenset({"meta", "link", "br", "hr", "input", "col", "img"})


def locate(place: Place) -> Span:
    """A place whose line is as long as the way to it, so that it can be told from others."""
    line = 1 + len(place.route)
    return Span(place.path, line, 1, line, 2)


def run_of(
    declared: Mapping[str, Mapping[str, Any] | list[Any]],
    house: Mapping[str, Any] | None = None,
    findings: tuple[Finding, ...] = (),
    **more: Any,
) -> Run:
    """A Run of declarations as plain data: collection -> id -> fields; `log` holds a list."""
    told = [Told("organisation", "", {"organisation": "Acme", **(house or {})}, "coordlint.yaml", ())]
    for collection, entries in declared.items():
        if isinstance(entries, list):
            numbered = enumerate(entries)
            told += [Told(collection, "", entry, "org.yaml", (collection, index)) for index, entry in numbered]
            continue
        for name, data in entries.items():
            path = data.pop("PATH", "org.yaml") if isinstance(data, dict) else "org.yaml"
            unread = data.pop("UNREAD", None)
            refused = unread is not None
            fields = frozenset(unread or ())
            told.append(Told(collection, name, data, path, (collection, name), fields, refused))
    counting = tuple(each for each in findings if each.accepted is None)
    waived = tuple(each for each in findings if each.accepted is not None)
    return Run(Org(told, DAY, **more), counting, files=2, waived=waived)


def manual_of(
    declared: Mapping[str, Mapping[str, Any] | list[Any]],
    house: Mapping[str, Any] | None = None,
    findings: tuple[Finding, ...] = (),
    reader: str = "",
    **more: Any,
) -> dict[str, str]:
    """The pages of such declarations, as texts."""
    return texts(render(run_of(declared, house, findings, **more), locate=locate, reader=reader))


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: content.decode("utf-8") for path, content in files.items()}


@cache
def example() -> dict[str, bytes]:
    """The manual of the organisation that comes with the project."""
    workspace = Workspace(str(EXAMPLE))
    return render(workspace.run(Asked(), DAY), locate=workspace.locate)


def finding(rule: str, kind: str, name: str, message: str, **more: Any) -> Finding:
    severity = more.pop("severity", Severity.WARNING)
    return Finding(rule, severity, message, Span("org.yaml", 3, 1, 3, 2), kind=kind, id=name, **more)


class Html(HTMLParser):
    """A page taken apart: its elements with their attributes, its words, and whether each element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> has an attribute twice: {names}")
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "a" and "a" in self.open:
            self.wrong.append("a link stands in a link")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a") if "href" in attributes]


def resolved(page: str, href: str) -> tuple[str, str]:
    """The page of the manual, and the mark on it, that a link from a page leads to."""
    path, _, mark = href.partition("#")
    folder = page.rpartition("/")[0]
    steps = folder.split("/") if folder else []
    for step in path.split("/") if path else []:
        if step == "..":
            steps.pop()
        elif step:
            steps.append(unquote(step))
    return ("/".join(steps) if path else page), mark
