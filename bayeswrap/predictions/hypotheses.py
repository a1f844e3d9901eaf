"""`hypothesis`: statements about parameters, such as ``x1 > x2``, tested or given a probability.

A point estimate gives z = estimate / se of the difference of both sides, by the delta method, and a
p-value of the normal distribution (Wald). Draws give the posterior probability of the statement
and the evidence ratio, its odds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtr

from bayeswrap.arguments import check_ci_prob, did_you_mean
from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.estimates.inference.expression_language import Expression

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.predictions.fitted_regression import FittedRegression
    from bayeswrap.predictions.parameter_points import Spread

__all__ = [
    "Statement",
    "hypothesis",
    "parameter_labels_of",
]

_RELATION = re.compile(r"(<=|>=|==|=|<|>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement about parameters: a left side, a relation, a right side.

    Attributes
    ----------
    text : str
        As the user wrote it.
    difference : str
        Left minus right side in Stan's names.
    relation : {"=", ">", "<"}
        What is stated about it.
    """

    text: str
    difference: str
    relation: str

    @classmethod
    def parse(cls, text: str, labels: Mapping[str, str]) -> Statement:
        """Read a statement.

        Parameters
        ----------
        text : str
            Such as ``"x1 > x2"``, ``"2*x1 - x2 = 1"`` or ``"beta[1] < 0"``.
        labels : mapping of str to str
            Stan's names by the names of columns.

        Raises
        ------
        UsageError
            There is no relation, or more than one.

        Examples
        --------
        >>> Statement.parse("dose > 0", {"dose": "beta[1]"}).difference
        '(beta[1]) - (0)'
        """
        named = _in_stan_names(text, labels)
        sides = _RELATION.split(named)
        if len(sides) != 3 or not sides[0].strip() or not sides[2].strip():  # noqa: PLR2004 - two sides and a relation
            raise UsageError(
                "not a statement about parameters",
                where=text,
                expected="two sides and one of = < >, such as 'x1 > x2' or 'x1 = 0'",
                do="write one relation a statement; pass several statements as a list",
            )
        relation = sides[1].rstrip("=") or "="
        return cls(
            text=text.strip(),
            difference=f"({sides[0].strip()}) - ({sides[2].strip()})",
            relation=relation,
        )


def hypothesis(
    fit: FittedRegression, statements: str | Sequence[str], *, ci_prob: float = 0.95
) -> pd.DataFrame:
    """Test statements about parameters, or give them a posterior probability.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    statements : str or sequence of str
        Each with ``=``, ``<`` or ``>``, over columns of the design (``x1``, ``f[b]``,
        ``Intercept``) or Stan's names (``beta[1]``, ``sigma``), with ``+ - * / **`` and
        functions such as ``exp``.
    ci_prob : float, optional
        Coverage of the interval of the difference of both sides.

    Returns
    -------
    pandas.DataFrame
        One row a statement: ``estimate`` of the difference, ``se`` (or ``sd``), ``ci_lower``,
        ``ci_upper``; of a point estimate ``z`` and ``p_value``, two-sided for ``=`` and otherwise
        the probability of data at least as much in favour of the statement if the difference
        were 0; of draws ``probability`` of the statement and ``evidence_ratio``, its odds, both
        NaN for ``=``.

    Raises
    ------
    UsageError
        A statement is not understood.
    UnknownNameError
        It names a parameter that does not exist.
    """
    check_ci_prob(ci_prob)
    texts = [statements] if isinstance(statements, str) else list(statements)
    labels = parameter_labels_of(fit)
    rows = []
    for text in texts:
        statement = Statement.parse(text, labels)
        spread = _difference(fit, statement, labels)
        lower, upper = spread.interval(ci_prob)
        row = {
            "estimate": float(spread.value),
            fit.points.spread_name: float(spread.spread),
            "ci_lower": float(lower),
            "ci_upper": float(upper),
        }
        rows.append(row | _evidence(statement, spread))
    return pd.DataFrame(rows, index=pd.Index([t.strip() for t in texts], name="hypothesis"))


def _difference(fit: FittedRegression, statement: Statement, labels: Mapping[str, str]) -> Spread:
    variables = list(fit.points.layout.variables)
    try:
        expression = Expression.parse(statement.difference, variables)
    except UnknownNameError as error:
        word = re.search(r"'([^']+)'", error.what)
        known = [*labels, *variables]
        raise UnknownNameError(
            error.what + did_you_mean(word[1] if word else "", known),
            where=statement.text,
            expected="a column of the design (" + ", ".join(labels) + ") or a name of Stan",
            do="write names as the table of the result has them",
        ) from error

    def value(values: Mapping[str, np.ndarray]) -> np.ndarray:
        n = fit.points.scalars.shape[0] if fit.points.root is None else None
        at = {k: np.moveaxis(v, 0, -1) for k, v in values.items()}
        found = expression(at)
        if found.ndim > 1:
            raise UsageError(
                "a statement is about one number",
                where=statement.text,
                got=f"an array of {found.shape[0]}",
                do="index the variable, as in beta[1]",
            )
        size = next(iter(values.values())).shape[0] if n is None else n
        return np.broadcast_to(found, (size,))

    return fit.points.spread_of(value)


def _evidence(statement: Statement, spread: Spread) -> dict[str, float]:
    sign = {"<": -1.0, ">": 1.0}.get(statement.relation)
    if spread.draws is None:
        with np.errstate(divide="ignore", invalid="ignore"):
            z = float(np.divide(spread.value, spread.spread))
        p = 2 * ndtr(-abs(z)) if sign is None else ndtr(-sign * z)
        return {"z": z, "p_value": float(p)}
    if sign is None:
        return {"probability": np.nan, "evidence_ratio": np.nan}
    probability = float(np.mean(sign * spread.draws > 0))
    odds = probability / (1 - probability) if probability < 1 else np.inf
    return {"probability": probability, "evidence_ratio": odds}


def parameter_labels_of(fit: FittedRegression) -> dict[str, str]:
    """Return Stan's names by the names that users know: columns and ``Intercept``.

    Those of a further parameter start with its name: ``sigma_x``, ``sigma_Intercept``.
    """
    labels = {}
    for parameter, names in fit.regression.names.items():
        prefix = "" if parameter == "mu" else f"{parameter}_"
        if fit.regression.family.outcome == "categorical" and parameter == "mu":
            continue
        if names.alpha:
            labels[f"{prefix}Intercept"] = names.alpha
        columns = fit.regression.design.predictors[parameter].population.names
        for i, column in enumerate(columns, start=1):
            labels[prefix + column] = f"{names.beta}[{i}]"
    return labels


def _in_stan_names(text: str, labels: Mapping[str, str]) -> str:
    """Put Stan's names for labels, longer labels first."""
    if not labels:
        return text
    longest = sorted(labels, key=len, reverse=True)
    alternatives = "|".join(re.escape(label) for label in longest)
    # no part of a longer name, and no function: exp(x) with a column named exp stays a call
    pattern = re.compile(rf"(?<![\w.])(?:`({alternatives})`|({alternatives}))(?![\w\[(])")
    return pattern.sub(lambda found: labels[found[1] or found[2]], text)
