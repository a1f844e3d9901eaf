#include "program.hpp"

#include <cstdlib>
#include <iostream>
#include <random>
#include <stan/math/prim/core/init_threadpool_tbb.hpp>
#include <stdexcept>

#include "input/var_context.hpp"
#include "methods/method.hpp"
#include "output/console_logger.hpp"
#include "output/profile_csv.hpp"

namespace frontend {

namespace {

/** Replaces an absent seed, or -1, by a random one, which then is printed. */
void ChooseSeed(options::Settings& settings) {
  if (std::get<long long>(settings.At(paths::kSeed)) >= 0) return;
  const long long seed = std::random_device{}() & 0x7fffffffU;
  settings.SetDefault(paths::kSeed, seed);
  settings.Set(paths::kSeed, seed);
}

/** Without num_threads the environment says how many threads there are. */
void StartThreads(options::Settings& settings) {
#ifdef STAN_THREADS
  const char* given = std::getenv("STAN_NUM_THREADS");
  if (given && settings.IsDefault(paths::kNumThreads))
    settings.SetDefault(
        paths::kNumThreads,
        options::ParseValue(*options::Find(paths::kNumThreads), given));
#endif
  stan::math::init_threadpool_tbb(settings.Integer(paths::kNumThreads));
}

Model LoadModel(const options::Settings& settings) {
  const std::string& file = settings.Text(paths::kDataFile);
  const auto data = file.empty() ? input::EmptyContext()
                                 : input::ReadContext("data file", file);
  return Model(*data, settings.Unsigned(paths::kSeed));
}

}  // namespace

void RunMethod(options::Settings& settings) {
  ChooseSeed(settings);
  StartThreads(settings);
  for (const std::string& line : output::ConfigLines(settings))
    std::cout << line << '\n';
  std::cout << std::endl;

  const Model model = LoadModel(settings);
  const output::ProgramInfo info{model.name(), model.compile_info(),
                                 output::TimeNow()};
  output::OutputFiles files(settings, info, NumChains(settings));
  output::ConsoleLogger logger;
  Run run{settings, model, logger, files};
  const int code = FindMethod(settings)(run);
  files.Close();
  output::WriteProfile(settings.Text(paths::output::kProfileFile),
                       settings.Integer(paths::output::kSigFigs));
  if (code != 0)
    throw std::runtime_error("method " + settings.Text(paths::kMethod) +
                             " failed: " + logger.last_error());
}

}  // namespace frontend
