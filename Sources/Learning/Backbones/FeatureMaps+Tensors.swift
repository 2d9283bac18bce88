import Torch

extension FeatureMaps {
  /// Each tensor once, in an order that depends on the stages alone.
  var tensors: [Tensor] {
    let others = [isLastAlone ? last : nil, summary].compactMap(\.self)
    return stages.sorted { $0.key < $1.key }.map(\.value) + others
  }

  /// Whether the last map is not among those of the stages.
  private var isLastAlone: Bool { stages[.layer4]?.identity != last.identity }

  /// The maps with other tensors, each made of the place of a tensor among `tensors` and itself.
  func mapping(_ body: (Int, Tensor) throws -> Tensor) throws -> FeatureMaps {
    var rest = try tensors.enumerated().map(body)[...]
    var mapped: [Stage: Tensor] = [:]
    for stage in stages.keys.sorted() { mapped[stage] = rest.popFirst() }
    let last = isLastAlone ? rest.popFirst() : mapped[.layer4]
    return FeatureMaps(stages: mapped, last: last ?? self.last, summary: rest.popFirst())
  }
}
