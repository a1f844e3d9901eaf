"""The fixed sentences of a report: what each column means, and what to cite."""

from __future__ import annotations

__all__ = [
    "CITATIONS",
    "CITED_LOO",
    "CITED_POWER_SCALING",
    "DIAGNOSTICS",
    "INTERVALS",
    "JOINT_MLE",
    "MEANINGS",
    "NO_MODES",
    "ROLES",
    "THEORY",
]


MEANINGS = {
    "mle": "Maximum likelihood estimate: the prior statements are switched off. Below it the "
    "standard error (se): how much the estimate would vary from one data set to the next. It is "
    "a statement about repeated data, not about this parameter.",
    "marginal": " Effects are integrated out of the likelihood; theirs are conditional modes at "
    "the other estimates.",
    "map_constrained": "The point of highest posterior density on the scale on which the "
    "parameters are declared. Below it sd_laplace: the posterior standard deviation that the "
    "curvature at the mode suggests. It is not a standard error.",
    "map_unconstrained": "The point of highest posterior density after Stan's transforms (the "
    "logarithm of a positive parameter, say), with their Jacobian. Wherever a parameter has "
    "bounds this is another point: a mode depends on its scale.",
    "map_both": "The point of highest posterior density, the same on the declared and on the "
    "unconstrained scale, as no parameter is transformed. Below it sd_laplace: the posterior "
    "standard deviation that the curvature at the mode suggests. It is not a standard error.",
    "laplace": "Mean and standard deviation of draws from the normal approximation at the mode "
    "of the unconstrained scale, mapped back to the declared scale.",
    "pathfinder": "Mean and standard deviation of draws from normal approximations along the paths "
    "of an optimizer, resampled by their importance.",
    "posterior": "Mean of the posterior draws. Below it their standard deviation (sd): what data "
    "and prior leave uncertain about the parameter.",
    "median": "Median of the posterior draws; unlike mode and mean it is the same on every scale.",
    "mcse": "Monte Carlo standard error of the posterior mean: the error of the computation, "
    "which shrinks with more draws. It is not the uncertainty of the parameter.",
    "r_hat": "Rank-normalised split R-hat: 1 where the chains agree; above 1.01 they do not.",
    "ess": "Effective sample size: independent draws that would be as good, for the middle of "
    "the distribution (bulk), and below it for its tails.",
    "prior_pull": "(MAP \N{MINUS SIGN} MLE) / se: how far the prior moves the estimate.",
    "shape_gap_mean": "(MAP \N{MINUS SIGN} posterior mean) / sd: how far the mode lies from the "
    "middle of the posterior. Up to 0.1 is small, beyond 0.3 is large.",
    "se_sd_ratio": "Spread of the point estimate (sd_laplace of the MAP; se where there is only "
    "an MLE) over the posterior sd: 1 where the curvature at the mode gives the right width.",
    "use": "What the checks below amount to for this parameter.",
    "prior_share": "Which part of the information (curvature of the log posterior at the MAP) the "
    "prior supplies: 0 is all data, 1 all prior. Not defined in the tails of a prior whose log is "
    "not concave there.",
    "psense": "How far the posterior moves (cumulative Jensen-Shannon distance, for a doubling of "
    "the power) when the prior statements, or the likelihood statements, count a little more or "
    "less. Beyond 0.05 it moves noticeably.",
    "diagnosis": "ArviZ's reading of the two numbers. Where both move the posterior, prior and "
    "data may disagree; or the prior is meant to inform, and does.",
    "elpd_loo": "sum over the observations of the log density that the other observations predict "
    "for it, in nats; larger is better, and only its difference between models of the same data "
    "means anything",
    "p_loo": "effective number of parameters",
    "tail": "Share of the replications in which the statistic is larger than in the data, ties "
    "counted half. Near 0 or 1 the program does not reproduce the statistic; near 0.5 it does.",
    "census_density": "Of the density that was maximised, in nats.",
    "census_distance": "From the best mode, in its standard errors (Mahalanobis distance on the "
    "unconstrained scale).",
    "derived": "Modes of derived quantities are the quantities at the mode; a mode is not "
    "invariant, so they are not the modes of the quantities' own densities.",
}

