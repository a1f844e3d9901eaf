"""Save and load any result: one file, a zip of JSON and arrays that holds no code."""

from __future__ import annotations

import dataclasses
import enum
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bayeswrap.comparison.comparison import Comparison
from bayeswrap.engine.run_files import CmdStanOutput
from bayeswrap.errors import ResultFileError, UsageError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.enumeration import Enumeration
from bayeswrap.estimates.inference.derived import Derived, DerivedDraws
from bayeswrap.estimates.inference.likelihood_ratio import LikelihoodRatioTest
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.diagnostics import Diagnostics
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.labels import Labels
from bayeswrap.estimates.problem.layout import Layout
from bayeswrap.estimates.problem.problem import Problem
from bayeswrap.estimates.profile_likelihood.profile import Profile
from bayeswrap.estimates.results.attempt import Attempt
from bayeswrap.estimates.results.census import Basin, Census
from bayeswrap.estimates.results.limit_model import LimitModel
from bayeswrap.estimates.results.marginal import Integral, Marginal
from bayeswrap.estimates.results.mode_result import LogParts
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status
from bayeswrap.record import RunRecord
from bayeswrap.report.document.files import whole_file
from bayeswrap.stored_problems import ProblemRestorer, problem_parts
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.lineup import Lineup
from bayeswrap.verdicts.verdict import Missing, Verdict

__all__ = [
    "Result",
    "load",
    "save",
]


Result = (
    PointEstimate
    | Posterior
    | Approximation
    | Enumeration
    | Comparison
    | Profile
    | LikelihoodRatioTest
    | Derived
    | DerivedDraws
)

# format 1 kept the results of a comparison without their lineup
# formats 1 and 2 kept no data
_FORMATS = ("bayeswrap-result-1", "bayeswrap-result-2", "bayeswrap-result-3")
_FORMAT = _FORMATS[-1]
_CLASSES: dict[str, type] = {
    cls.__name__: cls
    for cls in (
        *(Approximation, Attempt, Basin, Census, Check, Comparison, Derived, DerivedDraws),
        *(
            Diagnostics,
            Enumeration,
            Labels,
            Layout,
            LikelihoodRatioTest,
            LimitModel,
            Lineup,
            LogParts,
        ),
        *(Marginal, Missing, Optimum, PointEstimate, Posterior, Profile, RunRecord, Verdict),
    )
}
# names that earlier files use, and what they are called now
_FORMER_CLASSES: dict[str, type] = {"Rung": Attempt}
_FORMER_FIELDS = {"rungs": "attempts", "table": "frame"}
_ENUMS: dict[str, type[enum.Enum]] = {
    cls.__name__: cls for cls in (Estimator, Integral, Outcome, Scale, Status)
}


def save(result: Result, path: str | Path, *, data: bool = True) -> Path:
    """Write a result whole to one file.

    Parameters
    ----------
    result : result
        What a verb of `Model`, `compare` or `analyze` returned.
    path : str or Path
        Where to; an existing file is replaced only when the new one is complete.
    data : bool, optional
        Keep the data too, so that the numbers can be verified and the verbs of an estimate work
        after loading. Without them the file can be passed on where the data must not be.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        Not a result, or the folder does not exist.
    """
    path = Path(path)
    if type(result) not in _CLASSES.values():
        raise UsageError("not a result", got=type(result).__name__, do="save what a verb returned")
    if not path.parent.is_dir():
        raise UsageError(
            "the folder does not exist", where=str(path.parent), do=f"mkdir -p {path.parent}"
        )
    writer = _Writer({}, data=data)
    tree = writer.encode(result)
    with whole_file(path) as beside, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("result.json", json.dumps({"format": _FORMAT, "result": tree}))
        for name, content in writer.members.items():
            archive.writestr(name, content)
    return path


def load(path: str | Path, *, density: bool = False) -> Any:  # noqa: ANN401 - whichever kind was saved
    """Read a result that `save` wrote.

    Parameters
    ----------
    path : str or Path
        The file.
    density : bool, optional
        Bring back the log density too, so that verbs such as ``profile`` work. This needs Stan's
        compiler, and a file that holds the data.

    Returns
    -------
    result
        Of the kind that was saved.

    Raises
    ------
    ResultFileError
        The file does not exist, or is not such a file.
    """
    try:
        with zipfile.ZipFile(path) as z:
            head = json.loads(z.read("result.json"))
            members = {n: z.read(n) for n in z.namelist() if n != "result.json"}
            _require_format(head["format"])
            return _Reader(members, ProblemRestorer() if density else None).decode(head["result"])
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ResultFileError(
            "this is no saved result of bayeswrap",
            where=str(path),
            got=str(error),
            expected=f"a file that bw.save wrote ({' or '.join(_FORMATS)})",
            do="check the path, or save the result again",
        ) from error


def _require_format(stored: str) -> None:
    if stored not in _FORMATS:
        raise ValueError(f"its format is {stored!r}")


