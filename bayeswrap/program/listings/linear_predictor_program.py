"""The program that lists the outcome and the linear predictor of each observation.

It is written as the one that lists log likelihoods, with other numbers in their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.listings.listing_program import PointwiseSource, listing_of
from bayeswrap.program.syntax.tokens import split_arguments, split_call, without_brackets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bayeswrap.program.listings.elements import ObservationTerm
    from bayeswrap.program.listings.vectorised_calls import RewriteContext
    from bayeswrap.program.program import Program

__all__ = [
    "CONTINUOUS",
    "FAMILIES",
    "Family",
    "predictor_listing",
]


# one density, perhaps weighted by one number on its left
_CALL = re.compile(r"(?:(?P<weight>\w+(?:\[[^\[\]]*\])?)\s*\*\s*)?(?P<name>\w+)_lu?p[md]f\s*\(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A distribution with a linear predictor.

    Attributes
    ----------
    kind : str
        ``"binomial"``, ``"count"``, ``"categorical"`` or ``"ordered"``; of continuous outcomes
        ``"location"``, ``"log_location"`` or ``"duration"``, the last with a scale or rate.
    arguments : tuple of str
        Stan text of what is listed of an observation, in terms of its arguments ``{0}``, ...:
        first the trials, then the predictors, scalars or vectors.
    count : int
        How many arguments it takes.
    mean : bool
        Whether the argument is a mean, a function of the predictor, not the predictor.
    """

    kind: str
    arguments: tuple[str, ...]
    count: int
    mean: bool = False


# the parts of an ordered outcome are the predictor first, then the cut points
FAMILIES = {
    "bernoulli_logit": Family(kind="binomial", arguments=("1", "[{0}]'"), count=1),
    "binomial_logit": Family(kind="binomial", arguments=("{0}", "[{1}]'"), count=2),
    "bernoulli": Family(kind="binomial", arguments=("1", "[{0}]'"), count=1, mean=True),
    "binomial": Family(kind="binomial", arguments=("{0}", "[{1}]'"), count=2, mean=True),
    "poisson_log": Family(kind="count", arguments=("0", "[{0}]'"), count=1),
    "poisson": Family(kind="count", arguments=("0", "[{0}]'"), count=1, mean=True),
    "neg_binomial_2_log": Family(kind="count", arguments=("0", "[{0}]'"), count=2),
    "neg_binomial_2": Family(kind="count", arguments=("0", "[{0}]'"), count=2, mean=True),
    "categorical_logit": Family(kind="categorical", arguments=("0", "{0}"), count=1),
    "categorical_logit_glm": Family(
        kind="categorical", arguments=("0", "{1} + (({0}) * ({2}))'"), count=3
    ),
    "ordered_logistic": Family(kind="ordered", arguments=("0", "append_row({0}, {1})"), count=2),
    "ordered_probit": Family(kind="ordered", arguments=("0", "append_row({0}, {1})"), count=2),
    "ordered_logistic_glm": Family(
        kind="ordered", arguments=("0", "append_row(({0}) * ({1}), {2})"), count=3
    ),
}
CONTINUOUS = {
    "normal": Family(kind="location", arguments=("0", "[{0}]'"), count=2),
    "student_t": Family(kind="location", arguments=("0", "[{1}]'"), count=3),
    "cauchy": Family(kind="location", arguments=("0", "[{0}]'"), count=2),
    "logistic": Family(kind="location", arguments=("0", "[{0}]'"), count=2),
    "double_exponential": Family(kind="location", arguments=("0", "[{0}]'"), count=2),
    "skew_normal": Family(kind="location", arguments=("0", "[{0}]'"), count=3),
    "lognormal": Family(kind="log_location", arguments=("0", "[{0}]'"), count=2),
    "exponential": Family(kind="duration", arguments=("0", "[{0}]'"), count=1, mean=True),
    "gamma": Family(kind="duration", arguments=("0", "[{1}]'"), count=2, mean=True),
    "weibull": Family(kind="duration", arguments=("0", "[{1}]'"), count=2, mean=True),
}


def predictor_listing(
    program: Program, families: Mapping[str, Family] = FAMILIES
) -> PointwiseSource:
    """Write the program that lists outcomes and predictors.

    Of each observation it lists the position of its family, from 1, the outcome, the
    trials, its weight, how many predictors there are, and those. A statement of another kind lists
    a single 0.

    Parameters
    ----------
    program : Program
        With the roles of its statements decided.
    families : mapping of str to Family, optional
        What is listed.

    Raises
    ------
    EstimandError
        As for `pointwise`.
    """
    codes = {name: (i, family) for i, (name, family) in enumerate(families.items(), 1)}
    return listing_of(program, lambda *element: _listed(codes, *element))


def _listed(
    codes: Mapping[str, tuple[int, Family]],
    element: ObservationTerm,
    keep: Callable[[str], str],
    writing: RewriteContext,
) -> str:
    """Return the text that lists what is wanted of an element."""
    value = without_brackets(element.value)
    density = _CALL.match(value)
    name = density["name"] if density else ""
    if density is None or name not in codes or writing.is_user(name):
        return keep("0")
    code, family = codes[name]
    _, inner, after = split_call(value[density.start("name") :])
    if after:
        return keep("0")  # a product with a density, or a truncated one
    one_row = inner.replace(f"[{writing.index}:{writing.index}]", f"[{writing.index}]")
    outcome, *arguments = split_arguments(one_row)
    if len(arguments) != family.count:
        return keep("0")
    trials, predictors = (text.format(*arguments) for text in family.arguments)
    vector, at = f"{writing.prefix}_eta", f"{writing.prefix}_k"
    weight = density["weight"] or "1"
    heads = (str(code), outcome, trials, weight, f"num_elements({vector})")
    first = " ".join(map(keep, heads))
    return (
        f"{{ vector[num_elements({predictors})] {vector} = {predictors}; {first} "
        f"for ({at} in 1:num_elements({vector})) {{ {keep(f'{vector}[{at}]')} }} }}"
    )
