"""Sixty situations that fail: each message names the line, the variable or the row to change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MEAN = "data { int N; vector[N] y; }\nparameters { real m; }\nmodel {\n  y ~ normal(m, 1);\n}\n"
SCALE = "data { int N; vector[N] y; }\nparameters { real<lower=0> s; real<lower=0> t; }\nmodel {\n"
COUNT = "data { int N; array[N] int y; }\nparameters { real<lower=0> s; }\nmodel {\n"
GROUPS = (
    "data { int N; int J; array[N] int<lower=1> g; vector[N] y; }\n"
    "parameters { vector[J] u; }\nmodel {\n"
)
QUANTITY = MEAN + "generated quantities {\n"
Y = {"y": [1.0, 2.0]}


def read(code: str, data: Any = None, **named: Any) -> None:
    bw.Model(bw.Program.from_string(code, "study"), data, engine="stanli", **named)


def mode(code: str, data: Any = None, **options: Any) -> None:
    program = bw.Program.from_string(code, "study")
    bw.Model(program, data, engine="stanli").mle(seed=1, **options)


def draws(code: str, data: Any = None, **options: Any) -> None:
    model = bw.Model(bw.Program.from_string(code, "study"), data, engine="stanli")
    model.sample(seed=1, iter_warmup=50, iter_sampling=20, show_progress=False, **options)


def quantity(code: str, data: Any = None) -> None:
    """Raise the warnings of an estimate: a quantity that fails is no error."""
    program = bw.Program.from_string(QUANTITY + code + "\n}", "study")
    estimate = bw.Model(program, Y if data is None else data, engine="stanli").mle(seed=1)
    raise bw.BayeswrapError("; ".join(estimate.warnings))


@dataclass(frozen=True)
class Row:
    """What is done with what, and what the message must hold."""

    run: Callable[..., None]
    code: str
    words: tuple[str, ...]
    data: Any = None
    options: Mapping[str, Any] | None = None


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"y": [1.0, 2.0, 3.0], **columns})


PROGRAM = {
    "semicolon": Row(read, "parameters { real m }\nmodel { }", ("line 1", '";"')),
    "undeclared": Row(read, MEAN.replace("(m", "(mu"), ("line 4", "mu")),
    "type": Row(read, "transformed data {\n  int n = 2.5; }\nmodel { }", ("line 2", "n")),
    "distribution": Row(read, MEAN.replace("normal", "nrmal"), ("line 4", "nrmal")),
    "arguments": Row(read, MEAN.replace(", 1", ""), ("line 4", "normal")),
    "brace": Row(read, MEAN.rstrip()[:-1], ("line", "study.stan")),
    "old arrays": Row(read, "data {\n int N; real y[N]; }\nmodel { }", ("line 2", "migrate")),
    "undefined": Row(
        read, "functions {\n real f(real x); }\nmodel { }", ("line 2", "'f'", "user_header")
    ),
    "include": Row(read, '#include "nowhere.stan"\nmodel { }', ("nowhere.stan",)),
    "data assigned": Row(read, MEAN.replace("  y ~", "  N = 2; y ~"), ("line 4", "N")),
    "two names": Row(read, "data {\n real y; real y; }\nmodel { }", ("line 2", "y")),
    "role": Row(
        read,
        "functions { real f_lp(real m) { target += m; return m; } }\n"
        "data { real y; }\nparameters { real m; }\nmodel {\n  y ~ normal(1 + f_lp(m), 1);\n}",
        ("study.stan:5", "f_lp"),
        {"y": 1.0},
    ),
    "empty": Row(read, "  \n", ("study",)),
}

DATA = {
    "missing": Row(read, MEAN, ("missing", "y (vector[N])"), {"N": 2}),
    "misspelt": Row(read, MEAN, ("rename 'Y' to 'y'",), {"Y": [1.0]}),
    "unknown": Row(read, MEAN, ("'z'", "N, y"), Y, {"z": 1}),
    "length": Row(read, MEAN, ("'y'", "(3) = (2)".replace("3", "N")), {"N": 2, "y": [1.0] * 3}),
    "column vector": Row(read, MEAN, ("'y'", "(2, 1)", "[:, 0]"), {"y": np.ones((2, 1))}),
    "ragged": Row(read, MEAN, ("'y'", "2 in the first, 1 in"), {"y": [[1, 2], [3]]}),
    "NaN": Row(read, MEAN, ("'y'", "row 2"), frame(y=[1, np.nan, 2])),
    "masked": Row(read, MEAN, ("'y'", "[2]"), {"y": np.ma.masked_array([1, 9], [0, 1])}),
    "text": Row(read, MEAN, ("'y'", "'x'", "row 2"), frame(y=["1", "x", "3"])),
    "thousands": Row(read, MEAN, ("'1,200'", "row 1", "1200"), frame(y=["1,200", "2", "3"])),
    "dates": Row(read, MEAN, ("'y'", "dt.days"), {"y": [dt.date(2024, 1, 1)] * 2}),
    "complex": Row(read, MEAN, ("'y'", ".real"), {"y": [1j, 2]}),
    "half a count": Row(read, COUNT + "y ~ poisson(s); }", ("'y'", "0.5 at [2]"), {"y": [1, 0.5]}),
    "bound": Row(
        read,
        "data { real a; real<upper=a> b; }\nmodel { }",
        ("'b'", "upper=a = 1", "2"),
        {"a": 1, "b": 2},
    ),
    "simplex": Row(read, "data { simplex[2] p; }\nmodel { }", ("'p'", "sum"), {"p": [0.5, 0.6]}),
    "symmetry": Row(
        mode,
        "data { cov_matrix[2] S; vector[2] y; }\nparameters { vector[2] m; }\n"
        "model { y ~ multi_normal(m, S); }",
        ("S[1,2] = 0.5",),
        {"S": [[1, 0.5], [0.4, 1]], "y": [0, 1]},
    ),
    "index": Row(
        read,
        GROUPS + "  y ~ normal(u[g], 1);\n}",
        ("g[2] = 3", "J = 2", "line 4", "row 2"),
        frame(g=[1, 3, 2]),
        {"J": 2},
    ),
    "index in a loop": Row(
        read,
        GROUPS + "  for (n in 1:N) y[n] ~ normal(u[n], 1);\n}",
        ("n = 3", "J = 2", "line 4"),
        frame(g=[1, 2, 2]),
        {"J": 2},
    ),
    "literal index": Row(
        read, GROUPS + "  y ~ normal(u[3], 1);\n}", ("u[3]", "line 4"), frame(g=[1, 2, 2]), {"J": 2}
    ),
    "lag": Row(
        read,
        MEAN.replace("y ~ normal(m, 1)", "for (n in 1:N) y[n] ~ normal(m * y[n - 1], 1)"),
        ("n - 1 = 0", "line 4"),
        Y,
    ),
    "reject": Row(
        mode,
        'data { int N; real y; }\ntransformed data {\n  if (N < 3) reject("N is ", N);\n}\n'
        "parameters { real m; }\nmodel { y ~ normal(m, 1); }",
        ("N is 2",),
        {"N": 2, "y": 1},
    ),
}

EDGE = {
    "gamma": Row(read, SCALE + " y ~ gamma(s, t);\n}", ("y[2] = 0", "line 4"), {"y": [1, 0]}),
    "beta": Row(read, SCALE + " y ~ beta(s, t);\n}", ("y[2] = 1", "line 4"), {"y": [0.5, 1]}),
    "lognormal": Row(
        read,
        SCALE + " for (n in 1:N) target += lognormal_lpdf(y[n] | 0, s);\n}",
        ("y[2] = -1", "line 4", "row 2"),
        frame(y=[1.0, -1, 2]),
    ),
    "log of 0": Row(read, SCALE + " log(y) ~ normal(0, s);\n}", ("y[1] = 0",), {"y": [0, 1]}),
    "poisson": Row(read, COUNT + " y ~ poisson(s);\n}", ("y[2] = -1", "line 4"), {"y": [1, -1]}),
    "bernoulli": Row(
        read, COUNT + " y ~ bernoulli_logit(s);\n}", ("y[1] = 2", "line 4"), {"y": [2, 1]}
    ),
    "binomial": Row(
        read, COUNT + " y ~ binomial(5, s);\n}", ("y[2] = 6", "<= 5", "line 4"), {"y": [2, 6]}
    ),
    "infinite": Row(read, MEAN, ("y[2] = inf", "line 4"), {"y": [0, np.inf]}),
    "standard error 0": Row(
        read,
        "data { int N; vector[N] y; vector[N] se; }\nparameters { real m; }\n"
        "model {\n  y ~ normal(m, se);\n}",
        ("se[2] = 0", "line 4"),
        {"y": [1, 2], "se": [1, 0]},
    ),
    "categories": Row(
        read,
        "data { int N; array[N] int y; }\nparameters { ordered[2] c; }\n"
        "model {\n  y ~ ordered_logistic(0, c);\n}".replace("(0,", "(rep_vector(0, N),"),
        ("y[2] = 4", "at most 3", "line 4"),
        {"y": [1, 4]},
    ),
    "flat gamma": Row(
        read, SCALE + " s ~ gamma(0, 0);\n y ~ normal(s, t);\n}", ("gamma", "0", "line 4"), Y
    ),
    "negative scale": Row(
        mode, SCALE + " y ~ normal(0, -s);\n}", ("line 4", "Scale parameter is -"), Y
    ),
    "sizes": Row(
        mode,
        "data { int N; vector[N] y; }\nparameters { vector[3] m; }\n"
        "model {\n  y ~ normal(m, 1);\n}",
        ("line 4", "size"),
        Y,
    ),
    "not positive definite": Row(
        mode,
        "data { vector[2] y; }\nparameters { real<lower=1> r; }\nmodel {\n"
        "  y ~ multi_normal([0, 0]', [[1, 1 + r], [1 + r, 1]]);\n}",
        ("line 4", "positive definite"),
        {"y": [1, 2]},
    ),
    "no number": Row(
        mode,
        "data { real y; }\nparameters { real<lower=1> r; }\nmodel {\n  y ~ normal(sqrt(-r), 1);\n}",
        ("line 4", "nan"),
        {"y": 1},
    ),
    "truncation": Row(
        mode,
        "data { real y; }\nparameters { real m; }\nmodel {\n  y ~ normal(m, 1) T[0, ];\n}",
        ("line 4", "infinite"),
        {"y": -1},
    ),
    "no slope": Row(
        draws,
        "data { array[3] int y; }\nparameters { real<lower=0, upper=1> p; }\n"
        "transformed parameters { simplex[3] q = [[1, 1], [0, 1], [-1, 1]] * [p, 0]' "
        "+ [0, 0, 1]'; }\nmodel {\n  y ~ multinomial(q);\n}",
        ("line 5", "gradient is not a number"),
        {"y": [24, 0, 56]},
    ),
    "empty support": Row(
        mode,
        "data { real a; real y; }\nparameters { real<lower=a, upper=0> m; }\n"
        "model { y ~ normal(m, 1); }",
        ("m",),
        {"a": 1, "y": 0},
    ),
}

QUANTITIES = {
    "overflow": Row(quantity, " int k = poisson_log_rng(m + 30);", ("k", "line 7", "20.79")),
    "argument": Row(quantity, " real k = gamma_rng(-1, 1);", ("k", "line 7", "Shape")),
    "index": Row(quantity, " real k = y[N + 1];", ("k", "line 7", "y[N + 1]")),
    "matrix": Row(
        quantity,
        " matrix[2, 2] L = cholesky_decompose([[1, 2], [2, 1]]);",
        ("L", "line 7", "positive definite"),
    ),
    "constraint": Row(quantity, " real<upper=0> k = 1;", ("k", "line 7", "0")),
    "loop": Row(
        quantity,
        " array[N] int k;\n for (n in 1:N)\n  k[n] = poisson_rng(-1);",
        ("k", "line 9", "poisson_rng"),
    ),
}

ENGINE = {
    "initial value": Row(
        mode,
        SCALE + " y ~ gamma(s, t);\n}",
        ("s", "-1"),
        Y,
        {"inits": {"s": -1.0}},
    ),
    "initial name": Row(mode, MEAN, ("'mu'", "m"), Y, {"inits": {"mu": 1.0}}),
    "initial shape": Row(mode, MEAN, ("m",), Y, {"inits": {"m": [1.0, 2.0]}}),
    "initial start": Row(
        draws,
        "data { real y; }\nparameters { real m; }\nmodel {\n  y ~ normal(0, m);\n}",
        ("line 4", "Scale parameter is -2"),
        {"y": 1},
        {"inits": {"m": -2.0}},
    ),
    "fixed name": Row(mode, MEAN, ("mu",), Y, {"fixed": {"mu": 1.0}}),
    "no parameters": Row(
        mode, "generated quantities { real z = normal_rng(0, 1); }", ("study", "sample()")
    ),
    "complex": Row(
        mode,
        "data { array[2] complex z; }\nparameters { real m; }\n"
        "model { get_real(z[1]) ~ normal(m, 1); }",
        ("data of complex numbers", "CmdStan"),
        {"z": [1 + 2j, 3]},
    ),
    "tuple": Row(
        mode,
        "data { tuple(int, real) t; }\nparameters { real m; }\nmodel { t.2 ~ normal(m, 1); }",
        ("Tuple",),
        {"t": (1, 2.0)},
    ),
}

TABLE = {
    f"{kind}: {name}": row
    for kind, rows in {
        "program": PROGRAM,
        "data": DATA,
        "edge": EDGE,
        "quantity": QUANTITIES,
        "engine": ENGINE,
    }.items()
    for name, row in rows.items()
}


def test_there_are_sixty_situations() -> None:
    assert len(TABLE) >= 60


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_the_message_names_what_to_change(row: Row) -> None:
    with pytest.raises(bw.BayeswrapError) as caught:
        row.run(row.code, row.data, **(row.options or {})) if row.run is not quantity else (
            row.run(row.code)
        )
    text = str(caught.value)
    for word in row.words:
        assert word in text, text
