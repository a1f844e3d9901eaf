#ifndef FRONTEND_OUTPUT_OUTPUT_FILES_HPP
#define FRONTEND_OUTPUT_OUTPUT_FILES_HPP

#include <memory>
#include <string>
#include <vector>

#include "options/settings.hpp"
#include "output/config.hpp"
#include "output/output_file.hpp"

namespace frontend::output {

/** All files of a run, with their headers, one of each kind for a chain. */
class OutputFiles {
 public:
  /**
   * Creates the CSV files, the diagnostic files and the JSON of settings, as
   * far as they are asked for. Settings and program must outlive this.
   *
   * @throws std::runtime_error if a file cannot be created
   */
  OutputFiles(const options::Settings& settings, const ProgramInfo& info,
              int num_chains);

  int num_chains() const { return static_cast<int>(draws_.size()); }

  /** Where the draws of a chain go. */
  OutputFile* draws(int chain) { return draws_.at(chain).get(); }

  /** Where the diagnostics of a chain go; nullptr if not asked for. */
  OutputFile* diagnostic(int chain) {
    return diagnostics_.empty() ? nullptr : diagnostics_.at(chain).get();
  }

  /** Creates a CSV file beside the output, with its head: `<base>_<what>`. */
  OutputFile* AddCsv(const std::string& what);

  /** Creates a JSON file beside the output: `<base>_<what>[_<id>].json`. */
  OutputFile* AddJson(const std::string& what, int chain);

  /** Closes all files. @throws std::runtime_error if anything was lost */
  void Close();

 private:
  using Files = std::vector<std::unique_ptr<OutputFile>>;

  std::unique_ptr<OutputFile> Open(const std::string& name) const;
  Files OpenCsv(const std::string& path, int num_chains);

  const options::Settings& settings_;
  const ProgramInfo& info_;
  Files draws_;
  Files diagnostics_;
  Files extras_;
};

/** `path` with `_<what>.json` in place of its extension. */
std::string JsonName(const std::string& path, const std::string& what);

}  // namespace frontend::output

#endif
