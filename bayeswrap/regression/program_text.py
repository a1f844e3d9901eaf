"""The text of a regression in Stan: it depends on the structure alone, numbers are data."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.regression.default_priors import centre_of
from bayeswrap.regression.densities import density_of
from bayeswrap.regression.likelihood_section import likelihood_lines, predictor_lines
from bayeswrap.regression.own_functions import function_lines
from bayeswrap.regression.prior_section import prior_section

if TYPE_CHECKING:
    from bayeswrap.regression.prior_section import PriorSection
    from bayeswrap.regression.regression import GroupNames, PredictorNames, Regression

__all__ = [
    "program_text",
]

_OUTCOMES = {
    "real": "vector[N] y;",
    "positive": "vector<lower=0>[N] y;",
    "proportion": "vector<lower=0, upper=1>[N] y;",
    "binary": "array[N] int<lower=0, upper=1> y;",
    "count": "array[N] int<lower=0> y;",
    "binomial": "array[N] int<lower=0> y;",
    "ordered": "array[N] int<lower=1, upper=C> y;",
    "categorical": "array[N] int<lower=1, upper=C> y;",
}
_CONSTANTS = {
    "sigma": ("real<lower=0> sigma;", "scale"),
    "nu": ("real<lower=0> nu;", "degrees of freedom"),
    "shape": ("real<lower=0> shape;", "shape"),
    "phi": ("real<lower=0> phi;", "precision"),
    "zi": ("real<lower=0, upper=1> zi;", "probability of a further zero"),
    "hu": ("real<lower=0, upper=1> hu;", "probability of a zero"),
    "quantile": ("real<lower=0, upper=1> quantile;", "order of the quantile"),
}
Lines: TypeAlias = "list[tuple[str, str]]"

_CODE_WIDTH = 52  # characters


def program_text(regression: Regression, priors: PriorSection | None = None) -> str:
    """Return the Stan program of a regression.

    Parameters
    ----------
    regression : Regression
        Design, family and priors.
    priors : PriorSection, optional
        Of the regression, where they are at hand.

    Raises
    ------
    UnknownNameError, UsageError
        A prior that the user gave does not fit.
    """
    priors = prior_section(regression) if priors is None else priors
    lines = [f"// {regression.family.name} regression, link {regression.family.link}"]
    lines += function_lines(_functions(regression))
    lines += _block("data", [*_data(regression), *priors.declarations])
    lines += _block("transformed data", _centres(regression))
    lines += _block("parameters", _parameters(regression))
    lines += _block("transformed parameters", _transformed(regression))
    lines += _model(regression, priors)
    lines += _block("generated quantities", _correlations(regression))
    return "\n".join(lines) + "\n"


def _block(name: str, declared: Lines) -> list[str]:
    if not declared:
        return []
    # comments stand in one column, but for lines that are too long for it
    width = max((len(code) for code, _ in declared if len(code) <= _CODE_WIDTH), default=0)
    rows = [f"  {code:<{width}}  // {note}" if note else f"  {code}" for code, note in declared]
    return [f"{name} {{", *rows, "}"]


def _functions(regression: Regression) -> tuple[str, ...]:
    if regression.family.name == "categorical":
        return ()
    density, response = density_of(regression.family), regression.design.response
    own = tuple(n for n in density.own if response.censored is not None or not n.endswith("_cdf"))
    if response.censored is not None and density.censored:
        own = (*own, f"{density.censored}_cdf")
    return own


def _data(regression: Regression) -> Lines:
    response, outcome = regression.design.response, regression.family.outcome
    lines = [("int<lower=0> N;", "rows")]
    if regression.categories:
        lines.append(("int<lower=2> C;", "categories of the outcome"))
    lines.append((_OUTCOMES[outcome], "outcome"))
    if outcome == "binomial":
        lines.append(("array[N] int<lower=0> trials;", "trials of each row"))
    if response.weights is not None:
        lines.append(("vector<lower=0>[N] weights;", "weight of each row"))
    if response.censored is not None:
        lines.append(
            (
                "array[N] int<lower=-1, upper=2> censored;",
                "0 observed, 1 right, -1 left, 2 interval censored",
            )
        )
    if response.upper is not None:
        lines.append(("vector[N] y_upper;", "upper end of an interval"))
    for names in regression.names.values():
        lines += _predictor_data(names)
    return lines


def _predictor_data(names: PredictorNames) -> Lines:
    of = "" if names.parameter == "mu" else f" of {names.parameter}"
    lines = []
    if names.beta:
        lines += [
            (f"int<lower=1> {names.columns};", f"columns{of}"),
            (f"matrix[N, {names.columns}] {names.matrix};", f"predictors{of}, no intercept"),
        ]
    if names.offset:
        lines.append((f"vector[N] {names.offset};", f"added to the predictor{of}"))
    for group in names.groups:
        lines += [
            (f"int<lower=1> {group.levels};", f"levels of {group.suffix}"),
            (f"array[N] int<lower=1, upper={group.levels}> {group.index};", "level of each row"),
        ]
        if group.columns:
            size = group.coefficients
            lines += [
                (f"int<lower=1> {size};", f"coefficients that vary by {group.suffix}"),
                (f"matrix[N, {size}] {group.columns};", "their columns"),
            ]
    return lines


def _centres(regression: Regression) -> Lines:
    lines: Lines = []
    for names in regression.names.values():
        if names.beta and (names.alpha or _has_cuts(regression, names)):
            size, matrix = names.columns, names.matrix
            mean = f"(rep_row_vector(1.0 / N, N) * {matrix})'"
            lines.append((f"vector[{size}] {matrix.lower()}_mean = {mean};", ""))
    return lines


def _has_cuts(regression: Regression, names: PredictorNames) -> bool:
    return regression.family.outcome == "ordered" and names.parameter == "mu"


def _parameters(regression: Regression) -> Lines:
    lines: Lines = []
    for names in regression.names.values():
        is_matrix = regression.family.outcome == "categorical" and names.parameter == "mu"
        of = "" if names.parameter == "mu" else f" of {names.parameter}"
        if names.beta:
            kind = f"matrix[{names.columns}, C - 1]" if is_matrix else f"vector[{names.columns}]"
            lines.append((f"{kind} {names.beta};", f"coefficients{of}"))
        if names.alpha:
            centre = centre_of(names, matrix=is_matrix)
            offset = f"<offset=-{centre}>" if centre else ""
            kind = f"vector{offset}[C - 1]" if is_matrix else f"real{offset}"
            lines.append((f"{kind} {names.alpha};", f"intercept{of}"))
        if _has_cuts(regression, names):
            lines.append(("ordered[C - 1] c;", "cutpoints"))
        for group in names.groups:
            lines += _group_parameters(group)
    return [*lines, *(_CONSTANTS[name] for name in regression.constants)]


def _group_parameters(names: GroupNames) -> Lines:
    size, levels = names.coefficients, names.levels
    lines = [(f"vector<lower=0>[{size}] {names.sd};", f"standard deviations by {names.suffix}")]
    if names.cholesky:
        note = f"of their correlations, reported as {names.correlation}"
        lines.append((f"cholesky_factor_corr[{size}] {names.cholesky};", note))
    kind = f"vector[{levels}]" if names.is_intercept else f"matrix[{size}, {levels}]"
    note = f"effects in standard deviations, reported as {names.effects}"
    lines.append((f"{kind} {names.standard};", note))
    return lines


def _transformed(regression: Regression) -> Lines:
    lines: Lines = []
    for names in regression.names.values():
        lines += [(_effects(group), f"effects of {group.suffix}") for group in names.groups]
    return lines


def _effects(names: GroupNames) -> str:
    if names.is_intercept:
        return f"vector[{names.levels}] {names.effects} = {names.sd}[1] * {names.standard};"
    if names.cholesky:
        root = f"diag_pre_multiply({names.sd}, {names.cholesky})"
        product = f"({root} * {names.standard})'"
    else:
        product = f"diag_pre_multiply({names.sd}, {names.standard})'"
    return f"matrix[{names.levels}, {names.coefficients}] {names.effects} = {product};"


def _model(regression: Regression, priors: PriorSection) -> list[str]:
    sections = [("priors", list(priors.lines))]
    groups = [group for names in regression.names.values() for group in names.groups]
    if groups:
        effects = [
            f"{g.standard} ~ std_normal();"
            if g.is_intercept
            else f"to_vector({g.standard}) ~ std_normal();"
            for g in groups
        ]
        sections.append(("distribution of the effects", effects))
    lines = predictor_lines(regression)
    sections.append(("likelihood", likelihood_lines(regression)))
    for title, statements in sections:
        if statements:
            lines += [f"// {title}", *statements]
    return ["model {", *(f"  {line}" for line in lines), "}"]


def _correlations(regression: Regression) -> Lines:
    groups = [g for names in regression.names.values() for g in names.groups if g.cholesky]
    return [(_correlation(group), "correlations") for group in groups]


def _correlation(names: GroupNames) -> str:
    product = f"multiply_lower_tri_self_transpose({names.cholesky})"
    return f"corr_matrix[{names.coefficients}] {names.correlation} = {product};"
