import BillingDomain
import BillingServices

/// The sidebar, which is a bar at the lower edge of a phone, and the frame around every page of somebody signed in.
struct Navigation {
    /// The parts of the panel.
    enum Section: CaseIterable {
        case dashboard
        case generate
        case batches
        case vouchers
        case packages
        case routers

        var title: HTML {
            switch self {
            case .dashboard: "Dashboard"
            case .generate: "Generate"
            case .batches: "Batches"
            case .vouchers: "Vouchers"
            case .packages: "Packages"
            case .routers: "Routers"
            }
        }

        var path: HTML {
            switch self {
            case .dashboard: "/"
            case .generate: "/generate"
            case .batches: "/batches"
            case .vouchers: "/vouchers"
            case .packages: "/packages"
            case .routers: "/routers"
            }
        }

        /// What somebody must be allowed for the section to be of use to them.
        var permission: Permission {
            switch self {
            case .dashboard: .viewReports
            case .generate: .generateVouchers
            case .batches, .vouchers: .viewVouchers
            case .packages: .viewPackages
            case .routers: .viewRouters
            }
        }

        var icon: HTML {
            switch self {
            case .dashboard: "<path d=\"M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z\"/>"
            case .generate: "<path d=\"M12 5v14M5 12h14\"/>"
            case .batches: "<path d=\"M4 8l8-4 8 4-8 4zM4 12l8 4 8-4M4 16l8 4 8-4\"/>"
            case .vouchers: "<path d=\"M4 7h16v3a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4zM14 7v10\"/>"
            case .packages: "<path d=\"M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8\"/>"
            case .routers:
                "<path d=\"M3 14h18v6H3zM7 17h.01M11 17h.01M12 14V9M8.5 6.5a5 5 0 0 1 7 0M6 4a8.5 8.5 0 0 1 12 0\"/>"
            }
        }
    }

    let current: Section
    let session: BillingSession
    let visitor: Visitor

    private var sections: [Section] {
        Section.allCases.filter { session.permissions.contains($0.permission) }
    }

    func around(_ content: HTML, title: String, flash: Flash?) -> HTML {
        """
        <a class="skip" href="#content">Skip to content</a>
        <header class="bar">
        <a class="brand" href="/"><img src="\(StaticFile.icon.address)" alt="" width="28" height="28">\
        <span>\(session.tenant.name)</span></a>
        <form method="post" action="/sign-out">\(visitor.hiddenField)\
        <span class="who">\(session.displayName)</span><button class="quiet">Sign out</button></form>
        </header>
        <nav class="sidebar" aria-label="Main"><ul>\(sections.map(entry))</ul></nav>
        <main id="content">
        \(flash?.html)<h1>\(title)</h1>
        \(content)
        </main>
        """
    }

    private func entry(_ section: Section) -> HTML {
        """
        <li><a href="\(section.path)"\("aria-current=\"page\"", if: section == current)>\
        <svg viewBox="0 0 24 24" aria-hidden="true">\(section.icon)</svg><span>\(section.title)</span></a></li>
        """
    }
}
