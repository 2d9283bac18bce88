import Backbones
import Foundation
import Inference
import ReferenceSupport
import Runs
import TensorFiles
import Testing
import Torch
import TorchNN

/// Weights as people have them: the made-up files of Tests/Reference/makers/checkpoints.py.
@Suite struct WeightsFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func fixture(_ name: String) -> String { "\(Fixture.folder)/checkpoints/\(name)" }
  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
  private func network() throws -> ResNet { try ResNet(.resnet18, width: 1) }

  private func expectFilled(_ network: ResNet, prefix: String) throws {
    let expected = try self.network()
    try Filling.fill(expected, prefix: prefix)
    let state = expected.stateDict()
    for (key, tensor) in network.stateDict() where !key.hasPrefix("fc.") {
      try expectClose(tensor, #require(state[key]), within: 0, key)
    }
  }

  @Test(arguments: ["plain-legacy.pth", "plain-zip.pth"])
  func plainWeightsLoadFromEitherFormatAndFromSafetensors(name: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try WeightsConversion.convert(fixture(name), to: path("plain.safetensors"))
    for file in [fixture(name), path("plain.safetensors")] {
      let network = try network()
      try network.loadWeights(at: file)
      try expectFilled(network, prefix: "")
    }
  }

  @Test func releasedCheckpointGivesItsStudentAndItsNarrowClassifierIsLetPass() throws {
    let network = try network()
    try network.loadWeights(at: fixture("released.pth.tar"))
    try expectFilled(network, prefix: "encoder_q.")
  }

  @Test func everythingThatDoesNotFitIsNamedTogether() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var file = try TensorFile.read(fixture("released.pth.tar"))
    file["encoder_q.bn1.bias"] = nil
    file["encoder_q.layer9.weight"] = file["encoder_q.conv1.weight"]
    file["encoder_q.bn1.weight"] = file["encoder_q.conv1.weight"]
    try TensorFile.write(file, to: path("broken.pth.tar"))
    #expect {
      try network().loadWeights(at: path("broken.pth.tar"))
    } throws: { error in
      let mismatch = error as? StateDictMismatch
      return mismatch?.missing == ["bn1.bias"] && mismatch?.unexpected == ["layer9.weight"]
        && mismatch?.misshaped.map(\.key) == ["bn1.weight"]
    }
  }

  @Test func conversionThereAndBackKeepsTensorsAndMetadata() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let original = try TensorFile.read(fixture("released.pth.tar"))
    #expect(original.metadata["epoch"] == "30")
    try WeightsConversion.convert(fixture("released.pth.tar"), to: path("a.safetensors"))
    try WeightsConversion.convert(path("a.safetensors"), to: path("b.pth"))
    for name in ["a.safetensors", "b.pth"] {
      let copy = try TensorFile.read(path(name))
      #expect(copy.metadata == original.metadata)
      #expect(copy.names.sorted() == original.names.sorted())
      #expect(copy.names.allSatisfy { copy[$0] == original[$0] })
    }
  }

  /// The head beside it keeps its own names; projection heads stay out.
  @Test func studentAloneHasTorchvisionsNamesAndItsHead() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try WeightsConversion.convert(
      fixture("released.pth.tar"), to: path("student.pth"), studentOnly: true)
    let student = try TensorFile.read(path("student.pth"))
    let heads = Set(student.names.filter { $0.hasPrefix("fc_") })
    #expect(Set(student.names).subtracting(heads) == Set(try network().stateDict().keys))
    #expect(!heads.isEmpty && heads.allSatisfy { $0.hasPrefix("fc_new.") })
    #expect(student.metadata.isEmpty)
    #expect(throws: TrainingError.noStudent(path: fixture("plain-zip.pth"))) {
      try WeightsConversion.convert(
        fixture("plain-zip.pth"), to: path("x.pth"), studentOnly: true)
    }
    #expect(throws: TensorFileError.self) {
      try WeightsConversion.convert(fixture("plain-zip.pth"), to: path("x.onnx"))
    }
  }
}
