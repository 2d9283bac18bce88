/// The completion script for fish.
struct FishCompletion {
  let root: CommandNode

  var script: String {
    let commands = root.descendants
    let steps = commands.dropFirst().map { command in
      "      case \(quoted(command.name))\n        set path \(quoted(command.name))\n"
    }
    let loop = """
        for word in (commandline -opc)[2..-1]
          switch "$path $word"
      \(steps.joined())    end
        end

      """
    return """
      function \(separator)
        set -l done (string match -r -- '.*,' (commandline -ct | string replace -r -- '^--[^=]*=' ''))
        printf '%s\\n' "$done"$argv
      end

      function \(function)
        set -l path \(quoted(root.name))
      \(steps.isEmpty ? "" : loop)  test "$path" = "$argv[1]"
      end

      \(commands.flatMap(completions).joined(separator: "\n"))

      """
  }

  private var function: String { "_\(root.functionName)_is_at" }
  /// Prints its arguments after what stands before the last comma of the current word.
  private var separator: String { "_\(root.functionName)_after_commas" }

  /// The `complete` commands for one command's subcommands and arguments.
  private func completions(for command: CommandNode) -> [String] {
    let start =
      "complete -c \(quoted(root.name)) -n \(quoted("\(function) \(quoted(command.name))"))"
    let subcommands = command.subcommands.map { subcommand in
      let abstract = quoted(subcommand.configuration.abstract)
      return "\(start) -f -a \(quoted(subcommand.type.commandName)) -d \(abstract)"
    }
    let arguments = command.arguments.map { argument in
      let names = argument.names.map { name in
        name.hasPrefix("--") ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())"
      }
      let help = argument.kind == .positional ? "" : " -d \(quoted(argument.abstract))"
      return start + names.joined() + values(of: argument) + help
    }
    return subcommands + arguments
  }

  private func values(of argument: ArgumentDescription) -> String {
    let required = argument.kind == .option ? " -r" : ""
    if argument.kind == .flag { return " -f" }
    return switch argument.completion.source {
    case .nothing: required + " -f"
    case .files: required + " -F"
    case .directories: required + " -f -a '(__fish_complete_directories)'"
    case .words(let words): required + " -f -a \(quoted(words.joined(separator: " ")))"
    case .separatedWords(let words):
      required + " -f -a \(quoted("(\(separator) \(words.joined(separator: " ")))"))"
    }
  }

  /// The text in fish's single quotes, which know `\'` and `\\` only.
  private func quoted(_ text: String) -> String {
    "'" + text.map { #"'\"#.contains($0) ? "\\\($0)" : String($0) }.joined() + "'"
  }
}
