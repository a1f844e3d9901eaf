"""Results without their problem allow no measurement, and none is made up."""

from __future__ import annotations

from dataclasses import fields

from bayeswrap.verdicts.evidence import gather, with_draws
from bayeswrap.verdicts.lineup import Lineup


def test_loaded_results_have_no_evidence(made):
    lineup = Lineup([made.mle({"a": 0.0}), made.map({"a": 0.0}), made.posterior({"a": 0.0})])

    evidence = with_draws(gather(lineup, None), lineup)

    assert evidence.censuses == {}
    assert evidence.branches == 0
    others = [f.name for f in fields(evidence) if f.name not in {"censuses", "branches"}]
    assert [n for n in others if getattr(evidence, n) is not None] == []
