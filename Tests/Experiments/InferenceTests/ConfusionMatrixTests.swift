import ReferenceSupport
import Runs
import Testing
import Torch

@Suite struct ConfusionMatrixTests {
  private struct Reference: Decodable {
    struct Accuracies: Decodable {
      let class_accuracies: [Double?]
      let mean_class_accuracy: Double
      let accuracy: Double
    }

    struct Evaluation: Decodable {
      let all_classes: Accuracies
      let one_class_without_images: Accuracies
    }

    let evaluation: Evaluation
  }

  @Test(arguments: [4, 5])
  func accuraciesAgreeWithTheReference(classes: Int) throws {
    let fixture = try Fixture("losses")
    let labels: [Int64] = try fixture["evaluation.labels"].scalars()
    let predictions: [Int64] = try fixture["evaluation.predicted"].scalars()
    var matrix = ConfusionMatrix(classes: classes)
    for (label, prediction) in zip(labels, predictions) {
      matrix.add(label: Int(label), prediction: Int(prediction))
    }
    let reference = try Fixture.json("losses", as: Reference.self).evaluation
    let expected = classes == 4 ? reference.all_classes : reference.one_class_without_images
    #expect(matrix.classAccuracies == expected.class_accuracies)
    #expect(abs(matrix.meanClassAccuracy - expected.mean_class_accuracy) < 1e-15)
    #expect(matrix.accuracy == expected.accuracy)
  }

  /// p = mean of sigmoid(logits) over the image and its mirror image.
  @Test func mirroredPredictionsAgreeWithTheReference() throws {
    let fixture = try Fixture("losses")
    let mean =
      try (fixture["evaluation.logits"].sigmoid() + fixture["evaluation.mirrored_logits"].sigmoid())
      / 2
    try fixture.expect("evaluation.probabilities", mean, within: 1e-12)
    #expect(
      try mean.argmax(1).scalars(Int64.self) == fixture["evaluation.predicted"].scalars(Int64.self))
  }

  @Test func emptyMatrixHasNoAccuracy() {
    let matrix = ConfusionMatrix(classes: 2)
    #expect(matrix.accuracy == 0)
    #expect(matrix.meanClassAccuracy == 0)
    #expect(matrix.classAccuracies == [nil, nil])
  }
}
