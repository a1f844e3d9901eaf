#ifndef FRONTEND_OPTIONS_SETTINGS_HPP
#define FRONTEND_OPTIONS_SETTINGS_HPP

#include <map>
#include <string>
#include <string_view>

#include "options/paths.hpp"
#include "options/value.hpp"

namespace frontend::options {

/**
 * The value of every argument: what the user gave, else the default.
 *
 * Paths are the constants of options/paths.hpp; an unknown path or a wrong type
 * is a mistake in this program and throws std::logic_error.
 */
class Settings {
 public:
  Settings();

  /** Sets the argument at `path`. */
  void Set(std::string_view path, Value value);

  /** Replaces the default at `path`; a value that was set is kept. */
  void SetDefault(std::string_view path, Value value);

  /** Value of any type. */
  const Value& At(std::string_view path) const;

  int Integer(std::string_view path) const;
  unsigned int Unsigned(std::string_view path) const;
  double Real(std::string_view path) const;
  bool Flag(std::string_view path) const;
  const std::string& Text(std::string_view path) const;

  /** True if `path` is the value of the choice above it, e.g. `kDiagE`. */
  bool IsChosen(std::string_view path) const;

  /** True if the value equals the default. */
  bool IsDefault(std::string_view path) const;

 private:
  template <class T>
  const T& Get(std::string_view path) const;

  std::map<std::string, Value, std::less<>> values_;
  std::map<std::string, Value, std::less<>> defaults_;
};

}  // namespace frontend::options

#endif
