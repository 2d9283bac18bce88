import ClassTables

extension DrawingsPhotographsMaker {
  /// The text beside the pictures: what they are, where they come from, and what may be done with them.
  func readme(of record: DataSetRecord) -> String {
    """
    # Drawings and photographs

    Pictures of \(record.classes.count) classes, drawn and photographed, for training on drawings and \
    judging on photographs.

    | folder | holds | from | licence |
    | --- | --- | --- | --- |
    | `drawings/train` | drawings to train on | Debian package `\(drawings.name)`: Open Clip Art \
    Library | public domain (Creative Commons Public Domain Dedication) |
    | `drawings/held-out` | a fifth of the drawings of each class, chosen by a hash of the name | \
    the same | the same |
    | `photographs` | photographs, never to train on | Debian package `\(photographs.name)`: \
    Tux Paint stamps by Bill Kendrick and contributors | GNU General Public License, version 2 |

    The full licence texts are in `/usr/share/doc/\(drawings.name)/copyright` and \
    `/usr/share/doc/\(photographs.name)/copyright`. Who passes the photographs on does so under \
    the GPL-2, with the pictures of that package as their source.

    Each picture was cropped to what is not transparent, laid on the background \
    (\(record.recipe.background)), padded to a square and resized to \(record.recipe.size) × \
    \(record.recipe.size) pixels. It keeps its file name. Class table: version \
    \(record.recipe.tableVersion), fingerprint \(record.recipe.tableFingerprint).

    | class | drawings/train | drawings/held-out | photographs |
    | --- | ---: | ---: | ---: |
    \(countRows(of: record))

    """
  }

  private func countRows(of record: DataSetRecord) -> String {
    let summary = DrawingsPhotographs.Summary(
      folder: "", wasFinished: true, classes: record.counts)
    return (summary.classes + [summary.total])
      .map { "| \($0.name) | \($0.training) | \($0.heldOut) | \($0.photographs) |" }
      .joined(separator: "\n")
  }
}
