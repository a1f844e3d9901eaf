#include <stan/model/model_base.hpp>
#include <stan/services/sample/hmc_static_dense_e.hpp>
#include <stan/services/sample/hmc_static_dense_e_adapt.hpp>
#include <stan/services/sample/hmc_static_diag_e.hpp>
#include <stan/services/sample/hmc_static_diag_e_adapt.hpp>
#include <stan/services/sample/hmc_static_unit_e.hpp>
#include <stan/services/sample/hmc_static_unit_e_adapt.hpp>

#include "methods/sample_common.hpp"

namespace frontend {

namespace {

namespace services = stan::services::sample;

/** HMC with a fixed integration time: a service runs one chain. */
struct Static {
  SampleJob& job;
  const std::vector<input::VarContext>& metrics;  ///< one for each chain
  int chain;

  auto Start() const {
    return std::tie(job.run.model.base(), *job.init.contexts[chain]);
  }
  auto InitialMetric() const { return std::tie(*metrics[chain]); }
  auto Chain() const { return job.ReadChainSettings(chain).Arguments(); }
  auto Length() const {
    return std::make_tuple(job.run.settings.Real(paths::hmc::kIntTime));
  }
  auto Callbacks() const {
    return std::tie(job.interrupt, job.run.logger, job.no_init_output[chain],
                    job.draws[chain], job.diagnostics[chain]);
  }
  auto AdaptedMetric() const { return std::tuple<>(); }

  template <class... Args>
  static int Service(UnitMetric, Adapts<false>, Args&... args) {
    return services::hmc_static_unit_e(args...);
  }
  template <class... Args>
  static int Service(UnitMetric, Adapts<true>, Args&... args) {
    return services::hmc_static_unit_e_adapt(args...);
  }
  template <class... Args>
  static int Service(DiagMetric, Adapts<false>, Args&... args) {
    return services::hmc_static_diag_e(args...);
  }
  template <class... Args>
  static int Service(DiagMetric, Adapts<true>, Args&... args) {
    return services::hmc_static_diag_e_adapt(args...);
  }
  template <class... Args>
  static int Service(DenseMetric, Adapts<false>, Args&... args) {
    return services::hmc_static_dense_e(args...);
  }
  template <class... Args>
  static int Service(DenseMetric, Adapts<true>, Args&... args) {
    return services::hmc_static_dense_e_adapt(args...);
  }
};

}  // namespace

int RunStatic(SampleJob& job) {
  if (job.run.settings.Flag(paths::adapt::kSaveMetric))
    throw std::runtime_error("save_metric=1: engine=static saves no metric");
  return std::visit(
      [&](auto metric) {
        const auto metrics = InitialMetrics(job, metric);
        int code = 0;
        for (int chain = 0; chain < job.num_chains && code == 0; ++chain)
          code = CallService(Static{job, metrics, chain}, metric, job);
        return code;
      },
      FindMetric(job.run.settings));
}

}  // namespace frontend
