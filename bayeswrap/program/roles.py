"""Which statement is prior, population or likelihood: rules on the data flow.

A *likelihood* statement has an outcome made of data; a *prior* one has an outcome made of
parameters alone; a *population* statement is a prior on latent effects whose own parameters reach
the data through those effects only. Imports `flow`, `syntax`, `text`.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bayeswrap.errors import RoleError
from bayeswrap.program.noncentred import noncentred_effects
from bayeswrap.program.syntax import Call, Target, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.flow import Density, TargetNode
    from bayeswrap.program.text import Span

__all__ = ["Role", "TargetStatement", "assign_roles", "overrule"]

_LOCATION_SCALE = frozenset({"normal", "cauchy", "student_t", "double_exponential", "logistic"})


class Role(enum.StrEnum):
    """What a statement that touches ``target`` is."""

    LIKELIHOOD = "likelihood"
    PRIOR = "prior"
    POPULATION = "population"
    ADJUSTMENT = "adjustment"
    UNDECIDED = "undecided"


_SAYABLE = frozenset({Role.LIKELIHOOD, Role.PRIOR, Role.POPULATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatement:
    """A statement that touches ``target``: where it stands, what it says, which role it has."""

    line: int
    column: int
    text: str
    role: Role
    sure: bool
    why: str
    outcome: frozenset[str] = frozenset()
    """Parameters in the outcome."""
    parents: frozenset[str] = frozenset()
    """Parameters in the distribution."""

    def decided(self, role: Role, why: str, *, sure: bool = True) -> TargetStatement:
        """Return this statement with a role."""
        return replace(self, role=role, why=why, sure=sure)


def assign_roles(
    tree: Tree, nodes: Sequence[TargetNode], spans: Sequence[Span], source: str
) -> tuple[TargetStatement, ...]:
    """Give each target statement its role.

    Parameters
    ----------
    tree : Tree
        The program's syntax tree.
    nodes, spans : sequence of TargetNode, sequence of Span
        The same statements in the tree and in the text, in order.
    source : str
        The text that the spans point into.
    """
    places = [_placed(span, source) for span in spans]
    first = [_first_look(p, node) for p, node in zip(places, nodes, strict=True)]
    effects = noncentred_effects(tree, nodes)
    return tuple(_populations(first, effects))


def _placed(span: Span, source: str) -> TargetStatement:
    line = source.count("\n", 0, span.start) + 1
    column = span.start - source.rfind("\n", 0, span.start)
    text = " ".join(source[span.start : span.end].split())
    return TargetStatement(
        line=line, column=column, text=text, role=Role.UNDECIDED, sure=False, why=""
    )


def _first_look(place: TargetStatement, item: TargetNode) -> TargetStatement:
    """Decide what one statement shows by itself: outcome of data, or of parameters."""
    node = item.node
    if isinstance(node, Target) and node.is_jacobian:
        return place.decided(Role.ADJUSTMENT, "follows Stan's jacobian flag")
    if isinstance(node, Call):
        return place.decided(
            Role.UNDECIDED, f"{node.name} adds to target out of sight", sure=False
        )
    place = replace(
        place,
        outcome=frozenset().union(*(d.outcome.parameters for d in item.densities)),
        parents=frozenset().union(*(d.arguments.parameters for d in item.densities)),
    )
    if not item.densities:
        return _no_density(place, item)
    looks = [_density_role(d) for d in sorted(item.densities, key=lambda d: d.name)]
    if len({role for role, _, _ in looks}) > 1:
        return place.decided(
            Role.UNDECIDED, "terms of different roles in one statement", sure=False
        )
    role, why, _ = looks[0]
    return place.decided(role, why, sure=all(sure for _, _, sure in looks))


def _no_density(place: TargetStatement, item: TargetNode) -> TargetStatement:
    if item.flow.data:
        names = ", ".join(sorted(item.flow.data))
        return place.decided(
            Role.UNDECIDED, f"no density, but data ({names}) and parameters", sure=False
        )
    place = replace(place, outcome=item.flow.parameters)
    return place.decided(Role.PRIOR, "a term of parameters alone")


def _density_role(density: Density) -> tuple[Role, str, bool]:
    outcome = density.outcome
    if outcome.parameters and outcome.added:
        names = ", ".join(sorted(outcome.added))
        return Role.LIKELIHOOD, f"outcome holds data ({names})", not outcome.doubtful
    if outcome.parameters:
        return Role.PRIOR, "outcome is a parameter", not outcome.doubtful
    if outcome.data:
        return Role.LIKELIHOOD, f"outcome is data ({', '.join(sorted(outcome.data))})", True
    if _is_constraint(density):
        return Role.UNDECIDED, "a literal 0 as outcome may be a soft constraint", False
    return Role.LIKELIHOOD, "constant outcome, parameters in its distribution", True


def _is_constraint(density: Density) -> bool:
    family = re.sub(r"_l?u?p[dm]f$", "", density.name)
    return density.literal in {"0", "0.0", "0."} and family in _LOCATION_SCALE


def _populations(
    statements: Sequence[TargetStatement], effects: Mapping[str, bool]
) -> list[TargetStatement]:
    """Tell population from prior, now that all likelihood statements are known.

    `effects` maps non-centred effects to True where it is sure that they are effects.
    """
    likelihoods = [s for s in statements if s.role is Role.LIKELIHOOD]
    direct = frozenset().union(*(s.outcome | s.parents for s in likelihoods))
    priors = [s for s in statements if s.role is Role.PRIOR]
    reaching = _reaching(direct, priors)
    latent: set[str] = set()
    for s in priors:
        if _is_population(s, direct, reaching, has_likelihood=bool(likelihoods)):
            latent |= s.outcome
    return [_population_look(s, direct, latent, effects) for s in statements]


def _reaching(direct: frozenset[str], priors: Sequence[TargetStatement]) -> frozenset[str]:
    """Return the parameters that reach a likelihood, directly or through other parameters."""
    known = set(direct)
    while True:
        more = {p for s in priors if s.outcome & known for p in s.parents} - known
        if not more:
            return frozenset(known)
        known |= more


def _is_population(
    statement: TargetStatement,
    direct: frozenset[str],
    reaching: frozenset[str],
    *,
    has_likelihood: bool,
) -> bool:
    parents = statement.parents - statement.outcome
    if parents - direct:
        return True
    # missing or censored values: their statement is all that they have
    return bool(parents) and has_likelihood and not statement.outcome & reaching


def _population_look(
    statement: TargetStatement,
    direct: frozenset[str],
    latent: set[str],
    effects: Mapping[str, bool],
) -> TargetStatement:
    if statement.role is not Role.PRIOR:
        return statement
    if statement.outcome & latent and statement.parents:
        through = sorted(statement.parents - statement.outcome - direct) or sorted(
            statement.parents
        )
        why = f"{', '.join(through)} reaches the data through {_names(statement.outcome)} only"
        return statement.decided(Role.POPULATION, why, sure=statement.sure)
    named = statement.outcome & set(effects)
    if named and not statement.parents:
        if all(effects[name] for name in named):
            why = f"standard effects {_names(named)}, scaled by a parameter"
            return statement.decided(Role.POPULATION, why)
        why = f"{_names(named)} is multiplied by a scale that is used elsewhere too"
        return statement.decided(Role.PRIOR, why, sure=False)
    return statement


def _names(names: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(names))


def overrule(
    statements: Sequence[TargetStatement],
    comments: Sequence[Sequence[str]],
    roles: Mapping[str, str],
) -> tuple[TargetStatement, ...]:
    """Let the user's word stand above the rules.

    Parameters
    ----------
    statements : sequence of TargetStatement
        As the rules see them.
    comments : sequence of sequence of str
        The trailing comments of each statement; one that is exactly a role counts.
    roles : mapping of str to str
        By line (``"24"``), line and column (``"24:3"``) or text of the statement.

    Raises
    ------
    RoleError
        A key that fits no statement, or a word that is not a role.
    """
    said = [_by_comment(s, c) for s, c in zip(statements, comments, strict=True)]
    for key, word in roles.items():
        hits = [i for i, s in enumerate(said) if _matches(str(key), s)]
        if not hits:
            raise RoleError(
                f"roles= names a statement that does not exist: {key!r}",
                expected="one of\n" + "\n".join(f"    {s.line}:{s.column}  {s.text}" for s in said),
                do="use the line, line:column or text of one of these",
            )
        for i in hits:
            said[i] = said[i].decided(_role(word), "said by roles=")
    return tuple(said)


def _by_comment(statement: TargetStatement, comments: Sequence[str]) -> TargetStatement:
    for comment in comments:
        if comment.lower() in _SAYABLE:
            return statement.decided(Role(comment.lower()), "said by a comment")
    return statement


def _matches(key: str, statement: TargetStatement) -> bool:
    places = {str(statement.line), f"{statement.line}:{statement.column}"}
    return key in places or _bare(key) == _bare(statement.text)


def _bare(text: str) -> str:
    return re.sub(r"[\s;]+", "", text)


def _role(word: str) -> Role:
    if word not in _SAYABLE:
        raise RoleError(
            f"{word!r} is not a role that can be said",
            expected="'prior', 'population' or 'likelihood'",
            do="use one of these in roles=",
        )
    return Role(word)
