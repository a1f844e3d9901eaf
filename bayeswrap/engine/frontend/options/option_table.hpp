#ifndef FRONTEND_OPTIONS_OPTION_TABLE_HPP
#define FRONTEND_OPTIONS_OPTION_TABLE_HPP

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace frontend::options {

/** What a row of the option table stands for. */
enum class Kind {
  Group,    ///< bare word that opens a scope, e.g. `adapt`
  Choice,   ///< `name=value` where the value is one of the child rows
  Section,  ///< value of a choice that has a line of its own when printed
  Plain,    ///< value of a choice that is only named, e.g. `diag_e`
  Integer,
  Real,
  Boolean,
  Text
};

/** Admissible numbers. Open ends are strict inequalities. */
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  /** True if `value` lies in the range. */
  bool Contains(double value) const;

  /** The range as an inequality in `name`, e.g. `0 < delta < 1`. */
  std::string Describe(std::string_view name) const;
};

/** One argument of the command line. */
struct Option {
  std::string path;           ///< dotted place in the tree
  Kind kind;                  ///< what it stands for
  std::string_view fallback;  ///< text of the default value
  Range range;                ///< for numbers
  std::string_view text;      ///< one line of help

  /** Last part of the path: the word typed on the command line. */
  std::string_view name() const;

  /** Number of enclosing rows. */
  int depth() const;

  /** True for rows that take a value (`name=value`). */
  bool takes_value() const;
};

/** All rows, parents before children, in printing order. */
const std::vector<Option>& Options();

/** The row at `path`, or nullptr. */
const Option* Find(std::string_view path);

/** Rows directly under `path` ("" for the top level), in table order. */
std::vector<const Option*> Children(std::string_view path);

/** Path of the enclosing row ("" for the top level). */
std::string_view Parent(std::string_view path);

/** `name` under `path`. */
std::string Join(std::string_view path, std::string_view name);

/** Names of the rows directly under `path`, separated by commas. */
std::string ChildNames(std::string_view path);

/** How a row is typed from the top, e.g. `sample adapt delta`. */
std::string Typed(const Option& option);

}  // namespace frontend::options

#endif
