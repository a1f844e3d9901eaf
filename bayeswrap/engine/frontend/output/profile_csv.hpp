#ifndef FRONTEND_OUTPUT_PROFILE_CSV_HPP
#define FRONTEND_OUTPUT_PROFILE_CSV_HPP

#include <string>

namespace frontend::output {

/**
 * Writes the times of the program's profile blocks, one row for each block
 * and thread. Writes nothing if there are none.
 *
 * @throws std::runtime_error if the file cannot be written
 */
void WriteProfile(const std::string& path, int digits);

}  // namespace frontend::output

#endif
