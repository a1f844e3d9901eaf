"""Functions that C++ defines: found, refused without it, and cut out for the engine in process."""

from __future__ import annotations

import pytest

import bayeswrap as bw
from bayeswrap.errors import ProgramNotFoundError, ProgramSyntaxError
from bayeswrap.program.syntax.external_functions import (
    external_functions,
    for_evaluation,
    in_process_source,
    lost_quantities,
)

CODE = """functions {
  real odds(real theta);
  real both(real x);
  real both(real x) { return 2 * x; }
}
data { int<lower=0> N; array[N] int<lower=0, upper=1> y; }
parameters { real<lower=0, upper=1> theta; }
model { theta ~ beta(1, 1); y ~ bernoulli(theta); }
generated quantities { real o = odds(theta); real l = log(o); real t = both(theta); }
"""
HEADER = """#include <ostream>
namespace coin_model_namespace {
template <class T> T odds(const T& t, std::ostream*) { return t / (1 - t); }
}
"""


def test_only_what_is_nowhere_defined_is_external():
    assert [f.name for f in external_functions(CODE)] == ["odds"]
    assert external_functions("model { }") == ()
    assert lost_quantities(CODE) == ("o", "l")


def test_without_c_the_declaration_is_named_with_its_line():
    with pytest.raises(ProgramSyntaxError, match="'odds' is declared, and defined") as caught:
        bw.Program.from_string(CODE, "coin")
    assert caught.value.where == "line 2 of coin.stan, `real odds(real theta);`"
    assert "user_header" in caught.value.do


def test_lines_keep_their_numbers_in_process():
    text = in_process_source(CODE)
    assert "odds" not in text
    assert text.count("\n") == CODE.count("\n")


def test_estimates_are_made_in_process_without_what_calls_c(tmp_path):
    header = tmp_path / "odds.hpp"
    header.write_text(HEADER)
    program = bw.Program.from_string(CODE, "coin", user_header=header)
    assert program.hash != bw.Program.from_string(CODE, "coin", user_header=__file__).hash
    estimate = bw.Model(program, {"y": [0, 1, 0, 0]}, engine="stanli").mle(seed=1)
    assert estimate["theta"] == pytest.approx(0.25)
    assert estimate["t"] == pytest.approx(0.5)
    assert "o: made by C++, which only the compiled program calls" in estimate.warnings


@pytest.mark.slow
@pytest.mark.stan
def test_the_compiled_program_calls_c(tmp_path):
    header = tmp_path / "odds.hpp"
    header.write_text(HEADER)
    program = bw.Program.from_string(CODE, "coin", user_header=header)
    model = bw.Model(program, {"y": [0, 1, 0, 0]}, engine="cmdstan")
    draws = model.sample(seed=1, iter_sampling=100, show_progress=False)
    theta = draws["theta"]
    assert draws["o"] == pytest.approx(theta / (1 - theta))


def test_a_header_that_does_not_exist_is_named():
    with pytest.raises(ProgramNotFoundError, match=r"C\+\+ file cannot be read"):
        bw.Program.from_string(CODE, user_header="nowhere.hpp")


def test_a_program_for_evaluation_is_quiet_and_bounded():
    text = for_evaluation('z = ode_ckrk(f, y, 0, t); print("ode_ckrk(");')

    assert text == "z = ode_ckrk_tol(f, y, 0, t, 1e-6, 1e-6, 10000); { }"
