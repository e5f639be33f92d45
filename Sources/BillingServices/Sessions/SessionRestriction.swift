/// What somebody who signed in must do before anything else is allowed.
public enum SessionRestriction: String, Hashable, Sendable, CaseIterable {
    /// Choose a password of their own: `account.changePassword`.
    case mustChangePassword = "must-change-password"
    /// Set up a second factor: `account.enrolSecondFactor`.
    case mustEnrolSecondFactor = "must-enrol-second-factor"
}
