import Testing

@testable import RouterOSTesting

struct SigningInTests {
    @Test func aRightPasswordIsAnsweredWithABareDone() {
        var dialogue = Dialogue(signedIn: false)
        #expect(dialogue.say("/login", "=name=api", "=password=secret", ".tag=1") == [["!done", ".tag=1"]])
    }

    @Test(arguments: [["=name=api", "=password=wrong"], ["=name=other", "=password=secret"], ["=name=api"]])
    func aWrongOneIsRefusedAndTheConnectionStays(attributes: [String]) {
        var dialogue = Dialogue(signedIn: false)
        #expect(
            dialogue.say(["/login"] + attributes) == [
                ["!trap", "=message=invalid user name or password (6)"], ["!done"],
            ]
        )
        #expect(dialogue.isOpen)
        #expect(dialogue.say("/login", "=name=api", "=password=secret") == [["!done"]])
    }

    @Test func aBareLoginIsHandedAChallengeWhoseAnswerIsRefused() {
        var dialogue = Dialogue(signedIn: false)
        let challenge = dialogue.say("/login")
        #expect(challenge.first?.last?.count == "=ret=".count + 32)
        #expect(dialogue.trap(["/login", "=name=api", "=response=00112233445566778899aabbccddeeff00"]) != nil)
    }

    @Test func aCommandBeforeTheLoginEndsTheSession() {
        var dialogue = Dialogue(signedIn: false)
        #expect(dialogue.say("/system/identity/print", ".tag=4") == [["!fatal", "not logged in"]])
        #expect(!dialogue.isOpen)
    }

    @Test func quitSaysWhyAndCloses() {
        var dialogue = Dialogue()
        #expect(dialogue.say("/quit") == [["!fatal", "session terminated on request"]])
        #expect(!dialogue.isOpen)
    }

    @Test func aStrangerMayNotSendMuch() {
        var dialogue = Dialogue(signedIn: false)
        // Announces a word of 16 MiB.
        dialogue.router.receive([0xE1, 0x00, 0x00, 0x00], on: dialogue.connection)
        #expect(dialogue.hear() == [])
        #expect(!dialogue.isOpen)
    }

    @Test func commandsBehindTheLoginInOnePieceAreAnswered() {
        var dialogue = Dialogue(signedIn: false)
        let bytes =
            Dialogue.encode(["/login", "=name=api", "=password=secret"]) + Dialogue.encode(["/system/identity/print"])
        dialogue.router.receive(bytes, on: dialogue.connection)
        #expect(dialogue.hear() == [["!done"], ["!re", "=name=Test"], ["!done"]])
    }
}
