import Hashing
import Testing

@Suite struct ContentDigestTests {
  /// Examples of FIPS 180-2, appendix B.
  @Test func digestsAreThoseOfTheStandard() {
    #expect(
      ContentDigest.sha256("abc").rawValue == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      ContentDigest.sha256([]).rawValue == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func namesGiveTheSameUUIDAndOthersAnother() {
    let one = ContentDigest.uuid(named: "cause.competence")
    #expect(one == ContentDigest.uuid(named: "cause.competence"))
    #expect(one != ContentDigest.uuid(named: "cause.resources"))
    #expect(one.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
  }
}
