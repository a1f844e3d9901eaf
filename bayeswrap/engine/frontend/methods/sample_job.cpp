#include "methods/sample_job.hpp"

#include "input/input_files.hpp"

namespace frontend {

namespace {

constexpr const char* kHmc = "method.sample.algorithm.hmc.";
constexpr const char* kAdapt = "method.sample.adapt.";

}  // namespace

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
  return run.settings.Flag(kAdapt + std::string("engaged"));
}

const std::string& SampleJob::metric() const {
  return run.settings.Text(kHmc + std::string("metric"));
}

void SampleJob::OpenMetricFiles() {
  if (!run.settings.Flag(kAdapt + std::string("save_metric"))) return;
  metrics.clear();
  for (int i = 0; i < num_chains; ++i)
    metrics.push_back(output::JsonInto(run.files.AddJson("metric", i)));
}

std::vector<input::VarContext> SampleJob::ReadMetrics() const {
  std::vector<input::VarContext> contexts;
  const auto& file = run.settings.Text(kHmc + std::string("metric_file"));
  if (file.empty()) return contexts;
  for (const std::string& path :
       input::ChainInputNames("metric_file", file, num_chains, run.id()))
    contexts.push_back(input::ReadContext("metric_file", path));
  return contexts;
}

std::tuple<unsigned int, unsigned int, double, int, int, int, bool, int, double,
           double>
SampleJob::Lengths(int chain) const {
  const cli::Settings& s = run.settings;
  return {run.seed(),
          run.id() + chain,
          init.radius,
          s.Integer("method.sample.num_warmup"),
          s.Integer("method.sample.num_samples"),
          s.Integer("method.sample.thin"),
          s.Flag("method.sample.save_warmup"),
          run.refresh(),
          s.Real(kHmc + std::string("stepsize")),
          s.Real(kHmc + std::string("stepsize_jitter"))};
}

std::tuple<double, double, double, double> SampleJob::DualAveraging() const {
  const auto real = [&](const char* name) {
    return run.settings.Real(kAdapt + std::string(name));
  };
  return {real("delta"), real("gamma"), real("kappa"), real("t0")};
}

std::tuple<unsigned int, unsigned int, unsigned int> SampleJob::Windows()
    const {
  const auto length = [&](const char* name) {
    return run.settings.Unsigned(kAdapt + std::string(name));
  };
  return {length("init_buffer"), length("term_buffer"), length("window")};
}

}  // namespace frontend
