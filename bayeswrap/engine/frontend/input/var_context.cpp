#include "input/var_context.hpp"

#include <iostream>
#include <stan/io/empty_var_context.hpp>
#include <stan/io/json/json_data.hpp>
#include <stdexcept>

#include "input/input_files.hpp"

namespace frontend::input {

namespace {

/** The lower-case extension without its dot. */
std::string Extension(const std::string& path) {
  const auto dot = path.find_last_of("./\\");
  if (dot == std::string::npos || path[dot] != '.') return "";
  std::string extension = path.substr(dot + 1);
  for (char& c : extension) c = std::tolower(static_cast<unsigned char>(c));
  return extension;
}

VarContext Parse(const std::string& extension, std::istream& in) {
  if (extension == "json") return std::make_shared<stan::json::json_data>(in);
  return ReadRDump(in);
}

}  // namespace

VarContext EmptyContext() {
  return std::make_shared<stan::io::empty_var_context>();
}

VarContext ReadContext(const std::string& argument, const std::string& path) {
  const std::string what = argument + "=" + path;
  const std::string extension = Extension(path);
  if (extension != "json" && extension != "r")
    throw std::runtime_error(what + ": expected a file name ending in .json " +
                             "or .R");
  std::ifstream in = Open(argument, path);
  if (extension == "r")
    std::cout << "Warning: " << what
              << " is R dump, which is deprecated; use JSON" << std::endl;
  try {
    return Parse(extension, in);
  } catch (const std::exception& e) {
    throw std::runtime_error(what + ": " + e.what());
  }
}

}  // namespace frontend::input
