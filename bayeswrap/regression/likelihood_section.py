"""The likelihood statements of a program, and the linear predictors that they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.regression.densities import INVERSE_LINKS, density_of

if TYPE_CHECKING:
    from bayeswrap.regression.densities import StanDensity
    from bayeswrap.regression.regression import GroupNames, PredictorNames, Regression

__all__ = [
    "likelihood_lines",
    "predictor_lines",
]


def predictor_lines(regression: Regression) -> list[str]:
    """Return the local variables of the model block: predictors and what the links make of them."""
    lines = []
    for parameter, names in regression.names.items():
        if parameter == "mu":
            lines += _mu_lines(regression, names)
        else:
            link = INVERSE_LINKS[regression.family.further[parameter]]
            lines.append(f"vector[N] {parameter} = {link.format(_predictor(names))};")
    return lines


def likelihood_lines(regression: Regression) -> list[str]:
    """Return the statements that add the log likelihood."""
    if regression.family.name == "categorical":
        return _categorical(regression)
    density = density_of(regression.family)
    if _is_glm(regression):
        return [f"y ~ {_glm(regression, density)};"]
    if density.is_by_row or _is_weighted(regression):
        return _by_row(regression, density)
    arguments = density.arguments.format(**_values(regression, rows=False))
    for name in regression.constants:  # a number is multiplied by *, a vector by .*
        arguments = arguments.replace(f".* {name}", f"* {name}")
    return [f"y ~ {density.name}({arguments});"]


def _is_weighted(regression: Regression) -> bool:
    response = regression.design.response
    return response.weights is not None or response.censored is not None


def _is_glm(regression: Regression) -> bool:
    names = regression.mu
    if regression.family.name == "categorical" or _is_weighted(regression) or not names.beta:
        return False
    glm = density_of(regression.family).glm
    # the form with cutpoints takes nothing beside the matrix, that with phi one number
    alone = "{alpha}" in glm or not (names.groups or names.offset)
    return bool(glm) and alone and not ("{phi}" in glm and "phi" in regression.names)


def _glm(regression: Regression, density: StanDensity) -> str:
    names = regression.mu
    values = {name: name for name in (*regression.family.further, "c")}
    alpha = _rest_name(names)
    return density.glm.format(X=names.matrix, alpha=alpha, beta=names.beta, **values)


def _rest_name(names: PredictorNames) -> str:
    """Return what is added to the matrix times the coefficients: a number or a local vector."""
    return "intercept" if names.groups or names.offset else names.alpha or "0"


def _mu_lines(regression: Regression, names: PredictorNames) -> list[str]:
    if regression.family.name == "categorical":
        return []
    if _is_glm(regression):
        if _rest_name(names) == "intercept":
            return [f"vector[N] intercept = {_sum(_rest(names))};"]
        return []
    density, eta = density_of(regression.family), _predictor(names)
    if density.has_link:
        return [f"vector[N] eta = {eta};"]
    return [f"vector[N] mu = {INVERSE_LINKS[regression.family.link].format(eta)};"]


def _predictor(names: PredictorNames) -> str:
    product = [f"{names.matrix} * {names.beta}"] if names.beta else []
    rest = _rest(names)
    if not product and not names.groups and not names.offset:
        return f"rep_vector({names.alpha or '0'}, N)"
    # the intercept first, then the product, as in a textbook
    first = rest[:1] if names.alpha else []
    return _sum([*first, *product, *rest[len(first) :]])


def _rest(names: PredictorNames) -> list[str]:
    terms = [names.alpha] if names.alpha else []
    terms += [names.offset] if names.offset else []
    return [*terms, *(_group(group) for group in names.groups)]


def _group(names: GroupNames) -> str:
    if names.is_intercept:
        return f"{names.effects}[{names.index}]"
    return f"rows_dot_product({names.columns}, {names.effects}[{names.index}])"


def _sum(terms: list[str]) -> str:
    return " + ".join(terms)


def _values(regression: Regression, *, rows: bool) -> dict[str, str]:
    """Return how the arguments of a density are spelt, for all rows or for row n."""
    end = "[n]" if rows else ""
    values = {name: name for name in (*regression.constants, "c")}
    vectors = ("mu", "eta", "trials", *(n for n in regression.names if n != "mu"))
    return values | {name: name + end for name in vectors}


def _by_row(regression: Regression, density: StanDensity) -> list[str]:
    response = regression.design.response
    arguments = density.arguments.format(**_values(regression, rows=True))
    arguments = arguments.replace(".*", "*").replace("./", "/")
    weight = "weights[n] * " if response.weights is not None else ""
    observed = f"target += {weight}{density.name}_{density.suffix}(y[n] | {arguments});"
    if response.censored is None:
        return ["for (n in 1:N) {", f"  {observed}", "}"]
    name = density.censored or density.name
    cases = [
        ("censored[n] == 0", observed),
        ("censored[n] == 1", f"target += {weight}{name}_lccdf(y[n] | {arguments});"),
        ("censored[n] == -1", f"target += {weight}{name}_lcdf(y[n] | {arguments});"),
    ]
    if response.upper is not None:
        difference = (
            f"log_diff_exp({name}_lcdf(y_upper[n] | {arguments}), {name}_lcdf(y[n] | {arguments}))"
        )
        cases.append(("censored[n] == 2", f"target += {weight}{difference};"))
    lines = ["for (n in 1:N) {"]
    for i, (condition, statement) in enumerate(cases):
        start = "  if" if i == 0 else "  } else if"
        lines += [f"{start} ({condition}) {{", f"    {statement}"]
    return [*lines, "  }", "}"]


def _categorical(regression: Regression) -> list[str]:
    """Compare each category with the first, whose predictor is 0."""
    names = regression.mu
    alpha = f"append_row(0, {names.alpha})" if names.alpha else "rep_vector(0, C)"
    if names.beta:
        beta = f"append_col(rep_vector(0, {names.columns}), {names.beta})"
        if not _is_weighted(regression):
            return [f"y ~ categorical_logit_glm({names.matrix}, {alpha}, {beta});"]
        eta = f"{alpha} + ({names.matrix}[n] * {beta})'"
    else:
        eta = alpha
    weight = "weights[n] * " if _is_weighted(regression) else ""
    return [
        "for (n in 1:N) {",
        f"  target += {weight}categorical_logit_lpmf(y[n] | {eta});",
        "}",
    ]
