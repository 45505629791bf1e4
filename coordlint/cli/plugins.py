"""Names from `--plugins` in, rules out: the one way in for code that is not coordlint's own.

A plugin is Python and may do whatever its user may, so none is loaded but by its name on the command line: nothing that
stands in an organisation's files can turn one on.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType, TracebackType

from coordlint.finding import UsageError
from coordlint.plugins import ABOVE_FILES, rules_in, unfit
from coordlint.rule import Rule

_MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def load(names: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of plugins: each name is that of a module that Python can import, or the path of a `.py` file.

    Raises UsageError for what cannot be loaded, holds no rule, or holds one that could not run beside the others.
    """
    found: dict[str, Rule] = {}
    for name in dict.fromkeys(names):
        rules = rules_in(_module(name))
        if not rules:
            raise UsageError(f"--plugins {name}: no rule stands in it; `@rule(…)` makes one of a function")
        for rule in rules:
            complaint = next(unfit(rule), "")
            if rule.name in found:
                complaint = f"another plugin has a rule `{rule.name}`, too; rename one of the two"
            if complaint:
                raise UsageError(f"--plugins {name}: {complaint}")
            found[rule.name] = rule
    return tuple(found.values())


def _module(name: str) -> ModuleType:
    quiet, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        # What a plugin prints belongs to people: on stdout it would spoil a report.
        with redirect_stdout(sys.stderr):
            return _of_file(name) if _is_path(name) else _of_name(name)
    finally:
        sys.dont_write_bytecode = quiet


def _is_path(name: str) -> bool:
    return name.endswith(".py") or "/" in name or os.sep in name


def _of_name(name: str) -> ModuleType:
    if not _MODULE.fullmatch(name):
        raise UsageError(f"--plugins {name}: this is neither the name of a module nor the path of a `.py` file")
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise UsageError(_broken(name, name, error)) from error
        tip = "for a file, write its path, such as `./house.py`"
        raise UsageError(f"--plugins {name}: no module of that name is installed here; {tip}") from error
    except (Exception, SystemExit) as error:
        raise UsageError(_broken(name, name, error)) from error


def _of_file(path: str) -> ModuleType:
    if not path.endswith(".py"):
        raise UsageError(f"--plugins {path}: a plugin is a `.py` file, or a module by its name")
    if not os.path.isfile(path):
        raise UsageError(f"--plugins {path}: there is no such file")
    stem = os.path.basename(path).removesuffix(".py")
    spec = spec_from_file_location(f"{ABOVE_FILES}.{stem}", os.path.abspath(path))
    if spec is None or spec.loader is None:
        raise UsageError(f"--plugins {path}: this is no file that Python can load")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[spec.name]
        raise UsageError(_broken(path, os.path.abspath(path), error)) from error
    return module


def _broken(name: str, file: str, error: BaseException) -> str:
    """Why a plugin cannot be loaded, in one sentence, with the line that is at fault."""
    if isinstance(error, SyntaxError):
        what, line = error.msg, error.lineno
    else:
        what, line = str(error), _line_in(file, error.__traceback__)
    at = f" (line {line})" if line else ""
    return f"--plugins {name}: it cannot be loaded: {type(error).__name__}: {' '.join(what.split())}{at}"


def _line_in(file: str, trace: TracebackType | None) -> int | None:
    """The last line of a file that was at work when something went wrong."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
