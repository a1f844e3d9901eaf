"""Messages in the words of the shell: options where Python has keywords, commands for functions."""

from __future__ import annotations

import re

__all__ = [
    "in_shell_words",
]

# keywords of Python, and the option of the same meaning; a value follows
_OPTIONS = {
    "missing": "--missing",
    "engine": "--engine",
    "family": "--family",
    "link": "--link",
    "roles": "--role",
    "columns": "--map",
    "units": "--unit",
    "priors": "--prior",
    "methods": "--methods",
    "seconds": "--seconds",
    "starts": "--starts",
    "seed": "--seed",
    "ci_prob": "--level",
    "chains": "--chains",
    "jobs": "--jobs",
    "iter_warmup": "--iter-warmup",
    "iter_sampling": "--iter-sampling",
    "adapt_delta": "--adapt-delta",
    "trials": "--trials",
    "weights": "--weights",
    "offset": "--offset",
    "censored": "--censored",
    "upper": "--upper",
}
_FLAGS = ("marginal", "reml", "standardize")
_PHRASES = {
    r", or pass format= one of [\w, ]+": "",
    r"\broles=\{[\"']?([\w:]+)[\"']?: ?[\"'](\w+)[\"']\}": r"--role \1=\2",
    r"pass (\w+)= a value, or a column name of the data frame": (
        r"write --set \1=NUMBER, or --map \1=COLUMN"
    ),
    r"pass (\w+)= the right column name": r"write --map \1=COLUMN, with the right name",
    r"rename the keyword (\w+)= to one of these": r"map one of these in place of \1",
    r"print\(bayeswrap\.library\) lists them": "bayeswrap models lists them",
    r"\bbw\.library lists\b": "bayeswrap models lists",
    r"\bbw\.save wrote\b": "-o of fit or compare wrote",
    r"\bbw\.verify\(path\)": "bayeswrap verify FILE",
    r"\bmle\(marginal=True\)": "fit --method marginal",
    r"\bmle\(\)": "fit --method mle",
    r"\bmap\(\)": "fit --method map",
    r"\bsample\(\)": "fit --method nuts",
    r"\blaplace\(\)": "fit --method laplace",
    r"\bpathfinder\(\)": "fit --method pathfinder",
    r"\banalyze\(model\)": "bayeswrap compare",
    r"\bprint\(model\.priors\(\)\)|model\.priors\(\)": "bayeswrap glm",
}
# what the shell has no option for
_PYTHON = re.compile(
    r"\b(?:inits|joint|quadrature|fixed|include_paths|user_header|require_converged)="
    r"(?:True|False|(?=[\s,;.)]|$))"
)
_VALUE = re.compile(rf"\b({'|'.join(_OPTIONS)})=(?:[\"'](\w[\w-]*)[\"']|([\w.]+)|(?=\W|$))")
_FLAG = re.compile(rf"\b({'|'.join(_FLAGS)})=(?:True)?")


def in_shell_words(text: str | None) -> str | None:
    """Return a message with options and commands of the shell in place of Python's.

    Parameters
    ----------
    text : str or None
        A part of an error.

    Returns
    -------
    str or None
        What has no counterpart in the shell stays.

    Examples
    --------
    >>> in_shell_words('pass missing="drop" to leave them out, or marginal=True')
    'pass --missing drop to leave them out, or --marginal'
    >>> in_shell_words("allow more of them by seconds=")
    'allow more of them by --seconds'
    """
    if text is None:
        return None
    for pattern, words in _PHRASES.items():
        text = re.sub(pattern, words, text)
    text = _VALUE.sub(_option, text)
    text = _FLAG.sub(r"--\1", text)
    return _PYTHON.sub(r"\g<0> (in Python)", text)


def _option(match: re.Match[str]) -> str:
    value = match[2] or match[3] or ""
    return f"{_OPTIONS[match[1]]} {value}".rstrip()
