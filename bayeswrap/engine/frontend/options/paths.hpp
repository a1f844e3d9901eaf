#ifndef FRONTEND_OPTIONS_PATHS_HPP
#define FRONTEND_OPTIONS_PATHS_HPP

/**
 * The dotted place of each argument in the option table.
 *
 * The rows of the table and the code that reads their values use the same
 * constants, so that a misspelt argument does not compile.
 */
namespace frontend::paths {

inline constexpr char kMethod[] = "method";
inline constexpr char kId[] = "id";
inline constexpr char kData[] = "data";
inline constexpr char kDataFile[] = "data.file";
inline constexpr char kInit[] = "init";
inline constexpr char kRandom[] = "random";
inline constexpr char kSeed[] = "random.seed";
inline constexpr char kNumThreads[] = "num_threads";

namespace output {
inline constexpr char kOutput[] = "output";
inline constexpr char kFile[] = "output.file";
inline constexpr char kDiagnosticFile[] = "output.diagnostic_file";
inline constexpr char kRefresh[] = "output.refresh";
inline constexpr char kSigFigs[] = "output.sig_figs";
inline constexpr char kProfileFile[] = "output.profile_file";
inline constexpr char kSaveConfig[] = "output.save_cmdstan_config";
}  // namespace output

namespace sample {
inline constexpr char kSample[] = "method.sample";
inline constexpr char kNumSamples[] = "method.sample.num_samples";
inline constexpr char kNumWarmup[] = "method.sample.num_warmup";
inline constexpr char kSaveWarmup[] = "method.sample.save_warmup";
inline constexpr char kThin[] = "method.sample.thin";
inline constexpr char kNumChains[] = "method.sample.num_chains";
inline constexpr char kAlgorithm[] = "method.sample.algorithm";
inline constexpr char kFixedParam[] = "method.sample.algorithm.fixed_param";
}  // namespace sample

namespace adapt {
inline constexpr char kAdapt[] = "method.sample.adapt";
inline constexpr char kEngaged[] = "method.sample.adapt.engaged";
inline constexpr char kGamma[] = "method.sample.adapt.gamma";
inline constexpr char kDelta[] = "method.sample.adapt.delta";
inline constexpr char kKappa[] = "method.sample.adapt.kappa";
inline constexpr char kT0[] = "method.sample.adapt.t0";
inline constexpr char kInitBuffer[] = "method.sample.adapt.init_buffer";
inline constexpr char kTermBuffer[] = "method.sample.adapt.term_buffer";
inline constexpr char kWindow[] = "method.sample.adapt.window";
inline constexpr char kSaveMetric[] = "method.sample.adapt.save_metric";
}  // namespace adapt

namespace hmc {
inline constexpr char kHmc[] = "method.sample.algorithm.hmc";
inline constexpr char kEngine[] = "method.sample.algorithm.hmc.engine";
inline constexpr char kStatic[] = "method.sample.algorithm.hmc.engine.static";
inline constexpr char kIntTime[] =
    "method.sample.algorithm.hmc.engine.static.int_time";
inline constexpr char kNuts[] = "method.sample.algorithm.hmc.engine.nuts";
inline constexpr char kMaxDepth[] =
    "method.sample.algorithm.hmc.engine.nuts.max_depth";
inline constexpr char kMetric[] = "method.sample.algorithm.hmc.metric";
inline constexpr char kUnitE[] = "method.sample.algorithm.hmc.metric.unit_e";
inline constexpr char kDiagE[] = "method.sample.algorithm.hmc.metric.diag_e";
inline constexpr char kDenseE[] = "method.sample.algorithm.hmc.metric.dense_e";
inline constexpr char kMetricFile[] = "method.sample.algorithm.hmc.metric_file";
inline constexpr char kStepsize[] = "method.sample.algorithm.hmc.stepsize";
inline constexpr char kStepsizeJitter[] =
    "method.sample.algorithm.hmc.stepsize_jitter";
}  // namespace hmc

namespace optimize {
inline constexpr char kOptimize[] = "method.optimize";
inline constexpr char kAlgorithm[] = "method.optimize.algorithm";
inline constexpr char kBfgs[] = "method.optimize.algorithm.bfgs";
inline constexpr char kLbfgs[] = "method.optimize.algorithm.lbfgs";
inline constexpr char kNewton[] = "method.optimize.algorithm.newton";
inline constexpr char kJacobian[] = "method.optimize.jacobian";
inline constexpr char kIter[] = "method.optimize.iter";
inline constexpr char kSaveIterations[] = "method.optimize.save_iterations";
}  // namespace optimize

/** Under `optimize::kBfgs`, `optimize::kLbfgs` and `pathfinder::kPathfinder`.
 */
namespace quasi_newton {
inline constexpr char kInitAlpha[] = "init_alpha";
inline constexpr char kTolObj[] = "tol_obj";
inline constexpr char kTolRelObj[] = "tol_rel_obj";
inline constexpr char kTolGrad[] = "tol_grad";
inline constexpr char kTolRelGrad[] = "tol_rel_grad";
inline constexpr char kTolParam[] = "tol_param";
inline constexpr char kHistorySize[] = "history_size";
}  // namespace quasi_newton

namespace pathfinder {
inline constexpr char kPathfinder[] = "method.pathfinder";
inline constexpr char kNumPsisDraws[] = "method.pathfinder.num_psis_draws";
inline constexpr char kNumPaths[] = "method.pathfinder.num_paths";
inline constexpr char kSaveSinglePaths[] =
    "method.pathfinder.save_single_paths";
inline constexpr char kPsisResample[] = "method.pathfinder.psis_resample";
inline constexpr char kCalculateLp[] = "method.pathfinder.calculate_lp";
inline constexpr char kMaxLbfgsIters[] = "method.pathfinder.max_lbfgs_iters";
inline constexpr char kNumDraws[] = "method.pathfinder.num_draws";
inline constexpr char kNumElboDraws[] = "method.pathfinder.num_elbo_draws";
}  // namespace pathfinder

namespace laplace {
inline constexpr char kLaplace[] = "method.laplace";
inline constexpr char kMode[] = "method.laplace.mode";
inline constexpr char kJacobian[] = "method.laplace.jacobian";
inline constexpr char kDraws[] = "method.laplace.draws";
inline constexpr char kCalculateLp[] = "method.laplace.calculate_lp";
}  // namespace laplace

namespace log_prob {
inline constexpr char kLogProb[] = "method.log_prob";
inline constexpr char kUnconstrainedParams[] =
    "method.log_prob.unconstrained_params";
inline constexpr char kConstrainedParams[] =
    "method.log_prob.constrained_params";
inline constexpr char kJacobian[] = "method.log_prob.jacobian";
}  // namespace log_prob

namespace generate_quantities {
inline constexpr char kGenerateQuantities[] = "method.generate_quantities";
inline constexpr char kFittedParams[] =
    "method.generate_quantities.fitted_params";
inline constexpr char kNumChains[] = "method.generate_quantities.num_chains";
}  // namespace generate_quantities

}  // namespace frontend::paths

#endif
