extension DrawingsPhotographs {
  /// The contents of a finished data set.
  public struct Summary: Hashable, Sendable {
    /// How many pictures a class has.
    public struct ClassCount: Hashable, Sendable {
      /// The class.
      public let name: String

      /// Drawings to train on.
      public let training: Int

      /// Drawings held out.
      public let heldOut: Int

      /// Photographs.
      public let photographs: Int
    }

    /// The folder of the data set.
    public let folder: String

    /// Whether it was already finished, so that nothing was done.
    public let wasFinished: Bool

    /// The classes, ordered by name.
    public let classes: [ClassCount]

    /// The counts of all classes together.
    public var total: ClassCount {
      ClassCount(
        name: "total",
        training: classes.reduce(0) { $0 + $1.training },
        heldOut: classes.reduce(0) { $0 + $1.heldOut },
        photographs: classes.reduce(0) { $0 + $1.photographs })
    }
  }
}

extension DrawingsPhotographs.Summary: CustomStringConvertible {
  /// A readable table: one line per class, then the total.
  public var description: String {
    let heading = ["class", "drawings", "held out", "photographs"]
    let rows = (classes + [total]).map { count in
      [count.name, "\(count.training)", "\(count.heldOut)", "\(count.photographs)"]
    }
    let widths = heading.indices.map { column in
      ([heading] + rows).map { $0[column].count }.max() ?? 0
    }
    return ([heading] + rows)
      .map { row in
        zip(row, widths).enumerated().map { column, cell in
          let space = String(repeating: " ", count: cell.1 - cell.0.count)
          return column == 0 ? cell.0 + space : space + cell.0
        }.joined(separator: "  ")
      }
      .joined(separator: "\n")
  }
}
