import CPixels

/// The processor's instructions for many samples at a time, beyond those that every processor has.
package enum VectorUnit {
  /// Whether loops over samples use them; the results are the same. Tests turn them off for a while to compare.
  @TaskLocal package static var isUsed = cpx_is_available()
}
