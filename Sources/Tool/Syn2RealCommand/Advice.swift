import Analysis
import Datasets
import DemoData
import Foundation
import Imaging
import Runs

/// An error of a library, with what can be done about it at a command line.
struct AdvisedError: Error, CustomStringConvertible {
  /// The library's sentence, and what ends it.
  let description: String
}

/// What can be done at a command line about an error of a library, which knows nothing of the command.
enum Advice {
  /// `error`, with the advice that there is.
  static func added(to error: any Error) -> any Error {
    on(error).map { AdvisedError(description: "\(error)\($0)") } ?? error
  }

  /// `error` of a run that reads images by a recipe, with what the recipe can say about images that cannot be read.
  static func addedInRun(to error: any Error) -> any Error {
    let isOfImage =
      switch error {
      case ImageError.unwritable, ImageError.invalidArgument: false
      case is ImageError, DatasetError.unusable, DatasetError.differentSizes: true
      default: false
      }
    let sentence = "\(error)"
    guard isOfImage, !sentence.contains("data.on_error") else { return error }
    let open = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return AdvisedError(
      description:
        "\(open); mend or remove the file, or leave such images out with --set data.on_error=skip")
  }

  /// What ends the error's sentence; nil where there is nothing to add.
  static func on(_ error: any Error) -> String? {
    switch error {
    case let error as TrainingError: on(error)
    case DatasetError.otherClasses: ", or with --map of evaluate"
    case DatasetError.unlabelled: "; only diagnose and predict take them as they are"
    case let error as DiagnosisError: on(error)
    case let error as DrawingsPhotographs.MakingError: on(error)
    case let error as Digits.MakingError: on(error)
    default: nil
    }
  }

  private static func on(_ error: TrainingError) -> String? {
    switch error {
    case .runExists: "; choose another --output, or go on with --resume auto"
    case .nothingToResume: "; leave out --resume to start anew"
    case .changesAlone(let path):
      "; write the whole network with 'syn2real export \(path) network.safetensors', and give that"
    case .foreignCheckpoint: "; to evaluate it, name its recipe with --recipe"
    case .otherRecipe(_, _, isOfLength: true):
      ", or choose another --output; to give a run another length on purpose, train with --resume auto --extend"
    case .otherRecipe: ", or choose another --output"
    case .dataChanged:
      "; put the data back, choose another --output to start anew, or accept them with --accept-changed-data of train or compare"
    case .cannotWrite(_, let reason):
      [ENOSPC, EDQUOT, EFBIG].map { String(cString: strerror($0)) }.contains(reason)
        ? "; make room, or choose another place" : "; choose another place"
    default: nil
    }
  }

  private static func on(_ error: DiagnosisError) -> String {
    switch error {
    case .tooFewImages: ", or raise --limit"
    case .noTeacher: ", or leave out --teacher"
    case .noRecipe: "; name its recipe with --recipe"
    }
  }

  private static func on(_ error: DrawingsPhotographs.MakingError) -> String? {
    guard case .missingPackage(let name, _) = error else { return nil }
    return "; install it with 'apt-get install \(name)'"
  }

  private static func on(_ error: Digits.MakingError) -> String? {
    switch error {
    case .missingFont(_, let package): "; install it with 'apt-get install \(package)'"
    case .missingTable: ", or fetch it with 'make setup'"
    case .badTable: " with 'make setup'"
    default: nil
    }
  }
}
