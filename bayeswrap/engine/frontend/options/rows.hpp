#ifndef FRONTEND_OPTIONS_ROWS_HPP
#define FRONTEND_OPTIONS_ROWS_HPP

#include <limits>
#include <string_view>
#include <vector>

#include "options/option_table.hpp"
#include "options/paths.hpp"

namespace frontend::options {

/** A part of the option table. */
using Rows = std::vector<Option>;

/** Puts `more` at the end of `rows`. */
void Append(Rows& rows, const Rows& more);

// The arguments of each method. A further method is a further function, which
// is then named in option_table.cpp. Paths are those of options/paths.hpp.
Rows SampleRows();
Rows OptimizeRows();
Rows GenerateQuantitiesRows();
Rows PathfinderRows();
Rows LogProbRows();
Rows LaplaceRows();

/** Options of a limited-memory quasi-Newton method, directly under `path`. */
Rows QuasiNewtonRows(std::string_view path);

/** The arguments that all methods share. */
Rows GeneralRows();

inline constexpr double kInf = std::numeric_limits<double>::infinity();
inline constexpr double kMaxInt = std::numeric_limits<int>::max();

inline constexpr Range kAny{};
inline constexpr Range kNonNegativeInt{0, kMaxInt};
inline constexpr Range kPositiveInt{1, kMaxInt};
inline constexpr Range kPositive{0, kInf, true, true};
inline constexpr Range kOpenUnit{0, 1, true, true};
inline constexpr Range kUnit{0, 1};

}  // namespace frontend::options

#endif
