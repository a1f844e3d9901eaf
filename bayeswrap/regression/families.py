"""`Family`: the distribution of an outcome, its link and its further parameters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from bayeswrap.arguments import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "FAMILIES",
    "Family",
    "LinkName",
    "OutcomeKind",
    "family_of",
]

OutcomeKind: TypeAlias = Literal[
    "real", "positive", "proportion", "binary", "count", "binomial", "ordered", "categorical"
]
LinkName: TypeAlias = Literal[
    "identity", "log", "inverse", "logit", "probit", "cloglog", "cauchit", "sqrt", "1/mu^2"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family of distributions for the outcome of a regression.

    Attributes
    ----------
    name : str
        Stan's and brms' name.
    outcome : str
        What the outcome is.
    link : str
        The link of ``mu``.
    links : tuple of str
        The links that it may have, its default first.
    further : mapping of str to str
        Further parameters and the link that each has where it has a formula of its own
        (``sigma ~ x``): ``{"sigma": "log"}``.
    censoring : bool
        Whether rows may be censored.
    """

    name: str
    outcome: OutcomeKind
    link: LinkName
    links: tuple[LinkName, ...]
    further: Mapping[str, LinkName]
    censoring: bool = False


def _family(
    name: str,
    outcome: OutcomeKind,
    links: tuple[LinkName, ...],
    censoring: bool = False,  # noqa: FBT001, FBT002 - a column of the table below
    **further: LinkName,
) -> Family:
    return Family(
        name=name,
        outcome=outcome,
        link=links[0],
        links=links,
        further=further,
        censoring=censoring,
    )


_REAL: tuple[LinkName, ...] = ("identity", "log", "inverse")
_POSITIVE: tuple[LinkName, ...] = ("log", "identity", "inverse")
_COUNT: tuple[LinkName, ...] = ("log", "identity", "sqrt")
_UNIT: tuple[LinkName, ...] = ("logit", "probit", "cloglog", "cauchit", "identity", "log")
_ORDERED: tuple[LinkName, ...] = ("logit", "probit", "cloglog")

_ALL = (
    _family("gaussian", "real", _REAL, True, sigma="log"),
    _family("student", "real", _REAL, True, sigma="log", nu="log"),
    _family("asym_laplace", "real", _REAL, True, sigma="log", quantile="logit"),
    _family("bernoulli", "binary", _UNIT),
    _family("binomial", "binomial", _UNIT),
    _family("beta_binomial", "binomial", _UNIT, phi="log"),
    _family("poisson", "count", _COUNT),
    _family("negbinomial", "count", _COUNT, phi="log"),
    _family("zero_inflated_poisson", "count", _COUNT, zi="logit"),
    _family("zero_inflated_negbinomial", "count", _COUNT, phi="log", zi="logit"),
    _family("hurdle_poisson", "count", _COUNT, hu="logit"),
    _family("gamma", "positive", _POSITIVE, True, shape="log"),
    _family("lognormal", "positive", ("identity",), True, sigma="log"),
    _family("inverse_gaussian", "positive", ("1/mu^2", "log", "identity", "inverse"), shape="log"),
    _family("weibull", "positive", _POSITIVE, True, shape="log"),
    _family("exponential", "positive", _POSITIVE, True),
    _family("loglogistic", "positive", _POSITIVE, True, shape="log"),
    _family("beta", "proportion", _UNIT[:5], phi="log"),
    _family("cumulative", "ordered", _ORDERED),
    _family("categorical", "categorical", ("logit",)),
)
FAMILIES: Mapping[str, Family] = MappingProxyType({family.name: family for family in _ALL})


def family_of(name: str, link: LinkName | None = None) -> Family:
    """Return a family by name, with a link.

    Parameters
    ----------
    name : str
        Its name: a key of `FAMILIES`.
    link : str, optional
        The link of ``mu``; the family's default where it is not given.

    Raises
    ------
    UsageError
        There is no such family, or it has no such link.

    Examples
    --------
    >>> family_of("bernoulli").link
    'logit'
    """
    one_of(name, tuple(FAMILIES), "family")
    family = FAMILIES[name]
    if link is None:
        return family
    one_of(link, family.links, "link")
    return replace(family, link=link)
