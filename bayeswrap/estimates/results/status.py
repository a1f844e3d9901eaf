"""How a search ended: an enum whose members carry the sentence and the advice."""

from __future__ import annotations

import enum

__all__ = [
    "Status",
]


class Status(enum.Enum):
    """How the search for an optimum ended.

    Attributes
    ----------
    sentence : str
        The end of the search as a clause.
    advice : str
        What to do next.
    is_estimate : bool
        Whether the point may be reported as an estimate.
    """

    CONVERGED = (
        "the maximum is verified by a zero gradient and a negative definite Hessian",
        "no action is needed",
        True,
    )
    BOUNDARY = (
        "the maximum lies on the boundary of the support",
        "report the value without a standard error, or use the posterior",
        True,
    )
    NONSMOOTH = (
        "the maximum lies where the density is not differentiable",
        "report the value without a standard error; a Laplace approximation is not valid there",
        True,
    )
    AT_INFINITY = (
        "there is no finite maximum: the log density keeps increasing along a direction",
        "check for separation or for a parameter that the data do not bound; add a prior",
        False,
    )
    UNBOUNDED = (
        "there is no maximum: the density itself is unbounded",
        "a scale may collapse to 0; use the posterior, or a prior with no mass near zero",
        False,
    )
    FLAT = (
        "there is no single maximum: the density is constant along a direction",
        "remove the redundant parameter, or give it a prior",
        False,
    )
    SADDLE = (
        "the search ended on a saddle point",
        "start elsewhere with inits=",
        False,
    )
    NOT_CONVERGED = (
        "no maximum was reached",
        "start closer with inits=, rescale the data, or simplify the program",
        False,
    )

    def __init__(self, sentence: str, advice: str, is_estimate: bool) -> None:  # noqa: FBT001 - an enum's own fields
        self.sentence = sentence
        self.advice = advice
        self.is_estimate = is_estimate

    def __str__(self) -> str:
        return f"{self.name.lower()}; {self.sentence}"
