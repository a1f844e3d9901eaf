from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.program.program import Program
from bayeswrap.program.weights.contributions import Contribution, on_one_line
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = """functions {
  real both_lpdf(real x, real m) { return normal_lpdf(x | m, 1); }
  real both_lpmf(int n, real m) { return poisson_log_lpmf(n | m); }
  real mine_lpdf(real x, real m, real s) { return normal_lpdf(x | m, s); }
  real mine_lcdf(real x, real m, real s) { return normal_lcdf(x | m, s); }
  real mine_lccdf(real x, real m, real s) { return normal_lccdf(x | m, s); }
  real count_lpmf(int n, real s) { return poisson_lpmf(n | s); }
  real count_lcdf(int n, real s) { return poisson_lcdf(n | s); }
  real count_lccdf(int n, real s) { return poisson_lccdf(n | s); }
  void seen_lp(vector y, real m, real s) { y ~ normal(m, s); target += -s; }
  real kernel(real x, real m) { return -square(x - m); }
}
data { int N; vector[N] y; array[N] int k; array[N] real a; real L; real U; }
parameters { real m; real<lower=0> s; }
"""
Y = np.array([0.4, 1.3, 2.1])
K = np.array([1, 2, 4])
DATA: dict[str, Any] = {"N": 3, "y": Y, "k": K, "a": Y[::-1], "L": -1.0, "U": 6.0}
M, S = 0.7, 1.4

# likelihood statements of every form that a weight must take
LIKELIHOODS = {
    "a vector": "y ~ normal(m, s);",
    "an array": "a ~ normal(m, s);",
    "integers": "k ~ poisson(s);",
    "an element": "y[2] ~ normal(m, s);",
    "no arguments": "y - m ~ std_normal();",
    "a literal outcome": "{1.5, y[1]} ~ normal(m, s);",
    "lpdf": "target += normal_lpdf(y | m, s);",
    "lupdf": "target += normal_lupdf(y | m, s);",
    "lupmf": "target += poisson_lupmf(k | s);",
    "a product": "target += 3 * normal_lupdf(y | m, s) / 2;",
    "a sum": "target += normal_lupdf(y | m, s) - (poisson_lpmf(k | s) + 2);",
    "a ternary": "target += U > 5 ? normal_lupdf(y | m, s) : poisson_lpmf(k | s);",
    "lower, continuous": "y[1] ~ normal(m, s) T[L, ];",
    "upper, continuous": "y[1] ~ normal(m, s) T[, U];",
    "both, continuous": "y[1] ~ normal(m, s) T[L, U];",
    "bounds with commas": "y[1] ~ normal(m, s) T[fmin(L, -1), max({1, 9})];",
    "bounds with indices": "y[1] ~ normal(m, s) T[y[1] - 1, y[N] + 1];",
    "an array element, truncated": "a[2] ~ normal(m, s) T[L, U];",
    "lower, discrete": "k[2] ~ poisson(s) T[1, ];",
    "upper, discrete": "k[2] ~ poisson(s) T[, 9];",
    "both, discrete": "k[2] ~ poisson(s) T[1, 9];",
    "in a loop, truncated": "for (n in 1:N) k[n] ~ poisson(s) T[1, 9];",
    "a foreach, truncated": "for (x in a) x ~ normal(m, s) T[L, ];",
    "a whole vector, lower": "y ~ normal(m, s) T[L, ];",
    "a whole vector, both": "y ~ normal(m, s) T[L, U];",
    "whole integers, lower": "k ~ poisson(s) T[1, ];",
    "whole integers, both": "k ~ poisson(s) T[1, 9];",
    "one's own density": "y[1] ~ mine(m, s);",
    "one's own density, lower": "y[1] ~ mine(m, s) T[L, ];",
    "one's own density, upper": "y[1] ~ mine(m, s) T[, U];",
    "one's own density, both": "y[1] ~ mine(m, s) T[L, U];",
    "one's own density, which is one of counts too": "y[1] ~ both(m);",
    "one's own counts, which are a density too": "k[1] ~ both(m);",
    "one's own counts": "k[2] ~ count(s);",
    "one's own counts, lower": "k[2] ~ count(s) T[1, ];",
    "one's own counts, both": "k[2] ~ count(s) T[1, 9];",
    "a function that adds": "seen_lp(y, m, s); // likelihood",
    "no bounds": "y[1] ~ normal(m, s) T[ , ];",
    "an array is added": "target += {normal_lpdf(y | m, s), poisson_lpmf(k | s)};",
    "an array of unnormalised terms": "target += {normal_lupdf(y | m, s), poisson_lpmf(k | s)};",
    "a vector is added": "target += [normal_lupdf(y | m, s), poisson_lpmf(k | s)]';",
    "a row vector is added": "target += [normal_lupdf(y | m, s), poisson_lpmf(k | s)];",
    "vectors are added": "target += -square(y - m) - log(s); // likelihood",
    "an array of vectors is added": "target += {-square(y - m), y * m}; // likelihood",
    "an accumulator": "{ real lp = 0; for (z in y) lp += normal_lpdf(z | m, s); target += lp; }",
    "an accumulating vector": "{ vector[N] lp = rep_vector(0, N); for (n in 1:N) lp[n] += "
    "normal_lpdf(y[n] | m, s); target += sum(lp); }",
    "a local array": "{ array[2] real lp; lp[1] = normal_lpdf(y | m, s); "
    "lp[2] = poisson_lpmf(k | s); target += lp; }",
    "a mixture": "for (n in 1:N) target += log_mix(0.3, normal_lpdf(y[n] | m, s), "
    "normal_lpdf(y[n] | -m, s));",
    "comments and newlines": "y[1] // ~ x;\n ~ normal(m, /* T[ */\n s) // T[0, ];\n T[L\n, U];",
    "no blanks": "y[1]~normal(m,s)T[L,U];",
}


