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
void ChooseSeed(cli::Settings& settings) {
  if (std::get<long long>(settings.At("random.seed")) >= 0) return;
  const long long seed = std::random_device{}() & 0x7fffffffU;
  settings.SetDefault("random.seed", seed);
  settings.Set("random.seed", seed);
}

/** Without num_threads the environment says how many threads there are. */
void StartThreads(cli::Settings& settings) {
#ifdef STAN_THREADS
  const char* given = std::getenv("STAN_NUM_THREADS");
  if (given && settings.IsDefault("num_threads"))
    settings.SetDefault("num_threads",
                        cli::ParseValue(*cli::Find("num_threads"), given));
#endif
  stan::math::init_threadpool_tbb(settings.Integer("num_threads"));
}

Model LoadModel(const cli::Settings& settings) {
  const std::string& file = settings.Text("data.file");
  const auto data = file.empty() ? input::EmptyContext()
                                 : input::ReadContext("data file", file);
  return Model(*data, settings.Unsigned("random.seed"));
}

}  // namespace

void RunMethod(cli::Settings& settings) {
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
  const int code = FindMethod(settings.Text("method"))(run);
  files.Close();
  output::WriteProfile(settings.Text("output.profile_file"),
                       settings.Integer("output.sig_figs"));
  if (code != 0)
    throw std::runtime_error("method " + settings.Text("method") +
                             " failed: " + logger.last_error());
}

}  // namespace frontend
