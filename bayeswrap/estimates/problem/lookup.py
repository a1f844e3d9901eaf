"""Lookup of variables and scalars by name or label, alone and in expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import UnknownNameError
from bayeswrap.estimates.problem.labels import stan_name
from bayeswrap.estimates.problem.layout import variable_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bayeswrap.estimates.problem.layout import Layout

__all__ = [
    "spell_out",
    "take",
    "unknown_name",
]


def spell_out(text: str, labels: Mapping[str, str], names: Collection[str]) -> str:
    """Return an expression with Stan's spelling in place of labels.

    Parameters
    ----------
    text : str
        Such as ``"exp(beta[dose]) - 1"``.
    labels : mapping of str to str
        Labels by Stan's name.
    names : collection of str
        All scalars, in Stan's spelling.

    Raises
    ------
    UnknownNameError
        What stands in the brackets of a variable that has labels is neither label nor number.
    """
    variables = dict.fromkeys(variable_of(name) for name in labels)
    parts, end = [], 0
    for begin in re.finditer(r"\b(\w+)\s*\[", text):
        if begin.start() < end or begin[1] not in variables:
            continue
        inside = _bracketed(text[begin.end() :])
        name = stan_name(f"{begin[1]}[{inside}]", labels)
        if not re.fullmatch(r"\w+\[[\d:,]*\]", name):
            raise unknown_name(f"{begin[1]}[{inside}]", names, labels)
        parts += [text[end : begin.start()], name]
        end = begin.end() + len(inside) + 1
    return "".join(parts) + text[end:]


def _bracketed(text: str) -> str:
    """Return what stands before the bracket that closes one that is open."""
    depth = 1
    for at, sign in enumerate(text):
        depth += (sign == "[") - (sign == "]")
        if not depth:
            return text[:at]
    return text


def take(values: np.ndarray, name: str, layout: Layout, labels: Mapping[str, str]) -> np.ndarray:
    """Return a variable's values in its declared shape, or those of one scalar.

    Parameters
    ----------
    values : (..., n) array
        Of all scalars.
    name : str
        A variable; or a scalar, in Stan's spelling or by its label.
    layout : Layout
        Names and shapes of the scalars.
    labels : mapping of str to str
        Labels by Stan's name.

    Raises
    ------
    UnknownNameError
        There is no such variable or scalar.
    """
    if name in layout.variables:
        return layout.take(values, name)
    scalar = stan_name(name, labels)
    if scalar not in layout.names:
        raise unknown_name(name, layout.names, labels)
    return np.asarray(values)[..., layout.names.index(scalar)].copy()


def unknown_name(
    name: str,
    names: Collection[str],
    labels: Mapping[str, str],
    *,
    what: str = "variable",
    where: str = "in this result",
) -> UnknownNameError:
    """Return the error for a name that is no variable and no scalar, with the nearest one.

    Parameters
    ----------
    name : str
        What the user asked for.
    names : collection of str
        The scalars that there are, in Stan's spelling.
    labels : mapping of str to str
        Labels by Stan's name.
    what, where : str, optional
        What was looked for, and where.
    """
    variables = dict.fromkeys(variable_of(n) for n in names)
    own = [n for n in names if variable_of(n) == variable_of(name)]
    near = [*(labels[n] for n in own if n in labels), *own]
    # the name of a column alone: its coefficient may be meant
    inside = [label for label in labels.values() if label.partition("[")[2][:-1] == name]
    nearest = (
        f"; did you mean {inside[0]!r}?" if inside else did_you_mean(name, [*near, *variables])
    )
    elements = [n for n in own or names if "[" in n][:1]
    example = "".join(f", or a scalar such as {labels.get(n, n)}" for n in elements)
    return UnknownNameError(
        f"no {what} {name!r} {where}{nearest}",
        expected=f"one of {', '.join(variables)}{example}",
        do="use the name of a variable, or of a scalar, which Stan counts from 1",
    )
