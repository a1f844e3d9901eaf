"""The density of each family and link in Stan, as templates over the names of its arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bayeswrap.regression.families import Family

__all__ = [
    "INVERSE_LINKS",
    "StanDensity",
    "density_of",
]

INVERSE_LINKS = {
    "identity": "{}",
    "log": "exp({})",
    "inverse": "inv({})",
    "logit": "inv_logit({})",
    "probit": "Phi({})",
    "cloglog": "inv_cloglog({})",
    "cauchit": "0.5 + atan({}) / pi()",
    "sqrt": "square({})",
    "1/mu^2": "inv_sqrt({})",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StanDensity:
    """A density in Stan.

    Attributes
    ----------
    name : str
        Its name, without ``_lpdf``.
    arguments : str
        What stands behind the bar. ``{mu}`` is the parameter itself, ``{eta}`` its linear
        predictor, where the density applies the link.
    is_discrete : bool
        Whether it is a mass function.
    glm : str
        The form that takes the design matrix; empty where Stan has none.
    own : tuple of str
        Functions that the program has to define (see `own_functions`).
    censored : str
        Which ``_lcdf`` and ``_lccdf`` a censored row takes; the name of the density if empty.
    """

    name: str
    arguments: str
    is_discrete: bool = False
    glm: str = ""
    own: tuple[str, ...] = ()
    censored: str = ""

    @property
    def suffix(self) -> str:
        """``lpmf`` or ``lpdf``."""
        return "lpmf" if self.is_discrete else "lpdf"

    @property
    def has_link(self) -> bool:
        """Whether the density applies the link of ``mu`` itself."""
        return "{eta}" in self.arguments

    @property
    def is_by_row(self) -> bool:
        """Whether it takes one row at a time."""
        return bool(self.own)


_MEAN_AND_PRECISION = "{mu} .* {phi}, (1 - {mu}) .* {phi}"


def _mass(name: str, arguments: str, glm: str = "", own: tuple[str, ...] = ()) -> StanDensity:
    return StanDensity(name=name, arguments=arguments, is_discrete=True, glm=glm, own=own)


_DENSITIES = {
    "student": StanDensity(name="student_t", arguments="{nu}, {mu}, {sigma}"),
    "asym_laplace": StanDensity(
        name="asym_laplace",
        arguments="{mu}, {sigma}, {quantile}",
        own=("asym_laplace", "asym_laplace_cdf"),
    ),
    "beta_binomial": _mass("beta_binomial", "{trials}, " + _MEAN_AND_PRECISION),
    "zero_inflated_poisson": _mass(
        "zero_inflated_poisson", "{mu}, {zi}", own=("zero_inflated_poisson",)
    ),
    "zero_inflated_negbinomial": _mass(
        "zero_inflated_negbinomial", "{mu}, {phi}, {zi}", own=("zero_inflated_negbinomial",)
    ),
    "hurdle_poisson": _mass("hurdle_poisson", "{mu}, {hu}", own=("hurdle_poisson",)),
    "gamma": StanDensity(name="gamma", arguments="{shape}, {shape} ./ {mu}"),
    "lognormal": StanDensity(name="lognormal", arguments="{mu}, {sigma}"),
    "inverse_gaussian": StanDensity(
        name="inverse_gaussian", arguments="{mu}, {shape}", own=("inverse_gaussian",)
    ),
    "weibull": StanDensity(name="weibull", arguments="{shape}, {mu}"),
    "exponential": StanDensity(name="exponential", arguments="inv({mu})"),
    "loglogistic": StanDensity(
        name="loglogistic", arguments="{mu}, {shape}", censored="log_logistic"
    ),
    "beta": StanDensity(name="beta", arguments=_MEAN_AND_PRECISION),
}

# densities that apply the link, and those that take the parameter itself
_BY_LINK = {
    ("gaussian", "identity"): StanDensity(
        name="normal",
        arguments="{mu}, {sigma}",
        glm="normal_id_glm({X}, {alpha}, {beta}, {sigma})",
    ),
    ("gaussian", ""): StanDensity(name="normal", arguments="{mu}, {sigma}"),
    ("bernoulli", "logit"): _mass(
        "bernoulli_logit", "{eta}", "bernoulli_logit_glm({X}, {alpha}, {beta})"
    ),
    ("bernoulli", ""): _mass("bernoulli", "{mu}"),
    ("binomial", "logit"): _mass("binomial_logit", "{trials}, {eta}"),
    ("binomial", ""): _mass("binomial", "{trials}, {mu}"),
    ("poisson", "log"): _mass("poisson_log", "{eta}", "poisson_log_glm({X}, {alpha}, {beta})"),
    ("poisson", ""): _mass("poisson", "{mu}"),
    ("negbinomial", "log"): _mass(
        "neg_binomial_2_log",
        "{eta}, {phi}",
        "neg_binomial_2_log_glm({X}, {alpha}, {beta}, {phi})",
    ),
    ("negbinomial", ""): _mass("neg_binomial_2", "{mu}, {phi}"),
    ("cumulative", "logit"): _mass(
        "ordered_logistic", "{eta}, {c}", "ordered_logistic_glm({X}, {beta}, {c})"
    ),
    ("cumulative", "probit"): _mass("ordered_probit", "{eta}, {c}"),
    ("cumulative", "cloglog"): _mass("ordered_cloglog", "{eta}, {c}", own=("ordered_cloglog",)),
}


def density_of(family: Family) -> StanDensity:
    """Return the density of a family with its link; `categorical` has a form of its own.

    Examples
    --------
    >>> from bayeswrap.regression.families import family_of
    >>> density_of(family_of("bernoulli", "probit")).name
    'bernoulli'
    """
    if family.name in _DENSITIES:
        return _DENSITIES[family.name]
    by_link = _BY_LINK.get((family.name, family.link))
    return _BY_LINK[family.name, ""] if by_link is None else by_link
