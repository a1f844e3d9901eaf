#ifndef FRONTEND_METHODS_METHOD_HPP
#define FRONTEND_METHODS_METHOD_HPP

#include <stan/callbacks/logger.hpp>
#include <stdexcept>
#include <string>

#include "model/model.hpp"
#include "options/settings.hpp"
#include "output/output_files.hpp"

namespace frontend {

/** What a method works on. */
struct Run {
  const options::Settings& settings;
  const Model& model;
  stan::callbacks::logger& logger;
  output::OutputFiles& files;

  unsigned int seed() const { return settings.Unsigned(paths::kSeed); }
  unsigned int id() const { return settings.Unsigned(paths::kId); }
  int refresh() const { return settings.Integer(paths::output::kRefresh); }
};

/**
 * Runs one method.
 *
 * @return 0 if it succeeded; else the method has logged why not
 * @throws std::exception for mistakes in arguments and input files
 */
using Method = int (*)(Run& run);

int RunSample(Run& run);
int RunOptimize(Run& run);
int RunLaplace(Run& run);
int RunPathfinder(Run& run);
int RunLogProb(Run& run);
int RunGenerateQuantities(Run& run);

/** The function for the method that was chosen. */
Method FindMethod(const options::Settings& settings);

/** Number of chains the chosen method runs; 1 if it knows no chains. */
int NumChains(const options::Settings& settings);

}  // namespace frontend

#endif