@dataclasses.dataclass(slots=True)
class _Writer:
    """Turns values into JSON; arrays and files become members of the zip."""

    members: dict[str, bytes]
    data: bool = True
    _data: dict[int, object] = dataclasses.field(default_factory=dict)

    def encode(self, value: object) -> object:  # noqa: PLR0911 - one return a kind
        """Return a value as JSON; what JSON lacks is an object with the key ``~``."""
        if isinstance(value, enum.Enum):
            return {"~": "enum", "of": type(value).__name__, "name": value.name}
        if value is None or isinstance(value, (bool, str, int)):
            return value
        if isinstance(value, (float, np.floating)):
            number = float(value)
            return number if np.isfinite(number) else {"~": "float", "text": repr(number)}
        if isinstance(value, np.integer):
            return int(value)
        if isinstance(value, np.ndarray):
            return {"~": "array", "member": self._array(value)}
        if isinstance(value, pd.DataFrame):
            return self._frame(value)
        if isinstance(value, CmdStanOutput):
            return self._output(value)
        return self._container(value)

    def _container(self, value: object) -> object:
        if isinstance(value, (tuple, list, frozenset)):
            kind = type(value).__name__ if type(value) in {tuple, list, frozenset} else "tuple"
            return {"~": kind, "items": [self.encode(v) for v in value]}
        if dataclasses.is_dataclass(value) and type(value) in _CLASSES.values():
            fields = {
                f.name: self.encode(getattr(value, f.name))
                for f in dataclasses.fields(value)
                if f.metadata.get("saved", True)
            }
            problem = getattr(value, "problem", None)
            if isinstance(problem, Problem) and self.data and problem.density.executable is None:
                fields["problem"] = self._problem(problem)
            return {"~": "value", "of": type(value).__name__, "fields": fields}
        if isinstance(value, Mapping):
            return {"~": "dict", "items": [[k, self.encode(v)] for k, v in value.items()]}
        raise UsageError("this cannot be saved", got=type(value).__name__)

    def _problem(self, problem: Problem) -> object:
        parts = problem_parts(problem)
        shared = id(problem.data)
        if shared not in self._data:  # the results of a comparison share their data
            self._data[shared] = self.encode(parts["data"])
        tree = {name: self.encode(part) for name, part in parts.items() if name != "data"}
        return {"~": "problem", "parts": {**tree, "data": self._data[shared]}}

    def _array(self, value: np.ndarray) -> str:
        name = f"arrays/{len(self.members)}.npy"
        buffer = io.BytesIO()
        np.save(buffer, value, allow_pickle=False)
        self.members[name] = buffer.getvalue()
        return name

    def _frame(self, frame: pd.DataFrame) -> object:
        columns = [[str(name), self.encode(_column(column))] for name, column in frame.items()]
        index = [str(i) for i in frame.index]
        return {"~": "frame", "columns": columns, "index": index, "name": frame.index.name}

    def _output(self, output: CmdStanOutput) -> object:
        state = output.__getstate__()
        del state["files"]
        members = {}
        for file, content in output.contents().items():
            name = f"files/{len(self.members)}-{file}"
            self.members[name] = content
            members[file] = name
        return {"~": "output", "state": state, "files": members}


def _column(column: pd.Series) -> list[str] | np.ndarray:
    """Return numbers as an array and text as a list: text arrays would need pickling."""
    is_number = pd.api.types.is_numeric_dtype(column)
    return column.to_numpy() if is_number else [str(v) for v in column]


def _value(stored: str, fields: dict[str, Any]) -> Any:  # noqa: ANN401 - of the class stored
    """Make a value from its stored name and fields, whichever version wrote them."""
    named = {_FORMER_FIELDS.get(name, name): field for name, field in fields.items()}
    cls = _FORMER_CLASSES.get(stored) or _CLASSES[stored]
    if cls is Comparison and "results" in named:
        # as in format 1
        named["lineup"] = Lineup(named.pop("results"), has_prior=named.pop("has_prior"))
    return cls(**named)


@dataclasses.dataclass(frozen=True, slots=True)
class _Reader:
    """The way back; without a restorer results have no density."""

    members: Mapping[str, bytes]
    restorer: ProblemRestorer | None = None

    def decode(self, tree: Any) -> Any:  # noqa: ANN401, PLR0911 - JSON; one return a kind
        """Return the value that `_Writer.encode` wrote."""
        if not isinstance(tree, dict):
            return tree
        kind = tree["~"]
        if kind == "value":
            return self._value(tree)
        if kind == "problem":
            return self._parts(tree)
        if kind == "enum":
            return _ENUMS[tree["of"]][tree["name"]]
        if kind == "float":
            return float(tree["text"])
        if kind == "array":
            return np.load(io.BytesIO(self.members[tree["member"]]), allow_pickle=False)
        if kind == "dict":
            return {k: self.decode(v) for k, v in tree["items"]}
        if kind == "frame":
            return self._frame(tree)
        if kind == "output":
            return self._output(tree)
        return {"tuple": tuple, "list": list, "frozenset": frozenset}[kind](
            self.decode(v) for v in tree["items"]
        )

    def _value(self, tree: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of the class stored
        fields = {name: self.decode(field) for name, field in tree["fields"].items()}
        if fields.get("problem") and self.restorer is not None:
            fields["problem"] = self.restorer.restore(fields["problem"], fields["record"])
        return _value(tree["of"], fields)

    def _parts(self, tree: Mapping[str, Any]) -> dict[str, Any] | None:
        if self.restorer is None:
            return None
        return {name: self.decode(part) for name, part in tree["parts"].items()}

    def _frame(self, tree: Mapping[str, Any]) -> pd.DataFrame:
        index = pd.Index(tree["index"], name=tree["name"])
        columns = {name: self.decode(values) for name, values in tree["columns"]}
        return pd.DataFrame(columns, index=index)

    def _output(self, tree: Mapping[str, Any]) -> CmdStanOutput:
        output = CmdStanOutput.__new__(CmdStanOutput)
        files = {file: self.members[name] for file, name in tree["files"].items()}
        output.__setstate__({**tree["state"], "files": files})
        return output
