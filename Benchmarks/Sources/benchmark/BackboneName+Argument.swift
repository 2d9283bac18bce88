import ArgumentParsing
import Backbones

extension BackboneName: ArgumentValue {}
extension BackboneName: ExpressibleByArgument {}
