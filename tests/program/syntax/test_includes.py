from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayeswrap.errors import ProgramError, ProgramNotFoundError, ProgramSyntaxError
from bayeswrap.program.syntax.includes import expand_includes, read_program

if TYPE_CHECKING:
    from pathlib import Path


def test_a_program_without_includes_is_left_as_it_is(tmp_path: Path) -> None:
    source = 'model { print("#include x"); } // #include y'
    assert expand_includes(source, [tmp_path], "m.stan")[0] == source


def test_included_text_stands_in_place_and_its_lines_keep_their_file(tmp_path: Path) -> None:
    (tmp_path / "data.stan").write_text("data {\n  int N;\n}\n")
    text, lines = expand_includes("#include data.stan\nmodel { }\n", [tmp_path], "m.stan")
    assert text == "data {\n  int N;\n}\nmodel { }\n"
    assert [lines.at(n) for n in (2, 4)] == [("data.stan", 2), ("m.stan", 2)]


def test_the_first_folder_that_has_the_file_counts(tmp_path: Path) -> None:
    for name in ("near", "far"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.stan").write_text(f"// {name}")
    folders = [tmp_path / "none", tmp_path / "near", tmp_path / "far"]
    assert expand_includes('#include "a.stan"', folders, "m.stan")[0] == "// near"


def test_a_missing_file_names_the_folders(tmp_path: Path) -> None:
    with pytest.raises(ProgramNotFoundError, match=r"'b\.stan' does not exist") as caught:
        expand_includes("#include b.stan", [tmp_path], "m.stan")
    assert str(tmp_path) in str(caught.value.expected)


def test_files_that_include_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.stan").write_text("#include b.stan")
    (tmp_path / "b.stan").write_text("#include a.stan")
    with pytest.raises(ProgramSyntaxError, match="include each other"):
        expand_includes("#include a.stan", [tmp_path], "m.stan")


def test_a_byte_order_mark_is_dropped_and_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.stan"
    path.write_bytes(b"\xef\xbb\xbfmodel { }")
    assert read_program(path) == "model { }"
    path.write_bytes("// é".encode("latin-1"))
    with pytest.raises(ProgramError, match="UTF-8") as caught:
        read_program(path)
    assert caught.value.got == "byte 0xe9 at offset 3"
