"""Slices of the generated quantities block: what a quantity needs stays, the rest goes."""

from __future__ import annotations

import pytest

from bayeswrap.program.syntax.quantity_slices import generated_quantities

HEAD = "data { int N; } parameters { real a; } model { a ~ normal(0, 1); }\n"
BLOCK = """generated quantities {
  array[N] real<lower=0, upper=(2)> u, v;
  // a comment; with a semicolon
  for (n in 1:N) {
    real m = a * n;
    u[n] = exp(m);
    v[n] = normal_rng(m, 1);
  }
  tuple(real, int) pair = (a, 2);
  real total = sum(u);
  if (total > 3)
    reject("too much: ", total);
  else print("fine");
  int k = 0;
  while (1) {
    k += 1;
    if (k > 3) break;
  }
}
"""


@pytest.fixture
def block():
    return generated_quantities(HEAD + BLOCK)


def test_the_quantities_in_the_order_of_their_declarations(block):
    assert block.variables == ("u", "v", "pair", "total", "k")


def test_a_loop_keeps_the_statements_that_a_quantity_needs(block):
    lines = block.program_with(["u"]).splitlines()[1:]

    assert lines[4:8] == ["    real m = a * n;", "    u[n] = exp(m);", "    ;", "  }"]
    assert lines[1] == "  array[N] real<lower=0, upper=(2)> u, v;"
    assert lines[8:10] == ["  ;", "  ;"]


def test_what_a_quantity_is_made_of_comes_with_it(block):
    text = block.program_with(["total"])

    assert "u[n] = exp(m);" in text
    assert 'reject("too much: ", total);' in text
    assert "normal_rng" not in text
    assert "pair" not in text


def test_a_reject_guards_what_it_reads_alone(block):
    assert "reject" not in block.program_with(["pair", "k"])


def test_a_loop_that_a_break_leaves_is_one_statement(block):
    text = block.program_with(["k"])

    assert "k += 1;\n    if (k > 3) break;" in text
    assert "k += 1;" not in block.program_with(["pair"])


def test_the_whole_block_and_none_of_it(block):
    everything = block.program_with(block.variables)

    assert everything.replace('print("fine");', ";") == block.source.replace('print("fine");', ";")
    assert not any(name in block.program_with([]).split("model")[1] for name in ("u[n]", "pair"))


def test_lines_keep_their_numbers(block):
    assert all(
        block.program_with(names).count("\n") == block.source.count("\n")
        for names in ([], ["u"], ["k", "pair"])
    )
    assert next(s.line for s in block.statements if "v[n]" in s.text) == 8
    assert block.spans_line(8)
    assert not block.spans_line(1)


def test_a_program_without_the_block():
    none = generated_quantities(HEAD)

    assert none.variables == ()
    assert none.program_with(()) == HEAD


@pytest.mark.parametrize(
    ("block", "kept", "expected"),
    [
        ("real a = 1; real b; b = a;", ["b"], "real a = 1; real b; b = a;"),
        ("real a, b = 2; a = 3;", ["b"], "real a, b = 2; ;"),
        ("real a; real b; (a, b) = f();", ["a"], "real a; real b; (a, b) = f();"),
        ("real a = 1; { real c = 2; a += c; } real d = a;", ["d"], None),
        ("real a = 1; real d = 2; { real c = 2; a += c; }", ["d"], "; real d = 2; ;"),
        ("if (1) print(2); else { } real a = 1;", ["a"], "; real a = 1;"),
        ("array[2] vector[3] x = y; complex z = 1;", ["z"], "; complex z = 1;"),
    ],
)
def test_small_blocks(block, kept, expected):
    head = "generated quantities {"
    source = f"{head}{block}}}"

    text = generated_quantities(source).program_with(kept)

    assert text == f"{head}{block if expected is None else expected}}}"
