"""Public names, with the signatures of what can be called."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Iterable, Mapping
from typing import Any

import plain

import bayeswrap as bw

# ways inside: what lies behind them is nobody's to use
_INSIDE = plain.DROPPED - {"lineup", "proposal"}
_DEEPEST = 6


def surface(results: Iterable[object]) -> dict[str, Any]:
    """Return public names, functions, errors, and the classes that results lead to."""
    public = {n: getattr(bw, n) for n in bw.__all__}
    public |= {f"studies.{n}": getattr(bw.studies, n) for n in bw.studies.__all__}
    classes = {v for v in public.values() if inspect.isclass(v)}
    seen = set[int]()
    for result in results:
        _reach(result, classes, seen, _DEEPEST)
    functions = {n: v for n, v in public.items() if inspect.isfunction(v)}
    return {
        "names": dict.fromkeys(sorted(public), True),
        "functions": {n: _signature(f) for n, f in functions.items()},
        "errors": dict.fromkeys(sorted(_heirs(bw.BayeswrapError)), True),
        "classes": {c.__name__: _class(c) for c in sorted(classes, key=lambda c: c.__name__)},
    }


def _heirs(cls: type) -> set[str]:
    found = {cls.__name__} if not cls.__name__.startswith("_") else set()
    return found.union(*(_heirs(heir) for heir in cls.__subclasses__()))


def _reach(value: Any, classes: set[type], seen: set[int], depth: int) -> None:
    """Collect the classes of an object and of all that its public attributes hold."""
    if depth < 0 or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for element in value:
            _reach(element, classes, seen, depth - 1)
    if not _is_ours(type(value)):
        return
    classes.add(type(value))
    if isinstance(value, enum.Enum):
        return
    for name in dir(type(value)):
        if name.startswith("_") or name in _INSIDE or callable(getattr(type(value), name)):
            continue
        held = plain.attempt(lambda name=name: getattr(value, name))
        _reach(held, classes, seen, depth - 1)


def _is_ours(cls: type) -> bool:
    return cls.__module__.split(".")[0] == "bayeswrap" and not cls.__name__.startswith("_")


def _class(cls: type) -> dict[str, Any]:
    if issubclass(cls, enum.Enum):
        return {"members": {m.name: str(m) for m in cls}}
    public = {n: inspect.getattr_static(cls, n) for n in dir(cls) if not n.startswith("_")}
    ours = {n: v for n, v in public.items() if _is_defined_here(cls, n)}
    return {"made by": _signature(cls), **{n: _attribute(cls, n, v) for n, v in ours.items()}}


def _is_defined_here(cls: type, name: str) -> bool:
    """Tell bayeswrap's own attributes from those of a pandas or built-in base."""
    owner = next(c for c in cls.__mro__ if name in vars(c))
    return owner.__module__.split(".")[0] == "bayeswrap"


def _attribute(cls: type, name: str, static: object) -> object:
    if callable(getattr(cls, name)):
        return _signature(getattr(cls, name))
    # a field, a property or a cached property: all are read alike
    return "readable" if hasattr(type(static), "__get__") else plain.plain(static, 0)


def _signature(function: Any) -> object:
    """Return how something is called: annotations are left out, as nobody calls with them."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}
    return {
        f"{i}" if p.kind is p.POSITIONAL_ONLY else n: {
            "kind": p.kind.name,
            "at": i if p.kind is p.POSITIONAL_OR_KEYWORD else None,
            "default": "none" if p.default is p.empty else _default(p.default),
        }
        for i, (n, p) in enumerate(parameters.items())
    }


def _default(value: object) -> object:
    simple = isinstance(value, (bool, int, float, str)) or value is None
    return value if simple else plain.text(repr(value))
