#include "options/rows.hpp"

namespace frontend::options {

namespace {

Rows AdaptRows() {
  return {
      {paths::adapt::kAdapt, Kind::Group, "", kAny,
       "Adaptation during warm-up"},
      {paths::adapt::kEngaged, Kind::Boolean, "true", kAny,
       "Adapt step size and metric"},
      {paths::adapt::kGamma, Kind::Real, "0.05", kPositive,
       "Regularization scale of dual averaging"},
      {paths::adapt::kDelta, Kind::Real, "0.8", kOpenUnit,
       "Target acceptance statistic"},
      {paths::adapt::kKappa, Kind::Real, "0.75", kPositive,
       "Relaxation exponent of dual averaging"},
      {paths::adapt::kT0, Kind::Real, "10", kPositive,
       "Iteration offset of dual averaging"},
      {paths::adapt::kInitBuffer, Kind::Integer, "75", kNonNegativeInt,
       "Length of the first, fast stage"},
      {paths::adapt::kTermBuffer, Kind::Integer, "50", kNonNegativeInt,
       "Length of the last, fast stage"},
      {paths::adapt::kWindow, Kind::Integer, "25", kNonNegativeInt,
       "First length of the slow stages"},
      {paths::adapt::kSaveMetric, Kind::Boolean, "false", kAny,
       "Write the adapted step size and metric as JSON"},
  };
}

Rows AlgorithmRows() {
  return {
      {paths::sample::kAlgorithm, Kind::Choice, "hmc", kAny,
       "Sampling algorithm"},
      {paths::hmc::kHmc, Kind::Section, "", kAny, "Hamiltonian Monte Carlo"},
      {paths::hmc::kEngine, Kind::Choice, "nuts", kAny,
       "How long a trajectory is"},
      {paths::hmc::kStatic, Kind::Section, "", kAny, "Fixed integration time"},
      {paths::hmc::kIntTime, Kind::Real, "6.283185307179586", kPositive,
       "Integration time, by default 2 pi"},
      {paths::hmc::kNuts, Kind::Section, "", kAny, "No-U-Turn sampler"},
      {paths::hmc::kMaxDepth, Kind::Integer, "10", kPositiveInt,
       "Greatest depth of the tree"},
      {paths::hmc::kMetric, Kind::Choice, "diag_e", kAny,
       "Shape of the inverse mass matrix"},
      {paths::hmc::kUnitE, Kind::Plain, "", kAny, "Identity"},
      {paths::hmc::kDiagE, Kind::Plain, "", kAny, "Diagonal"},
      {paths::hmc::kDenseE, Kind::Plain, "", kAny, "Dense"},
      {paths::hmc::kMetricFile, Kind::Text, "", kAny,
       "JSON or R dump file with inv_metric to begin with; several chains: "
       "one file, name_<id> files, or a comma list"},
      {paths::hmc::kStepsize, Kind::Real, "1", kPositive,
       "Step size to begin with"},
      {paths::hmc::kStepsizeJitter, Kind::Real, "0", kUnit,
       "Random share by which the step size varies"},
      {paths::sample::kFixedParam, Kind::Plain, "", kAny,
       "Parameters stay at their initial values"},
  };
}

}  // namespace

Rows SampleRows() {
  Rows rows{
      {paths::sample::kSample, Kind::Section, "", kAny,
       "Markov chain Monte Carlo draws from the posterior"},
      {paths::sample::kNumSamples, Kind::Integer, "1000", kNonNegativeInt,
       "Iterations after warm-up"},
      {paths::sample::kNumWarmup, Kind::Integer, "1000", kNonNegativeInt,
       "Warm-up iterations; at least 1 if adaptation is on"},
      {paths::sample::kSaveWarmup, Kind::Boolean, "false", kAny,
       "Write the warm-up draws too"},
      {paths::sample::kThin, Kind::Integer, "1", kPositiveInt,
       "Write every n-th draw"},
  };
  Append(rows, AdaptRows());
  Append(rows, AlgorithmRows());
  Append(rows, {
                   {paths::sample::kNumChains, Kind::Integer, "1", kPositiveInt,
                    "Number of chains run by this program"},
               });
  return rows;
}

}  // namespace frontend::options
