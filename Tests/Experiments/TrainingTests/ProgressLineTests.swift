import Runs
import Testing
import Training

/// The line fits the terminal, and what matters most stays longest.
@Suite struct ProgressLineTests {
  private let line = ProgressLine(
    done: 15, total: 60,
    losses: StepLosses(
      total: 2.5, task: 2, terms: [("nce_layer3", 1.25), ("nce_layer4", 1.5)], figures: []),
    imagesPerSecond: 47.9, secondsLeft: 90)

  @Test func aWideTerminalShowsEverything() {
    let full =
      "[#####...............] 15/60  loss 2.5000 (task 2.0000, nce_layer3 1.2500, nce_layer4 1.5000)  "
      + "47 images/s  1:30 left"
    #expect(line.text(columns: nil, hasBar: true) == full)
    #expect(line.text(columns: 200, hasBar: true) == full)
    #expect(line.text(columns: nil, hasBar: false) == String(full.dropFirst(23)))
  }

  @Test func aNarrowOneShowsLess() {
    let full = line.text(columns: nil, hasBar: true).count
    #expect(line.text(columns: full, hasBar: true) == line.text(columns: nil, hasBar: false))
    #expect(
      line.text(columns: 80, hasBar: true)
        == "[#####...............] 15/60  loss 2.5000  47 images/s  1:30 left")
    #expect(line.text(columns: 50, hasBar: true) == "15/60  loss 2.5000  47 images/s  1:30 left")
    for columns in 1...120 {
      #expect(line.text(columns: columns, hasBar: true).count < columns)
    }
    #expect(line.text(columns: 20, hasBar: true) == "15/60  loss 2.5000 ")
  }
}
