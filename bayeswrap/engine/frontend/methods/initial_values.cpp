#include "methods/initial_values.hpp"

#include <cmath>
#include <cstdlib>

#include "input/input_files.hpp"

namespace frontend {

namespace {

constexpr double kDefaultRadius = 2;

/** True if all of `text` is a number. */
bool IsNumber(const std::string& text, double& number) {
  char* end = nullptr;
  number = std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0';
}

}  // namespace

InitialValues ReadInitialValues(const Run& run, int num_starts) {
  const std::string& init = run.settings.Text(paths::kInit);
  InitialValues values{{}, kDefaultRadius};
  double number = 0;
  if (IsNumber(init, number)) {
    if (!std::isfinite(number) || number < 0)
      throw std::runtime_error("init=" + init +
                               ": expected a radius >= 0 or a file");
    values.radius = number;
    values.contexts.assign(num_starts, input::EmptyContext());
    return values;
  }
  for (const std::string& path :
       input::ChainInputNames("init", init, num_starts, run.id()))
    values.contexts.push_back(input::ReadContext("init", path));
  return values;
}

}  // namespace frontend
