import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch

/// The methods that keep the student's features or answers near the frozen teacher's.
@Suite struct TeacherMethodTests {
  @Test func featureDistanceAgreesWithPyTorch() throws {
    let student = try ReferenceStudent()
    let method = try FeatureDistance(
      .init(lambda: 3), teacher: ReferenceStudent.teacher(), device: .cpu)
    let term = try #require(student.terms(of: method).losses.first)
    #expect(term.name == "feature_distance")
    #expect(term.weight == 3)
    try student.expect(term, as: "feature_distance", in: Fixture("methods"))
  }

  @Test(arguments: [("asg", false), ("asg_dense", true)])
  func asgAgreesWithPyTorch(name: String, isDense: Bool) throws {
    let student = try ReferenceStudent()
    let method = try ASG(.init(isDense: isDense), teacher: ReferenceStudent.teacher(), device: .cpu)
    let term = try #require(student.terms(of: method).losses.first)
    #expect(term.weight == 0.1)
    #expect(try term.value.item() > 0)
    try student.expect(term, as: name, in: Fixture("methods"))
  }

  @Test(arguments: [0, 1, 2])
  func nothingIsLostAtTheTeachersWeights(index: Int) throws {
    let student = try ReferenceStudent(filledAs: "encoder_k.")
    let methods: [any Method] = [
      try FeatureDistance(.init(), teacher: ReferenceStudent.teacher(), device: .cpu),
      try ASG(.init(), teacher: ReferenceStudent.teacher(), device: .cpu),
      try ASG(.init(isDense: true), teacher: ReferenceStudent.teacher(), device: .cpu),
    ]
    let terms = try student.terms(of: methods[index]).losses
    #expect(abs(try terms[0].value.item()) < 1e-12)
  }

  /// ConvNeXt has a norm between map and classifier: of one place both forms are the same.
  @Test func theDenseFormSeesPlacesAsTheClassifierDoes() throws {
    let variant = ConvNeXtVariant(widths: [8, 16, 24, 32], blockCounts: [1, 1, 1, 1])
    let student = try ImageClassifier(
      backbone: ConvNeXt(variant, imageNetClasses: 10), classes: 3, hidden: 4)
    try Filling.fill(student.namedTensors())
    let images = try Filling.uniform("input", [2, 3, 32, 32], -2, 2)
    let output = try student(images)
    #expect(Array(output.features.last.shape[2...]) == [1, 1])
    let step = TrainingStep(
      student: student, query: images, key: nil, styled: [],
      labels: try Filling.labels("labels", 2, classes: 3), output: output)
    let values = try [false, true].map { isDense in
      let teacher = try ConvNeXt(variant, imageNetClasses: 10)
      try Filling.fill(teacher, prefix: "teacher.")
      let method = try ASG(.init(isDense: isDense), teacher: teacher, device: .cpu)
      return try method.terms(of: step).losses[0].value.item()
    }
    #expect(values[0] > 0)
    #expect(abs(values[1] - values[0]) <= 1e-5 * values[0])
  }

  @Test func theTeacherNeverLearns() throws {
    let student = try ReferenceStudent()
    let teacher = try ReferenceStudent.teacher()
    let method = try ASG(.init(), teacher: teacher, device: .cpu)
    try student.terms(of: method).losses[0].value.backward()
    #expect(teacher.namedParameters().allSatisfy { !$0.tensor.requiresGradient })
    #expect(try teacher.namedParameters().allSatisfy { try $0.tensor.gradient() == nil })
  }

  @Test func checkpointsHoldTheTeacherUnderItsInterchangeNames() throws {
    let state = try FeatureDistance(.init(), teacher: ReferenceStudent.teacher(), device: .cpu)
      .stateDict()
    #expect(state["encoder_k.layer4.1.conv2.weight"] != nil)
    #expect(state.keys.allSatisfy { $0.hasPrefix("encoder_k.") })
  }

  @Test func theOracleTrainsNoBackbone() throws {
    let oracle = Oracle()
    #expect(!oracle.trainsBackbone)
    #expect(try ReferenceStudent().terms(of: oracle).losses.isEmpty)
  }
}
