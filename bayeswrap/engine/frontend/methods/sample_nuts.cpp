#include <stan/model/model_base.hpp>
#include <stan/services/sample/hmc_nuts_dense_e.hpp>
#include <stan/services/sample/hmc_nuts_dense_e_adapt.hpp>
#include <stan/services/sample/hmc_nuts_diag_e.hpp>
#include <stan/services/sample/hmc_nuts_diag_e_adapt.hpp>
#include <stan/services/sample/hmc_nuts_unit_e.hpp>
#include <stan/services/sample/hmc_nuts_unit_e_adapt.hpp>

#include "methods/sample_common.hpp"

namespace frontend {

namespace {

namespace services = stan::services::sample;

/** The No-U-Turn sampler: a service runs all chains. */
struct Nuts {
  SampleJob& job;
  const std::vector<input::VarContext>& metrics;  ///< one for each chain

  auto Start() const {
    return std::tuple_cat(
        std::tie(job.run.model.base()),
        std::make_tuple(static_cast<std::size_t>(job.num_chains)),
        std::tie(job.init.contexts));
  }
  auto InitialMetric() const { return std::tie(metrics); }
  auto Chain() const { return job.ReadChainSettings().Arguments(); }
  auto Length() const {
    return std::make_tuple(job.run.settings.Integer(paths::hmc::kMaxDepth));
  }
  auto Callbacks() const {
    return std::tie(job.interrupt, job.run.logger, job.no_init_output,
                    job.draws, job.diagnostics);
  }
  auto AdaptedMetric() const { return std::tie(job.metrics); }

  template <class... Args>
  static int Service(UnitMetric, Adapts<false>, Args&... args) {
    return services::hmc_nuts_unit_e(args...);
  }
  template <class... Args>
  static int Service(UnitMetric, Adapts<true>, Args&... args) {
    return services::hmc_nuts_unit_e_adapt(args...);
  }
  template <class... Args>
  static int Service(DiagMetric, Adapts<false>, Args&... args) {
    return services::hmc_nuts_diag_e(args...);
  }
  template <class... Args>
  static int Service(DiagMetric, Adapts<true>, Args&... args) {
    return services::hmc_nuts_diag_e_adapt(args...);
  }
  template <class... Args>
  static int Service(DenseMetric, Adapts<false>, Args&... args) {
    return services::hmc_nuts_dense_e(args...);
  }
  template <class... Args>
  static int Service(DenseMetric, Adapts<true>, Args&... args) {
    return services::hmc_nuts_dense_e_adapt(args...);
  }
};

}  // namespace

int RunNuts(SampleJob& job) {
  return std::visit(
      [&](auto metric) {
        const auto metrics = InitialMetrics(job, metric);
        if (job.adapts()) job.OpenMetricFiles();
        return CallService(Nuts{job, metrics}, metric, job);
      },
      FindMetric(job.run.settings));
}

}  // namespace frontend
