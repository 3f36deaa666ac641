-- What the providers of Orleans 10.2 for clustering and grain state read and write. The names of tables, columns,
-- queries and parameters are theirs; parameters come untyped where they are null, hence the casts.

create table if not exists orleansquery
(
    querykey varchar(64) primary key,
    querytext varchar(8000) not null
);

create table if not exists orleansmembershipversiontable
(
    deploymentid varchar(150) primary key,
    timestamp timestamptz(3) not null default now(),
    version integer not null default 0
);

create table if not exists orleansmembershiptable
(
    deploymentid varchar(150) not null references orleansmembershipversiontable (deploymentid),
    address varchar(45) not null,
    port integer not null,
    generation integer not null,
    siloname varchar(150) not null,
    hostname varchar(150) not null,
    status integer not null,
    proxyport integer,
    suspecttimes varchar(8000),
    starttime timestamptz(3) not null,
    iamalivetime timestamptz(3) not null,
    primary key (deploymentid, address, port, generation)
);

create table if not exists orleansstorage
(
    grainidhash integer not null,
    grainidn0 bigint not null,
    grainidn1 bigint not null,
    graintypehash integer not null,
    graintypestring varchar(512) not null,
    grainidextensionstring varchar(512),
    serviceid varchar(150) not null,
    payloadbinary bytea,
    modifiedon timestamptz not null,
    version integer
);

-- One row a grain: two activations that both begin it can't both win.
create unique index if not exists switchboard_orleansstorage_grain on orleansstorage
    (grainidhash, graintypehash, grainidn0, grainidn1, serviceid, graintypestring, (coalesce(grainidextensionstring, '')));

insert into orleansquery (querykey, querytext) values

('InsertMembershipVersionKey', $query$
with added as (
    insert into orleansmembershipversiontable (deploymentid) values (@DeploymentId)
    on conflict (deploymentid) do nothing
    returning 1)
select count(*)::integer from added
$query$),

-- The row of the version is locked first; who finds another version there adds nothing.
('InsertMembershipKey', $query$
with moved as (
    update orleansmembershipversiontable set timestamp = now(), version = version + 1
    where deploymentid = @DeploymentId and version = @Version
        and not exists (
            select 1 from orleansmembershiptable
            where deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning deploymentid),
added as (
    insert into orleansmembershiptable
        (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
    select deploymentid, @Address, @Port::integer, @Generation::integer, @SiloName, @HostName, @Status::integer,
        @ProxyPort::integer, @StartTime::timestamptz, @IAmAliveTime::timestamptz
    from moved
    returning 1)
select count(*)::integer from added
$query$),

('UpdateMembershipKey', $query$
with moved as (
    update orleansmembershipversiontable set timestamp = now(), version = version + 1
    where deploymentid = @DeploymentId and version = @Version
        and exists (
            select 1 from orleansmembershiptable
            where deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning deploymentid),
changed as (
    update orleansmembershiptable m
    set status = @Status::integer, suspecttimes = @SuspectTimes::varchar, iamalivetime = @IAmAliveTime::timestamptz
    from moved
    where m.deploymentid = moved.deploymentid
        and m.address = @Address and m.port = @Port and m.generation = @Generation
    returning 1)
select count(*)::integer from changed
$query$),

('UpdateIAmAlivetimeKey', $query$
update orleansmembershiptable set iamalivetime = @IAmAliveTime::timestamptz
where deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$query$),

-- The version comes back even where there is no such silo.
('MembershipReadRowKey', $query$
select v.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport,
    m.suspecttimes, m.starttime, m.iamalivetime, v.version
from orleansmembershipversiontable v
left join orleansmembershiptable m on m.deploymentid = v.deploymentid
    and m.address = @Address and m.port = @Port and m.generation = @Generation
where v.deploymentid = @DeploymentId
$query$),

('MembershipReadAllKey', $query$
select v.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport,
    m.suspecttimes, m.starttime, m.iamalivetime, v.version
from orleansmembershipversiontable v
left join orleansmembershiptable m on m.deploymentid = v.deploymentid
where v.deploymentid = @DeploymentId
$query$),

('GatewaysQueryKey', $query$
select address, proxyport, generation
from orleansmembershiptable
where deploymentid = @DeploymentId and status = @Status and proxyport > 0
$query$),

('DeleteMembershipTableEntriesKey', $query$
delete from orleansmembershiptable where deploymentid = @DeploymentId;
delete from orleansmembershipversiontable where deploymentid = @DeploymentId
$query$),

-- 3 is an active silo.
('CleanupDefunctSiloEntriesKey', $query$
delete from orleansmembershiptable
where deploymentid = @DeploymentId and iamalivetime < @IAmAliveTime::timestamptz and status <> 3
$query$),

('ReadFromStorageKey', $query$
select payloadbinary, now() as modifiedon, version
from orleansstorage
where grainidhash = @GrainIdHash and graintypehash = @GrainTypeHash
    and grainidn0 = @GrainIdN0 and grainidn1 = @GrainIdN1
    and serviceid = @ServiceId and graintypestring = @GrainTypeString
    and coalesce(grainidextensionstring, '') = coalesce(@GrainIdExtensionString::varchar, '')
$query$),

-- A version that comes back as it was given says that another activation wrote in between.
('WriteToStorageKey', $query$
with changed as (
    update orleansstorage
    set payloadbinary = @PayloadBinary::bytea, modifiedon = now(), version = version + 1
    where grainidhash = @GrainIdHash and graintypehash = @GrainTypeHash
        and grainidn0 = @GrainIdN0 and grainidn1 = @GrainIdN1
        and serviceid = @ServiceId and graintypestring = @GrainTypeString
        and coalesce(grainidextensionstring, '') = coalesce(@GrainIdExtensionString::varchar, '')
        and version = @GrainStateVersion::integer
    returning version),
added as (
    insert into orleansstorage
        (grainidhash, graintypehash, grainidn0, grainidn1, serviceid, graintypestring, grainidextensionstring,
            payloadbinary, modifiedon, version)
    select @GrainIdHash::integer, @GrainTypeHash::integer, @GrainIdN0::bigint, @GrainIdN1::bigint, @ServiceId,
        @GrainTypeString, @GrainIdExtensionString::varchar, @PayloadBinary::bytea, now(), 1
    where @GrainStateVersion::integer is null
    on conflict do nothing
    returning version)
select coalesce((select version from changed), (select version from added), @GrainStateVersion::integer)
    as NewGrainStateVersion
$query$),

('ClearStorageKey', $query$
update orleansstorage
set payloadbinary = null, modifiedon = now(), version = version + 1
where grainidhash = @GrainIdHash and graintypehash = @GrainTypeHash
    and grainidn0 = @GrainIdN0 and grainidn1 = @GrainIdN1
    and serviceid = @ServiceId and graintypestring = @GrainTypeString
    and coalesce(grainidextensionstring, '') = coalesce(@GrainIdExtensionString::varchar, '')
    and version = @GrainStateVersion::integer
returning version as NewGrainStateVersion
$query$),

('DeleteStorageKey', $query$
delete from orleansstorage
where grainidhash = @GrainIdHash and graintypehash = @GrainTypeHash
    and grainidn0 = @GrainIdN0 and grainidn1 = @GrainIdN1
    and serviceid = @ServiceId and graintypestring = @GrainTypeString
    and coalesce(grainidextensionstring, '') = coalesce(@GrainIdExtensionString::varchar, '')
    and version = @GrainStateVersion::integer
returning version + 1 as NewGrainStateVersion
$query$)

on conflict (querykey) do update set querytext = excluded.querytext;
