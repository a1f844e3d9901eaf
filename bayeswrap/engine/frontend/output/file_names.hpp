#ifndef FRONTEND_OUTPUT_FILE_NAMES_HPP
#define FRONTEND_OUTPUT_FILE_NAMES_HPP

#include <string>
#include <vector>

namespace frontend::output {

/** `name` with `tag` put before its extension: `a.csv`, `_2` -> `a_2.csv`. */
std::string InsertBeforeExtension(const std::string& name,
                                  const std::string& tag);

/** `name` with the extension `.csv` if it has none. */
std::string WithCsvExtension(const std::string& name);

/** The parts of a comma list. */
std::vector<std::string> SplitList(const std::string& list);

/**
 * One CSV name for each chain: `name` itself for a single chain, else the
 * parts of a comma list, else `name_<id>` counted from `first_id`.
 *
 * @throws std::runtime_error if a list has another length than `num_chains`
 */
std::vector<std::string> ChainCsvNames(const std::string& argument,
                                       const std::string& name, int num_chains,
                                       int first_id);

}  // namespace frontend::output

#endif
