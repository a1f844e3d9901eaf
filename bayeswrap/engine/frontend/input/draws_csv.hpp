#ifndef FRONTEND_INPUT_DRAWS_CSV_HPP
#define FRONTEND_INPUT_DRAWS_CSV_HPP

#include <string>
#include <vector>

namespace frontend::input {

/** Draws of a StanCSV file. */
struct Draws {
  std::string method;                     ///< from the comments, may be empty
  std::vector<std::vector<double>> rows;  ///< one vector for each draw
};

/**
 * Reads the columns `names`, in that order, of all draws (warm-up too).
 *
 * @param argument the argument that named the file, for messages
 * @param path name of the file
 * @param names names of columns as in the header
 * @throws std::runtime_error if the file is missing, a column is missing, or
 *   a row is malformed
 */
Draws ReadDraws(const std::string& argument, const std::string& path,
                const std::vector<std::string>& names);

}  // namespace frontend::input

#endif
