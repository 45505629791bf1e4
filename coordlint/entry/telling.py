"""What is wrong with what was said in, one sentence in the words of the command line out."""

from __future__ import annotations

from collections.abc import Sequence

from coordlint.finding import UsageError
from coordlint.model.base import ANY
from coordlint.shape.schemas import schema
from coordlint.values import listed


def sorts() -> tuple[str, ...]:
    """What an entry may tell, by the key that it begins with: held, cancelled, decided and so on."""
    return tuple(schema("log")["dependentSchemas"])


def fields_of(sort: str) -> tuple[str, ...]:
    """The fields that an entry of a sort may have, in the order in which they are written."""
    return tuple(schema("log")["dependentSchemas"][sort]["properties"])


def wrong(field: str, message: str, tip: str = "") -> UsageError:
    """What is wrong in a field, as the option where it was said; what happened is said without one."""
    where = "" if field in sorts() else f"{option(field)}: "
    return UsageError(f"{where}{message}; {tip}" if tip and not message.endswith("?") else f"{where}{message}")


def option(field: str) -> str:
    """The option in which a field is said."""
    return f"--{field.replace('_', '-')}"


def there(names: Sequence[str]) -> str:
    """What there is to name: `there are `a` and `b``."""
    return f"there {'is' if len(names) == 1 else 'are'} {listed(f'`{name}`' for name in names)}"


def in_words(kinds: Sequence[str]) -> str:
    """Kinds of declarations as a sentence names them."""
    return "declaration" if tuple(kinds) == ANY else listed((kind.replace("-", " ") for kind in kinds), "or")
