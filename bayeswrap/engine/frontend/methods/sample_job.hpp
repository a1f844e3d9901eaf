#ifndef FRONTEND_METHODS_SAMPLE_JOB_HPP
#define FRONTEND_METHODS_SAMPLE_JOB_HPP

#include <stan/callbacks/interrupt.hpp>
#include <tuple>
#include <vector>

#include "methods/initial_values.hpp"
#include "output/csv_writer.hpp"
#include "output/json_output.hpp"

namespace frontend {

/**
 * Arguments of the sampling services, in groups whose order they share, so
 * that one call can be put together for any engine, metric and adaptation.
 */
struct SampleJob {
  /** Reads the initial values and sets up the writers of all chains. */
  explicit SampleJob(Run& run);

  /** True if step size and metric are adapted. */
  bool adapts() const;

  /** The chosen metric, e.g. `diag_e`. */
  const std::string& metric() const;

  /** Adds the files that save_metric asks for. */
  void OpenMetricFiles();

  /**
   * The inverse metric of each chain to begin with: the files of metric_file,
   * or nothing if there are none.
   */
  std::vector<input::VarContext> ReadMetrics() const;

  /** Seed, id of `chain`, radius, lengths, thinning, refresh, step size. */
  std::tuple<unsigned int, unsigned int, double, int, int, int, bool, int,
             double, double>
  Lengths(int chain = 0) const;

  /** delta, gamma, kappa, t0 */
  std::tuple<double, double, double, double> DualAveraging() const;

  /** init_buffer, term_buffer, window */
  std::tuple<unsigned int, unsigned int, unsigned int> Windows() const;

  Run& run;
  int num_chains;
  InitialValues init;
  stan::callbacks::interrupt interrupt;
  std::vector<stan::callbacks::writer> no_init_output;
  std::vector<output::CsvWriter> draws;
  std::vector<output::CsvWriter> diagnostics;
  std::vector<output::JsonOutput> metrics;
};

/** Hamiltonian Monte Carlo with a fixed integration time. */
int RunStatic(SampleJob& job);

/** Draws where the parameters keep their initial values. */
int RunFixedParam(SampleJob& job);

/** The No-U-Turn sampler. */
int RunNuts(SampleJob& job);

}  // namespace frontend

#endif
