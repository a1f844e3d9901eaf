#ifndef FRONTEND_OUTPUT_OUTPUT_FILE_HPP
#define FRONTEND_OUTPUT_OUTPUT_FILE_HPP

#include <fstream>
#include <string>

namespace frontend::output {

/** A file that is being written, where no failure goes unnoticed. */
class OutputFile {
 public:
  /**
   * Creates the file, or empties it.
   *
   * @param path name of the file
   * @param digits significant digits of numbers, -1 for the stream's own
   * @throws std::runtime_error if that is not possible
   */
  explicit OutputFile(const std::string& path, int digits = -1);

  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  std::ostream& stream() { return out_; }
  const std::string& path() const { return path_; }

  /** Writes a line. @throws std::runtime_error if that fails */
  void WriteLine(const std::string& text);

  /** Ends and flushes a line. @throws std::runtime_error if that fails */
  void EndLine();

  /** Closes the file. @throws std::runtime_error if anything was lost */
  void Close();

 private:
  [[noreturn]] void Fail(const char* what) const;

  std::string path_;
  std::ofstream out_;
};

}  // namespace frontend::output

#endif
