import Foundation
import Testing

extension SmallRun {
  /// Compares metrics, evaluations and the last checkpoint of two runs, whose sums may have been rounded in another order.
  func expectSame(_ found: String, _ expected: String) throws {
    let steps = zip(try numbers(of: found), try numbers(of: expected))
    #expect(try numbers(of: found).count == numbers(of: expected).count)
    for (found, expected) in steps {
      #expect(found.keys == expected.keys)
      // Whether a key is the nearest, or a class the likeliest, may depend on the last digit.
      for (name, value) in expected
      where !name.hasPrefix("nce_top1") && name != "training_accuracy" {
        let difference = abs((found[name] ?? .nan) - value)
        #expect(difference <= 1e-3 * max(abs(value), 0.01), "\(name): \(found), \(expected)")
      }
    }
    let states = (try lastState(of: found), try lastState(of: expected))
    #expect(states.0.map(\.name) == states.1.map(\.name))
    #expect(lineCount("\(found)/evaluations.jsonl") == lineCount("\(expected)/evaluations.jsonl"))
  }

  /// The steps that a run had taken each time that it was started.
  func starts(of name: String) throws -> [Int] {
    let environment = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder.path("\(name)/environment.json"))))
    let starts = (environment as? [String: Any])?["starts"] as? [[String: Any]] ?? []
    return starts.map { $0["iteration"] as? Int ?? -1 }
  }

  /// The numbers of each line of a run's metrics.
  private func numbers(of name: String) throws -> [[String: Double]] {
    try metrics(of: name).map { line in
      let members = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      var numbers: [String: Double] = [:]
      for (name, value) in members ?? [:] {
        if let indices = value as? [Int] {
          for (place, index) in indices.enumerated() {
            numbers["\(name)[\(place)]"] = Double(index)
          }
        } else if let value = value as? Double {
          numbers[name] = value
        }
      }
      return numbers
    }
  }
}
