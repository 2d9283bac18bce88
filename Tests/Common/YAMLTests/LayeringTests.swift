import Foundation
import Testing
import YAML

@Suite("Files laid over others")
struct LayeringTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("below"), withIntermediateDirectories: true)
  }

  private func read(
    _ files: [String: String], _ name: String, dropping rule: YAMLDependentKeys? = nil
  ) throws -> YAMLNode {
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    return try YAMLNode(
      contentsOfFile: folder.appendingPathComponent(name).path, layeredOver: "base",
      replacingByName: "name", dropping: rule)
  }

  @Test("keys that belong to another key go where that one is given another value")
  func dependents() throws {
    let rule = YAMLDependentKeys(in: "data", of: "train", ["real", "unseen"])
    let files = [
      "base.yaml": "data: {train: a, real: [b], size: 3}\nseed: 1\n",
      "other.yaml": "base: base.yaml\ndata: {train: c, unseen: [d]}\n",
      "same.yaml": "base: base.yaml\ndata: {train: a}\n",
      "silent.yaml": "base: base.yaml\ndata: {size: 4}\n",
      "chain.yaml": "base: other.yaml\nseed: 2\n",
    ]
    func value(_ name: String) throws -> YAMLValue {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return try read(files, name, dropping: rule).value
    }
    #expect(
      try value("other.yaml") == [
        "data": ["train": "c", "size": 3, "unseen": ["d"]], "seed": 1,
      ])
    #expect(
      try value("same.yaml") == ["data": ["train": "a", "real": ["b"], "size": 3], "seed": 1])
    #expect(
      try value("silent.yaml") == ["data": ["train": "a", "real": ["b"], "size": 4], "seed": 1])
    #expect(
      try value("chain.yaml") == [
        "data": ["train": "c", "size": 3, "unseen": ["d"]], "seed": 2,
      ])
  }

  @Test("mappings are merged, everything else is replaced, and the key itself is gone")
  func merging() throws {
    let node = try read(
      [
        "base.yaml": "seed: 1\nmethod: {name: csg, stages: [3, 4], queue: 8}\ntrain: {epochs: 3}\n",
        "top.yaml": "base: base.yaml\nmethod: {stages: [4]}\ntrain: {epochs: null}\nextra: a\n",
      ], "top.yaml")
    let expected: YAMLValue = [
      "seed": 1, "method": ["name": "csg", "stages": [4], "queue": 8], "train": ["epochs": nil],
      "extra": "a",
    ]
    #expect(node.value == expected)
  }

  @Test("a mapping of another name replaces the whole one")
  func names() throws {
    let files = [
      "base.yaml": "method: {name: csg, queue: 8}\n",
      "other.yaml": "base: base.yaml\nmethod: {name: vanilla}\n",
      "same.yaml": "base: base.yaml\nmethod: {name: csg, ramp: true}\n",
    ]
    #expect(try read(files, "other.yaml").value == ["method": ["name": "vanilla"]])
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    #expect(
      try read(files, "same.yaml").value
        == ["method": ["name": "csg", "queue": 8, "ramp": true]])
  }

  @Test("a path is from the folder of the file that names it")
  func chain() throws {
    let node = try read(
      [
        "top.yaml": "base: below/middle.yaml\na: 1\n",
        "below/middle.yaml": "base: last.yaml\nb: 1\n",
        "below/last.yaml": "a: 0\nb: 0\nc: 0\n",
      ], "top.yaml")
    #expect(node.value == ["a": 1, "b": 1, "c": 0])
  }

  @Test("a file that is not at its path may lie elsewhere, under the path as it is written")
  func locating() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let elsewhere = folder.appendingPathComponent("below/found.yaml")
    try Data("base: there.yaml\na: 0\nb: 0\n".utf8).write(to: elsewhere)
    try Data("c: 0\n".utf8).write(to: folder.appendingPathComponent("below/there.yaml"))
    let top = folder.appendingPathComponent("top.yaml")
    // A folder of that name is no file.
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("known"), withIntermediateDirectories: true)
    try Data("base: known\na: 1\n".utf8).write(to: top)
    let node = try YAMLNode(
      contentsOfFile: top.path, layeredOver: "base", replacingByName: "name",
      locate: { $0 == "known" ? elsewhere.path : nil })
    #expect(node.value == ["c": 0, "a": 1, "b": 0])
  }

  @Test("a file below itself is refused, and an error names the file it is in")
  func errors() {
    expectError(
      ["a.yaml": "base: b.yaml\n", "b.yaml": "seed: 1\nbase: a.yaml\n"], "b.yaml:2", "leads back")
    expectError(["a.yaml": "base: ./a.yaml\n"], "a.yaml:1", "leads back")
    expectError(["a.yaml": "base: nowhere.yaml\n"], "nowhere.yaml", "cannot be read")
    var chain = ["a.yaml": "base: 0.yaml\n"]
    for number in 0..<100 { chain["\(number).yaml"] = "base: \(number + 1).yaml\n" }
    expectError(chain, "more than 64 files", "a.yaml")
    expectError(["a.yaml": "base: 3\n"], "a.yaml:1", "'base'")
    expectError(["a.yaml": "base: b.yaml\n", "b.yaml": "x: [\n"], "b.yaml", "not valid YAML")
  }

  private func expectError(
    _ files: [String: String], _ parts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    #expect(sourceLocation: sourceLocation) {
      try read(files, "a.yaml")
    } throws: { error in
      parts.allSatisfy { "\(error)".contains($0) }
    }
  }
}
