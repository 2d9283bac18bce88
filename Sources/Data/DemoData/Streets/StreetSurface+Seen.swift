import Foundation

extension StreetSurface {
  /// A place of the surface that a pixel shows.
  struct Hit {
    /// The distance ahead of the camera.
    let depth: Double
    /// The coordinate along the surface.
    let u: Double
    /// The coordinate upwards or, on level surfaces, away from the camera.
    let v: Double
  }

  /// The columns and rows in which the surface is seen; nil if it is not seen.
  func bounds(_ camera: StreetCamera) -> (columns: Range<Int>, rows: Range<Int>)? {
    let near = 1.0
    let box: (x: ClosedRange<Double>, y: ClosedRange<Double>, z: ClosedRange<Double>) =
      switch shape {
      case .front(let z, let x, let y): (x, y, z...z)
      case .ellipse(let z, let x, let y, let width, let height, _):
        (x - width * 1.3...x + width * 1.3, y - height * 1.3...y + height * 1.3, z...z)
      case .side(let x, let y, let z): (x...x, y, z)
      case .top(let y, let x, let z): (x, y...y, z)
      }
    guard box.z.upperBound > near else { return nil }
    var columns: [Double] = []
    var rows: [Double] = []
    for x in [box.x.lowerBound, box.x.upperBound] {
      for y in [box.y.lowerBound, box.y.upperBound] {
        for z in [max(box.z.lowerBound, near), box.z.upperBound] {
          let seen = camera.project(x: x, y: y, z: z)
          columns.append(seen.column)
          rows.append(seen.row)
        }
      }
    }
    func range(_ values: [Double], _ limit: Int) -> Range<Int>? {
      let low = Int(max(0, min((values.min() ?? 0).rounded(.down), Double(limit))))
      let high = Int(max(0, min((values.max() ?? 0).rounded(.up), Double(limit))))
      return low < high ? low..<high : nil
    }
    guard let seenColumns = range(columns, camera.width), let seenRows = range(rows, camera.height)
    else { return nil }
    return (seenColumns, seenRows)
  }

  /// The place of the surface that a pixel shows; nil if it shows none.
  func hit(_ camera: StreetCamera, column: Int, row: Int) -> Hit? {
    switch shape {
    case .front(let z, let x, let y):
      let point = camera.point(column: column, row: row, atDepth: z)
      guard x.contains(point.x), y.contains(point.y) else { return nil }
      return Hit(depth: z, u: point.x, v: point.y)
    case .ellipse(let z, let x, let y, let width, let height, let fraying):
      let point = camera.point(column: column, row: row, atDepth: z)
      let (across, up) = ((point.x - x) / width, (point.y - y) / height)
      let edge =
        1 + fraying * (ValueNoise.smooth(across * 4 + 9, up * 4 + 9, salt) - 0.5) * 2
      guard across * across + up * up <= edge * edge else { return nil }
      return Hit(depth: z, u: point.x, v: point.y)
    case .side(let x, let y, let z):
      guard let depth = camera.depth(column: column, ofPlaneAtX: x), z.contains(depth) else {
        return nil
      }
      let height = camera.point(column: column, row: row, atDepth: depth).y
      return y.contains(height) ? Hit(depth: depth, u: depth, v: height) : nil
    case .top(let y, let x, let z):
      guard let depth = camera.depth(row: row, ofPlaneAtY: y), z.contains(depth) else { return nil }
      let across = camera.point(column: column, row: row, atDepth: depth).x
      return x.contains(across) ? Hit(depth: depth, u: across, v: depth) : nil
    }
  }
}
