import Foundation

/// Why the system refused a file, in the system's own words (`No such file or directory`), without the sentence that
/// Foundation puts around them.
public func systemReason(of error: any Error) -> String {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
  let cause = (underlying ?? error) as NSError
  guard cause.domain == NSPOSIXErrorDomain else { return cause.localizedDescription }
  return String(cString: strerror(Int32(truncatingIfNeeded: cause.code)))
}
