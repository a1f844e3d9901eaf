#ifndef FRONTEND_OUTPUT_JSON_OUTPUT_HPP
#define FRONTEND_OUTPUT_JSON_OUTPUT_HPP

#include <memory>
#include <ostream>
#include <stan/callbacks/json_writer.hpp>

#include "output/output_file.hpp"

namespace frontend::output {

/** Lets a JSON writer use a stream that somebody else owns. */
struct LeaveOpen {
  void operator()(std::ostream*) const {}
};

/** Stan's writer of structured facts; without a file it writes nothing. */
using JsonOutput = stan::callbacks::json_writer<std::ostream, LeaveOpen>;

/** A JSON writer over a file that outlives it. */
inline JsonOutput JsonInto(OutputFile* file) {
  return JsonOutput(std::unique_ptr<std::ostream, LeaveOpen>(&file->stream()));
}

}  // namespace frontend::output

#endif
