#ifndef FRONTEND_OUTPUT_CSV_WRITER_HPP
#define FRONTEND_OUTPUT_CSV_WRITER_HPP

#include <stan/callbacks/writer.hpp>
#include <string>
#include <vector>

#include "output/output_file.hpp"

namespace frontend::output {

/**
 * Stan's writer over one CSV file.
 *
 * Names and values become comma-separated lines, messages become comments.
 * Each line is flushed, so that a run which is stopped leaves whole lines.
 * Without a file nothing is written. The file outlives the writer.
 *
 * Every call throws std::runtime_error if the file cannot be written.
 */
class CsvWriter final : public stan::callbacks::writer {
 public:
  CsvWriter() = default;
  explicit CsvWriter(OutputFile* file) : file_(file) {}

  void operator()(const std::vector<std::string>& names) override {
    WriteRow(names);
  }
  void operator()(const std::vector<double>& values) override {
    WriteRow(values);
  }
  void operator()(const Eigen::VectorXd& values) override { WriteRow(values); }
  /** A blank follows each comma: this is how Stan's Pathfinder writes. */
  void operator()(const Eigen::RowVectorXd& values) override {
    WriteRow(values, ", ");
  }

  /** One line for each column of `draws`. */
  void operator()(const Eigen::MatrixXd& draws) override {
    for (Eigen::Index i = 0; i < draws.cols(); ++i) WriteRow(draws.col(i));
  }

  void operator()() override { (*this)(std::string()); }
  void operator()(const std::string& message) override {
    if (file_) file_->WriteLine("# " + message);
  }

  /** Lines of names or values that were written. */
  std::size_t num_rows() const { return num_rows_; }

  bool is_valid() const noexcept override { return file_ != nullptr; }

 private:
  template <class Row>
  void WriteRow(const Row& row, const char* separator = ",") {
    if (!file_ || row.size() == 0) return;
    std::ostream& out = file_->stream();
    for (decltype(row.size()) i = 0; i < row.size(); ++i)
      out << (i == 0 ? "" : separator) << row[i];
    file_->EndLine();
    ++num_rows_;
  }

  OutputFile* file_ = nullptr;
  std::size_t num_rows_ = 0;
};

}  // namespace frontend::output

#endif
