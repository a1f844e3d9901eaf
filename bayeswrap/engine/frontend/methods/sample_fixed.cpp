#include <stan/model/model_base.hpp>
#include <stan/services/sample/fixed_param.hpp>

#include "methods/sample_job.hpp"

namespace frontend {

int RunFixedParam(SampleJob& job) {
  const ChainSettings chain = job.ReadChainSettings();
  return stan::services::sample::fixed_param(
      job.run.model.base(), job.num_chains, job.init.contexts, chain.seed,
      chain.id, chain.init_radius, chain.num_samples, chain.thin, chain.refresh,
      job.interrupt, job.run.logger, job.no_init_output, job.draws,
      job.diagnostics);
}

}  // namespace frontend
