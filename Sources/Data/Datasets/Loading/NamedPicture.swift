import Imaging

/// Names the file of a picture in what goes wrong with it once it is decoded, such as a side that grows beyond all bounds
/// when the other is resized.
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
