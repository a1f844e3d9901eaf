"""How much of this machine there is: processors, memory, disk, and what children have used."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bayeswrap.errors import EngineBuildError

if sys.platform != "win32":
    import resource
__all__ = [
    "Usage",
    "children_usage",
    "free_gigabytes",
    "how_to_install_compilers",
    "megabytes",
    "require_disk",
    "sensible_jobs",
]


# the heaviest source file of Stan's services takes 2.3 GB to compile
_JOB_GIGABYTES = 2.5
_GIGA, _MEGA = 1e9, 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What ended child processes have used, together; the peak is that of the largest one."""

    cpu_seconds: float
    peak_megabytes: int


def children_usage() -> Usage:
    """Return what the ended children of this process have used so far."""
    times = os.times()
    peak = 0.0
    if sys.platform != "win32":
        # Linux counts kilobytes, macOS bytes
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    cpu_seconds = times.children_user + times.children_system
    return Usage(cpu_seconds=cpu_seconds, peak_megabytes=round(peak / _MEGA))


def sensible_jobs() -> int:
    """Return how many compilations may run at a time: by processors, and 2.5 GB of memory each."""
    if hasattr(os, "sched_getaffinity"):
        processors = len(os.sched_getaffinity(0))
    else:
        processors = os.cpu_count() or 1
    return max(1, min(processors, int(_available_gigabytes() // _JOB_GIGABYTES)))


def _available_gigabytes() -> float:
    return min(_memory_gigabytes(), _container_gigabytes())


def _memory_gigabytes() -> float:
    meminfo = Path("/proc/meminfo")
    if meminfo.is_file():
        fields = dict(line.split(":", 1) for line in meminfo.read_text().splitlines())
        return int(fields["MemAvailable"].split()[0]) * 1024 / _GIGA
    # macOS tells only the whole: half of it may be in use
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2 / _GIGA


def _container_gigabytes() -> float:
    """Return what the container's limit leaves; infinite without a limit."""
    group = Path("/sys/fs/cgroup")
    limit, used = group / "memory.max", group / "memory.current"
    if not (limit.is_file() and used.is_file()) or limit.read_text().strip() == "max":
        return float("inf")
    return (int(limit.read_text()) - int(used.read_text())) / _GIGA


def free_gigabytes(folder: Path) -> float:
    """Return the free disk space at `folder`, or at its nearest parent that exists."""
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    return shutil.disk_usage(existing).free / _GIGA


def require_disk(folder: Path, least: float) -> None:
    """Raise `EngineBuildError` when fewer than `least` gigabytes are free at `folder`."""
    free = free_gigabytes(folder)
    if free < least:
        raise EngineBuildError(
            "too little disk space to assemble Stan",
            where=str(folder),
            got=f"{free:.2f} GB free",
            expected=f"{least:g} GB free",
            do="free some, or set BAYESWRAP_HOME to a folder on another disk",
        )


def megabytes(folder: Path) -> int:
    """Return the size of all files below `folder`."""
    return round(sum(p.lstat().st_size for p in folder.rglob("*")) / _MEGA)


def how_to_install_compilers() -> str:
    """Return what to type to get make and a C++ compiler."""
    by_system = {"darwin": "xcode-select --install", "linux": "sudo apt install g++ make"}
    command = by_system.get(sys.platform, "install RTools or a MinGW toolchain")
    other = "; on Fedora: sudo dnf install gcc-c++ make" if sys.platform == "linux" else ""
    return f"{command}{other}"
