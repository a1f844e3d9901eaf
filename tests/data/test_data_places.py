"""Elements of data by name, rows and lines."""

import numpy as np
import pandas as pd

from bayeswrap.data.data_places import DataPlaces, Element, element_of, value_text
from bayeswrap.data.loop_values import LoopValues
from bayeswrap.data.row_names import Origin, Rows
from bayeswrap.program.program import Program
from bayeswrap.program.syntax.tree import Expression

PROGRAM = Program.from_string("data { real y; }\nmodel {\n  y ~ std_normal();\n}", "p")
Y = Expression("Variable", "y")
KNOWN = LoopValues(shared={"y": np.array([[1.0, 2.0], [0.0, 4.0]])})


def test_an_element_is_written_as_in_stan():
    assert str(Element("y", (1, 0))) == "y[2, 1]"
    assert str(Element("N", ())) == "N"


def test_the_element_of_a_function_is_that_of_its_argument():
    logarithm = Expression("FunApp", "log", (Y,))
    element = element_of(logarithm, (1, 0), KNOWN)
    assert element == Element("y", (1, 0))
    assert value_text(logarithm, -np.inf, element, KNOWN) == "log(y) = -inf (y[2, 1] = 0)"
    assert value_text(Y, 0.0, element, KNOWN) == "y[2, 1] = 0"


def test_a_place_names_line_column_and_row():
    origin = Origin(columns=("yield",), rows=Rows.of_frame(pd.DataFrame({"yield": [1, 2]})))
    places = DataPlaces(program=PROGRAM, origins={"y": origin})
    where = places.where("y ~ std_normal(...)", Element("y", (1,)))
    assert where == "`y ~ std_normal(...)`, line 3 of p.stan; column 'yield', row 2"
    assert places.line("nowhere") == "p.stan"
