// swift-format-ignore-file
// Written by Tests/freeze-schema.sh.

extension SQLiteDialect {
    /// The tables of the first release.
    static let everything = #"""
CREATE TABLE tenant (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    slug TEXT,
    currency TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'closed')),
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (slug)
) STRICT;
CREATE INDEX tenant_by_created_at_id ON tenant (created_at, id);
CREATE TABLE site (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    region TEXT,
    district TEXT,
    latitude REAL,
    longitude REAL,
    primary_router BLOB,
    is_archived INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, name_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE TABLE router (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    username TEXT NOT NULL,
    sealed_password BLOB NOT NULL,
    region TEXT,
    district TEXT,
    latitude REAL,
    longitude REAL,
    site BLOB,
    status TEXT NOT NULL CHECK (status IN ('unknown', 'online', 'offline', 'error')),
    status_detail TEXT,
    identity TEXT,
    routeros_version TEXT,
    uptime INTEGER,
    restarts INTEGER NOT NULL,
    last_seen INTEGER,
    last_sync INTEGER,
    created_at INTEGER NOT NULL,
    removed_at INTEGER,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
) STRICT;
CREATE INDEX router_by_tenant_name_id ON router (tenant, name, id);
CREATE INDEX router_by_tenant_site ON router (tenant, site);
CREATE TABLE package (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    description TEXT NOT NULL,
    validity TEXT,
    uptime_allowance INTEGER,
    data_quota INTEGER,
    quota_end TEXT NOT NULL,
    rate_limit TEXT,
    shared_users INTEGER NOT NULL,
    locks_to_device INTEGER NOT NULL,
    start_rule TEXT NOT NULL,
    expiry_action TEXT NOT NULL,
    expiry_delay INTEGER NOT NULL,
    schedule TEXT,
    activate_after_creation INTEGER,
    activate_after_purchase INTEGER,
    use_after_activation INTEGER,
    price INTEGER NOT NULL CHECK (price >= 0),
    cost INTEGER,
    currency TEXT NOT NULL,
    router_profile TEXT NOT NULL,
    price_rules TEXT NOT NULL,
    is_visible INTEGER NOT NULL,
    is_archived INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    offered_name TEXT,
    UNIQUE (tenant, id),
    UNIQUE (tenant, offered_name),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE TABLE voucher_batch (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    package BLOB,
    package_name TEXT NOT NULL,
    validity TEXT,
    uptime_allowance INTEGER,
    data_quota INTEGER,
    quota_end TEXT NOT NULL,
    rate_limit TEXT,
    shared_users INTEGER NOT NULL,
    locks_to_device INTEGER NOT NULL,
    start_rule TEXT NOT NULL,
    expiry_action TEXT NOT NULL,
    expiry_delay INTEGER NOT NULL,
    schedule TEXT,
    activate_after_creation INTEGER,
    activate_after_purchase INTEGER,
    use_after_activation INTEGER,
    price INTEGER NOT NULL CHECK (price >= 0),
    cost INTEGER,
    currency TEXT NOT NULL,
    router_profile TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    router BLOB NOT NULL,
    code_prefix TEXT NOT NULL,
    code_alphabet TEXT NOT NULL,
    code_length INTEGER NOT NULL,
    code_has_check INTEGER NOT NULL,
    activate_by INTEGER,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    face_value INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, package) REFERENCES package (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX voucher_batch_by_tenant_created_at_id ON voucher_batch (tenant, created_at, id);
CREATE INDEX voucher_batch_by_tenant_package_router_created_at_id ON voucher_batch (tenant, package, router, created_at, id);
CREATE INDEX voucher_batch_by_tenant_created_by_created_at_id ON voucher_batch (tenant, created_by, created_at, id);
CREATE TRIGGER voucher_batch_stays BEFORE UPDATE ON voucher_batch
    BEGIN SELECT raise(ABORT, 'voucher_batch is append-only'); END;
CREATE TRIGGER voucher_batch_remains BEFORE DELETE ON voucher_batch
    BEGIN SELECT raise(ABORT, 'voucher_batch is append-only'); END;
CREATE TABLE voucher (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    batch BLOB NOT NULL,
    code TEXT NOT NULL,
    password TEXT,
    router BLOB NOT NULL,
    package BLOB,
    package_name TEXT NOT NULL,
    validity TEXT,
    uptime_allowance INTEGER,
    data_quota INTEGER,
    quota_end TEXT NOT NULL,
    rate_limit TEXT,
    shared_users INTEGER NOT NULL,
    locks_to_device INTEGER NOT NULL,
    start_rule TEXT NOT NULL,
    expiry_action TEXT NOT NULL,
    expiry_delay INTEGER NOT NULL,
    schedule TEXT,
    activate_after_creation INTEGER,
    activate_after_purchase INTEGER,
    use_after_activation INTEGER,
    price INTEGER NOT NULL CHECK (price >= 0),
    cost INTEGER,
    currency TEXT NOT NULL,
    router_profile TEXT NOT NULL,
    customer TEXT,
    customer_id BLOB,
    commercial TEXT NOT NULL CHECK (commercial IN ('generated', 'reserved', 'sold', 'refunded', 'written-off')),
    access TEXT NOT NULL CHECK (access IN ('unused', 'active', 'expired', 'depleted', 'disabled', 'revoked')),
    provisioning TEXT NOT NULL CHECK (provisioning IN ('pending', 'present', 'drifted', 'removing', 'removed', 'failed')),
    provisioning_detail TEXT,
    created_at INTEGER NOT NULL,
    reserved_for TEXT,
    reserved_until INTEGER,
    sold_at INTEGER,
    sold_by TEXT,
    sold_for INTEGER,
    sold_tax INTEGER NOT NULL,
    paid_into TEXT,
    paid_from_grant INTEGER,
    sale_entry TEXT,
    refunded_at INTEGER,
    refunded_amount INTEGER,
    activated_at INTEGER,
    activation_evidence TEXT,
    activation_not_before INTEGER,
    valid_before_login INTEGER,
    expires_at INTEGER,
    activate_by_extended INTEGER,
    extra_bytes INTEGER NOT NULL,
    extra_uptime INTEGER NOT NULL,
    extension_count INTEGER NOT NULL,
    locked_device TEXT,
    ended_at INTEGER,
    cleaned_up_at INTEGER,
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
    code_key TEXT NOT NULL,
    next_deadline INTEGER,
    document_status TEXT NOT NULL CHECK (document_status IN ('pending', 'active', 'expired', 'used', 'disabled')),
    customer_key TEXT,
    agent BLOB,
    UNIQUE (tenant, id),
    UNIQUE (tenant, code_key),
    FOREIGN KEY (tenant, batch) REFERENCES voucher_batch (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX voucher_by_tenant_created_at_id ON voucher (tenant, created_at, id);
CREATE INDEX voucher_by_tenant_batch_created_at_id ON voucher (tenant, batch, created_at, id);
CREATE INDEX voucher_by_tenant_router_created_at_id ON voucher (tenant, router, created_at, id);
CREATE INDEX voucher_by_tenant_document_status_created_at_id ON voucher (tenant, document_status, created_at, id);
CREATE INDEX voucher_by_tenant_router_document_status_created_at_id ON voucher (tenant, router, document_status, created_at, id);
CREATE INDEX voucher_by_tenant_batch_document_status_created_at_id ON voucher (tenant, batch, document_status, created_at, id);
CREATE INDEX voucher_by_tenant_router_provisioning_created_at_id ON voucher (tenant, router, provisioning, created_at, id);
CREATE INDEX voucher_by_tenant_provisioning_created_at_id ON voucher (tenant, provisioning, created_at, id);
CREATE INDEX voucher_by_tenant_access_provisioning_commercial ON voucher (tenant, access, provisioning, commercial);
CREATE INDEX voucher_by_tenant_access_created_at_id ON voucher (tenant, access, created_at, id);
CREATE INDEX voucher_by_tenant_commercial_created_at_id ON voucher (tenant, commercial, created_at, id);
CREATE INDEX voucher_by_tenant_access_expires_at ON voucher (tenant, access, expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX voucher_by_tenant_next_deadline ON voucher (tenant, next_deadline) WHERE next_deadline IS NOT NULL;
CREATE INDEX voucher_by_tenant_reserved_for ON voucher (tenant, reserved_for) WHERE reserved_for IS NOT NULL;
CREATE INDEX voucher_by_tenant_reserved_until ON voucher (tenant, reserved_until) WHERE reserved_until IS NOT NULL;
CREATE INDEX voucher_by_tenant_customer_id_created_at_id ON voucher (tenant, customer_id, created_at, id) WHERE customer_id IS NOT NULL;
CREATE INDEX voucher_by_tenant_sold_at ON voucher (tenant, sold_at) WHERE sold_at IS NOT NULL;
CREATE INDEX voucher_by_tenant_activated_at ON voucher (tenant, activated_at) WHERE activated_at IS NOT NULL;
CREATE INDEX voucher_by_tenant_refunded_at ON voucher (tenant, refunded_at) WHERE refunded_at IS NOT NULL;
CREATE INDEX voucher_by_tenant_package_created_at_id ON voucher (tenant, package, created_at, id) WHERE package IS NOT NULL;
CREATE INDEX voucher_by_tenant_sold_by_created_at_id ON voucher (tenant, sold_by, created_at, id) WHERE sold_by IS NOT NULL;
CREATE INDEX voucher_by_tenant_customer_key_id ON voucher (tenant, customer_key, id) WHERE customer_key IS NOT NULL;
CREATE INDEX voucher_by_tenant_sale_entry ON voucher (tenant, sale_entry) WHERE sale_entry IS NOT NULL;
CREATE INDEX voucher_by_tenant_agent_created_at_id ON voucher (tenant, agent, created_at, id) WHERE agent IS NOT NULL;
CREATE TABLE voucher_entitlement (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    voucher BLOB NOT NULL,
    time TEXT,
    policy TEXT NOT NULL,
    bytes INTEGER,
    uptime INTEGER,
    previous_end INTEGER,
    new_end INTEGER,
    previous_access TEXT NOT NULL,
    actor TEXT NOT NULL,
    cause TEXT NOT NULL,
    price INTEGER,
    currency TEXT,
    paid_into TEXT,
    granted INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, voucher) REFERENCES voucher (tenant, id)
) STRICT;
CREATE INDEX voucher_entitlement_by_tenant_voucher_created_at_id ON voucher_entitlement (tenant, voucher, created_at, id);
CREATE TRIGGER voucher_entitlement_stays BEFORE UPDATE ON voucher_entitlement
    BEGIN SELECT raise(ABORT, 'voucher_entitlement is append-only'); END;
CREATE TRIGGER voucher_entitlement_remains BEFORE DELETE ON voucher_entitlement
    BEGIN SELECT raise(ABORT, 'voucher_entitlement is append-only'); END;
CREATE TABLE voucher_device (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    voucher BLOB NOT NULL,
    address TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (voucher, address),
    FOREIGN KEY (tenant, voucher) REFERENCES voucher (tenant, id)
) STRICT;
CREATE INDEX voucher_device_by_tenant_address_last_seen_at ON voucher_device (tenant, address, last_seen_at);
CREATE TABLE role_definition (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    permissions TEXT NOT NULL,
    is_archived INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, name_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE TABLE staff (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    username TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    custom_role BLOB,
    display_name TEXT,
    email TEXT,
    phone TEXT,
    language TEXT,
    assignment TEXT NOT NULL,
    is_disabled INTEGER NOT NULL,
    must_change_password INTEGER NOT NULL,
    password_changed_at INTEGER NOT NULL,
    second_factor_secret BLOB,
    second_factor_confirmed_at INTEGER,
    second_factor_last_step INTEGER,
    second_factor_recovery BLOB,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    username_key TEXT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, username_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, custom_role) REFERENCES role_definition (tenant, id)
) STRICT;
CREATE TABLE api_token (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    digest BLOB NOT NULL,
    role TEXT NOT NULL,
    scopes TEXT,
    assignment TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    revoked_at INTEGER,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (digest),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX api_token_by_tenant_created_at_id ON api_token (tenant, created_at, id);
CREATE TABLE sign_in_session (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    staff BLOB NOT NULL,
    digest BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    address TEXT,
    user_agent TEXT,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (digest),
    FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id)
) STRICT;
CREATE INDEX sign_in_session_by_expires_at ON sign_in_session (expires_at);
CREATE INDEX sign_in_session_by_tenant_staff_created_at ON sign_in_session (tenant, staff, created_at);
CREATE TABLE ledger_entry (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    cause TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    actor TEXT NOT NULL,
    lines INTEGER NOT NULL,
    digest BLOB NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, position),
    UNIQUE (tenant, idempotency_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX ledger_entry_by_tenant_at ON ledger_entry (tenant, at);
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry
    BEGIN SELECT raise(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_entry_remains BEFORE DELETE ON ledger_entry
    BEGIN SELECT raise(ABORT, 'ledger_entry is append-only'); END;
CREATE TABLE ledger_posting (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    entry BLOB NOT NULL,
    line INTEGER NOT NULL,
    at INTEGER NOT NULL,
    account TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    currency TEXT NOT NULL,
    movement TEXT NOT NULL,
    family TEXT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (entry, line),
    FOREIGN KEY (tenant, entry) REFERENCES ledger_entry (tenant, id)
) STRICT;
CREATE INDEX ledger_posting_by_tenant_account_currency_at_amount ON ledger_posting (tenant, account, currency, at, amount);
CREATE INDEX ledger_posting_by_tenant_family_at_movement_account_currency_amount ON ledger_posting (tenant, family, at, movement, account, currency, amount);
CREATE TRIGGER ledger_posting_stays BEFORE UPDATE ON ledger_posting
    BEGIN SELECT raise(ABORT, 'ledger_posting is append-only'); END;
CREATE TRIGGER ledger_posting_remains BEFORE DELETE ON ledger_posting
    BEGIN SELECT raise(ABORT, 'ledger_posting is append-only'); END;
CREATE TRIGGER ledger_posting_has_its_line BEFORE INSERT ON ledger_posting
    WHEN NEW.line < 0 OR NEW.line >= (SELECT lines FROM ledger_entry WHERE id = NEW.entry)
    BEGIN SELECT raise(ABORT, 'ledger_entry has no such line'); END;
CREATE TABLE audit_entry (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    before TEXT,
    after TEXT,
    request_id TEXT,
    source_address TEXT,
    digest BLOB NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, position),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX audit_entry_by_tenant_subject_position ON audit_entry (tenant, subject, position);
CREATE INDEX audit_entry_by_tenant_actor_position ON audit_entry (tenant, actor, position);
CREATE INDEX audit_entry_by_tenant_at ON audit_entry (tenant, at);
CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
    BEGIN SELECT raise(ABORT, 'audit_entry is append-only'); END;
CREATE TRIGGER audit_entry_remains BEFORE DELETE ON audit_entry
    BEGIN SELECT raise(ABORT, 'audit_entry is append-only'); END;
CREATE TABLE router_queue (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    owner TEXT,
    epoch INTEGER NOT NULL,
    until INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    status_due_at INTEGER NOT NULL,
    sync_due_at INTEGER NOT NULL,
    watch_due_at INTEGER NOT NULL,
    is_away INTEGER NOT NULL,
    rested_at INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, id) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX router_queue_by_is_away_due_at ON router_queue (is_away, due_at);
CREATE INDEX router_queue_by_is_away_watch_due_at ON router_queue (is_away, watch_due_at);
CREATE TABLE idempotency_record (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    result TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    scoped_key TEXT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (scoped_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX idempotency_record_by_created_at ON idempotency_record (created_at);
CREATE TABLE sign_in_attempt (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    at INTEGER NOT NULL,
    username TEXT NOT NULL,
    staff BLOB,
    address TEXT,
    outcome TEXT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id)
) STRICT;
CREATE INDEX sign_in_attempt_by_tenant_at_id ON sign_in_attempt (tenant, at, id);
CREATE INDEX sign_in_attempt_by_tenant_staff_at ON sign_in_attempt (tenant, staff, at);
CREATE TABLE throttled_account (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    failures INTEGER NOT NULL,
    last_attempt_at INTEGER,
    not_before INTEGER,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX throttled_account_by_last_attempt_at ON throttled_account (last_attempt_at);
CREATE TABLE throttled_address (
    id BLOB NOT NULL PRIMARY KEY,
    theoretical_arrival INTEGER,
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX throttled_address_by_theoretical_arrival ON throttled_address (theoretical_arrival);
CREATE TABLE router_event (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    router BLOB NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    operation TEXT NOT NULL,
    outcome TEXT NOT NULL,
    duration INTEGER,
    detail TEXT NOT NULL,
    request_id TEXT,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX router_event_by_tenant_at_id ON router_event (tenant, at, id);
CREATE INDEX router_event_by_tenant_router_at ON router_event (tenant, router, at);
CREATE TABLE network_session (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    router BLOB NOT NULL,
    router_epoch INTEGER NOT NULL,
    address TEXT,
    hardware_address TEXT,
    started_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at INTEGER,
    end_reason TEXT,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    last_bytes_in INTEGER NOT NULL,
    last_bytes_out INTEGER NOT NULL,
    counter_epoch INTEGER NOT NULL,
    source TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX network_session_by_tenant_router_ended_at ON network_session (tenant, router, ended_at);
CREATE INDEX network_session_by_tenant_router_started_at_id ON network_session (tenant, router, started_at, id);
CREATE INDEX network_session_by_tenant_ended_at_started_at_id ON network_session (tenant, ended_at, started_at, id);
CREATE INDEX network_session_by_tenant_subject_started_at_id ON network_session (tenant, subject, started_at, id);
CREATE INDEX network_session_by_tenant_started_at_id ON network_session (tenant, started_at, id);
CREATE TABLE usage_day (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    subject TEXT NOT NULL,
    router BLOB NOT NULL,
    package_name TEXT NOT NULL,
    day TEXT NOT NULL,
    uptime INTEGER NOT NULL,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, subject, day, router),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX usage_day_by_tenant_day ON usage_day (tenant, day);
CREATE TABLE shift (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    staff BLOB NOT NULL,
    site BLOB,
    currency TEXT NOT NULL,
    opening_float INTEGER NOT NULL,
    sales INTEGER NOT NULL,
    refunds INTEGER NOT NULL,
    cash_in INTEGER NOT NULL,
    cash_out INTEGER NOT NULL,
    handed_over INTEGER NOT NULL,
    counted INTEGER,
    reason TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'counted', 'closed', 'approved')),
    counted_by TEXT,
    ended_by TEXT,
    created_at INTEGER NOT NULL,
    counted_at INTEGER,
    ended_at INTEGER,
    revision INTEGER NOT NULL,
    open_drawer TEXT,
    UNIQUE (tenant, id),
    UNIQUE (tenant, open_drawer),
    FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
) STRICT;
CREATE INDEX shift_by_tenant_created_at_id ON shift (tenant, created_at, id);
CREATE INDEX shift_by_tenant_staff_created_at ON shift (tenant, staff, created_at);
CREATE TABLE cash_movement (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    shift BLOB NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    actor TEXT NOT NULL,
    cause TEXT NOT NULL,
    reason TEXT,
    UNIQUE (tenant, id),
    UNIQUE (tenant, shift, cause),
    FOREIGN KEY (tenant, shift) REFERENCES shift (tenant, id)
) STRICT;
CREATE INDEX cash_movement_by_tenant_shift_at ON cash_movement (tenant, shift, at);
CREATE TRIGGER cash_movement_stays BEFORE UPDATE ON cash_movement
    BEGIN SELECT raise(ABORT, 'cash_movement is append-only'); END;
CREATE TRIGGER cash_movement_remains BEFORE DELETE ON cash_movement
    BEGIN SELECT raise(ABORT, 'cash_movement is append-only'); END;
CREATE TABLE commission_rule (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    earner TEXT,
    package BLOB,
    rate INTEGER,
    amount INTEGER,
    currency TEXT,
    moment TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, package) REFERENCES package (tenant, id)
) STRICT;
CREATE INDEX commission_rule_by_tenant_created_at_id ON commission_rule (tenant, created_at, id);
CREATE TABLE commission_statement (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    number INTEGER NOT NULL,
    earner TEXT NOT NULL,
    total INTEGER NOT NULL,
    currency TEXT NOT NULL,
    accrual_count INTEGER NOT NULL,
    before INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('issued', 'paid', 'cancelled')),
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX commission_statement_by_tenant_earner_number ON commission_statement (tenant, earner, number);
CREATE TABLE commission_accrual (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    earner TEXT NOT NULL,
    rule BLOB NOT NULL,
    cause TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    reverses BLOB,
    statement BLOB,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    earning TEXT,
    UNIQUE (tenant, id),
    UNIQUE (tenant, earning),
    FOREIGN KEY (tenant, rule) REFERENCES commission_rule (tenant, id),
    FOREIGN KEY (tenant, statement) REFERENCES commission_statement (tenant, id)
) STRICT;
CREATE INDEX commission_accrual_by_tenant_earner_created_at ON commission_accrual (tenant, earner, created_at);
CREATE INDEX commission_accrual_by_tenant_statement ON commission_accrual (tenant, statement);
CREATE INDEX commission_accrual_by_tenant_cause ON commission_accrual (tenant, cause);
CREATE TABLE agent (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    staff BLOB,
    ceiling INTEGER,
    currency TEXT,
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'closed')),
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, name_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id)
) STRICT;
CREATE INDEX agent_by_tenant_staff ON agent (tenant, staff);
CREATE TABLE settings (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    settings TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE TABLE scheduled_job (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    schedule TEXT NOT NULL,
    catch_up TEXT NOT NULL,
    is_paused INTEGER NOT NULL,
    handled_until INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, name),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE TABLE job_run (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    job BLOB NOT NULL,
    due_at INTEGER NOT NULL,
    term INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'succeeded', 'failed', 'abandoned')),
    attempts INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    detail TEXT,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, job, due_at),
    FOREIGN KEY (tenant, job) REFERENCES scheduled_job (tenant, id)
) STRICT;
CREATE INDEX job_run_by_state_term ON job_run (state, term);
CREATE INDEX job_run_by_tenant_created_at_id ON job_run (tenant, created_at, id);
CREATE TABLE leadership (
    id BLOB NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    owner TEXT NOT NULL,
    elected_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    revision INTEGER NOT NULL
) STRICT;
CREATE TABLE saved_report (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    kind TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    edition INTEGER NOT NULL,
    content TEXT NOT NULL,
    format TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, kind, first_day, last_day, edition),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX saved_report_by_tenant_created_at_id ON saved_report (tenant, created_at, id);
CREATE TABLE customer (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    contacts TEXT NOT NULL,
    region TEXT,
    district TEXT,
    latitude REAL,
    longitude REAL,
    locale TEXT,
    site BLOB,
    notes TEXT NOT NULL,
    tags TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'suspended', 'expired', 'disabled', 'closed')),
    status_before_disabling TEXT,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    erased_at INTEGER,
    revision INTEGER NOT NULL,
    number_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX customer_by_tenant_created_at_id ON customer (tenant, created_at, id);
CREATE INDEX customer_by_tenant_status_created_at_id ON customer (tenant, status, created_at, id);
CREATE INDEX customer_by_tenant_site_created_at_id ON customer (tenant, site, created_at, id);
CREATE INDEX customer_by_tenant_name_id ON customer (tenant, name, id);
CREATE TABLE service_account (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    customer BLOB NOT NULL,
    kind TEXT NOT NULL,
    router BLOB NOT NULL,
    username TEXT NOT NULL,
    sealed_password BLOB NOT NULL,
    package BLOB,
    router_profile TEXT NOT NULL,
    unpaid_profile TEXT,
    static_address TEXT,
    caller_id TEXT,
    access TEXT NOT NULL CHECK (access IN ('enabled', 'disabled', 'deleted')),
    provisioning TEXT NOT NULL CHECK (provisioning IN ('pending', 'present', 'drifted', 'removing', 'removed', 'failed')),
    provisioning_detail TEXT,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    revision INTEGER NOT NULL,
    live_username TEXT,
    UNIQUE (tenant, id),
    UNIQUE (tenant, router, live_username),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id),
    FOREIGN KEY (tenant, package) REFERENCES package (tenant, id)
) STRICT;
CREATE INDEX service_account_by_tenant_customer_created_at_id ON service_account (tenant, customer, created_at, id);
CREATE INDEX service_account_by_tenant_router_created_at_id ON service_account (tenant, router, created_at, id);
CREATE INDEX service_account_by_tenant_access_created_at_id ON service_account (tenant, access, created_at, id);
CREATE INDEX service_account_by_tenant_created_at_id ON service_account (tenant, created_at, id);
CREATE INDEX service_account_by_tenant_package ON service_account (tenant, package);
CREATE TABLE outbox_job (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    router BLOB NOT NULL,
    voucher BLOB,
    service_account BLOB,
    urgency INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    enqueued_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    detail TEXT,
    is_parked INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (voucher),
    UNIQUE (service_account),
    UNIQUE (router, sequence),
    FOREIGN KEY (tenant, voucher) REFERENCES voucher (tenant, id),
    FOREIGN KEY (tenant, service_account) REFERENCES service_account (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX outbox_job_by_tenant_is_parked_enqueued_at ON outbox_job (tenant, is_parked, enqueued_at);
CREATE INDEX outbox_job_by_router_is_parked_not_before ON outbox_job (router, is_parked, not_before);
CREATE INDEX outbox_job_by_router_is_parked_enqueued_at ON outbox_job (router, is_parked, enqueued_at);
CREATE INDEX outbox_job_by_router_is_parked_urgency_sequence_id ON outbox_job (router, is_parked, urgency, sequence, id);
CREATE TABLE subscription (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    customer BLOB NOT NULL,
    service_account BLOB,
    package BLOB,
    kind TEXT NOT NULL,
    terms TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending-payment', 'active', 'grace', 'suspended', 'paused', 'terminated', 'cancelled')),
    anchor TEXT,
    paid_periods INTEGER NOT NULL,
    shift INTEGER NOT NULL,
    paid_through INTEGER,
    postponed_until INTEGER,
    postponement_reason TEXT,
    halted_at INTEGER,
    suspension_cause TEXT,
    reason TEXT,
    scheduled_terms TEXT,
    ends_with_period INTEGER NOT NULL,
    auto_renews INTEGER NOT NULL,
    runs TEXT NOT NULL,
    ended_at INTEGER,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    package_name TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price >= 0),
    currency TEXT NOT NULL,
    is_earning INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
    FOREIGN KEY (tenant, service_account) REFERENCES service_account (tenant, id),
    FOREIGN KEY (tenant, package) REFERENCES package (tenant, id)
) STRICT;
CREATE INDEX subscription_by_tenant_customer_created_at_id ON subscription (tenant, customer, created_at, id);
CREATE INDEX subscription_by_tenant_state_created_at_id ON subscription (tenant, state, created_at, id);
CREATE INDEX subscription_by_tenant_state_paid_through ON subscription (tenant, state, paid_through);
CREATE INDEX subscription_by_tenant_created_at_id ON subscription (tenant, created_at, id);
CREATE INDEX subscription_by_tenant_is_earning_created_at_id ON subscription (tenant, is_earning, created_at, id);
CREATE INDEX subscription_by_tenant_service_account ON subscription (tenant, service_account);
CREATE INDEX subscription_by_tenant_package ON subscription (tenant, package);
CREATE TABLE invoice (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    customer BLOB NOT NULL,
    currency TEXT NOT NULL,
    lines TEXT NOT NULL,
    discount TEXT,
    tax_rules TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'partly-paid', 'paid', 'void', 'written-off')),
    number_year INTEGER,
    number_sequence INTEGER,
    number TEXT,
    issue_date TEXT,
    due_date TEXT,
    paid INTEGER NOT NULL,
    credited INTEGER NOT NULL,
    closing_reason TEXT,
    late_for BLOB,
    earned INTEGER NOT NULL,
    is_earning INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    total INTEGER NOT NULL,
    outstanding INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number),
    UNIQUE (tenant, late_for),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
    FOREIGN KEY (tenant, late_for) REFERENCES invoice (tenant, id)
) STRICT;
CREATE INDEX invoice_by_tenant_customer_created_at_id ON invoice (tenant, customer, created_at, id);
CREATE INDEX invoice_by_tenant_state_due_date_id ON invoice (tenant, state, due_date, id);
CREATE INDEX invoice_by_tenant_created_at_id ON invoice (tenant, created_at, id);
CREATE INDEX invoice_by_tenant_due_date_id ON invoice (tenant, due_date, id);
CREATE INDEX invoice_by_tenant_issue_date_id ON invoice (tenant, issue_date, id);
CREATE INDEX invoice_by_tenant_is_earning_created_at_id ON invoice (tenant, is_earning, created_at, id);
CREATE TABLE credit_note (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    invoice BLOB NOT NULL,
    number_year INTEGER,
    number_sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    date TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number),
    FOREIGN KEY (tenant, invoice) REFERENCES invoice (tenant, id)
) STRICT;
CREATE INDEX credit_note_by_tenant_invoice_created_at ON credit_note (tenant, invoice, created_at);
CREATE INDEX credit_note_by_tenant_created_at_id ON credit_note (tenant, created_at, id);
CREATE TRIGGER credit_note_stays BEFORE UPDATE ON credit_note
    BEGIN SELECT raise(ABORT, 'credit_note is append-only'); END;
