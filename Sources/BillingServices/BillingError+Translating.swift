import BillingDomain
import BillingPersistence
import OpenSSLSupport

extension BillingError {
    /// Runs a use case and says what went wrong in it in the words of this library.
    static func translating<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let error as DomainError {
            throw BillingError(error)
        } catch let error as PersistenceError {
            throw BillingError(error)
        } catch let error as OpenSSLError {
            throw BillingError(error)
        }
    }

    /// Runs a piece of cryptography and says what went wrong in it in the words of this library.
    static func translatingCryptography<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let error as OpenSSLError {
            throw BillingError(error)
        }
    }

    init(_ error: OpenSSLError) {
        self.init(.unavailable, "The machine's cryptography refused.", cause: error.description)
    }

    init(_ error: DomainError) {
        let code: Code =
            switch error.code {
            case .illegalMove, .insufficientFunds, .noRouter: .conflict
            case .brokenChain: .corrupt
            default: .invalidInput
            }
        self.init(code, field: error.field, error.message)
    }

    init(_ error: PersistenceError) {
        let code: Code =
            switch error.code {
            case .notFound: .notFound
            case .duplicate: .duplicate
            case .conflict: .conflict
            case .leaseLost: .leaseLost
            case .corrupt, .constraint: .corrupt
            default: .unavailable
            }
        self.init(code, error.message, cause: error.cause)
    }

    /// Whether an error says that nothing can be done now, and not that one thing cannot.
    static func isAbsence(_ error: any Error) -> Bool { (error as? BillingError)?.code ?? .unavailable == .unavailable }
}
