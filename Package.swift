// swift-tools-version: 6.2
import PackageDescription

/// The house rules every target obeys: the Swift 6 language mode, no implicit existential, no leaked import, no warning.
let houseRules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A library target under `Sources/`, with the house rules switched on.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: houseRules)
}

/// A test target under `Tests/`, with the house rules switched on.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: houseRules)
}

let package = Package(
    name: "swift-routeros-billing",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "RouterOSProtocol", targets: ["RouterOSProtocol"]),
        .library(name: "RouterOSClient", targets: ["RouterOSClient"]),
        .library(name: "RouterOSTesting", targets: ["RouterOSTesting"]),
        .library(name: "BillingDomain", targets: ["BillingDomain"]),
        .library(name: "BillingPersistence", targets: ["BillingPersistence"]),
        .library(name: "BillingPersistenceSQLite", targets: ["BillingPersistenceSQLite"]),
        .library(name: "BillingServices", targets: ["BillingServices"]),
        .library(name: "BillingProvisioning", targets: ["BillingProvisioning"]),
        .library(name: "BillingDocuments", targets: ["BillingDocuments"]),
    ],
    targets: [
        // C shims: each is imported by exactly one Swift target, with `internal import`.
        .target(name: "CRouterOSLinux"),
        .systemLibrary(name: "CRouterOSOpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CRouterOSSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // The router half.
        library("RouterOSProtocol"),
        library("RouterOSClient", ["RouterOSProtocol", "CRouterOSLinux"]),
        library("RouterOSTesting", ["RouterOSProtocol", "RouterOSClient"]),

        // The billing half.
        library("BillingDomain"),
        library("BillingPersistence", ["BillingDomain"]),
        library("BillingPersistenceSQLite", ["BillingPersistence", "BillingDomain", "CRouterOSSQLite"]),
        library("OpenSSLSupport", ["CRouterOSOpenSSL"]),
        library("BillingServices", ["BillingDomain", "BillingPersistence", "OpenSSLSupport"]),
        library("BillingDocuments", ["BillingDomain"]),

        // The one place where the halves meet.
        library(
            "BillingProvisioning",
            ["BillingServices", "BillingDomain", "BillingPersistence", "RouterOSClient", "RouterOSProtocol"]
        ),

        .target(
            name: "TestSupport",
            dependencies: ["BillingDomain"],
            path: "Tests/TestSupport",
            swiftSettings: houseRules
        ),
        .target(
            name: "FuzzTargets",
            dependencies: ["RouterOSProtocol"],
            path: "Tests/Fuzz/Targets",
            swiftSettings: houseRules
        ),
        tests("RouterOSProtocolTests", ["RouterOSProtocol", "FuzzTargets", "TestSupport"]),
        tests("RouterOSClientTests", ["RouterOSClient", "RouterOSProtocol", "RouterOSTesting"]),
        tests("RouterOSTestingTests", ["RouterOSTesting", "RouterOSProtocol", "RouterOSClient"]),
        tests("BillingDomainTests", ["BillingDomain", "TestSupport"]),
        tests(
            "BillingPersistenceTests",
            ["BillingPersistence", "BillingPersistenceSQLite", "BillingDomain", "TestSupport"]
        ),
        tests("OpenSSLSupportTests", ["OpenSSLSupport"]),
        tests(
            "BillingServicesTests",
            ["BillingServices", "BillingPersistence", "BillingPersistenceSQLite", "BillingDomain", "TestSupport"]
        ),
        tests("BillingDocumentsTests", ["BillingDocuments", "BillingDomain"]),
        tests(
            "BillingProvisioningTests",
            [
                "BillingProvisioning", "BillingServices", "BillingPersistence", "BillingPersistenceSQLite",
                "BillingDomain", "RouterOSTesting", "RouterOSClient", "RouterOSProtocol", "TestSupport",
            ]
        ),
    ]
)
