"""`Regression`: a design with a family and priors, and the names of its parameters in Stan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bayeswrap.regression.stan_names import stan_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.formulas.design_matrices import Design, GroupTerm, Predictor
    from bayeswrap.regression.families import Family

__all__ = [
    "GroupNames",
    "PredictorNames",
    "Regression",
    "names_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNames:
    """What the parts of a group term are called in Stan.

    Attributes
    ----------
    suffix : str
        The grouping factor as the end of a name: ``g``, ``g_h``.
    sd : str
        Standard deviations of the coefficients, a vector: ``sd_g``.
    effects : str
        Deviations of each level: ``r_g``; a vector where only the intercept varies, otherwise
        a matrix of levels by coefficients.
    standard : str
        The same in units of their standard deviation: ``z_g``, which is declared.
    cholesky, correlation : str
        The Cholesky factor ``L_g`` of the correlations and the correlations ``cor_g``; empty
        where the coefficients are not correlated.
    index : str
        Data: the level of each row.
    columns : str
        Data: the columns of the coefficients; empty where only the intercept varies.
    levels : str
        Data: the number of levels.
    coefficients : str
        Data: the number of coefficients; ``1`` where only the intercept varies.
    """

    suffix: str
    sd: str
    effects: str
    standard: str
    cholesky: str
    correlation: str
    index: str
    columns: str
    levels: str
    coefficients: str

    @property
    def is_intercept(self) -> bool:
        """Whether only the intercept varies."""
        return not self.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictorNames:
    """What the parts of a linear predictor are called in Stan.

    Attributes
    ----------
    parameter : str
        The parameter of the family: ``mu``, ``sigma``.
    alpha, beta : str
        Intercept and coefficients (``alpha_sigma``); empty where there are none.
    matrix, columns : str
        Data: the design matrix ``X`` and the number ``K`` of its columns.
    offset : str
        Data: what is added; empty where nothing is.
    groups : tuple of GroupNames
        In the order of the design.
    """

    parameter: str
    alpha: str
    beta: str
    matrix: str
    columns: str
    offset: str
    groups: tuple[GroupNames, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A regression before it is a program.

    Attributes
    ----------
    design : Design
        Outcome and predictors as arrays.
    family : Family
        Of the outcome.
    priors : mapping of str to str
        Priors that the user gave; all others are the defaults.
    names : mapping of str to PredictorNames
        By parameter of the family, in the order of the design.
    """

    design: Design
    family: Family
    priors: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, PredictorNames]

    @classmethod
    def of(
        cls, design: Design, family: Family, priors: Mapping[str, str] | None = None
    ) -> Regression:
        """Name the parameters of a design."""
        return cls(
            design=design, family=family, priors=dict(priors or {}), names=names_of(design, family)
        )

    @property
    def mu(self) -> PredictorNames:
        """The names of the predictor of the mean."""
        return self.names["mu"]

    @property
    def categories(self) -> int:
        """How many categories the outcome has; 0 where it has none."""
        has_categories = self.family.outcome in {"ordered", "categorical"}
        return len(self.design.response.levels) if has_categories else 0

    @property
    def constants(self) -> tuple[str, ...]:
        """Further parameters of the family without a formula of their own: one number each."""
        return tuple(p for p in self.family.further if p not in self.names)


def names_of(design: Design, family: Family) -> dict[str, PredictorNames]:
    """Return what the parameters of each predictor are called in Stan."""
    made: list[str] = []
    names = {}
    for parameter, predictor in design.predictors.items():
        prefix = "" if parameter == "mu" else f"{parameter}_"
        every = stan_names([*made, *(prefix + g.factor for g in predictor.groups)])
        suffixes, made = every[len(made) :], list(every)
        names[parameter] = _predictor_names(
            parameter, predictor, suffixes, has_cuts=family.outcome == "ordered"
        )
    return names


def _predictor_names(
    parameter: str, predictor: Predictor, suffixes: tuple[str, ...], *, has_cuts: bool
) -> PredictorNames:
    end = "" if parameter == "mu" else f"_{parameter}"
    has_alpha = predictor.population.intercept and not (has_cuts and parameter == "mu")
    return PredictorNames(
        parameter=parameter,
        alpha=f"alpha{end}" if has_alpha else "",
        beta=f"beta{end}" if predictor.population.names else "",
        matrix=f"X{end}",
        columns=f"K{end}",
        offset="" if predictor.offset is None else f"offsets{end}",
        groups=tuple(
            _group_names(term, suffix)
            for term, suffix in zip(predictor.groups, suffixes, strict=True)
        ),
    )


def _group_names(term: GroupTerm, suffix: str) -> GroupNames:
    alone = len(term.names) == 1
    correlated = term.correlated and not alone
    only_intercept = term.names == ("Intercept",)
    return GroupNames(
        suffix=suffix,
        sd=f"sd_{suffix}",
        effects=f"r_{suffix}",
        standard=f"z_{suffix}",
        cholesky=f"L_{suffix}" if correlated else "",
        correlation=f"cor_{suffix}" if correlated else "",
        index=f"level_{suffix}",
        columns="" if only_intercept else f"Z_{suffix}",
        levels=f"J_{suffix}",
        coefficients="1" if only_intercept else f"M_{suffix}",
    )
