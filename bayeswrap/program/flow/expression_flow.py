"""What an expression is made of, given what its variables are made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.operators import operator_flow
from bayeswrap.program.flow.parameter_cells import variables_of
from bayeswrap.program.flow.same_places import aligned_part, keeps_places
from bayeswrap.program.flow.support_ends import edge_arguments, shifted_parts
from bayeswrap.program.flow.values import (
    NOTHING,
    UNSET,
    Density,
    Flow,
    container_flow,
    nonlinear_flow,
    sum_flow,
    summary_flow,
)
from bayeswrap.program.syntax.patterns import (
    PARTIAL_SUMS,
    REPEATS,
    SIZES,
    SUFFIXES,
    family,
    is_element,
    is_unit,
    is_zero,
    literal,
)
from bayeswrap.program.syntax.rewriting import full_densities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bayeswrap.program.flow.scope import Scope
    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "density_flow",
    "flow_of",
    "flows_of",
]


# position of the location among the arguments
_LOCATED_FIRST = frozenset(
    {"normal", "cauchy", "double_exponential", "logistic", "gumbel", "lognormal", "skew_normal"}
    | {"skew_double_exponential", "exp_mod_normal", "von_mises", "multi_normal"}
    | {"multi_normal_cholesky", "multi_normal_prec"}
)
_LOCATED_SECOND = frozenset({"student_t", "multi_student_t", "multi_student_t_cholesky"})
_LOCATION = dict.fromkeys(_LOCATED_FIRST, 0) | dict.fromkeys(_LOCATED_SECOND, 1)
_UNIT = frozenset(
    {"normal", "cauchy", "logistic", "double_exponential", "student_t"}
    | {"multi_normal", "multi_normal_cholesky", "multi_normal_prec", "multi_student_t"}
)
# these leave every element at its place
_ASIDE = frozenset({"Paren", "TernaryIf"})
_HIGHER_ORDER = PARTIAL_SUMS | {"map_rect"}


def density_flow(
    name: str,
    args: Sequence[Expression],
    scope: Scope,
    truncation: Sequence[Expression] = (),
) -> Flow:
    """Return the flow of the density ``name(args[0] | args[1:])``.

    A density of the user's own is looked into: the densities in its body are what counts. One
    that is written as a formula has its first argument as its outcome, with doubt.
    """
    user = next((n for n in _definitions(name) if n in scope.functions), None)
    density = _density(name, args, scope, truncation)
    if user is None:
        return _of_density(density)
    body = scope.call_flow(user, flows_of(args, scope))
    if body.densities:
        if density.outcome.data and not density.outcome.parameters:
            # what a density of data sums up belongs to it
            body = replace(body, bare=frozenset())
        cut = frozenset[str]().union(*(f.parameters for f in flows_of(truncation, scope)))
        return replace(body, parameters=body.parameters | cut)
    return _of_density(_as_formula(density, body))


def _definitions(name: str) -> tuple[str, ...]:
    """Return the names under which the user may have defined a density."""
    written = full_densities(name)
    return (written,) if name.endswith(SUFFIXES) else (f"{name}_lpdf", f"{name}_lpmf")


def _of_density(density: Density) -> Flow:
    parameters = density.outcome.parameters | density.arguments.parameters
    return Flow(parameters=parameters, densities=frozenset({density}))


def _as_formula(density: Density, body: Flow) -> Density:
    """Return a density of the user's with those data only that its formula holds by value."""
    arguments = replace(
        density.arguments,
        data=density.arguments.data & body.data,
        added=density.arguments.added & body.data,
        rows=density.arguments.rows & body.data,
    )
    return replace(density, arguments=arguments, user=True)


def _density(
    name: str, args: Sequence[Expression], scope: Scope, truncation: Sequence[Expression]
) -> Density:
    outcome, rest = args[0], args[1:]
    plain, at = family(name), _LOCATION.get(family(name), -1)
    location = flow_of(rest[at], scope) if 0 <= at < len(rest) else NOTHING
    return Density(
        name=name,
        outcome=_without_densities(flow_of(outcome, scope)),
        arguments=_without_densities(nonlinear_flow(flows_of((*rest, *truncation), scope))),
        location=_without_densities(location),
        literal=literal(outcome),
        unit=plain == "std_normal" or (plain in _UNIT and is_unit(rest)),
        element=is_element(outcome),
        user=False,
        edges=_edges(plain, outcome, rest, truncation, scope),
    )


def _edges(
    plain: str,
    outcome: Expression,
    rest: Sequence[Expression],
    truncation: Sequence[Expression],
    scope: Scope,
) -> frozenset[str]:
    """Return the parameters that move an end of the support of a density."""
    ends = flows_of((*edge_arguments(plain, rest), *truncation), scope)
    parts = flows_of(shifted_parts(plain, outcome), scope)
    shifted = [f for f in parts if f.data and not f.merged]
    return frozenset[str]().union(*(f.parameters for f in (*ends, *shifted)))


