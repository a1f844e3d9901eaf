"""The fixed sentences of a report: the meaning of each column, and what to cite."""

from __future__ import annotations

from bayeswrap.thresholds import (
    BFMI_MIN,
    ESS_PER_CHAIN,
    LARGE_GAP,
    R_HAT_MAX,
    SENSITIVE,
    SMALL_GAP,
)

__all__ = [
    "BIBLIOGRAPHY",
    "CITED_BAYESWRAP",
    "COMPARED",
    "DIAGNOSTICS",
    "INTERVALS",
    "JOINT_MLE",
    "MARGINAL_DENSITY",
    "MEANINGS",
    "NO_MODES",
    "PARETO_K",
    "ROLES",
    "THEORY",
    "THEORY_END",
]


MEANINGS = {
    "mle": "Maximum likelihood estimate, without the prior statements. Below it stands the "
    "standard error (se), which says how much the estimate would vary from one data set to the "
    "next. The standard error describes repeated data. It is not a probability statement about "
    "the parameter.",
    "marginal": " The effects are integrated out of the likelihood. The values shown for the "
    "effects are their conditional modes at the other estimates.",
    "map_constrained": "Mode of the posterior density on the scale on which the parameters are "
    "declared. Below it stands sd_laplace, the posterior standard deviation that follows from the "
    "curvature at the mode. It is not a standard error.",
    "map_unconstrained": "Mode of the posterior density after Stan's transforms, with their "
    "Jacobian. Stan takes the logarithm of a positive parameter, for example. Where a parameter "
    "has bounds, this mode differs from the one on the declared scale.",
    "map_both": "Mode of the posterior density. It is the same on the declared and on the "
    "unconstrained scale, because no parameter is transformed. Below it stands sd_laplace, the "
    "posterior standard deviation that follows from the curvature at the mode. It is not a "
    "standard error.",
    "laplace": "Mean and standard deviation of draws from the normal approximation at the mode "
    "of the unconstrained scale. The draws are transformed to the declared scale.",
    "pathfinder": "Mean and standard deviation of draws from normal approximations along the paths "
    "of an optimizer. The draws are resampled with importance weights.",
    "posterior": "Mean of the posterior draws. Below it stands their standard deviation (sd), "
    "the uncertainty about the parameter given data and prior.",
    "median": "Median of the posterior draws. Unlike mode and mean, it is the same on every scale.",
    "mcse": "Monte Carlo standard error of the posterior mean. It is the error of the computation "
    "and shrinks with more draws. It is not the uncertainty of the parameter.",
    "r_hat": "Rank-normalised split R-hat. Values near 1 mean that the chains agree. Values above "
    f"{R_HAT_MAX.value:g} mean that they do not.",
    "ess": "Effective sample size, the number of independent draws of the same precision. The "
    "upper number is for the bulk of the distribution, the lower one for its tails.",
    "prior_pull": "(MAP \N{MINUS SIGN} MLE) / se. It measures how far the prior shifts the "
    "estimate, in standard errors.",
    "shape_gap_mean": "(mode \N{MINUS SIGN} posterior mean) / posterior sd. Up to "
    f"{SMALL_GAP.value:g} the difference is small, above {LARGE_GAP.value:g} it is large.",
    "se_sd_ratio": "Spread of the point estimate divided by the posterior sd. The spread is "
    "sd_laplace of the MAP, or the standard error where there is only an MLE. A ratio of 1 means "
    "that the curvature at the mode gives the right width.",
    "recommended": "The estimate that the verdict recommends for the parameter, and in brackets "
    "its spread: the standard error of an MLE, sd_laplace of a MAP, the standard deviation of the "
    "posterior. Where there is no verdict it is the estimate at hand.",
    "interval_kind": "A confidence interval belongs to an MLE and describes repeated data. A "
    "credible interval belongs to the posterior. The interval of a MAP approximates that.",
    "strip": "Each estimate with its interval. The vertical line marks zero, where it is in range. "
    "An arrow at the edge is an estimate beyond it. A long vector is drawn as a caterpillar plot, "
    "one line an element, in ascending order.",
    "flag": "What the checks found about this parameter. An empty field means that nothing stands "
    "against the recommended estimate.",
    "use": "What the checks imply for this parameter.",
    "prior_share": "The part of the information that the prior supplies. The information is the "
    "curvature of the log posterior at the MAP. At 0 it all comes from the data, at 1 all from "
    "the prior. A share outside this range is not shown: prior or likelihood is not log-concave "
    "there, and the information does not divide.",
    "psense": "Change of the posterior when the prior, or the likelihood, is raised to a power "
    f"near 1 (cumulative Jensen-Shannon distance for a doubling of the power). Above "
    f"{SENSITIVE.value:g} the posterior is sensitive to that part.",
    "diagnosis": "ArviZ's diagnosis of the two sensitivities. Where the posterior is sensitive to "
    "both, prior and data may be in conflict. An informative prior can have the same effect.",
    "elpd_loo": "Expected log pointwise predictive density for new observations. Larger is better. "
    "Only differences between models of the same data have a meaning.",
    "p_loo": "Effective number of parameters.",
    "tail": "Share of the replications in which the statistic is larger than in the data. Ties "
    "count half. Near 0 or 1 the model does not reproduce the statistic. Near 0.5 it does.",
    "census_density": "Log of the density that was maximised, with all constants. Below it stands "
    "the difference to the best mode.",
    "census_distance": "Distance from the best mode in its standard errors (Mahalanobis distance "
    "on the unconstrained scale).",
    "derived": "A mode in this table is the quantity at the mode of the parameters. It is not the "
    "mode of the quantity's own density, because modes are not invariant.",
}

