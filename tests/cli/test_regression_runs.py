"""A regression from the shell, with chosen methods."""

from __future__ import annotations

import bayeswrap as bw
from bayeswrap.cli import main

TABLE = "y,x\n1.0,0\n2.1,1\n2.9,2\n4.2,3\n4.9,4\n"


def test_chosen_methods_make_a_comparison(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    words = ["glm", "y ~ x", "t.csv", "--methods", "mle,map", "--engine", "stanli", "-o", "c.bw"]
    assert main(words) == 0
    assert [r.title for r in bw.load("c.bw").results] == ["MLE", "MAP (constrained scale)"]
    assert "beta[x]" in capsys.readouterr().out
