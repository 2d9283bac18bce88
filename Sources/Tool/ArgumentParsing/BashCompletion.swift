/// The completion script for bash.
struct BashCompletion {
  let root: CommandNode

  var script: String {
    let commands = root.descendants
    let steps = commands.dropFirst().map { command in
      "      \(command.name.shellQuoted)) command=\(command.name.shellQuoted) ;;\n"
    }
    return """
      \(root.functionName)() {
        local current="${COMP_WORDS[COMP_CWORD]}"
        local previous="${COMP_WORDS[COMP_CWORD-1]}"
        # `--option=value` comes as three words.
        if [[ "$current" == "=" ]]; then
          current=""
        elif [[ "$previous" == "=" ]]; then
          previous="${COMP_WORDS[COMP_CWORD-2]}"
        fi
        local command=\(root.name.shellQuoted)
        local index
        for ((index = 1; index < COMP_CWORD; index++)); do
          case "$command ${COMP_WORDS[index]}" in
      \(steps.joined())      *) ;;
          esac
        done
        COMPREPLY=()
        case "$command" in
      \(commands.map(clause).joined())  esac
      }
      complete -F \(root.functionName) \(root.name.shellQuoted)

      """
  }

  /// The part of the script that completes one command's words.
  private func clause(for command: CommandNode) -> String {
    let arguments = command.arguments
    let values = arguments.filter { $0.kind == .option }.map { option in
      """
            \(option.names.joined(separator: "|")))
              \(reply(for: option.completion))
              return
              ;;

      """
    }
    let names = arguments.flatMap(\.names).joined(separator: " ")
    let subcommands = command.subcommands.map { $0.type.commandName }
    let positional = arguments.first { $0.kind == .positional }?.completion ?? .default
    return """
          \(command.name.shellQuoted))
            case "$previous" in
      \(values.joined())        *) ;;
            esac
            if [[ "$current" == -* ]]; then
              mapfile -t COMPREPLY < <(compgen -W \(names.shellQuoted) -- "$current")
              return
            fi
            \(reply(for: subcommands.isEmpty ? positional : .list(subcommands + ["help"])))
            ;;

      """
  }

  private func reply(for completion: CompletionKind) -> String {
    func list(_ words: [String]) -> String { words.joined(separator: " ").shellQuoted }
    return switch completion.source {
    case .nothing: ":"
    // Quotes names with spaces and marks folders.
    case .files: options("filenames") + reply("compgen -f -- \"$current\"")
    case .directories: options("filenames") + reply("compgen -d -- \"$current\"")
    case .words(let words):
      (words.contains { $0.hasSuffix("=") } ? options("nospace") : "")
        + reply("compgen -W \(list(words)) -- \"$current\"")
    // What stands before the last comma is kept.
    case .separatedWords(let words):
      reply(
        "compgen -P \"${current%\"${current##*,}\"}\" -W \(list(words)) -- \"${current##*,}\"")
    }
  }

  private func reply(_ generator: String) -> String { "mapfile -t COMPREPLY < <(\(generator))" }

  /// Sets an option of the completion; outside a completion it cannot be set.
  private func options(_ name: String) -> String { "compopt -o \(name) 2> /dev/null; " }
}
