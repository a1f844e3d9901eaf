#include "cli/rows.hpp"

namespace frontend::cli {

Rows PathfinderRows() {
  Rows rows{{"method.pathfinder", Kind::Section, "", kAny,
             "Draws from normal approximations along paths of L-BFGS"}};
  Append(rows, QuasiNewtonRows("method.pathfinder"));
  Append(rows, {
      {"method.pathfinder.num_psis_draws", Kind::Integer, "1000", kPositiveInt,
       "Number of draws that several paths give together"},
      {"method.pathfinder.num_paths", Kind::Integer, "4", kPositiveInt,
       "Number of paths"},
      {"method.pathfinder.save_single_paths", Kind::Boolean, "false", kAny,
       "Write the iterations of each path as JSON, and of several paths the "
       "draws of each as CSV"},
      {"method.pathfinder.psis_resample", Kind::Boolean, "true", kAny,
       "Resample the draws of several paths by their importance; without it "
       "all draws are written"},
      {"method.pathfinder.calculate_lp", Kind::Boolean, "true", kAny,
       "Compute the log density of each draw; without it nothing is "
       "resampled"},
      {"method.pathfinder.max_lbfgs_iters", Kind::Integer, "1000",
       kPositiveInt, "Greatest number of L-BFGS iterations of a path"},
      {"method.pathfinder.num_draws", Kind::Integer, "1000", kPositiveInt,
       "Number of draws from the approximation of each path"},
      {"method.pathfinder.num_elbo_draws", Kind::Integer, "25", kPositiveInt,
       "Number of draws that estimate the evidence lower bound of an "
       "iteration"},
  });
  return rows;
}

}  // namespace frontend::cli
