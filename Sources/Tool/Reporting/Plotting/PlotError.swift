/// Why a figure could not be drawn.
public enum PlotError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no gnuplot on this machine.
  case noGnuplot
  /// There is no disk space for what gnuplot reads and writes.
  case noRoom(folder: String, reason: String)
  /// gnuplot drew nothing.
  case failed(path: String, reason: String)
  /// The figure cannot be written.
  case unwritable(path: String, reason: String)

  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .noGnuplot:
      "no 'gnuplot' on the PATH to draw figures with; install it (Debian: gnuplot-nox), or leave figures out with "
        + "--figures none"
    case .noRoom(let folder, let reason):
      "cannot keep the figure while it is drawn in \(folder): \(reason); make room there, or name another folder as TMPDIR"
    case .failed(let path, let reason):
      "gnuplot could not draw \(path): \(reason); gnuplot 5.4 with the terminals svg and pngcairo is needed (Debian: "
        + "gnuplot-nox)"
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason); choose another place or make room"
    }
  }
}
