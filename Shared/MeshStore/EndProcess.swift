import Glibc
import MeshCore

/// Ends the process because the disk no longer does what it says.
///
/// After a failed write or fsync nobody knows what of the file is durable; only a fresh start, which
/// recovers the file from its log, may answer again.
func endProcess(because reason: String) -> Never {
  var line = JSONWriter()
  line.beginObject()
  line.key("level")
  line.string("fatal")
  line.key("message")
  line.string("the store's disk failed; ending the process")
  line.key("reason")
  line.string(reason)
  line.endObject()
  var bytes = line.bytes
  bytes.append(UInt8(ascii: "\n"))
  _ = write(STDERR_FILENO, bytes, bytes.count)
  // Nothing may be written on the way out.
  _exit(EX_IOERR)
}
