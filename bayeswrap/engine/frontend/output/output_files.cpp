#include "output/output_files.hpp"

#include "output/file_names.hpp"

namespace frontend::output {

OutputFiles::OutputFiles(const options::Settings& settings,
                         const ProgramInfo& info, int num_chains)
    : settings_(settings), info_(info) {
  draws_ = OpenCsv(paths::output::kFile, num_chains);
  for (const auto& file : draws_) WriteCompileInfo(file->stream(), info);
  if (!settings.Text(paths::output::kDiagnosticFile).empty())
    diagnostics_ = OpenCsv(paths::output::kDiagnosticFile, num_chains);
  if (settings.Flag(paths::output::kSaveConfig)) {
    const auto first = SplitList(settings.Text(paths::output::kFile)).front();
    OutputFile json(JsonName(first, "config"));
    WriteConfigJson(json.stream(), settings, info);
    json.Close();
  }
}

std::unique_ptr<OutputFile> OutputFiles::Open(const std::string& name) const {
  auto file = std::make_unique<OutputFile>(
      name, settings_.Integer(paths::output::kSigFigs));
  WriteConfigComments(file->stream(), settings_, info_);
  return file;
}

OutputFiles::Files OutputFiles::OpenCsv(const std::string& path,
                                        int num_chains) {
  Files files;
  const std::string key(options::Find(path)->name());
  for (const std::string& name :
       ChainCsvNames(key, settings_.Text(path), num_chains,
                     settings_.Integer(paths::kId)))
    files.push_back(Open(name));
  return files;
}

OutputFile* OutputFiles::AddCsv(const std::string& what) {
  const std::string base =
      WithCsvExtension(settings_.Text(paths::output::kFile));
  extras_.push_back(Open(InsertBeforeExtension(base, "_" + what)));
  WriteCompileInfo(extras_.back()->stream(), info_);
  return extras_.back().get();
}

OutputFile* OutputFiles::AddJson(const std::string& what, int chain) {
  const auto list = SplitList(settings_.Text(paths::output::kFile));
  const bool listed = num_chains() > 1 && list.size() > 1;
  const bool numbered = num_chains() > 1 && !listed;
  const std::string tag =
      numbered ? "_" + std::to_string(settings_.Integer(paths::kId) + chain)
               : "";
  const std::string base =
      listed ? list[chain] : settings_.Text(paths::output::kFile);
  extras_.push_back(std::make_unique<OutputFile>(
      JsonName(base, what + tag), settings_.Integer(paths::output::kSigFigs)));
  return extras_.back().get();
}

void OutputFiles::Close() {
  for (const Files* files : {&draws_, &diagnostics_, &extras_})
    for (const auto& file : *files) file->Close();
}

std::string JsonName(const std::string& path, const std::string& what) {
  const std::string csv = WithCsvExtension(path);
  return csv.substr(0, csv.rfind('.')) + "_" + what + ".json";
}

}  // namespace frontend::output
