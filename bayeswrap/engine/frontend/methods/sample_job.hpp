#ifndef FRONTEND_METHODS_SAMPLE_JOB_HPP
#define FRONTEND_METHODS_SAMPLE_JOB_HPP

#include <stan/callbacks/interrupt.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "methods/initial_values.hpp"
#include "output/csv_writer.hpp"
#include "output/json_output.hpp"

namespace frontend {

/** What every service of HMC takes between the metric and its own length. */
struct ChainSettings {
  unsigned int seed;
  unsigned int id;
  double init_radius;
  int num_warmup;
  int num_samples;
  int thin;
  bool save_warmup;
  int refresh;
  double stepsize;
  double stepsize_jitter;

  /** In the order of the services. */
  auto Arguments() const {
    return std::make_tuple(seed, id, init_radius, num_warmup, num_samples, thin,
                           save_warmup, refresh, stepsize, stepsize_jitter);
  }
};

/** How the step size is adapted. */
struct DualAveraging {
  double delta;
  double gamma;
  double kappa;
  double t0;

  /** In the order of the services. */
  auto Arguments() const { return std::make_tuple(delta, gamma, kappa, t0); }
};

/** The stages of warm-up, in which a metric is adapted. */
struct Windows {
  unsigned int init_buffer;
  unsigned int term_buffer;
  unsigned int window;

  /** In the order of the services. */
  auto Arguments() const {
    return std::make_tuple(init_buffer, term_buffer, window);
  }
};

/** The settings of the method `sample`, its initial values and its writers. */
struct SampleJob {
  /** Reads the initial values and sets up the writers of all chains. */
  explicit SampleJob(Run& run);

  /** True if step size and metric are adapted. */
  bool adapts() const;

  /** Adds the files that save_metric asks for. */
  void OpenMetricFiles();

  /**
   * The inverse metric of each chain to begin with: the files of metric_file,
   * or nothing if there are none.
   */
  std::vector<input::VarContext> ReadMetrics() const;

  /** The settings of `chain`, which counts from 0. */
  ChainSettings ReadChainSettings(int chain = 0) const;

  DualAveraging ReadDualAveraging() const;
  Windows ReadWindows() const;

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