def model_of(statement: str, data: Mapping[str, Any] = DATA) -> bw.Model:
    code = f"{HEAD}model {{ m ~ normal(0, 2); s ~ gamma(2, 3) T[0.1, ]; {statement}\n}}"
    return bw.Model(Program.from_string(code), dict(data), engine="stanli")


@functools.lru_cache(maxsize=4)
def likelihood_of(case: str) -> bw.Model:
    return model_of(LIKELIHOODS[case])


def at(model: bw.Model, m: float = M, s: float = S, **parts: Any) -> np.ndarray:
    """Log density and gradient of some parts, in one vector."""
    value, gradient = model.density.of(PartWeights(**parts)).evaluate(np.array([m, np.log(s)]))
    return np.append(value, gradient)


@pytest.mark.parametrize("normalized", [False, True])
@pytest.mark.parametrize("case", LIKELIHOODS, ids=str)
def test_a_weight_multiplies_what_the_part_adds(case: str, *, normalized: bool) -> None:
    model, rest = likelihood_of(case), {"normalized": normalized}
    off = at(model, likelihood=0, **rest)
    once = at(model, likelihood=1, **rest) - off
    assert np.abs(once[1:]).max() > 1e-3, "the part is felt"
    for weight in (0.5, 2, 3.25):
        more = at(model, likelihood=weight, **rest) - off
        assert more == pytest.approx(weight * once, rel=1e-11, abs=1e-11)


@pytest.mark.parametrize("weight", [0.5, 2])
def test_weights_of_different_parts_do_not_touch_each_other(weight: float) -> None:
    model = likelihood_of("both, discrete")
    off = at(model, prior=0, population=0, likelihood=0)
    prior = at(model, population=0, likelihood=0) - off
    likelihood = at(model, prior=0, population=0) - off
    both = at(model, prior=weight, likelihood=3) - off
    assert both == pytest.approx(weight * prior + 3 * likelihood, rel=1e-11, abs=1e-11)


NORMAL, POISSON = stats.norm(M, S), stats.poisson(S)
# scipy's log density of the truncated statements, all constants in
TRUNCATED = {
    "lower, continuous": NORMAL.logpdf(Y[0]) - NORMAL.logsf(-1),
    "upper, continuous": NORMAL.logpdf(Y[0]) - NORMAL.logcdf(6),
    "both, continuous": NORMAL.logpdf(Y[0]) - np.log(NORMAL.cdf(6) - NORMAL.cdf(-1)),
    "bounds with commas": NORMAL.logpdf(Y[0]) - np.log(NORMAL.cdf(9) - NORMAL.cdf(-1)),
    "bounds with indices": NORMAL.logpdf(Y[0])
    - np.log(NORMAL.cdf(Y[2] + 1) - NORMAL.cdf(Y[0] - 1)),
    "lower, discrete": POISSON.logpmf(2) - POISSON.logsf(0),
    "upper, discrete": POISSON.logpmf(2) - POISSON.logcdf(9),
    "both, discrete": POISSON.logpmf(2) - np.log(POISSON.cdf(9) - POISSON.cdf(0)),
    "in a loop, truncated": (POISSON.logpmf(K) - np.log(POISSON.cdf(9) - POISSON.cdf(0))).sum(),
    "a foreach, truncated": (NORMAL.logpdf(Y) - NORMAL.logsf(-1)).sum(),
    "a whole vector, lower": (NORMAL.logpdf(Y) - NORMAL.logsf(-1)).sum(),
    "a whole vector, both": (NORMAL.logpdf(Y) - np.log(NORMAL.cdf(6) - NORMAL.cdf(-1))).sum(),
    "whole integers, lower": (POISSON.logpmf(K) - POISSON.logsf(0)).sum(),
    "one's own density, both": NORMAL.logpdf(Y[0]) - np.log(NORMAL.cdf(6) - NORMAL.cdf(-1)),
    "one's own counts, lower": POISSON.logpmf(2) - POISSON.logsf(0),
    "one's own counts, both": POISSON.logpmf(2) - np.log(POISSON.cdf(9) - POISSON.cdf(0)),
    "comments and newlines": NORMAL.logpdf(Y[0]) - np.log(NORMAL.cdf(6) - NORMAL.cdf(-1)),
}


