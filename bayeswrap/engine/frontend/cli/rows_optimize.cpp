#include "cli/rows.hpp"

namespace frontend::cli {

namespace {

Rows AlgorithmRows() {
  return {
      {"method.optimize", Kind::Section, "", kAny,
       "Posterior mode or maximum likelihood estimate"},
      {"method.optimize.algorithm", Kind::Choice, "lbfgs", kAny,
       "Optimization algorithm"},
      {"method.optimize.algorithm.bfgs", Kind::Section, "", kAny,
       "BFGS with line search"},
      {"method.optimize.algorithm.lbfgs", Kind::Section, "", kAny,
       "Limited-memory BFGS with line search"},
      {"method.optimize.algorithm.newton", Kind::Section, "", kAny,
       "Newton's method"},
      {"method.optimize.jacobian", Kind::Boolean, "false", kAny,
       "Include the Jacobian of the constraining transforms"},
      {"method.optimize.iter", Kind::Integer, "2000", kPositiveInt,
       "Greatest number of iterations"},
      {"method.optimize.save_iterations", Kind::Boolean, "false", kAny,
       "Write one row for each iteration"},
  };
}

/** Adds the options of BFGS or L-BFGS; only the latter keeps a history. */
void AppendQuasiNewton(Rows& rows, const Option& algorithm) {
  for (const Option& row : QuasiNewtonRows(algorithm.path))
    if (row.name() != "history_size" || algorithm.name() == "lbfgs")
      rows.push_back(row);
}

}  // namespace

Rows QuasiNewtonRows(std::string_view path) {
  Rows rows = {
      {"init_alpha", Kind::Real, "0.001", kPositive,
       "Step size of the first line search"},
      {"tol_obj", Kind::Real, "1e-12", kPositive,
       "Stop when the objective changes by less"},
      {"tol_rel_obj", Kind::Real, "10000", kPositive,
       "Stop when the objective changes by less, relatively (in epsilons)"},
      {"tol_grad", Kind::Real, "1e-08", kPositive,
       "Stop when the gradient's norm is less"},
      {"tol_rel_grad", Kind::Real, "1e+07", kPositive,
       "Stop when the relative gradient is less (in epsilons)"},
      {"tol_param", Kind::Real, "1e-08", kPositive,
       "Stop when the parameters change by less"},
      {"history_size", Kind::Integer, "5", kPositiveInt,
       "Number of updates that are kept"},
  };
  for (Option& row : rows) row.path = Join(path, row.path);
  return rows;
}

Rows OptimizeRows() {
  Rows rows;
  for (const Option& row : AlgorithmRows()) {
    rows.push_back(row);
    if (row.name() == "bfgs" || row.name() == "lbfgs")
      AppendQuasiNewton(rows, row);
  }
  return rows;
}

}  // namespace frontend::cli
