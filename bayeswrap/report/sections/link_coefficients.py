"""Coefficients whose exponential is a ratio: what multiplies data in a predictor behind a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tree import Assign, Declaration, Expression, Target, Tilde, flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.program.program import Program

__all__ = [
    "coefficients_by_ratio",
]


@dataclass(frozen=True, slots=True)
class _Density:
    """What an exponential is behind its link, and at which argument its predictor stands.

    Of the versions with a matrix of predictors the matrix stands there, before intercept and
    coefficients; that of ordered categories has no intercept.
    """

    ratio: str
    place: int = 0
    has_intercept: bool = True


_DENSITIES = {
    "bernoulli_logit": _Density("odds ratio"),
    "binomial_logit": _Density("odds ratio", place=1),
    "ordered_logistic": _Density("odds ratio", has_intercept=False),
    "poisson_log": _Density("rate ratio"),
    "neg_binomial_2_log": _Density("rate ratio"),
}
_KINDS = ("_lpmf", "_lpdf", "_lupmf", "_lupdf")
_SUMS = frozenset({"Plus", "Minus"})
_PRODUCTS = frozenset({"Times", "EltTimes"})
_INNER_PRODUCTS = frozenset({"dot_product", "rows_dot_product", "columns_dot_product"})
_SAME_VALUES = frozenset({"to_vector", "to_row_vector", "to_array_1d", "rep_vector"})
_ESTIMATED = ("transformed parameters", "model")


def coefficients_by_ratio(program: Program) -> dict[str, str]:
    """Return the parameters that multiply data in a linear predictor, with what their exp is.

    A predictor may be a variable that is computed before. Within a function that is not linear
    nothing is a coefficient, and neither is what stands behind two links.

    Examples
    --------
    >>> from bayeswrap.program.program import Program
    >>> coefficients_by_ratio(Program.from_string('''
    ...     data { int N; vector[N] x; array[N] int y; }
    ...     parameters { real a; real b; }
    ...     model { vector[N] eta = a + b * x; y ~ bernoulli_logit(eta); }'''))
    {'b': 'odds ratio'}
    """
    reader = _Reader.of(program)
    found: dict[str, set[str]] = {}
    for name, outcome, args in _densities(program):
        base = name.removesuffix("_glm")
        density = _DENSITIES.get(base)
        if density is not None and reader.is_known(outcome):
            for coefficient in reader.coefficients(density, args, matrix=base != name):
                found.setdefault(coefficient, set()).add(density.ratio)
    return {name: next(iter(kinds)) for name, kinds in found.items() if len(kinds) == 1}


def _densities(program: Program) -> Iterator[tuple[str, Expression, tuple[Expression, ...]]]:
    """Yield name, outcome and arguments of the densities of the model block."""
    for statement in flat(program.tree.blocks.get("model", ())):
        if isinstance(statement, Tilde):
            yield statement.distribution, statement.outcome, statement.args
        elif isinstance(statement, Target):
            for part in statement.expression.walk():
                kind = next((k for k in _KINDS if part.name.endswith(k)), "")
                if kind and part.args:
                    yield part.name.removesuffix(kind), part.args[0], part.args[1:]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads predictors: which variables are estimated, and how others are computed."""

    coefficient_names: frozenset[str]
    parameters: frozenset[str]
    computed: dict[str, list[Expression]]

    @classmethod
    def of(cls, program: Program) -> _Reader:
        """Return the reader of a program."""
        parameters = frozenset(v.name for v in program.variables_in("parameters"))
        derived = frozenset(v.name for v in program.variables_in("transformed parameters"))
        computed: dict[str, list[Expression]] = {}
        for block in _ESTIMATED:
            for statement in flat(program.tree.blocks.get(block, ())):
                if isinstance(statement, Declaration) and statement.value is not None:
                    computed.setdefault(statement.name, []).append(statement.value)
                elif isinstance(statement, Assign):
                    computed.setdefault(statement.name, []).append(statement.rhs)
        return cls(parameters | derived, parameters, computed)

    def is_known(self, expression: Expression, seen: frozenset[str] = frozenset()) -> bool:
        """Return whether an expression is made of data alone."""
        for part in expression.walk():
            if part.head != "Variable" or part.name in seen:
                continue
            if part.name in self.parameters:
                return False
            inside = self.computed.get(part.name, [])
            if not all(self.is_known(one, seen | {part.name}) for one in inside):
                return False
        return True

    def coefficients(
        self, density: _Density, args: tuple[Expression, ...], *, matrix: bool
    ) -> Iterator[str]:
        """Yield the coefficients in the predictor of a density."""
        args = args[density.place :]
        if not matrix:
            yield from self._linear(args[0])
            return
        at = 1 + density.has_intercept
        if density.has_intercept:
            yield from self._linear(args[1])
        yield from self._product(args[0], args[at])

    def _linear(self, expression: Expression, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """Yield what multiplies data in the terms of a sum."""
        head, name, args = expression.head, expression.name, expression.args
        if head == "Variable" and name not in seen:
            for one in self.computed.get(name, []):
                yield from self._linear(one, seen | {name})
        elif _is_wrapping(expression):
            yield from self._linear(args[0], seen)
        elif head == "BinOp" and name in _SUMS:
            for arg in args:
                yield from self._linear(arg, seen)
        elif (head == "BinOp" and name in _PRODUCTS) or name in _INNER_PRODUCTS:
            yield from self._product(*args)

    def _product(self, first: Expression, second: Expression) -> Iterator[str]:
        for known, other in ((first, second), (second, first)):
            bare = _bare(other)
            if bare.head == "Variable" and self.is_known(known):
                yield from {bare.name} & self.coefficient_names


def _bare(expression: Expression) -> Expression:
    while _is_wrapping(expression):
        expression = expression.args[0]
    return expression


def _is_wrapping(expression: Expression) -> bool:
    """Return whether an expression has the values of its first part: elements, a conversion."""
    return bool(expression.args) and (
        expression.head in {"Indexed", "Paren", "Promotion"} or expression.name in _SAME_VALUES
    )
