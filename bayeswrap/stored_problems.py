"""The way back to the density of a saved result: its problem as plain parts, and from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bayeswrap.data.model_data import ModelData
from bayeswrap.estimates.problem.log_density import ModelDensity
from bayeswrap.estimates.problem.problem import Problem
from bayeswrap.program.program import Program
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.estimates.problem.estimand import Estimator, Scale
    from bayeswrap.record import RunRecord

__all__ = [
    "ProblemRestorer",
    "problem_parts",
]


def problem_parts(problem: Problem) -> dict[str, Any]:
    """Return what a problem consists of, beside the program that its record holds.

    Parameters
    ----------
    problem : Problem
        The problem of a result.

    Returns
    -------
    dict
        Numbers, texts, arrays, and mappings of them.
    """
    data, weights = problem.data, problem.weights
    return {
        "estimator": problem.estimator,
        "scale": problem.scale,
        "weights": [weights.prior, weights.population, weights.likelihood, weights.normalized],
        "seed": problem.seed,
        "inits": dict(problem.inits),
        "start": problem.start,
        "fixed": dict(problem.fixed),
        "labels": problem.labels,
        "engine": problem.engine,
        "data": dict(data.values),
        "columns": dict(data.labels),
        "levels": dict(data.levels),
        "size_names": dict(data.size_names),
        "units": dict(data.units),
        "rows": data.rows,
    }


@dataclass(slots=True)
class ProblemRestorer:
    """Makes problems from their parts; results of one program and data share its density."""

    _densities: dict[tuple[str, str], tuple[Program, ModelDensity]] = field(default_factory=dict)

    def restore(self, parts: Mapping[str, Any], record: RunRecord) -> Problem:
        """Return the problem of a result; its density is evaluated in process.

        Parameters
        ----------
        parts : mapping
            What `problem_parts` returned.
        record : RunRecord
            The record of the result.
        """
        prior, population, likelihood, normalized = parts["weights"]
        program, density = self._density(parts, record)
        estimator: Estimator = parts["estimator"]
        scale: Scale | None = parts["scale"]
        return Problem(
            program=program,
            data=density.data,
            density=density,
            executable=None,
            estimator=estimator,
            scale=scale,
            weights=PartWeights(
                prior=prior, population=population, likelihood=likelihood, normalized=normalized
            ),
            seed=parts["seed"],
            inits=parts["inits"],
            engine=parts["engine"],
            labels=parts["labels"],
            start=parts["start"],
            fixed=parts["fixed"],
        )

    def _density(self, parts: Mapping[str, Any], record: RunRecord) -> tuple[Program, ModelDensity]:
        key = (record.program_hash, record.data_hash)
        if key not in self._densities:
            program = Program.from_record(record)
            data = ModelData(
                values=parts["data"],
                labels=parts["columns"],
                levels=parts["levels"],
                size_names=parts.get("size_names", {}),
                units=parts.get("units", {}),
                rows=parts["rows"],
            )
            density = ModelDensity(source=program.switched(), data=data, name=program.name)
            self._densities[key] = (program, density)
        return self._densities[key]
