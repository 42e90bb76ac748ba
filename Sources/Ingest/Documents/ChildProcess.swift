import Foundation

/// Runs another program with limits on its time, memory and what it writes.
struct ChildProcess {
  /// Seconds of clock and of processor time.
  var seconds: Int
  /// Bytes of one file that it writes.
  var fileBytes = 1024 * 1_048_576
  /// Kilobytes of address space (Linux); the poppler programs need some 100 MB beside the picture.
  var memoryKilobytes = 4 * 1_048_576

  /// Runs `program` out of `PATH` and returns what it wrote to its standard output.
  func output(of program: String, _ arguments: [String]) throws(IngestError) -> [UInt8] {
    let folder = try PrivateFolder()
    let output = folder.path + "/output"
    let status = try run(program, arguments, output: output)
    switch status {
    case .exited(0): return try OriginalFile(path: output).bytes(limit: fileBytes)
    case .exited(127): throw .programMissing(program)
    case .exited: throw .damagedDocument("'\(program)' cannot read it")
    case .ended: throw .programStopped(program)
    }
  }

  private enum Outcome {
    case exited(Int)
    case ended
  }

  private func run(_ program: String, _ arguments: [String], output: String) throws(IngestError) -> Outcome {
    // The shell sets the limits and becomes the program: posix_spawn has no limits of its own.
    let limits =
      "ulimit -c 0; ulimit -t \(seconds); ulimit -f \(fileBytes / 512); ulimit -v \(memoryKilobytes) 2>/dev/null"
    let words = ["/bin/sh", "-c", limits + "; exec \"$0\" \"$@\"", program] + arguments
    let environment = [
      "PATH=" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"), "LC_ALL=C",
    ]
    guard let process = Self.spawn(words, environment: environment, output: output) else {
      throw .unreadable("no program can be started")
    }
    return wait(for: process)
  }

  private static func spawn(_ words: [String], environment: [String], output: String) -> pid_t? {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // A group of its own: it is ended together with whatever it started.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process = pid_t()
    guard posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, variables) == 0 else { return nil }
    return process
  }

  private func wait(for process: pid_t) -> Outcome {
    let end = ContinuousClock.now + .seconds(seconds)
    var status: Int32 = 0
    var pause: UInt32 = 500
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR { return .ended }
      if ContinuousClock.now > end {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        return .ended
      }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
    // The macros of wait.h do not come over: the low seven bits are the signal, the next byte is the code.
    return status & 0x7F == 0 ? .exited(Int(status >> 8 & 0xFF)) : .ended
  }
}
