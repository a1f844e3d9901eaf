from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bayeswrap.data.model_data import ModelData
from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.estimates.problem.log_density import ALL_OFF, ModelDensity
from bayeswrap.program.program import Program
from bayeswrap.program.roles.role import Role
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Mapping

PRIOR = PartWeights(population=False, likelihood=False)
POPULATION = PartWeights(prior=False, likelihood=False)
LIKELIHOOD = PartWeights(prior=False, population=False)

HIERARCHY = """// a hierarchy: theta ~ normal(mu, tau);
data {
  int<lower=1> J; // { groups }
  vector[J] y;
  vector<lower=0>[J] s;
}
parameters {
  real mu;
  real<lower=0> tau;
  vector[J] theta;
}
model {
  mu ~ normal(0, 5);
  tau ~ cauchy(0, 5);
  theta ~ normal(mu, tau); /* the population */
  y ~ normal(theta, s);
}
generated quantities { real total = sum(theta); }
"""
Y = {"y": [2.8, 0.8, -0.3], "s": [1.5, 1.0, 1.6]}

# programs in which a switch could go wrong: (program, data)
TRICKY: dict[str, tuple[str, dict[str, Any]]] = {
    "hierarchy": (HIERARCHY, Y),
    "dangling else without braces": (
        """data { int k; real y; } parameters { real m; }
        model { if (k > 0) if (k > 5) m ~ normal(0, 1); else m ~ normal(9, 1);
        y ~ normal(m, 1); }""",
        {"k": 3, "y": 0.5},
    ),
    "dangling else of the outer if": (
        """data { int k; real y; } parameters { real m; }
        model { if (k > 5) { if (k > 0) m ~ normal(0, 1); } else m ~ normal(9, 1);
        y ~ normal(m, 1); }""",
        {"k": 3, "y": 0.5},
    ),
    "else if, without braces": (
        """data { int k; real y; } parameters { real m; }
        model { if (k > 5) m ~ normal(0, 1); else if (k > 2) y ~ normal(m, 2);
        else target += -m ^ 2; m ~ cauchy(0, 1); }""",
        {"k": 3, "y": 0.5},
    ),
    "loops without braces": (
        """data { int N; vector[N] y; } parameters { vector[N] m; }
        model { for (n in 1:N) for (i in 1:2) m[n] ~ normal(i, 1); for (n in 1:N)
        if (n > 1) y[n] ~ normal(m[n], 1); else y[n] ~ normal(m[n], 2); }""",
        {"y": [0.5, 1.5]},
    ),
    "while loop": (
        """data { real y; } parameters { real m; }
        model { int i = 0; while (i < 3) { i += 1; m ~ normal(i, 1); } y ~ normal(m, 1); }""",
        {"y": 0.5},
    ),
    "array literal in a loop header": (
        """data { real y; } parameters { real m; }
        model { for (q in {1, 2, 4}) m ~ normal(q, 1); for (q in {{y, 1.0}, {2, 3}}) {
        q ~ normal(m, 1); } }""",
        {"y": 0.5},
    ),
    "comments and strings that look like code": (
        """data { real y; } // } model { m ~ normal(0, 1); }
        parameters { /* real ~ { */ real m; }
        model { print("m ~ normal(9, 9); // { "); m ~ normal(0, /* ; } */ 1);
        // y ~ normal(m, 9);
        y ~ normal(m, 1); /* target += 1; */ }""",
        {"y": 0.5},
    ),
    "comment inside a statement over several lines": (
        """data { real y; } parameters { real m; }
        model {
        m
          ~ // the prior ;
          normal(0, // location }
                 1) ;
        target
          += normal_lupdf(y | m, // , 3
             1)  // likelihood
          ;
        }""",
        {"y": 0.5},
    ),
    "statement after a brace on one line": (
        "data{real y;}parameters{real m;}model{{m~normal(0,1);}y~normal(m,1);}",
        {"y": 0.5},
    ),
    "names that look like ours": (
        """data { int bw_prior; real y; } parameters { real bw_likelihood; real bw2_x; }
        model { bw_likelihood ~ normal(bw_prior, 1); bw2_x ~ normal(0, 1);
        y ~ normal(bw_likelihood, 1); }""",
        {"bw_prior": 3, "y": 0.5},
    ),
    "no data block": (
        "parameters { real m; } model { m ~ normal(0, 1); 1 ~ bernoulli_logit(m); }",
        {},
    ),
    "no data block, but functions": (
        """functions { real f(real x) { return x ^ 2; } }
        parameters { real m; } model { m ~ normal(0, f(2)); 1 ~ bernoulli_logit(m); }""",
        {},
    ),
    "empty data block": ("data {} parameters { real m; } model { m ~ normal(0, 1); }", {}),
    "no trailing newline": (
        "data { real y; }\nparameters { real m; }\nmodel { y ~ normal(m, 1);\n m ~ std_normal(); }",
        {"y": 0.5},
    ),
    "tabs": (
        "data {\treal y; }\nparameters {real m;}\nmodel {\n\tm\t~\tstd_normal();\ty~normal(m, 1);}",
        {"y": 0.5},
    ),
    "carriage returns": (
        """data {
        real y;
        }
        parameters { real m; }
        model { m ~ normal(0,
        1);
        y ~ normal(m, 1); // likelihood
        }
        """.replace("\n", "\r\n"),
        {"y": 0.5},
    ),
    "letters beyond ASCII in comments": (
        """data { real y; } // größe ~ {
        parameters { real m; }
        model { /* μ ≥ 0 中 */ m ~ normal(0, 1); /* é */ y ~ normal(m, 1); }""",
        {"y": 0.5},
    ),
    "profile, blocks and locals": (
        """data { real y; } parameters { real m; }
        model { profile("a ~ {") { { real s = 2; m ~ normal(0, s); } y ~ normal(m, 1); } }""",
        {"y": 0.5},
    ),
    "truncation": (
        """data { int N; vector[N] y; array[N] int k; real L; }
        parameters { real m; real<lower=0> s; }
        model { m ~ normal(0, 1) T[-3, 3]; s ~ normal(0, 2) T[0, ]; for (n in 1:N) {
        y[n] ~ normal(m, s) T[L, ]; k[n] ~ poisson(s) T[1, ]; } }""",
        {"y": [0.5, 1.5], "k": [1, 3], "L": -1.0},
    ),
    "user density by ~ and by target +=": (
        """functions { real mine_lpdf(vector y, real m) { return normal_lpdf(y | m, 1); }
        real count_lpmf(int k, real m) { return poisson_log_lpmf(k | m); } }
        data { int N; vector[N] y; int k; } parameters { real m; }
        model { y ~ mine(m); k ~ count(m); target += mine_lupdf(y | m); m ~ std_normal(); }""",
        {"y": [0.5, 1.5], "k": 2},
    ),
    "function that adds to target, its role said": (
        """functions { void add_lp(real m) { m ~ normal(0, 1); } }
        data { real y; } parameters { real m; }
        model { add_lp(m); // prior
        y ~ normal(m, 1); }""",
        {"y": 0.5},
    ),
    "mixture and weights": (
        """data { int N; vector[N] y; vector[N] w; }
        parameters { real<lower=0, upper=1> p; ordered[2] m; }
        model { m ~ normal(0, 5); for (n in 1:N) target += w[n] * log_mix(p,
        normal_lpdf(y[n] | m[1], 1), normal_lupdf(y[n] | m[2], 1)); }""",
        {"y": [0.5, 1.5], "w": [1.0, 2.0]},
    ),
}


