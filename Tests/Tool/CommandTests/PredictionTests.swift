import Foundation
import Imaging
import Testing

extension CommandSuite {
  /// What `evaluate --predictions` and `predict` write, and what they do not touch.
  @Suite struct PredictionTests {
    private let scenes: SegmentationTests
    private var folder: ScratchFolder { scenes.folder }
    private var checkpoint: String { folder.path("run/checkpoints/best.safetensors") }

    init() throws {
      scenes = try SegmentationTests()
      #expect(try scenes.train(into: "run").exitCode == 0)
    }

    @Test func theDataAreNeverOverwritten() throws {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("link"), withDestinationPath: folder.path("other/labels"))
      try folder.makeFolder("maps")
      try FileManager.default.linkItem(
        atPath: folder.path("other/labels/2.png"), toPath: folder.path("maps/2.png"))
      let before = try contents("other")
      for place in [
        "other/labels", "other/images", "other/images/../labels/.", "link", "maps", "other/labels/",
      ] {
        let outcome = try evaluate(["other"], into: folder.url.path + "/" + place)
        #expect(outcome.exitCode == 1)
        #expect(outcome.sentence.contains("nothing was written"), "\(place): \(outcome.sentence)")
        #expect(outcome.output.isEmpty)
        #expect(try contents("other") == before)
      }
      // Nor the maps of one data set among those of another.
      let outcome = try evaluate(["other", "train"], into: folder.path("train/images"))
      #expect(outcome.exitCode == 1 && outcome.sentence.contains("train/images"))
    }

    @Test func noMapIsLostWhereImagesShareTheirNames() throws {
      let outcome = try evaluate(["other", "train", "held-out"], into: folder.path("maps"))
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(
        pictures("maps")
          == ["held-out", "other", "train"].flatMap { set in
            (0..<4).map { "\(set)/images/\($0).png" }
          })
      // A single data set, even if named twice, needs no folders.
      #expect(try evaluate(["other", "other/"], into: folder.path("alone")).exitCode == 0)
      #expect(pictures("alone") == (0..<4).map { "\($0).png" })
    }

