// swift-format-ignore-file
// Written by Tests/freeze-schema.sh.

extension PostgreSQLDialect {
    /// The tables of the first release.
    static let everything = #"""
CREATE TABLE tenant (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C",
    currency TEXT COLLATE "C" NOT NULL,
    time_zone TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C",
    phone TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'suspended', 'closed')),
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (slug)
);
CREATE INDEX tenant_by_created_at_id ON tenant (created_at, id);
CREATE TABLE site (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    region TEXT COLLATE "C",
    district TEXT COLLATE "C",
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    primary_router UUID,
    is_archived BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, name_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE TABLE router (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    port BIGINT NOT NULL,
    username TEXT COLLATE "C" NOT NULL,
    sealed_password BYTEA NOT NULL,
    region TEXT COLLATE "C",
    district TEXT COLLATE "C",
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    site UUID,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('unknown', 'online', 'offline', 'error')),
    status_detail TEXT COLLATE "C",
    identity TEXT COLLATE "C",
    routeros_version TEXT COLLATE "C",
    uptime BIGINT,
    restarts BIGINT NOT NULL,
    last_seen BIGINT,
    last_sync BIGINT,
    created_at BIGINT NOT NULL,
    removed_at BIGINT,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
);
CREATE INDEX router_by_tenant_name_id ON router (tenant, name, id);
CREATE INDEX router_by_tenant_site ON router (tenant, site);
CREATE TABLE package (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C" NOT NULL,
    validity TEXT COLLATE "C",
    uptime_allowance BIGINT,
    data_quota BIGINT,
    quota_end TEXT COLLATE "C" NOT NULL,
    rate_limit TEXT COLLATE "C",
    shared_users BIGINT NOT NULL,
    locks_to_device BIGINT NOT NULL,
    start_rule TEXT COLLATE "C" NOT NULL,
    expiry_action TEXT COLLATE "C" NOT NULL,
    expiry_delay BIGINT NOT NULL,
    schedule TEXT COLLATE "C",
    activate_after_creation BIGINT,
    activate_after_purchase BIGINT,
    use_after_activation BIGINT,
    price BIGINT NOT NULL CHECK (price >= 0),
    cost BIGINT,
    currency TEXT COLLATE "C" NOT NULL,
    router_profile TEXT COLLATE "C" NOT NULL,
    price_rules TEXT COLLATE "C" NOT NULL,
    is_visible BIGINT NOT NULL,
    is_archived BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    offered_name TEXT COLLATE "C",
    UNIQUE (tenant, id),
    UNIQUE (tenant, offered_name),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE TABLE voucher_batch (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    package UUID,
    package_name TEXT COLLATE "C" NOT NULL,
    validity TEXT COLLATE "C",
    uptime_allowance BIGINT,
    data_quota BIGINT,
    quota_end TEXT COLLATE "C" NOT NULL,
    rate_limit TEXT COLLATE "C",
    shared_users BIGINT NOT NULL,
    locks_to_device BIGINT NOT NULL,
    start_rule TEXT COLLATE "C" NOT NULL,
    expiry_action TEXT COLLATE "C" NOT NULL,
    expiry_delay BIGINT NOT NULL,
    schedule TEXT COLLATE "C",
    activate_after_creation BIGINT,
    activate_after_purchase BIGINT,
    use_after_activation BIGINT,
    price BIGINT NOT NULL CHECK (price >= 0),
    cost BIGINT,
    currency TEXT COLLATE "C" NOT NULL,
    router_profile TEXT COLLATE "C" NOT NULL,
    quantity BIGINT NOT NULL,
    router UUID NOT NULL,
    code_prefix TEXT COLLATE "C" NOT NULL,
    code_alphabet TEXT COLLATE "C" NOT NULL,
    code_length BIGINT NOT NULL,
    code_has_check BIGINT NOT NULL,
    activate_by BIGINT,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    face_value BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, package) REFERENCES package (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE INDEX voucher_batch_by_tenant_created_at_id ON voucher_batch (tenant, created_at, id);
CREATE INDEX voucher_batch_by_tenant_package_router_created_at_id ON voucher_batch (tenant, package, router, created_at, id);
CREATE INDEX voucher_batch_by_tenant_created_by_created_at_id ON voucher_batch (tenant, created_by, created_at, id);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER voucher_batch_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON voucher_batch
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE voucher (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    batch UUID NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    password TEXT COLLATE "C",
    router UUID NOT NULL,
    package UUID,
    package_name TEXT COLLATE "C" NOT NULL,
    validity TEXT COLLATE "C",
    uptime_allowance BIGINT,
    data_quota BIGINT,
    quota_end TEXT COLLATE "C" NOT NULL,
    rate_limit TEXT COLLATE "C",
    shared_users BIGINT NOT NULL,
    locks_to_device BIGINT NOT NULL,
    start_rule TEXT COLLATE "C" NOT NULL,
    expiry_action TEXT COLLATE "C" NOT NULL,
    expiry_delay BIGINT NOT NULL,
    schedule TEXT COLLATE "C",
    activate_after_creation BIGINT,
    activate_after_purchase BIGINT,
    use_after_activation BIGINT,
    price BIGINT NOT NULL CHECK (price >= 0),
    cost BIGINT,
    currency TEXT COLLATE "C" NOT NULL,
    router_profile TEXT COLLATE "C" NOT NULL,
    customer TEXT COLLATE "C",
    customer_id UUID,
    commercial TEXT COLLATE "C" NOT NULL CHECK (commercial IN ('generated', 'reserved', 'sold', 'refunded', 'written-off')),
    access TEXT COLLATE "C" NOT NULL CHECK (access IN ('unused', 'active', 'expired', 'depleted', 'disabled', 'revoked')),
    provisioning TEXT COLLATE "C" NOT NULL CHECK (provisioning IN ('pending', 'present', 'drifted', 'removing', 'removed', 'failed')),
    provisioning_detail TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    reserved_for TEXT COLLATE "C",
    reserved_until BIGINT,
    sold_at BIGINT,
    sold_by TEXT COLLATE "C",
    sold_for BIGINT,
    sold_tax BIGINT NOT NULL,
    paid_into TEXT COLLATE "C",
    paid_from_grant BIGINT,
    sale_entry TEXT COLLATE "C",
    refunded_at BIGINT,
    refunded_amount BIGINT,
    activated_at BIGINT,
    activation_evidence TEXT COLLATE "C",
    activation_not_before BIGINT,
    valid_before_login BIGINT,
    expires_at BIGINT,
    activate_by_extended BIGINT,
    extra_bytes BIGINT NOT NULL,
    extra_uptime BIGINT NOT NULL,
    extension_count BIGINT NOT NULL,
    locked_device TEXT COLLATE "C",
    ended_at BIGINT,
    cleaned_up_at BIGINT,
    uptime BIGINT NOT NULL,
    bytes_in BIGINT NOT NULL,
    bytes_out BIGINT NOT NULL,
    base_uptime BIGINT NOT NULL,
    base_bytes_in BIGINT NOT NULL,
    base_bytes_out BIGINT NOT NULL,
    settled_uptime BIGINT NOT NULL,
    settled_bytes_in BIGINT NOT NULL,
    settled_bytes_out BIGINT NOT NULL,
    last_seen_at BIGINT,
    revision BIGINT NOT NULL,
    code_key TEXT COLLATE "C" NOT NULL,
    next_deadline BIGINT,
    document_status TEXT COLLATE "C" NOT NULL CHECK (document_status IN ('pending', 'active', 'expired', 'used', 'disabled')),
    customer_key TEXT COLLATE "C",
    agent UUID,
    UNIQUE (tenant, id),
    UNIQUE (tenant, code_key),
    FOREIGN KEY (tenant, batch) REFERENCES voucher_batch (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
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
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    voucher UUID NOT NULL,
    time TEXT COLLATE "C",
    policy TEXT COLLATE "C" NOT NULL,
    bytes BIGINT,
    uptime BIGINT,
    previous_end BIGINT,
    new_end BIGINT,
    previous_access TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    price BIGINT,
    currency TEXT COLLATE "C",
    paid_into TEXT COLLATE "C",
    granted BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, voucher) REFERENCES voucher (tenant, id)
);
CREATE INDEX voucher_entitlement_by_tenant_voucher_created_at_id ON voucher_entitlement (tenant, voucher, created_at, id);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER voucher_entitlement_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON voucher_entitlement
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE voucher_device (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    voucher UUID NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (voucher, address),
    FOREIGN KEY (tenant, voucher) REFERENCES voucher (tenant, id)
);
CREATE INDEX voucher_device_by_tenant_address_last_seen_at ON voucher_device (tenant, address, last_seen_at);
CREATE TABLE role_definition (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    permissions TEXT COLLATE "C" NOT NULL,
    is_archived BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, name_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE TABLE staff (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    username TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    custom_role UUID,
    display_name TEXT COLLATE "C",
    email TEXT COLLATE "C",
    phone TEXT COLLATE "C",
    language TEXT COLLATE "C",
    assignment TEXT COLLATE "C" NOT NULL,
    is_disabled BIGINT NOT NULL,
    must_change_password BIGINT NOT NULL,
    password_changed_at BIGINT NOT NULL,
    second_factor_secret BYTEA,
    second_factor_confirmed_at BIGINT,
    second_factor_last_step BIGINT,
    second_factor_recovery BYTEA,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    username_key TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, username_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, custom_role) REFERENCES role_definition (tenant, id)
);
CREATE TABLE api_token (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    scopes TEXT COLLATE "C",
    assignment TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    revoked_at BIGINT,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (digest),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX api_token_by_tenant_created_at_id ON api_token (tenant, created_at, id);
CREATE TABLE sign_in_session (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    staff UUID NOT NULL,
    digest BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT COLLATE "C",
    user_agent TEXT COLLATE "C",
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (digest),
    FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id)
);
CREATE INDEX sign_in_session_by_expires_at ON sign_in_session (expires_at);
CREATE INDEX sign_in_session_by_tenant_staff_created_at ON sign_in_session (tenant, staff, created_at);
CREATE TABLE ledger_entry (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    idempotency_key TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    lines BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, position),
    UNIQUE (tenant, idempotency_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX ledger_entry_by_tenant_at ON ledger_entry (tenant, at);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE ledger_posting (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    entry UUID NOT NULL,
    line BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL CHECK (amount <> 0),
    currency TEXT COLLATE "C" NOT NULL,
    movement TEXT COLLATE "C" NOT NULL,
    family TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (entry, line),
    FOREIGN KEY (tenant, entry) REFERENCES ledger_entry (tenant, id)
);
CREATE INDEX ledger_posting_by_tenant_account_currency_at_amount ON ledger_posting (tenant, account, currency, at, amount);
CREATE INDEX ledger_posting_by_tenant_family_at_movement_account_currency_amount ON ledger_posting (tenant, family, at, movement, account, currency, amount);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_posting_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE FUNCTION routeros_ledger_posting_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.line < 0 OR NEW.line >= (SELECT lines FROM ledger_entry WHERE id = NEW.entry) THEN
        RAISE EXCEPTION 'table ledger_entry has no such line' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_posting_has_its_line BEFORE INSERT ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION routeros_ledger_posting_line();
CREATE TABLE audit_entry (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    before TEXT COLLATE "C",
    after TEXT COLLATE "C",
    request_id TEXT COLLATE "C",
    source_address TEXT COLLATE "C",
    digest BYTEA NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, position),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX audit_entry_by_tenant_subject_position ON audit_entry (tenant, subject, position);
CREATE INDEX audit_entry_by_tenant_actor_position ON audit_entry (tenant, actor, position);
CREATE INDEX audit_entry_by_tenant_at ON audit_entry (tenant, at);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE router_queue (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    owner TEXT COLLATE "C",
    epoch BIGINT NOT NULL,
    until BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    status_due_at BIGINT NOT NULL,
    sync_due_at BIGINT NOT NULL,
    watch_due_at BIGINT NOT NULL,
    is_away BIGINT NOT NULL,
    rested_at BIGINT NOT NULL,
    last_sequence BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, id) REFERENCES router (tenant, id)
);
CREATE INDEX router_queue_by_is_away_due_at ON router_queue (is_away, due_at);
CREATE INDEX router_queue_by_is_away_watch_due_at ON router_queue (is_away, watch_due_at);
CREATE TABLE idempotency_record (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID,
    key TEXT COLLATE "C" NOT NULL,
    fingerprint BYTEA NOT NULL,
    result TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    scoped_key TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (scoped_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX idempotency_record_by_created_at ON idempotency_record (created_at);
CREATE TABLE sign_in_attempt (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    at BIGINT NOT NULL,
    username TEXT COLLATE "C" NOT NULL,
    staff UUID,
    address TEXT COLLATE "C",
    outcome TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id)
);
CREATE INDEX sign_in_attempt_by_tenant_at_id ON sign_in_attempt (tenant, at, id);
CREATE INDEX sign_in_attempt_by_tenant_staff_at ON sign_in_attempt (tenant, staff, at);
CREATE TABLE throttled_account (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    failures BIGINT NOT NULL,
    last_attempt_at BIGINT,
    not_before BIGINT,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX throttled_account_by_last_attempt_at ON throttled_account (last_attempt_at);
CREATE TABLE throttled_address (
    id UUID NOT NULL PRIMARY KEY,
    theoretical_arrival BIGINT,
    revision BIGINT NOT NULL
);
CREATE INDEX throttled_address_by_theoretical_arrival ON throttled_address (theoretical_arrival);
CREATE TABLE router_event (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    router UUID NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    operation TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    duration BIGINT,
    detail TEXT COLLATE "C" NOT NULL,
    request_id TEXT COLLATE "C",
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE INDEX router_event_by_tenant_at_id ON router_event (tenant, at, id);
CREATE INDEX router_event_by_tenant_router_at ON router_event (tenant, router, at);
CREATE TABLE network_session (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    router UUID NOT NULL,
    router_epoch BIGINT NOT NULL,
    address TEXT COLLATE "C",
    hardware_address TEXT COLLATE "C",
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT,
    end_reason TEXT COLLATE "C",
    bytes_in BIGINT NOT NULL,
    bytes_out BIGINT NOT NULL,
    last_bytes_in BIGINT NOT NULL,
    last_bytes_out BIGINT NOT NULL,
    counter_epoch BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE INDEX network_session_by_tenant_router_ended_at ON network_session (tenant, router, ended_at);
CREATE INDEX network_session_by_tenant_router_started_at_id ON network_session (tenant, router, started_at, id);
CREATE INDEX network_session_by_tenant_ended_at_started_at_id ON network_session (tenant, ended_at, started_at, id);
CREATE INDEX network_session_by_tenant_subject_started_at_id ON network_session (tenant, subject, started_at, id);
CREATE INDEX network_session_by_tenant_started_at_id ON network_session (tenant, started_at, id);
CREATE TABLE usage_day (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    router UUID NOT NULL,
    package_name TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    uptime BIGINT NOT NULL,
    bytes_in BIGINT NOT NULL,
    bytes_out BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, subject, day, router),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE INDEX usage_day_by_tenant_day ON usage_day (tenant, day);
CREATE TABLE shift (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    staff UUID NOT NULL,
    site UUID,
    currency TEXT COLLATE "C" NOT NULL,
    opening_float BIGINT NOT NULL,
    sales BIGINT NOT NULL,
    refunds BIGINT NOT NULL,
    cash_in BIGINT NOT NULL,
    cash_out BIGINT NOT NULL,
    handed_over BIGINT NOT NULL,
    counted BIGINT,
    reason TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'counted', 'closed', 'approved')),
    counted_by TEXT COLLATE "C",
    ended_by TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    counted_at BIGINT,
    ended_at BIGINT,
    revision BIGINT NOT NULL,
    open_drawer TEXT COLLATE "C",
    UNIQUE (tenant, id),
    UNIQUE (tenant, open_drawer),
    FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id),
    FOREIGN KEY (tenant, site) REFERENCES site (tenant, id)
);
CREATE INDEX shift_by_tenant_created_at_id ON shift (tenant, created_at, id);
CREATE INDEX shift_by_tenant_staff_created_at ON shift (tenant, staff, created_at);
CREATE TABLE cash_movement (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    shift UUID NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    UNIQUE (tenant, id),
    UNIQUE (tenant, shift, cause),
    FOREIGN KEY (tenant, shift) REFERENCES shift (tenant, id)
);
CREATE INDEX cash_movement_by_tenant_shift_at ON cash_movement (tenant, shift, at);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER cash_movement_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON cash_movement
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE commission_rule (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    earner TEXT COLLATE "C",
    package UUID,
    rate BIGINT,
    amount BIGINT,
    currency TEXT COLLATE "C",
    moment TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, package) REFERENCES package (tenant, id)
);
CREATE INDEX commission_rule_by_tenant_created_at_id ON commission_rule (tenant, created_at, id);
CREATE TABLE commission_statement (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    number BIGINT NOT NULL,
    earner TEXT COLLATE "C" NOT NULL,
    total BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    accrual_count BIGINT NOT NULL,
    before BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('issued', 'paid', 'cancelled')),
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX commission_statement_by_tenant_earner_number ON commission_statement (tenant, earner, number);
CREATE TABLE commission_accrual (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    earner TEXT COLLATE "C" NOT NULL,
    rule UUID NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    reverses UUID,
    statement UUID,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    earning TEXT COLLATE "C",
    UNIQUE (tenant, id),
    UNIQUE (tenant, earning),
    FOREIGN KEY (tenant, rule) REFERENCES commission_rule (tenant, id),
    FOREIGN KEY (tenant, statement) REFERENCES commission_statement (tenant, id)
);
CREATE INDEX commission_accrual_by_tenant_earner_created_at ON commission_accrual (tenant, earner, created_at);
CREATE INDEX commission_accrual_by_tenant_statement ON commission_accrual (tenant, statement);
CREATE INDEX commission_accrual_by_tenant_cause ON commission_accrual (tenant, cause);
CREATE TABLE agent (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    phone TEXT COLLATE "C",
    email TEXT COLLATE "C",
    staff UUID,
    ceiling BIGINT,
    currency TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'suspended', 'closed')),
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, name_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, staff) REFERENCES staff (tenant, id)
);
CREATE INDEX agent_by_tenant_staff ON agent (tenant, staff);
CREATE TABLE settings (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    settings TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE TABLE scheduled_job (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    schedule TEXT COLLATE "C" NOT NULL,
    catch_up TEXT COLLATE "C" NOT NULL,
    is_paused BIGINT NOT NULL,
    handled_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, name),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE TABLE job_run (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    job UUID NOT NULL,
    due_at BIGINT NOT NULL,
    term BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('running', 'succeeded', 'failed', 'abandoned')),
    attempts BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    detail TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, job, due_at),
    FOREIGN KEY (tenant, job) REFERENCES scheduled_job (tenant, id)
);
CREATE INDEX job_run_by_state_term ON job_run (state, term);
CREATE INDEX job_run_by_tenant_created_at_id ON job_run (tenant, created_at, id);
CREATE TABLE leadership (
    id UUID NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    owner TEXT COLLATE "C" NOT NULL,
    elected_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE TABLE saved_report (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    first_day TEXT COLLATE "C" NOT NULL,
    last_day TEXT COLLATE "C" NOT NULL,
    edition BIGINT NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, kind, first_day, last_day, edition),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX saved_report_by_tenant_created_at_id ON saved_report (tenant, created_at, id);
CREATE TABLE customer (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    contacts TEXT COLLATE "C" NOT NULL,
    region TEXT COLLATE "C",
    district TEXT COLLATE "C",
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    locale TEXT COLLATE "C",
    site UUID,
    notes TEXT COLLATE "C" NOT NULL,
    tags TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('pending', 'active', 'suspended', 'expired', 'disabled', 'closed')),
    status_before_disabling TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    erased_at BIGINT,
    revision BIGINT NOT NULL,
    number_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX customer_by_tenant_created_at_id ON customer (tenant, created_at, id);
CREATE INDEX customer_by_tenant_status_created_at_id ON customer (tenant, status, created_at, id);
CREATE INDEX customer_by_tenant_site_created_at_id ON customer (tenant, site, created_at, id);
CREATE INDEX customer_by_tenant_name_id ON customer (tenant, name, id);
CREATE TABLE service_account (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    customer UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    router UUID NOT NULL,
    username TEXT COLLATE "C" NOT NULL,
    sealed_password BYTEA NOT NULL,
    package UUID,
    router_profile TEXT COLLATE "C" NOT NULL,
    unpaid_profile TEXT COLLATE "C",
    static_address TEXT COLLATE "C",
    caller_id TEXT COLLATE "C",
    access TEXT COLLATE "C" NOT NULL CHECK (access IN ('enabled', 'disabled', 'deleted')),
    provisioning TEXT COLLATE "C" NOT NULL CHECK (provisioning IN ('pending', 'present', 'drifted', 'removing', 'removed', 'failed')),
    provisioning_detail TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    revision BIGINT NOT NULL,
    live_username TEXT COLLATE "C",
    UNIQUE (tenant, id),
    UNIQUE (tenant, router, live_username),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id),
    FOREIGN KEY (tenant, package) REFERENCES package (tenant, id)
);
CREATE INDEX service_account_by_tenant_customer_created_at_id ON service_account (tenant, customer, created_at, id);
CREATE INDEX service_account_by_tenant_router_created_at_id ON service_account (tenant, router, created_at, id);
CREATE INDEX service_account_by_tenant_access_created_at_id ON service_account (tenant, access, created_at, id);
CREATE INDEX service_account_by_tenant_created_at_id ON service_account (tenant, created_at, id);
CREATE INDEX service_account_by_tenant_package ON service_account (tenant, package);
CREATE TABLE outbox_job (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    router UUID NOT NULL,
    voucher UUID,
    service_account UUID,
    urgency BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    enqueued_at BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    detail TEXT COLLATE "C",
    is_parked BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (voucher),
    UNIQUE (service_account),
    UNIQUE (router, sequence),
    FOREIGN KEY (tenant, voucher) REFERENCES voucher (tenant, id),
    FOREIGN KEY (tenant, service_account) REFERENCES service_account (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE INDEX outbox_job_by_tenant_is_parked_enqueued_at ON outbox_job (tenant, is_parked, enqueued_at);
CREATE INDEX outbox_job_by_router_is_parked_not_before ON outbox_job (router, is_parked, not_before);
CREATE INDEX outbox_job_by_router_is_parked_enqueued_at ON outbox_job (router, is_parked, enqueued_at);
CREATE INDEX outbox_job_by_router_is_parked_urgency_sequence_id ON outbox_job (router, is_parked, urgency, sequence, id);
CREATE TABLE subscription (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    customer UUID NOT NULL,
    service_account UUID,
    package UUID,
    kind TEXT COLLATE "C" NOT NULL,
    terms TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending-payment', 'active', 'grace', 'suspended', 'paused', 'terminated', 'cancelled')),
    anchor TEXT COLLATE "C",
    paid_periods BIGINT NOT NULL,
    shift BIGINT NOT NULL,
    paid_through BIGINT,
    postponed_until BIGINT,
    postponement_reason TEXT COLLATE "C",
    halted_at BIGINT,
    suspension_cause TEXT COLLATE "C",
    reason TEXT COLLATE "C",
    scheduled_terms TEXT COLLATE "C",
    ends_with_period BIGINT NOT NULL,
    auto_renews BIGINT NOT NULL,
    runs TEXT COLLATE "C" NOT NULL,
    ended_at BIGINT,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    package_name TEXT COLLATE "C" NOT NULL,
    price BIGINT NOT NULL CHECK (price >= 0),
    currency TEXT COLLATE "C" NOT NULL,
    is_earning BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
    FOREIGN KEY (tenant, service_account) REFERENCES service_account (tenant, id),
    FOREIGN KEY (tenant, package) REFERENCES package (tenant, id)
);
CREATE INDEX subscription_by_tenant_customer_created_at_id ON subscription (tenant, customer, created_at, id);
CREATE INDEX subscription_by_tenant_state_created_at_id ON subscription (tenant, state, created_at, id);
CREATE INDEX subscription_by_tenant_state_paid_through ON subscription (tenant, state, paid_through);
CREATE INDEX subscription_by_tenant_created_at_id ON subscription (tenant, created_at, id);
CREATE INDEX subscription_by_tenant_is_earning_created_at_id ON subscription (tenant, is_earning, created_at, id);
CREATE INDEX subscription_by_tenant_service_account ON subscription (tenant, service_account);
CREATE INDEX subscription_by_tenant_package ON subscription (tenant, package);
CREATE TABLE invoice (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    customer UUID NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    lines TEXT COLLATE "C" NOT NULL,
    discount TEXT COLLATE "C",
    tax_rules TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'issued', 'partly-paid', 'paid', 'void', 'written-off')),
    number_year BIGINT,
    number_sequence BIGINT,
    number TEXT COLLATE "C",
    issue_date TEXT COLLATE "C",
    due_date TEXT COLLATE "C",
    paid BIGINT NOT NULL,
    credited BIGINT NOT NULL,
    closing_reason TEXT COLLATE "C",
    late_for UUID,
    earned BIGINT NOT NULL,
    is_earning BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    total BIGINT NOT NULL,
    outstanding BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number),
    UNIQUE (tenant, late_for),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
    FOREIGN KEY (tenant, late_for) REFERENCES invoice (tenant, id)
);
CREATE INDEX invoice_by_tenant_customer_created_at_id ON invoice (tenant, customer, created_at, id);
CREATE INDEX invoice_by_tenant_state_due_date_id ON invoice (tenant, state, due_date, id);
CREATE INDEX invoice_by_tenant_created_at_id ON invoice (tenant, created_at, id);
CREATE INDEX invoice_by_tenant_due_date_id ON invoice (tenant, due_date, id);
CREATE INDEX invoice_by_tenant_issue_date_id ON invoice (tenant, issue_date, id);
CREATE INDEX invoice_by_tenant_is_earning_created_at_id ON invoice (tenant, is_earning, created_at, id);
CREATE TABLE credit_note (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    invoice UUID NOT NULL,
    number_year BIGINT,
    number_sequence BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    date TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number),
    FOREIGN KEY (tenant, invoice) REFERENCES invoice (tenant, id)
);
CREATE INDEX credit_note_by_tenant_invoice_created_at ON credit_note (tenant, invoice, created_at);
CREATE INDEX credit_note_by_tenant_created_at_id ON credit_note (tenant, created_at, id);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER credit_note_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_note
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE document_series (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    pattern TEXT COLLATE "C" NOT NULL,
    restarts_yearly BIGINT NOT NULL,
    last BIGINT NOT NULL,
    last_date TEXT COLLATE "C",
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, kind),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE TABLE payment (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    customer UUID,
    method TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    payer_fee BIGINT NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    quoted TEXT COLLATE "C",
    recipient TEXT COLLATE "C",
    public_reference TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('initiated', 'pending', 'settled', 'quarantined', 'partly-refunded', 'refunded', 'charged-back', 'failed', 'expired', 'cancelled')),
    captured BIGINT NOT NULL,
    captured_currency TEXT COLLATE "C" NOT NULL,
    refunded BIGINT NOT NULL,
    settled_at BIGINT,
    event_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    voucher UUID,
    UNIQUE (tenant, id),
    UNIQUE (tenant, public_reference),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id)
);
CREATE INDEX payment_by_tenant_created_at_id ON payment (tenant, created_at, id);
CREATE INDEX payment_by_tenant_customer_created_at_id ON payment (tenant, customer, created_at, id);
CREATE INDEX payment_by_tenant_status_created_at_id ON payment (tenant, status, created_at, id);
CREATE INDEX payment_by_tenant_method_created_at_id ON payment (tenant, method, created_at, id);
CREATE INDEX payment_by_tenant_purpose_created_at_id ON payment (tenant, purpose, created_at, id);
CREATE INDEX payment_by_tenant_settled_at ON payment (tenant, settled_at);
CREATE TABLE payment_event (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    payment UUID NOT NULL,
    line BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (payment, line),
    FOREIGN KEY (tenant, payment) REFERENCES payment (tenant, id)
);
CREATE INDEX payment_event_by_tenant_at ON payment_event (tenant, at);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payment_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_event
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE payment_receipt (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    method TEXT COLLATE "C" NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    payment UUID NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, method, reference),
    FOREIGN KEY (tenant, payment) REFERENCES payment (tenant, id)
);
CREATE INDEX payment_receipt_by_tenant_payment ON payment_receipt (tenant, payment);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payment_receipt_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_receipt
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE receipt (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    number_year BIGINT,
    number_sequence BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    payment UUID NOT NULL,
    customer UUID,
    method TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    shares TEXT COLLATE "C" NOT NULL,
    date TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, number),
    FOREIGN KEY (tenant, payment) REFERENCES payment (tenant, id),
    FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id)
);
CREATE INDEX receipt_by_tenant_payment ON receipt (tenant, payment);
CREATE INDEX receipt_by_tenant_customer_created_at_id ON receipt (tenant, customer, created_at, id);
CREATE INDEX receipt_by_tenant_created_at_id ON receipt (tenant, created_at, id);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER receipt_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE payment_method (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    method TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    is_enabled BIGINT NOT NULL,
    terms TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    UNIQUE (tenant, method, currency),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE TABLE exchange_rate (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    given TEXT COLLATE "C" NOT NULL,
    received TEXT COLLATE "C" NOT NULL,
    mantissa BIGINT NOT NULL,
    scale BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX exchange_rate_by_tenant_given_received_at_id ON exchange_rate (tenant, given, received, at, id);
CREATE INDEX exchange_rate_by_tenant_at_id ON exchange_rate (tenant, at, id);
CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER exchange_rate_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON exchange_rate
    FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
CREATE TABLE tax (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    rate TEXT COLLATE "C" NOT NULL,
    products TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX tax_by_tenant_created_at_id ON tax (tenant, created_at, id);
CREATE TABLE notification_intent (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    template TEXT COLLATE "C" NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    variables TEXT COLLATE "C" NOT NULL,
    dedupe_key TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'parked', 'cancelled')),
    not_before BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    claimed_until BIGINT,
    receipt TEXT COLLATE "C",
    detail TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    revision BIGINT NOT NULL,
    due_at BIGINT,
    UNIQUE (tenant, id),
    UNIQUE (tenant, dedupe_key),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX notification_intent_by_due_at ON notification_intent (due_at);
CREATE INDEX notification_intent_by_tenant_created_at_id ON notification_intent (tenant, created_at, id);
CREATE INDEX notification_intent_by_tenant_recipient_created_at ON notification_intent (tenant, recipient, created_at);
CREATE TABLE inbox_message (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL,
    sealed_headers BYTEA NOT NULL,
    body BYTEA NOT NULL,
    source_address TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('received', 'processing', 'done', 'failed', 'quarantined')),
    not_before BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    claimed_until BIGINT,
    detail TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    revision BIGINT NOT NULL,
    due_at BIGINT,
    UNIQUE (tenant, id),
    UNIQUE (tenant, source, key, digest),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
CREATE INDEX inbox_message_by_due_at ON inbox_message (due_at);
CREATE INDEX inbox_message_by_source_due_at ON inbox_message (source, due_at);
CREATE INDEX inbox_message_by_tenant_state_not_before ON inbox_message (tenant, state, not_before);
CREATE INDEX inbox_message_by_tenant_created_at_id ON inbox_message (tenant, created_at, id);
CREATE INDEX inbox_message_by_tenant_state_created_at_id ON inbox_message (tenant, state, created_at, id);
CREATE INDEX inbox_message_by_ended_at ON inbox_message (ended_at);
CREATE TABLE router_question (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    router UUID NOT NULL,
    changes BIGINT NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    asked_at BIGINT,
    approved_changes BIGINT NOT NULL,
    approved_at BIGINT,
    approved_by TEXT COLLATE "C",
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE TABLE router_downtime (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    router UUID NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('unknown', 'online', 'offline', 'error')),
    detail TEXT COLLATE "C",
    alerted_as TEXT COLLATE "C" CHECK (alerted_as IN ('unknown', 'online', 'offline', 'error')),
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE INDEX router_downtime_by_tenant_router_ended_at ON router_downtime (tenant, router, ended_at);
CREATE INDEX router_downtime_by_tenant_router_began_at_id ON router_downtime (tenant, router, began_at, id);
CREATE INDEX router_downtime_by_tenant_ended_at ON router_downtime (tenant, ended_at);
CREATE TABLE router_health (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    router UUID NOT NULL,
    read_at BIGINT NOT NULL,
    cpu_load BIGINT,
    free_memory BIGINT,
    total_memory BIGINT,
    free_storage BIGINT,
    total_storage BIGINT,
    board_name TEXT COLLATE "C",
    architecture TEXT COLLATE "C",
    temperature DOUBLE PRECISION,
    voltage DOUBLE PRECISION,
    clock_drift BIGINT,
    clock_read_at BIGINT,
    clock_wrong_since BIGINT,
    trouble TEXT COLLATE "C" CHECK (trouble IN ('unreadable-rows', 'mass-change')),
    trouble_since BIGINT,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE TABLE router_care (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    profiles TEXT COLLATE "C" NOT NULL,
    profiles_read_at BIGINT,
    log_cursor TEXT COLLATE "C",
    callback_nonce BYTEA,
    backup_begun_at BIGINT,
    backup_asked_by TEXT COLLATE "C",
    saving UUID,
    saving_for TEXT COLLATE "C",
    sealed_saving_password BYTEA,
    restoring UUID,
    restore_asked_by TEXT COLLATE "C",
    restore_asked_at BIGINT,
    faults TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, id) REFERENCES router (tenant, id)
);
CREATE TABLE router_backup (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    router UUID NOT NULL,
    taken_at BIGINT NOT NULL,
    taken_by TEXT COLLATE "C" NOT NULL,
    byte_count BIGINT NOT NULL CHECK (byte_count >= 0),
    digest BYTEA NOT NULL,
    identity TEXT COLLATE "C",
    routeros_version TEXT COLLATE "C",
    sealed_password BYTEA NOT NULL,
    restored_at BIGINT,
    restored_by TEXT COLLATE "C",
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant, router) REFERENCES router (tenant, id)
);
CREATE INDEX router_backup_by_tenant_router_taken_at_id ON router_backup (tenant, router, taken_at, id);
CREATE TABLE router_backup_file (
    id UUID NOT NULL PRIMARY KEY,
    tenant UUID NOT NULL,
    sealed_contents BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (tenant, id),
    FOREIGN KEY (tenant) REFERENCES tenant (id)
);
"""#
}
