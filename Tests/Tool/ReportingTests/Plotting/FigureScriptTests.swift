import Foundation
import Reporting
import Testing

/// The commands that gnuplot is given.
@Suite struct FigureScriptTests {
  @Test func aPictureIsOpenedForItsFormat() {
    let figure = SampleFigures.scatter()
    let size = "\(figure.width),\(figure.height)"
    #expect(
      figure.script(.svg).hasPrefix(
        "set encoding utf8\nset terminal svg size \(size) font 'sans-serif,12'"))
    #expect(
      figure.script(.png).contains(
        "set terminal pngcairo size \(2 * figure.width),\(2 * figure.height) "))
  }

  @Test func allPanelsShareTheScalesOfTheLargestDensity() {
    let script = SampleFigures.hypersphere(peaks: [0.5, 4, 1, 2]).script(.svg)
    #expect(lines(script, "set cbrange") == ["set cbrange [0:4]"])
    // The strips' common end is a tenth above the steepest angular density, which is half the peak here.
    let ends = lines(script, "set yrange [0:")
    #expect(ends.count == 4 && Set(ends) == ["set yrange [0:2.2]"])
    #expect(lines(script, "plot $density_").count == 4)
    #expect(lines(script, "set colorbox").count == 1)
  }

  @Test func theGridLiesRowByRowUpwards() {
    let script = SampleFigures.hypersphere(peaks: [4]).script(.svg)
    #expect(script.contains("$density_0_0 << EOD\n0 0 0\n0 4 0\n1 0 0\nEOD\n"))
    #expect(script.contains("using (1.5*$1-1.5):(1.5*$2-1.5):3 with image"))
    #expect(script.contains("$angles_0_0 << EOD\n-3.14159 0\n0 2\n3.14159 0\nEOD\n"))
    #expect(script.contains("$points_0_0 << EOD\n1 0\nEOD\n"))
  }

  @Test func classesHaveColoursAndSetsMarkers() {
    let script = SampleFigures.scatter().script(.svg)
    let series = lines(script, "plot $").joined()
    // Set 0 is a disc, set 1 a triangle; class 0 blue, class 1 vermilion.
    #expect(series.contains("$points_0_0 using 1:2 with points pointtype 7"))
    #expect(series.contains("pointtype 9 pointsize 0.8 linecolor rgb '#33d55e00'"))
    #expect(lines(script, "set label \"cat\"").first?.contains("#0072b2") == true)
    #expect(lines(script, "set label \"real\"").first?.contains("pointtype 9") == true)
  }

  @Test func moreClassesThanColoursAreToldApartBySetAlone() {
    let names = (0..<13).map { "class \($0)" }
    let script = SampleFigures.scatter(groups: names).script(.svg)
    #expect(!script.contains("\"class 0\""))
    #expect(lines(script, "set label \"real\"").first?.contains("#d55e00") == true)
    let some = SampleFigures.scatter(groups: Array(names.prefix(12))).script(.svg)
    #expect(some.contains("\"class 11\""))
  }

  @Test func ofANameOnlyLettersAndTheLikeReachTheScript() {
    let name = "a'b\"; system 'x' $c `d` @e \\ %é\u{600}'\nset output"
    let script = SampleFigures.scatter(network: name).script(.svg)
    #expect(
      script.contains(
        #"set label "a\047b\042\073 system \047x\047 \044c \140d\140 \100e \134 \045\303\251\330\200\047"#
          + #" set output" at"#))
    #expect(!script.contains { "`@\u{600}".contains($0) })
  }

  private func lines(_ script: String, _ prefix: String) -> [String] {
    script.split(separator: "\n").map(String.init).filter { $0.hasPrefix(prefix) }
  }
}
