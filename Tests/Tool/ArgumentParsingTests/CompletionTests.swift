import ArgumentParsing
import Foundation
import Testing

@Suite("Completion scripts")
struct CompletionTests {
  private func script(for shell: String) -> String {
    Tool.outcome(of: ["--generate-completion-script", shell]).standardOutput
  }

  /// What a shell prints for a script on its standard input; `nil` where it is not installed.
  private func output(of shell: String, _ arguments: [String], input: String) throws -> String? {
    let directories = ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
    let paths = directories.map { "\($0)/\(shell)" }
    guard let path = paths.first(where: FileManager.default.isExecutableFile) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = standardOutput
    try process.run()
    standardInput.fileHandleForWriting.write(Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let data = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self) + (process.terminationStatus == 0 ? "" : "failed")
  }

  @Test(
    "the shell, where present, finds no error in its script",
    arguments: [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")])
  func syntax(shell: String, option: String) throws {
    let script = script(for: shell)
    #expect(script.contains("syn2real"))
    #expect(try output(of: shell, [option], input: script) ?? "" == "")
  }

  @Test(
    "bash completes subcommands, options and their values",
    arguments: [
      ("syn2real tr", "train"), ("syn2real train --met", "--method"),
      ("syn2real train --method ", "csg vanilla asg"), ("syn2real train --method v", "vanilla"),
      ("syn2real datasets ", "make check help"), ("syn2real --v", "--version"),
      ("syn2real datasets check --j", ""), ("syn2real train /etc/hostn", "/etc/hostname"),
      ("syn2real train --set train.", "train.epochs= train.batch_size="),
      ("syn2real train --method = v", "vanilla"), ("syn2real train --method =", "csg vanilla asg"),
      ("syn2real train --stages ", "layer3 layer4"),
      ("syn2real train --stages layer4,l", "layer4,layer3 layer4,layer4"),
    ])
  func bashCompletion(line: String, expected: String) throws {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    let call = """
      COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " ")))
      COMP_CWORD=\(words.count - 1)
      _syn2real
      echo "${COMPREPLY[*]}"
      """
    let completed = try output(of: "bash", [], input: script(for: "bash") + call)
    #expect(completed ?? expected + "\n" == expected + "\n")
  }

  @Test("fish completes subcommands, options and their values")
  func fishCompletion() throws {
    let call = """
      complete -C 'syn2real tr'
      complete -C 'syn2real train --method v'
      complete -C 'syn2real datasets m'
      complete -C 'syn2real train --set train.e'
      complete -C 'syn2real train --stages layer4,l'
      complete -C 'syn2real train --stages=layer4,l'
      """
    let completed = try output(of: "fish", ["--no-config"], input: script(for: "fish") + call)
    let words = completed.map {
      $0.split(whereSeparator: \.isNewline).map { $0.prefix { $0 != "\t" } }
    }
    let expected: [Substring] = [
      "train", "vanilla", "make", "train.epochs=", "layer4,layer3", "layer4,layer4",
      "--stages=layer4,layer3", "--stages=layer4,layer4",
    ]
    #expect(words ?? expected == expected)
  }

  @Test("zsh's script offers files, folders, words and descriptions")
  func zshSpecifications() {
    let script = script(for: "zsh")
    for specification in [
      "':recipe:_files'", "'--output=[The run'\\''s folder.]:output:_files -/'",
      "(csg vanilla asg)'",
      "'*--set=[Replace a value of the recipe; may be given often.]:key=value:{compadd -S \"\" -- seed= train.epochs= "
        + "train.batch_size=}'",
      "'--stages=[The stages.]:stages: _values -s , stages layer3 layer4'",
      "'train:Train a network.'",
    ] {
      #expect(script.contains(specification))
    }
  }
}
