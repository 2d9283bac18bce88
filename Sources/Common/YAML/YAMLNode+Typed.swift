import Messages

extension YAMLNode {
  /// The node as text; an unquoted number or boolean is refused.
  ///
  /// - Throws: ``YAMLError`` if it is not text.
  public func string() throws(YAMLError) -> String {
    if case .string(let text) = value { return text }
    guard case .scalar(let scalar) = content, scalar.value != .null else { throw mismatch("text") }
    throw mismatch("text", found: "\(scalar.summary) (put it in quotes to make it text)")
  }

  /// The node as a boolean.
  ///
  /// - Throws: ``YAMLError`` if it is not one.
  public func bool() throws(YAMLError) -> Bool {
    guard case .boolean(let boolean) = value else { throw mismatch("true or false") }
    return boolean
  }

  /// The node as an integer within a range.
  ///
  /// - Throws: ``YAMLError`` if it is not one.
  public func int(in range: some RangeExpression<Int> = Int.min...) throws(YAMLError) -> Int {
    guard case .integer(let integer) = value, range.contains(integer) else {
      throw mismatch("an integer\(describe(range))")
    }
    return integer
  }

  /// The node as a finite number within a range; an integer is one.
  ///
  /// - Throws: ``YAMLError`` if it is not one.
  public func double(
    in range: some RangeExpression<Double> = (-Double.infinity)...
  ) throws(YAMLError) -> Double {
    let number: Double? =
      switch value {
      case .integer(let integer): Double(integer)
      case .double(let number): number
      default: nil
      }
    if number?.isFinite == false { throw mismatch("a finite number\(describe(range))") }
    guard let number, range.contains(number) else {
      throw mismatch("a number\(describe(range))")
    }
    return number
  }

  /// The node as a case of an enumeration by its raw value.
  ///
  /// - Throws: ``YAMLError`` that lists the raw values, if it is not one.
  public func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ type: Choice.Type = Choice.self
  ) throws(YAMLError) -> Choice {
    let names = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: try choice(among: names)) else {
      throw mismatch(alternatives(names))
    }
    return choice
  }

  /// The node as one of several names.
  ///
  /// - Throws: ``YAMLError`` that lists the names, if it is none of them.
  public func choice(among names: [String]) throws(YAMLError) -> String {
    guard case .scalar(let scalar) = content else { throw mismatch(alternatives(names)) }
    guard names.contains(scalar.text) else {
      throw mismatch(alternatives(names), nearest: nearestName(to: scalar.text, among: names))
    }
    return scalar.text
  }

  /// The node as a sequence, each element converted.
  ///
  /// - Throws: ``YAMLError`` if it is not a sequence, and what the conversion throws.
  public func elements<Element>(
    _ convert: (YAMLNode) throws(YAMLError) -> Element
  ) throws(YAMLError) -> [Element] {
    guard case .sequence(let nodes) = content else { throw mismatch("a sequence") }
    var elements = [Element]()
    for node in nodes { elements.append(try convert(node)) }
    return elements
  }

  func mismatch(_ expected: String, found: String? = nil, nearest: String? = nil) -> YAMLError {
    YAMLError(
      .mismatch(expected: expected, found: found ?? summary, nearest: nearest), at: location,
      path: path)
  }
}
