#include "options/rows.hpp"

namespace frontend::options {

namespace {

Rows AlgorithmRows() {
  return {
      {paths::optimize::kOptimize, Kind::Section, "", kAny,
       "Posterior mode or maximum likelihood estimate"},
      {paths::optimize::kAlgorithm, Kind::Choice, "lbfgs", kAny,
       "Optimization algorithm"},
      {paths::optimize::kBfgs, Kind::Section, "", kAny,
       "BFGS with line search"},
      {paths::optimize::kLbfgs, Kind::Section, "", kAny,
       "Limited-memory BFGS with line search"},
      {paths::optimize::kNewton, Kind::Section, "", kAny, "Newton's method"},
      {paths::optimize::kJacobian, Kind::Boolean, "false", kAny,
       "Include the Jacobian of the constraining transforms"},
      {paths::optimize::kIter, Kind::Integer, "2000", kPositiveInt,
       "Greatest number of iterations"},
      {paths::optimize::kSaveIterations, Kind::Boolean, "false", kAny,
       "Write one row for each iteration"},
  };
}

/** Adds the options of BFGS or L-BFGS; only the latter keeps a history. */
void AppendQuasiNewton(Rows& rows, const Option& algorithm) {
  for (const Option& row : QuasiNewtonRows(algorithm.path))
    if (row.name() != paths::quasi_newton::kHistorySize ||
        algorithm.path == paths::optimize::kLbfgs)
      rows.push_back(row);
}

}  // namespace

Rows QuasiNewtonRows(std::string_view path) {
  Rows rows = {
      {paths::quasi_newton::kInitAlpha, Kind::Real, "0.001", kPositive,
       "Step size of the first line search"},
      {paths::quasi_newton::kTolObj, Kind::Real, "1e-12", kPositive,
       "Stop when the objective changes by less"},
      {paths::quasi_newton::kTolRelObj, Kind::Real, "10000", kPositive,
       "Stop when the objective changes by less, relatively (in epsilons)"},
      {paths::quasi_newton::kTolGrad, Kind::Real, "1e-08", kPositive,
       "Stop when the gradient's norm is less"},
      {paths::quasi_newton::kTolRelGrad, Kind::Real, "1e+07", kPositive,
       "Stop when the relative gradient is less (in epsilons)"},
      {paths::quasi_newton::kTolParam, Kind::Real, "1e-08", kPositive,
       "Stop when the parameters change by less"},
      {paths::quasi_newton::kHistorySize, Kind::Integer, "5", kPositiveInt,
       "Number of updates that are kept"},
  };
  for (Option& row : rows) row.path = Join(path, row.path);
  return rows;
}

Rows OptimizeRows() {
  Rows rows;
  for (const Option& row : AlgorithmRows()) {
    rows.push_back(row);
    if (row.path == paths::optimize::kBfgs ||
        row.path == paths::optimize::kLbfgs)
      AppendQuasiNewton(rows, row);
  }
  return rows;
}

}  // namespace frontend::options
