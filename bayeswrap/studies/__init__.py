"""Studies: the theory of MLE, MAP and posterior as tables and figures of a model."""

from bayeswrap.studies.prior_weight import prior_weight_path
from bayeswrap.studies.ridge import ridge_path
from bayeswrap.studies.sample_size import n_ladder
from bayeswrap.studies.scales import modes_by_scale, uniform_prior
from bayeswrap.studies.study import Study
from bayeswrap.studies.underflow import product_and_log_sum

__all__ = [
    "Study",
    "modes_by_scale",
    "n_ladder",
    "prior_weight_path",
    "product_and_log_sum",
    "ridge_path",
    "uniform_prior",
]
