from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fixtures.folders import ROOT

from bayeswrap import progress
from bayeswrap.engine.installation import assembly, engine_status, home, machine, toolchain, wheel
from bayeswrap.errors import EngineBuildError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.progress import Task

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is assembled on Windows")

STANC = "#!/bin/sh\necho 'stanc3 v2.39.0 (Unix)'\n"
# $2 is the folder: make -C <folder> -j<n> frontend
MAKES = {
    "works": (
        'echo g++ -c main.cpp; mkdir "$2/build"; '
        ': > "$2/build/main.o"; : > "$2/build/libfrontend.a"'
    ),
    "fails": "echo main.cpp:1: error: no such thing; exit 2",
    "hangs": 'sleep 60 & echo $! > "$FAKE_PID.part"; mv "$FAKE_PID.part" "$FAKE_PID"; wait',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """A machine with a fake compiler, a fake make and a fake wheel."""

    folder: Path
    pinned: wheel.PinnedWheel
    front_end: Path

    @property
    def engines(self) -> Path:
        return self.folder / "cache" / "engines"

    def left(self) -> list[str]:
        return sorted(p.name for p in self.engines.iterdir() if p.name != ".lock")

    def use_make(self, kind: str) -> None:
        executable(self.folder / "make", f"#!/bin/sh\n{MAKES[kind]}\n")


def executable(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o755)
    return path


def write_wheel(path: Path, stanc: str = STANC) -> str:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("httpstan/stanc", stanc)
        archive.writestr("httpstan/include/stan/version.hpp", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pin(sha256: str) -> wheel.PinnedWheel:
    return wheel.PinnedWheel(version="4.17.0", stan_version="2.39.0", tag="any", sha256=sha256)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    front_end = tmp_path / "frontend"
    (front_end / "cli").mkdir(parents=True)
    (front_end / "makefile").write_text("CMDSTAN_VERSION := 2.39.0\n")
    (front_end / "cli" / "main.cpp").write_text("int main() {}\n")
    (front_end / "notes.md").write_text("not a source\n")
    pinned = pin(write_wheel(tmp_path / "stan.whl"))
    for name in [n for n in os.environ if n.startswith("BAYESWRAP_")] + ["CMDSTAN"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CXX", str(executable(tmp_path / "g++", "#!/bin/sh\necho g++ 12.2.0\n")))
    monkeypatch.setenv("MAKE", str(tmp_path / "make"))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("BAYESWRAP_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv(wheel.WHEEL_VARIABLE, str(tmp_path / "stan.whl"))
    monkeypatch.setattr(wheel, "WHEELS", {(platform.system(), platform.machine()): pinned})
    monkeypatch.setattr(toolchain, "FRONTEND", front_end)
    made = Workbench(folder=tmp_path, pinned=pinned, front_end=front_end)
    made.use_make("works")
    return made


def test_build_makes_a_home_that_is_found(bench: Workbench) -> None:
    made = assembly.build(progress=False)
    assert made == home.find_home()
    assert made.kind == "assembled"
    assert made.frontend_hash == toolchain.frontend_hash()
    assert bench.left() == [made.path.name]
    names = {p.relative_to(made.path).as_posix() for p in made.path.rglob("*") if p.is_file()}
    assert {
        "makefile",
        "frontend/cli/main.cpp",
        "bin/stanc",
        "build/libfrontend.a",
        "make/local",
    } <= names
    assert "notes.md" not in names
    assert (made.path / "make" / "local").read_text() == f"CXX = {bench.folder / 'g++'}\n"


def test_manifest_says_what_it_was_made_from(bench: Workbench) -> None:
    path = assembly.build(progress=False).path
    said = json.loads((path / home.MANIFEST).read_text())
    assert said["stan_version"] == "2.39.0"
    assert said["wheel_sha256"] == bench.pinned.sha256
    assert said["compiler"] == "g++ 12.2.0"
    assert said["seconds"] >= 0


def test_second_build_does_nothing_unless_forced(bench: Workbench) -> None:
    made = assembly.build(progress=False)
    bench.use_make("fails")
    assert assembly.build(progress=False) == made
    with pytest.raises(EngineBuildError):
        assembly.build(progress=False, force=True)
    assert home.find_home() == made  # a failed rebuild leaves the old one in place
    bench.use_make("works")
    (made.path / "marker").touch()
    assert assembly.build(progress=False, force=True) == made
    assert not (made.path / "marker").exists()
    assert bench.left() == [made.path.name]


def test_progress_counts_object_files_and_says_how_long_all_takes(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Task] = []
    monkeypatch.setattr(progress._line, "enter", seen.append)
    monkeypatch.setattr(progress._line, "leave", lambda _: None)
    assembly.build(progress=True, jobs=2)
    assert bench.left()
    assert str(seen[0]).startswith("assembling Stan, about 3 min in all, 1/1 files")


def test_an_assembly_without_progress_is_silent(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress._line, "enter", pytest.fail)
    assembly.build(progress=False)
    assert bench.left()


def test_failed_compilation_quotes_make_and_leaves_nothing(bench: Workbench) -> None:
    bench.use_make("fails")
    with pytest.raises(EngineBuildError, match="error: no such thing"):
        assembly.build(progress=False)
    assert bench.left() == []


def test_stanc_that_does_not_run_is_no_engine(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned = pin(write_wheel(bench.folder / "stan.whl", "#!/no/such/interpreter\n"))
    monkeypatch.setattr(wheel, "WHEELS", {(platform.system(), platform.machine()): pinned})
    with pytest.raises(EngineBuildError, match="does not work"):
        assembly.build(progress=False)
    assert bench.left() == []


def test_what_a_killed_build_left_is_removed(bench: Workbench) -> None:
    (bench.engines / ".building-1" / "include").mkdir(parents=True)
    made = assembly.build(progress=False)
    assert bench.left() == [made.path.name]


def test_damaged_home_is_built_again(bench: Workbench) -> None:
    made = assembly.build(progress=False)
    (made.path / home.MANIFEST).write_text("{}")
    assert engine_status.status().assembled == ()
    assert assembly.build(progress=False) == made
    assert [path for path, _ in engine_status.status().assembled] == [made.path]
    assert bench.left() == [made.path.name]


SCRIPT = """
import platform, signal, sys
# a shell's background jobs ignore the interrupt, and hand that on to their children
signal.signal(signal.SIGINT, signal.default_int_handler)
from pathlib import Path
from bayeswrap.engine.installation import assembly, toolchain, wheel
wheel.WHEELS = {(platform.system(), platform.machine()): wheel.PinnedWheel(
    version="4.17.0", stan_version="2.39.0", tag="any", sha256=sys.argv[1])}
toolchain.FRONTEND = Path(sys.argv[2])
assembly.build(progress=False)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_ends_the_compilers_and_leaves_nothing(
    bench: Workbench, number: signal.Signals
) -> None:
    bench.use_make("hangs")
    note = bench.folder / "pid"
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, bench.pinned.sha256, str(bench.front_end)],
        env=os.environ | {"FAKE_PID": str(note), "PYTHONPATH": str(ROOT)},
        cwd=bench.folder,
        stderr=subprocess.DEVNULL,
    )
    wait_for(note.exists)
    assert bench.left() == [f".building-{process.pid}"]
    process.send_signal(number)
    assert process.wait(timeout=20) != 0
    assert bench.left() == []
    wait_for(lambda: not is_running(int(note.read_text())))


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    if not Path("/proc/self/stat").exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False
    # a zombie that nobody has waited for runs no more
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_concurrent_builds_make_one_home(bench: Workbench) -> None:
    count = bench.folder / "count"
    executable(bench.folder / "make", f"#!/bin/sh\necho x >> {count}; sleep 0.5\n")
    command = [sys.executable, "-c", SCRIPT, bench.pinned.sha256, str(bench.front_end)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen(command, env=environment, cwd=bench.folder) for _ in range(2)]
    assert [process.wait(timeout=30) for process in running] == [0, 0]
    assert count.read_text() == "x\n"


def test_missing_tools_are_named_with_what_to_type(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXX", "no-such-compiler")
    with pytest.raises(EngineBuildError, match=r"no C\+\+ compiler") as caught:
        assembly.build(progress=False)
    assert "$CXX=no-such-compiler" in str(caught.value)
    assert caught.value.do
    monkeypatch.setenv("CXX", str(bench.folder / "g++"))
    monkeypatch.setenv("MAKE", "no-such-make")
    with pytest.raises(EngineBuildError, match="no make"):
        assembly.build(progress=False)


def test_full_disk_is_an_error_before_the_download(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "free_gigabytes", lambda _: 0.5)
    with pytest.raises(EngineBuildError, match=r"0\.50 GB free"):
        assembly.build(progress=False)
    assert bench.left() == []


def test_folder_that_make_cannot_use_is_refused(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAYESWRAP_HOME", str(bench.folder / "my,cache"))
    with pytest.raises(EngineBuildError, match="comma"):
        assembly.build(progress=False)


def test_folder_that_cannot_be_made_is_an_error(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAYESWRAP_HOME", str(bench.folder / "g++"))
    with pytest.raises(EngineBuildError, match="BAYESWRAP_HOME"):
        assembly.build(progress=False)


def test_remove_takes_homes_and_remains_only(bench: Workbench) -> None:
    assert assembly.remove() == []
    made = assembly.build(progress=False)
    (bench.engines / ".building-7").mkdir()
    (bench.engines / "someone-elses").mkdir()
    assert assembly.remove() == [bench.engines / ".building-7", made.path]
    assert bench.left() == ["someone-elses"]
    assert home.find_home() is None


def test_status_lists_what_has_been_built(bench: Workbench) -> None:
    assert "Stan in use: none" in str(engine_status.status())
    made = assembly.build(progress=False)
    (bench.front_end / "cli" / "main.cpp").write_text("int main() { return 0; }\n")
    newer = assembly.build(progress=False)
    found = engine_status.status()
    assert found.home == newer
    assert {path for path, _ in found.assembled} == {made.path, newer.path}
    assert newer.path.name in str(found)


def test_announcement_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assembly.announce()
    assert capsys.readouterr().err.count("\n") == 1
