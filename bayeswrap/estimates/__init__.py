"""Estimates: modes with their curvature, draws with their diagnostics, enumerations."""

from bayeswrap.estimates.approximation import Approximation
from bayeswrap.estimates.diagnostics import Diagnostics
from bayeswrap.estimates.enumeration import Enumeration
from bayeswrap.estimates.importance import Importance
from bayeswrap.estimates.ladder import Rung
from bayeswrap.estimates.point import LogParts, PointEstimate
from bayeswrap.estimates.posterior import Draws, Posterior
from bayeswrap.estimates.status import Estimator, Scale, Status

__all__ = [
    "Approximation",
    "Diagnostics",
    "Draws",
    "Enumeration",
    "Estimator",
    "Importance",
    "LogParts",
    "PointEstimate",
    "Posterior",
    "Rung",
    "Scale",
    "Status",
]
