#include <cstdio>
#include <iomanip>
#include <limits>

#include "output/config.hpp"
#include "stan/version.hpp"

namespace frontend::output {

namespace {

using options::Kind;
using options::Option;

/** `text` as a JSON string. */
std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      quoted += escape;
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

void WriteValue(std::ostream& out, const std::string& text) {
  out << Quote(text);
}

template <class T>
void WriteValue(std::ostream& out, T value) {
  out << std::boolalpha << value;
}

/** Writes nested objects, one member a line, with commas between members. */
class JsonObject {
 public:
  explicit JsonObject(std::ostream& out) : out_(out) {
    out_ << std::setprecision(std::numeric_limits<double>::max_digits10) << '{';
  }

  template <class T>
  void Member(std::string_view key, const T& value) {
    Key(key);
    WriteValue(out_, value);
  }

  void Open(std::string_view key) {
    Key(key);
    out_ << '{';
    ++level_;
    first_ = true;
  }

  void Close() {
    --level_;
    out_ << '\n' << std::string(2 * level_, ' ') << '}';
    first_ = false;
  }

 private:
  void Key(std::string_view key) {
    out_ << (first_ ? "\n" : ",\n") << std::string(2 * level_, ' ')
         << Quote(key) << " : ";
    first_ = false;
  }

  std::ostream& out_;
  int level_ = 1;
  bool first_ = true;
};

void WriteMembers(JsonObject& object, const options::Settings& settings,
                  std::string_view path);

void WriteChoice(JsonObject& object, const options::Settings& settings,
                 const Option& choice) {
  const std::string& name = settings.Text(choice.path);
  const auto chosen = options::Join(choice.path, name);
  object.Open(choice.name());
  object.Member("value", name);
  if (options::Find(chosen)->kind == Kind::Section) {
    object.Open(name);
    WriteMembers(object, settings, chosen);
    object.Close();
  }
  object.Close();
}

void WriteMembers(JsonObject& object, const options::Settings& settings,
                  std::string_view path) {
  for (const Option* option : options::Children(path)) {
    if (option->kind == Kind::Choice) {
      WriteChoice(object, settings, *option);
    } else if (option->kind == Kind::Group) {
      object.Open(option->name());
      WriteMembers(object, settings, option->path);
      object.Close();
    } else if (option->takes_value()) {
      std::visit([&](const auto& v) { object.Member(option->name(), v); },
                 settings.At(option->path));
    }
  }
}

/** Splits lines `key = value` into members. */
void WriteCompileMembers(JsonObject& object, const ProgramInfo& info) {
  for (const std::string& line : info.compile_info) {
    const auto equals = line.find(" = ");
    if (equals == std::string::npos) continue;
    object.Member(line.substr(0, equals), line.substr(equals + 3));
  }
}

}  // namespace

void WriteConfigJson(std::ostream& out, const options::Settings& settings,
                     const ProgramInfo& info) {
  JsonObject object(out);
  object.Member("stan_major_version", stan::MAJOR_VERSION);
  object.Member("stan_minor_version", stan::MINOR_VERSION);
  object.Member("stan_patch_version", stan::PATCH_VERSION);
  object.Member("model_name", info.model_name);
  object.Member("start_datetime", info.start_time);
  WriteMembers(object, settings, "");
  object.Member("mpi_enabled", false);
  WriteCompileMembers(object, info);
  object.Close();
  out << '\n';
}

}  // namespace frontend::output
