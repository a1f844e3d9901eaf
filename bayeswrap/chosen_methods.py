"""The estimates that a user names, one after the other within a budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.all_modes import LAPLACE_DRAWS, ModeSearch
from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import EstimandError, UnknownNameError, UsageError
from bayeswrap.estimates.approximations.laplace import laplace_at
from bayeswrap.estimates.point_estimates.mode_options import MODE_SEED
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.all_modes import Estimates
    from bayeswrap.model.model import Model
    from bayeswrap.verdicts.lineup import Result

__all__ = [
    "METHODS",
    "add_chosen",
    "check_methods",
]

METHODS = ("mle", "marginal", "map", "map-unconstrained", "laplace", "pathfinder", "nuts")
_FORMER = {"sample": "nuts"}
_SHARE = 0.6  # of the seconds that are left, for each


def check_methods(names: Sequence[str], argument: str = "methods=") -> tuple[str, ...]:
    """Return the names of estimates in the order in which they are made, each once.

    Raises
    ------
    UsageError
        An unknown name, or none.

    Examples
    --------
    >>> check_methods(["nuts", "mle"])
    ('mle', 'nuts')
    """
    wanted = [_FORMER.get(name, name) for name in names]
    for name in wanted:
        if name not in METHODS:
            raise UnknownNameError(
                f"no estimate has this name{did_you_mean(name, METHODS)}",
                where=argument,
                got=repr(name),
                expected="one of " + ", ".join(METHODS),
                do="name some of these",
            )
    if not wanted:
        raise UsageError(
            "no estimate is named",
            where=argument,
            expected="some of " + ", ".join(METHODS),
            do="name some of these, or leave it out for all",
        )
    return tuple(name for name in METHODS if name in wanted)


def add_chosen(
    estimates: Estimates,
    model: Model,
    methods: Sequence[str],
    starts: int,
    seed: int | None,
    *,
    show_progress: bool | None,
) -> None:
    """Make the estimates that were chosen, the draws of NUTS apart.

    Parameters
    ----------
    estimates : Estimates
        Keeps what is made, within its budget.
    model : Model
        Program and data.
    methods : sequence of str
        As `check_methods` returned them.
    starts : int
        From how many starts to look beyond the first.
    seed : int or None
    show_progress : bool or None
        Whether to show progress.
    """
    seed = MODE_SEED if seed is None else seed
    search = ModeSearch(model, seed, show_progress=show_progress)
    for title, make in _makers(model, search, methods, starts, seed):
        estimates.attempt(title, make, share=_SHARE)


def _makers(
    model: Model, search: ModeSearch, methods: Sequence[str], starts: int, seed: int
) -> list[tuple[str, Callable[[], Result]]]:
    """Return the title and the maker of each estimate that was chosen."""
    has_effects = all(model.program.of_role(r) for r in (Role.POPULATION, Role.LIKELIHOOD))

    def mode() -> Result:
        return search.seek(Estimator.MAP, Scale.UNCONSTRAINED, starts)

    def marginal() -> Result:
        if not has_effects:
            raise EstimandError(
                "the program has no latent effects to integrate out", do="make the MLE instead"
            )
        return model.mle(marginal=True, seed=seed)

    makers: dict[str, tuple[str, Callable[[], Result]]] = {
        "mle": (
            "joint MLE" if has_effects else "MLE",
            lambda: search.seek(Estimator.MLE, None, starts),
        ),
        "marginal": ("marginal MLE", marginal),
        "map": (
            "MAP (constrained scale)",
            lambda: search.seek(Estimator.MAP, Scale.CONSTRAINED, starts),
        ),
        "map-unconstrained": ("MAP (unconstrained scale)", mode),
        "laplace": (
            "Laplace approximation",
            lambda: laplace_at(
                search.seek(Estimator.MAP, Scale.UNCONSTRAINED, starts), LAPLACE_DRAWS
            ),
        ),
        "pathfinder": ("Pathfinder approximation", lambda: model.pathfinder(seed=seed)),
    }
    return [makers[name] for name in methods if name in makers]
