"""Runs of the engine of record through cmdstanpy, which is imported here alone.

An `Executable` is a compiled program; each of its methods is one cmdstanpy call whose files live
in a folder of their own.
"""

from __future__ import annotations

import contextlib
import tempfile
import warnings
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

with warnings.catch_warnings():
    # in a notebook without ipywidgets tqdm asks for them; our progress needs none
    warnings.filterwarnings("ignore", message="IProgress not found")
    import cmdstanpy
import numpy as np

from bayeswrap.engine.cmdstan_errors import compilation_errors, run_errors
from bayeswrap.engine.cmdstan_session import engine_environment, quiet
from bayeswrap.engine.compile_cache import obtain
from bayeswrap.engine.data_text import DataText, write_data
from bayeswrap.engine.draws_table import DrawsTable
from bayeswrap.engine.line_map import NO_INCLUDES, LineMap
from bayeswrap.engine.run_files import (
    MODE,
    CmdStanOutput,
    iterations_made,
    iterations_wanted,
    json_values,
    with_scalars,
)
from bayeswrap.progress import task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import ArrayLike

    from bayeswrap.engine.installation.home import StanHome

__all__ = [
    "Executable",
    "OptimizeRun",
    "compile_program",
    "raw_fit",
    "read_fit",
]


_SIG_FIGS = 18
_HEADER = "user_header.hpp"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimizeRun:
    """What Stan's optimizer returned.

    Attributes
    ----------
    values : mapping of str to array
        The mode by variable, on the declared scale; a tuple stays one.
    converged : bool
        Stan's own word; the estimate is verified apart from it.
    output : CmdStanOutput
        The files.
    """

    values: Mapping[str, Any]
    converged: bool
    output: CmdStanOutput


