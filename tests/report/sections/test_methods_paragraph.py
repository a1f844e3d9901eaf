"""The methods text."""

from __future__ import annotations


def section(report, key):
    return next(s for s in report.sections if s.key == key)


def test_the_methods_name_what_was_done(plain):
    (text,) = section(plain, "methods").text
    for part in ("observed information", "4 chains", "1000 warmup and 250", "seed 7", "1.004"):
        assert part in text
    assert "CmdStan 2.39.0 (Carpenter et al. 2017)" in text
