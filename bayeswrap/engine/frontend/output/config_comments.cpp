#include <ctime>

#include "output/config.hpp"
#include "stan/version.hpp"

#if STAN_MAJOR != 2 || STAN_MINOR != 39
#error "this front end is written for the services of Stan 2.39"
#endif

namespace frontend::output {

namespace {

using options::Kind;
using options::Option;

void AppendLines(std::vector<std::string>& lines,
                 const options::Settings& settings, std::string_view path);

/** A choice: the chosen name, then the section of the chosen value. */
void AppendChoice(std::vector<std::string>& lines,
                  const options::Settings& settings, const Option& choice) {
  const auto chosen = options::Join(choice.path, settings.Text(choice.path));
  const Option* section = options::Find(chosen);
  if (section->kind != Kind::Section) return;
  lines.push_back(
      std::string(2 * section->depth(), ' ').append(section->name()));
  AppendLines(lines, settings, chosen);
}

void AppendLines(std::vector<std::string>& lines,
                 const options::Settings& settings, std::string_view path) {
  for (const Option* option : options::Children(path)) {
    std::string line(2 * option->depth(), ' ');
    line += option->name();
    if (option->takes_value()) {
      line += " = " + options::Print(settings.At(option->path));
      if (settings.IsDefault(option->path)) line += " (Default)";
    }
    lines.push_back(line);
    if (option->kind == Kind::Choice) AppendChoice(lines, settings, *option);
    if (option->kind == Kind::Group) AppendLines(lines, settings, option->path);
  }
}

}  // namespace

std::string TimeNow() {
  const std::time_t now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", std::gmtime(&now));
  return text;
}

std::vector<std::string> ConfigLines(const options::Settings& settings) {
  std::vector<std::string> lines;
  AppendLines(lines, settings, "");
  return lines;
}

void WriteConfigComments(std::ostream& out, const options::Settings& settings,
                         const ProgramInfo& info) {
  out << "# stan_version_major = " << stan::MAJOR_VERSION << '\n'
      << "# stan_version_minor = " << stan::MINOR_VERSION << '\n'
      << "# stan_version_patch = " << stan::PATCH_VERSION << '\n'
      << "# model = " << info.model_name << '\n'
      << "# start_datetime = " << info.start_time << '\n';
  for (const std::string& line : ConfigLines(settings))
    out << "# " << line << '\n';
}

void WriteCompileInfo(std::ostream& out, const ProgramInfo& info) {
  for (const std::string& line : info.compile_info) out << "# " << line << '\n';
}

}  // namespace frontend::output
