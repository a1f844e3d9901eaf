#ifndef FRONTEND_INFO_HPP
#define FRONTEND_INFO_HPP

#include <ostream>

namespace frontend {

/** Versions of Stan and how this program was built, as `key = value`. */
void PrintInfo(std::ostream& out);

}  // namespace frontend

#endif
