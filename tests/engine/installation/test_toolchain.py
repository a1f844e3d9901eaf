"""The compiler, make, and the sources of the front end."""

from __future__ import annotations

import os

import pytest

from bayeswrap.engine.installation import toolchain


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """Make a PATH with nothing but what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.delenv("MAKE", raising=False)

    def add(name, body="echo version 1"):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return add


def test_without_a_compiler(tools):
    assert toolchain.find_compiler() is None
    assert toolchain.find_make() is None


def test_gcc_is_taken_before_clang(tools):
    tools("clang++")
    gcc = tools("g++", "echo g++ 12.2; echo more")

    compiler = toolchain.find_compiler()

    assert compiler == toolchain.Compiler(command=(gcc,), version="g++ 12.2")


def test_a_compiler_that_fails_is_passed_over(tools):
    tools("g++", "exit 1")  # the stub of macOS
    clang = tools("clang++")

    assert toolchain.find_compiler().command == (clang,)


def test_the_variable_names_a_compiler_with_its_flags(tools, monkeypatch):
    tools("g++")
    ccache = tools("ccache")
    monkeypatch.setenv("CXX", "ccache g++ -m64")

    assert toolchain.find_compiler().command == (ccache, "g++", "-m64")


def test_a_variable_that_names_nothing_is_no_compiler(tools, monkeypatch):
    tools("g++")
    monkeypatch.setenv("CXX", "icpx")

    assert toolchain.find_compiler() is None


def test_make_is_that_of_the_variable(tools, monkeypatch):
    plain, gnu = tools("make"), tools("gmake")

    assert toolchain.find_make() == plain
    monkeypatch.setenv("MAKE", "gmake")
    assert toolchain.find_make() == gnu


def test_sources_are_the_makefile_and_the_code():
    files = toolchain.frontend_files()

    assert {f.suffix for f in files} == {"", ".cpp", ".hpp"}
    assert "makefile" in {f.name for f in files}
    assert list(files) == sorted(files)


def test_the_hash_follows_every_source(tmp_path, monkeypatch):
    monkeypatch.setattr(toolchain, "FRONTEND", tmp_path)
    source, note = tmp_path / "main.cpp", tmp_path / "README.md"
    source.write_text("int main() {}")
    before = toolchain.frontend_hash()

    note.write_text("prose")
    assert toolchain.frontend_hash() == before
    source.write_text("int main() { return 1; }")
    assert toolchain.frontend_hash() != before


def test_a_changed_file_is_read_again(tmp_path):
    path = tmp_path / "makefile"
    path.write_text("one")
    assert toolchain.text(path) == "one"

    path.write_text("two")
    os.utime(path, ns=(1, 1))  # a clock too coarse for two writes
    assert toolchain.text(path) == "two"
