#include <stan/io/dump.hpp>

#include "input/var_context.hpp"

namespace frontend::input {

VarContext ReadRDump(std::istream& in) {
  return std::make_shared<stan::io::dump>(in);
}

}  // namespace frontend::input
