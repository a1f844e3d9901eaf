"""Every number that changes a message, with its unit, its source and its record.

A status, a warning, the outcome of a check, a verdict and a recommendation depend on these rows
alone. A number that only steers an algorithm stays beside the algorithm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = [
    "THRESHOLDS",
    "Threshold",
]


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number on which a message depends.

    Attributes
    ----------
    value : float
        The number.
    unit : str
        What it counts.
    beyond : str
        What the user reads beyond it.
    source : str
        DOI, arXiv number or citation; where the number is ours, the argument in short.
    decision : str
        Number of the record in ``docs/decisions`` that argues for it.
    """

    value: float
    unit: str
    beyond: str
    source: str
    decision: str


_SHIFTED = "coverage of a shifted normal interval"
_SCALED = "coverage of a normal interval of the wrong width"
_PSIS = "arXiv:1507.02646"
_R_HAT = "doi:10.1214/20-BA1221"
_ENERGY = "arXiv:1604.00695"
_PROFILE = "doi:10.1093/bioinformatics/btp358"
_WEAK = "doi:10.1214/08-AOAS191"
_LOO = "arXiv:2008.10296"
_TAILS = "doi:10.1080/01621459.1986.10478240"
_NEWTON = "Newton decrement: Boyd & Vandenberghe 2004, Convex Optimization, section 9.5"
_SPIKES = "a Gaussian observation on a spike adds 1 nat for each log unit of its scale"

# the point estimate against the posterior
SMALL_GAP = Threshold(
    0.1, "posterior sd", "a 95 % interval covers less than 94.9 %", _SHIFTED, "0003"
)
LARGE_GAP = Threshold(
    0.3, "posterior sd", "a 95 % interval covers less than 94.0 %", _SHIFTED, "0003"
)
SMALL_RATIO = Threshold(
    1.1, "ratio of spreads", "a 95 % interval covers less than 92.5 %", _SCALED, "0003"
)
LARGE_RATIO = Threshold(
    1.25, "ratio of spreads", "a 95 % interval covers less than 88.3 %", _SCALED, "0003"
)
SMALL_COVERAGE_ERROR = Threshold(
    0.025, "probability", "a 95 % interval covers less than 92.5 %", _SCALED, "0014"
)
COVERAGE_ERROR = Threshold(
    0.05,
    "probability",
    "a 95 % interval covers less than 90 %, or leaves more than 7.5 % in one tail",
    "twice the error that the interval states",
    "0014",
)
MONTE_CARLO_ERRORS = Threshold(
    2.0, "Monte Carlo standard errors", "the outcome is determined", "95 % of a normal", "0003"
)
NEAR_EDGE = Threshold(
    0.5,
    "standard errors to the nearest end of the support",
    "there is no Wald interval, as the end is too close for its quadratic",
    "on the log or logit link a 95 % interval then spans a factor of exp(2 * 1.96 / 0.5) = 2,500",
    "0026",
)
TYPICAL_SET_TAIL = Threshold(
    1e-3, "probability", "the mode is far from the draws", "chi-square of log densities", "0005"
)

# prior against data
CONFLICT_SHIFT = Threshold(
    2.0, "standard errors", "prior and data conflict", "doi:10.1214/06-BA129", "0005"
)
CONFLICT_TAIL = Threshold(
    0.01, "probability", "prior and data conflict (below it)", "doi:10.1214/06-BA129", "0005"
)
VISIBLE_SHIFT = Threshold(
    0.01, "standard errors", "the prior shift is a number", "a tenth of a small gap", "0012"
)
SENSITIVE = Threshold(
    0.05,
    "power-scaling sensitivity",
    "the posterior is sensitive to that part",
    "doi:10.1007/s11222-023-10366-5",
    "0012",
)

