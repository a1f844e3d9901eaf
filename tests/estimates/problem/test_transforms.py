from __future__ import annotations

import numpy as np

import bayeswrap as bw

CODE = """
data { int N; vector[N] y; }
parameters { real m; real<lower=0> s; }
model { m ~ normal(0, 1); s ~ exponential(1); y ~ normal(m, s); }
generated quantities { real twice = 2 * m; }
"""


def test_maps_read_no_outcome_and_derived_quantities_come_from_the_whole_program():
    model = bw.Model(bw.Program.from_string(CODE), {"y": [1.0, 2.0]}, engine="stanli")
    transforms, q = model.density.transforms, np.array([0.5, -1.0])

    assert b"y" not in transforms.parameters.data.encoded()
    assert transforms.evaluate(q)[0] == transforms.value(q) == -1.0
    np.testing.assert_allclose(transforms.constrain(q), [0.5, np.exp(-1)])
    np.testing.assert_allclose(transforms.constrain(q, derived=True), [0.5, np.exp(-1), 1.0])
    assert transforms.names() == ("m", "s")
    assert transforms.names(derived=True) == ("m", "s", "twice")
    np.testing.assert_allclose(transforms.unconstrain_scalars(np.array([0.5, np.exp(-1)])), q)
