#include "cli/help.hpp"

#include "options/option_table.hpp"
#include "options/paths.hpp"
#include "options/value.hpp"

namespace frontend::cli {

namespace {

using options::Children;
using options::Find;
using options::Kind;
using options::Option;

std::string Indent(int levels) { return std::string(2 * levels, ' '); }

/** One argument: how it is typed, what it means, what is valid. */
void PrintOption(std::ostream& out, const Option& option, int level) {
  out << Indent(level) << option.name() << (option.takes_value() ? "=" : "")
      << '\n'
      << Indent(level + 1) << option.text << '\n';
  if (!option.takes_value()) return;
  if (option.kind != Kind::Text)
    out << Indent(level + 1) << "valid: " << options::DescribeValid(option)
        << '\n';
  out << Indent(level + 1)
      << "default: " << (option.fallback.empty() ? "none" : option.fallback)
      << '\n';
}

void PrintTree(std::ostream& out, const std::string& path, int level) {
  for (const Option* option : Children(path)) {
    PrintOption(out, *option, level);
    PrintTree(out, std::string(option->path), level + 1);
  }
}

void PrintList(std::ostream& out, const std::string& path) {
  for (const Option* option : Children(path)) {
    if (option->path == paths::kMethod) continue;
    out << "  " << option->name() << '\n' << "      " << option->text << '\n';
  }
}

}  // namespace

void PrintUsage(std::ostream& out, const std::string& program) {
  out << "Usage: " << program << " <method> [<argument>=<value> | <group>]...\n"
      << "\nMethods:\n";
  PrintList(out, paths::kMethod);
  out << "\nArguments of every method:\n";
  PrintList(out, "");
  out << "\nFurther commands:\n"
      << "  info\n      Versions and build options of this program\n"
      << "  help, help-all\n"
      << "      This text, or all arguments; after a method or a group, what "
         "it takes\n";
}

void PrintHelp(std::ostream& out, const std::string& program,
               const std::string& scope) {
  const Option* here = Find(scope);
  if (!here) return PrintUsage(out, program);
  out << options::Typed(*here) << '\n' << "  " << here->text << '\n';
  for (const Option* option : Children(scope)) PrintOption(out, *option, 1);
}

void PrintHelpAll(std::ostream& out, const std::string& scope) {
  if (const Option* here = Find(scope)) {
    PrintOption(out, *here, 0);
    PrintTree(out, scope, 1);
  } else {
    PrintTree(out, "", 0);
  }
}

}  // namespace frontend::cli
