"""`import bayeswrap` is cheap, and shows the public names alone."""

from __future__ import annotations

import subprocess
import sys

import bayeswrap as bw

SLOW = {"arviz_base", "arviz_stats", "cmdstanpy", "formulaic", "matplotlib", "pandas"}
SLOW |= {"scipy", "xarray"}
SLOW_AND_NOT_FOR_MODELS = {"arviz_base", "arviz_stats", "formulaic", "matplotlib"}
SLOW_AND_NOT_FOR_MODELS |= {"scipy.stats", "stanli"}


def loaded_by(code: str) -> set[str]:
    """Return the modules that a fresh interpreter holds after running some code."""
    shown = f"{code}\nimport sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_no_slow_package() -> None:
    modules = loaded_by("import bayeswrap")
    assert not modules & SLOW
    assert {m for m in modules if m.startswith("bayeswrap")} == {"bayeswrap"}


def test_a_model_needs_neither_figures_nor_arviz() -> None:
    assert not loaded_by("import bayeswrap; bayeswrap.Model") & SLOW_AND_NOT_FOR_MODELS


def test_dir_shows_the_public_names_alone() -> None:
    assert dir(bw) == sorted(bw.__all__)
    assert all(hasattr(bw, name) for name in bw.__all__)


def test_the_version_is_that_of_the_installed_package() -> None:
    assert bw.__version__.count(".") == 2


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(bw, "no_such_name")


def test_the_library_is_a_value_however_its_module_was_imported_before() -> None:
    code = "import bayeswrap.cli, bayeswrap as bw; assert 'logistic_regression' in list(bw.library)"
    assert "bayeswrap.program_library" in loaded_by(code)
