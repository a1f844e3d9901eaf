"""Quantities that a program reports in place of a parameter: "reported as" in a comment.

A parametrisation that suits the sampler need not suit the reader: a Cholesky factor stands for a
correlation matrix, effects in standard deviations for the effects. A comment behind the declaration
says so:

    cholesky_factor_corr[K] L;  // reported as Omega
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "reported_quantities",
]

_COMMENT = re.compile(r"\b(\w+)\s*(?:=[^;]*)?;\s*//.*\breported as (\w+)")


def reported_quantities(source: str, variables: Mapping[str, Variable]) -> dict[str, str]:
    """Return what is reported in place of parameters, by parameter.

    Parameters
    ----------
    source : str
        The program's text.
    variables : mapping of str to Variable
        What it declares; a comment about other names counts for nothing.

    Examples
    --------
    >>> from bayeswrap.program.program import Program
    >>> program = Program.from_string('''
    ...     parameters { real z;  // reported as x
    ...     }
    ...     transformed parameters { real x = 2 * z; }
    ...     model { z ~ std_normal(); }''')
    >>> reported_quantities(program.source, program.variables)
    {'z': 'x'}
    """
    pairs = _COMMENT.findall(source)
    return {
        parameter: quantity
        for parameter, quantity in pairs
        if _block(parameter, variables) == "parameters"
        and _block(quantity, variables) in {"transformed parameters", "generated quantities"}
    }


def _block(name: str, variables: Mapping[str, Variable]) -> str:
    return variables[name].block if name in variables else ""