class Rig:
    """A program with its switches, and the original to compare with."""

    def __init__(self, code: str, data: Mapping[str, Any]) -> None:
        self.program = Program.from_string(code)
        self.data = ModelData.build(self.program, dict(data))
        self.source = self.program.switched()
        self.switched = ModelDensity(source=self.source, data=self.data, name="test")
        self.original = self.of(self.program.source)

    def of(self, code: str) -> InProcessDensity:
        return InProcessDensity(mir=translate(code, "test"), data=self.data.json(), name="test")

    def points(self, count: int = 4) -> list[np.ndarray]:
        rng = np.random.default_rng(7)
        return [rng.normal(0, 0.7, self.original.dimension) for _ in range(count)]

    def of_parts(self, parts: PartWeights, q: np.ndarray) -> tuple[float, np.ndarray]:
        return self.switched.of(parts).evaluate(q)


def assert_same(rig: Rig, parts: PartWeights, other: InProcessDensity) -> None:
    """Same gradient, and the same density up to a constant."""
    gaps = []
    for q in rig.points():
        value, gradient = rig.of_parts(parts, q)
        expected, expected_gradient = other.evaluate(q)
        scale = 1 + np.abs(expected_gradient).max()
        assert np.abs(gradient - expected_gradient).max() <= 1e-12 * scale
        gaps.append((value - expected) / (1 + abs(expected)))
    assert np.ptp(gaps) <= 1e-12


