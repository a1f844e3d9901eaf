#include <stan/model/model_base.hpp>
#include <stan/services/sample/fixed_param.hpp>
#include <stan/services/sample/hmc_nuts_dense_e.hpp>
#include <stan/services/sample/hmc_nuts_dense_e_adapt.hpp>
#include <stan/services/sample/hmc_nuts_diag_e.hpp>
#include <stan/services/sample/hmc_nuts_diag_e_adapt.hpp>
#include <stan/services/sample/hmc_nuts_unit_e.hpp>
#include <stan/services/sample/hmc_nuts_unit_e_adapt.hpp>

#include "methods/metric_service.hpp"

namespace frontend {

namespace {

namespace services = stan::services::sample;

/** Stan's service for a metric, with or without adaptation. */
template <class M, bool adapt, class... Args>
int Service(Args&&... args) {
  if constexpr (std::is_same_v<M, UnitMetric> && adapt) {
    return services::hmc_nuts_unit_e_adapt(args...);
  } else if constexpr (std::is_same_v<M, UnitMetric>) {
    return services::hmc_nuts_unit_e(args...);
  } else if constexpr (std::is_same_v<M, DiagMetric> && adapt) {
    return services::hmc_nuts_diag_e_adapt(args...);
  } else if constexpr (std::is_same_v<M, DiagMetric>) {
    return services::hmc_nuts_diag_e(args...);
  } else if constexpr (adapt) {
    return services::hmc_nuts_dense_e_adapt(args...);
  } else {
    return services::hmc_nuts_dense_e(args...);
  }
}

template <class M>
int RunWithMetric(SampleJob& job, M metric) {
  constexpr bool unit = std::is_same_v<M, UnitMetric>;
  const auto metrics = InitialMetrics(job, metric);
  const auto head = [&] {
    const std::size_t n = job.num_chains;
    auto first =
        std::tuple_cat(std::tie(job.run.model.base()), std::make_tuple(n),
                       std::tie(job.init.contexts));
    if constexpr (unit)
      return first;
    else
      return std::tuple_cat(first, std::tie(metrics));
  }();
  const auto shape = std::tuple_cat(
      job.Lengths(), std::make_tuple(job.run.settings.Integer(
                         "method.sample.algorithm.hmc.engine.nuts.max_depth")));
  const auto callbacks =
      std::tie(job.interrupt, job.run.logger, job.no_init_output, job.draws,
               job.diagnostics);
  if (!job.adapts())
    return std::apply([](auto&&... args) { return Service<M, false>(args...); },
                      std::tuple_cat(head, shape, callbacks));
  job.OpenMetricFiles();
  const auto adaptation = [&] {
    if constexpr (unit)
      return job.DualAveraging();
    else
      return std::tuple_cat(job.DualAveraging(), job.Windows());
  }();
  return std::apply([](auto&&... args) { return Service<M, true>(args...); },
                    std::tuple_cat(head, shape, adaptation, callbacks,
                                   std::tie(job.metrics)));
}

}  // namespace

int RunNuts(SampleJob& job) {
  return std::visit([&](auto metric) { return RunWithMetric(job, metric); },
                    FindMetric(job.metric()));
}

int RunFixedParam(SampleJob& job) {
  const cli::Settings& s = job.run.settings;
  return services::fixed_param(
      job.run.model.base(), job.num_chains, job.init.contexts, job.run.seed(),
      job.run.id(), job.init.radius, s.Integer("method.sample.num_samples"),
      s.Integer("method.sample.thin"), job.run.refresh(), job.interrupt,
      job.run.logger, job.no_init_output, job.draws, job.diagnostics);
}

}  // namespace frontend
