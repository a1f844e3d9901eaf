#include <stan/model/model_base.hpp>
#include <stan/services/pathfinder/multi.hpp>
#include <stan/services/pathfinder/single.hpp>
#include <tuple>

#include "methods/initial_values.hpp"
#include "output/csv_writer.hpp"
#include "output/json_output.hpp"

namespace frontend {

namespace {

namespace services = stan::services::pathfinder;

/** Reads the options of the method. */
class Options {
 public:
  explicit Options(const cli::Settings& settings) : settings_(settings) {}

  int Integer(const char* name) const { return settings_.Integer(Path(name)); }
  bool Flag(const char* name) const { return settings_.Flag(Path(name)); }

  /** Seed, id, radius, history and tolerances, in the order of the services. */
  auto Head(const Run& run, const InitialValues& init) const {
    return std::make_tuple(run.seed(), run.id(), init.radius,
                           Integer("history_size"), Real("init_alpha"),
                           Real("tol_obj"), Real("tol_rel_obj"),
                           Real("tol_grad"), Real("tol_rel_grad"),
                           Real("tol_param"), Integer("max_lbfgs_iters"),
                           Integer("num_elbo_draws"), Integer("num_draws"));
  }

 private:
  static std::string Path(const char* name) {
    return std::string("method.pathfinder.") + name;
  }
  double Real(const char* name) const { return settings_.Real(Path(name)); }

  const cli::Settings& settings_;
};

/** What is written about each path beside the draws; nothing by default. */
struct PathOutput {
  PathOutput(Run& run, int num_paths, bool save)
      : no_init(num_paths), draws(num_paths), iterations(num_paths) {
    if (!save) return;
    iterations.clear();
    for (int path = 0; path < num_paths; ++path) {
      // a path has the number that the column path__ shows
      const std::string tag = "path_" + std::to_string(run.id() + path);
      iterations.push_back(output::JsonInto(run.files.AddJson(tag, 0)));
      if (num_paths > 1)
        draws[path] = output::CsvWriter(run.files.AddCsv(tag));
    }
  }

  std::vector<stan::callbacks::writer> no_init;
  std::vector<output::CsvWriter> draws;
  std::vector<output::JsonOutput> iterations;
};

int RunSingle(Run& run, const Options& options, const InitialValues& init,
              PathOutput& path) {
  stan::callbacks::interrupt interrupt;
  output::CsvWriter csv(run.files.draws(0));
  const bool save = options.Flag("save_single_paths");
  const int refresh = run.refresh();
  const bool calculate_lp = options.Flag("calculate_lp");
  return std::apply(
      [](auto&&... args) {
        return services::pathfinder_lbfgs_single(args...);
      },
      std::tuple_cat(
          std::tie(run.model.base(), *init.contexts[0]),
          options.Head(run, init),
          std::tie(save, refresh, interrupt, run.logger, path.no_init[0], csv,
                   path.iterations[0], calculate_lp)));
}

/**
 * Stan 2.39 loses draws of the paths behind a failed one when it saves single
 * paths, and reports success.
 */
void CheckNoneLost(const output::CsvWriter& csv, std::size_t num_draws) {
  if (csv.num_rows() > num_draws) return;  // the names are a row too
  throw std::runtime_error(
      "a path failed, and with save_single_paths=1 Stan loses draws of the "
      "others: expected " + std::to_string(num_draws) + " draws, got " +
      std::to_string(csv.num_rows() - 1) +
      "; use save_single_paths=0, or another seed or init");
}

int RunMulti(Run& run, const Options& options, const InitialValues& init,
             int num_paths, PathOutput& paths) {
  stan::callbacks::interrupt interrupt;
  stan::callbacks::structured_writer no_diagnostics;
  output::CsvWriter csv(run.files.draws(0));
  const int num_psis_draws = options.Integer("num_psis_draws");
  const bool save = options.Flag("save_single_paths");
  const int refresh = run.refresh();
  const bool calculate_lp = options.Flag("calculate_lp");
  const bool psis_resample = options.Flag("psis_resample");
  const int code = std::apply(
      [](auto&&... args) { return services::pathfinder_lbfgs_multi(args...); },
      std::tuple_cat(
          std::tie(run.model.base(), init.contexts), options.Head(run, init),
          std::tie(num_psis_draws, num_paths, save, refresh, interrupt,
                   run.logger, paths.no_init, paths.draws, paths.iterations,
                   csv, no_diagnostics, calculate_lp, psis_resample)));
  if (code == 0 && save && calculate_lp && psis_resample)
    CheckNoneLost(csv, num_psis_draws);
  return code;
}

}  // namespace

int RunPathfinder(Run& run) {
  const Options options(run.settings);
  const int num_paths = options.Integer("num_paths");
  const InitialValues init = ReadInitialValues(run, num_paths);
  if (run.model.num_unconstrained() == 0)
    throw std::runtime_error("the model has no parameters to approximate");
  PathOutput paths(run, num_paths, options.Flag("save_single_paths"));
  return num_paths == 1 ? RunSingle(run, options, init, paths)
                        : RunMulti(run, options, init, num_paths, paths);
}

}  // namespace frontend
