"""What the database itself saw of daemons that wrote about a router that another had claimed meanwhile.

The product refuses such writes by the number of the claim. Here triggers of the superuser look on, who know each process by
the name of its connections, and believe no number.
"""

PREFIX = "daemon-"

INSTALL = """
CREATE SCHEMA witness;
CREATE SEQUENCE witness.looks;
CREATE TABLE witness.worker (owner text PRIMARY KEY, process text NOT NULL);
CREATE TABLE witness.stale (process text, router uuid, owner text, written text);

CREATE FUNCTION witness.claimed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO witness.worker VALUES (NEW.owner, current_setting('application_name')) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER witness AFTER UPDATE OF owner ON router_queue FOR EACH ROW
    WHEN (NEW.owner IS NOT NULL AND NEW.owner IS DISTINCT FROM OLD.owner) EXECUTE FUNCTION witness.claimed();

CREATE FUNCTION witness.settled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    program text := current_setting('application_name');
    holder text;
BEGIN
    IF program NOT LIKE 'daemon-%' THEN RETURN NULL; END IF;
    PERFORM nextval('witness.looks');
    SELECT owner INTO holder FROM router_queue WHERE id = NEW.router;
    IF NOT EXISTS (SELECT FROM witness.worker AS one WHERE one.owner = holder AND one.process = program) THEN
        INSERT INTO witness.stale VALUES (program, NEW.router, holder, NEW.provisioning);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER witness AFTER UPDATE OF provisioning ON voucher FOR EACH ROW
    WHEN (NEW.provisioning IN ('present', 'removed', 'failed') AND NEW.provisioning <> OLD.provisioning)
    EXECUTE FUNCTION witness.settled();
"""

# A write that nobody has a claim for, taken back: whoever does not notice it would notice nothing.
FORGED = """
BEGIN;
SET LOCAL application_name = 'daemon-forged';
UPDATE voucher SET provisioning = 'failed' WHERE id = (SELECT id FROM voucher WHERE provisioning = 'present' LIMIT 1);
SELECT count(*) FROM witness.stale WHERE process = 'daemon-forged';
ROLLBACK;
"""


class Witness:
    def __init__(self, database):
        self.database = database
        database.billing(INSTALL)

    def report(self, problems):
        """Says what was seen; what should not have been is added to the problems."""
        ((writes,),) = self.database.billing("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM witness.looks")
        stale = self.database.billing("SELECT process, router, owner, written FROM witness.stale")
        print(f"{writes} outcomes written by daemons, {len(stale)} of them without a claim")
        if stale:
            problems.append(f"written without a claim: {stale[:5]}")
        if int(writes) == 0 or self.database.billing(FORGED) != [["1"]]:
            problems.append("the witness sees nothing: that proves nothing")
