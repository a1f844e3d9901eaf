"""Studies: the theory of MLE, MAP and posterior made visible, each a table that can be drawn."""

from bayeswrap.studies.prior_weight import prior_weight_path
from bayeswrap.studies.sample_size import n_ladder
from bayeswrap.studies.study import Study

__all__ = [
    "Study",
    "n_ladder",
    "prior_weight_path",
]
