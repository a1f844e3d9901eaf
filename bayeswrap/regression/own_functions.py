"""Densities that Stan does not have, as functions of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "function_lines",
]

_FUNCTIONS = {
    "asym_laplace": """\
// asymmetric Laplace: mu is the quantile of that order
real asym_laplace_lpdf(real y, real mu, real sigma, real quantile) {
  real z = (y - mu) / sigma;
  return log(quantile) + log1m(quantile) - log(sigma) - z * (quantile - (z < 0));
}""",
    "asym_laplace_cdf": """\
real asym_laplace_lccdf(real y, real mu, real sigma, real quantile) {
  real z = (y - mu) / sigma;
  return log1m(quantile * exp(fmin(z, 0) * (1 - quantile))) - fmax(z, 0) * quantile;
}
real asym_laplace_lcdf(real y, real mu, real sigma, real quantile) {
  real z = (y - mu) / sigma;
  return log1m((1 - quantile) * exp(-fmax(z, 0) * quantile)) + fmin(z, 0) * (1 - quantile);
}""",
    "zero_inflated_poisson": """\
// zi is the probability of a zero beside those of the Poisson distribution
real zero_inflated_poisson_lpmf(int y, real mu, real zi) {
  if (y == 0) {
    return log_sum_exp(log(zi), log1m(zi) + poisson_lpmf(0 | mu));
  }
  return log1m(zi) + poisson_lpmf(y | mu);
}""",
    "zero_inflated_negbinomial": """\
// zi is the probability of a zero beside those of the negative binomial distribution
real zero_inflated_negbinomial_lpmf(int y, real mu, real phi, real zi) {
  if (y == 0) {
    return log_sum_exp(log(zi), log1m(zi) + neg_binomial_2_lpmf(0 | mu, phi));
  }
  return log1m(zi) + neg_binomial_2_lpmf(y | mu, phi);
}""",
    "hurdle_poisson": """\
// hu is the probability of a zero; what is above it is Poisson without zeros
real hurdle_poisson_lpmf(int y, real mu, real hu) {
  if (y == 0) {
    return log(hu);
  }
  return log1m(hu) + poisson_lpmf(y | mu) - log1m_exp(-mu);
}""",
    "inverse_gaussian": """\
// inverse Gaussian with mean mu and variance mu^3 / shape
real inverse_gaussian_lpdf(real y, real mu, real shape) {
  return 0.5 * log(shape / (2 * pi())) - 1.5 * log(y)
         - 0.5 * shape * square((y - mu) / mu) / y;
}""",
    "log_logistic_cdf": """\
real log_logistic_lccdf(real y, real mu, real shape) {
  return -log1p_exp(shape * (log(y) - log(mu)));
}
real log_logistic_lcdf(real y, real mu, real shape) {
  return -log1p_exp(-shape * (log(y) - log(mu)));
}""",
    "ordered_cloglog": """\
// cumulative model with complementary log-log link: P(y <= k) = 1 - exp(-exp(c[k] - eta))
real ordered_cloglog_lpmf(int y, real eta, vector c) {
  int cuts = rows(c);
  if (y == 1) {
    return log1m_exp(-exp(c[1] - eta));
  }
  if (y == cuts + 1) {
    return -exp(c[cuts] - eta);
  }
  return log_diff_exp(-exp(c[y - 1] - eta), -exp(c[y] - eta));
}""",
}


def function_lines(names: Iterable[str]) -> list[str]:
    """Return the lines of a functions block, empty where no function is needed.

    Parameters
    ----------
    names : iterable of str
        Keys of the table.
    """
    lines = [line for name in names for line in _FUNCTIONS[name].splitlines()]
    return ["functions {", *(f"  {line}" for line in lines), "}"] if lines else []