CREATE TRIGGER credit_note_remains BEFORE DELETE ON credit_note
    BEGIN SELECT raise(ABORT, 'credit_note is append-only'); END;
CREATE TABLE document_series (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    kind TEXT NOT NULL,
    pattern TEXT NOT NULL,
    restarts_yearly INTEGER NOT NULL,
    last INTEGER NOT NULL,
    last_date TEXT,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, kind),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE TABLE payment (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    customer BLOB,
    method TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    payer_fee INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    quoted TEXT,
    recipient TEXT,
    public_reference TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('initiated', 'pending', 'settled', 'quarantined', 'partly-refunded', 'refunded', 'charged-back', 'failed', 'expired', 'cancelled')),
    captured INTEGER NOT NULL,
    captured_currency TEXT NOT NULL,
    refunded INTEGER NOT NULL,
    settled_at INTEGER,
    event_count INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    voucher BLOB,
    UNIQUE (tenant, id),
    UNIQUE (tenant, public_reference),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id)
) STRICT;
CREATE INDEX payment_by_tenant_created_at_id ON payment (tenant, created_at, id);
CREATE INDEX payment_by_tenant_customer_created_at_id ON payment (tenant, customer, created_at, id);
CREATE INDEX payment_by_tenant_status_created_at_id ON payment (tenant, status, created_at, id);
CREATE INDEX payment_by_tenant_method_created_at_id ON payment (tenant, method, created_at, id);
CREATE INDEX payment_by_tenant_purpose_created_at_id ON payment (tenant, purpose, created_at, id);
CREATE INDEX payment_by_tenant_settled_at ON payment (tenant, settled_at);
CREATE TABLE payment_event (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    payment BLOB NOT NULL,
    line INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (payment, line),
    FOREIGN KEY (tenant, payment) REFERENCES payment (tenant, id)
) STRICT;
CREATE INDEX payment_event_by_tenant_at ON payment_event (tenant, at);
CREATE TRIGGER payment_event_stays BEFORE UPDATE ON payment_event
    BEGIN SELECT raise(ABORT, 'payment_event is append-only'); END;
