from __future__ import annotations

import pytest

from bayeswrap.program.migration.declarations import declarations_of
from bayeswrap.program.migration.density_calls import own_densities, rewrite_densities
from bayeswrap.program.migration.draft import Draft

FAMILIES = {"normal": "lpdf", "poisson": "lpmf", "poisson_log": "lpmf", "std_normal": "lpdf"}


def rewritten(code: str, *, old: bool = True) -> str:
    draft = Draft(code)
    declarations = declarations_of(draft, draft.statements())
    own = own_densities(draft, declarations, FAMILIES, old=old)
    rewrite_densities(draft, declarations, own, FAMILIES)
    return draft.text()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("normal_log(y, mu, s)", "normal_lpdf(y | mu, s)"),
        ("normal_log(y[1, 2] , mu, f(a, b))", "normal_lpdf(y[1, 2] | mu, f(a, b))"),
        ("poisson_log(n, lambda)", "poisson_lpmf(n | lambda)"),
        ("poisson_log_log(n, eta)", "poisson_log_lpmf(n | eta)"),
        ("normal_cdf_log(y, mu, s)", "normal_lcdf(y | mu, s)"),
        ("normal_ccdf_log(y, mu, s)", "normal_lccdf(y | mu, s)"),
        ("normal_cdf(y, mu, s)", "normal_cdf(y | mu, s)"),
        ("std_normal_log(y)", "std_normal_lpdf(y)"),
        ("normal_log(normal_log(a, b, c), 0, 1)", "normal_lpdf(normal_lpdf(a | b, c) | 0, 1)"),
        ("y ~ normal_log(mu, s)", "y ~ normal(mu, s)"),
        ("n ~ poisson_lpmf(lambda)", "n ~ poisson(lambda)"),
        ("n ~ poisson_log_log(eta)", "n ~ poisson_log(eta)"),
    ],
)
def test_densities_of_stan(old: str, new: str) -> None:
    assert rewritten(old) == new


@pytest.mark.parametrize(
    "today",
    [
        "n ~ poisson_log(eta)",
        "y ~ normal(mu, s)",
        "normal_lpdf(y | mu, s)",
        "normal_lpdf(y | a || b, s)",
        "log(x)",
        "beta_log + normal_log",
        "my_log(a, b)",
        "normal_rng(mu, s)",
        "foo_cdf(y, a)",
    ],
)
def test_todays_calls_stay(today: str) -> None:
    assert rewritten(today) == today


DENSITY = "functions { real foo_log(KIND y, real m) { return m; } } model { STATEMENT }"


@pytest.mark.parametrize(("kind", "suffix"), [("real", "lpdf"), ("int", "lpmf"), ("int[]", "lpmf")])
def test_a_density_of_the_user_is_renamed(kind: str, suffix: str) -> None:
    code = DENSITY.replace("KIND", kind).replace("STATEMENT", "y ~ foo(1); f(foo_log(y, 1));")

    new = rewritten(code, old=False)

    assert f"real foo_{suffix}({kind} y, real m)" in new
    assert f"y ~ foo(1); f(foo_{suffix}(y | 1));" in new


def test_a_function_that_ends_with_log_stays_in_a_program_of_today() -> None:
    code = DENSITY.replace("KIND", "real").replace("STATEMENT", "x = foo_log(a, b);")
    assert rewritten(code, old=False) == code


def test_a_function_of_one_argument_is_no_density() -> None:
    code = "functions { real safe_log(real x) { return x; } } model { y = safe_log(2); }"
    assert rewritten(code) == code


def test_cumulative_functions_of_the_user() -> None:
    code = "functions { real foo_ccdf_log(real y, real m) { } } model { foo_ccdf_log(1, 2); }"
    assert "{ foo_lccdf(1 | 2); }" in rewritten(code)


def test_a_name_that_is_taken_is_not_given_twice() -> None:
    code = (
        "functions { real foo_log(real y, real m) { return m; }"
        " real foo_lpdf(real y, real m) { return m; } } model { y ~ foo(1); }"
    )
    assert rewritten(code) == code


def test_a_density_of_the_user_is_not_replaced_by_one_of_stan() -> None:
    code = (
        "functions { real normal_log(real y, real m) { return m; } }"
        " model { y ~ normal(1); y ~ normal_log(1); f(normal_log(y, 1)); }"
    )
    assert rewritten(code, old=False) == (
        "functions { real normal__lpdf(real y, real m) { return m; } }"
        " model { y ~ normal_(1); y ~ normal_(1); f(normal__lpdf(y | 1)); }"
    )
