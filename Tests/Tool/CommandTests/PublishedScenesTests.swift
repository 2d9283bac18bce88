import CheckoutSupport
import Foundation
import Imaging
import Testing

extension CommandSuite {
  /// Training on SYNTHIA and UrbanSyn, judged on BDD100K and Mapillary Vistas, in miniature.
  @Suite struct PublishedScenesTests {
    private struct Results: Decodable {
      let evaluations: [Record]
    }

    private struct Record: Decodable {
      let dataset: String
      let classes: [String]
      let miou: Double
      let class_iou: [String: Double]
      let confusion: [[Int]]
      let judged_classes: String?
    }

    private static let sets = Checkout.path("Tests/Data/DatasetsTests/Fixtures/scenes")
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func train(
      _ sets: [String], into name: String, real: [String]
    ) throws -> Command.Outcome {
      func list(_ paths: [String]) -> String { "[" + paths.joined(separator: ", ") + "]" }
      let recipe = try folder.write(
        """
        task: segmentation
        data: {train: \(list(sets)), held_out: \(Self.sets)/synthia, real: \(list(real)), image_size: 32}
        model: {backbone: resnet18, weights: random, head: aspp}
        method: {name: vanilla}
        train: {iterations: 2, batch_size: 2}
        evaluate: {every: 2, height: 40}
        """, to: "\(name).yaml")
      return try Command.run(
        ["train", recipe, "--output", folder.path(name), "--device", "cpu", "--threads", "1"])
    }

    private func results(_ name: String) throws -> [Record] {
      try JSONDecoder().decode(
        Results.self,
        from: Data(contentsOf: URL(fileURLWithPath: folder.path("\(name)/results.json")))
      ).evaluations
    }

    @Test func aSourceWithFewerClassesIsTrainedOnAmongOthers() throws {
      let trained = try train(
        ["synthia", "urbansyn"].map { "\(Self.sets)/\($0)" }, into: "run",
        real: ["bdd100k/images/10k/val", "mapillary/validation"].map { "\(Self.sets)/\($0)" })
      #expect(trained.exitCode == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "synthia: 16 of 19 classes are labelled: it has no terrain, truck, train"),
        "\(trained.errors)")
      let records = try results("run")
      #expect(records.map { $0.classes.count } == [19, 19, 19])
      #expect(
        records.map { $0.judged_classes ?? "" } == [
          "16 of 19 classes are labelled: it has no terrain, truck, train", "", "",
        ])

      // Predictions are written in the values of the set that is judged.
      let maps = folder.path("maps")
      let judged = try Command.run(
        ["evaluate", folder.path("run"), "--data", "\(Self.sets)/mapillary/validation", "--json"]
          + ["--mean-without", "wall, fence,pole", "--predictions", maps, "--device", "cpu"])
      #expect(judged.exitCode == 0, "\(judged.errors)")
      let record = try #require(try judged.json(as: [Record].self).first)
      #expect(record.judged_classes == "the means leave out wall, fence, pole")
      #expect(record.confusion == records[2].confusion)
      let kept = record.classes.filter { !["wall", "fence", "pole"].contains($0) }
      #expect(kept.count == 16)
      let mean = kept.compactMap { record.class_iou[$0] }.reduce(0, +) / 16
      #expect(abs(mean - record.miou) < 1e-9)
      let map = try Image.decodeIndices(path: maps + "/_1Gn_xkw7sa_i9GU4mkxxQ.png")
      let known: Set<UInt8> = [
        13, 15, 17, 6, 3, 45, 48, 50, 30, 29, 27, 19, 20, 55, 61, 54, 58, 57, 52,
      ]
      #expect(Set(map.pixels).isSubset(of: known))

      for (names, said) in [
        ("walls", "'walls'"), (record.classes.joined(separator: ","), "keep at least one"),
      ] {
        let refused = try Command.run(
          ["evaluate", folder.path("run"), "--mean-without", names, "--device", "cpu"])
        #expect(refused.exitCode == 1 && refused.sentence.contains(said), "\(refused.errors)")
      }
    }

    @Test func aSourceOfSixteenClassesIsJudgedOnThem() throws {
      // Twice the same scene, since a batch of one has no statistics.
      let root = folder.path("synthia")
      try FileManager.default.copyItem(atPath: "\(Self.sets)/synthia", toPath: root)
      for part in ["RGB", "GT/LABELS"] {
        try FileManager.default.copyItem(
          atPath: "\(root)/\(part)/0000003.png", toPath: "\(root)/\(part)/0000004.png")
      }
      let trained = try train([root], into: "run", real: ["\(Self.sets)/urbansyn"])
      #expect(trained.exitCode == 0, "\(trained.errors)")
      let record = try #require(try results("run").last)
      #expect(record.classes.count == 16)
      #expect(
        record.judged_classes
          == "judged on 16 of 16 classes: left out are its classes terrain, truck, train")
    }
  }
}
