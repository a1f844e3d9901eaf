#include "methods/method.hpp"

#include <map>

namespace frontend {

Method FindMethod(const options::Settings& settings) {
  static const std::map<std::string, Method> methods = {
      {paths::sample::kSample, RunSample},
      {paths::optimize::kOptimize, RunOptimize},
      {paths::laplace::kLaplace, RunLaplace},
      {paths::pathfinder::kPathfinder, RunPathfinder},
      {paths::log_prob::kLogProb, RunLogProb},
      {paths::generate_quantities::kGenerateQuantities, RunGenerateQuantities},
  };
  return methods.at(
      options::Join(paths::kMethod, settings.Text(paths::kMethod)));
}

int NumChains(const options::Settings& settings) {
  if (settings.IsChosen(paths::sample::kSample))
    return settings.Integer(paths::sample::kNumChains);
  if (settings.IsChosen(paths::generate_quantities::kGenerateQuantities))
    return settings.Integer(paths::generate_quantities::kNumChains);
  return 1;
}

}  // namespace frontend
