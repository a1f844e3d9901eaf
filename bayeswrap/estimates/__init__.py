"""Estimates: modes with their curvature, draws with their diagnostics, enumerations."""

from bayeswrap.estimates.approximation import Approximation
from bayeswrap.estimates.census import Basin, Census
from bayeswrap.estimates.derive import Derived, DerivedDraws
from bayeswrap.estimates.diagnostics import Diagnostics
from bayeswrap.estimates.enumeration import Enumeration
from bayeswrap.estimates.identification import Flat
from bayeswrap.estimates.importance import Importance
from bayeswrap.estimates.ladder import Rung
from bayeswrap.estimates.nested import LikelihoodRatioTest, likelihood_ratio_test
from bayeswrap.estimates.point import LogParts, PointEstimate
from bayeswrap.estimates.posterior import Draws, Posterior
from bayeswrap.estimates.profile import Profile
from bayeswrap.estimates.status import Estimator, Scale, Status

__all__ = [
    "Approximation",
    "Basin",
    "Census",
    "Derived",
    "DerivedDraws",
    "Diagnostics",
    "Draws",
    "Enumeration",
    "Estimator",
    "Flat",
    "Importance",
    "LikelihoodRatioTest",
    "LogParts",
    "PointEstimate",
    "Posterior",
    "Profile",
    "Rung",
    "Scale",
    "Status",
    "likelihood_ratio_test",
]
