import BillingDomain
import Testing

@Suite("The documents' words for a state")
struct StatusVocabularyTests {
    static let vocabularies: [StatusVocabulary] = [.logIn, .usability, .service, .radiusDesk]

    @Test(arguments: [
        (StatusVocabulary.logIn, ["pending", "active", "expired", "used", "expired", "expired"]),
        (.usability, ["active", "active", "expired", "used", "disabled", "disabled"]),
        (.service, ["Pending", "Active", "Expired", "Expired", "Disabled", "Disabled"]),
        (.radiusDesk, ["new", "used", "expired", "depleted", "expired", "expired"]),
    ])
    func everyStateHasItsWord(vocabulary: StatusVocabulary, words: [String]) {
        #expect(AccessState.allCases.map(vocabulary.word) == words)
    }

    @Test(arguments: vocabularies)
    func theWordsDivideTheStates(vocabulary: StatusVocabulary) {
        var all: [AccessState] = []
        for word in vocabulary.allWords {
            let states = vocabulary.states(for: word.uppercased())
            #expect(!states.isEmpty)
            all += states
        }
        #expect(all.count == AccessState.allCases.count)
        #expect(Set(all) == Set(AccessState.allCases))
        #expect(vocabulary.states(for: "unheard").isEmpty)
    }

    @Test func usedMeansTwoThings() {
        #expect(StatusVocabulary.usability.states(for: "used") == [.depleted])
        #expect(StatusVocabulary.radiusDesk.states(for: "used") == [.active])
        #expect(StatusVocabulary.usability.states(for: "Active") == [.unused, .active])
    }
}