COMPARED = (
    "The estimates that stand beside the one to report. Their intervals are in the table of "
    "intervals by kind."
)

INTERVALS = {
    "mle": "Wald confidence interval. It is formed on a scale on which the support is the whole "
    "line (logarithm, logit) and transformed back. Over repeated data sets such intervals cover "
    "the parameter this often, where the likelihood is close to normal.",
    "map": "Interval of the normal approximation at the mode. It is formed on the unconstrained "
    "scale and transformed back, so that it stays inside the support. It approximates the "
    "credible interval. It is not a confidence interval.",
    "laplace": "Approximate interval from the quantiles of the draws of the Laplace approximation.",
    "pathfinder": "Approximate interval from the quantiles of the draws of Pathfinder.",
    "posterior": "Equal-tailed credible interval. Given program and data, the parameter lies in it "
    "with this probability.",
}

NO_MODES = (
    "There is no point estimate. The section on estimates that do not exist gives the reason."
)

THEORY = {
    "mle": "The MLE maximises the first term.",
    "marginal": "The marginal MLE maximises the first term after the effects are integrated out.",
    "map": "The MAP maximises the whole sum.",
    "laplace": "The Laplace approximation adds the curvature at a mode.",
    "pathfinder": "Pathfinder draws from normal approximations to the whole sum.",
    "posterior": "NUTS draws from the density itself.",
}

THEORY_END = (
    "The constant does not depend on the parameters, so no estimate depends on it. On the "
    "unconstrained scale Stan adds the log Jacobian of its transforms. The numbers here leave it "
    "out, so that they are comparable."
)

MARGINAL_DENSITY = (
    "The log likelihood of a marginal estimate is that without the effects, which are integrated "
    "out. It has no log population and is not comparable with the log likelihood of a joint mode."
)

JOINT_MLE = (
    "This MLE is a joint one. It maximises the log likelihood and the log population together, "
    "without the log prior."
)

ROLES = {
    "likelihood": "density of the data",
    "prior": "density of parameters, left out for the MLE",
    "population": "distribution of effects within the model",
    "adjustment": "log Jacobian of a change of variables",
    "undecided": "not determined by the text",
}

DIAGNOSTICS = {
    "divergences": "transitions whose trajectory diverged; should be 0",
    "max_treedepth_hits": "transitions that reached the maximum tree depth; should be 0",
    "bfmi_min": f"smallest over the chains; below {BFMI_MIN.value:g} the tails are explored poorly",
    "r_hat_max": f"largest over the parameters; above {R_HAT_MAX.value:g} the chains disagree",
    "ess_min": "smallest over the parameters, bulk or tail; should be at least "
    f"{ESS_PER_CHAIN.value:g} a chain",
}

PARETO_K = {
    "good": "good, importance sampling is reliable",
    "bad": "bad, the observation is influential and its term is unreliable",
    "very_bad": "very bad, the error of its term is not finite",
}

CITED_BAYESWRAP = (
    "bayeswrap developers (2026). bayeswrap{}: maximum likelihood, posterior mode and posterior of "
    "one Stan program side by side. Python package."
)

BIBLIOGRAPHY = {
    "loo": (
        "Vehtari, A., Gelman, A. and Gabry, J. (2017). Practical Bayesian model evaluation using "
        "leave-one-out cross-validation and WAIC. Statistics and Computing 27(5), "
        "1413\N{EN DASH}1432. doi:10.1007/s11222-016-9696-4"
    ),
    "power_scaling": (
        "Kallioinen, N., Paananen, T., Bürkner, P.-C. and Vehtari, A. (2024). Detecting and "
        "diagnosing prior and likelihood sensitivity with power-scaling. Statistics and Computing "
        "34, 57. doi:10.1007/s11222-023-10366-5"
    ),
    "stan": (
        "Carpenter, B., Gelman, A., Hoffman, M. D., Lee, D., Goodrich, B., Betancourt, M., "
        "Brubaker, M., Guo, J., Li, P. and Riddell, A. (2017). Stan: A probabilistic programming "
        "language. Journal of Statistical Software 76(1), 1\N{EN DASH}32. "
        "doi:10.18637/jss.v076.i01"
    ),
    "nuts": (
        "Hoffman, M. D. and Gelman, A. (2014). The No-U-Turn sampler: adaptively setting path "
        "lengths in Hamiltonian Monte Carlo. Journal of Machine Learning Research 15, "
        "1593\N{EN DASH}1623."
    ),
    "r_hat": (
        "Vehtari, A., Gelman, A., Simpson, D., Carpenter, B. and Bürkner, P.-C. (2021). "
        "Rank-normalization, folding, and localization: an improved R-hat for assessing "
        "convergence of MCMC. Bayesian Analysis 16(2), 667\N{EN DASH}718. "
        "doi:10.1214/20-BA1221"
    ),
}
