#ifndef FRONTEND_METHODS_METHOD_HPP
#define FRONTEND_METHODS_METHOD_HPP

#include <stan/callbacks/logger.hpp>
#include <stdexcept>
#include <string>

#include "cli/settings.hpp"
#include "model/model.hpp"
#include "output/output_files.hpp"

namespace frontend {

/** What a method works on. */
struct Run {
  const cli::Settings& settings;
  const Model& model;
  stan::callbacks::logger& logger;
  output::OutputFiles& files;

  unsigned int seed() const { return settings.Unsigned("random.seed"); }
  unsigned int id() const { return settings.Unsigned("id"); }
  int refresh() const { return settings.Integer("output.refresh"); }
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

/** The function for the method called `name` in the option table. */
Method FindMethod(const std::string& name);

/** Number of chains the chosen method runs; 1 if it knows no chains. */
int NumChains(const cli::Settings& settings);

}  // namespace frontend

#endif
