#include "model/model.hpp"

#include <iostream>
#include <stan/model/model_base.hpp>

/** Defined in the C++ that stanc writes for each program. */
stan::model::model_base& new_model(stan::io::var_context& data,
                                   unsigned int seed, std::ostream* messages);

namespace frontend {

Model::Model(stan::io::var_context& data, unsigned int seed)
    : base_(&new_model(data, seed, &std::cout)) {}

Model::~Model() = default;

std::string Model::name() const { return base_->model_name(); }

std::vector<std::string> Model::compile_info() const {
  return base_->model_compile_info();
}

std::size_t Model::num_unconstrained() const { return base_->num_params_r(); }

std::vector<std::string> Model::parameter_names() const {
  std::vector<std::string> names;
  base_->constrained_param_names(names, false, false);
  return names;
}

std::vector<std::string> Model::unconstrained_names() const {
  std::vector<std::string> names;
  base_->unconstrained_param_names(names, false, false);
  return names;
}

std::vector<double> Model::Unconstrain(
    const std::vector<double>& values) const {
  std::vector<double> unconstrained;
  base_->unconstrain_array(values, unconstrained, &std::cout);
  return unconstrained;
}

std::vector<double> Model::Unconstrain(
    const stan::io::var_context& values) const {
  std::vector<double> unconstrained;
  std::vector<int> integers;
  base_->transform_inits(values, integers, unconstrained, &std::cout);
  return unconstrained;
}

std::vector<double> Model::DensityAndGradient(const std::vector<double>& point,
                                              bool jacobian) const {
  const stan::math::nested_rev_autodiff scope;  // frees the expression graph
  std::vector<stan::math::var> theta(point.begin(), point.end());
  std::vector<int> integers;
  const stan::math::var density =
      jacobian ? base_->log_prob_propto_jacobian(theta, integers, &std::cout)
               : base_->log_prob_propto(theta, integers, &std::cout);
  stan::math::grad(density.vi_);
  std::vector<double> result{density.val()};
  for (const stan::math::var& parameter : theta)
    result.push_back(parameter.adj());
  return result;
}

}  // namespace frontend