@pytest.mark.parametrize("weight", [0.5, 1, 2])
@pytest.mark.parametrize("case", TRUNCATED, ids=str)
def test_truncated_densities_at_every_weight_are_scipys(case: str, weight: float) -> None:
    model = likelihood_of(case)
    rest = {"prior": 0, "population": 0, "normalized": True}
    added = at(model, likelihood=weight, **rest) - at(model, likelihood=0, **rest)
    assert added[0] == pytest.approx(weight * TRUNCATED[case], rel=1e-10)


OUTSIDE = {
    "below, continuous": "y[1] ~ normal(m, s) T[1, ];",
    "above, continuous": "y[3] ~ normal(m, s) T[, 2];",
    "below, discrete": "k[1] ~ poisson(s) T[2, ];",
    "above, discrete": "k[3] ~ poisson(s) T[, 3];",
    "of several, below": "k[1] ~ poisson(s) T[2, 5];",
    "of several, above": "k[3] ~ poisson(s) T[2, 3];",
    "in a whole vector": "y ~ normal(m, s) T[1, ];",
    "without truncation": "y ~ uniform(-1, m);",
    "in a function": "seen_lp(y + negative_infinity(), m, s); // likelihood",
    "in an array": "target += {uniform_lpdf(y | -1, m), m};",
}


@pytest.mark.parametrize("case", OUTSIDE, ids=str)
def test_weight_0_skips_what_is_impossible(case: str) -> None:
    model = model_of(OUTSIDE[case])
    assert np.isfinite(at(model, likelihood=0)).all()


@pytest.mark.parametrize("weight", [0.5, 1, 2])
@pytest.mark.parametrize("case", OUTSIDE, ids=str)
def test_what_is_impossible_stays_so_at_every_weight(case: str, weight: float) -> None:
    assert at(model_of(OUTSIDE[case]), likelihood=weight)[0] == -np.inf


@pytest.mark.parametrize("bound", ["1", "4"])
def test_the_bounds_of_a_discrete_distribution_are_inside(bound: str) -> None:
    inside = "k[1]" if bound == "1" else "k[3]"
    model = model_of(f"{inside} ~ poisson(s) T[1, 4];")
    for weight in (1, 2):
        assert np.isfinite(at(model, likelihood=weight)[0])


def test_the_normal_form_of_what_is_added() -> None:
    added = Contribution.of("lp", "2 * normal_lupdf(y | m, s) + poisson_lupmf(k | s)")
    assert added.normalized == "2 * normal_lpdf(y | m, s) + poisson_lpmf(k | s)"
    assert added.constants == (
        "lp += (2 * normal_lpdf(y | m, s) + poisson_lpmf(k | s)) - "
        "(2 * normal_lupdf(y | m, s) + poisson_lupmf(k | s));"
    )
    plain = Contribution.of("target", "normal_lpdf(y | m, s)")
    assert plain == replace(plain, normalized=plain.expression, constants="")


@pytest.mark.parametrize(
    "body",
    ["a /* ~\n; */ ~ // b\r\n c;", "a ~ b; // é", "/**/a/***/~/*\n\n*/b;", "a\n\r\n~ b;"],
)
def test_one_line_keeps_offsets_and_drops_comments(body: str) -> None:
    plain = on_one_line(body)
    assert len(plain) == len(body)
    assert not set("\r\n/*") & set(plain)
    assert plain.index("~") == body.rindex("~")
