"""Programs rewritten as text."""

from __future__ import annotations

from bayeswrap.program.syntax.rewriting import parameters_without


def test_declarations_are_taken_out_of_the_text():
    code = """data { int J; } // parameters {
    parameters { // the mean
      real<lower=0, upper=1> a, b; /* theta; */
      array[J] vector<offset=a, multiplier=b>[J] theta; real c;
    } model { theta[1] ~ normal(a, b); }"""

    assert parameters_without(code, ["theta", "b"]).endswith(
        "parameters {real<lower=0, upper=1> a;real c;} model {}"
    )
