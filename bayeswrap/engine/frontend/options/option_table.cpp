#include "options/option_table.hpp"

#include <algorithm>
#include <sstream>

#include "options/rows.hpp"

namespace frontend::options {

namespace {

Rows BuildTable() {
  Rows rows{{paths::kMethod, Kind::Choice, "sample", kAny, "What to compute"}};
  Append(rows, SampleRows());
  Append(rows, OptimizeRows());
  Append(rows, GenerateQuantitiesRows());
  Append(rows, PathfinderRows());
  Append(rows, LogProbRows());
  Append(rows, LaplaceRows());
  Append(rows, GeneralRows());
  return rows;
}

}  // namespace

void Append(Rows& rows, const Rows& more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

bool Range::Contains(double value) const {
  const bool above = low_open ? value > low : value >= low;
  const bool below = high_open ? value < high : value <= high;
  return above && below;
}

std::string Range::Describe(std::string_view name) const {
  const bool bounded_low = low > -kInf;
  const bool bounded_high = high < kInf && high != kMaxInt;
  std::ostringstream out;
  out.precision(10);
  if (low == high) {
    out << name << " = " << low;
  } else if (bounded_low && !bounded_high) {
    out << name << (low_open ? " > " : " >= ") << low;
  } else {
    if (bounded_low) out << low << (low_open ? " < " : " <= ");
    out << name;
    if (bounded_high) out << (high_open ? " < " : " <= ") << high;
  }
  return out.str();
}

std::string_view Option::name() const {
  return std::string_view(path).substr(path.rfind('.') + 1);  // npos + 1 is 0
}

int Option::depth() const {
  return static_cast<int>(std::count(path.begin(), path.end(), '.'));
}

bool Option::takes_value() const {
  return kind != Kind::Group && kind != Kind::Section && kind != Kind::Plain;
}

const std::vector<Option>& Options() {
  static const Rows table = BuildTable();
  return table;
}

const Option* Find(std::string_view path) {
  for (const Option& option : Options())
    if (option.path == path) return &option;
  return nullptr;
}

std::vector<const Option*> Children(std::string_view path) {
  std::vector<const Option*> found;
  for (const Option& option : Options())
    if (Parent(option.path) == path) found.push_back(&option);
  return found;
}

std::string_view Parent(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view()
                                       : path.substr(0, dot);
}

std::string Join(std::string_view path, std::string_view name) {
  std::string joined(path);
  if (!joined.empty()) joined += '.';
  return joined.append(name);
}

std::string ChildNames(std::string_view path) {
  std::string names;
  for (const Option* child : Children(path)) {
    if (!names.empty()) names += ", ";
    names += child->name();
  }
  return names;
}

std::string Typed(const Option& option) {
  std::string words;
  for (std::size_t end = option.path.find('.');;
       end = option.path.find('.', end + 1)) {
    const Option* row = Find(option.path.substr(0, end));
    const Option* above = Find(Parent(row->path));
    const bool of_choice = above && above->kind == Kind::Choice;
    const bool spelled = of_choice && above->path != paths::kMethod;
    if (row->kind != Kind::Choice || row == &option) {
      if (!words.empty()) words += ' ';
      if (spelled) words.append(above->name()) += '=';
      words += row->name();
    }
    if (end == std::string_view::npos) return words;
  }
}

}  // namespace frontend::options
