"""What a distribution becomes where one of its parameters grows without bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.roles.role import Role
from bayeswrap.program.syntax.patterns import family

if TYPE_CHECKING:
    from bayeswrap.program.program import Program

__all__ = [
    "limit_family",
]

# Johnson, Kemp & Kotz, Univariate Discrete Distributions, 2005, ch. 5 and 6
_LIMITS = {
    "neg_binomial": "Poisson",
    "neg_binomial_2": "Poisson",
    "neg_binomial_2_log": "Poisson",
    "neg_binomial_2_log_glm": "Poisson",
    "beta_binomial": "binomial",
    "student_t": "normal",
    "multi_student_t": "multivariate normal",
    "multi_student_t_cholesky": "multivariate normal",
}


def limit_family(program: Program, variable: str) -> str:
    """Return what the likelihood becomes where a parameter is infinite; empty where unknown.

    Examples
    --------
    >>> from bayeswrap import Program
    >>> program = Program.from_string(
    ...     "data { array[5] int y; } parameters { real a; real<lower=0> phi; }"
    ...     "model { y ~ neg_binomial_2_log(a, phi); }")
    >>> limit_family(program, "phi")
    'Poisson'
    """
    found: set[str] = set()
    for role in (Role.LIKELIHOOD, Role.POPULATION):
        for statement in program.of_role(role):
            summands = program.classified.nodes[statement.position].summands
            for i in statement.summands or range(len(summands)):
                for density in summands[i].densities:
                    if variable in density.arguments.parameters:
                        found.add(_LIMITS.get(family(density.name), ""))
    return found.pop() if len(found) == 1 else ""
