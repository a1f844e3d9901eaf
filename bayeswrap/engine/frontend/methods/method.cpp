#include "methods/method.hpp"

#include <map>

namespace frontend {

Method FindMethod(const std::string& name) {
  static const std::map<std::string, Method> methods = {
      {"sample", RunSample},
      {"optimize", RunOptimize},
      {"laplace", RunLaplace},
      {"pathfinder", RunPathfinder},
      {"log_prob", RunLogProb},
      {"generate_quantities", RunGenerateQuantities},
  };
  return methods.at(name);
}

int NumChains(const cli::Settings& settings) {
  const auto path =
      cli::Join(cli::Join("method", settings.Text("method")), "num_chains");
  return cli::Find(path) ? settings.Integer(path) : 1;
}

}  // namespace frontend
