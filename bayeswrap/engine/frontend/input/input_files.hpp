#ifndef FRONTEND_INPUT_INPUT_FILES_HPP
#define FRONTEND_INPUT_INPUT_FILES_HPP

#include <fstream>
#include <string>
#include <vector>

namespace frontend::input {

/** True if `path` is a file that can be opened. */
bool Readable(const std::string& path);

/**
 * Opens `path` for reading.
 *
 * @param argument the argument that named the file, for the message
 * @throws std::runtime_error if it is missing or not readable
 */
std::ifstream Open(const std::string& argument, const std::string& path);

/**
 * The input file of each chain for one argument.
 *
 * A comma list gives one name for each chain. Several chains take
 * `name_<id>` if all of these exist, else they share `name`. A single chain
 * takes `name`, and `name_<id>` only if there is no such file.
 *
 * @throws std::runtime_error if files are missing or a list has another
 *   length than `num_chains`
 */
std::vector<std::string> ChainInputNames(const std::string& argument,
                                         const std::string& name,
                                         int num_chains, int first_id);

}  // namespace frontend::input

#endif
