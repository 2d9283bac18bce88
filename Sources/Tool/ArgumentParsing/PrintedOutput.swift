// `stdout` is a variable of C, which nothing here assigns.
@preconcurrency import Foundation

/// Standard output as `print` writes it: through a buffer, and without a word where it cannot be written.
package enum PrintedOutput {
  /// Some of what was printed has not been written.
  package struct Loss: Error, CustomStringConvertible {
    /// Whether nobody reads it any more, as after `| head`.
    package let isUnread: Bool
    /// The system's reason; nil where an earlier `print` has met it.
    private let reason: String?

    /// - Parameter code: the system's number of the reason; 0 where it is not known.
    fileprivate init(code: Int32) {
      var state = pollfd(fd: fileno(stdout), events: Int16(POLLOUT), revents: 0)
      let isClosed = poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR | POLLHUP) != 0
      isUnread = code == EPIPE || isClosed
      reason = code == 0 ? nil : String(cString: strerror(code))
    }

    package var description: String {
      "cannot write standard output: \(reason ?? "some of it is lost")"
    }
  }

  /// Writes `text` at once, after what still waits in the buffer.
  /// - Throws: `Loss`, also where it is something printed before that could not be written.
  package static func write(_ text: String) throws(Loss) {
    errno = 0
    fputs(text, stdout)
    fflush(stdout)
    let code = errno
    if ferror(stdout) != 0 { throw Loss(code: code) }
  }
}
