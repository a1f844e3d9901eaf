#ifndef FRONTEND_METHODS_METRIC_SERVICE_HPP
#define FRONTEND_METHODS_METRIC_SERVICE_HPP

#include <stan/services/util/create_unit_e_dense_inv_metric.hpp>
#include <stan/services/util/create_unit_e_diag_inv_metric.hpp>
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

/** The metric called `name` in the option table. */
inline Metric FindMetric(const std::string& name) {
  if (name == "unit_e") return UnitMetric{};
  if (name == "dense_e") return DenseMetric{};
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
  if (!job.run.settings.IsDefault("method.sample.algorithm.hmc.metric_file"))
    throw std::runtime_error("metric_file: metric=unit_e takes no file");
  return {};
}

}  // namespace frontend

#endif
