#ifndef FRONTEND_METHODS_QUASI_NEWTON_HPP
#define FRONTEND_METHODS_QUASI_NEWTON_HPP

#include <string_view>
#include <tuple>

#include "options/settings.hpp"

namespace frontend {

/** Updates that L-BFGS keeps, for the algorithm or method at `path`. */
inline int HistorySize(const options::Settings& settings,
                       std::string_view path) {
  return settings.Integer(
      options::Join(path, paths::quasi_newton::kHistorySize));
}

/**
 * First step and tolerances of BFGS and L-BFGS, for the algorithm or method at
 * `path`, in the order of Stan's services.
 */
inline auto Tolerances(const options::Settings& settings,
                       std::string_view path) {
  const auto real = [&](std::string_view name) {
    return settings.Real(options::Join(path, name));
  };
  return std::make_tuple(real(paths::quasi_newton::kInitAlpha),
                         real(paths::quasi_newton::kTolObj),
                         real(paths::quasi_newton::kTolRelObj),
                         real(paths::quasi_newton::kTolGrad),
                         real(paths::quasi_newton::kTolRelGrad),
                         real(paths::quasi_newton::kTolParam));
}

}  // namespace frontend

#endif
