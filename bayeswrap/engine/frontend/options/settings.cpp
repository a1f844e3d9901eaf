#include "options/settings.hpp"

#include <utility>

namespace frontend::options {

Settings::Settings() {
  for (const Option& option : Options())
    if (option.takes_value())
      defaults_.emplace(option.path,
                        ParseValue(option, std::string(option.fallback)));
}

void Settings::Set(std::string_view path, Value value) {
  values_.insert_or_assign(std::string(path), std::move(value));
}

void Settings::SetDefault(std::string_view path, Value value) {
  defaults_.insert_or_assign(std::string(path), std::move(value));
}

const Value& Settings::At(std::string_view path) const {
  const auto given = values_.find(path);
  if (given != values_.end()) return given->second;
  const auto fallback = defaults_.find(path);
  if (fallback == defaults_.end())
    throw std::logic_error("no argument called " + std::string(path));
  return fallback->second;
}

template <class T>
const T& Settings::Get(std::string_view path) const {
  if (const T* value = std::get_if<T>(&At(path))) return *value;
  throw std::logic_error("wrong type for argument " + std::string(path));
}

int Settings::Integer(std::string_view path) const {
  return static_cast<int>(Get<long long>(path));
}

unsigned int Settings::Unsigned(std::string_view path) const {
  return static_cast<unsigned int>(Get<long long>(path));
}

double Settings::Real(std::string_view path) const { return Get<double>(path); }

bool Settings::Flag(std::string_view path) const { return Get<bool>(path); }

const std::string& Settings::Text(std::string_view path) const {
  return Get<std::string>(path);
}

bool Settings::IsChosen(std::string_view path) const {
  const std::string_view choice = Parent(path);
  return Join(choice, Text(choice)) == path;
}

bool Settings::IsDefault(std::string_view path) const {
  const auto fallback = defaults_.find(path);
  return fallback != defaults_.end() && At(path) == fallback->second;
}

}  // namespace frontend::options
