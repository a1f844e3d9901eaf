#include <stan/model/model_base.hpp>
#include <stan/services/sample/standalone_gqs.hpp>

#include "input/draws_csv.hpp"
#include "input/input_files.hpp"
#include "methods/method.hpp"
#include "output/trailing_columns_writer.hpp"

namespace frontend {

namespace {

Eigen::MatrixXd ReadFit(const Model& model, const std::string& path) {
  const auto names = model.parameter_names();
  const auto draws = input::ReadDraws("fitted_params", path, names);
  Eigen::MatrixXd matrix(draws.rows.size(), names.size());
  for (std::size_t i = 0; i < draws.rows.size(); ++i)
    for (std::size_t j = 0; j < names.size(); ++j)
      matrix(i, j) = draws.rows[i][j];
  return matrix;
}

std::vector<Eigen::MatrixXd> ReadFits(const Run& run) {
  const std::string& name =
      run.settings.Text(paths::generate_quantities::kFittedParams);
  if (name.empty())
    throw std::runtime_error(
        "fitted_params is missing: expected fitted_params=<CSV file>");
  std::vector<Eigen::MatrixXd> fits;
  for (const std::string& path : input::ChainInputNames(
           "fitted_params", name, run.files.num_chains(), run.id()))
    fits.push_back(ReadFit(run.model, path));
  return fits;
}

}  // namespace

int RunGenerateQuantities(Run& run) {
  const std::vector<Eigen::MatrixXd> fits = ReadFits(run);
  stan::callbacks::interrupt interrupt;
  std::vector<output::TrailingColumnsWriter> csv;
  for (int i = 0; i < run.files.num_chains(); ++i)
    csv.emplace_back(run.files.draws(i));
  return stan::services::standalone_generate(run.model.base(), csv.size(), fits,
                                             run.seed(), interrupt, run.logger,
                                             csv);
}

}  // namespace frontend
