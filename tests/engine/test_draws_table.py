"""Draws of any method as one table."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.engine.draws_table import DrawsTable

COLUMNS = ("lp__", "beta[1]", "accept_stat__", "beta[2]")
VALUES = np.arange(24.0).reshape(2, 3, 4)  # two chains of three draws


def test_columns_are_parted_in_their_order():
    table = DrawsTable.of_columns(COLUMNS, VALUES)

    assert table.names == ("beta[1]", "beta[2]")
    assert table.method_names == ("lp__", "accept_stat__")
    np.testing.assert_array_equal(table.draws, VALUES[:, :, [1, 3]])
    np.testing.assert_array_equal(table.method_draws, VALUES[:, :, [0, 2]])
    assert table.output is None


def test_a_method_column_has_a_row_a_chain():
    table = DrawsTable.of_columns(COLUMNS, VALUES)

    np.testing.assert_array_equal(table.method_column("accept_stat__"), VALUES[:, :, 2])


def test_a_column_that_is_not_there():
    with pytest.raises(ValueError, match="not in tuple"):
        DrawsTable.of_columns(COLUMNS, VALUES).method_column("energy__")


def test_a_program_without_parameters_has_columns_of_the_method_alone():
    table = DrawsTable.of_columns(("lp__",), VALUES[:, :, :1])

    assert table.names == ()
    assert table.draws.shape == (2, 3, 0)