INTERVALS = {
    "mle": "Confidence interval (Wald): formed on a scale on which the support is the whole line "
    "(logarithm, logit), then mapped back. Over repeated data such intervals cover the "
    "parameter this often, where the likelihood is close to normal.",
    "map": "Approximate interval: the normal approximation at the mode, formed and mapped back "
    "so that it stays inside the support. It approximates the credible interval; it is not a "
    "confidence interval.",
    "laplace": "Approximate interval: quantiles of the draws of the Laplace approximation.",
    "pathfinder": "Approximate interval: quantiles of the draws of Pathfinder.",
    "posterior": "Credible interval, equal-tailed: given the program and the data, the parameter "
    "lies in it with this probability.",
}

NO_MODES = "There is no point estimate to show: the section on missing estimates says why."

THEORY = (
    "All four estimates come from this one sum. The MLE maximises its first term alone; the MAP "
    "maximises the whole; the Laplace approximation adds the curvature at a mode; NUTS draws from "
    "the density itself. On the unconstrained scale the log Jacobian of Stan's transforms is "
    "added, which the numbers here leave out so that they can be compared. The "
    "constant does not depend on the parameters, so no estimate depends on it."
)

JOINT_MLE = (
    "This MLE is a joint one: the log population is maximised with the log likelihood, and only "
    "the prior is off."
)

ROLES = {
    "likelihood": "the density of the data",
    "prior": "on parameters; off for the MLE",
    "population": "the distribution of effects within the model",
    "adjustment": "a change of variables",
    "undecided": "not decided from the text",
}

DIAGNOSTICS = {
    "divergences": "transitions that left the trajectory; 0 is right",
    "max_treedepth_hits": "transitions cut off at the maximum tree depth; 0 is right",
    "bfmi_min": "smallest over chains; below 0.3 the tails are explored badly",
    "r_hat_max": "largest over the parameters; above 1.01 the chains disagree",
    "ess_min": "smallest, bulk or tail, over the parameters; at least 100 a chain",
}

CITED_LOO = (
    "Vehtari, A., Gelman, A. and Gabry, J. (2017). Practical Bayesian model evaluation using "
    "leave-one-out cross-validation and WAIC. Statistics and Computing 27(5), "
    "1413\N{EN DASH}1432. doi:10.1007/s11222-016-9696-4"
)
CITED_POWER_SCALING = (
    "Kallioinen, N., Paananen, T., Bürkner, P.-C. and Vehtari, A. (2024). Detecting and "
    "diagnosing prior and likelihood sensitivity with power-scaling. Statistics and Computing "
    "34, 57. doi:10.1007/s11222-023-10366-5"
)

CITATIONS = (
    (
        "Carpenter, B., Gelman, A., Hoffman, M. D., Lee, D., Goodrich, B., Betancourt, M., "
        "Brubaker, M., Guo, J., Li, P. and Riddell, A. (2017). Stan: A probabilistic programming "
        "language. Journal of Statistical Software 76(1), 1\N{EN DASH}32. "
        "doi:10.18637/jss.v076.i01"
    ),
    (
        "Hoffman, M. D. and Gelman, A. (2014). The No-U-Turn sampler: adaptively setting path "
        "lengths in Hamiltonian Monte Carlo. Journal of Machine Learning Research 15, "
        "1593\N{EN DASH}1623."
    ),
    (
        "Vehtari, A., Gelman, A., Simpson, D., Carpenter, B. and Bürkner, P.-C. (2021). "
        "Rank-normalization, folding, and localization: an improved R-hat for assessing "
        "convergence of MCMC. Bayesian Analysis 16(2), 667\N{EN DASH}718. "
        "doi:10.1214/20-BA1221"
    ),
)
