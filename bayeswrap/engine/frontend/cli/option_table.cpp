#include "cli/option_table.hpp"

#include <algorithm>
#include <sstream>

namespace frontend::cli {

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kMaxInt = std::numeric_limits<int>::max();

constexpr Range kAny{};
constexpr Range kNonNegativeInt{0, kMaxInt};
constexpr Range kPositiveInt{1, kMaxInt};
constexpr Range kPositive{0, kInf, true, true};
constexpr Range kOpenUnit{0, 1, true, true};
constexpr Range kUnit{0, 1};
constexpr Range kSeed{-1, 4294967295.0};
constexpr Range kDigits{-1, 18};
#ifdef STAN_THREADS
constexpr Range kThreads{-1, kMaxInt};
#else
constexpr Range kThreads{1, 1};
#endif

/** The arguments of one method, of its groups and of its choices. */
using Rows = std::vector<Option>;

Rows SampleRows() {
  return {
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
      {"method.sample.num_chains", Kind::Integer, "1", kPositiveInt,
       "Number of chains run by this program"},
  };
}

Rows OptimizeRows() {
  return {
      {"method.optimize", Kind::Section, "", kAny,
       "Posterior mode or maximum likelihood estimate"},
      {"method.optimize.algorithm", Kind::Choice, "lbfgs", kAny,
       "Optimization algorithm"},
      {"method.optimize.algorithm.bfgs", Kind::Section, "", kAny,
       "BFGS with line search"},
      {"method.optimize.algorithm.lbfgs", Kind::Section, "", kAny,
       "Limited-memory BFGS with line search"},
      {"method.optimize.algorithm.newton", Kind::Section, "", kAny,
       "Newton's method"},
      {"method.optimize.jacobian", Kind::Boolean, "false", kAny,
       "Include the Jacobian of the constraining transforms"},
      {"method.optimize.iter", Kind::Integer, "2000", kPositiveInt,
       "Greatest number of iterations"},
      {"method.optimize.save_iterations", Kind::Boolean, "false", kAny,
       "Write one row for each iteration"},
  };
}

Rows QuasiNewtonRows() {
  return {
      {"init_alpha", Kind::Real, "0.001", kPositive,
       "Step size of the first line search"},
      {"tol_obj", Kind::Real, "1e-12", kPositive,
       "Stop when the objective changes by less"},
      {"tol_rel_obj", Kind::Real, "10000", kPositive,
       "Stop when the objective changes by less, relatively (in epsilons)"},
      {"tol_grad", Kind::Real, "1e-08", kPositive,
       "Stop when the gradient's norm is less"},
      {"tol_rel_grad", Kind::Real, "1e+07", kPositive,
       "Stop when the relative gradient is less (in epsilons)"},
      {"tol_param", Kind::Real, "1e-08", kPositive,
       "Stop when the parameters change by less"},
      {"history_size", Kind::Integer, "5", kPositiveInt,
       "Number of updates that are kept"},
  };
}

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
      {"random.seed", Kind::Integer, "-1", kSeed,
       "Seed; -1 takes one from the clock"},
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

void Append(Rows& rows, Rows more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

/** Options that BFGS and L-BFGS share; history_size is for the latter only. */
void AppendQuasiNewton(Rows& rows, const std::string& section,
                       std::vector<std::string>& paths) {
  const bool limited = section == "method.optimize.algorithm.lbfgs";
  for (Option row : QuasiNewtonRows()) {
    if (row.path == "history_size" && !limited) continue;
    paths.push_back(Join(section, row.path));
    row.path = paths.back();
    rows.push_back(row);
  }
}

/** Rows of optimize with the shared options below each algorithm. */
Rows ExpandedOptimizeRows() {
  static std::vector<std::string> paths;
  paths.reserve(2 * QuasiNewtonRows().size());  // views must stay valid
  Rows rows;
  for (const Option& row : OptimizeRows()) {
    rows.push_back(row);
    if (row.name() == "bfgs" || row.name() == "lbfgs")
      AppendQuasiNewton(rows, std::string(row.path), paths);
  }
  return rows;
}

/** A further method is a further function of rows, named here. */
Rows BuildTable() {
  Rows rows{{"method", Kind::Choice, "sample", kAny, "What to compute"}};
  Append(rows, SampleRows());
  Append(rows, ExpandedOptimizeRows());
  Append(rows, GenerateQuantitiesRows());
  Append(rows, LogProbRows());
  Append(rows, LaplaceRows());
  Append(rows, GeneralRows());
  return rows;
}

}  // namespace

bool Range::Contains(double value) const {
  const bool above = low_open ? value > low : value >= low;
  const bool below = high_open ? value < high : value <= high;
  return above && below;
}

std::string Range::Describe(std::string_view name) const {
  const bool bounded_low = low > -kInf;
  const bool bounded_high = high < kInf && high != kMaxInt;
  std::ostringstream out;
  out.precision(10);
  if (low == high) {
    out << name << " = " << low;
  } else if (bounded_low && !bounded_high) {
    out << name << (low_open ? " > " : " >= ") << low;
  } else {
    if (bounded_low) out << low << (low_open ? " < " : " <= ");
    out << name;
    if (bounded_high) out << (high_open ? " < " : " <= ") << high;
  }
  return out.str();
}

std::string_view Option::name() const {
  return path.substr(path.rfind('.') + 1);  // npos + 1 is 0
}

int Option::depth() const {
  return static_cast<int>(std::count(path.begin(), path.end(), '.'));
}

bool Option::takes_value() const {
  return kind != Kind::Group && kind != Kind::Section && kind != Kind::Plain;
}

const std::vector<Option>& Options() {
  static const Rows table = BuildTable();
  return table;
}

const Option* Find(std::string_view path) {
  for (const Option& option : Options())
    if (option.path == path) return &option;
  return nullptr;
}

std::vector<const Option*> Children(std::string_view path) {
  std::vector<const Option*> found;
  for (const Option& option : Options())
    if (Parent(option.path) == path) found.push_back(&option);
  return found;
}

std::string_view Parent(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view()
                                       : path.substr(0, dot);
}

std::string Join(std::string_view path, std::string_view name) {
  std::string joined(path);
  if (!joined.empty()) joined += '.';
  return joined.append(name);
}

std::string ChildNames(std::string_view path) {
  std::string names;
  for (const Option* child : Children(path)) {
    if (!names.empty()) names += ", ";
    names += child->name();
  }
  return names;
}

std::string Typed(const Option& option) {
  std::string words;
  for (std::size_t end = option.path.find('.');;
       end = option.path.find('.', end + 1)) {
    const Option* row = Find(option.path.substr(0, end));
    const Option* above = Find(Parent(row->path));
    const bool of_choice = above && above->kind == Kind::Choice;
    const bool spelled = of_choice && above->path != "method";
    if (row->kind != Kind::Choice || row == &option) {
      if (!words.empty()) words += ' ';
      if (spelled) words.append(above->name()) += '=';
      words += row->name();
    }
    if (end == std::string_view::npos) return words;
  }
}

}  // namespace frontend::cli
