import ClassTables

/// The data set drawings → photographs: training on clip art, evaluation on photographs.
///
/// Both sides come from Debian packages and have the same classes: drawings of `openclipart-png`
/// (public domain) and photographs of `tuxpaint-stamps-default` (GPL-2), cut out by hand. The file
/// `drawings-photographs.yaml` says which picture belongs to which class.
public enum DrawingsPhotographs {
  /// The Debian packages of its pictures that are not installed on this machine.
  public static var missingPackages: [String] {
    [PicturePackage.drawings, .photographs].filter { !$0.isInstalled }.map(\.name)
  }

  /// Makes the data set as image folders, or finds it finished.
  ///
  /// Each picture is cropped to what is not transparent, laid on the background, padded to a square
  /// and resized:
  /// ```
  /// FOLDER/drawings/train/CLASS/NAME.png
  /// FOLDER/drawings/held-out/CLASS/NAME.png     a fifth of each class, chosen by a hash of the name
  /// FOLDER/photographs/CLASS/NAME.png
  /// FOLDER/README.md                            sources, licences, counts
  /// ```
  /// The folder appears complete or not at all. A folder that holds the same table's pictures, made
  /// with the same options, is left as it is; a set made otherwise is replaced where nothing else lies
  /// in it, by its list of files.
  ///
  /// - Parameters:
  ///   - folder: Where to make it; a folder that does not exist, is empty or holds this data set.
  ///   - background: What shows where pictures are transparent.
  ///   - size: The side of the stored pictures, 16 to 1024 pixels.
  /// - Returns: What the folder holds.
  /// - Throws: ``MakingError``, naming the missing package or the file at fault.
  public static func make(
    at folder: String, background: Background = .white, size: Int = 160
  ) throws(MakingError) -> Summary {
    let table: ClassTable
    do { table = try ClassTable.embedded() } catch { throw .table("\(error)") }
    return try DrawingsPhotographsMaker(table: table, background: background, size: size)
      .make(at: folder)
  }
}