@pytest.fixture(scope="module", params=TRICKY, ids=str)
def rig(request: pytest.FixtureRequest) -> Rig:
    return Rig(*TRICKY[request.param])


def test_lines_stay_where_they_are(rig: Rig) -> None:
    before, after = rig.program.source.split("\n"), rig.source.text.split("\n")
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        rest = iter(new)
        assert all(letter in rest for letter in old), "nothing of the user's line is lost"
        assert old == new or rig.source.prefix in new or "} }" in new


def test_all_on_is_the_original(rig: Rig) -> None:
    assert_same(rig, PartWeights(), rig.original)


def test_all_off_is_the_program_with_an_empty_model(rig: Rig) -> None:
    source = rig.program.source
    last = list(re.finditer(r"model\s*\{", source))[-1]
    empty = rig.of(source[: last.start()] + "model {}")
    for q in rig.points():
        value, gradient = rig.of_parts(ALL_OFF, q)
        expected, expected_gradient = empty.evaluate(q)
        assert value == pytest.approx(expected, rel=1e-13, abs=1e-13)
        assert gradient == pytest.approx(expected_gradient, rel=1e-13, abs=1e-13)


@pytest.mark.parametrize("normalized", [False, True])
def test_the_parts_sum_to_the_whole(rig: Rig, *, normalized: bool) -> None:
    parts = [
        PartWeights(
            prior=p is Role.PRIOR,
            population=p is Role.POPULATION,
            likelihood=p is Role.LIKELIHOOD,
            normalized=normalized,
        )
        for p in (Role.PRIOR, Role.POPULATION, Role.LIKELIHOOD)
    ]
    for q in rig.points():
        base, slope = rig.of_parts(ALL_OFF, q)
        each = [rig.of_parts(p, q) for p in parts]
        whole, gradient = rig.of_parts(PartWeights(normalized=normalized), q)
        assert sum(v - base for v, _ in each) + base == pytest.approx(whole, rel=1e-12, abs=1e-12)
        total = slope + sum(g - slope for _, g in each)
        assert total == pytest.approx(gradient, rel=1e-11, abs=1e-11)


def test_a_part_that_has_statements_is_felt(rig: Rig) -> None:
    roles = {s.role for s in rig.program.statements}
    for role, parts in ((Role.PRIOR, PRIOR), (Role.LIKELIHOOD, LIKELIHOOD)):
        moved = any(rig.of_parts(parts, q)[0] != rig.of_parts(ALL_OFF, q)[0] for q in rig.points())
        assert moved == (role in roles)


