#include "info.hpp"

#include <stan/version.hpp>

namespace frontend {

namespace {

#ifdef STAN_THREADS
constexpr bool kThreads = true;
#else
constexpr bool kThreads = false;
#endif
#ifdef STAN_NO_RANGE_CHECKS
constexpr bool kNoRangeChecks = true;
#else
constexpr bool kNoRangeChecks = false;
#endif
#ifdef STAN_CPP_OPTIMS
constexpr bool kCppOptims = true;
#else
constexpr bool kCppOptims = false;
#endif

}  // namespace

void PrintInfo(std::ostream& out) {
  out << std::boolalpha << "stan_version_major = " << stan::MAJOR_VERSION
      << "\nstan_version_minor = " << stan::MINOR_VERSION
      << "\nstan_version_patch = " << stan::PATCH_VERSION
      << "\nSTAN_THREADS=" << kThreads << "\nSTAN_MPI=false"
      << "\nSTAN_OPENCL=false"
      << "\nSTAN_NO_RANGE_CHECKS=" << kNoRangeChecks
      << "\nSTAN_CPP_OPTIMS=" << kCppOptims << '\n';
}

}  // namespace frontend
