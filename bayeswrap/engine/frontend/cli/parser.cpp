#include "cli/parser.hpp"

#include <utility>

namespace frontend::cli {

namespace {

using options::ChildNames;
using options::Find;
using options::Join;
using options::Kind;
using options::Option;
using options::Parent;
using options::UsageError;

/** Reads words one by one and keeps track of the innermost open group. */
class Parser {
 public:
  /** Reads one word; returns false if it ends the command line. */
  bool Read(const std::string& word) {
    const auto equals = word.find('=');
    if (equals != std::string::npos) {
      Assign(word.substr(0, equals), word.substr(equals + 1), word);
    } else if (word == "help" || word == "help-all") {
      line_.request = word == "help" ? Request::Help : Request::HelpAll;
      return false;
    } else {
      Open(word);
    }
    return true;
  }

  /** The result, once all words were read. */
  CommandLine Finish() {
    line_.scope = scope_;
    if (line_.request == Request::Run && !method_given_)
      throw UsageError("no method was given; valid methods: " +
                       ChildNames(paths::kMethod));
    return std::move(line_);
  }

 private:
  /** The row `key` visible from the open group, innermost first. */
  const Option* Lookup(const std::string& key, bool with_value) const {
    for (std::string_view scope = scope_;; scope = Parent(scope)) {
      const Option* found = Find(Join(scope, key));
      if (found &&
          (with_value ? found->takes_value() : found->kind == Kind::Group))
        return found;
      if (scope.empty()) return nullptr;
    }
  }

  void Assign(const std::string& key, const std::string& text,
              const std::string& word) {
    const Option* option = Lookup(key, true);
    if (!option) throw UsageError(Unknown(word, key));
    if (option->path == paths::kMethod) return OpenMethod(text);
    line_.settings.Set(option->path, options::ParseValue(*option, text));
    scope_ = option->kind == Kind::Choice ? Join(option->path, text)
                                          : std::string(Parent(option->path));
  }

  void Open(const std::string& word) {
    const Option* group = Lookup(word, false);
    if (group) {
      scope_ = group->path;
    } else if (Find(Join(paths::kMethod, word))) {
      OpenMethod(word);
    } else if (const Option* option = Lookup(word, true)) {
      throw UsageError(word + " needs a value: " + word + "=..., " +
                       options::DescribeValid(*option));
    } else {
      throw UsageError(Unknown(word, word));
    }
  }

  void OpenMethod(const std::string& name) {
    line_.settings.Set(paths::kMethod,
                       options::ParseValue(*Find(paths::kMethod), name));
    if (method_given_)
      throw UsageError("method " + name + ": a method was already given");
    method_given_ = true;
    scope_ = Join(paths::kMethod, name);
  }

  /** Error text for a word that is not valid here. */
  std::string Unknown(const std::string& word, const std::string& key) const {
    std::string message = word + ": unknown or misplaced argument";
    std::string places;
    for (const Option& option : options::Options())
      if (option.name() == key && option.depth() > 0)
        places.append(places.empty() ? "" : ", ")
            .append(options::Typed(option));
    if (!places.empty()) return message + "; it is valid as: " + places;
    const auto in_scope = ChildNames(scope_);
    if (!method_given_)
      return message + "; valid methods: " + ChildNames(paths::kMethod);
    return message + "; valid " +
           (in_scope.empty() ? "arguments: " + ChildNames("")
                             : "here: " + in_scope);
  }

  CommandLine line_;
  std::string scope_;
  bool method_given_ = false;
};

}  // namespace

CommandLine Parse(const std::vector<std::string>& words) {
  if (words.size() == 1 && words[0] == "info") {
    CommandLine line;
    line.request = Request::Info;
    return line;
  }
  Parser parser;
  for (const std::string& word : words)
    if (!parser.Read(word)) break;
  return parser.Finish();
}

}  // namespace frontend::cli
