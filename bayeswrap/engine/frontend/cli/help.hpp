#ifndef FRONTEND_CLI_HELP_HPP
#define FRONTEND_CLI_HELP_HPP

#include <ostream>
#include <string>

namespace frontend::cli {

/** How the program is called, its methods and its general arguments. */
void PrintUsage(std::ostream& out, const std::string& program);

/** The arguments directly in `scope`; at the top level, the usage. */
void PrintHelp(std::ostream& out, const std::string& program,
               const std::string& scope);

/** All arguments in `scope`, with everything below them. */
void PrintHelpAll(std::ostream& out, const std::string& scope);

}  // namespace frontend::cli

#endif
