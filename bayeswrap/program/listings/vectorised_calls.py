"""Containers of a vectorised call, indexed one element at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tree import Expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.weights.contributions import Suffix

__all__ = [
    "IndexedCall",
    "Part",
    "RewriteContext",
    "as_variable",
    "index_call",
    "length_of",
    "of_type",
    "parts_of",
    "rank",
    "without_predictor",
]


_RANKS = {"int": 0, "real": 0, "vector": 1, "row_vector": 1, "matrix": 2}
# densities with a linear predictor in them, as the plain ones; its arguments start here
_PREDICTOR = {
    "normal_id_glm": ("normal", 1),
    "bernoulli_logit_glm": ("bernoulli_logit", 1),
    "binomial_logit_glm": ("binomial_logit", 2),
    "poisson_log_glm": ("poisson_log", 1),
    "neg_binomial_2_log_glm": ("neg_binomial_2_log", 1),
}
_DECLARED = {
    "vector": "vector[num_elements({0})] {1} = {0};",
    "row_vector": "row_vector[num_elements({0})] {1} = {0};",
    "matrix": "matrix[rows({0}), cols({0})] {1} = {0};",
    "array int": "array[num_elements({0})] int {1} = {0};",
    "array real": "array[num_elements({0})] real {1} = {0};",
}
# dimensions that one observation takes of the outcome and of each argument; 0 where not listed
_OWN = {
    "categorical": (0, 1),
    "categorical_logit": (0, 1),
    "poisson_binomial": (0, 1),
    "ordered_logistic": (0, 0, 1),
    "ordered_probit": (0, 0, 1),
    "multi_normal": (1, 1, 2),
    "multi_normal_cholesky": (1, 1, 2),
    "multi_normal_prec": (1, 1, 2),
    "multi_student_t": (1, 0, 1, 2),
    "multi_student_t_cholesky": (1, 0, 1, 2),
    "dirichlet": (1, 1),
    "multinomial": (1, 1),
    "multinomial_logit": (1, 1),
    "dirichlet_multinomial": (1, 1),
    "lkj_corr": (2, 0),
    "lkj_corr_cholesky": (2, 0),
    "lkj_cov": (2, 1, 1, 0),
    "wishart": (2, 0, 2),
    "wishart_cholesky": (2, 0, 2),
    "inv_wishart": (2, 0, 2),
    "inv_wishart_cholesky": (2, 0, 2),
    "gaussian_dlm_obs": (2, 2, 2, 2, 2, 1, 2),
}
# the same for those that take a slice of rows; slices of one row keep their dimensions
_OWN_ROWS = {
    "categorical_logit_glm": (0, 1, 1, 2),
    "ordered_logistic_glm": (0, 1, 1, 1),
    "multi_gp": (1, 2, 0),
    "multi_gp_cholesky": (1, 2, 0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RewriteContext:
    """What the text of elements is written with.

    Attributes
    ----------
    prefix : str
        Of all names that are added.
    functions : frozenset of str
        Names of the user's functions.
    local : frozenset of str
        Variables of the model block.
    data : frozenset of str
        Variables of the data and transformed data blocks.
    suffix : callable
        Density suffix (``lpdf`` or ``lpmf``) of a distribution's name.
    """

    prefix: str
    functions: frozenset[str]
    local: frozenset[str]
    data: frozenset[str]
    suffix: Suffix

    @property
    def index(self) -> str:
        """The loop's index."""
        return f"{self.prefix}_i"

    def is_user(self, distribution: str) -> bool:
        """Return whether a call is a density of the user's own."""
        return any(f"{distribution}_{kind}" in self.functions for kind in ("lpdf", "lpmf"))


@dataclass(frozen=True, slots=True)
class Part:
    """A unit of text with its expression."""

    text: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class IndexedCall:
    """Pieces of text with those that hold several elements indexed."""

    texts: tuple[str, ...]
    before: str
    length: str


def rank(kind: str) -> int:
    """Return the number of dimensions of a type; -1 where it is none of numbers.

    Examples
    --------
    >>> rank("array vector"), rank("real"), rank("")
    (2, 0, -1)
    """
    arrays = kind.count("array ")
    inner = _RANKS.get(kind[6 * arrays :], -1)
    return inner if inner < 0 else arrays + inner


def parts_of(texts: Sequence[str], expressions: Sequence[Expression]) -> list[Part]:
    """Put texts beside their expressions."""
    return [Part(text, e) for text, e in zip(texts, expressions, strict=True)]


def of_type(expression: Expression, kind: str) -> Expression:
    """Return an expression of another type, made from this one: its type alone counts."""
    return Expression("Computed", "", (expression,), kind)


def without_predictor(name: str, parts: Sequence[Part]) -> tuple[str, list[Part]]:
    """Write a density with a linear predictor in it as the plain one, evaluated once for all."""
    if name not in _PREDICTOR:
        return name, list(parts)
    plain, at = _PREDICTOR[name]
    x, alpha, beta = parts[at : at + 3]
    rows = rank(x.expression.type) > 1 or rank(alpha.expression.type)
    kind = "vector" if rows else "real"
    text = f"({alpha.text}) + ({x.text}) * ({beta.text})"
    predictor = Part(text, of_type(x.expression, kind))
    return plain, [*parts[:at], predictor, *parts[at + 3 :]]


def index_call(name: str, parts: Sequence[Part], writing: RewriteContext) -> IndexedCall | None:
    """Index what holds several elements of a distribution; None where that is not known."""
    slices = name in _OWN_ROWS
    own = _OWN_ROWS.get(name) or _OWN.get(name, ())
    ranks = [rank(part.expression.type) for part in parts]
    extra = [r - o for r, o in zip(ranks, (*own, *[0] * len(parts)), strict=False)]
    if writing.is_user(name):
        return IndexedCall(tuple(p.text for p in parts), "", "") if not any(ranks) else None
    if not set(extra) <= {0, 1}:
        return None
    at = f"{writing.index}:{writing.index}" if slices else writing.index
    texts, before, length = list[str](), list[str](), ""
    for i, part in enumerate(parts):
        if not extra[i]:
            texts.append(part.text)
            continue
        declared, base = as_variable(part, f"{writing.prefix}_a{i}")
        before.append(declared)
        length = length or length_of(base, part.expression.type)
        texts.append(f"{base}[{at}]")
    return IndexedCall(tuple(texts), " ".join(b for b in before if b), length)


def as_variable(part: Part, name: str) -> tuple[str, str]:
    """Return a declaration that computes a container once, and the name to index."""
    if part.expression.head == "Variable":
        return "", part.text
    pattern = _DECLARED.get(part.expression.type)
    if pattern is None:
        return "", f"({part.text})"
    return pattern.format(part.text, name), name


def length_of(base: str, kind: str) -> str:
    """Return the first size of a container."""
    # stanli knows no `size` of a vector that a foreach loop runs over
    function = "rows" if kind == "matrix" else "num_elements" if rank(kind) == 1 else "size"
    return f"{function}({base})"
