"""What an expression is made of, given what its variables are made of.

Imports `flow` and `syntax`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.program.flow import (
    NOTHING,
    Density,
    Flow,
    added_up,
    multiplied,
    passed,
    summarised,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bayeswrap.program.syntax import Expression

__all__ = [
    "Environment",
    "Scope",
    "density_of",
    "family",
    "flow_of",
    "flows_of",
    "is_cumulative",
    "is_zero",
]

_SUFFIXES = ("_lpdf", "_lpmf", "_lupdf", "_lupmf", "_lcdf", "_lccdf")
_CUMULATIVE = ("_lcdf", "_lccdf")
# position of the location among the arguments
_LOCATED_FIRST = frozenset(
    {"normal", "cauchy", "double_exponential", "logistic", "gumbel", "lognormal", "skew_normal"}
    | {"skew_double_exponential", "exp_mod_normal", "von_mises", "multi_normal"}
    | {"multi_normal_cholesky", "multi_normal_prec"}
)
_LOCATED_SECOND = frozenset({"student_t", "multi_student_t", "multi_student_t_cholesky"})
_LOCATION = dict.fromkeys(_LOCATED_FIRST, 0) | dict.fromkeys(_LOCATED_SECOND, 1)
_UNIT = frozenset({"normal", "cauchy", "logistic", "double_exponential", "student_t"})

_PRODUCTS = frozenset(
    {"Times", "Divide", "EltTimes", "EltDivide", "LDivide", "IntDivide", "multiply"}
    | {"elt_multiply", "dot_product", "columns_dot_product", "rows_dot_product"}
    | {"diag_pre_multiply", "diag_post_multiply", "quad_form", "quad_form_diag", "quad_form_sym"}
    | {"csr_matrix_times_vector", "mdivide_left", "mdivide_left_spd", "mdivide_right"}
    | {"mdivide_left_tri_low", "mdivide_right_tri_low"}
)
_LINEAR = frozenset(
    {"Plus", "Minus", "to_vector", "to_matrix", "to_row_vector", "to_array_1d", "to_array_2d"}
    | {"append_row", "append_col", "append_array", "head", "tail", "segment", "block", "row"}
    | {"col", "sub_row", "sub_col", "diagonal", "diag_matrix", "cumulative_sum", "reverse"}
    | {"rep_vector", "rep_row_vector", "rep_matrix", "rep_array", "sum", "mean", "add", "subtract"}
)
_REPEATS = frozenset({"rep_vector", "rep_row_vector", "rep_matrix", "rep_array"})
_SUMMARIES = frozenset(
    {"mean", "sum", "sd", "variance", "min", "max", "quantile", "prod", "norm1", "norm2"}
    | {"dot_self", "crossprod", "tcrossprod"}
)
_SIZES = frozenset({"size", "rows", "cols", "num_elements", "dims"})
_POSITIVE = frozenset({"exp", "sqrt", "square", "inv_sqrt", "abs", "log1p_exp"})

Environment: TypeAlias = dict[str, Flow]


@dataclass(slots=True)
class Scope:
    """What is known while a program is walked: the flow of each variable, and products seen."""

    functions: frozenset[str]
    environment: Environment
    products: dict[str, frozenset[str]] = field(default_factory=dict)
    positive: frozenset[str] = frozenset()


def family(name: str) -> str:
    """Return a density's name without its suffix."""
    return next((name.removesuffix(s) for s in _SUFFIXES if name.endswith(s)), name)


def is_cumulative(name: str) -> bool:
    """Tell a cumulative probability from a density."""
    return name.endswith(_CUMULATIVE)


def is_zero(expression: Expression) -> bool:
    """Tell whether an expression is written as zeros: ``0``, ``rep_vector(0, N)``."""
    head, name, args = expression.head, expression.name, expression.args
    if head in {"IntNumeral", "RealNumeral"}:
        return float(name.replace("_", "")) == 0
    if head == "FunApp" and name in _REPEATS:
        return is_zero(args[0])
    if head in {"Paren", "ArrayExpr", "RowVectorExpr", "PostfixOp"}:
        return all(map(is_zero, args))
    return head == "FunApp" and name.startswith("zeros_")


