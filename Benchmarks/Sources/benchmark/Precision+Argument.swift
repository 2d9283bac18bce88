import ArgumentParsing
import Backbones

/// By its name.
extension Precision: ExpressibleByArgument {}
