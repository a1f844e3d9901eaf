from __future__ import annotations

import pytest

from bayeswrap.engine.line_map import LineMap, Segment
from bayeswrap.program.syntax.places import location_of


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_stanc_ends_them(end: str) -> None:
    source = f"model {{{end}  y ~{end} normal(0, 1);{end}}}"
    place = location_of(source, source.index("y"), source.index(";") + 1)
    assert (place.line, place.column, place.text) == (2, 3, "y ~ normal(0, 1);")


def test_columns_count_bytes() -> None:
    source = 'model { print("é"); x ~ normal(0, 1); }'
    assert location_of(source, source.index("x ~")).column == source.index("x ~") + 2


def test_an_included_line_stands_in_its_own_file() -> None:
    lines = LineMap((Segment(1, "whole.stan", 1), Segment(2, "part.stan", 1)))
    place = location_of("model {\ny ~ normal(0, 1);\n}", 8, 25, lines)
    assert (place.file, place.line, place.whole_line) == ("part.stan", 1, 2)
