/// What a protocol says of its workshop. Everything is optional: nothing is ever made up.
public struct Event: Codable, Hashable, Sendable {
  /// Title of the workshop.
  public var title: String?
  /// The series or symposium it belongs to.
  public var series: String?
  /// `2025-09-17`, or free text such as `Herbst 2025`.
  public var date: String?
  /// Town, house, room.
  public var place: String?
  /// Who held it.
  public var organisers: [String]
  /// Who paid for it; printed as it stands.
  public var fundingNotice: String?
  /// What was on the programme, in order.
  public var agenda: [AgendaItem]
  /// Whom to ask.
  public var contacts: [Contact]
  /// What is cited.
  public var literature: [String]

  /// One item of the programme.
  public struct AgendaItem: Codable, Hashable, Sendable {
    /// Short and unique, such as `austausch-1`.
    public var id: String
    /// As printed.
    public var title: String
    /// The block it belongs to.
    public var block: String?
    /// `14:00`, local time.
    public var start: String?
    /// `15:30`, local time.
    public var end: String?
    /// Headings of the boards that were made in it.
    public var boards: [String]
    /// Files that belong to it, relative to the input.
    public var photos: [String]
    /// Questions that were asked.
    public var questions: [String]

    /// Creates an item.
    public init(
      id: String, title: String, block: String? = nil, start: String? = nil, end: String? = nil, boards: [String] = [],
      photos: [String] = [], questions: [String] = []
    ) {
      self.id = id
      self.title = title
      self.block = block
      self.start = start
      self.end = end
      self.boards = boards
      self.photos = photos
      self.questions = questions
    }

    /// Reads an item; only `id` and `title` must be there.
    public init(from decoder: any Decoder) throws {
      let c = try decoder.container(keyedBy: CodingKeys.self)
      id = try c.decode(String.self, forKey: .id)
      title = try c.decode(String.self, forKey: .title)
      block = try c.decodeIfPresent(String.self, forKey: .block)
      start = try c.decodeIfPresent(String.self, forKey: .start)
      end = try c.decodeIfPresent(String.self, forKey: .end)
      boards = try c.decodeIfPresent([String].self, forKey: .boards) ?? []
      photos = try c.decodeIfPresent([String].self, forKey: .photos) ?? []
      questions = try c.decodeIfPresent([String].self, forKey: .questions) ?? []
    }
  }

  /// A person or office to ask.
  public struct Contact: Codable, Hashable, Sendable {
    /// Name or role.
    public var name: String
    /// Organisation.
    public var organisation: String?
    /// E-mail address.
    public var email: String?
    /// Creates a contact.
    public init(name: String, organisation: String? = nil, email: String? = nil) {
      self.name = name
      self.organisation = organisation
      self.email = email
    }
  }

  /// Creates an event; without arguments an empty one.
  public init(
    title: String? = nil, series: String? = nil, date: String? = nil, place: String? = nil, organisers: [String] = [],
    fundingNotice: String? = nil, agenda: [AgendaItem] = [], contacts: [Contact] = [], literature: [String] = []
  ) {
    self.title = title
    self.series = series
    self.date = date
    self.place = place
    self.organisers = organisers
    self.fundingNotice = fundingNotice
    self.agenda = agenda
    self.contacts = contacts
    self.literature = literature
  }

  /// Reads an event; every key may be missing.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    title = try c.decodeIfPresent(String.self, forKey: .title)
    series = try c.decodeIfPresent(String.self, forKey: .series)
    date = try c.decodeIfPresent(String.self, forKey: .date)
    place = try c.decodeIfPresent(String.self, forKey: .place)
    organisers = try c.decodeIfPresent([String].self, forKey: .organisers) ?? []
    fundingNotice = try c.decodeIfPresent(String.self, forKey: .fundingNotice)
    agenda = try c.decodeIfPresent([AgendaItem].self, forKey: .agenda) ?? []
    contacts = try c.decodeIfPresent([Contact].self, forKey: .contacts) ?? []
    literature = try c.decodeIfPresent([String].self, forKey: .literature) ?? []
  }
}
