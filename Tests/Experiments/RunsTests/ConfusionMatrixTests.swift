import Foundation
import Runs
import Testing

/// Counts of files, which may be of strangers.
@Suite struct ConfusionMatrixTests {
  @Test func countsAreWrittenAlone() throws {
    let matrix = ConfusionMatrix(counts: [[1, 2], [0, 4]])
    let text = try JSONFormat.text(matrix)
    #expect(String(decoding: text, as: UTF8.self).filter { !$0.isWhitespace } == "[[1,2],[0,4]]")
    #expect(try JSONFormat.decode(ConfusionMatrix.self, from: text) == matrix)
  }

  @Test(arguments: [
    "[[1]]", "[]", "[[9007199254740990, 0], [0, 1]]", "[[1, 2], [3, 4]]",
  ])
  func squaresAreRead(_ text: String) throws {
    let matrix = try JSONFormat.decode(ConfusionMatrix.self, from: Data(text.utf8))
    #expect(matrix.counts.allSatisfy { $0.count == matrix.counts.count })
  }

  @Test(arguments: [
    "[[1, 2]]", "[[1, 2], [3]]", "[[1], [2]]", "[[1, 2, 3], [1, 2, 3]]", "[[-1]]",
    "[[9223372036854775807, 1], [0, 0]]", "[[9007199254740992]]",
  ])
  func othersAreRefused(_ text: String) {
    #expect(throws: DecodingError.self) {
      try JSONFormat.decode(ConfusionMatrix.self, from: Data(text.utf8))
    }
  }
}
