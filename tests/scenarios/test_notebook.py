"""A notebook with the main verbs runs to its end, without a warning or a wall of text."""

from __future__ import annotations

from typing import Any

import nbclient
import nbformat
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

LINES = 40  # of one output
CELLS = (
    "import bayeswrap as bw\nimport numpy as np",
    "bw.library",
    (
        'program = bw.Program.from_string("""\n'
        "data { int N; vector[N] x; vector[N] y; }\n"
        "parameters { real a; real b; real<lower=0> s; vector[40] z; }\n"
        "model { a ~ normal(0, 2); b ~ normal(0, 2); s ~ exponential(1); z ~ normal(0, 1);\n"
        "        y ~ normal(a + b * x, s); }\n"
        "generated quantities { array[N] real y_rep = normal_rng(a + b * x, s); }\n"
        '""", name="line")\nprogram'
    ),
    (
        "x = np.linspace(-1, 1, 20)\n"
        "data = {'x': x, 'y': 1 + 2 * x + np.sin(9 * x)}\n"
        "model = bw.Model(program, data, engine='stanli')\nmodel"
    ),
    "program.roles()",
    "mode = model.map(seed=1)\nmode",
    "draws = model.sample(seed=1, iter_warmup=200, iter_sampling=100)\ndraws",
    "model.prior(seed=1, draws=100)",
    "comparison = bw.compare(mode, draws, starts=0)\ncomparison",
    "comparison.verdict",
    "print(repr(comparison))",
    "mode.derive('exp(b)')",
    "comparison.plot('b')",
    "sorted(comparison.idata.children)",
    "comparison.frame.head()",
)


@pytest.fixture(scope="module")
def outputs() -> list[Any]:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    nbclient.NotebookClient(book, timeout=240, kernel_name="python3").execute()
    return [cell["outputs"] for cell in book.cells]


def test_nothing_but_progress_is_written_to_the_error_stream(outputs):
    written = [o["text"] for of in outputs for o in of if o.get("name") == "stderr"]
    assert [text for text in written if "\n" in text or "arning" in text] == []


def test_no_output_is_a_wall_of_text(outputs):
    # where there is HTML, or a picture, the text is not shown
    shown = [
        o for of in outputs for o in of if not {"text/html", "image/png"} & {*o.get("data", {})}
    ]
    plain = [o.get("text") or o["data"].get("text/plain", "") for o in shown]
    assert [text for text in plain if len(text.split("\n")) > LINES] == []


@pytest.mark.parametrize("cell", [1, 2, 3, 5, 6, 7, 8, 9, 11])
def test_values_are_shown_as_html(outputs, cell):
    assert any("text/html" in o.get("data", {}) for o in outputs[cell]), CELLS[cell]


def test_a_figure_is_shown_once(outputs):
    assert sum("image/png" in o.get("data", {}) for o in outputs[12]) == 1
