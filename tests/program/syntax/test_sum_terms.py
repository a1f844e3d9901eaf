from __future__ import annotations

import pytest

from bayeswrap.program.program import Program
from bayeswrap.program.syntax.patterns import summands
from bayeswrap.program.syntax.scan import scan
from bayeswrap.program.syntax.sum_terms import term_spans
from bayeswrap.program.syntax.tree import Expression, Target

HEAD = """functions { real f(real x, real w) { return x + w; } }
data { int k; int n; vector[3] v; row_vector[3] r; matrix[3, 3] A; array[3] real a; }
parameters { real m; real<lower=0> s; vector[3] z; }
"""

# what is added to target, and its terms as they stand in the text, each with its sign
SUMS: dict[str, tuple[str, list[str]]] = {
    "one term": ("m", ["+m"]),
    "plus and minus": ("m + s - k", ["+m", "+s", "-k"]),
    "brackets around the whole": ("((m - s))", ["+m", "-s"]),
    "a minus before brackets": ("m - (s + k)", ["+m", "-s", "-k"]),
    "a minus before brackets that hold one": ("m - (s - (k - n))", ["+m", "-s", "+k", "-n"]),
    "brackets of brackets": ("m - ((s) - ((k)))", ["+m", "-(s)", "+((k))"]),
    "a leading minus": ("-m + s", ["+-m", "+s"]),
    "a leading plus": ("+m - s", ["++m", "-s"]),
    "a leading minus before brackets": ("-(m + s) - k", ["+-(m + s)", "-k"]),
    "a minus of brackets alone": ("-(m + s)", ["+-(m + s)"]),
    "a minus after a minus": ("m - -s", ["+m", "--s"]),
    "minuses without blanks": ("m--s-+k", ["+m", "--s", "-+k"]),
    "a minus after a minus, brackets": ("m - -(s - k) - n", ["+m", "--(s - k)", "-n"]),
    "a transpose before a sign": ("r * z + z' * v - v'*z", ["+r * z", "+z' * v", "-v'*z"]),
    "a sign after a transpose": ("m * (v' * z) + sum(v') - sum((z')')", 3 * [""]),
    "a product binds": ("m * -s + k / -2", ["+m * -s", "+k / -2"]),
    "a power binds": ("m ^ -2 - s^2", ["+m ^ -2", "-s^2"]),
    "a minus before a power": ("-m ^ 2 + -s^-2", ["+-m ^ 2", "+-s^-2"]),
    "a ternary": ("m > 0 ? m + s : m - s", ["+m > 0 ? m + s : m - s"]),
    "a ternary in brackets": ("s + (k > 0 ? m + s : m - s) - 1", None),
    "a sum in the condition of a ternary": ("k + n > 0 ? m : s", None),
    "a ternary whose end looks like a term": ("k > 0 ? m : s + m", None),
    "comparisons": ("k + n > 1", None),
    "comparisons, at most": ("k <= n + 1", None),
    "comparisons, equal": ("k == n - 1", None),
    "comparisons, unequal": ("k - 1 != n", None),
    "comparisons in brackets": ("m + (k - n >= 1) - s", ["+m", "+(k - n >= 1)", "-s"]),
    "not": ("!(k + n) + m", ["+!(k + n)", "+m"]),
    "exponents": ("1e-3 + 1.5E+2*m - .5e-1 + 2.e+3 - 1_0.5", None),
    "an exponent without digits behind the point": ("m-1.e-3-s", ["+m", "-1.e-3", "-s"]),
    "integers beside signs": ("3-2+m-1", ["+3", "-2", "+m", "-1"]),
    "indices": ("z[k + 1] - z[n - 1] + A[k - 1, n + 1]", None),
    "ranges as indices": ("sum(z[k + 1 : n - 1]) - sum(z[:n - 1]) + sum(z[k+1:])", None),
    "several indices": ("sum(z[{k + 1, n - 1}]) + z[1]", None),
    "an index before a sign": ("a[1]-a[2]+a[3]", ["+a[1]", "-a[2]", "+a[3]"]),
    "array literals": ("sum({m - s, 1 + s}) - {m, s + 1}[1] + {m - 1, s}[k - n]", None),
    "row vectors": ("sum([m - s, 1 + s]) - [m, s + 1] * [m, s - 1]' + ([m, s]')[1]", None),
    "calls with sums": ("f(m + s, m - s) - normal_lpdf(m - s | k + 1, s - -1)", None),
    "densities": ("normal_lpdf(v | m, s) + normal_lupdf(m | 0, 1) - normal_lccdf(0 | 0, 1)", None),
    "a remainder and integer division": ("k % n - k %/% n + m", ["+k % n", "-k %/% n", "+m"]),
    "elementwise signs": ("sum(v .* z) - sum(v ./ v) + sum(v .^ 2) - sum(A \\ v)", None),
    "tuples": ("(m, s - 1).1 + (m, (k, s)).2.2 - 1", None),
    "comments with signs": ("m // - s + (\n + /* - k ) */ s - // + 2\n k", ["+m", "+s", "-k"]),
    "comments inside brackets": ("(/* ( */ m // )\n - (s /* + */)) - k", None),
    "newlines": ("\n m\r\n+\n\ts\n-\nk\n", ["+m", "+s", "-k"]),
    "a statement without blanks": ("m+s-k*(n-1)+(m-s)", ["+m", "+s", "-k*(n-1)", "+m", "-s"]),
}


