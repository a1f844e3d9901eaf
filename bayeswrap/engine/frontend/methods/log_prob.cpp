#include "input/var_context.hpp"
#include "methods/method.hpp"
#include "output/csv_writer.hpp"

namespace frontend {

namespace {

using Points = std::vector<std::vector<double>>;

/** The rows of `params_r`, a vector or an array of vectors. */
Points ReadUnconstrained(const Model& model, const std::string& path) {
  const std::string what = "unconstrained_params=" + path;
  const auto context = input::ReadContext("unconstrained_params", path);
  if (!context->contains_r("params_r"))
    throw std::runtime_error(what + ": no variable params_r");
  const auto dims = context->dims_r("params_r");
  const auto values = context->vals_r("params_r");
  const std::size_t size = model.num_unconstrained();
  if (dims.empty() || dims.size() > 2 || dims.back() != size)
    throw std::runtime_error(what + ": expected params_r as one or more rows " +
                             "of " + std::to_string(size) + " values");
  const std::size_t num_rows = dims.size() == 1 ? 1 : dims[0];
  Points rows(num_rows, std::vector<double>(size));
  for (std::size_t i = 0; i < num_rows; ++i)
    for (std::size_t j = 0; j < size; ++j)
      rows[i][j] = values[i + j * num_rows];  // column-major
  return rows;
}

Points ReadPoints(const Run& run) {
  const auto& free = run.settings.Text(paths::log_prob::kUnconstrainedParams);
  const auto& constrained =
      run.settings.Text(paths::log_prob::kConstrainedParams);
  if (free.empty() == constrained.empty())
    throw std::runtime_error(
        "expected either unconstrained_params=<file> or "
        "constrained_params=<file>");
  if (!free.empty()) return ReadUnconstrained(run.model, free);
  return {run.model.Unconstrain(
      *input::ReadContext("constrained_params", constrained))};
}

std::vector<std::string> ColumnNames(const Model& model) {
  std::vector<std::string> names{"lp__"};
  for (const std::string& name : model.unconstrained_names())
    names.push_back("g_" + name);
  return names;
}

}  // namespace

int RunLogProb(Run& run) {
  const Points points = ReadPoints(run);
  output::CsvWriter csv(run.files.draws(0));
  csv(ColumnNames(run.model));
  const bool jacobian = run.settings.Flag(paths::log_prob::kJacobian);
  for (const auto& point : points)
    csv(run.model.DensityAndGradient(point, jacobian));
  return 0;
}

}  // namespace frontend
