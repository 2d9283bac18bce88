import Testing

/// The built command, one process at a time: each of them computes on all cores.
@Suite(.serialized) enum CommandSuite {}
