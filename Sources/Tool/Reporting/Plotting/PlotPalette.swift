/// Colours that people with colour blindness can distinguish, too.
enum PlotPalette {
  /// Okabe and Ito's, with a darker yellow.
  static let few = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#9a8f00",
  ]

  /// Tol's muted scheme, which has more colours, and three more.
  private static let many = [
    "#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255",
    "#aa4499", "#000000", "#ee7733", "#999999",
  ]

  /// A colour for each of `count` classes; nil if there are more classes than distinguishable colours.
  static func colours(for count: Int) -> [String]? {
    [few, many].first { $0.count >= count }.map { Array($0.prefix(count)) }
  }

  /// From white for zero to dark blue: ColorBrewer's YlGnBu, in which the lightness falls steadily.
  static let density =
    "set palette defined (0 '#ffffff', 1 '#edf8b1', 2 '#c7e9b4', 3 '#7fcdbb', 4 '#41b6c4', "
    + "5 '#1d91c0', 6 '#225ea8', 7 '#253494', 8 '#081d58')"
}