def target_expressions(statements: list[str]) -> list[Expression]:
    """What stanc reads the statements to add to target."""
    model = Program.from_string(HEAD + "model { " + " ".join(statements) + " }").tree.blocks[
        "model"
    ]
    return [s.expression for s in model if isinstance(s, Target)]


def bare(expression: Expression) -> Expression:
    while expression.head == "Paren":
        expression = expression.args[0]
    return expression


def signs(expression: Expression, sign: str = "+") -> list[str]:
    """The sign of each term of stanc's tree, by the arithmetic of brackets."""
    inner = bare(expression)
    if not (inner.head == "BinOp" and inner.name in {"Plus", "Minus"}):
        return [sign]
    other = {"+": "-", "-": "+"}[sign] if inner.name == "Minus" else sign
    return signs(inner.args[0], sign) + signs(inner.args[1], other)


@pytest.mark.parametrize("case", SUMS, ids=str)
def test_terms_of_the_text_are_those_of_the_tree(case: str) -> None:
    added, _ = SUMS[case]
    code = f"{HEAD}model {{ target += {added}; }}"
    (span,) = scan(code).spans
    terms = term_spans(code, span)
    (whole,) = target_expressions([f"target += {added};"])
    wanted = [bare(e) for e in summands(whole)]
    again = target_expressions([f"target += {code[t.start : t.end]};" for t in terms])
    assert [bare(e) for e in again] == wanted
    assert [t.sign for t in terms] == signs(whole)


@pytest.mark.parametrize(
    "case", [c for c, (_, told) in SUMS.items() if told and all(told)], ids=str
)
def test_terms_stand_where_they_are_written(case: str) -> None:
    added, told = SUMS[case]
    code = f"{HEAD}model {{ target += {added}; }}"
    (span,) = scan(code).spans
    assert [t.sign + code[t.start : t.end] for t in term_spans(code, span)] == told


def test_a_sum_that_is_gathered_has_terms_too() -> None:
    code = f"{HEAD}model {{ real lp = 0; lp += m - (s + 1); target += lp; }}"
    (span,) = scan(code, frozenset({"lp"})).spans
    assert span.kind == "gather"
    assert [t.sign + code[t.start : t.end] for t in term_spans(code, span)] == ["+m", "-s", "-1"]


@pytest.mark.parametrize("statement", ["m ~ normal(1 - 2, 1 + 2);", "f_lp(m + s);"])
def test_statements_that_add_no_sum_have_no_terms(statement: str) -> None:
    code = f"{HEAD}model {{ {statement} }}"
    (span,) = scan(code).spans
    assert term_spans(code, span) == ()


@pytest.mark.parametrize("added", ["k + n || n", "k && n + 1"])
def test_logical_operators_bind_less_than_a_sum(added: str) -> None:
    code = f"{HEAD}model {{ target += {added}; }}"
    (span,) = scan(code).spans
    assert len(term_spans(code, span)) == 1
