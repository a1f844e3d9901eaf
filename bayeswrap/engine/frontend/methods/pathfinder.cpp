#include <stan/model/model_base.hpp>
#include <stan/services/pathfinder/multi.hpp>
#include <stan/services/pathfinder/single.hpp>
#include <tuple>

#include "methods/initial_values.hpp"
#include "methods/quasi_newton.hpp"
#include "output/csv_writer.hpp"
#include "output/json_output.hpp"

namespace frontend {

namespace {

namespace services = stan::services::pathfinder;

/** Seed to number of draws, in the order of the services. */
auto PathSettings(const Run& run, const InitialValues& init) {
  const options::Settings& s = run.settings;
  return std::tuple_cat(
      std::make_tuple(run.seed(), run.id(), init.radius,
                      HistorySize(s, paths::pathfinder::kPathfinder)),
      Tolerances(s, paths::pathfinder::kPathfinder),
      std::make_tuple(s.Integer(paths::pathfinder::kMaxLbfgsIters),
                      s.Integer(paths::pathfinder::kNumElboDraws),
                      s.Integer(paths::pathfinder::kNumDraws)));
}

/** What is written about each path beside the draws; nothing by default. */
struct PathOutputs {
  PathOutputs(Run& run, int num_paths, bool save)
      : no_init(num_paths), draws(num_paths), iterations(num_paths) {
    if (!save) return;
    iterations.clear();
    for (int path = 0; path < num_paths; ++path) {
      // a path has the number that the column path__ shows
      const std::string tag = "path_" + std::to_string(run.id() + path);
      iterations.push_back(output::JsonInto(run.files.AddJson(tag, 0)));
      if (num_paths > 1) draws[path] = output::CsvWriter(run.files.AddCsv(tag));
    }
  }

  std::vector<stan::callbacks::writer> no_init;
  std::vector<output::CsvWriter> draws;
  std::vector<output::JsonOutput> iterations;
};

int RunSingle(Run& run, const InitialValues& init, PathOutputs& outputs) {
  stan::callbacks::interrupt interrupt;
  output::CsvWriter csv(run.files.draws(0));
  const bool save = run.settings.Flag(paths::pathfinder::kSaveSinglePaths);
  const int refresh = run.refresh();
  const bool calculate_lp = run.settings.Flag(paths::pathfinder::kCalculateLp);
  return std::apply(
      [](auto&&... args) { return services::pathfinder_lbfgs_single(args...); },
      std::tuple_cat(
          std::tie(run.model.base(), *init.contexts[0]),
          PathSettings(run, init),
          std::tie(save, refresh, interrupt, run.logger, outputs.no_init[0],
                   csv, outputs.iterations[0], calculate_lp)));
}

/**
 * Stan 2.39 loses draws of the paths behind a failed one when it saves single
 * paths, and reports success.
 */
void CheckNoneLost(const output::CsvWriter& csv, std::size_t num_draws) {
  if (csv.num_rows() > num_draws) return;  // the names are a row too
  throw std::runtime_error(
      "a path failed, and with save_single_paths=1 Stan loses draws of the "
      "others: expected " +
      std::to_string(num_draws) + " draws, got " +
      std::to_string(csv.num_rows() - 1) +
      "; use save_single_paths=0, or another seed or init");
}

int RunMulti(Run& run, const InitialValues& init, int num_paths,
             PathOutputs& outputs) {
  stan::callbacks::interrupt interrupt;
  stan::callbacks::structured_writer no_diagnostics;
  output::CsvWriter csv(run.files.draws(0));
  const int num_psis_draws =
      run.settings.Integer(paths::pathfinder::kNumPsisDraws);
  const bool save = run.settings.Flag(paths::pathfinder::kSaveSinglePaths);
  const int refresh = run.refresh();
  const bool calculate_lp = run.settings.Flag(paths::pathfinder::kCalculateLp);
  const bool psis_resample =
      run.settings.Flag(paths::pathfinder::kPsisResample);
  const int code = std::apply(
      [](auto&&... args) { return services::pathfinder_lbfgs_multi(args...); },
      std::tuple_cat(std::tie(run.model.base(), init.contexts),
                     PathSettings(run, init),
                     std::tie(num_psis_draws, num_paths, save, refresh,
                              interrupt, run.logger, outputs.no_init,
                              outputs.draws, outputs.iterations, csv,
                              no_diagnostics, calculate_lp, psis_resample)));
  if (code == 0 && save && calculate_lp && psis_resample)
    CheckNoneLost(csv, num_psis_draws);
  return code;
}

}  // namespace

int RunPathfinder(Run& run) {
  const int num_paths = run.settings.Integer(paths::pathfinder::kNumPaths);
  const InitialValues init = ReadInitialValues(run, num_paths);
  if (run.model.num_unconstrained() == 0)
    throw std::runtime_error("the model has no parameters to approximate");
  PathOutputs outputs(run, num_paths,
                      run.settings.Flag(paths::pathfinder::kSaveSinglePaths));
  return num_paths == 1 ? RunSingle(run, init, outputs)
                        : RunMulti(run, init, num_paths, outputs);
}

}  // namespace frontend
