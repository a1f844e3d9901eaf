#ifndef FRONTEND_METHODS_WITH_CONSTANT_HPP
#define FRONTEND_METHODS_WITH_CONSTANT_HPP

#include <type_traits>

namespace frontend {

/** Calls `f` with std::true_type or std::false_type: `flag` as a constant. */
template <class F>
auto WithConstant(bool flag, F&& f) {
  return flag ? f(std::true_type{}) : f(std::false_type{});
}

}  // namespace frontend

#endif
