import ArgumentParsing
import Generalization

extension ConfidenceScore: ExpressibleByArgument {}
