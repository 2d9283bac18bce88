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
    let generator =
      switch completion.source {
      case .nothing: ":"
      case .files: "compgen -f"
      case .directories: "compgen -d"
      case .words(let words): "compgen -W \(words.joined(separator: " ").shellQuoted)"
      }
    guard generator != ":" else { return generator }
    let reply = "mapfile -t COMPREPLY < <(\(generator) -- \"$current\")"
    let isPath = completion == .file() || completion == .directory
    // Quotes names with spaces and marks folders; outside a completion the option cannot be set.
    return isPath ? "compopt -o filenames 2> /dev/null; " + reply : reply
  }
}
