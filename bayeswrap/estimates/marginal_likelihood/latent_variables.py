"""Which variables of a program are latent: effects with a population, and missing data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.errors import EstimandError, UnknownNameError
from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.tree import Assign, Declaration, Expression, flat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.program import Program

__all__ = [
    "chosen_latent",
    "latent_variables",
    "require_population",
]


_MERGING = frozenset({"append_row", "append_col", "append_array"})
_BLOCKS = ("transformed parameters", "model")


def latent_variables(program: Program) -> tuple[str, ...]:
    """Return the parameters that a marginal likelihood integrates over, in declaration order.

    These are the outcomes of population statements (`z` where effects are non-centred), and
    missing data that are merged with the observed ones in the outcome of a likelihood.
    """
    declared = program.variables
    latent = set(_missing_data(program))
    for statement in program.of_role(Role.POPULATION):
        outcome = statement.outcome
        containers = {n for n in outcome if declared[n].declaration.dims}
        # a term without a density names its scales beside its effects
        latent |= containers or outcome
    return tuple(v.name for v in program.variables_in("parameters") if v.name in latent)


def chosen_latent(program: Program, marginal: bool | str | Sequence[str]) -> tuple[str, ...]:  # noqa: FBT001 - the user's own words
    """Return the latent variables that the user names, or all of the program.

    Raises
    ------
    UnknownNameError
        A name that is no parameter.
    """
    if isinstance(marginal, bool):
        return latent_variables(program) if marginal else ()
    named = {marginal} if isinstance(marginal, str) else set(marginal)
    parameters = [v.name for v in program.variables_in("parameters")]
    for name in sorted(named - set(parameters)):
        raise UnknownNameError(
            f"program {program.name!r} has no parameter {name!r} to integrate out",
            where="marginal=",
            expected=", ".join(parameters),
            do="name latent variables of the parameters block, or pass marginal=True",
        )
    return tuple(n for n in parameters if n in named)


def require_population(program: Program, latent: Sequence[str]) -> None:
    """Refuse to integrate over what only a doubtful prior holds together: it would be off.

    Raises
    ------
    EstimandError
        Such a statement is in the program.
    """
    effects = {n for s in program.of_role(Role.POPULATION) for n in s.outcome}
    for statement in program.of_role(Role.PRIOR):
        if mixed := statement.outcome & effects & set(latent):
            raise EstimandError(
                f"{', '.join(sorted(mixed))} holds effects of a population and elements with a "
                "prior, which an MLE leaves out: they cannot be integrated out together",
                where=f"{program.name}.stan:{statement.line}  {statement.text}",
                do="declare the effects as a parameter of their own",
            )
        if statement.outcome & set(latent) and not statement.sure:
            raise EstimandError(
                f"{', '.join(sorted(statement.outcome & set(latent)))} has a prior, which an MLE "
                "leaves out: its integral would have nothing to hold it",
                where=f"{program.name}.stan:{statement.line}  {statement.text}",
                do=f'say that it is a population: roles={{"{statement.line}": "population"}}',
            )


def _missing_data(program: Program) -> set[str]:
    """Return the parameters that stand beside data in the outcome of a likelihood."""
    parameters = {v.name for v in program.variables_in("parameters")}
    elsewhere = {n for s in program.statements if s.role is not Role.LIKELIHOOD for n in s.outcome}
    outcomes = {n for s in program.of_role(Role.LIKELIHOOD) for n in s.outcome}
    candidates = outcomes & parameters - elsewhere
    if not candidates:
        return set()
    return candidates & {n for group in _merged(program) for n in group}


def _merged(program: Program) -> Iterator[set[str]]:
    """Yield the parameters that are put beside data in one container."""
    data = {d.name for b in ("data", "transformed data") for d in _declared(program, b)}
    assigned: dict[str, set[str]] = {}
    for block in _BLOCKS:
        for statement in flat(program.tree.blocks[block]):
            match statement:
                case Assign(name=name, rhs=rhs):
                    assigned.setdefault(name, set()).update(_bare(rhs))
                    value: Expression | None = rhs
                case Declaration(value=initial):
                    value = initial
                case _:
                    value = None
            for part in value.walk() if value else ():
                if part.name in _MERGING or part.head == "TernaryIf":
                    yield _beside({n for a in part.args for n in _bare(a)}, data)
    for group in assigned.values():
        yield _beside(group, data)


def _beside(group: set[str], data: set[str]) -> set[str]:
    return group - data if group & data else set()


def _declared(program: Program, block: str) -> Iterator[Declaration]:
    return (s for s in program.tree.blocks[block] if isinstance(s, Declaration))


def _bare(expression: Expression) -> set[str]:
    """Return the name of a variable, or of an indexed one, that stands alone."""
    while expression.head in {"Paren", "Indexed"}:
        expression = expression.args[0]
    return {expression.name} if expression.head == "Variable" else set()
