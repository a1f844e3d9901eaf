#include "output/file_names.hpp"

#include <sstream>
#include <stdexcept>

namespace frontend::output {

namespace {

/** Position of the extension's dot, or the length of `name`. */
std::size_t ExtensionStart(const std::string& name) {
  const auto slash = name.find_last_of("/\\");
  const auto begin = slash == std::string::npos ? 0 : slash + 1;
  const auto dot = name.rfind('.');
  const bool found = dot != std::string::npos && dot > begin;
  return found ? dot : name.size();
}

}  // namespace

std::string InsertBeforeExtension(const std::string& name,
                                  const std::string& tag) {
  std::string result = name;
  return result.insert(ExtensionStart(name), tag);
}

std::string WithCsvExtension(const std::string& name) {
  const bool special = name.rfind("/dev/", 0) == 0;
  return ExtensionStart(name) < name.size() || special ? name : name + ".csv";
}

std::vector<std::string> SplitList(const std::string& list) {
  std::vector<std::string> parts;
  std::istringstream in(list);
  for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
  return parts;
}

std::vector<std::string> ChainCsvNames(const std::string& argument,
                                       const std::string& name, int num_chains,
                                       int first_id) {
  if (num_chains == 1) return {WithCsvExtension(name)};
  std::vector<std::string> names = SplitList(name);
  if (names.size() > 1) {
    if (names.size() != static_cast<std::size_t>(num_chains))
      throw std::runtime_error(argument + "=" + name + ": expected one name, " +
                               "or one for each of " +
                               std::to_string(num_chains) + " chains");
    for (std::string& part : names) part = WithCsvExtension(part);
    return names;
  }
  names.clear();
  for (int i = 0; i < num_chains; ++i)
    names.push_back(InsertBeforeExtension(WithCsvExtension(name),
                                          "_" + std::to_string(first_id + i)));
  return names;
}

}  // namespace frontend::output
