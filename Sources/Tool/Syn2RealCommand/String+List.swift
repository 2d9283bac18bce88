import Foundation

extension String {
  /// The parts between commas, without the spaces around them.
  var commaSeparated: [String] {
    split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
