#ifndef FRONTEND_CLI_PARSER_HPP
#define FRONTEND_CLI_PARSER_HPP

#include <string>
#include <vector>

#include "options/settings.hpp"

namespace frontend::cli {

/** What a command line asks for. */
enum class Request { Run, Help, HelpAll, Info };

/** A command line that was understood. */
struct CommandLine {
  Request request = Request::Run;
  std::string scope;           ///< innermost open group: what help is about
  options::Settings settings;  ///< complete for Request::Run
};

/**
 * Reads the words after the program's name.
 *
 * A bare word opens a group (a method is the group that `method=` would
 * open); `key=value` sets a value. Both are looked up in the innermost open
 * group first and then outward, so that `iter=` after `adapt` is the
 * adaptation's, and `data` after it leaves the method.
 *
 * @throws options::UsageError for words that are unknown, misplaced, or out of
 * range
 */
CommandLine Parse(const std::vector<std::string>& words);

}  // namespace frontend::cli

#endif
