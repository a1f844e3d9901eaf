#include <stan/model/model_base.hpp>
#include <stan/services/optimize/bfgs.hpp>
#include <stan/services/optimize/lbfgs.hpp>
#include <stan/services/optimize/newton.hpp>
#include <tuple>

#include "methods/initial_values.hpp"
#include "methods/quasi_newton.hpp"
#include "methods/with_constant.hpp"
#include "output/csv_writer.hpp"

namespace frontend {

namespace {

namespace services = stan::services::optimize;
using stan::model::model_base;

/** The algorithm that was chosen, with or without the Jacobian. */
template <bool jacobian, class Head, class Tail>
int Dispatch(const options::Settings& s, const Head& head, int refresh,
             const Tail& tail) {
  const auto limits = std::make_tuple(s.Integer(paths::optimize::kIter),
                                      s.Flag(paths::optimize::kSaveIterations));
  if (s.IsChosen(paths::optimize::kNewton))
    return std::apply(
        [](auto&&... args) {
          return services::newton<model_base, jacobian>(args...);
        },
        std::tuple_cat(head, limits, tail));
  const auto after = std::tuple_cat(limits, std::tie(refresh), tail);
  if (s.IsChosen(paths::optimize::kBfgs))
    return std::apply(
        [](auto&&... args) {
          return services::bfgs<model_base, jacobian>(args...);
        },
        std::tuple_cat(head, Tolerances(s, paths::optimize::kBfgs), after));
  const int history = HistorySize(s, paths::optimize::kLbfgs);
  return std::apply(
      [](auto&&... args) {
        return services::lbfgs<model_base, jacobian>(args...);
      },
      std::tuple_cat(head, std::tie(history),
                     Tolerances(s, paths::optimize::kLbfgs), after));
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
  return WithConstant(run.settings.Flag(paths::optimize::kJacobian),
                      [&](auto jacobian) {
                        return Dispatch<decltype(jacobian)::value>(
                            run.settings, head, run.refresh(), tail);
                      });
}

}  // namespace frontend
