-- What award_batch_sql measures the library against: the same work by hand, in set-wise PL/pgSQL.
--
-- One call carries out a batch of awards: request ids answered at most once and replayed afterwards, members
-- locked in order, versions and hash chain, lots, postings, and a reply for each. The columns, constraints and
-- indexes are those that the library has. Left out, which is to the baseline's advantage: settling what time
-- has done, arrears, vesting, refusals that are remembered, a canonical form of hashed bytes with lengths.
--
-- Measured and dropped: temporary tables between statements, a loop over the awards, one statement a table with
-- arrays in between, jsonb for the parameter.

CREATE SCHEMA baseline;

CREATE TABLE baseline.program (
    program text COLLATE "C" PRIMARY KEY,
    revision integer NOT NULL,
    timezone text NOT NULL,
    expiry_months integer NOT NULL,
    funds text[] NOT NULL
);

CREATE TABLE baseline.folio (
    program text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    head bytea NOT NULL CHECK (length(head) = 32),
    recorded_at timestamptz NOT NULL,
    next_due_at timestamptz,
    enrolled_at timestamptz NOT NULL,
    active_at timestamptz,
    frozen text COLLATE "C" NOT NULL CHECK (frozen IN ('', 'earn', 'redeem', 'all')),
    frozen_reason text NOT NULL,
    notes text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (program, member)
) WITH (fillfactor = 80);

CREATE INDEX folio_due ON baseline.folio (next_due_at);

CREATE TABLE baseline.lot (
    program text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,
    account text COLLATE "C" NOT NULL CHECK (account IN ('available', 'pending', 'held', 'arrears')),
    fund text COLLATE "C" NOT NULL,
    vests_on date NOT NULL,
    expires_on date NOT NULL,
    amount bigint NOT NULL,
    CHECK ((account = 'arrears' AND amount < 0) OR (account <> 'arrears' AND amount > 0)),
    PRIMARY KEY (program, member, unit, account, fund, vests_on, expires_on)
) WITH (fillfactor = 80);

CREATE TABLE baseline.entry (
    program text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    kind text COLLATE "C" NOT NULL,
    request_id text COLLATE "C",
    fingerprint bytea,
    revision integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    source text NOT NULL,
    reason text NOT NULL,
    metadata text NOT NULL,
    reply text NOT NULL,
    content text NOT NULL,
    subject text COLLATE "C" NOT NULL,
    reverses bigint,
    counterpart_member text COLLATE "C",
    counterpart_version bigint,
    notes text NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    position bigint NOT NULL,
    PRIMARY KEY (program, member, version),
    UNIQUE (program, member, request_id)
);

