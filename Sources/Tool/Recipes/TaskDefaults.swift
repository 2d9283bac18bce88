import Backbones
import Inference

/// The paper's values for a task, except those of the methods; they are the defaults of recipes (Algorithm.md §4, §5).
struct TaskDefaults {
  let backbone: BackboneDefinition
  let imageSize: Int
  let learningRate: Double
  let batchSize: Int
  let epochs: Int
  let mirrorsInEvaluation: Bool

  init(_ task: TaskName) {
    switch task {
    case .classification:
      backbone = .resnet101
      imageSize = 224
      learningRate = 1e-4
      batchSize = 32
      epochs = 30
      mirrorsInEvaluation = true
    case .segmentation:
      backbone = .resnet50
      imageSize = 512
      learningRate = 1e-3
      batchSize = 6
      epochs = 50
      mirrorsInEvaluation = false
    }
  }
}