def compile_program(
    code: str,
    name: str,
    home: StanHome,
    *,
    lines: LineMap | None = None,
    header: str = "",
    show_progress: bool | None = None,
) -> Executable:
    """Compile a program, or find it in the cache.

    Parameters
    ----------
    code : str
        Stan program, includes expanded.
    name : str
        Model name.
    home : StanHome
        The engine.
    lines : LineMap, optional
        Where the lines of the program came from, for Stan's messages.
    header : str, optional
        C++ that defines functions which the program declares.
    show_progress : bool, optional
        Whether to show that the compiler is at work (see `progress_wanted`).

    Raises
    ------
    CompilationError
        The C++ compiler or the linker failed.
    """

    def compile_in(folder: Path) -> None:
        external: dict[str, Any] = {}
        if header:
            (folder / _HEADER).write_text(header, encoding="utf-8")
            external = {"user_header": str(folder / _HEADER)}
        compiling = task(f"compiling {name} (C++, once per program)", show=show_progress)
        with engine_environment(home), compilation_errors(name), compiling:
            file = folder / f"{name}.stan"
            cmdstanpy.CmdStanModel(model_name=name, stan_file=file, **external)

    options = {"user_header": header} if header else {}
    folder = obtain(code, name, home, options, compile_in)
    return Executable(folder=folder, name=name, home=home, lines=lines or NO_INCLUDES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Executable:
    """A compiled Stan program.

    Attributes
    ----------
    folder : Path
        Its place in the cache.
    name : str
        Model name.
    home : StanHome
        The engine that it was compiled with.
    lines : LineMap
        Where the lines of its program came from.
    """

    folder: Path
    name: str
    home: StanHome
    lines: LineMap = NO_INCLUDES

    @property
    def path(self) -> Path:
        """The executable file."""
        return self.folder / self.name

    def of(self, code: str) -> Executable:
        """Compile another program with the same engine, functions in C++ and name."""
        header = self.folder / _HEADER
        return compile_program(
            code,
            self.name,
            self.home,
            lines=self.lines,
            header=header.read_text(encoding="utf-8") if header.exists() else "",
        )

    def optimize(
        self,
        data: str | DataText,
        *,
        jacobian: bool,
        seed: int | None,
        inits: Mapping[str, ArrayLike] | None = None,
        options: Mapping[str, object] | None = None,
    ) -> OptimizeRun:
        """Call Stan's ``optimize``.

        Parameters
        ----------
        data : str or DataText
            JSON.
        jacobian : bool
            Whether the mode is that of the unconstrained scale.
        seed : int or None
            Stan's seed.
        inits : mapping, optional
            Initial values by variable; the rest, or all, at random.
        options : mapping, optional
            Further arguments of cmdstanpy's ``optimize``.

        Raises
        ------
        EngineRunError
            No mode was written.
        """
        arguments = {"jacobian": jacobian, "require_converged": False, **(options or {})}
        output = CmdStanOutput(self.name)
        fit = self._call(
            "optimize", data, output, seed=seed, inits=json_values(inits or {}) or None, **arguments
        )
        with engine_environment(self.home):
            values = {
                # a tuple is no array
                k: v if isinstance(v, tuple) else np.asarray(v)
                for k, v in fit.stan_variables().items()
            }
        return OptimizeRun(values=values, converged=bool(fit.converged), output=output)

    def laplace(
        self,
        data: str | DataText,
        mode: CmdStanOutput,
        *,
        draws: int,
        seed: int | None,
        scalars: Mapping[str, float] | None = None,
    ) -> DrawsTable:
        """Call Stan's ``laplace`` at a mode of the unconstrained scale.

        Parameters
        ----------
        data : str or DataText
            JSON.
        mode : CmdStanOutput
            Files of a run of ``optimize``.
        draws : int
            Number of draws.
        seed : int or None
            Stan's seed.
        scalars : mapping of str to float, optional
            The mode where it is known more precisely, in Stan's spelling.

        Raises
        ------
        EngineRunError
            No draws were written.
        """
        output = CmdStanOutput(self.name)
        path = output.folder / MODE
        content = mode.paths()[0].read_text(encoding="utf-8")
        path.write_text(with_scalars(content, scalars or {}), encoding="utf-8")
        fit = self._call(
            "laplace_sample", data, output, seed=seed, mode=str(path), draws=draws, jacobian=True
        )
        return DrawsTable.of_columns(fit.column_names, np.asarray(fit.draws())[np.newaxis], output)

    def pathfinder(
        self,
        data: str | DataText,
        *,
        seed: int | None,
        inits: Mapping[str, ArrayLike] | None = None,
        options: Mapping[str, object] | None = None,
    ) -> DrawsTable:
        """Call Stan's ``pathfinder``.

        Parameters
        ----------
        data : str or DataText
            JSON.
        seed : int or None
            Stan's seed.
        inits : mapping, optional
            Initial values by variable, for all paths.
        options : mapping, optional
            Further arguments of cmdstanpy's ``pathfinder``.

        Raises
        ------
        EngineRunError
            No path came to an approximation.
        """
        output = CmdStanOutput(self.name)
        fit = self._call(
            "pathfinder",
            data,
            output,
            seed=seed,
            inits=json_values(inits or {}) or None,
            **(options or {}),
        )
        return DrawsTable.of_columns(fit.column_names, np.asarray(fit.draws())[np.newaxis], output)

    def sample(
        self,
        data: str | DataText,
        *,
        seed: int | None,
        inits: Sequence[Mapping[str, ArrayLike]] = (),
        show_progress: bool = False,
        options: Mapping[str, object] | None = None,
    ) -> DrawsTable:
        """Call Stan's sampler.

        Parameters
        ----------
        data : str or DataText
            JSON.
        seed : int or None
            Stan's seed.
        inits : sequence of mappings, optional
            Initial values by variable of each chain; the rest, or all, at random.
        show_progress : bool
            Whether progress is shown whatever is set around it.
        options : mapping, optional
            Further arguments of cmdstanpy's ``sample``.

        Raises
        ------
        EngineRunError
            A chain failed.
        """
        output = CmdStanOutput(self.name)
        total = iterations_wanted(options or {})
        count = partial(iterations_made, output.folder)
        with task("sampling", total, unit="iterations", show=show_progress, count=count):
            fit = self._call(
                "sample",
                data,
                output,
                seed=seed,
                inits=[json_values(chain) for chain in inits] if any(inits) else None,
                show_progress=False,  # it draws bars of its own
                show_console=False,
                **(options or {}),
            )
        draws = np.asarray(fit.draws()).transpose(1, 0, 2)
        return DrawsTable.of_columns(fit.column_names, draws, output)

    def log_density(
        self, data: str | DataText, values: Sequence[Mapping[str, np.ndarray]], *, jacobian: bool
    ) -> np.ndarray:
        """Return the compiled program's log density at points of the declared scale."""
        with engine_environment(self.home), self._staged(data) as (model, path, folder):
            rows = []
            for point in values:
                with run_errors(self.name, self.lines, folder):
                    frame = model.log_prob(
                        json_values(point), data=str(path), jacobian=jacobian, sig_figs=_SIG_FIGS
                    )
                rows.append(frame.to_numpy(dtype=float)[0, 0])
        return np.array(rows)

    @contextlib.contextmanager
    def _staged(self, data: str | DataText) -> Iterator[tuple[cmdstanpy.CmdStanModel, Path, Path]]:
        with tempfile.TemporaryDirectory(prefix="bayeswrap-data-") as name:
            path = Path(name) / "data.json"
            write_data(data, path)
            yield self._model(), path, Path(name)

    def _model(self) -> cmdstanpy.CmdStanModel:
        return cmdstanpy.CmdStanModel(
            model_name=self.name, stan_file=self.folder / f"{self.name}.stan", exe_file=self.path
        )

    def _call(
        self,
        method: str,
        data: str | DataText,
        output: CmdStanOutput,
        **arguments: Any,  # noqa: ANN401 - cmdstanpy is untyped
    ) -> Any:  # noqa: ANN401 - see above
        with engine_environment(self.home):
            path = output.folder / "data.json"
            write_data(data, path)
            run: Callable[..., Any] = getattr(self._model(), method)
            with run_errors(self.name, self.lines, output.folder):
                output.fit = run(
                    data=str(path),
                    output_dir=str(output.folder),
                    sig_figs=_SIG_FIGS,
                    **arguments,
                )
        # CmdStanLaplace keeps its runset under a private name
        runset = getattr(output.fit, "_runset", None) or output.fit.runset
        output.command = " ".join(map(str, runset.cmd(0)))
        return output.fit


def raw_fit(output: CmdStanOutput) -> Any:  # noqa: ANN401 - cmdstanpy is untyped
    """Return the cmdstanpy object of a run, read from its files where it was loaded."""
    if output.fit is None:
        output.fit = read_fit(output.paths())
    return output.fit


def read_fit(paths: Sequence[Path]) -> Any:  # noqa: ANN401 - cmdstanpy is untyped
    """Return the cmdstanpy object of CSV files that a CmdStan run wrote.

    Raises
    ------
    ValueError
        cmdstanpy's own: the files are none of a finished run, or of different runs.
    """
    with quiet():
        return cmdstanpy.from_csv([str(path) for path in paths])
