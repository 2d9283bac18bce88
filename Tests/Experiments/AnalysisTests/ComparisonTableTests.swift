import Analysis
import Foundation
import Recipes
import Runs
import Testing

@Suite struct ComparisonTableTests {
  @Test func methodsStandInTheirOrderWithMeanAndDeviation() throws {
    #expect(
      ComparisonTable(of: try runs()).text == """
        Checkpoints: selected on held-out synthetic images. Seeds: 0, 1.
        Accuracies in %, of the mean over classes and overall; lower energy (HSE) means more diverse features.
        Differences from vanilla are of runs with the same seed.
        method   images   class mean  difference     overall           HSE 0          HSE 1          HSE 2  seconds
        -------  ------  -----------  ----------  ----------  --------------  -------------  -------------  -------
        vanilla  photos  60.0 ± 14.1              25.0 ± 0.0  -0.250 ± 0.000  1.000 ± 0.000  1.500 ± 0.000   11 ± 1
                 more    60.0 ± 14.1              25.0 ± 0.0               –              –              –
        csg      photos         75.0       +25.0        25.0          -0.250          1.000          1.500       20
                 more           75.0       +25.0        25.0               –              –              –

        One seed says nothing of the spread: differences have no interval and no test.

        """)
  }

  @Test func fewSeedsShowNothing() throws {
    // 2, −1 and 6 points: 2.33 ± 4.303 · 3.51 / √3; four of eight assignments of signs are as far from 0.
    let table = ComparisonTable(
      of: try runs("vanilla", [0.5, 0.5, 0.5]) + runs("csg", [0.52, 0.49, 0.56]))
    #expect(
      table.text.hasSuffix(
        """

        Differences from vanilla in points: mean, 95 % confidence intervals (Student's t over seeds; bootstrap over seeds and images), seeds of that sign, p of the exact permutation test; of the energy, mean and interval by seeds.
        method  images  mean       by seeds  by seeds and images  same sign      p                      HSE 0
        ------  ------  ----  -------------  -------------------  ---------  -----  -------------------------
        csg     photos  +2.3  -6.4 to +11.1                    –     2 of 3  0.500  +0.000 (+0.000 to +0.000)
        csg     more    +2.3  -6.4 to +11.1                    –     2 of 3  0.500                          –

        csg is not distinguishable from vanilla on photos with these seeds (+2.3 points, 95 % confidence interval -6.4 to +11.1, higher with 2 of 3 seeds, p = 0.500).
        csg is not distinguishable from vanilla on more with these seeds (+2.3 points, 95 % confidence interval -6.4 to +11.1, higher with 2 of 3 seeds, p = 0.500).
        With 3 seeds no p is below 0.250, whatever the runs show: at least 6 are needed to show a difference at 0.05.

        """), "\(table.text)")
    #expect(
      table.markdown.contains("\n| csg | more | +2.3 | -6.4 to +11.1 | – | 2 of 3 | 0.500 | – |\n"))
    #expect(table.markdown.contains("\n* csg is not distinguishable from vanilla on photos"))
    #expect(
      table.latex.contains("csg & more & +2.3 & -6.4 to +11.1 & -- & 2 of 3 & 0.500 & -- \\\\\n"))
    #expect(table.latex.contains("\n% csg is not distinguishable from vanilla on photos"))
  }

  @Test func severalSystemsShareTheErrorOfTheirTests() throws {
    let vanilla = try runs("vanilla", [Double](repeating: 0.5, count: 8))
    let csg = try runs("csg", [0.52, 0.53, 0.54, 0.55, 0.56, 0.57, 0.58, 0.59])
    let asg = try runs("asg", [0.51, 0.48, 0.51, 0.48, 0.51, 0.48, 0.51, 0.49])
    let oracle = try runs("oracle", [0.48, 0.5, 0.51, 0.5, 0.49, 0.5, 0.49, 0.5])
    let table = ComparisonTable(of: vanilla + csg + asg + oracle)
    #expect(
      table.statements.prefix(2) == [
        "csg is higher than vanilla on photos by 5.5 points (95 % confidence interval +3.5 to +7.5, higher with 8 of 8 seeds, p = 0.023).",
        "asg and oracle are not distinguishable from vanilla on photos with these seeds.",
      ], "\(table.statements)")
    #expect(table.statements.count == 4)
    let first = try #require(table.differences.first)
    #expect(first.system == "csg" && first.seeds == Array(0..<8) && first.isShown)
    #expect(first.figures.pValue == 2.0 / 256 && first.correctedPValue == 6.0 / 256)
    let lines = table.differencesCSV.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(lines.count == 7)
    #expect(lines[1].prefix(3) == ["csg", "vanilla", "photos"])
    #expect(Double(lines[1][3]).map { abs($0 - 5.5) < 1e-9 } == true)
    #expect(lines[1].suffix(5) == ["0.0078125", "0.0234375", "0.0", "0.0", "0.0"])
    // What is written can be read again.
    let record = ComparisonRecord(
      runs: vanilla + csg, differences: table.differences, statements: table.statements)
    let read = try JSONDecoder().decode(ComparisonRecord.self, from: Data(record.json().utf8))
    #expect(read == record)
  }

  /// Energies of −0.1, −0.2 and −0.3 below: −0.2 ± 4.303 · 0.1 / √3; with six seeds that sign is no chance.
  @Test func energiesHaveTheirIntervalToo() throws {
    func table(_ energies: [Double]) throws -> ComparisonTable {
      func runs(_ method: String, _ factor: Double) throws -> [RunResults] {
        try energies.enumerated().map {
          try results(method, seed: $0, classMean: 0.5, energy: -0.1 + factor * $1)
        }
      }
      return ComparisonTable(of: try runs("vanilla", 0) + runs("csg", -1))
    }
    let three = try table([0.1, 0.2, 0.3])
    #expect(three.text.contains("-0.200 (-0.448 to +0.048)"), "\(three.text)")
    #expect(!three.statements.contains { $0.contains("diverse") })
    #expect(three.differences[1].energy == nil)
    let six = try table([0.1, 0.2, 0.3, 0.1, 0.2, 0.3])
    #expect(
      six.statements.contains(
        "The features of csg on photos are more diverse than those of vanilla: HSE 0 is lower by 0.200 (95 % confidence interval -0.294 to -0.106, lower with 6 of 6 seeds, p = 0.031)."
      ), "\(six.statements)")
    let fewer = try table([-0.1, -0.2, -0.3, -0.1, -0.2, -0.3])
    #expect(fewer.statements.contains { $0.contains("less diverse") && $0.contains("higher by") })
  }

  /// The second interval stands there only where the same images were judged in every run.
  @Test func imagesAreDrawnWhereTheirOutcomesAreKnown() throws {
    func system(_ name: String, right: [Bool], seeds: Int = 2) throws -> ComparisonTable.System {
      let outcomes = ImageOutcomes(names: ["a", "b"], labels: [0, 0], isRight: right)
      return ComparisonTable.System(
        name: name, runs: try runs(name, [0.5, 0.6]),
        outcomes: Dictionary(
          uniqueKeysWithValues: (0..<seeds).map { (UInt64($0), ["Data/photos": outcomes]) }))
    }
    let vanilla = try system("vanilla", right: [false, false])
    let known = ComparisonTable([vanilla, try system("csg", right: [true, true])])
    #expect(known.differences.map(\.bootstrap) == [1...1, nil])
    let unknown = ComparisonTable([vanilla, try system("csg", right: [true, true], seeds: 1)])
    #expect(unknown.differences.map(\.bootstrap) == [nil, nil])
  }

  @Test func aDifferenceIsOfRunsWithTheSameSeed() throws {
    let table = ComparisonTable(
      of: try [
        results("vanilla", seed: 0, classMean: 0.5), results("vanilla", seed: 1, classMean: 0.9),
        results("csg", seed: 1, classMean: 1.0), results("csg", seed: 0, classMean: 0.7),
      ])
    #expect(table.text.contains("85.0 ± 21.2  +15.0 ± 7.1"))
  }

  @Test func segmentationIsJudgedByIntersectionOverUnion() throws {
    let run = try results("vanilla", seed: 0, classMean: 0.5, more: #", "miou": 0.4"#)
    let text = ComparisonTable(of: [run]).text
    #expect(text.contains("method   images  mean IoU  pixels"))
    #expect(text.contains("vanilla  photos      40.0    25.0"))
    #expect(!text.contains("difference"))
  }

  @Test func averagedWeightsAreSaidAndWarningsToo() throws {
    let plain = try results("vanilla", seed: 0, classMean: 0.5)
    let other = try results("csg", seed: 0, classMean: 0.7)
    let averaged = RunResults(
      method: "csg", seed: 0, selection: "source", selectionLabel: plain.selectionLabel,
      iteration: 5, iterations: 9, seconds: 1, skipped: 0, evaluations: plain.evaluations,
      average: AverageResults(
        name: "ema", label: "moving average", iteration: 5, evaluations: other.evaluations),
      warnings: [RunWarning(kind: .lossExploded, message: "it grew", iteration: 3)])
    let text = ComparisonTable(of: [plain, averaged]).text
    #expect(text.contains("Figures of csg are of averaged weights (moving average).\n"))
    #expect(text.contains("Warning, csg, seed 0: it grew.\n"))
    #expect(text.contains("csg      photos        70.0       +20.0"))
    #expect(
      ComparisonTable(of: [averaged]).text.contains("Figures are of averaged weights (moving"))
  }

  @Test func publishedFiguresStandBelowTheirMethod() throws {
    let recipe = try Recipe(
      text: """
        data: {train: x, real: [Data/photos]}
        method: {name: vanilla}
        published:
          source: A paper
          dataset: Data/photos
          methods: {csg: {mean_class_accuracy: 64.05, hse: [0.3188, 1.1806, 1.4177]}}
        """, source: "recipe.yaml")
    let published = try #require(recipe.published)
    #expect(try !recipe.text().contains("published"))
    let table = ComparisonTable(
      [
        .init(name: "vanilla", runs: [try results("vanilla", seed: 0, classMean: 0.5)]),
        .init(
          name: "csg", runs: [try results("csg", seed: 0, classMean: 0.75)],
          published: published.methods["csg"]),
      ], published: published)
    #expect(table.text.contains("Published: A paper.\n"))
    let row = table.text.split(separator: "\n").first { $0.hasPrefix("  published") }
      .map { $0.split(separator: " ") }
    #expect(row == ["published", "photos", "64.05", "0.3188", "1.1806", "1.4177"])
  }

  @Test func valuesSeparatedByCommasAreWhole() throws {
    let lines = ComparisonTable(of: try runs()).csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.count == 5)
    #expect(
      lines[0].prefix(5) == [
        "method", "images", "class mean", "class mean deviation", "class mean runs",
      ])
    #expect(lines[2].prefix(2) == ["vanilla", "more"])
    #expect(Double(lines[1][2]).map { abs($0 - 60) < 1e-9 } == true)
    #expect(lines[1][4] == "2")
    #expect(lines.allSatisfy { $0.count == lines[0].count })
  }

  @Test func latexAndMarkdownHoldTheSameFigures() throws {
    let table = ComparisonTable(of: try runs())
    #expect(table.markdown.contains("| vanilla | photos | 60.0 ± 14.1 |  | 25.0 ± 0.0 |"))
    #expect(table.latex.contains("vanilla & photos & 60.0 $\\pm$ 14.1 &  & 25.0 $\\pm$ 0.0 &"))
    #expect(table.latex.contains("\\begin{tabular}{llrrrrrrr}"))
  }

  @Test func namesAreWordsAndNeverCommands() throws {
    let names = [
      "\\input{/etc/passwd}", "a_b $x^2$ 5% & #~", "[h]\n\\end{tabular}", "*|`<b>\u{600}\u{301}{",
    ]
    let recipe = try Recipe(
      text: """
        data: {train: x, real: [Data/photos]}
        method: {name: vanilla}
        published:
          source: "A paper\\n\\\\input{evil}"
          dataset: Data/photos
          methods: {csg: {mean_class_accuracy: 64.05}}
        """, source: "recipe.yaml")
    let published = try #require(recipe.published)
    let table = ComparisonTable(
      try names.map { name in
        .init(
          name: name, runs: [try results("csg", seed: 0, classMean: 0.5)],
          published: published.methods["csg"])
      }, published: published)
    let lines = table.latex.split(separator: "\n")
    #expect(lines.contains("% Published: A paper \\input{evil}."))
    let commands = lines.filter { !$0.hasPrefix("%") && !$0.hasPrefix("  published") }.joined()
    #expect(!commands.contains("\\input") && commands.ranges(of: "\\end{").count == 1)
    #expect(lines.contains { $0.hasPrefix("\\textbackslash{}input\\{/etc/passwd\\} & photos") })
    #expect(
      lines.contains {
        $0.hasPrefix("a\\_b \\$x\\textasciicircum{}2\\$ 5\\% \\& \\#\\textasciitilde{} & ")
      })
    #expect(lines.contains { $0.hasPrefix("{[}h{]} \\textbackslash{}end\\{tabular\\} & ") })
    #expect(
      lines.contains { $0.hasPrefix("{*}|`\\textless{}b\\textgreater{}\u{600}\u{301}\\{ & ") })
    #expect(table.markdown.contains("\n| \\*\\|\\`\\<b>\u{600}\u{301}{ | photos |"))
    #expect(table.markdown.contains("\n| \\[h] \\\\end{tabular} | photos |"))
    #expect(table.markdown.contains("\n| a\\_b $x^2$ 5% \\& #\\~ | photos |"))
    #expect(table.text.contains("\nPublished: A paper \\input{evil}.\n"))
  }

  /// A spreadsheet would run texts that look like formulas; figures keep their signs.
  @Test(arguments: [
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+1+1", "'+1+1"), ("-x", "'-x"),
    ("@SUM(A1)", "'@SUM(A1)"), ("-1.5", "-1.5"), ("a,b", "\"a,b\""),
    ("x\u{600}\",1", "\"x\u{600}\"\",1\""), ("a\r\nb", "\"a\r\nb\""),
    ("\n=1", "\"'\n=1\""),
  ])
  func aNameIsNoFormula(_ name: String, _ cell: String) throws {
    let csv = ComparisonTable(
      [.init(name: name, runs: [try results("csg", seed: 0, classMean: 0.5)])]
    ).csv
    let body = csv.unicodeScalars.drop { $0 != "\n" }.dropFirst()
    #expect(body.starts(with: (cell + ",photos,50.0,,1,").unicodeScalars), "\(csv)")
    #expect(csv.contains(",-0.25,"))
  }

  private func runs() throws -> [RunResults] {
    try [
      results("vanilla", seed: 0, classMean: 0.5, seconds: 10),
      results("csg", seed: 0, classMean: 0.75, seconds: 20),
      results("vanilla", seed: 1, classMean: 0.7, seconds: 12),
    ]
  }

  /// Runs of a method with the seeds 0, 1, …
  private func runs(_ method: String, _ figures: [Double]) throws -> [RunResults] {
    try figures.enumerated().map { try results(method, seed: $0, classMean: $1) }
  }

  /// A run on two data sets; the figures on the second have no energy.
  private func results(
    _ method: String, seed: Int, classMean: Double, seconds: Double = 1, energy: Double = -0.25,
    more: String = ""
  ) throws -> RunResults {
    func evaluation(_ name: String, _ rest: String) -> String {
      """
      {"iteration": 5, "dataset": "Data/\(name)", "domain": "real", "images": 4, "skipped": 0,
       "mean_class_accuracy": \(classMean), "accuracy": 0.25, "class_accuracies": {"a": 1},
       "confusion": [[1]], "selection": "source"\(rest)}
      """
    }
    let energy = #", "hse": {"0": \#(energy), "1": 1, "2": 1.5}"#
    let json = """
      {"method": "\(method)", "seed": \(seed), "selection": "source",
       "selection_label": "selected on held-out synthetic images", "iteration": 5, "iterations": 9,
       "seconds": \(seconds), "skipped": 0,
       "evaluations": [\(evaluation("photos", energy + more)), \(evaluation("more", more))]}
      """
    return try JSONDecoder().decode(RunResults.self, from: Data(json.utf8))
  }
}
