/// The shells that completion scripts are written for.
enum CompletionShell: String, CaseIterable {
  case bash, zsh, fish

  /// The script that completes the command, its subcommands and their arguments.
  func script(for root: CommandNode) -> String {
    switch self {
    case .bash: BashCompletion(root: root).script
    case .zsh: ZshCompletion(root: root).script
    case .fish: FishCompletion(root: root).script
    }
  }
}

extension CommandNode {
  /// This command and all below it, parents first.
  var descendants: [CommandNode] { [self] + subcommands.flatMap(\.descendants) }

  /// A shell function's name for this command.
  var functionName: String {
    "_" + name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
  }
}

extension String {
  /// The text as one word of a POSIX shell.
  var shellQuoted: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