CREATE INDEX entry_reverses ON baseline.entry (program, member, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX entry_position ON baseline.entry USING brin (position);

CREATE TABLE baseline.posting (
    program text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    line integer NOT NULL,
    unit text COLLATE "C" NOT NULL,
    fund text COLLATE "C" NOT NULL,
    vests_on date NOT NULL,
    expires_on date NOT NULL,
    from_account text COLLATE "C" NOT NULL,
    to_account text COLLATE "C" NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    CHECK (from_account <> to_account),
    PRIMARY KEY (program, member, version, line)
);

CREATE INDEX posting_expiries ON baseline.posting (program, member)
    WHERE 'expired' IN (from_account, to_account);

-- Enroll members, as far as they are not; the library's first entry of each, for tables of equal size.
CREATE FUNCTION baseline.enroll(p_program text, p_members text[]) RETURNS void
LANGUAGE sql AS $$
    WITH enrolled AS (
        INSERT INTO baseline.folio
        SELECT p_program, member, 1, sha256(convert_to(member, 'UTF8')), now(), NULL, now(), now(), '', '', '',
            pg_current_xact_id()::text::bigint
        FROM unnest(p_members) AS member
        ON CONFLICT DO NOTHING
        RETURNING member, head
    )
    INSERT INTO baseline.entry
    SELECT p_program, member, 1, 'enroll', 'enroll', substr(head, 1, 16), 1, now(), now(), '', '', '',
        '{"entry":1}', '', '', NULL, NULL, NULL, '', head, pg_current_xact_id()::text::bigint
    FROM enrolled
$$;

-- Award amounts of one unit. A row for each award, in order: its outcome, the version of its entry, its reply.
-- Outcomes: CARRIED_OUT, REPLAYED, REQUEST_ID_REUSED, UNKNOWN_MEMBER, UNKNOWN_FUND, MEMBER_FROZEN.
CREATE FUNCTION baseline.award_batch(
    p_program text, p_unit text, p_members text[], p_request_ids text[], p_funds text[], p_amounts bigint[]
) RETURNS TABLE (ord bigint, outcome text, entry bigint, reply text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_now_text text;
    v_position bigint := pg_current_xact_id()::text::bigint;
    v_revision integer;
    v_funds text[];
    v_expires_on date;
    v_lapses_at timestamptz;
    v_balance_of text := ',"unit":' || to_json(p_unit)::text || ',"amount":';
BEGIN
    PERFORM FROM (SELECT DISTINCT member FROM unnest(p_members) AS member ORDER BY member) k
        CROSS JOIN LATERAL (
            SELECT 1 FROM baseline.folio f WHERE f.program = p_program AND f.member = k.member FOR UPDATE
        ) l;

    -- The time is taken once all members are locked, so that no member's entries go back in time.
    v_now := clock_timestamp();
    v_now_text := to_char(v_now AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    SELECT p.revision, p.funds,
        (date_trunc('month', v_now AT TIME ZONE p.timezone)
            + make_interval(months => p.expiry_months + 1) - interval '1 day')::date,
        (date_trunc('month', v_now AT TIME ZONE p.timezone)
            + make_interval(months => p.expiry_months + 1)) AT TIME ZONE p.timezone
    INTO STRICT v_revision, v_funds, v_expires_on, v_lapses_at
    FROM baseline.program p WHERE p.program = p_program;

    RETURN QUERY
    WITH RECURSIVE asked AS MATERIALIZED (
        SELECT a.ord, a.member, a.request_id, a.fund, a.amount, x.fingerprint,
            e.version AS old_version, e.fingerprint AS old_fingerprint, e.reply AS old_reply,
            f.version, f.head, f.next_due_at, f.enrolled_at, f.frozen, f.frozen_reason, f.notes,
            greatest(f.position, v_position) AS position,
            b.available, b.pending, b.held, b.arrears,
            row_number() OVER (PARTITION BY a.member, a.request_id ORDER BY a.ord) AS times_asked
        FROM unnest(p_members, p_request_ids, p_funds, p_amounts) WITH ORDINALITY
            AS a (member, request_id, fund, amount, ord)
        CROSS JOIN LATERAL (
            SELECT uuid_send(md5(concat_ws(E'\x1f', p_unit, a.fund, a.amount))::uuid) AS fingerprint
        ) x
        LEFT JOIN LATERAL (
            SELECT e.version, e.fingerprint, e.reply FROM baseline.entry e
            WHERE e.program = p_program AND e.member = a.member AND e.request_id = a.request_id OFFSET 0
        ) e ON true
        LEFT JOIN LATERAL (
            SELECT f.* FROM baseline.folio f WHERE f.program = p_program AND f.member = a.member OFFSET 0
        ) f ON true
        CROSS JOIN LATERAL (
            SELECT
                coalesce(sum(l.amount) FILTER (WHERE l.account = 'available'), 0) AS available,
                coalesce(sum(l.amount) FILTER (WHERE l.account = 'pending'), 0) AS pending,
                coalesce(sum(l.amount) FILTER (WHERE l.account = 'held'), 0) AS held,
                coalesce(-sum(l.amount) FILTER (WHERE l.account = 'arrears'), 0) AS arrears
            FROM baseline.lot l WHERE l.program = p_program AND l.member = a.member AND l.unit = p_unit
        ) b
    ), drafted AS MATERIALIZED (
        SELECT a.*,
            a.version + row_number() OVER next_of_member AS new_version,
            row_number() OVER next_of_member AS nth,
            a.available + sum(a.amount) OVER next_of_member AS new_available
        FROM asked a
        WHERE a.old_version IS NULL AND a.times_asked = 1 AND a.version IS NOT NULL
            AND a.frozen IN ('', 'redeem') AND (a.fund = 'house' OR a.fund = ANY (v_funds))
        WINDOW next_of_member AS (PARTITION BY a.member ORDER BY a.ord)
    ), replied AS MATERIALIZED (
        SELECT d.*,
            '{"entry":' || d.new_version || ',"recorded_at":"' || v_now_text || '"' || v_balance_of || d.amount
            || ',"balance":[' || d.new_available || ',' || d.pending || ',' || d.held || ',' || d.arrears
            || '],"available":' || d.amount || ',"expires_on":"' || v_expires_on || '"}' AS new_reply
        FROM drafted d
    ), worded AS MATERIALIZED (
        SELECT r.*, convert_to(concat_ws(
            E'\x1f', 'baseline-entry-1', p_program, r.member, r.new_version, 'award', r.request_id,
            encode(r.fingerprint, 'hex'), v_revision, v_now_text, v_now_text, r.new_reply,
            p_unit, r.fund, DATE '0001-01-01', v_expires_on, 'issued', 'available', r.amount
        ), 'UTF8') AS bytes
        FROM replied r
    ), further AS MATERIALIZED (
        SELECT w.* FROM worded w WHERE w.nth > 1
    ), chained AS (
        SELECT w.*, sha256(w.head || w.bytes) AS hash FROM worded w WHERE w.nth = 1
        UNION ALL
        SELECT w.*, sha256(c.hash || w.bytes) FROM chained c
        JOIN further w ON w.member = c.member AND w.nth = c.nth + 1
    ), done AS MATERIALIZED (
        SELECT c.*, c.nth = max(c.nth) OVER (PARTITION BY c.member) AS is_last FROM chained c
    ), folios AS (
        INSERT INTO baseline.folio AS f
        SELECT p_program, d.member, d.new_version, d.hash, v_now, least(d.next_due_at, v_lapses_at),
            d.enrolled_at, v_now, d.frozen, d.frozen_reason, d.notes, d.position
        FROM done d WHERE d.is_last
        ON CONFLICT (program, member) DO UPDATE SET version = EXCLUDED.version, head = EXCLUDED.head,
            recorded_at = EXCLUDED.recorded_at, next_due_at = EXCLUDED.next_due_at,
            active_at = EXCLUDED.active_at, position = EXCLUDED.position
    ), entries AS (
        INSERT INTO baseline.entry
        SELECT p_program, d.member, d.new_version, 'award', d.request_id, d.fingerprint, v_revision, v_now, v_now,
            '', '', '', d.new_reply, '', '', NULL, NULL, NULL, '', d.hash, d.position
        FROM done d
    ), postings AS (
        INSERT INTO baseline.posting
        SELECT p_program, d.member, d.new_version, 0, p_unit, d.fund, DATE '0001-01-01', v_expires_on,
            'issued', 'available', d.amount
        FROM done d
    ), lots AS (
        INSERT INTO baseline.lot AS l
        SELECT p_program, d.member, p_unit, 'available', d.fund, DATE '0001-01-01', v_expires_on, sum(d.amount)
        FROM done d GROUP BY d.member, d.fund
        ON CONFLICT (program, member, unit, account, fund, vests_on, expires_on)
            DO UPDATE SET amount = l.amount + EXCLUDED.amount
    )
    SELECT d.ord, 'CARRIED_OUT', d.new_version, d.new_reply FROM done d
    UNION ALL
    SELECT a.ord,
        CASE
            WHEN a.version IS NULL THEN 'UNKNOWN_MEMBER'
            WHEN coalesce(a.old_fingerprint, d.fingerprint) = a.fingerprint THEN 'REPLAYED'
            WHEN coalesce(a.old_fingerprint, d.fingerprint) IS NOT NULL THEN 'REQUEST_ID_REUSED'
            WHEN a.frozen NOT IN ('', 'redeem') THEN 'MEMBER_FROZEN'
            ELSE 'UNKNOWN_FUND'
        END,
        coalesce(a.old_version, d.new_version), coalesce(a.old_reply, d.new_reply)
    FROM (
        SELECT * FROM asked a
        WHERE NOT (a.old_version IS NULL AND a.times_asked = 1 AND a.version IS NOT NULL
            AND a.frozen IN ('', 'redeem') AND (a.fund = 'house' OR a.fund = ANY (v_funds)))
    ) a
    LEFT JOIN done d ON d.member = a.member AND d.request_id = a.request_id
    ORDER BY 1;
END
$$;