# the sampler
R_HAT_MAX = Threshold(1.01, "R-hat", "the chains disagree", _R_HAT, "0003")
ESS_PER_CHAIN = Threshold(100, "effective draws a chain", "(below it) no verdict", _R_HAT, "0003")
R_HAT_OVERLAP = Threshold(
    1.2,
    "R-hat",
    "the chains visit separate regions",
    "doi:10.1080/10618600.1998.10474787",
    "0005",
)
BFMI_MIN = Threshold(0.3, "E-BFMI", "(below it) the energy hardly moves", _ENERGY, "0012")
TRAJECTORY_STEPS = Threshold(
    1023, "leapfrog steps", "the scales are too unequal for a tree of depth 10", _ENERGY, "0012"
)
FUNNEL_NECK = Threshold(
    3.0,
    "median spread of the effects over its 2.5 % quantile",
    "no step size fits the effects",
    "a leapfrog step is stable up to 2 sd: arXiv:1206.1901, section 4.2",
    "0021",
)

# approximations
K_HAT_MAX = Threshold(0.7, "Pareto k-hat", "the weights are unreliable", _PSIS, "0003")
K_HAT_DRAWS_MIN = Threshold(25, "draws", "(below it) k-hat is not computed", _PSIS, "0012")
K_HAT_NO_MEAN = Threshold(1.0, "Pareto k-hat", "the weights have no mean", _PSIS, "0012")
LAPLACE_DISTANCE = Threshold(
    1.0, "posterior sd", "the Laplace draws lie outside the bulk", "Wasserstein distance", "0005"
)
NEGLIGIBLE_SHIFT = Threshold(
    0.1, "posterior sd", "the Laplace approximation is not adequate", _SHIFTED, "0012"
)

# the maximum
UNSEEN_BASINS = Threshold(
    0.01,
    "share of starts",
    "(below it) a search from several starts stops: another maximum is improbable",
    "doi:10.1007/BF02591684",
    "0017",
)
VERIFIED_DECREMENT = Threshold(
    1e-5, "standard errors", "the search has not converged", _NEWTON, "0012"
)
CLEAN_EIGENVALUE = Threshold(
    0.1, "from -1, whitened", "the curvature is not that of a clean maximum", _NEWTON, "0012"
)
SLOPE_ERROR = Threshold(
    0.005,
    "nats a standard error",
    "the gradient contradicts the values of the density",
    "an estimate off by 0.005 standard errors: a twentieth of a small gap",
    "0017",
)
PLATEAU_WIDTH = Threshold(
    100, "times the position", "a standard error is that of a plateau", _NEWTON, "0012"
)
ILL_CONDITIONED = Threshold(
    1e6,
    "condition number with a unit diagonal",
    "six of 16 digits are lost",
    "doi:10.1137/1.9780898718027",
    "0005",
)
DIRECTION_PART = Threshold(
    0.05, "of the largest component", "the parameter is named", "readability", "0012"
)

# the search from many starts
MODE_MASS = Threshold(
    0.01,
    "of the Laplace mass of all modes",
    "(at least) the mode is reported beside the best one",
    "an interval that misses the mode covers at most that much less",
    "0019",
)
RIVAL_MODE = Threshold(
    float(np.log(1000)),
    "nats below the best mode",
    "(within it, where masses are not known) the mode is reported beside the best one",
    "Bayes: density times volume",
    "0005",
)
EQUAL_HEIGHT = Threshold(
    1e-6, "relative, of a log density", "one mode is higher than another", "rounding", "0012"
)
RARELY_REACHED = Threshold(
    0.05, "of the starts", "(at most) a better mode may be missing", "readability", "0012"
)
COLLAPSED_SCALE = Threshold(
    8.0, "log units of a scale", "the scale may have collapsed", _SPIKES, "0012"
)
COLLAPSE_RISE = Threshold(
    10.0, "nats on the second half of the way", "the density is unbounded", _SPIKES, "0012"
)
COLLAPSE_EVENNESS = Threshold(
    0.2, "of that rise on its last half", "the density is unbounded", _SPIKES, "0012"
)
SPIKE_SLOPE = Threshold(0.25, "nats a log unit", "the density is unbounded", _SPIKES, "0005")
SPIKE_EVENNESS = Threshold(
    1 + 1e-5, "largest over smallest rise", "the rise wears off: there is no spike", _SPIKES, "0005"
)
EDGE_SPIKE_EVENNESS = Threshold(
    1.01,
    "rise far from an edge over the rise near it",
    "the density is unbounded at an edge made of the outcomes",
    "d^(shape - 1): doi:10.1093/biomet/72.1.67; a rise that is 1 / log(1/d) slower falls by 15 %",
    "0030",
)
RIDGE_HEIGHT = Threshold(
    0.1, "nats below the highest end", "the end lies on another ridge", "likelihood ratio", "0012"
)
RIDGE_SADDLE = Threshold(
    2.0, "nats below the ridge", "the ridge is in separate pieces", "likelihood ratio", "0012"
)
SEPARATE_LABELS = Threshold(
    2.0,
    "mean over sd of the size of a difference",
    "two labellings are apart",
    "1.3 for one normal around 0; two normals 4 sds apart",
    "0021",
)
VISITED_LABELLING = Threshold(
    0.01, "of the draws", "the draws visit a second labelling", "a fifth of COVERAGE_ERROR", "0021"
)
STILL_CHAIN = Threshold(
    0.01,
    "mean square of successive differences over variance",
    "a chain that stands or creeps shows no labelling",
    "2 for independent draws, 0.02 for an autocorrelation of 0.99, 6/n for a random walk",
    "0021",
)

