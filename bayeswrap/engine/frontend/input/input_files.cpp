#include "input/input_files.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "output/file_names.hpp"

namespace frontend::input {

namespace {

std::vector<std::string> SuffixedNames(const std::string& name, int num_chains,
                                       int first_id) {
  std::vector<std::string> names;
  for (int i = 0; i < num_chains; ++i)
    names.push_back(output::InsertBeforeExtension(
        name, "_" + std::to_string(first_id + i)));
  return names;
}

bool AllReadable(const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(), Readable);
}

}  // namespace

bool Readable(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0 || S_ISDIR(status.st_mode)) return false;
  return std::ifstream(path).good();
}

std::ifstream Open(const std::string& argument, const std::string& path) {
  errno = 0;
  std::ifstream in(path);
  if (Readable(path)) return in;
  std::string message = argument + "=" + path + ": cannot read the file";
  if (errno != 0) message += std::string(": ") + std::strerror(errno);
  throw std::runtime_error(message);
}

std::vector<std::string> ChainInputNames(const std::string& argument,
                                         const std::string& name,
                                         int num_chains, int first_id) {
  const std::size_t n = num_chains;
  const auto suffixed = SuffixedNames(name, num_chains, first_id);
  const bool plain = Readable(name);
  if ((n > 1 || !plain) && AllReadable(suffixed)) return suffixed;
  if (plain) return std::vector<std::string>(n, name);

  const auto list = output::SplitList(name);
  if (list.size() > 1 && list.size() != n)
    throw std::runtime_error(argument + "=" + name + ": expected one file, " +
                             "or one for each of " + std::to_string(n) +
                             " chains");
  if (list.size() == 1)
    throw std::runtime_error(argument + "=" + name +
                             ": cannot read the file, nor " + suffixed.front());
  for (const std::string& path : list) Open(argument, path);
  return list;
}

}  // namespace frontend::input
