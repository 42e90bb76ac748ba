import ProtocolModel

/// Counts the codes, with the uncertainty that unreadable and unassigned notes bring.
struct CountBuilder {
  let notes: NoteIndex
  let order: CodeOrder

  func counts() -> [ProtocolDocument.CodeCount] {
    var primary: [String: Int] = [:]
    var any: [String: Int] = [:]
    var votes: [String: Int] = [:]
    for note in notes.notes {
      if let code = note.primaryCode {
        primary[code, default: 0] += 1
        votes[code, default: 0] += note.votes ?? 0
      }
      for code in Set(note.codings.map(\.code)) { any[code, default: 0] += 1 }
    }
    let open = notes.notes.filter(\.isOpen)
    let codes = order.book.codes.filter(\.isCodable).map(\.id)
    return order.sorted(Set(codes).union(any.keys)).map { code in
      let section = order.section(of: code)
      // Fears and consequences never come first; what could be one may hang on any board.
      let certain = order.mayBePrimary(code) ? primary[code] ?? 0 : any[code] ?? 0
      let possible = open.count { note in
        !note.codings.contains { $0.code == code }
          && (order.mayBePrimary(code) ? notes.mayBelong(note, to: section) : true)
      }
      return ProtocolDocument.CodeCount(
        code: code, primary: primary[code] ?? 0, any: any[code] ?? 0, votes: votes[code] ?? 0,
        upper: certain + possible)
    }
  }
}