def test_the_switched_program_passes_stanc(rig: Rig) -> None:
    again = Program.from_string(rig.source.text)
    names = [v.name for v in again.variables_in("data")]
    own = [v.name for v in rig.program.variables_in("data")]
    assert sorted(names) == sorted([*own, *rig.source.data(PartWeights())])


EDITED = {
    "prior off": (LIKELIHOOD, ["y ~ normal(theta, s);"]),
    "likelihood off": (
        PartWeights(likelihood=False),
        ["mu ~ normal(0, 5);", "tau ~ cauchy(0, 5);", "theta ~ normal(mu, tau);"],
    ),
    "population alone": (POPULATION, ["theta ~ normal(mu, tau);"]),
    "prior alone": (PRIOR, ["mu ~ normal(0, 5);", "tau ~ cauchy(0, 5);"]),
}


@pytest.mark.parametrize("case", EDITED, ids=str)
def test_a_part_is_the_program_edited_by_hand(case: str) -> None:
    parts, kept = EDITED[case]
    rig = Rig(HIERARCHY, Y)
    head = HIERARCHY[: HIERARCHY.index("model {")]
    assert_same(rig, parts, rig.of(f"{head} model {{ {' '.join(kept)} }}"))


def test_the_text_of_a_switched_program() -> None:
    source = Program.from_string(
        "data {real y;}\nparameters {real m;}\nmodel {\n"
        "  m ~ normal(0, // sd\n 1);\n  y ~ normal(m, 1);\n}"
    ).switched()
    assert source.prefix == "bw"
    lines = source.text.split("\n")
    assert lines[0] == (
        "data { real<lower=0> bw_prior_weight; real<lower=0> bw_population_weight; "
        "real<lower=0> bw_likelihood_weight; int<lower=0, upper=1> bw_normalized;real y;}"
    )
    assert lines[3] == "  { if (bw_prior_weight == 1) { m ~ normal(0, // sd"
    assert lines[5] == (
        "  { if (bw_likelihood_weight == 1) { y ~ normal(m, 1); if (bw_normalized == 1) "
        "target += normal_lpdf(y | m, 1) - normal_lupdf(y | m, 1); } "
        "else if (bw_likelihood_weight > 0) { if (bw_normalized == 1) "
        "{ target += bw_likelihood_weight * (normal_lpdf(y | m, 1)); } else "
        "{ target += bw_likelihood_weight * (normal_lupdf(y | m, 1)); } } }"
    )


def test_a_prefix_that_no_name_of_the_program_begins_with() -> None:
    source = Program.from_string(TRICKY["names that look like ours"][0]).switched()
    assert source.prefix == "bw3"
    assert source.data(PartWeights(prior=False)) == {
        "bw3_prior_weight": 0,
        "bw3_population_weight": 1,
        "bw3_likelihood_weight": 1,
        "bw3_normalized": 0,
    }


def test_an_adjustment_is_not_switched() -> None:
    source = Program.from_string(
        "data { real y; } parameters { real u; }"
        "transformed parameters { real s = exp(u); jacobian += u; }"
        "model { s ~ exponential(1); y ~ normal(0, s); }"
    ).switched()
    assert "real s = exp(u); jacobian += u; }" in source.text


