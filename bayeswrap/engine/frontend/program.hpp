#ifndef FRONTEND_PROGRAM_HPP
#define FRONTEND_PROGRAM_HPP

#include "options/settings.hpp"

namespace frontend {

/**
 * Runs the method that the settings name, with its input and output files.
 *
 * @param settings completed with the seed and the number of threads in use
 * @throws std::exception if it fails, or for mistakes in arguments and files
 */
void RunMethod(options::Settings& settings);

}  // namespace frontend

#endif
