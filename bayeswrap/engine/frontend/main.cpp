#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/help.hpp"
#include "cli/parser.hpp"
#include "program.hpp"

namespace {

using frontend::cli::CommandLine;
using frontend::cli::Request;

/** Does what the command line asks for; returns false if it failed. */
bool Execute(const std::string& program, CommandLine& line) {
  switch (line.request) {
    case Request::Info:
      frontend::PrintInfo(std::cout);
      return true;
    case Request::Help:
      frontend::cli::PrintHelp(std::cout, program, line.scope);
      return true;
    case Request::HelpAll:
      frontend::cli::PrintHelpAll(std::cout, line.scope);
      return true;
    case Request::Run:
      break;
  }
  if (frontend::RunMethod(line.settings)) return true;
  // Callers look for lines that begin with "Error" to tell what went wrong.
  std::cerr << "Error: method " << line.settings.Text("method")
            << " failed; see the messages above" << std::endl;
  return false;
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
    return Execute(program, line) ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const std::exception& e) {
    const std::string message = e.what();
    const bool labelled = message.rfind("Exception", 0) == 0;
    std::cerr << (labelled ? "" : "Error: ") << message << std::endl;
    return EXIT_FAILURE;
  }
}
