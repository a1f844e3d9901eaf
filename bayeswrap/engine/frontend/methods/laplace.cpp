#include <stan/model/model_base.hpp>
#include <stan/services/optimize/laplace_sample.hpp>

#include "input/draws_csv.hpp"
#include "input/var_context.hpp"
#include "methods/method.hpp"
#include "methods/with_constant.hpp"
#include "output/csv_writer.hpp"

namespace frontend {

namespace {

bool IsCsv(const std::string& path) {
  return path.size() > 4 && path.compare(path.size() - 4, 4, ".csv") == 0;
}

/** The last row of a CSV file of optimize: earlier ones are iterations. */
std::vector<double> ReadCsvMode(const Model& model, const std::string& path) {
  const auto draws = input::ReadDraws("mode", path, model.parameter_names());
  if (!draws.method.empty() && draws.method != "optimize")
    throw std::runtime_error("mode=" + path +
                             ": expected a CSV file of optimize, got one of " +
                             draws.method);
  if (draws.rows.empty())
    throw std::runtime_error("mode=" + path + ": no row with a mode");
  return model.Unconstrain(draws.rows.back());
}

std::vector<double> ReadMode(const Run& run) {
  const std::string& path = run.settings.Text(paths::laplace::kMode);
  if (path.empty())
    throw std::runtime_error(
        "mode is missing: expected mode=<file>, a CSV file of optimize or a "
        "JSON file with the mode");
  if (run.model.num_unconstrained() == 0)
    throw std::runtime_error("the model has no parameters to approximate");
  if (IsCsv(path)) return ReadCsvMode(run.model, path);
  return run.model.Unconstrain(*input::ReadContext("mode", path));
}

}  // namespace

int RunLaplace(Run& run) {
  const std::vector<double> mode = ReadMode(run);
  const Eigen::VectorXd center =
      Eigen::Map<const Eigen::VectorXd>(mode.data(), mode.size());
  stan::callbacks::interrupt interrupt;
  stan::callbacks::structured_writer no_hessian;
  output::CsvWriter csv(run.files.draws(0));
  const options::Settings& s = run.settings;
  return WithConstant(s.Flag(paths::laplace::kJacobian), [&](auto jacobian) {
    return stan::services::laplace_sample<decltype(jacobian)::value>(
        run.model.base(), center, s.Integer(paths::laplace::kDraws),
        s.Flag(paths::laplace::kCalculateLp), run.seed(), run.refresh(),
        interrupt, run.logger, csv, no_hessian);
  });
}

}  // namespace frontend
