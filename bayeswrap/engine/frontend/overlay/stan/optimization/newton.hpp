#ifndef STAN_OPTIMIZATION_NEWTON_HPP
#define STAN_OPTIMIZATION_NEWTON_HPP

// Takes the place of Stan's header of the same name, whose Hessian is
// multiplied by the width of the finite differences where it should be
// divided, and whose line search accepts a density
// that is not a number.

#include <Eigen/Dense>
#include <cmath>
#include <ostream>
#include <stan/math/rev/functor/finite_diff_hessian_auto.hpp>
#include <stan/model/log_prob_grad.hpp>
#include <stdexcept>
#include <vector>

namespace stan {
namespace optimization {

/**
 * Solves for the step that climbs: curvature is taken as downward in every
 * direction, so that saddle points and convex regions are left uphill. Where
 * the curvature is unknown the step is the gradient.
 */
inline Eigen::VectorXd ascent_step(const Eigen::MatrixXd& hessian,
                                   const Eigen::VectorXd& gradient) {
  if (!hessian.allFinite()) return gradient;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(hessian);
  const auto& axes = solver.eigenvectors();
  const Eigen::VectorXd along = axes.transpose() * gradient;
  const Eigen::VectorXd curvature =
      solver.eigenvalues().cwiseAbs().cwiseMax(1e-12);
  return axes * along.cwiseQuotient(curvature);
}

/** The log density at `params`; minus infinity where a step may not end. */
template <bool jacobian, typename Model>
double density_of_candidate(Model& model, std::vector<double>& params,
                            std::vector<int>& integers) {
  std::vector<double> gradient;
  try {
    const double density = stan::model::log_prob_grad<true, jacobian>(
        model, params, integers, gradient);
    for (const double slope : gradient)
      if (!std::isfinite(slope)) return -INFINITY;
    return std::isfinite(density) ? density : -INFINITY;
  } catch (const std::domain_error&) {
    return -INFINITY;
  }
}

/**
 * One step of Newton's method, halved until the log density does not fall.
 *
 * @param[in] model the model
 * @param[in,out] params unconstrained parameters, unchanged if no step helps
 * @param[in,out] integers integer parameters, of which there are none
 * @param[in,out] messages where print statements go
 * @return the log density at the new parameters
 * @throws std::domain_error if the density or its gradient is not finite
 */
template <typename Model, bool jacobian = false>
double newton_step(Model& model, std::vector<double>& params,
                   std::vector<int>& integers,
                   std::ostream* messages = nullptr) {
  const Eigen::VectorXd start =
      Eigen::Map<const Eigen::VectorXd>(params.data(), params.size());
  const auto density = [&](auto& theta) {
    return model.template log_prob<true, jacobian>(theta, messages);
  };
  double value = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd hessian;
  stan::math::internal::finite_diff_hessian_auto(density, start, value,
                                                 gradient, hessian);
  if (!std::isfinite(value) || !gradient.allFinite())
    throw std::domain_error(
        "Newton's method: the log density or its gradient is not finite");

  const Eigen::VectorXd step = ascent_step(hessian, gradient);
  std::vector<double> candidate(params.size());
  for (double scale = 1; scale > 1e-50; scale /= 2) {
    Eigen::VectorXd::Map(candidate.data(), candidate.size()) =
        start + scale * step;
    const double reached =
        density_of_candidate<jacobian>(model, candidate, integers);
    if (reached >= value) {
      params = candidate;
      return reached;
    }
  }
  return value;
}

}  // namespace optimization
}  // namespace stan

#endif
