#include "options/rows.hpp"

namespace frontend::options {

namespace {

constexpr Range kSeed{-1, 4294967295.0};
constexpr Range kDigits{-1, 18};
#ifdef STAN_THREADS
constexpr Range kThreads{-1, kMaxInt};
#else
constexpr Range kThreads{1, 1};
#endif

}  // namespace

Rows GenerateQuantitiesRows() {
  return {
      {paths::generate_quantities::kGenerateQuantities, Kind::Section, "", kAny,
       "Generated quantities for each draw of an earlier fit"},
      {paths::generate_quantities::kFittedParams, Kind::Text, "", kAny,
       "CSV file of the earlier fit; several chains: name_<id> files or a "
       "comma list"},
      {paths::generate_quantities::kNumChains, Kind::Integer, "1", kPositiveInt,
       "Number of chains run by this program"},
  };
}

Rows LogProbRows() {
  return {
      {paths::log_prob::kLogProb, Kind::Section, "", kAny,
       "Log density and gradient at given parameter values"},
      {paths::log_prob::kUnconstrainedParams, Kind::Text, "", kAny,
       "JSON or R dump file with params_r: one point or one row a point"},
      {paths::log_prob::kConstrainedParams, Kind::Text, "", kAny,
       "JSON or R dump file with a value for each parameter"},
      {paths::log_prob::kJacobian, Kind::Boolean, "true", kAny,
       "Include the Jacobian of the constraining transforms"},
  };
}

Rows LaplaceRows() {
  return {
      {paths::laplace::kLaplace, Kind::Section, "", kAny,
       "Draws from the normal approximation at a mode"},
      {paths::laplace::kMode, Kind::Text, "", kAny,
       "Mode: CSV file of optimize, or JSON or R dump file"},
      {paths::laplace::kJacobian, Kind::Boolean, "true", kAny,
       "Include the Jacobian of the constraining transforms"},
      {paths::laplace::kDraws, Kind::Integer, "1000", kPositiveInt,
       "Number of draws"},
      {paths::laplace::kCalculateLp, Kind::Boolean, "true", kAny,
       "Compute the log density of each draw"},
  };
}

Rows GeneralRows() {
  return {
      {paths::kId, Kind::Integer, "1", kNonNegativeInt,
       "Number of the chain; of the first one if there are several"},
      {paths::kData, Kind::Group, "", kAny, "Data of the model"},
      {paths::kDataFile, Kind::Text, "", kAny, "JSON or R dump file"},
      {paths::kInit, Kind::Text, "2", kAny,
       "Initial values: a number x draws them from (-x, x) on the "
       "unconstrained scale, 0 sets them to 0, anything else names a JSON or "
       "R dump file; several chains: one file, name_<id> files, or a comma "
       "list"},
      {paths::kRandom, Kind::Group, "", kAny, "Random numbers"},
      {paths::kSeed, Kind::Integer, "-1", kSeed, "Seed; -1 draws one"},
      {paths::output::kOutput, Kind::Group, "", kAny, "Files and messages"},
      {paths::output::kFile, Kind::Text, "output.csv", kAny,
       "CSV file to write; several chains: _<id> is added, or a comma list"},
      {paths::output::kDiagnosticFile, Kind::Text, "", kAny,
       "CSV file for momenta and gradients; several chains: as file"},
      {paths::output::kRefresh, Kind::Integer, "100", kNonNegativeInt,
       "Iterations between messages; 0 for none"},
      {paths::output::kSigFigs, Kind::Integer, "8", kDigits,
       "Significant digits of the CSV files; -1 for the stream's default"},
      {paths::output::kProfileFile, Kind::Text, "profile.csv", kAny,
       "CSV file for profile blocks"},
      {paths::output::kSaveConfig, Kind::Boolean, "false", kAny,
       "Write all settings as JSON beside the output file"},
      {paths::kNumThreads, Kind::Integer, "1", kThreads,
       "Threads; more than 1 needs a model built with STAN_THREADS, where -1 "
       "takes all cores"},
  };
}

}  // namespace frontend::options
