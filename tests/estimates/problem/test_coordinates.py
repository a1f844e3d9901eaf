"""The coordinates of a program: names, constraints, groups, and the scalars that they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EngineError
from bayeswrap.estimates.problem.coordinates import Coordinates, bounds_depend_on_parameters

CODE = (
    "data { real top; }"
    "parameters { real a; real<lower=0> s; real<lower=a> b; real<upper=top> c; ordered[2] o;"
    "array[2] unit_vector[2] u; simplex[2] p; }"
    "generated quantities { real ratio = a / s; }"
)
SCALARS = (
    "a",
    "s",
    "b",
    "c",
    "o[1]",
    "o[2]",
    "u[1,1]",
    "u[2,1]",
    "u[1,2]",
    "u[2,2]",
    "p[1]",
    "p[2]",
)
COORDINATES = ("a", "s", "b", "c", "o[1]", "o[2]", "u[1,1]", "u[1,2]", "u[2,1]", "u[2,2]", "p[1]")


@dataclass
class Transforms:
    """The transforms of `CODE` where top = 9, in closed form."""

    coordinates: tuple[str, ...] = COORDINATES
    calls: int = 0

    def names(self, *, derived: bool = False) -> tuple[str, ...]:
        self.calls += 1
        return (*SCALARS, "ratio") if derived else SCALARS

    def constrain(self, q: np.ndarray, *, derived: bool = False, seed: int = 1) -> np.ndarray:  # noqa: ARG002 - the protocol has it
        a, s, b, c, o1, o2, *units, p = q
        vectors = np.array(units).reshape(2, 2)
        vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        share = 1 / (1 + np.exp(-p))
        values = [a, np.exp(s), a + np.exp(b), 9 - np.exp(c), o1, o1 + np.exp(o2)]
        values += [*vectors.ravel(order="F"), share, 1 - share]
        if derived and a < 0:
            raise EngineError("the program cannot compute its derived quantities at this point")
        return np.array([*values, a / np.exp(s)] if derived else values)


@pytest.fixture
def coordinates():
    return Coordinates(bw.Program.from_string(CODE, name="all"), Transforms())


def test_constraints_are_those_of_the_coordinates(coordinates):
    assert coordinates.variables == (*"asbcoo", *"uuuu", "p")
    assert coordinates.kinds[:4] == ("Identity", "Lower", "Lower", "Upper")
    assert coordinates.kinds[4:6] == ("Identity", "PositiveOrdered")
    assert [c.name for c in coordinates.declared_constraints][4:6] == ["Ordered", "Ordered"]
    assert set(coordinates.kinds[6:10]) == {"UnitVector"}
    assert coordinates.edges.below[:6] == (False, True, True, True, False, True)


def test_vectors_are_groups_of_coordinates(coordinates):
    assert coordinates.spheres == ((6, 7), (8, 9))
    assert coordinates.ordered_vectors == ((4, 5),)


def test_the_origin_has_directions(coordinates):
    np.testing.assert_array_equal(coordinates.origin, [0] * 6 + [1] * 4 + [0])
    assert np.isfinite(coordinates.constrain(coordinates.origin)).all()


def test_a_coordinate_may_be_a_scalar_by_itself(coordinates):
    alone = [n for i, n in enumerate(coordinates.names) if coordinates.is_scalar(i)]

    # b has a bound that moves with a; the second of an ordered vector moves with the first
    assert alone == ["a", "s", "c", "o[1]"]


def test_bounds_that_depend_on_parameters(coordinates):
    moving = [n for n in "asbc" if bounds_depend_on_parameters(coordinates.program, n)]

    assert moving == ["b"]


def test_display_names_say_what_a_coordinate_is(coordinates):
    assert coordinates.display_names[:6] == (
        *("a", "log(s)", "unconstrained b", "unconstrained c"),
        *("o[1]", "unconstrained o[2]"),
    )


def test_positions_become_arrays_in_their_declared_shapes(coordinates):
    q = np.array([1.0, 0, 0, 0, 2, 0, 3, 4, 0, 5, 0])

    arrays = coordinates.arrays(q)

    assert (arrays["a"], arrays["s"], arrays["b"], arrays["c"]) == (1, 1, 2, 8)
    np.testing.assert_array_equal(arrays["o"], [2, 3])
    np.testing.assert_allclose(arrays["u"], [[0.6, 0.8], [0, 1]])
    np.testing.assert_array_equal(arrays["p"], [0.5, 0.5])


def test_derived_quantities_that_cannot_be_computed(coordinates):
    outside, inside = np.ones(11), np.ones(11)
    outside[0] = -1.0

    values = coordinates.constrain(outside, derived=True, or_nan=True)

    assert coordinates.full_layout.names[-1] == "ratio"
    np.testing.assert_array_equal(values[:-1], coordinates.constrain(outside))
    assert np.isnan(values[-1])
    assert coordinates.constrain(inside, derived=True, or_nan=True)[-1] == np.exp(-1)
    with pytest.raises(EngineError, match="derived quantities"):
        coordinates.constrain(outside, derived=True)


def test_names_are_asked_for_once(coordinates):
    for _ in range(3):
        assert coordinates.layout is coordinates.layout

    assert coordinates.density.calls == 1


def test_a_model_makes_its_coordinates_once(model):
    made = model("parameters { real a; } model { a ~ normal(0, 1); }")

    first = made.density.coordinates(made.program)

    assert first is made.density.coordinates(made.program)
    assert first.names == ("a",)
