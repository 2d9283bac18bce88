import Foundation
import Recipes
import Testing
import Torch
import Training

/// What a recipe's file, its base and overrides say together, and where its paths lead.
@Suite struct RecipeFileTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/recipes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: "\(folder)/renders", withIntermediateDirectories: true)
  }

  @Test func aKeyTakesThePlaceOfItsRival() throws {
    defer { remove() }
    try write(
      """
      data: {train: x, held_out: y, styles: {folder: z}}
      method: {name: vanilla}
      train: {iterations: 90}
      """, to: "base.yaml")
    #expect(try recipe("base.yaml", ["train.epochs=3"]).train.length == .epochs(3))
    #expect(
      try recipe("base.yaml", ["train.epochs=3", "train.iterations=5"]).train.length
        == .iterations(5))
    #expect(try recipe("base.yaml", ["train.epochs=null"]).train.length == .iterations(90))
    #expect(throws: Never.self) { try recipe("base.yaml", ["data.styles.stylised=w"]) }
    try write("base: base.yaml\ntrain: {epochs: 4}\n", to: "top.yaml")
    #expect(try recipe("top.yaml").train.length == .epochs(4))
    #expect(try recipe("top.yaml", ["train.iterations=6"]).train.length == .iterations(6))
    // In one file they contradict each other.
    try write("base: base.yaml\ntrain: {epochs: 4, iterations: 2}\n", to: "both.yaml")
    #expect(throws: RecipeError.self) { try recipe("both.yaml") }
  }

  @Test func aZeroIsToldOfNull() throws {
    defer { remove() }
    try write("data: {train: x}\nmethod: {name: vanilla}\n", to: "a.yaml")
    for (key, meaning) in [("evaluate.every", "once an epoch"), ("train.iterations", "none")] {
      #expect {
        try recipe("a.yaml", ["\(key)=0"])
      } throws: {
        "\($0)".contains("or null for '\(meaning)'")
      }
      #expect {
        try recipe("a.yaml", ["\(key)=-1"])
      } throws: {
        !"\($0)".contains("null")
      }
      #expect(throws: Never.self) { try recipe("a.yaml", ["\(key)=null"]) }
    }
  }

  @Test func aPathLeadsFromTheWorkingFolderOrFromTheRecipe() throws {
    defer { remove() }
    // Tests run in the checkout, which has a folder Sources.
    try FileManager.default.createDirectory(
      atPath: "\(folder)/Sources", withIntermediateDirectories: true)
    try write(
      "data: {train: renders, held_out: Sources, real: [renders, nowhere]}\nmethod: {name: vanilla}",
      to: "a.yaml")
    let isThere = FileManager.default.fileExists(atPath: "Sources")
    let data = try recipe("a.yaml").data
    #expect(data.train == ["\(folder)/renders"])
    #expect(data.heldOut == [isThere ? "Sources" : "\(folder)/Sources"])
    #expect(data.real == ["\(folder)/renders", "nowhere"])
    // An override is written in no file.
    #expect(try recipe("a.yaml", ["data.train=renders"]).data.train == ["renders"])
    let read = try recipe("a.yaml")
    #expect(try Recipe(text: read.text(), source: "text") == read)
    for name in ["nowhere", "nowhere-{0..3}.tar"] {
      try write("data: {train: '\(name)'}\nmethod: {name: vanilla}", to: "b.yaml")
      let lost = try recipe("b.yaml")
      #expect {
        try Experiment(lost, device: .cpu)
      } throws: {
        "\($0)".contains(
          "no data at \(name), seen from the working folder, nor at \(folder)/\(name)")
      }
    }
  }

  private func recipe(_ name: String, _ overrides: [String] = []) throws -> Recipe {
    try Recipe(contentsOf: "\(folder)/\(name)", overrides: overrides)
  }

  private func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
