import Foundation
import Runs
import Testing

/// The commit of a checkout, as git leaves it in its files.
@Suite struct CheckoutCommitTests {
  private let commit = String(repeating: "0123456789abcdef", count: 3).prefix(40).description

  @Test(arguments: ["loose", "packed", "detached", "worktree"])
  func everyFormIsRead(form: String) throws {
    let root = try folder()
    defer { try? FileManager.default.removeItem(atPath: root) }
    switch form {
    case "loose":
      try write("ref: refs/heads/main\n", to: "\(root)/.git/HEAD")
      try write("\(commit)\n", to: "\(root)/.git/refs/heads/main")
    case "packed":
      try write("ref: refs/heads/main\n", to: "\(root)/.git/HEAD")
      try write("# pack-refs\n\(commit) refs/heads/main\n", to: "\(root)/.git/packed-refs")
    case "detached": try write("\(commit)\n", to: "\(root)/.git/HEAD")
    default:
      try write("gitdir: store/worktrees/a\n", to: "\(root)/.git")
      try write("ref: refs/heads/main\n", to: "\(root)/store/worktrees/a/HEAD")
      try write("../..\n", to: "\(root)/store/worktrees/a/commondir")
      try write("\(commit)\n", to: "\(root)/store/refs/heads/main")
    }
    #expect(CheckoutCommit.commit(above: "\(root)/.build/release/program") == commit)
  }

  @Test func damagedFilesGiveNone() throws {
    let root = try folder()
    defer { try? FileManager.default.removeItem(atPath: root) }
    for head in ["ref: refs/heads/gone\n", "", "nonsense"] {
      try write(head, to: "\(root)/.git/HEAD")
      #expect(CheckoutCommit.commit(above: "\(root)/program") == nil)
    }
  }

  private func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/commit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private func write(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
