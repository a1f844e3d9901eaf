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
        What was found.
    advice : str
        What to do next.
    is_estimate : bool
        Whether the point may be reported as an estimate.
    """

    CONVERGED = (
        "a maximum, verified: zero gradient, negative definite Hessian",
        "nothing to do",
        True,
    )
    BOUNDARY = (
        "the maximum lies on the edge of the support",
        "report the value without a standard error, or use the posterior",
        True,
    )
    NONSMOOTH = (
        "the maximum lies on a kink of the density, where no curvature exists",
        "report the value without a standard error; a Laplace approximation is not valid there",
        True,
    )
    AT_INFINITY = (
        "there is no finite maximum: the density rises for ever towards infinity",
        "look for separation or for a parameter that the data do not bound; add a prior",
        False,
    )
    UNBOUNDED = (
        "there is no maximum: the density itself grows without bound",
        "a scale may collapse to 0; use the posterior, or a prior that keeps away from 0",
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
        return f"{self.name.lower()}: {self.sentence}"
