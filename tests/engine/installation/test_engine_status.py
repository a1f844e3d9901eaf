"""The status of the engine as text: home in use, places, assembled homes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bayeswrap.engine.installation.engine_status import EngineStatus, status
from bayeswrap.engine.installation.home import MANIFEST, Candidate, Manifest, engines_root

COST = Manifest(
    stan_version="2.39.0",
    wheel_sha256="c1",
    frontend_hash="abc",
    compiler="g++ 12",
    seconds=61.4,
    cpu_seconds=118.0,
    peak_megabytes=2300,
    megabytes=151,
)


def test_text_of_a_machine_without_stan():
    nowhere = Candidate(path=Path("/gone"), origin="$CMDSTAN", reason="there is no such folder")
    text = str(EngineStatus(home=None, candidates=(nowhere,), assembled=(), root=Path("/cache")))

    assert text.splitlines() == [
        "Stan in use: none",
        "Looked for, in this order:",
        "  $CMDSTAN: /gone: there is no such folder",
        "Assembled in /cache:",
        "  nothing",
    ]


def test_an_assembled_home_shows_its_cost():
    assembled = ((Path("/cache/2.39.0-f00"), COST),)
    text = str(EngineStatus(home=None, candidates=(), assembled=assembled, root=Path("/cache")))

    assert text.splitlines()[-1] == (
        "  2.39.0-f00: Stan 2.39.0, front end abc, g++ 12; 151 MB, built in 61 s "
        "(118 CPU s, peak 2300 MB)"
    )


@pytest.mark.usefixtures("bare_machine")
def test_a_folder_without_a_whole_manifest_is_no_home():
    for name, manifest in (("damaged", "{}"), ("empty", None)):
        folder = engines_root() / name
        folder.mkdir(parents=True)
        if manifest is not None:
            (folder / MANIFEST).write_text(manifest)
    whole = engines_root() / "whole"
    whole.mkdir()
    fields = {name: getattr(COST, name) for name in COST.__dataclass_fields__}
    (whole / MANIFEST).write_text(json.dumps(fields))

    assert status().assembled == ((whole, COST),)
    assert status().home is None
