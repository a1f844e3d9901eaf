#ifndef FRONTEND_METHODS_INITIAL_VALUES_HPP
#define FRONTEND_METHODS_INITIAL_VALUES_HPP

#include <vector>

#include "input/var_context.hpp"
#include "methods/method.hpp"

namespace frontend {

/** Where each chain, or each path of Pathfinder, begins. */
struct InitialValues {
  std::vector<input::VarContext> contexts;  ///< values given, one per start
  double radius;  ///< half-width of the interval for all other values
};

/**
 * Reads the argument `init`: a radius, or the names of files.
 *
 * @param num_starts number of chains or paths
 * @throws std::runtime_error if the radius is negative or a file is not valid
 */
InitialValues ReadInitialValues(const Run& run, int num_starts = 1);

}  // namespace frontend

#endif
