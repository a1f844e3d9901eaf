import pytest

from bayeswrap.program.program import Program
from bayeswrap.regression.own_functions import function_lines

_NAMES = (
    "asym_laplace",
    "asym_laplace_cdf",
    "zero_inflated_poisson",
    "zero_inflated_negbinomial",
    "hurdle_poisson",
    "inverse_gaussian",
    "log_logistic_cdf",
    "ordered_cloglog",
)


@pytest.mark.parametrize("name", _NAMES)
def test_each_function_is_stan(name):
    assert Program.from_string("\n".join([*function_lines([name]), "model {", "}"]))


def test_without_functions_there_is_no_block():
    assert function_lines([]) == []
