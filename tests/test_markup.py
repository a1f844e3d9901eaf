"""What a notebook shows of a value."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.markup import block, code_lines, sentences, table

COIN = """
data { int<lower=0> n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
model {
  p ~ beta(2, 2);
  y ~ binomial(n, p);
}
"""


class Balance(HTMLParser):
    """Opening tags without an end."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the parser's own signature
        if tag not in {"br", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def shown():
    model = bw.Model(bw.Program.from_string(COIN, name="coin"), {"n": 10, "y": 7}, engine="stanli")
    draws = model.sample(seed=1, iter_warmup=100, iter_sampling=50, show_progress=False)
    mle, laplace = model.mle(), model.laplace(seed=1, draws=50)
    comparison = bw.compare(mle, model.map(), laplace, draws)
    census = model.mle(starts=3).census
    return [model.program, model, mle, laplace, draws, comparison, comparison.verdict, census]


def test_every_value_has_html_whose_tags_close(shown):
    for value in (*shown, bw.library, bw.library["beta_binomial"]):
        checker = Balance()
        checker.feed(value._repr_html_())
        assert checker.open == [], type(value)


def test_the_roles_of_a_program_stand_on_its_lines(shown):
    lines = shown[0]._repr_html_().split("<span")

    assert any("p ~ beta(2, 2);" in line and "prior" in line for line in lines)
    assert any("y ~ binomial(n, p);" in line and "likelihood" in line for line in lines)


def test_a_verdict_prints_two_lines(shown):
    verdict = shown[6]

    assert repr(verdict).count("\n") == 1
    assert verdict.summary in repr(verdict)
    assert len(repr(shown[5].lineup)) < 200


def test_text_is_escaped():
    assert "&lt;lower=0&gt;" in code_lines([("real<lower=0> s;", "")])
    assert "&lt;b&gt;" in block("<b>", sentences(["<b>"]))
    assert sentences(["", ""]) == ""


def test_a_long_table_says_what_it_leaves_out():
    frame = pd.DataFrame({"x": range(30)})

    assert "10 more rows: to_frame() has all 30" in table(frame)
    assert "more rows" not in table(frame, rows=30)
