"""Functions that Stan had once, and what stands for them today."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bayeswrap.program.migration.declarations import Declarations
    from bayeswrap.program.migration.draft import Draft

__all__ = [
    "rewrite_functions",
]


_RENAMED = {
    "binomial_coefficient": "choose",
    "binomial_coefficient_log": "lchoose",
    "cov_exp_quad": "gp_exp_quad_cov",
    "epsilon": "machine_precision",
    "fabs": "abs",
    "get_lp": "target",
    "multiply_log": "lmultiply",
    "raise_exception": "reject",
}
_GONE = {
    "negative_epsilon": "negative_epsilon() has no successor: write -machine_precision()",
    "mod": "mod() has no successor: write a % b",
}


def rewrite_functions(draft: Draft, declarations: Declarations) -> None:
    """Rename calls of functions that Stan has under another name, and rewrite ``if_else``."""
    own = {draft.word(name) for _, name in declarations.functions}
    integers = {
        draft.word(name) for kind, name in declarations.variables if draft.word(kind) == "int"
    }
    integers |= {draft.word(i) for i in range(len(draft.tokens)) if draft.word(i + 1) == "in"}
    for i in range(len(draft.tokens) - 1):
        word = draft.word(i)
        if draft.word(i + 1) != "(" or word in own:
            continue
        if word == "if_else":
            _rewrite_choice(draft, i)
        elif word == "fabs" and _is_integer(draft, i + 1, integers):
            draft.texts[i], draft.texts[i + 1] = "abs", "(1.0 * ("
            draft.texts[draft.close(i + 1)] += ")"
            draft.note(i, word)
        elif word in _RENAMED:
            draft.texts[i] = _RENAMED[word]
            draft.note(i, word)
        elif word in _GONE:
            draft.leave(i, _GONE[word])


def _is_integer(draft: Draft, opening: int, integers: set[str]) -> bool:
    """Whether an argument is made of integers: ``abs`` would return one, ``fabs`` did not."""
    inside = draft.tokens[opening + 1 : draft.close(opening)]
    numbers = all(t.text.isdecimal() for t in inside if t.kind == "number")
    return numbers and all(t.text in integers for t in inside if t.kind == "name")


def _rewrite_choice(draft: Draft, i: int) -> None:
    """Write ``(a ? b : c)`` for ``if_else(a, b, c)``."""
    opening, commas = i + 1, draft.commas(i + 1)
    if len(commas) != 2:  # noqa: PLR2004 - three arguments
        draft.leave(i, "if_else takes three arguments")
        return
    draft.texts[i] = ""
    for comma, sign in zip(commas, "?:", strict=True):
        draft.texts[comma] = sign if draft.gaps[comma] else f" {sign}"
        if not draft.gaps[comma + 1]:
            draft.gaps[comma + 1] = " "
    if any(draft.word(k) == "?" for k in range(opening + 1, commas[0])):
        draft.texts[opening] += "("
        draft.texts[commas[0]] = ")" + draft.texts[commas[0]]
    draft.note(i, "if_else")
