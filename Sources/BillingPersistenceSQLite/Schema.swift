import BillingPersistence

/// The tables, step by step.
///
/// Instants and durations are microseconds, amounts are minor units, identities are 16 bytes.
enum Schema {
    static let migrations = [Migration("1 selling vouchers", sellingVouchers)]

    /// References inside a tenant carry the tenant, so that the database itself keeps tenants apart.
    private static let sellingVouchers = """
        CREATE TABLE tenant (
            id BLOB NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            currency TEXT NOT NULL,
            time_zone TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE router (
            id BLOB NOT NULL PRIMARY KEY,
            tenant BLOB NOT NULL REFERENCES tenant (id),
            name TEXT NOT NULL,
            host TEXT NOT NULL,
            port INTEGER NOT NULL,
            username TEXT NOT NULL,
            sealed_password BLOB NOT NULL,
            region TEXT,
            district TEXT,
            latitude REAL,
            longitude REAL,
            status TEXT NOT NULL,
            status_detail TEXT,
            identity TEXT,
            routeros_version TEXT,
            uptime INTEGER,
            last_seen INTEGER,
            last_sync INTEGER,
            created_at INTEGER NOT NULL,
            removed_at INTEGER,
            revision INTEGER NOT NULL,
            UNIQUE (tenant, id)
        ) STRICT;

        CREATE TABLE package (
            id BLOB NOT NULL PRIMARY KEY,
            tenant BLOB NOT NULL REFERENCES tenant (id),
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            validity INTEGER,
            uptime_allowance INTEGER,
            data_quota INTEGER,
            price INTEGER NOT NULL CHECK (price >= 0),
            currency TEXT NOT NULL,
            router_profile TEXT NOT NULL,
            cost INTEGER,
            cost_currency TEXT,
            is_archived INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            UNIQUE (tenant, id)
        ) STRICT;
        CREATE UNIQUE INDEX package_offered ON package (tenant, name_key) WHERE is_archived = 0;

        CREATE TABLE voucher_batch (
            id BLOB NOT NULL PRIMARY KEY,
            tenant BLOB NOT NULL REFERENCES tenant (id),
            package BLOB,
            package_name TEXT NOT NULL,
            validity INTEGER,
            uptime_allowance INTEGER,
            data_quota INTEGER,
            price INTEGER NOT NULL CHECK (price >= 0),
            currency TEXT NOT NULL,
            router_profile TEXT NOT NULL,
            quantity INTEGER NOT NULL,
            router BLOB NOT NULL,
            code_prefix TEXT NOT NULL,
            created_by TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            UNIQUE (tenant, id),
            FOREIGN KEY (tenant, package) REFERENCES package (tenant, id),
            FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
        ) STRICT;
        CREATE INDEX voucher_batch_newest ON voucher_batch (tenant, created_at DESC, id DESC);

        CREATE TABLE voucher (
            id BLOB NOT NULL PRIMARY KEY,
            tenant BLOB NOT NULL,
            batch BLOB NOT NULL,
            code TEXT NOT NULL,
            code_key TEXT NOT NULL,
            router BLOB NOT NULL,
            package_name TEXT NOT NULL,
            validity INTEGER,
            uptime_allowance INTEGER,
            data_quota INTEGER,
            price INTEGER NOT NULL CHECK (price >= 0),
            currency TEXT NOT NULL,
            router_profile TEXT NOT NULL,
            customer TEXT,
            commercial TEXT NOT NULL CHECK (commercial IN ('generated', 'sold', 'refunded', 'written-off')),
            access TEXT NOT NULL
                CHECK (access IN ('unused', 'active', 'expired', 'depleted', 'disabled', 'revoked')),
            provisioning TEXT NOT NULL
                CHECK (provisioning IN ('pending', 'present', 'drifted', 'removing', 'removed', 'failed')),
            provisioning_detail TEXT,
            created_at INTEGER NOT NULL,
            sold_at INTEGER,
            activated_at INTEGER,
            activation_evidence TEXT,
            expires_at INTEGER,
            ended_at INTEGER,
            uptime INTEGER NOT NULL,
            bytes_in INTEGER NOT NULL,
            bytes_out INTEGER NOT NULL,
            base_uptime INTEGER NOT NULL,
            base_bytes_in INTEGER NOT NULL,
            base_bytes_out INTEGER NOT NULL,
            settled_uptime INTEGER NOT NULL,
            settled_bytes_in INTEGER NOT NULL,
            settled_bytes_out INTEGER NOT NULL,
            last_seen_at INTEGER,
            revision INTEGER NOT NULL,
            UNIQUE (tenant, code_key),
            FOREIGN KEY (tenant, batch) REFERENCES voucher_batch (tenant, id),
            FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
        ) STRICT;
        CREATE INDEX voucher_newest ON voucher (tenant, created_at DESC, id DESC);
        CREATE INDEX voucher_of_batch ON voucher (tenant, batch, created_at DESC, id DESC);
        CREATE INDEX voucher_of_router ON voucher (tenant, router, created_at DESC, id DESC);
        CREATE INDEX voucher_count ON voucher (tenant, access, provisioning, commercial);
        CREATE INDEX voucher_expiry ON voucher (tenant, expires_at, id)
            WHERE access = 'active' AND expires_at IS NOT NULL;

        CREATE TABLE staff (
            id BLOB NOT NULL PRIMARY KEY,
            tenant BLOB NOT NULL REFERENCES tenant (id),
            username TEXT NOT NULL,
            username_key TEXT NOT NULL,
            password_hash TEXT NOT NULL,
            role TEXT NOT NULL,
            is_disabled INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            UNIQUE (tenant, id),
            UNIQUE (tenant, username_key)
        ) STRICT;

        CREATE TABLE api_token (
            id BLOB NOT NULL PRIMARY KEY,
            tenant BLOB NOT NULL REFERENCES tenant (id),
            name TEXT NOT NULL,
            digest BLOB NOT NULL UNIQUE,
            role TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            revoked_at INTEGER
        ) STRICT;

        CREATE TABLE sign_in_session (
            id BLOB NOT NULL PRIMARY KEY,
            tenant BLOB NOT NULL,
            staff BLOB NOT NULL,
            digest BLOB NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id)
        ) STRICT;
        CREATE INDEX sign_in_session_expiry ON sign_in_session (expires_at);

        CREATE TABLE ledger_entry (
            position INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            tenant BLOB NOT NULL REFERENCES tenant (id),
            at INTEGER NOT NULL,
            cause TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            actor TEXT NOT NULL,
            UNIQUE (tenant, idempotency_key)
        ) STRICT;
        CREATE INDEX ledger_entry_tenant ON ledger_entry (tenant, position);
        CREATE INDEX ledger_entry_period ON ledger_entry (tenant, at);
        CREATE TABLE ledger_posting (
            entry INTEGER NOT NULL REFERENCES ledger_entry (position),
            line INTEGER NOT NULL,
            account TEXT NOT NULL,
            amount INTEGER NOT NULL CHECK (amount <> 0),
            currency TEXT NOT NULL,
            PRIMARY KEY (entry, line)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE audit_entry (
            position INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            tenant BLOB NOT NULL REFERENCES tenant (id),
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_entry_tenant ON audit_entry (tenant, position);

        CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry
            BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER ledger_entry_remains BEFORE DELETE ON ledger_entry
            BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER ledger_posting_stays BEFORE UPDATE ON ledger_posting
            BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER ledger_posting_remains BEFORE DELETE ON ledger_posting
            BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER ledger_posting_comes_with_its_entry BEFORE INSERT ON ledger_posting
            WHEN NEW.entry <> (SELECT max(position) FROM ledger_entry)
            BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
            BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;
        CREATE TRIGGER audit_entry_remains BEFORE DELETE ON audit_entry
            BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;

        CREATE TABLE outbox_job (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id BLOB NOT NULL UNIQUE,
            tenant BLOB NOT NULL,
            router BLOB NOT NULL,
            voucher BLOB NOT NULL UNIQUE REFERENCES voucher (id),
            enqueued_at INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            detail TEXT,
            is_parked INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX outbox_job_tenant ON outbox_job (tenant, is_parked, sequence);
        CREATE INDEX outbox_job_of_router ON outbox_job (router, is_parked, sequence);
        CREATE INDEX outbox_job_due ON outbox_job (router, is_parked, not_before);

        CREATE TABLE router_lease (
            router BLOB NOT NULL PRIMARY KEY REFERENCES router (id),
            owner TEXT,
            epoch INTEGER NOT NULL,
            until INTEGER NOT NULL,
            next_attempt_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE idempotency_record (
            tenant BLOB REFERENCES tenant (id),
            key TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            result TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX idempotency_record_key ON idempotency_record (coalesce(tenant, x''), key);
        """
}
