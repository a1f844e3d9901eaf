"""`glm`: a model from a formula and a data frame."""

from __future__ import annotations

import functools
import warnings
from typing import TYPE_CHECKING, Any

from bayeswrap.errors import BayeswrapWarning, UsageError
from bayeswrap.formulas.design_builder import design_of
from bayeswrap.regression.families import FAMILIES, family_of
from bayeswrap.regression.regression import Regression
from bayeswrap.regression.standardized_columns import standardized
from bayeswrap.regression_model.regression_model import RegressionModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bayeswrap.formulas.design_matrices import Design
    from bayeswrap.model.bound_model import EngineName
    from bayeswrap.regression.families import Family, LinkName

__all__ = [
    "glm",
]

_CALLER = 2


def glm(
    formula: str | Iterable[str],
    data: Any,  # noqa: ANN401 - any table
    *,
    family: str = "gaussian",
    link: LinkName | None = None,
    trials: Any = None,  # noqa: ANN401 - a column, or values
    weights: Any = None,  # noqa: ANN401 - a column, or values
    offset: Any = None,  # noqa: ANN401 - a column, or values
    censored: Any = None,  # noqa: ANN401 - a column, or values
    upper: Any = None,  # noqa: ANN401 - a column, or values
    priors: Mapping[str, str] | None = None,
    standardize: bool = False,
    missing: str = "error",
    engine: EngineName = "auto",
) -> RegressionModel:
    """Make a regression model of a data frame.

    Parameters
    ----------
    formula : str or iterable of str
        As in R and brms: ``"y ~ x * f + (1 + x | g)"``, and beside it formulas for further
        parameters of the family, ``["y ~ x", "sigma ~ x"]``.
    data : DataFrame, mapping of columns, str or Path
        A frame of pandas, polars or Arrow, or the path of a file.
    family : str, optional
        ``gaussian student asym_laplace bernoulli binomial beta_binomial poisson negbinomial
        zero_inflated_poisson zero_inflated_negbinomial hurdle_poisson gamma lognormal
        inverse_gaussian weibull exponential loglogistic beta cumulative categorical``.
    link : str, optional
        The link of ``mu``; the family's default where it is not given. ``mu`` is the mean; of
        `weibull` and `loglogistic` Stan's scale, as in survival regression, and of `asym_laplace`
        the quantile.
    trials, weights, offset, censored, upper : str or array, optional
        Columns, or a value for each row. Weights multiply the log density of a row. `censored`
        holds 0 or "none", 1 or "right", -1 or "left", 2 or "interval", where `upper` is the upper
        end.
    priors : mapping of str to str, optional
        Priors in Stan's words, ``{"x": "normal(0, 1)", "sigma": "exponential(2)"}``, by column
        (``"x"``), parameter (``"beta"`` for all coefficients, ``"alpha"``, ``"sd_g"``,
        ``"cor_g"``) or element (``"sd_g[x]"``); ``"Intercept"`` is the predictor where all columns
        are at their means. ``"flat"`` is no prior. All others are weakly informative defaults on
        the scale of the data, which ``model.priors()`` shows.
    standardize : bool, optional
        Divide each column by its standard deviation, after its mean is subtracted. Columns with
        two values, such as levels of factors, stay as they are.
    missing : str, optional
        ``"error"`` refuses missing values, ``"drop"`` leaves their rows out, with a warning.
    engine : str, optional
        As for `Model`.

    Returns
    -------
    RegressionModel
        A `Model` like any other; its `stan_code` is yours to save and edit. Programs depend on
        data through data alone, so that a formula of the same structure is compiled once.

    Raises
    ------
    FormulaError
        The formula cannot be read, or names what the data frame does not have.
    DataError
        A column does not hold what the family takes.
    UnknownNameError, UsageError
        A prior, a family or an option does not fit.

    Warns
    -----
    BayeswrapWarning
        Rows were dropped, or outcomes and factors were coded.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> data = {"dose": [0.0, 1, 2, 3, 4, 5], "deaths": [1, 2, 4, 7, 8, 10], "n": [10] * 6}
    >>> model = bw.glm("deaths | trials(n) ~ dose", data, family="binomial", engine="stanli")
    >>> model.priors()["prior"].to_dict()
    {'beta[dose]': 'normal(0, 1.336)', 'alpha': 'normal(0, 2.5)'}
    >>> model.mle()["beta"].round(3), model.mle()["alpha"].round(3)
    (array([1.076]), np.float64(-2.459))
    """
    made = family_of(family, link)
    design = design_of(
        formula,
        data,
        made.outcome,
        parameters=tuple(made.further),
        trials=trials,
        weights=weights,
        offset=offset,
        censored=censored,
        upper=upper,
        missing=missing,
    )
    _require_fit(design, made)
    for note in design.notes:
        warnings.warn(note, BayeswrapWarning, stacklevel=_CALLER)
    if standardize:
        design = standardized(design)
    text = formula if isinstance(formula, str) else ", ".join(map(str, formula))
    maker = functools.partial(
        glm,
        family=family,
        link=link,
        trials=trials,
        weights=weights,
        offset=offset,
        censored=censored,
        upper=upper,
        priors=priors,
        standardize=standardize,
        missing=missing,
        engine=engine,
    )
    regression = Regression.of(design, made, priors)
    return RegressionModel(regression, formula=text, engine=engine, frame=data, maker=maker)


def _require_fit(design: Design, family: Family) -> None:
    """Refuse what a family does not have."""
    if design.response.censored is not None and not family.censoring:
        able = ", ".join(name for name, other in FAMILIES.items() if other.censoring)
        raise UsageError(
            f"rows of the family {family.name!r} cannot be censored",
            where="censored=",
            expected=f"one of {able}",
            do="choose one of these families",
        )
    mu = design.predictors["mu"]
    if family.outcome == "categorical" and (mu.groups or mu.offset is not None):
        raise UsageError(
            "a categorical outcome takes columns alone: each category has coefficients of its own",
            where="formula",
            got="group terms" if mu.groups else "an offset",
            do="leave them out, or write the program: model.stan_code is where to begin",
        )
