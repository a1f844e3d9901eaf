"""The fixed sentences of a report."""

from __future__ import annotations

import pytest

from bayeswrap.report.document import glossary
from bayeswrap.thresholds import ESS_PER_CHAIN, LARGE_GAP, R_HAT_MAX, SENSITIVE

SENTENCES = {**glossary.MEANINGS, **glossary.INTERVALS, **glossary.THEORY}


@pytest.mark.parametrize(
    ("text", "threshold"),
    [
        (glossary.MEANINGS["r_hat"], R_HAT_MAX),
        (glossary.MEANINGS["shape_gap_mean"], LARGE_GAP),
        (glossary.MEANINGS["psense"], SENSITIVE),
        (glossary.DIAGNOSTICS["r_hat_max"], R_HAT_MAX),
        (glossary.DIAGNOSTICS["ess_min"], ESS_PER_CHAIN),
    ],
)
def test_a_sentence_has_the_value_of_its_threshold(text, threshold):
    assert f"{threshold.value:g}" in text


@pytest.mark.parametrize("key", SENTENCES)
def test_a_meaning_is_whole_sentences_without_chains_of_colons(key):
    assert SENTENCES[key].endswith(".")
    assert SENTENCES[key].count(":") <= 1