# intervals and identification
PROFILE_FALL = Threshold(1.92, "nats", "(below it) the 95 % interval has no end", _PROFILE, "0005")
PROFILE_LEVEL = Threshold(
    0.01, "nats between t and 2 t", "the profile still falls", _PROFILE, "0005"
)
WEAK_HALF_WIDTH = Threshold(1.96, "standard errors", "outside the 95 % interval", _WEAK, "0005")
WEAK_REACH = Threshold(10.0, "times the plausible range", "weakly identified", _WEAK, "0005")
PLAUSIBLE_LOGIT = Threshold(10.0, "logits", "implausible: from 0.7 % to 99.3 %", _WEAK, "0005")
PLAUSIBLE_LOG = Threshold(5.0, "log units", "implausible: a factor of 150", _WEAK, "0005")
HARMLESS_CONDITION = Threshold(
    50.0, "condition number", "widths of intervals are judged", "sqrt(50) < 10", "0005"
)
OUTCOMES_MIN = Threshold(
    5, "outcomes", "(below it) their range is not a plausible range", _WEAK, "0005"
)

# propriety
TAIL_DIVERGES = Threshold(
    1.05, "exponent of 1/t", "(at most) the mass of the tail is infinite", _TAILS, "0005"
)
TAIL_CONVERGES = Threshold(
    1.2, "exponent of 1/t", "(at least) the mass of the tail is finite", _TAILS, "0005"
)
TAIL_MARGIN = Threshold(
    10.0, "nats beside the width of the others", "the mass of the tail is finite", _TAILS, "0012"
)
TAIL_REACHABLE = Threshold(
    30.0, "nats below the mode", "no sampler comes there", "exp(-30) of the density", "0005"
)
EXACT_FIT_SLOPE = Threshold(
    -0.02, "slope of the log density", "the mass at 0 is infinite", "the integral of 1/t", "0005"
)

# predictions
CONTROL_MEAN = Threshold(
    5.0,
    "standard errors",
    "means are those of the draws, without control variates",
    "doi:10.1007/s11222-012-9344-6",
    "0012",
)
PREDICTIVE_TAIL = Threshold(
    0.01,
    "posterior predictive p-value",
    "(below it) the program does not predict the statistic",
    "Gelman, Meng & Stern 1996, Statistica Sinica 6:733-807",
    "0012",
)
ELPD_DIFFERENCE_MIN = Threshold(4.0, "elpd", "(below it) the difference is too small", _LOO, "0012")
ELPD_OBSERVATIONS_MIN = Threshold(
    100, "observations", "(below it) the standard error is optimistic", _LOO, "0012"
)
ELPD_ERRORS = Threshold(
    2.0, "standard errors of the difference", "one program predicts better", _LOO, "0012"
)

# a saved result on this machine
REEVALUATED = Threshold(
    1e-6,
    "of the size of a log density, at least 1 nat",
    "a stored number does not hold",
    "files of CmdStan keep at least six digits; another order of summation changes less",
    "0038",
)

# time
GRACE = Threshold(
    10.0,
    "seconds beside the time that NUTS takes",
    "a question is left open, and named",
    "with 3 s three gold programs lost flags that are true of them",
    "0028",
)

THRESHOLDS = {name: row for name, row in globals().items() if isinstance(row, Threshold)}
