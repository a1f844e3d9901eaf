"""Which generated quantity is drawn from the distribution that the likelihood gives an outcome.

A name says what was meant (``y_rep``, ``switched_pred``); the program says whether it is so. A
replication is random, has the sizes that its outcome declares, and is made of the parameters and
the data of the outcome's likelihood. What fails one of these is no sure replication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variables_of
from bayeswrap.program.flow.propagation import quantity_flows
from bayeswrap.program.flow.provenance import origins_of, roots
from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.outcome_places import likelihood_families, stands_alone
from bayeswrap.program.syntax.random_numbers import generators, is_reshaped, random_names
from bayeswrap.program.syntax.tree import Target, Tilde

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.flow.propagation import TargetNode
    from bayeswrap.program.flow.values import Flow
    from bayeswrap.program.program import Program

__all__ = [
    "Replication",
    "listed_outcome",
    "named_predictions",
    "replications",
]


Names = frozenset[str]

_USUAL = ("y_rep", "yrep", "y_pred", "y_tilde")
_SUFFIX = re.compile(r"_?(rep|pred|tilde|sim|new)$")
_LOG_LIK = "log_lik"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replication:
    """What a generated quantity that is named like a prediction replicates.

    Attributes
    ----------
    outcome : str
        The data variable; empty where it is open.
    doubt : str
        Why it is open; empty where it is sure.
    new : bool
        Whether it surely predicts other observations than the data.
    """

    outcome: str = ""
    doubt: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class _Observed:
    """An outcome, and what its likelihood is made of."""

    name: str
    dims: tuple[str, ...]
    parameters: Names
    data: Names
    families: Names
    doubt: str


def named_predictions(program: Program) -> dict[str, str]:
    """Return generated quantities named like predictions, each with the data variable in its name.

    ``y_rep``, ``yrep``, ``y_pred`` and ``y_tilde`` always are, with ``""`` where no data variable
    has that name; ``switched_rep`` is one where ``switched`` is data.
    """
    data = {v.name for v in program.variables_in("data")}
    names = {}
    for variable in program.variables_in("generated quantities"):
        stem = _SUFFIX.sub("", variable.name)
        if stem != variable.name and (stem in data or variable.name in _USUAL):
            names[variable.name] = stem if stem in data else ""
    return names


def replications(program: Program) -> dict[str, Replication]:
    """Return what each random quantity that is named like a prediction replicates.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> program = bw.Program.from_string('''
    ...     data { int N; int M; vector[N] y; } parameters { real mu; }
    ...     model { y ~ normal(mu, 1); }
    ...     generated quantities { array[N] real y_rep = normal_rng(rep_vector(mu, N), 1);
    ...                            array[M] real y_tilde = normal_rng(rep_vector(mu, M), 1); }''')
    >>> {name: (r.outcome, r.new) for name, r in replications(program).items()}
    {'y_rep': ('y', False), 'y_tilde': ('', True)}
    """
    random = random_names(program.tree)
    named = {n: stem for n, stem in named_predictions(program).items() if n in random}
    if not named:
        return {}
    flows, observed = quantity_flows(program.tree), _observed(program)
    # the usual name first: one outcome has one replication
    order = sorted(named, key=lambda n: _USUAL.index(n) if n in _USUAL else -1)
    found: dict[str, Replication] = {}
    for name in order:
        made = _replication(program, name, named[name], flows[name], observed)
        taken = next(
            (n for n, r in found.items() if made.outcome and r.outcome == made.outcome), ""
        )
        if taken:
            made = Replication(doubt=f"{taken} is the replication of {made.outcome}")
        found[name] = made
    return {name: found[name] for name in named}


def listed_outcome(program: Program) -> str:
    """Return the outcome whose log likelihood ``log_lik`` surely lists; empty where it is open."""
    variable, observed = program.variables.get(_LOG_LIK), _observed(program)
    if variable is None or variable.block != "generated quantities" or len(observed) != 1:
        return ""
    own, flow = observed[0], quantity_flows(program.tree)[_LOG_LIK]
    of = {name for density in flow.densities for name in density.outcome.data}
    dims = tuple(map(unparse, variable.declaration.dims))
    same = variables_of(flow.parameters) == own.parameters and dims == own.dims
    return own.name if same and of == {own.name} and not own.doubt else ""


def _replication(
    program: Program, name: str, stem: str, flow: Flow, observed: Sequence[_Observed]
) -> Replication:
    """Return the one outcome of which a quantity is a replication."""
    candidates = [o for o in observed if o.name == stem or not stem]
    if not candidates:
        of = f"{stem} as it is declared" if stem else "data as they are declared"
        return Replication(doubt=f"no likelihood statement observes {of}")
    judged = [_judged(program, name, flow, o) for o in candidates]
    sure = [r for r in judged if r.outcome]
    if len(sure) > 1:
        return Replication(doubt=f"{' and '.join(r.outcome for r in sure)} are both possible")
    return (sure or judged)[0]


def _judged(program: Program, name: str, flow: Flow, own: _Observed) -> Replication:
    """Hold the making of a quantity against the likelihood of one outcome."""
    declared = program.variables[name].declaration
    dims = tuple(map(unparse, declared.dims))
    data = _by_value(program, flow.data) - {own.name}
    parameters, more = variables_of(flow.parameters), data - own.data
    sizes = f"[{', '.join(dims)}] is not [{', '.join(own.dims)}], the size of {own.name}"
    if dims != own.dims:
        plain = all(d.head in {"Variable", "IntNumeral"} for d in declared.dims)
        return Replication(doubt=sizes, new=plain and len(dims) == len(own.dims))
    if more:
        why = f"it uses {_listed(more)}, which the likelihood of {own.name} does not"
        return Replication(doubt=why, new=True)
    if own.data - data:
        why = f"it does not use {_listed(own.data - data)}, as the likelihood of {own.name} does"
        return Replication(doubt=why)
    if parameters != own.parameters:
        theirs = f"the likelihood of {own.name} of {_listed(own.parameters)}"
        return Replication(doubt=f"it is made of {_listed(parameters)}, {theirs}")
    doubt = own.doubt or _other_distribution(program, name, own)
    return Replication(doubt=doubt) if doubt else Replication(outcome=own.name)


def _other_distribution(program: Program, name: str, own: _Observed) -> str:
    """Return why a quantity is of another distribution than the outcome; empty where it may be."""
    drawn = generators(program.tree, name)
    if not (own.families and drawn):
        return ""  # a density of the user's, or a value computed from earlier random numbers
    if not drawn <= own.families:
        return f"it is drawn from {_listed(drawn - own.families)}, {own.name} from another family"
    return "" if is_reshaped(program.tree, name) else "it is computed from random numbers"


def _observed(program: Program) -> list[_Observed]:
    """Return the data that likelihood statements observe as they are declared."""
    nodes: dict[str, list[TargetNode]] = {}
    for s in program.of_role(Role.LIKELIHOOD):
        node = program.classified.nodes[s.position]
        if s.summands:
            node = replace(node, summands=tuple(node.summands[i] for i in s.summands))
        for name in sorted(s.data):
            nodes.setdefault(name, []).append(node)
    declared = {v.name: v.declaration for v in program.variables_in("data")}
    return [
        _Observed(
            name=name,
            dims=tuple(map(unparse, declared[name].dims)),
            parameters=variables_of(frozenset[str]().union(*(n.flow.parameters for n in of))),
            data=_by_value(program, _data_of(of)) - {name},
            families=likelihood_families(program.tree, [n.node for n in of]),
            doubt=_transformed(name, of, frozenset(program.tree.functions)),
        )
        for name, of in nodes.items()
        if name in declared
    ]


def _data_of(nodes: Sequence[TargetNode]) -> Names:
    """Return the data that statements hold, but for their outcomes."""
    densities = [d for node in nodes for d in node.densities]
    outcomes = frozenset[str]().union(*(d.outcome.data for d in densities))
    arguments = frozenset[str]().union(*(d.arguments.data for d in densities))
    return arguments | (frozenset[str]().union(*(n.flow.data for n in nodes)) - outcomes)


def _by_value(program: Program, names: Names) -> Names:
    """Return the data behind names that are no sizes."""
    tree = program.tree
    sizes = frozenset(
        e.name for v in program.variables.values() for d in v.declaration.dims for e in d.walk()
    )
    return roots(names, origins_of(tree)) - sizes


def _transformed(name: str, nodes: Sequence[TargetNode], own: Names) -> str:
    for node in nodes:
        if not isinstance(node.node, Tilde | Target) or not stands_alone(name, node.node, own):
            return f"the likelihood does not observe {name} as it is declared"
        if isinstance(node.node, Tilde) and node.node.truncation:
            return f"the distribution of {name} is truncated"
    return ""


def _listed(names: Names) -> str:
    return ", ".join(sorted(names)) or "nothing"
