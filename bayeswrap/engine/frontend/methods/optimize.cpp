#include <stan/model/model_base.hpp>
#include <stan/services/optimize/bfgs.hpp>
#include <stan/services/optimize/lbfgs.hpp>
#include <stan/services/optimize/newton.hpp>
#include <tuple>

#include "methods/initial_values.hpp"
#include "methods/with_constant.hpp"
#include "output/csv_writer.hpp"

namespace frontend {

namespace {

namespace services = stan::services::optimize;
using stan::model::model_base;

/** Tolerances of BFGS and L-BFGS, in the order of their services. */
auto Tolerances(const cli::Settings& s, const std::string& algorithm) {
  const auto real = [&](const char* name) {
    return s.Real("method.optimize.algorithm." + algorithm + "." + name);
  };
  return std::make_tuple(real("init_alpha"), real("tol_obj"),
                         real("tol_rel_obj"), real("tol_grad"),
                         real("tol_rel_grad"), real("tol_param"));
}

/** The algorithm that was chosen, with or without the Jacobian. */
template <bool jacobian, class Head, class Tail>
int Dispatch(const cli::Settings& s, const Head& head, int refresh,
             const Tail& tail) {
  const std::string& algorithm = s.Text("method.optimize.algorithm");
  const auto limits =
      std::make_tuple(s.Integer("method.optimize.iter"),
                      s.Flag("method.optimize.save_iterations"));
  if (algorithm == "newton")
    return std::apply(
        [](auto&&... args) {
          return services::newton<model_base, jacobian>(args...);
        },
        std::tuple_cat(head, limits, tail));
  const auto rest =
      std::tuple_cat(Tolerances(s, algorithm), limits, std::tie(refresh), tail);
  if (algorithm == "bfgs")
    return std::apply(
        [](auto&&... args) {
          return services::bfgs<model_base, jacobian>(args...);
        },
        std::tuple_cat(head, rest));
  const int history = s.Integer("method.optimize.algorithm.lbfgs.history_size");
  return std::apply(
      [](auto&&... args) {
        return services::lbfgs<model_base, jacobian>(args...);
      },
      std::tuple_cat(head, std::tie(history), rest));
}

}  // namespace

int RunOptimize(Run& run) {
  const InitialValues init = ReadInitialValues(run);
  if (run.model.num_unconstrained() == 0)
    throw std::runtime_error("the model has no parameters to optimize");
  stan::callbacks::interrupt interrupt;
  stan::callbacks::writer no_init_output;
  output::CsvWriter csv(run.files.draws(0));

  const unsigned int seed = run.seed(), id = run.id();
  const auto head =
      std::tie(run.model.base(), *init.contexts[0], seed, id, init.radius);
  const auto tail = std::tie(interrupt, run.logger, no_init_output, csv);
  return WithConstant(run.settings.Flag("method.optimize.jacobian"),
                      [&](auto jacobian) {
                        return Dispatch<decltype(jacobian)::value>(
                            run.settings, head, run.refresh(), tail);
                      });
}

}  // namespace frontend
