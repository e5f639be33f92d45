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
func library(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: houseRules + settings)
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
        .library(name: "RouterOSREST", targets: ["RouterOSREST"]),
        .library(name: "RouterOSTesting", targets: ["RouterOSTesting"]),
        .library(name: "BillingDomain", targets: ["BillingDomain"]),
        .library(name: "BillingPersistence", targets: ["BillingPersistence"]),
        .library(name: "BillingPersistenceSQLite", targets: ["BillingPersistenceSQLite"]),
        .library(name: "BillingPersistencePostgreSQL", targets: ["BillingPersistencePostgreSQL"]),
        .library(name: "BillingServices", targets: ["BillingServices"]),
        .library(name: "BillingTesting", targets: ["BillingTesting"]),
        .library(name: "BillingProvisioning", targets: ["BillingProvisioning"]),
        .library(name: "BillingDocuments", targets: ["BillingDocuments"]),
    ],
    traits: [
        // Off by default: what belongs to a trait that is off is neither fetched nor built.
        .trait(name: "SwiftLog", description: "SwiftLogObserver: what the client does, as swift-log messages."),
        .trait(name: "SwiftMetrics", description: "SwiftMetricsObserver: what the client does, as swift-metrics."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.5.0"),
    ],
    targets: [
        // C shims: each is imported by exactly one Swift target, with `internal import`.
        .target(name: "CRouterOSSystem"),
        .systemLibrary(name: "CRouterOSOpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CRouterOSCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CRouterOSSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CRouterOSPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        // The router half.
        library("RouterOSProtocol"),
        library("ConnectionPool"),
        library(
            "RouterOSClient",
            [
                "RouterOSProtocol", "ConnectionPool", "OpenSSLSupport", "CRouterOSSystem",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["SwiftLog"])),
                .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["SwiftMetrics"])),
            ],
            // Who asks a router something stays on the thread it is on.
            settings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        ),
        library("RouterOSREST", ["RouterOSProtocol", "RouterOSClient", "CRouterOSCurl"]),
        library("RouterOSTesting", ["RouterOSProtocol", "RouterOSClient", "OpenSSLSupport"]),

        library("OpenSSLSupport", ["CRouterOSOpenSSL"]),

        // The billing half.
        library("BillingDomain"),
        library("BillingPersistence", ["BillingDomain", "OpenSSLSupport"]),
        library("BillingPersistenceSQLite", ["BillingPersistence", "BillingDomain", "CRouterOSSQLite"]),
        library("BillingTesting", ["BillingPersistence", "BillingDomain"]),
        library(
            "BillingPersistencePostgreSQL",
            ["BillingPersistence", "BillingDomain", "ConnectionPool", "CRouterOSPostgreSQL"]
        ),
        library("BillingServices", ["BillingDomain", "BillingPersistence", "OpenSSLSupport"]),
        library("BillingDocuments", ["BillingDomain"]),

        // The one place where the halves meet.
        library(
            "BillingProvisioning",
            [
                "BillingServices", "BillingDomain", "BillingPersistence", "RouterOSClient", "RouterOSProtocol",
                "ConnectionPool",
            ]
        ),

        .target(
            name: "TestSupport",
            dependencies: ["BillingDomain", "ConnectionPool", "RouterOSClient"],
            path: "Tests/TestSupport",
            swiftSettings: houseRules
        ),
        .target(name: "PostgreSQLServer", path: "Tests/PostgreSQLServer", swiftSettings: houseRules),
        .target(
            name: "FuzzTargets",
            dependencies: ["RouterOSProtocol", "RouterOSTesting", "RouterOSClient"],
            path: "Tests/Fuzz/Targets",
            swiftSettings: houseRules
        ),
        tests("RouterOSProtocolTests", ["RouterOSProtocol", "FuzzTargets", "TestSupport"]),
        tests("ConnectionPoolTests", ["ConnectionPool", "TestSupport"]),
        tests(
            "RouterOSClientTests",
            [
                "RouterOSClient", "RouterOSProtocol", "RouterOSTesting", "OpenSSLSupport", "ConnectionPool",
                "TestSupport",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["SwiftLog"])),
                .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["SwiftMetrics"])),
                .product(name: "MetricsTestKit", package: "swift-metrics", condition: .when(traits: ["SwiftMetrics"])),
            ]
        ),
        tests(
            "RouterOSRESTTests",
            ["RouterOSREST", "RouterOSClient", "RouterOSProtocol", "RouterOSTesting", "TestSupport"]
        ),
        tests(
            "RouterOSTestingTests",
            ["RouterOSTesting", "RouterOSProtocol", "RouterOSClient", "FuzzTargets", "OpenSSLSupport"]
        ),
        .target(
            name: "SimulatedWorld",
            dependencies: [
                "BillingProvisioning", "BillingServices", "BillingPersistence", "BillingDomain", "RouterOSTesting",
                "RouterOSClient", "RouterOSProtocol", "TestSupport",
            ],
            path: "Tests/SimulatedWorld",
            swiftSettings: houseRules
        ),
        // Tests/simulate.sh: worlds from the command line.
        .executableTarget(
            name: "simulate",
            dependencies: ["SimulatedWorld"],
            path: "Tests/Simulate",
            swiftSettings: houseRules
        ),
        tests(
            "SimulationTests",
            [
                "SimulatedWorld", "BillingProvisioning", "BillingServices", "BillingPersistence", "BillingDomain",
                "RouterOSTesting", "RouterOSClient", "RouterOSProtocol",
            ]
        ),
        tests("BillingDomainTests", ["BillingDomain", "TestSupport"]),
        // An operating-system layer of SQLite that fails when it is told to.
        .target(name: "CFaultVFS", dependencies: ["CRouterOSSQLite"], path: "Tests/CFaultVFS"),
        .target(
            name: "StoreSamples",
            dependencies: ["BillingPersistence", "BillingDomain"],
            path: "Tests/StoreSamples",
            swiftSettings: houseRules
        ),
        tests(
            "BillingPersistenceTests",
            [
                "BillingPersistence", "BillingPersistenceSQLite", "BillingTesting", "BillingDomain", "CFaultVFS",
                "StoreSamples", "TestSupport",
            ]
        ),
        tests(
            "BillingPersistencePostgreSQLTests",
            [
                "BillingPersistencePostgreSQL", "BillingPersistence", "BillingDomain", "BillingTesting",
                "ConnectionPool", "PostgreSQLServer", "StoreSamples", "TestSupport",
            ]
        ),
        tests("BillingTestingTests", ["BillingTesting", "BillingPersistence", "BillingDomain"]),
        tests("OpenSSLSupportTests", ["OpenSSLSupport"]),
        tests(
            "BillingServicesTests",
            [
                "BillingServices", "BillingTesting", "BillingPersistence", "BillingPersistenceSQLite",
                "BillingPersistencePostgreSQL", "BillingDomain", "PostgreSQLServer", "TestSupport",
            ]
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
