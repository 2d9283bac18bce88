import Inference
import Runs
import Testing

@Suite struct JudgingMemoryTests {
  @Test func whatFitsIsJudged() throws {
    try JudgingMemory.require(images: 32, side: 224, of: 4 << 30)
    try JudgingMemory.require(images: 1, side: 1024, of: 4 << 30)
  }

  @Test(arguments: [(3, 4096), (64, 1024), (.max, 4096)])
  func whatCannotFitIsRefusedWithItsSize(_ images: Int, _ side: Int) throws {
    let error = #expect(throws: TrainingError.self) {
      try JudgingMemory.require(images: images, side: side, of: 16_000_000_000)
    }
    #expect(
      error?.description.hasPrefix(
        "judging \(images) images of \(side) × \(side) pixels at a time") == true)
    #expect(error?.description.contains("this machine has 16; lower data.image_size") == true)
  }
}
