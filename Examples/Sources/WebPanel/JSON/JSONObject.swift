import Foundation
import HTTPServer

/// The members of a JSON object that a client sent, read one by one; what is wrong is said with the member's name.
struct JSONObject {
    private let members: [String: JSON]
    private let path: String

    /// Reads a request's body.
    /// - Throws: ``RequestError`` with the field `body`.
    init(body request: HTTPRequest) throws(RequestError) {
        guard request.mediaType == "application/json" else {
            throw RequestError(.unsupportedMediaType, "Send the body as application/json.", field: "Content-Type")
        }
        let value: JSON
        do {
            value = try JSON(request.body)
        } catch {
            throw RequestError(
                .badRequest,
                "The body is not valid JSON: \(error.reason.rawValue), behind byte \(error.offset).",
                field: "body"
            )
        }
        guard case .object(let members) = value else {
            throw RequestError(.badRequest, "The body must be a JSON object.", field: "body")
        }
        self.init(members, path: "")
    }

    private init(_ members: [String: JSON], path: String) {
        self.members = members
        self.path = path
    }

    /// Whether a member is present and not `null`.
    func has(_ name: String) -> Bool {
        value(name) != nil
    }

    /// A text that may be missing.
    func text(_ name: String) throws(RequestError) -> String? {
        switch value(name) {
        case nil: nil
        case .text(let text): text
        default: throw wrong(name, "must be a text.")
        }
    }

    /// A text that must be there.
    func requiredText(_ name: String) throws(RequestError) -> String {
        guard let text = try text(name) else { throw wrong(name, "is required.") }
        return text
    }

    /// A whole number that may be missing.
    func integer(_ name: String) throws(RequestError) -> Int? {
        switch value(name) {
        case nil: return nil
        case .number(let number):
            guard let integer = Int(number.description) else { throw wrong(name, "must be a whole number.") }
            return integer
        default: throw wrong(name, "must be a whole number.")
        }
    }

    /// A number that may be missing, for places and other things that are no money.
    func double(_ name: String) throws(RequestError) -> Double? {
        switch value(name) {
        case nil: return nil
        case .number(let number):
            guard let double = Double(number.description) else { throw wrong(name, "must be a number.") }
            return double
        default: throw wrong(name, "must be a number.")
        }
    }

    /// An amount written as a text or as a number, as plain decimal digits, that may be missing.
    func decimalText(_ name: String) throws(RequestError) -> String? {
        switch value(name) {
        case nil: nil
        case .text(let text): text
        case .number(let number): number.description
        default: throw wrong(name, "must be an amount, such as \"2.50\".")
        }
    }

    /// A number that may be missing, as plain decimal digits.
    func number(_ name: String) throws(RequestError) -> String? {
        switch value(name) {
        case nil: nil
        case .number(let number): number.description
        default: throw wrong(name, "must be a number.")
        }
    }

    /// An object inside this one that may be missing.
    func object(_ name: String) throws(RequestError) -> JSONObject? {
        switch value(name) {
        case nil: nil
        case .object(let members): JSONObject(members, path: path + name + ".")
        default: throw wrong(name, "must be an object.")
        }
    }

    /// The error for a member whose value does not do.
    func wrong(_ name: String, _ reason: String) -> RequestError {
        RequestError(.unprocessableContent, "\(path)\(name) \(reason)", field: path + name)
    }

    private func value(_ name: String) -> JSON? {
        members[name].flatMap { $0 == .null ? nil : $0 }
    }
}
