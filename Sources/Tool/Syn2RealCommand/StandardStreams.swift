import Foundation

/// The standard streams of the process, which may have been closed by the program that started it.
enum StandardStreams {
  /// Opens closed streams on `/dev/null`, so that output to them is discarded without an error.
  ///
  /// Otherwise the next opened file would get the number of the closed stream: progress would be written into a checkpoint.
  static func secure() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest number that is free is this one.
      _ = open("/dev/null", O_RDWR)
    }
  }
}
