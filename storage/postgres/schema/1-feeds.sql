-- The log of durable feeds. Times are milliseconds since the Unix epoch.

create table if not exists switchboard_feeds
(
    id bigint generated always as identity primary key,
    kind smallint not null,
    owner text collate "C" not null,
    epoch bigint not null,
    head bigint not null default 0,
    -- Every entry up to here that was not superseded may be missing.
    floor bigint not null default 0,
    keep_count integer not null,
    keep_bytes bigint not null,
    keep_ms bigint not null,
    key_count integer not null,
    key_window_ms bigint not null,
    -- When retention looks at the feed next; null where nothing of it is left to delete.
    trim_at bigint,
    unique (kind, owner)
);

create index if not exists switchboard_feeds_trim_at on switchboard_feeds (trim_at) where trim_at is not null;

-- Slots and keys are free text of peers, which may hold what the type text does not.
create table if not exists switchboard_entries
(
    feed bigint not null,
    "offset" bigint not null,
    time bigint not null,
    payload bytea not null,
    payload_kind smallint not null,
    class smallint not null,
    slot bytea,
    sender_user text collate "C",
    sender_connection text collate "C",
    except_sender boolean not null,
    primary key (feed, "offset")
);

create unique index if not exists switchboard_entries_slot on switchboard_entries (feed, slot) where slot is not null;

create table if not exists switchboard_keys
(
    feed bigint not null,
    sender text collate "C",
    key bytea not null,
    "offset" bigint not null,
    time bigint not null,
    primary key (feed, "offset")
);
