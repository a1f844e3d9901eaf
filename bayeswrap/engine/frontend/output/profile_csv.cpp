#include "output/profile_csv.hpp"

#include <stan/math/rev/core/profiling.hpp>

#include "output/output_file.hpp"

/** Defined in the C++ that stanc writes for each program. */
stan::math::profile_map& get_stan_profile_data();

namespace frontend::output {

void WriteProfile(const std::string& path, int digits) {
  const stan::math::profile_map& profiles = get_stan_profile_data();
  if (profiles.empty() || path.empty()) return;
  OutputFile file(path, digits);
  file.WriteLine(
      "name,thread_id,total_time,forward_time,reverse_time,chain_stack,"
      "no_chain_stack,autodiff_calls,no_autodiff_calls");
  for (const auto& [key, info] : profiles) {
    file.stream() << key.first << ',' << key.second << ','
                  << info.get_fwd_time() + info.get_rev_time() << ','
                  << info.get_fwd_time() << ',' << info.get_rev_time() << ','
                  << info.get_chain_stack_used() << ','
                  << info.get_nochain_stack_used() << ','
                  << info.get_num_AD_fwd_passes() << ','
                  << info.get_num_no_AD_fwd_passes();
    file.EndLine();
  }
  file.Close();
}

}  // namespace frontend::output
