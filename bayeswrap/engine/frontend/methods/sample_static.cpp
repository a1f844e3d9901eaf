#include <stan/model/model_base.hpp>
#include <stan/services/sample/hmc_static_dense_e.hpp>
#include <stan/services/sample/hmc_static_dense_e_adapt.hpp>
#include <stan/services/sample/hmc_static_diag_e.hpp>
#include <stan/services/sample/hmc_static_diag_e_adapt.hpp>
#include <stan/services/sample/hmc_static_unit_e.hpp>
#include <stan/services/sample/hmc_static_unit_e_adapt.hpp>

#include "methods/metric_service.hpp"

namespace frontend {

namespace {

namespace services = stan::services::sample;

/** Stan's service for a metric, with or without adaptation. */
template <class M, bool adapt, class... Args>
int Service(Args&&... args) {
  if constexpr (std::is_same_v<M, UnitMetric> && adapt) {
    return services::hmc_static_unit_e_adapt(args...);
  } else if constexpr (std::is_same_v<M, UnitMetric>) {
    return services::hmc_static_unit_e(args...);
  } else if constexpr (std::is_same_v<M, DiagMetric> && adapt) {
    return services::hmc_static_diag_e_adapt(args...);
  } else if constexpr (std::is_same_v<M, DiagMetric>) {
    return services::hmc_static_diag_e(args...);
  } else if constexpr (adapt) {
    return services::hmc_static_dense_e_adapt(args...);
  } else {
    return services::hmc_static_dense_e(args...);
  }
}

/** One chain: these services know no more than that. */
template <class M>
int RunChain(SampleJob& job, const std::vector<input::VarContext>& metrics,
             int chain) {
  constexpr bool unit = std::is_same_v<M, UnitMetric>;
  const auto head = [&] {
    auto first = std::tie(job.run.model.base(), *job.init.contexts[chain]);
    if constexpr (unit)
      return first;
    else
      return std::tuple_cat(first, std::tie(*metrics[chain]));
  }();
  const auto shape = std::tuple_cat(
      job.Lengths(chain),
      std::make_tuple(job.run.settings.Real(
          "method.sample.algorithm.hmc.engine.static.int_time")));
  const auto callbacks =
      std::tie(job.interrupt, job.run.logger, job.no_init_output[chain],
               job.draws[chain], job.diagnostics[chain]);
  if (!job.adapts())
    return std::apply([](auto&&... args) { return Service<M, false>(args...); },
                      std::tuple_cat(head, shape, callbacks));
  const auto adaptation = [&] {
    if constexpr (unit)
      return job.DualAveraging();
    else
      return std::tuple_cat(job.DualAveraging(), job.Windows());
  }();
  return std::apply([](auto&&... args) { return Service<M, true>(args...); },
                    std::tuple_cat(head, shape, adaptation, callbacks));
}

}  // namespace

int RunStatic(SampleJob& job) {
  if (job.run.settings.Flag("method.sample.adapt.save_metric"))
    throw std::runtime_error("save_metric=1: engine=static saves no metric");
  return std::visit(
      [&](auto metric) {
        const auto metrics = InitialMetrics(job, metric);
        int code = 0;
        for (int chain = 0; chain < job.num_chains && code == 0; ++chain)
          code = RunChain<decltype(metric)>(job, metrics, chain);
        return code;
      },
      FindMetric(job.metric()));
}

}  // namespace frontend
