#include "options/value.hpp"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <sstream>

namespace frontend::options {

namespace {

[[noreturn]] void Reject(const Option& option, const std::string& text) {
  throw UsageError(std::string(option.name()) + "=" + text + ": expected " +
                   DescribeValid(option));
}

/** True if `text` was read to its end, without blanks in front of it. */
bool ReadWhole(const std::string& text, const char* end) {
  return !text.empty() && !std::isspace(static_cast<unsigned char>(text[0])) &&
         *end == '\0' && errno == 0;
}

Value ParseInteger(const Option& option, const std::string& text) {
  char* end = nullptr;
  errno = 0;
  const long long value = std::strtoll(text.c_str(), &end, 10);
  if (!ReadWhole(text, end) ||
      !option.range.Contains(static_cast<double>(value)))
    Reject(option, text);
  return value;
}

Value ParseReal(const Option& option, const std::string& text) {
  char* end = nullptr;
  errno = 0;
  const double value = std::strtod(text.c_str(), &end);
  if (errno == ERANGE && std::isfinite(value)) errno = 0;  // a tiny number
  if (!ReadWhole(text, end) || !std::isfinite(value) ||
      !option.range.Contains(value))
    Reject(option, text);
  return value;
}

Value ParseBoolean(const Option& option, const std::string& text) {
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  Reject(option, text);
}

Value ParseChoice(const Option& option, const std::string& text) {
  const Option* chosen = Find(Join(option.path, text));
  if (!chosen || Parent(chosen->path) != option.path) Reject(option, text);
  return text;
}

}  // namespace

Value ParseValue(const Option& option, const std::string& text) {
  switch (option.kind) {
    case Kind::Integer:
      return ParseInteger(option, text);
    case Kind::Real:
      return ParseReal(option, text);
    case Kind::Boolean:
      return ParseBoolean(option, text);
    case Kind::Choice:
      return ParseChoice(option, text);
    default:
      return text;
  }
}

std::string DescribeValid(const Option& option) {
  switch (option.kind) {
    case Kind::Integer:
      return "an integer with " + option.range.Describe(option.name());
    case Kind::Real:
      return "a number with " + option.range.Describe(option.name());
    case Kind::Boolean:
      return "0, 1, false or true";
    case Kind::Choice:
      return "one of: " + ChildNames(option.path);
    default:
      return "text";
  }
}

std::string Print(const Value& value) {
  std::ostringstream out;
  out << std::boolalpha;
  std::visit([&](const auto& v) { out << v; }, value);
  return out.str();
}

}  // namespace frontend::options
