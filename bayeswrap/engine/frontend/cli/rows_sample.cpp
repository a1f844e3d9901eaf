#include "cli/rows.hpp"

namespace frontend::cli {

namespace {

Rows AdaptRows() {
  return {
      {"method.sample.adapt", Kind::Group, "", kAny,
       "Adaptation during warm-up"},
      {"method.sample.adapt.engaged", Kind::Boolean, "true", kAny,
       "Adapt step size and metric"},
      {"method.sample.adapt.gamma", Kind::Real, "0.05", kPositive,
       "Regularization scale of dual averaging"},
      {"method.sample.adapt.delta", Kind::Real, "0.8", kOpenUnit,
       "Target acceptance statistic"},
      {"method.sample.adapt.kappa", Kind::Real, "0.75", kPositive,
       "Relaxation exponent of dual averaging"},
      {"method.sample.adapt.t0", Kind::Real, "10", kPositive,
       "Iteration offset of dual averaging"},
      {"method.sample.adapt.init_buffer", Kind::Integer, "75", kNonNegativeInt,
       "Length of the first, fast stage"},
      {"method.sample.adapt.term_buffer", Kind::Integer, "50", kNonNegativeInt,
       "Length of the last, fast stage"},
      {"method.sample.adapt.window", Kind::Integer, "25", kNonNegativeInt,
       "First length of the slow stages"},
      {"method.sample.adapt.save_metric", Kind::Boolean, "false", kAny,
       "Write the adapted step size and metric as JSON"},
  };
}

Rows AlgorithmRows() {
  return {
      {"method.sample.algorithm", Kind::Choice, "hmc", kAny,
       "Sampling algorithm"},
      {"method.sample.algorithm.hmc", Kind::Section, "", kAny,
       "Hamiltonian Monte Carlo"},
      {"method.sample.algorithm.hmc.engine", Kind::Choice, "nuts", kAny,
       "How long a trajectory is"},
      {"method.sample.algorithm.hmc.engine.static", Kind::Section, "", kAny,
       "Fixed integration time"},
      {"method.sample.algorithm.hmc.engine.static.int_time", Kind::Real,
       "6.283185307179586", kPositive, "Integration time, by default 2 pi"},
      {"method.sample.algorithm.hmc.engine.nuts", Kind::Section, "", kAny,
       "No-U-Turn sampler"},
      {"method.sample.algorithm.hmc.engine.nuts.max_depth", Kind::Integer, "10",
       kPositiveInt, "Greatest depth of the tree"},
      {"method.sample.algorithm.hmc.metric", Kind::Choice, "diag_e", kAny,
       "Shape of the inverse mass matrix"},
      {"method.sample.algorithm.hmc.metric.unit_e", Kind::Plain, "", kAny,
       "Identity"},
      {"method.sample.algorithm.hmc.metric.diag_e", Kind::Plain, "", kAny,
       "Diagonal"},
      {"method.sample.algorithm.hmc.metric.dense_e", Kind::Plain, "", kAny,
       "Dense"},
      {"method.sample.algorithm.hmc.metric_file", Kind::Text, "", kAny,
       "JSON or R dump file with inv_metric to begin with; several chains: "
       "one file, name_<id> files, or a comma list"},
      {"method.sample.algorithm.hmc.stepsize", Kind::Real, "1", kPositive,
       "Step size to begin with"},
      {"method.sample.algorithm.hmc.stepsize_jitter", Kind::Real, "0", kUnit,
       "Random share by which the step size varies"},
      {"method.sample.algorithm.fixed_param", Kind::Plain, "", kAny,
       "Parameters stay at their initial values"},
  };
}

}  // namespace

Rows SampleRows() {
  Rows rows{
      {"method.sample", Kind::Section, "", kAny,
       "Markov chain Monte Carlo draws from the posterior"},
      {"method.sample.num_samples", Kind::Integer, "1000", kNonNegativeInt,
       "Iterations after warm-up"},
      {"method.sample.num_warmup", Kind::Integer, "1000", kNonNegativeInt,
       "Warm-up iterations; at least 1 if adaptation is on"},
      {"method.sample.save_warmup", Kind::Boolean, "false", kAny,
       "Write the warm-up draws too"},
      {"method.sample.thin", Kind::Integer, "1", kPositiveInt,
       "Write every n-th draw"},
  };
  Append(rows, AdaptRows());
  Append(rows, AlgorithmRows());
  Append(rows, {
                   {"method.sample.num_chains", Kind::Integer, "1",
                    kPositiveInt, "Number of chains run by this program"},
               });
  return rows;
}

}  // namespace frontend::cli
