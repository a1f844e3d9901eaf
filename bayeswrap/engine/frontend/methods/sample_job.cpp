#include "methods/sample_job.hpp"

#include "input/input_files.hpp"

namespace frontend {

SampleJob::SampleJob(Run& r)
    : run(r),
      num_chains(r.files.num_chains()),
      init(ReadInitialValues(r, r.files.num_chains())),
      no_init_output(num_chains),
      metrics(num_chains) {
  for (int i = 0; i < num_chains; ++i) {
    draws.emplace_back(r.files.draws(i));
    diagnostics.emplace_back(r.files.diagnostic(i));
  }
}

bool SampleJob::adapts() const {
  return run.settings.Flag(paths::adapt::kEngaged);
}

void SampleJob::OpenMetricFiles() {
  if (!run.settings.Flag(paths::adapt::kSaveMetric)) return;
  metrics.clear();
  for (int i = 0; i < num_chains; ++i)
    metrics.push_back(output::JsonInto(run.files.AddJson("metric", i)));
}

std::vector<input::VarContext> SampleJob::ReadMetrics() const {
  std::vector<input::VarContext> contexts;
  const std::string& file = run.settings.Text(paths::hmc::kMetricFile);
  if (file.empty()) return contexts;
  for (const std::string& path :
       input::ChainInputNames("metric_file", file, num_chains, run.id()))
    contexts.push_back(input::ReadContext("metric_file", path));
  return contexts;
}

ChainSettings SampleJob::ReadChainSettings(int chain) const {
  const options::Settings& s = run.settings;
  ChainSettings c;
  c.seed = run.seed();
  c.id = run.id() + chain;
  c.init_radius = init.radius;
  c.num_warmup = s.Integer(paths::sample::kNumWarmup);
  c.num_samples = s.Integer(paths::sample::kNumSamples);
  c.thin = s.Integer(paths::sample::kThin);
  c.save_warmup = s.Flag(paths::sample::kSaveWarmup);
  c.refresh = run.refresh();
  c.stepsize = s.Real(paths::hmc::kStepsize);
  c.stepsize_jitter = s.Real(paths::hmc::kStepsizeJitter);
  return c;
}

DualAveraging SampleJob::ReadDualAveraging() const {
  const options::Settings& s = run.settings;
  DualAveraging d;
  d.delta = s.Real(paths::adapt::kDelta);
  d.gamma = s.Real(paths::adapt::kGamma);
  d.kappa = s.Real(paths::adapt::kKappa);
  d.t0 = s.Real(paths::adapt::kT0);
  return d;
}

Windows SampleJob::ReadWindows() const {
  const options::Settings& s = run.settings;
  Windows w;
  w.init_buffer = s.Unsigned(paths::adapt::kInitBuffer);
  w.term_buffer = s.Unsigned(paths::adapt::kTermBuffer);
  w.window = s.Unsigned(paths::adapt::kWindow);
  return w;
}

}  // namespace frontend
