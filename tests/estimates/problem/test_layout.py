"""Names, shapes and supports of scalars."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bayeswrap as bw
from bayeswrap.estimates.problem.layout import Layout, variable_of

PROGRAM = bw.Program.from_string(
    "data { int K; vector[K] up; } parameters { real a; matrix<lower=0>[2, 3] B; simplex[2] p;"
    "cov_matrix[2] S; vector<upper=up>[K] c; vector[0] none; real<lower=a> d; }"
    "model { a ~ normal(0, 1); }",
    name="test",
)
NAMES = ["a", *(f"B[{i},{j}]" for j in (1, 2, 3) for i in (1, 2)), "p[1]", "p[2]"]
NAMES += ["S[1,1]", "S[2,1]", "S[1,2]", "S[2,2]", "c[1]", "c[2]", "d"]


@pytest.fixture
def layout():
    return Layout.of(PROGRAM, NAMES)


@pytest.mark.parametrize("name", ["beta", "beta[2,1]", "beta.2.1", "beta[1].real"])
def test_variable_of(name):
    assert variable_of(name) == "beta"


def test_variables_keep_their_order_and_empty_ones_are_there(layout):
    assert layout.variables == ("a", "B", "p", "S", "c", "none", "d")
    assert [layout.shape(v) for v in layout.variables] == [(), (2, 3), (2,), (2, 2), (2,), (0,), ()]


def test_the_first_index_runs_fastest(layout):
    values = np.arange(len(NAMES), dtype=float)

    np.testing.assert_array_equal(layout.take(values, "B"), [[1, 3, 5], [2, 4, 6]])
    assert layout.take(values, "a").shape == ()


def test_leading_axes_stay_in_front(layout):
    draws = np.arange(4 * 5 * len(NAMES), dtype=float).reshape(4, 5, -1)

    taken = layout.take(draws, "B")

    assert taken.shape == (4, 5, 2, 3)
    np.testing.assert_array_equal(taken[2, 3], layout.take(draws[2, 3], "B"))


def test_an_unknown_variable_is_a_key_error(layout):
    with pytest.raises(KeyError):
        layout.indices("zeta")


def test_supports_follow_declarations_data_and_parameters(layout):
    values = np.arange(len(NAMES), dtype=float)
    ends = layout.supports(PROGRAM, values, {"K": np.array(2), "up": np.array([7.0, 8.0])})

    support = dict(zip(NAMES, ends.tolist(), strict=True))
    inf = np.inf
    assert support["a"] == [-inf, inf]
    assert support["B[2,3]"] == [0, inf]
    assert support["p[1]"] == [0, 1]
    assert (support["S[1,1]"], support["S[2,1]"]) == ([0, inf], [-inf, inf])
    assert (support["c[1]"], support["c[2]"]) == ([-inf, 7], [-inf, 8])
    assert support["d"] == [values[0], inf]


def test_a_cholesky_factor_of_correlations_stays_inside_its_range():
    program = bw.Program.from_string(
        "parameters { cholesky_factor_corr[2] L; } model { }", name="c"
    )
    layout = Layout.of(program, ["L[1,1]", "L[2,1]", "L[1,2]", "L[2,2]"])

    ends = layout.supports(program, np.array([1.0, 0.6, 0.0, 0.8]), {})

    np.testing.assert_array_equal(ends, [[0, 1], [-1, 1], [-1, 1], [0, 1]])


def test_complex_numbers_lie_side_by_side():
    program = bw.Program.from_string(
        "parameters { complex z; } model { target += -abs(z)^2; }", name="t"
    ).with_roles({"1": "prior"})
    layout = Layout.of(program, ["z.real", "z.imag"])

    np.testing.assert_array_equal(layout.take(np.array([1.0, 2.0]), "z"), [1, 2])


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_any_shape_comes_back(shape):
    names = [f"B[{','.join(str(i + 1) for i in reversed(at))}]" for at in np.ndindex(*shape[::-1])]
    values = np.arange(len(names), dtype=float)

    taken = Layout.of(PROGRAM, names).take(values, "B")

    assert taken.shape == tuple(shape)
    for at, value in np.ndenumerate(taken):
        assert value == values[names.index(f"B[{','.join(str(i + 1) for i in at)}]")]


def test_parameters_are_shown_without_derived_quantities():
    program = bw.Program.from_string(
        "parameters { vector[2] a; vector[0] none; real<lower=0> s; }"
        "transformed parameters { vector[2] t = s * a; }"
        "model { a ~ normal(0, 1); s ~ exponential(1); }",
        name="derived",
    )
    layout = Layout.of(program, ["a[1]", "a[2]", "s", "t[1]", "t[2]"])

    assert layout.parameters == ("a[1]", "a[2]", "s")
    assert layout.parameter_variables == ("a", "none", "s")
    assert layout.rows() == [0, 1, 2]
    assert layout.rows(derived=True) == [0, 1, 2, 3, 4]


def test_chosen_variables_alone_are_split(layout):
    values = np.arange(len(NAMES), dtype=float)

    assert layout.split(values, ["d", "a"]) == {"d": len(NAMES) - 1, "a": 0}
    assert layout.split(values, []) == {}


SHAPES = st.lists(st.lists(st.integers(1, 3), max_size=3), min_size=1, max_size=4)


@given(shapes=SHAPES, draws=st.integers(1, 3), seed=st.integers(0, 99))
def test_split_and_join_are_inverse(shapes, draws, seed):
    """Stan writes arrays one after the other, each with its first index running fastest."""
    rng = np.random.default_rng(seed)
    arrays = {f"v{i}": rng.normal(size=(draws, *shape)) for i, shape in enumerate(shapes)}
    names, columns = list[str](), list[np.ndarray]()
    for variable, array in arrays.items():
        for at in np.ndindex(array.shape[:0:-1]):
            inside = ",".join(str(i + 1) for i in reversed(at))
            names.append(f"{variable}[{inside}]" if at else variable)
            columns.append(array[(slice(None), *reversed(at))])

    layout = Layout(tuple(names), dict.fromkeys(arrays, "parameters"))
    split = layout.split(np.column_stack(columns))

    assert layout.parameters == tuple(names)
    for variable, array in arrays.items():
        np.testing.assert_array_equal(split[variable], array)


REPORTING = bw.Program.from_string(
    """
    parameters {
      real a;
      cholesky_factor_corr[2] L;  // reported as Omega
      vector[2] z;  // reported as r
    }
    transformed parameters { vector[2] r = a * z; }
    model { a ~ normal(0, 1); z ~ std_normal(); }
    generated quantities { corr_matrix[2] Omega = multiply_lower_tri_self_transpose(L); }
    """,
    name="reporting",
)
PARAMETERS = ["a", *(f"L[{i},{j}]" for j in (1, 2) for i in (1, 2)), "z[1]", "z[2]"]
QUANTITIES = ["r[1]", "r[2]", *(f"Omega[{i},{j}]" for j in (1, 2) for i in (1, 2))]


def test_what_is_reported_stands_in_the_place_of_its_parameter():
    layout = Layout.of(REPORTING, [*PARAMETERS, *QUANTITIES])
    assert layout.reported == ("a", "Omega[2,1]", "r[1]", "r[2]")
    assert layout.parameters == tuple(PARAMETERS)
    assert layout.reported_variables(["z", "a"]) == ("r", "a")
    assert layout.places(layout.reported) == [0, 10, 7, 8]


def test_without_the_quantities_the_parameters_are_reported():
    assert Layout.of(REPORTING, PARAMETERS).reported == tuple(PARAMETERS)


def test_a_program_without_such_comments_reports_its_parameters(layout):
    assert layout.reported == layout.parameters
