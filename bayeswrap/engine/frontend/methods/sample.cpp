#include "methods/sample_job.hpp"

namespace frontend {

namespace {

/** Adaptation needs iterations to adapt in. */
void CheckWarmup(const SampleJob& job) {
  if (job.adapts() && job.run.settings.Integer(paths::sample::kNumWarmup) == 0)
    throw std::runtime_error(
        "num_warmup=0: expected num_warmup > 0, or adapt engaged=0");
}

/** Runs the algorithm and engine that were chosen. */
int Dispatch(SampleJob& job) {
  const Run& run = job.run;
  const options::Settings& s = run.settings;
  if (s.IsChosen(paths::sample::kFixedParam)) return RunFixedParam(job);
  if (run.model.num_unconstrained() == 0) {
    // cmdstanpy looks for the words "running fixed_param sampler".
    run.logger.info(
        "The model has no parameters: running fixed_param sampler, which "
        "leaves the Markov chain where it is");
    return RunFixedParam(job);
  }
  CheckWarmup(job);
  return s.IsChosen(paths::hmc::kStatic) ? RunStatic(job) : RunNuts(job);
}

}  // namespace

int RunSample(Run& run) {
  SampleJob job(run);
  const int code = Dispatch(job);
  if (code != 0) return code;
  // Stan's services report success when no initial step size can be found.
  for (const output::CsvWriter& csv : job.draws)
    if (csv.num_rows() == 0) return 1;
  return 0;
}

}  // namespace frontend