CREATE TRIGGER payment_event_remains BEFORE DELETE ON payment_event
    BEGIN SELECT raise(ABORT, 'payment_event is append-only'); END;
CREATE TABLE payment_receipt (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    method TEXT NOT NULL,
    reference TEXT NOT NULL,
    payment BLOB NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, method, reference),
    FOREIGN KEY (tenant, payment) REFERENCES payment (tenant, id)
) STRICT;
CREATE INDEX payment_receipt_by_tenant_payment ON payment_receipt (tenant, payment);
CREATE TRIGGER payment_receipt_stays BEFORE UPDATE ON payment_receipt
    BEGIN SELECT raise(ABORT, 'payment_receipt is append-only'); END;
CREATE TRIGGER payment_receipt_remains BEFORE DELETE ON payment_receipt
    BEGIN SELECT raise(ABORT, 'payment_receipt is append-only'); END;
CREATE TABLE receipt (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    number_year INTEGER,
    number_sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    payment BLOB NOT NULL,
    customer BLOB,
    method TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    shares TEXT NOT NULL,
    date TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number),
    FOREIGN KEY (tenant, payment) REFERENCES payment (tenant, id),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id)
) STRICT;
CREATE INDEX receipt_by_tenant_payment ON receipt (tenant, payment);
CREATE INDEX receipt_by_tenant_customer_created_at_id ON receipt (tenant, customer, created_at, id);
CREATE INDEX receipt_by_tenant_created_at_id ON receipt (tenant, created_at, id);
CREATE TRIGGER receipt_stays BEFORE UPDATE ON receipt
    BEGIN SELECT raise(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER receipt_remains BEFORE DELETE ON receipt
    BEGIN SELECT raise(ABORT, 'receipt is append-only'); END;
CREATE TABLE payment_method (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    method TEXT NOT NULL,
    currency TEXT NOT NULL,
    is_enabled INTEGER NOT NULL,
    terms TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, method, currency),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE TABLE exchange_rate (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    given TEXT NOT NULL,
    received TEXT NOT NULL,
    mantissa INTEGER NOT NULL,
    scale INTEGER NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX exchange_rate_by_tenant_given_received_at_id ON exchange_rate (tenant, given, received, at, id);
CREATE INDEX exchange_rate_by_tenant_at_id ON exchange_rate (tenant, at, id);
CREATE TRIGGER exchange_rate_stays BEFORE UPDATE ON exchange_rate
    BEGIN SELECT raise(ABORT, 'exchange_rate is append-only'); END;
CREATE TRIGGER exchange_rate_remains BEFORE DELETE ON exchange_rate
    BEGIN SELECT raise(ABORT, 'exchange_rate is append-only'); END;
CREATE TABLE tax (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    rate TEXT NOT NULL,
    products TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX tax_by_tenant_created_at_id ON tax (tenant, created_at, id);
CREATE TABLE notification_intent (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    template TEXT NOT NULL,
    recipient TEXT NOT NULL,
    variables TEXT NOT NULL,
    dedupe_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'parked', 'cancelled')),
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    claimed_until INTEGER,
    receipt TEXT,
    detail TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    revision INTEGER NOT NULL,
    due_at INTEGER,
    UNIQUE (tenant, id),
    UNIQUE (tenant, dedupe_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX notification_intent_by_due_at ON notification_intent (due_at);
CREATE INDEX notification_intent_by_tenant_created_at_id ON notification_intent (tenant, created_at, id);
CREATE INDEX notification_intent_by_tenant_recipient_created_at ON notification_intent (tenant, recipient, created_at);
CREATE TABLE inbox_message (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    digest BLOB NOT NULL,
    sealed_headers BLOB NOT NULL,
    body BLOB NOT NULL,
    source_address TEXT,
    state TEXT NOT NULL CHECK (state IN ('received', 'processing', 'done', 'failed', 'quarantined')),
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    claimed_until INTEGER,
    detail TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    revision INTEGER NOT NULL,
    due_at INTEGER,
    UNIQUE (tenant, id),
    UNIQUE (tenant, source, key, digest),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
CREATE INDEX inbox_message_by_due_at ON inbox_message (due_at);
CREATE INDEX inbox_message_by_source_due_at ON inbox_message (source, due_at);
CREATE INDEX inbox_message_by_tenant_state_not_before ON inbox_message (tenant, state, not_before);
CREATE INDEX inbox_message_by_tenant_created_at_id ON inbox_message (tenant, created_at, id);
CREATE INDEX inbox_message_by_tenant_state_created_at_id ON inbox_message (tenant, state, created_at, id);
CREATE INDEX inbox_message_by_ended_at ON inbox_message (ended_at);
CREATE TABLE router_question (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    router BLOB NOT NULL,
    changes INTEGER NOT NULL,
    text TEXT NOT NULL,
    asked_at INTEGER,
    approved_changes INTEGER NOT NULL,
    approved_at INTEGER,
    approved_by TEXT,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE TABLE router_downtime (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    router BLOB NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    status TEXT NOT NULL CHECK (status IN ('unknown', 'online', 'offline', 'error')),
    detail TEXT,
    alerted_as TEXT CHECK (alerted_as IN ('unknown', 'online', 'offline', 'error')),
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX router_downtime_by_tenant_router_ended_at ON router_downtime (tenant, router, ended_at);
CREATE INDEX router_downtime_by_tenant_router_began_at_id ON router_downtime (tenant, router, began_at, id);
CREATE INDEX router_downtime_by_tenant_ended_at ON router_downtime (tenant, ended_at);
CREATE TABLE router_health (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    router BLOB NOT NULL,
    read_at INTEGER NOT NULL,
    cpu_load INTEGER,
    free_memory INTEGER,
    total_memory INTEGER,
    free_storage INTEGER,
    total_storage INTEGER,
    board_name TEXT,
    architecture TEXT,
    temperature REAL,
    voltage REAL,
    clock_drift INTEGER,
    clock_read_at INTEGER,
    clock_wrong_since INTEGER,
    trouble TEXT CHECK (trouble IN ('unreadable-rows', 'mass-change')),
    trouble_since INTEGER,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE TABLE router_care (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    profiles TEXT NOT NULL,
    profiles_read_at INTEGER,
    log_cursor TEXT,
    callback_nonce BLOB,
    backup_begun_at INTEGER,
    backup_asked_by TEXT,
    saving BLOB,
    saving_for TEXT,
    sealed_saving_password BLOB,
    restoring BLOB,
    restore_asked_by TEXT,
    restore_asked_at INTEGER,
    faults TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, id) REFERENCES router (tenant, id)
) STRICT;
CREATE TABLE router_backup (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    router BLOB NOT NULL,
    taken_at INTEGER NOT NULL,
    taken_by TEXT NOT NULL,
    byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
    digest BLOB NOT NULL,
    identity TEXT,
    routeros_version TEXT,
    sealed_password BLOB NOT NULL,
    restored_at INTEGER,
    restored_by TEXT,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
) STRICT;
CREATE INDEX router_backup_by_tenant_router_taken_at_id ON router_backup (tenant, router, taken_at, id);
CREATE TABLE router_backup_file (
    id BLOB NOT NULL PRIMARY KEY,
    tenant BLOB NOT NULL,
    sealed_contents BLOB NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
) STRICT;
"""#
}
