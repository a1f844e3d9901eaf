"""The library: every entry complete, and a mapping as mappings should be."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from bayeswrap.errors import UsageError
from bayeswrap.program_library import GROUPS, LibraryEntry, library

if TYPE_CHECKING:
    from pathlib import Path

NAMES = tuple(library)
ESTIMATES = {"mle", "map", "laplace", "posterior", "enumerate"}


def _stan_data(entry: LibraryEntry) -> dict[str, Any]:
    """Return the Stan data, as the mapping says, without bayeswrap's own reader."""
    example = entry.example_data
    if isinstance(example, dict):
        return example
    example = example.apply(_codes)
    return {
        name: example[value].to_numpy()
        if isinstance(value, str) or (isinstance(value, list) and isinstance(value[0], str))
        else value
        for name, value in entry.columns.items()
    }


def _codes(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers as they are, and labels as their positions in order, from 1."""
    if pd.api.types.is_numeric_dtype(column):
        return column
    return pd.Series(pd.factorize(column, sort=True)[0] + 1, index=column.index)


@pytest.mark.parametrize("name", NAMES)
def test_folder_is_complete_and_holds_nothing_else(name: str) -> None:
    entry = library[name]
    file = entry._toml()["data"]["file"]
    found = {f.name for f in entry.folder.iterdir()}
    assert found == {f"{name}.stan", "model.toml", "reference.json", file}


@pytest.mark.parametrize("name", NAMES)
def test_card_is_complete(name: str) -> None:
    card = library[name].card
    assert {p.name for p in card.parameters} == set(card.priors)
    assert set(card.estimates) == ESTIMATES
    assert set(card.reasons) == {e for e, exists in card.estimates.items() if not exists}
    assert card.references
    assert card.group in GROUPS
    assert all((card.title, card.description, card.data, card.data_source, card.data_licence))


@pytest.mark.parametrize("name", NAMES)
def test_card_prints_every_fact_it_holds(name: str) -> None:
    card = library[name].card
    text = " ".join(str(card).split())
    facts = [card.title, card.description, *card.priors.values(), *card.reasons.values()]
    assert all(" ".join(fact.split()) in text for fact in facts)
    assert all(p.meaning in text for p in card.parameters)


@pytest.mark.parametrize("name", NAMES)
def test_stanc_accepts_the_program_as_it_stands(
    name: str, stanc_path: Path, tmp_path: Path
) -> None:
    program = library[name].path
    run = subprocess.run(
        [stanc_path, "--o", tmp_path / "out.hpp", program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_has_a_sure_role(
    name: str, stanc_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # of an installed CmdStan, roles need no more than stanc
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "stanc").symlink_to(stanc_path)
    (tmp_path / "makefile").write_text("CMDSTAN_VERSION := 2.39.0\n", encoding="utf-8")
    monkeypatch.setenv("CMDSTAN", str(tmp_path))
    entry = library[name]
    roles = entry.program.roles()
    assert entry.program.name == name
    assert roles["sure"].all()
    found = set(roles["role"])
    latent = "marginal_mle" in entry.reference or name == "regularized_horseshoe"
    expected = {"prior", "likelihood"} | ({"population"} if latent else set())
    assert found == (set() if name == "six_valued" else expected)


def _info(name: str, stanc_path: Path) -> dict[str, dict[str, Any]]:
    command = [stanc_path, "--info", library[name].path]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(answer))


@pytest.mark.parametrize("name", NAMES)
def test_data_fit_the_declarations(name: str, stanc_path: Path) -> None:
    declared, data = _info(name, stanc_path)["inputs"], _stan_data(library[name])
    assert set(data) <= set(declared)
    assert set(declared) - set(data) <= {"N", "K", "J", "C", "K_zero"}  # sizes are derived
    for key, value in data.items():
        assert np.ndim(value) == declared[key]["dimensions"], key
        whole = declared[key]["type"] == "int"
        assert not whole or np.all(np.asarray(value) == np.round(value)), key
    frame = library[name].example_data
    if isinstance(frame, pd.DataFrame):
        assert not frame.isna().any(axis=None)
        lengths = {np.shape(v)[:1] for k, v in data.items() if k in {"y", "X", "sigma"}}
        assert lengths - {()} == {(len(frame),)}


@pytest.mark.parametrize("name", NAMES)
def test_card_speaks_of_the_program_s_parameters(name: str, stanc_path: Path) -> None:
    parameters = [p.name for p in library[name].card.parameters]
    expected = ["theta"] if name == "six_valued" else list(_info(name, stanc_path)["parameters"])
    assert parameters == expected


def test_library_is_an_immutable_mapping_in_order() -> None:
    assert list(library) == sorted(library)
    assert len(library) == len(NAMES)
    assert str(library).splitlines() == [f"{n} — {library[n].card.title}" for n in NAMES]
    with pytest.raises(TypeError):
        library["mine"] = library["six_valued"]  # type: ignore[index]


def test_groups_hold_every_entry_once() -> None:
    groups = library.by_group()
    assert list(groups) == [group for group in GROUPS if group in groups]
    assert sorted(e.name for entries in groups.values() for e in entries) == list(library)


def test_search_finds_words_of_card_and_name_and_puts_titles_first() -> None:
    found = [entry.name for entry in library.search("Eight Schools")]
    assert found[:2] == ["eight_schools_centered", "eight_schools_noncentered"]
    assert [e.name for e in library.search("eight_schools funnel")] == ["eight_schools_centered"]
    assert library.search("no such words") == ()
    everywhere = library.search("regression")
    titles = ["regression" in repr(entry).lower() for entry in everywhere]
    assert titles == sorted(titles, reverse=True)


def test_unknown_name_lists_the_names_and_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'logistic_regression'") as caught:
        library["logistic_regresion"]
    assert all(name in str(caught.value) for name in NAMES)


def test_asking_for_an_unknown_name_is_what_it_is_for_every_mapping() -> None:
    assert "no_such_model" not in library
    assert library.get("no_such_model") is None


def test_what_an_entry_hands_out_can_be_changed_without_harm() -> None:
    entry = library["logistic_regression"]
    entry.columns["X"].append("1")
    frame = entry.example_data
    assert isinstance(frame, pd.DataFrame)
    frame.loc[0, "arsenic"] = -1.0
    assert entry.columns["X"] == ["dist100", "arsenic"]
    assert pd.DataFrame(entry.example_data).loc[0, "arsenic"] == 2.36
