from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bayeswrap.program.weights.part_weights import WEIGHTED, PartWeights
from bayeswrap.program.weights.weighted_program import WeightedSource

SOURCE = WeightedSource(text="", prefix="bw", with_constants="")
weights = st.floats(0, 100)
parts_of = st.builds(
    PartWeights, prior=weights, population=weights, likelihood=weights, normalized=st.booleans()
)


def test_by_default_the_program_is_the_users_own() -> None:
    assert [getattr(PartWeights(), role) for role in WEIGHTED] == [1.0, 1.0, 1.0]
    assert PartWeights().normalized is False


@settings(max_examples=50, deadline=None)
@given(parts=parts_of)
def test_weights_come_back_from_the_data_of_a_program(parts: PartWeights) -> None:
    data = json.loads(json.dumps(SOURCE.data(parts)))
    back = {role: data.pop(f"bw_{role}_weight") for role in WEIGHTED}
    assert PartWeights(**back, normalized=bool(data.pop("bw_normalized"))) == parts
    assert data == {}
