"""BLAS has one thread inside, and what it had before outside."""

from __future__ import annotations

import threading

import numpy as np  # noqa: F401 - loads its BLAS
import pytest
import scipy.linalg  # noqa: F401 - loads its BLAS
from threadpoolctl import ThreadpoolController, threadpool_limits

import bayeswrap as bw
from bayeswrap.blas_threads import one_blas_thread
from bayeswrap.model import mode_estimation


def blas_threads() -> set[int]:
    return {i["num_threads"] for i in ThreadpoolController().select(user_api="blas").info()}


@pytest.fixture
def two_threads():
    with threadpool_limits(2, user_api="blas"):
        if blas_threads() != {2}:
            pytest.skip("this BLAS has a fixed number of threads")
        yield


@pytest.mark.usefixtures("two_threads")
def test_one_thread_inside_and_the_former_number_after():
    with one_blas_thread():
        assert blas_threads() == {1}
        with one_blas_thread():
            assert blas_threads() == {1}
        assert blas_threads() == {1}
    assert blas_threads() == {2}


@pytest.mark.usefixtures("two_threads")
def test_an_error_gives_the_threads_back():
    with pytest.raises(ZeroDivisionError), one_blas_thread():
        raise ZeroDivisionError
    assert blas_threads() == {2}


@pytest.mark.usefixtures("two_threads")
def test_another_thread_leaves_the_number_as_it_is():
    entered, may_leave = threading.Event(), threading.Event()

    def other() -> None:
        with one_blas_thread():
            entered.set()
            may_leave.wait(10)

    thread = threading.Thread(target=other)
    with one_blas_thread():
        thread.start()
        assert entered.wait(10)
    assert blas_threads() == {2}
    may_leave.set()
    thread.join()
    assert blas_threads() == {2}


@pytest.mark.usefixtures("two_threads")
def test_a_search_runs_on_one_thread(monkeypatch):
    seen: list[set[int]] = []
    own = mode_estimation.maximise

    def watched(*args, **options):
        seen.append(blas_threads())
        return own(*args, **options)

    monkeypatch.setattr(mode_estimation, "maximise", watched)
    entry = bw.library["gaussian_mean_sd"]
    bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns).mle()
    assert seen == [{1}]
    assert blas_threads() == {2}
