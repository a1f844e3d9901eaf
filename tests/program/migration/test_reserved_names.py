from __future__ import annotations

from bayeswrap.program.migration.declarations import declarations_of
from bayeswrap.program.migration.draft import Draft
from bayeswrap.program.migration.reserved_names import rename_function, rename_reserved


def draft_of(code: str) -> Draft:
    draft = Draft(code)
    rename_reserved(draft, declarations_of(draft, draft.statements()))
    return draft


def test_a_name_that_is_a_word_of_the_language_gets_an_underscore() -> None:
    code = "parameters { real<lower=0, upper=upper> upper; } model { upper ~ normal(0, 1); }"
    assert draft_of(code).text() == (
        "parameters { real<lower=0, upper=upper_> upper_; } model { upper_ ~ normal(0, 1); }"
    )


def test_data_of_such_a_name_are_named_for_the_user() -> None:
    draft = draft_of("data {\n  vector[3] offset;\n}\nmodel { a ~ normal(offset, 1); }")

    (left,) = draft.leftovers
    assert left.line == 2
    assert "name it offset_ in the data" in left.why


def test_arguments_of_functions() -> None:
    draft = draft_of("functions { real f(real lower, real x) { return lower + x; } }")
    assert "real lower_, real x) { return lower_ + x; }" in draft.text()
    assert not draft.leftovers


def test_a_name_that_is_taken_gets_another_underscore() -> None:
    draft = draft_of("transformed data { real array; real array_; }")
    assert draft.text() == "transformed data { real array__; real array_; }"


def test_keywords_stay() -> None:
    code = "parameters { real<offset=1, multiplier=2> x; array[2] real y; } model { target += x; }"
    assert draft_of(code).text() == code


def test_a_function_that_stan_has_today_gets_another_name() -> None:
    code = "functions { real norm2(vector x) { return 1; } }\nmodel { y = norm2(x) + norm2_; }"
    assert rename_function(code, "norm2") == (code.replace("norm2(", "norm2__("), [1, 2])


def test_a_density_keeps_its_suffix() -> None:
    code = "real foo_lpdf(real y) { } model { y ~ foo(); z = foo_lpdf(y) + foo; }"
    renamed, _ = rename_function(code, "foo_lpdf")
    assert renamed == "real foo__lpdf(real y) { } model { y ~ foo_(); z = foo__lpdf(y) + foo; }"
