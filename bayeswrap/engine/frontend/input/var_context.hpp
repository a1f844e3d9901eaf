#ifndef FRONTEND_INPUT_VAR_CONTEXT_HPP
#define FRONTEND_INPUT_VAR_CONTEXT_HPP

#include <istream>
#include <memory>
#include <stan/io/var_context.hpp>
#include <string>

namespace frontend::input {

using VarContext = std::shared_ptr<stan::io::var_context>;

/** No variables at all. */
VarContext EmptyContext();

/**
 * Reads the variables of a file: JSON (`.json`) or R dump (`.R`).
 *
 * R dump is read with a notice on the console, as it is out of date.
 *
 * @param argument the argument that named the file, for messages
 * @param path name of the file
 * @throws std::runtime_error if the file is missing, has another extension,
 *   or is malformed
 */
VarContext ReadContext(const std::string& argument, const std::string& path);

/** Reads R dump; kept apart since its parser is slow to compile. */
VarContext ReadRDump(std::istream& in);

}  // namespace frontend::input

#endif
