#ifndef FRONTEND_OPTIONS_VALUE_HPP
#define FRONTEND_OPTIONS_VALUE_HPP

#include <stdexcept>
#include <string>
#include <variant>

#include "options/option_table.hpp"

namespace frontend::options {

/** A mistake on the command line, worded for the user. */
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/** Value of one argument: integer, real, switch, or text (also choices). */
using Value = std::variant<std::string, long long, double, bool>;

/**
 * Reads `text` as a value of `option`.
 *
 * @throws UsageError naming the argument, what it got and what is valid
 */
Value ParseValue(const Option& option, const std::string& text);

/** What `option` accepts, e.g. `an integer with num_samples >= 0`. */
std::string DescribeValid(const Option& option);

/** The value as it stands in comments and messages. */
std::string Print(const Value& value);

}  // namespace frontend::options

#endif
