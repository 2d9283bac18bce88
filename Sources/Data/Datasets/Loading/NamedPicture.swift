import Imaging

/// Adds the file's name to errors that happen after a picture was decoded, such as a side that becomes too long when the
/// other one is resized.
package func namingPicture<Result>(
  _ path: String, _ body: () throws -> Result
) throws -> Result {
  do {
    return try body()
  } catch ImageError.invalidArgument(let sentence) {
    throw DatasetError.unusable(
      image: path, reason: sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence)
  }
}