X = np.array([0.3, 1.2, 2.5])
K = np.array([1, 2, 4])
# likelihood statement, data, and scipy's log density at the parameters a = 0.7, b = 1.4
A, B = 0.7, 1.4
NORMAL, POISSON = stats.norm(A, B), stats.poisson(B)
DENSITIES: dict[str, tuple[str, float]] = {
    "normal, vectorised": ("x ~ normal(a, b);", NORMAL.logpdf(X).sum()),
    "normal, element by element": (
        "for (n in 1:N) x[n] ~ normal(a, b);",
        NORMAL.logpdf(X).sum(),
    ),
    "normal, lpdf": ("target += normal_lpdf(x | a, b);", NORMAL.logpdf(X).sum()),
    "normal, lupdf": ("target += normal_lupdf(x | a, b);", NORMAL.logpdf(X).sum()),
    "normal, lupdf, weighted": (
        "for (n in 1:N) target += n * normal_lupdf(x[n] | a, b);",
        float(NORMAL.logpdf(X) @ np.arange(1, 4)),
    ),
    "normal, T[L, U]": (
        "for (n in 1:N) x[n] ~ normal(a, b) T[-1, 3];",
        (NORMAL.logpdf(X) - np.log(NORMAL.cdf(3) - NORMAL.cdf(-1))).sum(),
    ),
    "normal, T[, U]": (
        "for (n in 1:N) x[n] ~ normal(a, b) T[, 3];",
        (NORMAL.logpdf(X) - NORMAL.logcdf(3)).sum(),
    ),
    "normal, T[L, ]": (
        "for (n in 1:N) x[n] ~ normal(a, b) T[0, ];",
        (NORMAL.logpdf(X) - NORMAL.logsf(0)).sum(),
    ),
    "poisson, T[1, ]": (
        "for (n in 1:N) k[n] ~ poisson(b) T[1, ];",
        (POISSON.logpmf(K) - POISSON.logsf(0)).sum(),
    ),
    "poisson, T[1, 6]": (
        "for (n in 1:N) k[n] ~ poisson(b) T[1, 6];",
        (POISSON.logpmf(K) - np.log(POISSON.cdf(6) - POISSON.cdf(0))).sum(),
    ),
    "std_normal": (
        "x ~ std_normal(); x ~ normal(a, b);",
        float(stats.norm.logpdf(X).sum() + NORMAL.logpdf(X).sum()),
    ),
    "student_t": ("x ~ student_t(4, a, b);", stats.t(4, A, B).logpdf(X).sum()),
    "cauchy": ("x ~ cauchy(a, b);", stats.cauchy(A, B).logpdf(X).sum()),
    "double exponential": ("x ~ double_exponential(a, b);", stats.laplace(A, B).logpdf(X).sum()),
    "logistic": ("x ~ logistic(a, b);", stats.logistic(A, B).logpdf(X).sum()),
    "lognormal": ("x ~ lognormal(a, b);", stats.lognorm(B, scale=np.exp(A)).logpdf(X).sum()),
    "exponential": ("x ~ exponential(b);", stats.expon(scale=1 / B).logpdf(X).sum()),
    "gamma": ("x ~ gamma(a, b);", stats.gamma(A, scale=1 / B).logpdf(X).sum()),
    "inverse gamma": ("x ~ inv_gamma(a, b);", stats.invgamma(A, scale=B).logpdf(X).sum()),
    "weibull": ("x ~ weibull(a, b);", stats.weibull_min(A, scale=B).logpdf(X).sum()),
    "poisson": ("k ~ poisson(b);", POISSON.logpmf(K).sum()),
    "poisson, lupmf": ("target += poisson_lupmf(k | b);", POISSON.logpmf(K).sum()),
    "binomial": (
        "k ~ binomial(6, inv_logit(a));",
        stats.binom(6, 1 / (1 + np.exp(-A))).logpmf(K).sum(),
    ),
    "negative binomial": (
        "k ~ neg_binomial_2(a, b);",
        stats.nbinom(B, B / (A + B)).logpmf(K).sum(),
    ),
    "multi_normal": (
        "x ~ multi_normal(rep_vector(a, N), diag_matrix(rep_vector(b, N)));",
        stats.multivariate_normal(np.full(3, A), B * np.eye(3)).logpdf(X),
    ),
}


