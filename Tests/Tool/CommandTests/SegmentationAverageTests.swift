import Foundation
import TensorFiles
import Testing

extension CommandSuite.SegmentationTests {
  /// The mean cross-entropy of held-out pixels chooses which steps are averaged; resumed, it chooses the same.
  @Test func weightsAreAveragedAroundTheLowestLoss() throws {
    struct Results: Decodable {
      struct Average: Decodable {
        let name: String
        let first: Int?
        let last: Int?
        let iteration: Int
      }
      let average: Average?
    }
    func average(_ name: String) throws -> Results.Average? {
      let path = folder.path("\(name)/results.json")
      let results = try JSONDecoder().decode(
        Results.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
      return results.average
    }
    let settings =
      ["average=swad", "average_start_patience=2", "average_end_patience=2"]
      .flatMap { ["--set", "train.\($0)"] } + ["--set", "evaluate.every=1"]
    let whole = try train(into: "whole", settings)
    #expect(whole.exitCode == 0, "\(whole.errors)")
    let average = try #require(try average("whole"))
    #expect(average.name == "swad")
    let (first, last) = (try #require(average.first), try #require(average.last))
    #expect(first >= 1 && first <= last && last <= average.iteration)
    // The mean begins at the lowest loss so far, of the student and of held-out scenes.
    let lines = try String(
      contentsOfFile: folder.path("whole/evaluations.jsonl"), encoding: .utf8
    ).split(separator: "\n")
    struct Line: Decodable {
      let iteration: Int
      let domain: String
      let weights: String?
      let loss: Double?
    }
    let judged = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(judged.allSatisfy { ($0.loss == nil) == ($0.domain != "synthetic") })
    let losses = judged.filter { $0.domain == "synthetic" && $0.weights == nil }
      .compactMap { line in line.loss.map { (iteration: line.iteration, loss: $0) } }
    let start = try #require(losses.first { $0.iteration == first })
    #expect(losses.filter { $0.iteration <= first + 1 }.allSatisfy { $0.loss >= start.loss })
    #expect(try train(into: "part", settings + ["--until", "2"]).exitCode == 0)
    #expect(try train(into: "part", settings + ["--resume", "auto"]).exitCode == 0)
    let states = try ["whole", "part"].map {
      try TensorFile.read(folder.path("\($0)/checkpoints/average.safetensors"))
    }
    let isSame = states[0].entries == states[1].entries
    #expect(isSame && states[0].entries.count > 100)
    let evaluated = try Command.run(
      ["evaluate", folder.path("whole/checkpoints/average.safetensors"), "--device", "cpu"])
    #expect(evaluated.exitCode == 0, "\(evaluated.errors)")
  }
}
