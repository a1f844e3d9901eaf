from __future__ import annotations

import json

import pytest

from bayeswrap.engine.data_text import DataText, encoded, write_data


@pytest.mark.parametrize("body", [b"{}", b'{"N":2}'])
@pytest.mark.parametrize("added", [{}, {"weight": 0.5}])
def test_the_file_and_the_bytes_are_one_text(body, added, tmp_path):
    text = DataText(body, added)

    write_data(text, tmp_path / "data.json")

    assert json.loads(text.encoded()) == {**added, **json.loads(body)}
    assert (tmp_path / "data.json").read_bytes() == encoded(text)


def test_a_text_is_written_as_it_is(tmp_path):
    write_data('{"N": 3}', tmp_path / "data.json")

    assert (tmp_path / "data.json").read_bytes() == encoded('{"N": 3}') == b'{"N": 3}'
