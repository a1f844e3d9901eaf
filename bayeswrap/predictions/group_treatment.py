"""What becomes of group effects in a prediction: used, set to 0, integrated out or drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from bayeswrap.arguments import did_you_mean, one_of
from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.formulas.design_matrices import GroupTerm
    from bayeswrap.regression.regression import GroupNames, Regression

__all__ = [
    "GroupTreatment",
    "Groups",
    "NewGroups",
    "effect_covariance",
]

Groups: TypeAlias = Literal["include", "exclude", "marginal"] | Collection[str]
NewGroups: TypeAlias = Literal["marginal", "sample", "zero", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTreatment:
    """What becomes of group effects.

    Attributes
    ----------
    factors : frozenset of str or None
        Grouping factors whose effects are used; None for all of them.
    integrates_rest : bool
        Whether the effects of other factors are integrated out, or are 0.
    new_groups : {"marginal", "sample", "zero", "error"}
        What becomes of levels that the fit has not seen.
    """

    factors: frozenset[str] | None = None
    integrates_rest: bool = False
    new_groups: NewGroups = "marginal"

    @classmethod
    def of(cls, groups: Groups, new_groups: NewGroups, regression: Regression) -> GroupTreatment:
        """Read the arguments of `predict`.

        Parameters
        ----------
        groups : {"include", "exclude", "marginal"} or collection of str
            As `predict` takes it.
        new_groups : str
            As `predict` takes it.
        regression : Regression
            Whose factors are known.

        Raises
        ------
        UsageError
            There is no such value, or no such grouping factor.
        """
        one_of(new_groups, ("marginal", "sample", "zero", "error"), "new_groups")
        if isinstance(groups, str):
            one_of(groups, ("include", "exclude", "marginal"), "groups")
            return cls(
                factors=None if groups == "include" else frozenset(),
                integrates_rest=groups == "marginal",
                new_groups=new_groups,
            )
        known = {t.factor for p in regression.design.predictors.values() for t in p.groups}
        for factor in groups:
            if factor not in known:
                raise UsageError(
                    f"no grouping factor {factor!r} in this regression"
                    f"{did_you_mean(factor, sorted(known))}",
                    where="groups=",
                    expected="one of " + (", ".join(sorted(known)) or "none: it has no groups"),
                    do="name factors as the formula does",
                )
        return cls(factors=frozenset(groups), new_groups=new_groups)

    def used(self, term: GroupTerm) -> np.ndarray:
        """Return the rows in which the effects of a term are used, (rows,)."""
        if self.factors is not None and term.factor not in self.factors:
            return np.zeros(term.index.size, dtype=bool)
        unseen = term.index == 0
        if unseen.any() and self.new_groups == "error":
            raise UsageError(
                f"a level of {term.factor!r} that the fit has not seen",
                where=f"row {int(np.flatnonzero(unseen)[0]) + 1} of the new data",
                expected=f"one of {len(term.levels)} levels, such as {term.levels[0]!r}",
                do='pass new_groups="marginal", "sample" or "zero"',
            )
        return np.asarray(~unseen)

    def random(self, term: GroupTerm) -> np.ndarray:
        """Return the rows in which the effects of a term are unknown numbers, (rows,)."""
        if self.factors is not None and term.factor not in self.factors:
            return np.full(term.index.size, self.integrates_rest)
        return np.asarray((term.index == 0) & (self.new_groups in {"marginal", "sample"}))


def effect_covariance(names: GroupNames, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the covariance of the effects of one level, (n, coefficients, coefficients).

    Parameters
    ----------
    names : GroupNames
        What its parts are called.
    values : mapping of str to (n, *shape) array
        Standard deviations, and the Cholesky factor of their correlations where there is one.
    """
    sd = values[names.sd]
    sd = sd.reshape(sd.shape[0], -1)
    if not names.cholesky:
        return np.asarray(sd[:, :, np.newaxis] * np.eye(sd.shape[1]) * sd[:, np.newaxis, :])
    # the factor, not the correlations: these are not computed where they are 1 or -1
    factor = values[names.cholesky]
    correlation = factor @ np.swapaxes(factor, -1, -2)
    return np.asarray(sd[:, :, np.newaxis] * correlation * sd[:, np.newaxis, :])
