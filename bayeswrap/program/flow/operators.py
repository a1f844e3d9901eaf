"""What an operator, or a function of Stan's library, makes of its arguments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.values import (
    Flow,
    container_flow,
    nonlinear_flow,
    product_flow,
    sum_flow,
    summary_flow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.flow.scope import Scope

__all__ = [
    "operator_flow",
]


_PRODUCTS = frozenset(
    {"Times", "Divide", "EltTimes", "EltDivide", "LDivide", "IntDivide", "multiply"}
    | {"elt_multiply", "dot_product", "columns_dot_product", "rows_dot_product"}
    | {"diag_pre_multiply", "diag_post_multiply", "quad_form", "quad_form_diag", "quad_form_sym"}
    | {"csr_matrix_times_vector", "mdivide_left", "mdivide_left_spd", "mdivide_right"}
    | {"mdivide_left_tri_low", "mdivide_right_tri_low"}
)
_LINEAR = frozenset(
    {"Plus", "Minus", "to_vector", "to_matrix", "to_row_vector", "to_array_1d", "to_array_2d"}
    | {"head", "tail", "segment", "block", "row"}
    | {"col", "sub_row", "sub_col", "diagonal", "diag_matrix", "cumulative_sum", "reverse"}
    | {"rep_vector", "rep_row_vector", "rep_matrix", "rep_array", "sum", "mean", "add", "subtract"}
)
_CONTAINERS = frozenset({"append_row", "append_col", "append_array"})
_SUMMARIES = frozenset(
    {"mean", "sum", "sd", "variance", "min", "max", "quantile", "prod", "norm1", "norm2"}
    | {"dot_self", "crossprod", "tcrossprod"}
)
_POWERS = frozenset({"Pow", "EltPow", "pow"})
_POSITIVE = frozenset({"exp", "sqrt", "square", "inv_sqrt", "abs", "log1p_exp"})


def operator_flow(name: str, flows: Sequence[Flow], scope: Scope) -> Flow:
    """Return what a function of Stan's library makes of its arguments."""
    if name == "fma":
        _note_product(flows[:2], scope)
        return sum_flow((product_flow("Times", flows[:2]), flows[2]))
    if name in _PRODUCTS:
        _note_product(flows, scope)
        return product_flow(name, flows)
    if name in _POWERS:
        return replace(product_flow("Divide", flows), linear=frozenset())
    if name in _POSITIVE:
        scope.positive |= frozenset[str]().union(*(f.parameters for f in flows))
    if name in _CONTAINERS:
        return container_flow(flows)
    total = sum_flow(flows) if name in _LINEAR else nonlinear_flow(flows)
    return summary_flow(total) if name in _SUMMARIES else total


def _note_product(flows: Sequence[Flow], scope: Scope) -> None:
    """Note which parameters multiply the ones that a factor is linear in."""
    for i, flow in enumerate(flows):
        others = frozenset[str]().union(*(f.parameters for j, f in enumerate(flows) if j != i))
        for name in flow.linear if others else ():
            before = scope.products.get(name, frozenset[frozenset[str]]())
            scope.products[name] = before | ({others - {name}} - {frozenset()})
