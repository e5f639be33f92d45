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

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "benchmarks", targets: ["Benchmarks"])
    ],
    dependencies: [
        .package(name: "swift-routeros-billing", path: "..")
    ],
    targets: [
        .target(name: "CAllocationCounter"),
        .target(name: "CCodecLimit"),
        .target(
            name: "Workloads",
            dependencies: [
                "CAllocationCounter",
                "CCodecLimit",
                .product(name: "RouterOSProtocol", package: "swift-routeros-billing"),
            ],
            swiftSettings: houseRules
        ),
        .target(name: "CClientLimit"),
        .target(name: "CResponder", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
        .target(
            name: "ClientWorkloads",
            dependencies: [
                "CClientLimit",
                "CResponder",
                .product(name: "RouterOSClient", package: "swift-routeros-billing"),
                .product(name: "RouterOSProtocol", package: "swift-routeros-billing"),
                .product(name: "RouterOSTesting", package: "swift-routeros-billing"),
            ],
            swiftSettings: houseRules
        ),
        .target(name: "CStoreLimit", linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("pq")]),
        // The server of the tests, by a link: a target lies inside its package.
        .target(name: "PrivatePostgreSQL", swiftSettings: houseRules),
        .target(
            name: "StoreWorkloads",
            dependencies: [
                "CStoreLimit",
                "PrivatePostgreSQL",
                .product(name: "BillingDomain", package: "swift-routeros-billing"),
                .product(name: "BillingPersistence", package: "swift-routeros-billing"),
                .product(name: "BillingPersistenceSQLite", package: "swift-routeros-billing"),
                .product(name: "BillingPersistencePostgreSQL", package: "swift-routeros-billing"),
                .product(name: "BillingServices", package: "swift-routeros-billing"),
            ],
            swiftSettings: houseRules
        ),
        .target(
            name: "ProvisioningWorkloads",
            dependencies: [
                "ClientWorkloads",
                .product(name: "RouterOSClient", package: "swift-routeros-billing"),
                .product(name: "RouterOSProtocol", package: "swift-routeros-billing"),
                .product(name: "RouterOSTesting", package: "swift-routeros-billing"),
                .product(name: "BillingDomain", package: "swift-routeros-billing"),
                .product(name: "BillingPersistenceSQLite", package: "swift-routeros-billing"),
                .product(name: "BillingServices", package: "swift-routeros-billing"),
                .product(name: "BillingProvisioning", package: "swift-routeros-billing"),
            ],
            swiftSettings: houseRules
        ),
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["Workloads", "ClientWorkloads", "StoreWorkloads", "ProvisioningWorkloads"],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "WorkloadsTests",
            dependencies: [
                "Workloads",
                .product(name: "RouterOSProtocol", package: "swift-routeros-billing"),
            ],
            swiftSettings: houseRules
        ),
        .testTarget(name: "StoreWorkloadsTests", dependencies: ["StoreWorkloads"], swiftSettings: houseRules),
        .testTarget(
            name: "ProvisioningWorkloadsTests",
            dependencies: ["ProvisioningWorkloads"],
            swiftSettings: houseRules
        ),
        .testTarget(name: "ClientWorkloadsTests", dependencies: ["ClientWorkloads"], swiftSettings: houseRules),
    ]
)
