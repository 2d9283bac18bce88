/// The completion script for zsh.
struct ZshCompletion {
  let root: CommandNode

  var script: String {
    """
    #compdef \(root.name)
    \(root.descendants.reversed().map(function).joined())
    if [ "$funcstack[1]" = \(root.functionName.shellQuoted) ]; then
      \(root.functionName) "$@"
    else
      compdef \(root.functionName) \(root.name)
    fi

    """
  }

  /// The function that completes one command.
  private func function(for command: CommandNode) -> String {
    let subcommands = command.subcommands
    let specifications = command.arguments.flatMap(specifications)
    guard !subcommands.isEmpty else {
      return """

        \(command.functionName)() {
          _arguments -s -S \(specifications.joined(separator: " \\\n    "))
        }

        """
    }
    let words = subcommands.map { subcommand in
      let abstract = subcommand.configuration.abstract
      return "\(subcommand.type.commandName):\(abstract)".shellQuoted
    }
    let branches = subcommands.map { subcommand in
      "        \(subcommand.type.commandName.shellQuoted)) \(subcommand.functionName) ;;\n"
    }
    let all = specifications + ["'1: :->command'", "'*:: :->arguments'"]
    return """

      \(command.functionName)() {
        local context state state_descr line
        local -A opt_args
        _arguments -C \(all.joined(separator: " \\\n    "))
        case "$state" in
          command)
            local -a commands=(\(words.joined(separator: " ")))
            _describe command commands
            ;;
          arguments)
            case "$line[1]" in
      \(branches.joined())      esac
            ;;
        esac
      }

      """
  }

  /// The specifications for `_arguments`, one for each name.
  private func specifications(of argument: ArgumentDescription) -> [String] {
    let action =
      switch argument.completion.source {
      case .nothing: " "
      case .files: "_files"
      case .directories: "_files -/"
      case .words(let words) where words.contains { $0.hasSuffix("=") }:
        "{compadd -S \"\" -- \(words.map(escaped).joined(separator: " "))}"
      case .words(let words): "(\(words.map(escaped).joined(separator: " ")))"
      // The space before it keeps `_arguments` from adding words of its own.
      case .separatedWords(let words):
        " _values -s , \(escaped(argument.valueName)) \(words.map(escaped).joined(separator: " "))"
      }
    let value = ":\(escaped(argument.valueName)):\(action)"
    if argument.kind == .positional {
      return [((argument.isRepeating ? "*" : "") + value).shellQuoted]
    }
    return argument.names.map { name in
      let repeated = argument.isRepeating ? "*" : ""
      let joint = argument.kind == .flag ? "" : name.hasPrefix("--") ? "=" : "+"
      let help = "[\(escaped(argument.abstract))]"
      return (repeated + name + joint + help + (argument.kind == .flag ? "" : value)).shellQuoted
    }
  }

  /// The text with escapes before the characters that have a meaning for `_arguments`.
  private func escaped(_ text: String) -> String {
    text.map { #":[]()\ "#.contains($0) && $0 != " " ? "\\\($0)" : String($0) }.joined()
  }
}
