#ifndef FRONTEND_OUTPUT_CONSOLE_LOGGER_HPP
#define FRONTEND_OUTPUT_CONSOLE_LOGGER_HPP

#include <iostream>
#include <mutex>
#include <sstream>
#include <stan/callbacks/logger.hpp>
#include <string>

namespace frontend::output {

/**
 * Stan's logger over the console: errors to stderr, the rest to stdout.
 *
 * Lines are written whole and flushed, so that chains which run at the same
 * time do not mix theirs and progress shows at once.
 */
class ConsoleLogger final : public stan::callbacks::logger {
 public:
  void debug(const std::string& m) override { Write(std::cout, m); }
  void debug(const std::stringstream& m) override { debug(m.str()); }
  void info(const std::string& m) override { Write(std::cout, m); }
  void info(const std::stringstream& m) override { info(m.str()); }
  void warn(const std::string& m) override { Write(std::cout, m); }
  void warn(const std::stringstream& m) override { warn(m.str()); }
  void error(const std::string& m) override {
    Write(std::cerr, m);
    Remember(m);
  }
  void error(const std::stringstream& m) override { error(m.str()); }
  void fatal(const std::string& m) override { Write(std::cerr, m); }
  void fatal(const std::stringstream& m) override { fatal(m.str()); }

  /** The last error that was logged; empty if there was none. */
  std::string last_error() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return last_error_;
  }

 private:
  void Write(std::ostream& out, const std::string& message) {
    const std::lock_guard<std::mutex> lock(mutex_);
    out << message + '\n' << std::flush;
  }

  void Remember(const std::string& message) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!message.empty()) last_error_ = message;
  }

  std::mutex mutex_;
  std::string last_error_;
};

}  // namespace frontend::output

#endif