@pytest.mark.parametrize("case", DENSITIES, ids=str)
def test_normalised_parts_carry_all_constants(case: str) -> None:
    statement, expected = DENSITIES[case]
    rig = Rig(
        "data { int N; vector[N] x; array[N] int k; } parameters { real a; real<lower=0> b; }"
        f"model {{ a ~ normal(0, 3); b ~ gamma(2, 3); {statement} }}",
        {"x": X, "k": K},
    )
    q = rig.original.unconstrain({"a": np.array(A), "b": np.array(B)})
    parts = rig.switched.log_parts(q)
    assert parts["likelihood"] == pytest.approx(expected, rel=1e-12)
    prior = stats.norm(0, 3).logpdf(A) + stats.gamma(2, scale=1 / 3).logpdf(B)
    assert parts["prior"] == pytest.approx(prior, rel=1e-12)
    assert parts["population"] == 0


@pytest.mark.parametrize(
    "statement",
    ["b ~ normal(0, 2) T[0, ];", "target += normal_lpdf(b | 0, 2) - normal_lccdf(0 | 0, 2);"],
)
def test_a_truncated_prior_carries_its_normalisation(statement: str) -> None:
    rig = Rig(
        "data { real y; } parameters { real<lower=0> b; }"
        f"model {{ {statement} y ~ normal(0, b); }}",
        {"y": 1.5},
    )
    q = rig.original.unconstrain({"b": np.array(B)})
    assert rig.switched.log_parts(q)["prior"] == pytest.approx(stats.halfnorm(scale=2).logpdf(B))


def test_a_part_that_is_off_is_skipped_not_weighted() -> None:
    rig = Rig(
        "data { real y; } parameters { real m; } model { m ~ uniform(0, 1); y ~ normal(m, 1); }",
        {"y": 0.5},
    )
    outside = np.array([2.0])
    assert rig.of_parts(PartWeights(), outside)[0] == -np.inf
    assert np.isfinite(rig.of_parts(LIKELIHOOD, outside)[0])


SIMPLE = st.sampled_from(
    [
        "m[1] ~ normal(0, 2);",
        "m ~ normal(1, 3);",
        "target += normal_lpdf(m[2] | 0, 1);",
        "y ~ normal(m[1], 2);",
        "y[1] ~ cauchy(m[2], 1) ;",
        "target += normal_lupdf(y | m[2], 1.5);",
        "m[2]\n  ~ // a ~ b; {\n normal(0, 1);",
        ";",
        'print("a ~ } {");',
        "{ real v = m[1]; v ~ normal(0, 1); }",
    ]
)
COMMENTS = st.sampled_from(
    ["", "// { ; ~\n", "/* } y ~ normal(0,\n 1); */", "\t", "\r\n", "/* é */"]
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(COMMENTS, inner, COMMENTS, inner).map(lambda t: "{" + " ".join(t) + "}"),
        inner.map(lambda s: f"for (i in 1:2) {s}"),
        inner.map(lambda s: f"for (i in {{1, 2}}) {s}"),
        inner.map(lambda s: f"if (k > 1) {s}"),
        st.tuples(inner, inner).map(lambda t: f"if (k > 1) {{ {t[0]} }} else {t[1]}"),
        st.tuples(inner, COMMENTS, inner).map(lambda t: f"if (k < 1) {t[0]} {t[1]} else {t[2]}"),
        inner.map(lambda s: f'profile("p") {{ {s} }}'),
    )


BODIES = st.lists(st.recursive(SIMPLE, nested, max_leaves=6), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=18, deadline=None, derandomize=True)
@given(body=BODIES, k=st.integers(0, 3))
def test_switching_never_changes_the_density(body: str, k: int) -> None:
    counter = itertools.count()
    body = re.sub(r"\bi in\b", lambda _: f"i{next(counter)} in", body)  # no name twice
    code = f"data {{ int k; vector[2] y; }} parameters {{ vector[2] m; }} model {{ {body} }}"
    rig = Rig(code, {"k": k, "y": [0.4, -1.3]})
    assert rig.source.text.count("\n") == code.count("\n")
    assert_same(rig, PartWeights(), rig.original)
    for q in rig.points(2):
        assert rig.of_parts(ALL_OFF, q)[0] == 0
