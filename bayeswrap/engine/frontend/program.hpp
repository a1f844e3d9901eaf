#ifndef FRONTEND_PROGRAM_HPP
#define FRONTEND_PROGRAM_HPP

#include <ostream>

#include "cli/settings.hpp"

namespace frontend {

/** Versions of Stan and how this program was built, as `key = value`. */
void PrintInfo(std::ostream& out);

/**
 * Runs the method that the settings name, with its input and output files.
 *
 * @param settings completed with the seed and the number of threads in use
 * @throws std::exception if it fails, or for mistakes in arguments and files
 */
void RunMethod(cli::Settings& settings);

}  // namespace frontend

#endif
