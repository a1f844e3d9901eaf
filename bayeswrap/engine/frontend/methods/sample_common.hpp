#ifndef FRONTEND_METHODS_SAMPLE_COMMON_HPP
#define FRONTEND_METHODS_SAMPLE_COMMON_HPP

#include <stan/services/util/create_unit_e_dense_inv_metric.hpp>
#include <stan/services/util/create_unit_e_diag_inv_metric.hpp>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "methods/sample_job.hpp"

namespace frontend {

/** The metric is the identity: nothing to read, no windows to adapt it in. */
struct UnitMetric {};

/** A diagonal metric. */
struct DiagMetric {
  static auto Identity(std::size_t n) {
    return stan::services::util::create_unit_e_diag_inv_metric(n);
  }
};

/** A dense metric. */
struct DenseMetric {
  static auto Identity(std::size_t n) {
    return stan::services::util::create_unit_e_dense_inv_metric(n);
  }
};

using Metric = std::variant<UnitMetric, DiagMetric, DenseMetric>;

/** The metric that was chosen. */
inline Metric FindMetric(const options::Settings& settings) {
  if (settings.IsChosen(paths::hmc::kUnitE)) return UnitMetric{};
  if (settings.IsChosen(paths::hmc::kDenseE)) return DenseMetric{};
  return DiagMetric{};
}

/** Metrics to begin with, one per chain: from files, else the identity. */
template <class M>
std::vector<input::VarContext> InitialMetrics(const SampleJob& job, M) {
  auto metrics = job.ReadMetrics();
  if (metrics.empty()) {
    auto identity = M::Identity(job.run.model.num_unconstrained());
    using Context = decltype(identity);
    metrics.assign(job.num_chains,
                   std::make_shared<Context>(std::move(identity)));
  }
  return metrics;
}

/** The unit metric takes no file. */
inline std::vector<input::VarContext> InitialMetrics(const SampleJob& job,
                                                     UnitMetric) {
  if (!job.run.settings.IsDefault(paths::hmc::kMetricFile))
    throw std::runtime_error("metric_file: metric=unit_e takes no file");
  return {};
}

/** Whether step size and metric are adapted during warm-up. */
template <bool value>
using Adapts = std::bool_constant<value>;

/**
 * Calls the service of Stan for an engine, a metric, and adaptation or not.
 *
 * The services take their arguments in groups, in this order:
 *
 *   start       model and initial values
 *   metric      initial inverse metric; none if it is the identity
 *   chain       ChainSettings
 *   length      greatest depth of the tree, or integration time
 *   adaptation  DualAveraging; Windows unless the metric is the identity
 *   callbacks   interrupt, logger, writers
 *   adapted     writers of the adapted metric, of engines that write it
 *
 * @param engine has a member function for each group but `adaptation`, that
 *   returns it as a tuple, and `Service(metric, Adapts<>, arguments...)`
 * @return 0 if it succeeded
 */
template <class Engine, class M>
int CallService(const Engine& engine, M metric, const SampleJob& job) {
  constexpr bool unit = std::is_same_v<M, UnitMetric>;
  const auto before = [&] {
    const auto rest = std::tuple_cat(engine.Chain(), engine.Length());
    if constexpr (unit)
      return std::tuple_cat(engine.Start(), rest);
    else
      return std::tuple_cat(engine.Start(), engine.InitialMetric(), rest);
  }();
  const auto call = [&](auto adapts, auto&& arguments) {
    return std::apply(
        [&](auto&... args) { return Engine::Service(metric, adapts, args...); },
        arguments);
  };
  if (!job.adapts())
    return call(Adapts<false>(), std::tuple_cat(before, engine.Callbacks()));

  const auto adaptation = [&] {
    const auto step_size = job.ReadDualAveraging().Arguments();
    if constexpr (unit)
      return step_size;
    else
      return std::tuple_cat(step_size, job.ReadWindows().Arguments());
  }();
  return call(Adapts<true>(),
              std::tuple_cat(before, adaptation, engine.Callbacks(),
                             engine.AdaptedMetric()));
}

}  // namespace frontend

#endif
