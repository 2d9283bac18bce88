import Foundation

/// The process's standard streams, which whoever began it may have closed.
enum StandardStreams {
  /// Makes what is written to a closed stream go nowhere, and end nothing.
  ///
  /// Left closed, the stream's number would go to the next file that is opened: progress would be written into a checkpoint.
  static func secure() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest number that is free is this one.
      _ = open("/dev/null", O_RDWR)
    }
  }
}
