#include "output/output_file.hpp"

#include <cerrno>
#include <cstring>
#include <iomanip>
#include <stdexcept>

namespace frontend::output {

OutputFile::OutputFile(const std::string& path, int digits) : path_(path) {
  errno = 0;
  out_.open(path);
  if (!out_) Fail("cannot create file");
  if (digits >= 0) out_ << std::setprecision(digits);
}

void OutputFile::WriteLine(const std::string& text) {
  out_ << text;
  EndLine();
}

void OutputFile::EndLine() {
  errno = 0;
  out_ << '\n' << std::flush;
  if (!out_) Fail("cannot write to file");
}

void OutputFile::Close() {
  errno = 0;
  if (out_.is_open()) out_.close();
  if (!out_) Fail("cannot write to file");
}

void OutputFile::Fail(const char* what) const {
  std::string message = std::string(what) + " '" + path_ + "'";
  if (errno != 0) message += std::string(": ") + std::strerror(errno);
  throw std::runtime_error(message);
}

}  // namespace frontend::output
