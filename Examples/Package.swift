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

/// A product of the SDK.
///
/// The examples use public products only.
func sdk(_ product: String) -> Target.Dependency {
    .product(name: product, package: "swift-routeros-billing")
}

let package = Package(
    name: "examples",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "web-panel", targets: ["WebPanel"]),
        .executable(name: "sync-daemon", targets: ["SyncDaemon"]),
        .executable(name: "router-simulator", targets: ["RouterSimulator"]),
        .executable(name: "routeros", targets: ["RouterOSTool"]),
    ],
    dependencies: [
        .package(name: "swift-routeros-billing", path: "..")
    ],
    targets: [
        .systemLibrary(
            name: "CRouterOSMicroHTTPD",
            pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev"])]
        ),
        .target(name: "HTTPServer", dependencies: ["CRouterOSMicroHTTPD"], swiftSettings: houseRules),
        .testTarget(name: "HTTPServerTests", dependencies: ["HTTPServer"], swiftSettings: houseRules),
        // What programs that stay have in common: options, signals, the log, the database, the jobs of the night.
        .target(
            name: "ServiceProgram",
            dependencies: [
                sdk("BillingDomain"), sdk("BillingPersistence"), sdk("BillingPersistenceSQLite"),
                sdk("BillingPersistencePostgreSQL"), sdk("BillingServices"), sdk("RouterOSClient"),
                sdk("RouterOSProtocol"),
            ],
            swiftSettings: houseRules
        ),
        .executableTarget(
            name: "SyncDaemon",
            dependencies: [
                "HTTPServer", "ServiceProgram", sdk("BillingDomain"), sdk("BillingPersistence"), sdk("BillingServices"),
                sdk("BillingProvisioning"), sdk("RouterOSClient"),
            ],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "ServiceProgramTests",
            dependencies: [
                "ServiceProgram", sdk("BillingDomain"), sdk("BillingPersistence"), sdk("BillingPersistenceSQLite"),
                sdk("BillingServices"), sdk("RouterOSClient"), sdk("RouterOSProtocol"),
            ],
            swiftSettings: houseRules
        ),
        .executableTarget(
            name: "WebPanel",
            dependencies: [
                "HTTPServer", "ServiceProgram", sdk("BillingDomain"), sdk("BillingPersistence"),
                sdk("BillingPersistenceSQLite"), sdk("BillingServices"), sdk("BillingProvisioning"),
                sdk("BillingDocuments"), sdk("RouterOSClient"), sdk("RouterOSProtocol"),
            ],
            resources: [.embedInCode("Assets")],
            swiftSettings: houseRules
        ),
        .executableTarget(
            name: "RouterSimulator",
            dependencies: ["HTTPServer", sdk("RouterOSTesting"), sdk("RouterOSClient"), sdk("RouterOSProtocol")],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "RouterSimulatorTests",
            dependencies: [
                "RouterSimulator", "HTTPServer", sdk("RouterOSTesting"), sdk("RouterOSClient"), sdk("RouterOSProtocol"),
            ],
            swiftSettings: houseRules
        ),
        .executableTarget(
            name: "RouterOSTool",
            dependencies: [sdk("RouterOSClient"), sdk("RouterOSREST"), sdk("RouterOSProtocol")],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "RouterOSToolTests",
            dependencies: ["RouterOSTool", sdk("RouterOSClient"), sdk("RouterOSProtocol")],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "WebPanelTests",
            dependencies: [
                "WebPanel", "HTTPServer", "ServiceProgram", sdk("BillingDomain"), sdk("BillingPersistence"),
                sdk("BillingPersistenceSQLite"), sdk("BillingServices"),
            ],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                sdk("BillingDomain"), sdk("BillingPersistenceSQLite"), sdk("BillingServices"),
                sdk("BillingProvisioning"), sdk("BillingDocuments"), sdk("RouterOSTesting"), sdk("RouterOSClient"),
                sdk("RouterOSProtocol"),
            ],
            swiftSettings: houseRules
        ),
    ]
)
