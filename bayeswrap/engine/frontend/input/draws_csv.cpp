#include "input/draws_csv.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "input/input_files.hpp"
#include "output/file_names.hpp"

namespace frontend::input {

namespace {

/** Takes a file apart line by line. */
class DrawsReader {
 public:
  DrawsReader(std::string what, const std::vector<std::string>& names)
      : what_(std::move(what)), names_(names) {}

  void ReadLine(const std::string& line) {
    ++line_number_;
    if (line.empty()) return;
    if (line[0] == '#') {
      ReadComment(line);
    } else if (!header_read_) {
      ReadHeader(line);
    } else {
      draws_.rows.push_back(ReadRow(line));
    }
  }

  Draws Finish() {
    if (!header_read_) throw std::runtime_error(what_ + ": no header line");
    return std::move(draws_);
  }

 private:
  void ReadComment(const std::string& line) {
    static const std::string key = "# method = ";
    if (line.rfind(key, 0) != 0) return;
    draws_.method = line.substr(key.size());
    draws_.method.resize(draws_.method.find(' ') == std::string::npos
                             ? draws_.method.size()
                             : draws_.method.find(' '));
  }

  void ReadHeader(const std::string& line) {
    const auto header = output::SplitList(line);
    num_columns_ = header.size();
    for (const std::string& name : names_) {
      const auto found = std::find(header.begin(), header.end(), name);
      if (found == header.end())
        throw std::runtime_error(what_ + ": no column for parameter '" + name +
                                 "'");
      columns_.push_back(found - header.begin());
    }
    header_read_ = true;
  }

  std::vector<double> ReadRow(const std::string& line) const {
    std::vector<double> all;
    all.reserve(num_columns_);
    const char* at = line.c_str();
    while (true) {
      char* end = nullptr;
      all.push_back(std::strtod(at, &end));
      if (end == at || (*end != ',' && *end != '\0')) FailRow();
      if (*end == '\0') break;
      at = end + 1;
    }
    if (all.size() != num_columns_) FailRow();
    std::vector<double> row;
    row.reserve(columns_.size());
    for (const std::size_t column : columns_) row.push_back(all[column]);
    return row;
  }

  [[noreturn]] void FailRow() const {
    throw std::runtime_error(what_ + ": line " + std::to_string(line_number_) +
                             " is not a row of " +
                             std::to_string(num_columns_) + " numbers");
  }

  std::string what_;
  const std::vector<std::string>& names_;
  std::vector<std::size_t> columns_;
  std::size_t num_columns_ = 0;
  std::size_t line_number_ = 0;
  bool header_read_ = false;
  Draws draws_;
};

}  // namespace

Draws ReadDraws(const std::string& argument, const std::string& path,
                const std::vector<std::string>& names) {
  std::ifstream in = Open(argument, path);
  DrawsReader reader(argument + "=" + path, names);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    reader.ReadLine(line);
  }
  return reader.Finish();
}

}  // namespace frontend::input
