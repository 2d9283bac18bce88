import DataTestSupport
import DemoData
import Foundation
import Imaging
import Testing

@Suite struct HandwrittenDigitsTests {
  /// Pictures of 2 × 2 pixels.
  private let table = HandwrittenDigits(
    name: "small", fileName: "small.csv.gz", side: 2, maximum: 16, count: 3)

  @Test func realTablesAreReadAsNumpyReadsThem() throws {
    let fixture = try DigitsFixture.load()
    for (table, expected) in [(HandwrittenDigits.mnist, fixture.mnist), (.scans, fixture.scans)] {
      let samples = try table.samples(in: DigitsFixture.handwriting)
      #expect((0..<10).map { digit in samples.count { $0.digit == digit } } == expected.counts)
      #expect(samples.reduce(0) { $0 + $1.image.pixels.reduce(0) { $0 + Int($1) } } == expected.sum)
      for row in expected.rows {
        let sample = samples.filter { $0.digit == row.digit }[row.number - 1]
        #expect(sample.image.pixels == row.pixels, "\(table.name) \(row.digit) \(row.number)")
      }
    }
    #expect(fixture.mnist.counts == [Int](repeating: 500, count: 10))
  }

  @Test func valuesFillTheScale() throws {
    let samples = try read("0,8,16,1,7\n16,16,16,16,0\n0,0,0,2,9\n")
    #expect(samples.map(\.digit) == [7, 0, 9])
    #expect(
      samples.map(\.image.pixels) == [[0, 128, 255, 16], [255, 255, 255, 255], [0, 0, 0, 32]])
    #expect(samples.allSatisfy { $0.image.width == 2 && $0.image.channels == 1 })
  }

  @Test(arguments: [
    ("0,0,0,0,1\n0,0,0,1\n0,0,0,0,1\n", 2, "expected 5 columns, found 4"),
    ("0,0,0,0,1\n0,0,0,0,1\n0,0,0,0,0,1\n", 3, "expected 5 columns, found 6"),
    ("0,0,0,0,1\n\n0,0,0,0,1\n", 2, "expected 5 columns, found 1"),
    ("0,0,17,0,1\n", 1, "expected a whole number of 0 to 16 in column 3, found '17'"),
    ("0,0,0,0,10\n", 1, "expected a whole number of 0 to 9 in column 5, found '10'"),
    ("0,-1,0,0,1\n", 1, "expected a whole number of 0 to 16 in column 2, found '-1'"),
    ("0,,0,0,1\n", 1, "expected a whole number of 0 to 16 in column 2, found ''"),
    ("0,1.0,0,0,1\n", 1, "expected a whole number of 0 to 16 in column 2, found '1.0'"),
    ("99999,0,0,0,1\n", 1, "expected a whole number of 0 to 16 in column 1, found '99999'"),
    ("0,0,0,0,1\n0,0,0,0,1\n", 3, "expected 3 lines, found 2"),
    ("0,0,0,0,1\n0,0,0,0,1\n0,0,0,0,1\n0,0,0,0,1\n", 5, "expected 3 lines, found 4"),
  ])
  func whatIsNotTheTableIsNamedByItsLine(_ text: String, _ line: Int, _ problem: String) throws {
    #expect {
      try read(text)
    } throws: {
      "\($0)".contains("/small.csv.gz:\(line): \(problem); remove the file")
    }
  }

  @Test func aMissingTableSaysWhatFetchesIt() {
    #expect(throws: Digits.MakingError.missingTable(path: "/nowhere/mnist_5k.csv.gz")) {
      try HandwrittenDigits.mnist.samples(in: "/nowhere")
    }
  }

  private func read(_ text: String) throws -> [HandwrittenDigits.Sample] {
    let folder = try TemporaryFolder()
    try folder.writeGzip(text, to: "small.csv.gz")
    return try table.samples(in: folder.url.path)
  }
}
