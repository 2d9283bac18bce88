import DemoData

/// An error of a library, with advice for users of the command line.
struct AdvisedError: Error, CustomStringConvertible {
  /// The library's sentence, with the advice at its end.
  let description: String

  /// - Parameter advice: the text that is appended to the sentence.
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
