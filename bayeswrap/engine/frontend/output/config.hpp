#ifndef FRONTEND_OUTPUT_CONFIG_HPP
#define FRONTEND_OUTPUT_CONFIG_HPP

#include <ostream>
#include <string>
#include <vector>

#include "options/settings.hpp"

namespace frontend::output {

/** What the output files say about the program besides its arguments. */
struct ProgramInfo {
  std::string model_name;
  std::vector<std::string> compile_info;  ///< lines `key = value`
  std::string start_time;                 ///< `YYYY-MM-DD hh:mm:ss UTC`
};

/** The present time as the output files give it. */
std::string TimeNow();

/**
 * All arguments, one line each, indented by depth: `name = value`, with
 * ` (Default)` behind it where the default holds.
 */
std::vector<std::string> ConfigLines(const options::Settings& settings);

/** Version, model, time and all arguments, as comment lines. */
void WriteConfigComments(std::ostream& out, const options::Settings& settings,
                         const ProgramInfo& info);

/** How the model was translated, as comment lines. */
void WriteCompileInfo(std::ostream& out, const ProgramInfo& info);

/** The same facts as one JSON object. */
void WriteConfigJson(std::ostream& out, const options::Settings& settings,
                     const ProgramInfo& info);

}  // namespace frontend::output

#endif
