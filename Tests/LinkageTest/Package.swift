// swift-tools-version: 6.2
import PackageDescription

/// A program that uses the product RouterOSProtocol and nothing else; what it is linked with is what that product costs.
let package = Package(
    name: "LinkageTest",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-routeros-billing", path: "../..")],
    targets: [
        .executableTarget(
            name: "linkage-test",
            dependencies: [.product(name: "RouterOSProtocol", package: "swift-routeros-billing")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        )
    ]
)
