#include "options/rows.hpp"

namespace frontend::options {

Rows PathfinderRows() {
  Rows rows{{paths::pathfinder::kPathfinder, Kind::Section, "", kAny,
             "Draws from normal approximations along paths of L-BFGS"}};
  Append(rows, QuasiNewtonRows(paths::pathfinder::kPathfinder));
  Append(
      rows,
      {
          {paths::pathfinder::kNumPsisDraws, Kind::Integer, "1000",
           kPositiveInt, "Number of draws that several paths give together"},
          {paths::pathfinder::kNumPaths, Kind::Integer, "4", kPositiveInt,
           "Number of paths"},
          {paths::pathfinder::kSaveSinglePaths, Kind::Boolean, "false", kAny,
           "Write the iterations of each path as JSON, and of several paths "
           "the "
           "draws of each as CSV"},
          {paths::pathfinder::kPsisResample, Kind::Boolean, "true", kAny,
           "Resample the draws of several paths by their importance; without "
           "it "
           "all draws are written"},
          {paths::pathfinder::kCalculateLp, Kind::Boolean, "true", kAny,
           "Compute the log density of each draw; without it nothing is "
           "resampled"},
          {paths::pathfinder::kMaxLbfgsIters, Kind::Integer, "1000",
           kPositiveInt, "Greatest number of L-BFGS iterations of a path"},
          {paths::pathfinder::kNumDraws, Kind::Integer, "1000", kPositiveInt,
           "Number of draws from the approximation of each path"},
          {paths::pathfinder::kNumElboDraws, Kind::Integer, "25", kPositiveInt,
           "Number of draws that estimate the evidence lower bound of an "
           "iteration"},
      });
  return rows;
}

}  // namespace frontend::options
