"""The functions that a formula may call, and how their names are spelled for formulaic."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CONSTANTS",
    "CONTRASTS",
    "FACTORS",
    "FUNCTIONS",
    "OTHER_PACKAGES",
]

# calls that make levels of a column
FACTORS = frozenset({"C", "factor", "as.factor"})

# the user's name, and the name under which `evaluation` offers it
FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in ("log", "log10", "log2", "log1p", "exp", "expm1", "sqrt", "abs")},
        **{name: name for name in ("sin", "cos", "tan", "tanh", "atan", "floor", "round", "sign")},
        **{name: name for name in ("poly", "bs", "ns", "cr", "cc", "scale", "center", "I", "c")},
        **{f"np.{name}": name for name in ("log", "log10", "log2", "log1p", "exp", "expm1")},
        **{f"np.{name}": name for name in ("sqrt", "abs", "sin", "cos", "tan", "tanh", "sign")},
        "standardize": "scale",
        "plogis": "inv_logit",
        "inv_logit": "inv_logit",
        "qlogis": "logit",
        "logit": "logit",
        "pmin": "pmin",
        "pmax": "pmax",
        "C": "C",
        "factor": "C",
        "as.factor": "C",
    }
)

# the second argument of C(): how levels are contrasted
CONTRASTS: Mapping[str, str] = MappingProxyType(
    {
        "Treatment": "contr.treatment",
        "Sum": "contr.sum",
        "Poly": "contr.poly",
        "Helmert": "contr.helmert",
        "Diff": "contr.diff",
        "contr.treatment": "contr.treatment",
        "contr.sum": "contr.sum",
        "contr.poly": "contr.poly",
        "contr.helmert": "contr.helmert",
        "contr.sdif": "contr.diff",
        "contr.diff": "contr.diff",
        "contr.SAS": "contr.SAS",
        "SAS": "contr.SAS",
    }
)

CONSTANTS: Mapping[str, str] = MappingProxyType(
    {"TRUE": "True", "FALSE": "False", "NULL": "None", "True": "True", "False": "False"}
    | {"None": "None", "T": "True", "F": "False"}
)

# what other packages offer within a formula, and what stands for it here
OTHER_PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "s": "bs(x, df=5) or ns(x, df=3) for a spline with a fixed number of columns",
        "t2": "bs(x, df=5) or ns(x, df=3) for a spline with a fixed number of columns",
        "te": "bs(x, df=5) or ns(x, df=3) for a spline with a fixed number of columns",
        "gp": "the program gp_regression of the library",
        "mo": "factor(x), or x as a number",
        "me": "the program measurement_error of the library",
        "mi": 'missing="drop", which drops rows with missing values and says so',
        "cs": "ns(x, df=3)",
        "lag": "a column of the data frame that is shifted before",
        "cut": "a column of the data frame with the classes",
        "ifelse": "a column of the data frame that is computed before",
        "rcs": "ns(x, df=3)",
        "strata": "factor(f), or (1 | f)",
        "frailty": "(1 | g)",
        "as.numeric": "the column itself, where it holds numbers",
        "as.integer": "the column itself, where it holds numbers",
        "ordered": "C(f, Poly), or an ordered categorical",
        "relevel": "C(f, Treatment('b')), where 'b' is the level to compare with",
        "interaction": "f:g",
        "mean": "scale(x) or center(x), or a column that is computed before",
        "Surv": "time | cens(1 - event) ~ x",
        "mm": "one group term for each column",
        "gr": "(1 | g)",
        "ar": "a library program for time series",
    }
)