def _without_densities(flow: Flow) -> Flow:
    # what a density's own arguments came from does not matter, and could nest without end
    return replace(flow, densities=frozenset(), bare=frozenset())


def flows_of(expressions: Iterable[Expression], scope: Scope) -> list[Flow]:
    """Return what each expression is made of."""
    return [flow_of(e, scope) for e in expressions]


def flow_of(expression: Expression, scope: Scope) -> Flow:
    """Return what an expression is made of."""
    if expression.head == "Variable":
        return scope.environment.get(expression.name, NOTHING)
    if is_zero(expression):
        return UNSET
    if form := _FORMS.get(expression.head):
        flow = form(expression, scope)
    else:
        flow = container_flow(flows_of(expression.args, scope))
    if flow.aligned and not (expression.head in _ASIDE or keeps_places(expression)):
        return replace(flow, aligned=frozenset())
    return flow


def _tuple(expression: Expression, scope: Scope) -> Flow:
    members = flows_of(expression.args, scope)
    return replace(sum_flow(members), members=tuple(members))


def _member(expression: Expression, scope: Scope) -> Flow:
    base = flow_of(expression.args[0], scope)
    return base.members[int(expression.name) - 1] if base.members else base


def _ternary(expression: Expression, scope: Scope) -> Flow:
    condition, *values = flows_of(expression.args, scope)
    value = _chosen_by(container_flow(values), [condition])
    return replace(value, choosing=value.choosing | condition.rows)


def _prefixed(expression: Expression, scope: Scope) -> Flow:
    flows = flows_of(expression.args, scope)
    return sum_flow(flows) if expression.name in {"PMinus", "PPlus"} else nonlinear_flow(flows)


def _indexed(expression: Expression, scope: Scope) -> Flow:
    """Return what some elements of a container are made of."""
    chosen = flows_of((i for a in expression.args[1:] for i in a.args), scope)
    base = _chosen_by(_cut(expression, scope) or _part(expression, scope), chosen)
    if is_element(expression):
        # one value that a prior may be centred on, not a row of data
        base = summary_flow(base)
    if base.linear <= scope.plain and base.linear == base.parameters:
        return base
    return replace(base, choosing=base.choosing.union(*(f.added for f in chosen)))


def _cut(expression: Expression, scope: Scope) -> Flow | None:
    """Return the flow of the cells of a parameter; None where it is used whole."""
    cells = None if scope.in_function else scope.cells.selected(expression, scope.ranges)
    if cells is None:
        return None
    (name,) = variables_of(cells) or ("",)
    present = cells & scope.environment.get(name, NOTHING).parameters
    return Flow(parameters=present, linear=present) if present else UNSET


def _part(expression: Expression, scope: Scope) -> Flow:
    """Return the flow of some elements of a container that is no parameter."""
    container, *indices = expression.args
    return aligned_part(flow_of(container, scope), tuple(indices), scope.cells, scope.ranges)


def _chosen_by(base: Flow, choosers: Iterable[Flow]) -> Flow:
    """Add the parameters that choose; data that only choose do not count."""
    names = frozenset[str]().union(*(f.parameters for f in choosers))
    return replace(base, parameters=base.parameters | names)


def _applied(expression: Expression, scope: Scope) -> Flow:
    """Return what an operator or function makes of its arguments."""
    name, args = expression.name, expression.args
    if name in SIZES:
        return NOTHING
    if name in REPEATS:
        return flow_of(args[0], scope)
    if name in {"row", "col"} and (part := _cut(expression, scope)):
        return part
    if name in _HIGHER_ORDER:
        return _called_through(name, args, scope)
    if name.endswith(SUFFIXES) and args:
        return density_flow(name, args, scope)
    flows = flows_of(args, scope)
    return (
        scope.call_flow(name, flows)
        if name in scope.functions
        else operator_flow(name, flows, scope)
    )


def _called_through(name: str, args: tuple[Expression, ...], scope: Scope) -> Flow:
    """Return what a function makes of arguments that Stan hands to it, slice by slice."""
    function, *rest = args
    flows = flows_of(rest, scope)
    if name in PARTIAL_SUMS:
        # outcome, grain size, further arguments -> slice, start, end, further arguments
        flows = [flows[0], NOTHING, NOTHING, *flows[2:]]
    plain = function.name if function.name in scope.functions else _definitions(function.name)[0]
    return scope.call_flow(plain, flows)


_FORMS: dict[str, Callable[[Expression, Scope], Flow]] = {
    "Indexed": _indexed,
    "TupleExpr": _tuple,
    "TupleProjection": _member,
    "TernaryIf": _ternary,
    "FunApp": _applied,
    "CondDistApp": _applied,
    "BinOp": _applied,
    "PrefixOp": _prefixed,
}
