import DemoData

/// An error of a library, with what can be done about it at a command line.
struct AdvisedError: Error, CustomStringConvertible {
  /// The library's sentence, and what ends it.
  let description: String

  /// - Parameter advice: follows the sentence as it is.
  init(_ error: any Error, advice: String) {
    description = "\(error)\(advice)"
  }
}

extension DrawingsPhotographs.MakingError {
  /// What ends the error's sentence at a command line.
  var advice: String {
    guard case .missingPackage(let name, _) = self else { return "" }
    return "; install it with 'apt-get install \(name)'"
  }
}

extension Digits.MakingError {
  /// What ends the error's sentence at a command line.
  var advice: String {
    switch self {
    case .missingFont(_, let package): "; install it with 'apt-get install \(package)'"
    case .missingTable: ", or fetch it with 'make setup'"
    case .badTable: " with 'make setup'"
    case .invalidSize, .invalidCount: ""
    }
  }
}
