"""Estimates: modes with their curvature, draws with their diagnostics, enumerations."""

from bayeswrap.estimates.census import Basin, Census
from bayeswrap.estimates.diagnostics import Diagnostics
from bayeswrap.estimates.enumeration import Enumeration
from bayeswrap.estimates.point import LogParts, PointEstimate
from bayeswrap.estimates.posterior import Approximation, Draws, Posterior
from bayeswrap.estimates.status import Estimator, Scale, Status

__all__ = [
    "Approximation",
    "Basin",
    "Census",
    "Diagnostics",
    "Draws",
    "Enumeration",
    "Estimator",
    "LogParts",
    "PointEstimate",
    "Posterior",
    "Scale",
    "Status",
]