def density_of(
    name: str,
    args: Sequence[Expression],
    scope: Scope,
    truncation: Sequence[Expression] = (),
) -> Density:
    """Return the density ``name(args[0] | args[1:])``."""
    outcome, rest = args[0], args[1:]
    plain, at = family(name), _LOCATION.get(family(name), -1)
    location = flow_of(rest[at], scope) if 0 <= at < len(rest) else NOTHING
    return Density(
        name=name,
        outcome=_without_densities(flow_of(outcome, scope)),
        arguments=_without_densities(passed(flows_of((*rest, *truncation), scope))),
        location=_without_densities(location),
        literal=_literal(outcome),
        unit=plain == "std_normal" or (plain in _UNIT and _is_unit(rest)),
        user=any(f"{plain}{suffix}" in scope.functions for suffix in _SUFFIXES),
    )


def _without_densities(flow: Flow) -> Flow:
    # what a density's own arguments came from does not matter, and could nest without end
    return replace(flow, densities=frozenset(), bare=frozenset())


def _literal(expression: Expression) -> str:
    while expression.head == "Paren":
        expression = expression.args[0]
    return expression.name if expression.head in {"IntNumeral", "RealNumeral"} else ""


def _is_unit(args: Sequence[Expression]) -> bool:
    """Tell whether the arguments are fixed, and end with location 0 and scale 1."""
    if any(e.head == "Variable" for a in args for e in a.walk()):
        return False
    return [float(_literal(a).replace("_", "") or "nan") for a in args[-2:]] == [0.0, 1.0]


def flows_of(expressions: Iterable[Expression], scope: Scope) -> list[Flow]:
    """Return what each expression is made of."""
    return [flow_of(e, scope) for e in expressions]


def flow_of(expression: Expression, scope: Scope) -> Flow:
    """Return what an expression is made of."""
    head, name, args = expression.head, expression.name, expression.args
    if head == "Variable":
        return scope.environment.get(name, NOTHING)
    if head == "Indexed":
        base = flow_of(args[0], scope)
        chosen = flows_of((i for a in args[1:] for i in a.args), scope)
        return _chosen_by(base, chosen)
    if head == "TernaryIf":
        return _chosen_by(added_up(flows_of(args[1:], scope)), [flow_of(args[0], scope)])
    if head in {"FunApp", "CondDistApp", "BinOp"}:
        return _applied(name, args, scope)
    if head == "PrefixOp" and name not in {"PMinus", "PPlus"}:
        return passed(flows_of(args, scope))
    return added_up(flows_of(args, scope))


def _chosen_by(base: Flow, choosers: Iterable[Flow]) -> Flow:
    """Add the parameters that choose; data that only choose do not count."""
    names = frozenset[str]().union(*(f.parameters for f in choosers))
    return replace(base, parameters=base.parameters | names)


def _applied(name: str, args: tuple[Expression, ...], scope: Scope) -> Flow:
    """Return what an operator or function makes of its arguments."""
    if name in _SIZES:
        return NOTHING
    if name in _REPEATS:
        return flow_of(args[0], scope)
    if name.endswith(_SUFFIXES) and args:
        density = density_of(name, args, scope)
        parameters = density.outcome.parameters | density.arguments.parameters
        return Flow(parameters=parameters, densities=frozenset({density}))
    flows = flows_of(args, scope)
    if name == "fma":
        _note_product(flows[:2], scope)
        return added_up((multiplied("Times", flows[:2]), flows[2]))
    if name in _PRODUCTS:
        _note_product(flows, scope)
        return multiplied(name, flows)
    is_user = name in scope.functions
    if is_user:
        _note_product(flows, scope)
    if name in _POSITIVE:
        scope.positive |= frozenset[str]().union(*(f.parameters for f in flows))
    total = added_up(flows) if name in _LINEAR else passed(flows, doubtful=is_user)
    return summarised(total) if name in _SUMMARIES else total


def _note_product(flows: Sequence[Flow], scope: Scope) -> None:
    """Note which parameters multiply the ones that a factor is linear in."""
    for i, flow in enumerate(flows):
        others = frozenset[str]().union(*(f.parameters for j, f in enumerate(flows) if j != i))
        for name in flow.linear:
            scope.products[name] = scope.products.get(name, frozenset()) | (others - {name})
