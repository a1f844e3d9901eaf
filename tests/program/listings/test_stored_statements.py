from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayeswrap.errors import EstimandError
from bayeswrap.program.listings.listing_program import pointwise
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from bayeswrap.program.listings.stored_statements import ObservationSite

HEAD = "data { int N; vector[N] y; } parameters { real m; real<lower=0> s; }\nmodel {\n"


def sites(body: str) -> tuple[ObservationSite, ...]:
    return pointwise(Program.from_string(f"{HEAD}{body} }}")).sites


def test_a_site_names_what_is_observed_and_how_many_indices_it_has() -> None:
    vector, scalar = sites("y ~ normal(m, s);\ny[1] ~ normal(m, 1);")
    assert (vector.name, vector.line, vector.indices, vector.note) == ("y", 3, 1, "")
    assert (scalar.name, scalar.line, scalar.indices) == ("y", 4, 1)


def test_terms_of_a_sum_are_stored_one_by_one_with_their_signs() -> None:
    program = Program.from_string(
        f"{HEAD} target += normal_lpdf(y | m, s) - normal_lpdf(y | 0, 1); }}"
    )
    source = pointwise(program)
    assert len(source.sites) == 2
    assert "= -(normal_lpdf(y[bw_i] | 0, 1));" in source.text


def test_one_number_for_several_observations_is_not_pointwise() -> None:
    program = Program.from_string(f"{HEAD}target += -0.5 * dot_self(y - m); }}")
    (site,) = pointwise(program.with_roles({"3": "likelihood"})).sites
    assert site.name == "line 3"
    assert site.note.startswith("line 3 is one number for all that it observes, not pointwise")


def test_a_value_that_no_expression_has_is_refused() -> None:
    code = (
        "functions { void add_lp(vector y, real m) { y ~ normal(m, 1); } }"
        "data { int N; vector[N] y; } parameters { real m; } model { add_lp(y, m); }"
    )
    program = Program.from_string(code).with_roles({"add_lp(y, m)": "likelihood"})
    with pytest.raises(EstimandError, match="the value of this statement is no expression"):
        pointwise(program)
