#ifndef FRONTEND_OUTPUT_TRAILING_COLUMNS_WRITER_HPP
#define FRONTEND_OUTPUT_TRAILING_COLUMNS_WRITER_HPP

#include <string>
#include <vector>

#include "output/csv_writer.hpp"

namespace frontend::output {

/**
 * A CSV writer that keeps the last columns of rows wider than the header.
 *
 * Stan's service for generated quantities hands over the parameters as well
 * when it runs several chains, although the header names only the quantities.
 */
class TrailingColumnsWriter final : public stan::callbacks::writer {
 public:
  explicit TrailingColumnsWriter(OutputFile* file) : csv_(file) {}

  void operator()(const std::vector<std::string>& names) override {
    num_columns_ = names.size();
    csv_(names);
  }
  void operator()(const std::vector<double>& values) override { csv_(values); }
  void operator()(const Eigen::VectorXd& values) override {
    csv_(Eigen::VectorXd(values.tail(num_columns_)));
  }
  void operator()() override { csv_(); }
  void operator()(const std::string& message) override { csv_(message); }

 private:
  CsvWriter csv_;
  Eigen::Index num_columns_ = 0;
};

}  // namespace frontend::output

#endif
