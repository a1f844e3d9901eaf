#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/help.hpp"
#include "cli/parser.hpp"
#include "info.hpp"
#include "program.hpp"

namespace {

using frontend::cli::CommandLine;
using frontend::cli::Request;

/** Does what the command line asks for. */
void Execute(const std::string& program, CommandLine& line) {
  switch (line.request) {
    case Request::Info:
      return frontend::PrintInfo(std::cout);
    case Request::Help:
      return frontend::cli::PrintHelp(std::cout, program, line.scope);
    case Request::HelpAll:
      return frontend::cli::PrintHelpAll(std::cout, line.scope);
    case Request::Run:
      return frontend::RunMethod(line.settings);
  }
}

}  // namespace

int main(int argc, const char* argv[]) {
  const std::string program = argv[0];
  try {
    if (argc == 1) {
      frontend::cli::PrintUsage(std::cout, program);
      return EXIT_FAILURE;
    }
    CommandLine line = frontend::cli::Parse({argv + 1, argv + argc});
    Execute(program, line);
    return EXIT_SUCCESS;
  } catch (const std::exception& e) {
    // Callers look for lines that begin with "Error" or "Exception".
    const std::string message = e.what();
    const bool labelled = message.rfind("Exception", 0) == 0;
    std::cerr << (labelled ? "" : "Error: ") << message << std::endl;
    return EXIT_FAILURE;
  }
}
