"""``engine`` and ``doctor``: Stan on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.arguments import at_least
from bayeswrap.engine.installation import assembly, doctor, engine_status, stanc_binary
from bayeswrap.progress import progress_wanted

if TYPE_CHECKING:
    from bayeswrap.cli.command_options import EngineOptions

__all__ = [
    "engine",
    "examine_machine",
]

_FAILED = 1


def engine(action: str, options: EngineOptions) -> int:
    """Build, show or remove the assembled home."""
    if options.jobs is not None:
        at_least("jobs", options.jobs, 1)
    if action == "build" and options.stanc_only:
        print(f"{stanc_binary.fetch_stanc()}: Stan's compiler; use --engine stanli with it")
    elif action == "build":
        home = assembly.build(
            jobs=options.jobs,
            progress=progress_wanted(False if options.quiet else None),
            force=options.force,
        )
        print(home.description)
    elif action == "remove":
        alone = stanc_binary.remove_stanc()
        removed = [*assembly.remove(), *([alone] if alone else [])]
        print("\n".join(f"removed {path}" for path in removed) or "nothing to remove")
    else:
        print(engine_status.status())
    return 0


def examine_machine() -> int:
    """Print what is there and what is missing."""
    findings = doctor.examine()
    print(doctor.render(findings))
    return 0 if all(f.ok for f in findings) else _FAILED
