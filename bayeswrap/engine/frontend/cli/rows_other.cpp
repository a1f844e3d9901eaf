#include "cli/rows.hpp"

namespace frontend::cli {

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
      {"method.generate_quantities", Kind::Section, "", kAny,
       "Generated quantities for each draw of an earlier fit"},
      {"method.generate_quantities.fitted_params", Kind::Text, "", kAny,
       "CSV file of the earlier fit; several chains: name_<id> files or a "
       "comma list"},
      {"method.generate_quantities.num_chains", Kind::Integer, "1",
       kPositiveInt, "Number of chains run by this program"},
  };
}

Rows LogProbRows() {
  return {
      {"method.log_prob", Kind::Section, "", kAny,
       "Log density and gradient at given parameter values"},
      {"method.log_prob.unconstrained_params", Kind::Text, "", kAny,
       "JSON or R dump file with params_r: one point or one row a point"},
      {"method.log_prob.constrained_params", Kind::Text, "", kAny,
       "JSON or R dump file with a value for each parameter"},
      {"method.log_prob.jacobian", Kind::Boolean, "true", kAny,
       "Include the Jacobian of the constraining transforms"},
  };
}

Rows LaplaceRows() {
  return {
      {"method.laplace", Kind::Section, "", kAny,
       "Draws from the normal approximation at a mode"},
      {"method.laplace.mode", Kind::Text, "", kAny,
       "Mode: CSV file of optimize, or JSON or R dump file"},
      {"method.laplace.jacobian", Kind::Boolean, "true", kAny,
       "Include the Jacobian of the constraining transforms"},
      {"method.laplace.draws", Kind::Integer, "1000", kPositiveInt,
       "Number of draws"},
      {"method.laplace.calculate_lp", Kind::Boolean, "true", kAny,
       "Compute the log density of each draw"},
  };
}

Rows GeneralRows() {
  return {
      {"id", Kind::Integer, "1", kNonNegativeInt,
       "Number of the chain; of the first one if there are several"},
      {"data", Kind::Group, "", kAny, "Data of the model"},
      {"data.file", Kind::Text, "", kAny, "JSON or R dump file"},
      {"init", Kind::Text, "2", kAny,
       "Initial values: a number x draws them from (-x, x) on the "
       "unconstrained scale, 0 sets them to 0, anything else names a JSON or "
       "R dump file; several chains: one file, name_<id> files, or a comma "
       "list"},
      {"random", Kind::Group, "", kAny, "Random numbers"},
      {"random.seed", Kind::Integer, "-1", kSeed, "Seed; -1 draws one"},
      {"output", Kind::Group, "", kAny, "Files and messages"},
      {"output.file", Kind::Text, "output.csv", kAny,
       "CSV file to write; several chains: _<id> is added, or a comma list"},
      {"output.diagnostic_file", Kind::Text, "", kAny,
       "CSV file for momenta and gradients; several chains: as file"},
      {"output.refresh", Kind::Integer, "100", kNonNegativeInt,
       "Iterations between messages; 0 for none"},
      {"output.sig_figs", Kind::Integer, "8", kDigits,
       "Significant digits of the CSV files; -1 for the stream's default"},
      {"output.profile_file", Kind::Text, "profile.csv", kAny,
       "CSV file for profile blocks"},
      {"output.save_cmdstan_config", Kind::Boolean, "false", kAny,
       "Write all settings as JSON beside the output file"},
      {"num_threads", Kind::Integer, "1", kThreads,
       "Threads; more than 1 needs a model built with STAN_THREADS, where -1 "
       "takes all cores"},
  };
}

}  // namespace frontend::cli