    @Test func picturesOfOneNameKeepTheirFolders() throws {
      for copy in ["x.webp/x.png", "a.b/x.png", "a.b/x.jpg"] {
        try folder.makeFolder((copy as NSString).deletingLastPathComponent)
        try FileManager.default.copyItem(
          atPath: folder.path("other/images/0.png"), toPath: folder.path(copy))
      }
      let first = try predict(["x.webp/x.png", "a.b/x.png"])
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(
        pictures("pictures")
          == ["a.b/x", "x.webp/x"].flatMap { ["\($0)-labels.png", "\($0)-overlay.png"] })
      #expect(try predict(["a.b/x.png", "a.b/x.jpg"], into: "formats").exitCode == 0)
      #expect(
        pictures("formats")
          == ["x.jpg", "x.png"].flatMap { ["\($0)-labels.png", "\($0)-overlay.png"] })
    }

    @Test func aPictureThatCannotBeJudgedIsNamedAndTheOthersAreJudged() throws {
      let text = try folder.write("no picture", to: "text.png")
      let outcome = try predict(["other/images/0.png", "text.png", "other/images/1.png"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors.contains("Error: \(text): not a JPEG, PNG or WebP image"))
      #expect(
        outcome.sentence == "Error: 1 of 3 pictures could not be judged: \(text)",
        "\(outcome.sentence)")
      #expect(outcome.output.split(separator: "\n").count == 2)
      #expect(pictures("pictures").count == 4)
    }

    /// A picture narrower than a square of its legend, and one from which no view can be made.
    @Test func picturesOfFewPixelsAreJudged() throws {
      for (name, width, height) in [("narrow", 1, 40), ("two", 2, 3), ("flat", 40, 1)] {
        try Image(width: width, height: height, color: [90, 120, 30])
          .writePNG(to: folder.path("\(name).png"))
      }
      let outcome = try predict(["narrow.png", "two.png", "flat.png"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let overlay = try Image.decodeRGB(path: folder.path("pictures/narrow-overlay.png"))
      #expect(overlay.pixels[0] != 255 && overlay.width > 11 && overlay.height > 50)
      #expect(try Image.decodeIndices(path: folder.path("pictures/narrow-labels.png")).width == 1)

      let run = try SmallRun()
      try Image(width: 1, height: 300_000, color: [9, 9, 9])
        .writePNG(to: run.folder.path("long.png"))
      #expect(try run.train().exitCode == 0)
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      let long = run.folder.path("long.png")
      let judged = try Command.run(
        ["predict", checkpoint, long, run.folder.path("photographs/boat/1.png"), "--device", "cpu"])
      #expect(judged.exitCode == 1)
      #expect(
        judged.errors.contains(
          "Error: \(long): An image cannot be 32 × 9600000 pixels; sides are at least 1"))
      #expect(judged.output.contains("boat/1.png: "))
      try FileManager.default.moveItem(
        atPath: long, toPath: run.folder.path("drawings/boat/long.png"))
      let trained = try run.train(into: "second", set: ["train.iterations=3"])
      #expect(trained.exitCode == 1)
      #expect(
        trained.sentence.contains("drawings/boat/long.png: An image cannot be"),
        "\(trained.sentence)")
    }

    @Test func anInputIsNoOutput() throws {
      try FileManager.default.copyItem(
        atPath: folder.path("other/images/0.png"), toPath: folder.path("x.png"))
      try FileManager.default.copyItem(
        atPath: folder.path("other/images/1.png"), toPath: folder.path("x-overlay.png"))
      let before = FileManager.default.contents(atPath: folder.path("x-overlay.png"))
      let outcome = try predict(["x.png", "x-overlay.png"], into: ".")
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("x-overlay.png is read"), "\(outcome.sentence)")
      #expect(FileManager.default.contents(atPath: folder.path("x-overlay.png")) == before)
    }

    @Test func aSetWithoutLabelledPixelsHasNoFigure() throws {
      for number in 0..<4 {
        try Image(width: 48, height: 40, color: [255])
          .writePNG(to: folder.path("other/labels/\(number).png"))
      }
      let outcome = try evaluate(["other"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.output.isEmpty)
      let said = "no pixel of \(folder.path("other")) is of a class"
      #expect(outcome.sentence.contains(said), "\(outcome.sentence)")
      let checked = try Command.run(["datasets", "check", folder.path("other")])
      #expect(checked.exitCode == 1 && checked.output.contains(said))
    }

    private func evaluate(
      _ sets: [String], into predictions: String? = nil
    ) throws -> Command.Outcome {
      try Command.run(
        ["evaluate", checkpoint, "--device", "cpu", "--threads", "1"]
          + sets.flatMap { ["--data", folder.url.path + "/" + $0] }
          + (predictions.map { ["--predictions", $0] } ?? []))
    }

    private func predict(
      _ images: [String], into output: String = "pictures"
    ) throws -> Command.Outcome {
      try Command.run(
        ["predict", checkpoint] + images.map(folder.path)
          + ["--output", folder.path(output), "--device", "cpu", "--threads", "1"])
    }

    private func pictures(_ name: String) -> [String] {
      (FileManager.default.enumerator(atPath: folder.path(name))?.allObjects ?? [])
        .compactMap { $0 as? String }.filter { $0.hasSuffix("g") && !$0.hasSuffix("/") }
        .filter {
          var isFolder: ObjCBool = false
          return FileManager.default.fileExists(
            atPath: folder.path("\(name)/\($0)"), isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }

    private func contents(_ name: String) throws -> [String: Data] {
      var result: [String: Data] = [:]
      for file in pictures(name) {
        result[file] = FileManager.default.contents(atPath: folder.path("\(name)/\(file)"))
      }
      return result
    }
  }
}
