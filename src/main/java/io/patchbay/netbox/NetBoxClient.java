package io.patchbay.netbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.NetBoxCall.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** NetBox over HTTP; each method puts a deadline on all that it does. */
final class NetBoxClient implements NetBox {
    private static final String NOT_CONFIGURED = "NetBox is not configured: patchbay.netbox.url names none.";

    private final NetBoxSettings settings;
    private final Asking asking;
    private final OwnRequests own;
    private final CustomFields names;
    private final Claims claims;
    private final Preparation preparation;
    private final ChangeReader changes;

    NetBoxClient(NetBoxSettings settings, CallNetBox calls, OwnRequests own) {
        this.settings = settings;
        this.own = own;
        this.names = settings.fieldNames();
        this.asking = new Asking(calls, settings.pageSize());
        this.claims = new Claims(asking, names.key(), settings.tag());
        this.preparation = new Preparation(asking, names, settings.tag());
        this.changes = new ChangeReader(asking, own, settings.changesSettle());
    }

    @Override
    public boolean isConfigured() {
        return settings.isConfigured();
    }

    @Override
    public CustomFields customFields() {
        return names;
    }

    @Override
    public NetBoxOutcome<Capabilities> status() {
        return within(asking::status);
    }

    @Override
    public NetBoxOutcome<Prepared> prepare() {
        return within(preparation::prepare);
    }

    @Override
    public NetBoxOutcome<NetBoxObject> get(ObjectType type, long id) {
        return object(type, NetBoxCall.read(NetBoxCall.path(type, id), ""));
    }

    @Override
    public NetBoxOutcome<Page> page(ObjectType type, Filters filters, long after) {
        return within(deadline -> asking.page(type, filters, after, deadline));
    }

    @Override
    public NetBoxOutcome<Optional<NetBoxObject>> findClaimed(ObjectType type, ClaimKey key) {
        requireClaimable(type);
        return within(deadline -> claims.find(type, key, deadline));
    }

    @Override
    public NetBoxOutcome<NetBoxObject> create(ObjectType type, ObjectNode fields) {
        return object(type, NetBoxCall.write(Action.CREATE, NetBoxCall.path(type), fields));
    }

    @Override
    public NetBoxOutcome<List<NetBoxObject>> create(ObjectType type, List<ObjectNode> fields) {
        requireLimit(fields.size());
        ArrayNode list = JsonNodeFactory.instance.arrayNode().addAll(fields);
        return fields.isEmpty()
                ? new NetBoxOutcome.Done<>(List.of())
                : objects(type, NetBoxCall.write(Action.CREATE, NetBoxCall.path(type), list));
    }

    @Override
    public NetBoxOutcome<Allocation> createOnce(ObjectType type, ClaimKey key, ObjectNode fields) {
        requireClaimable(type);
        NetBoxCall call = NetBoxCall.write(Action.CREATE, NetBoxCall.path(type), claims.marked(key, fields));
        return within(deadline -> claims.claim(type, key, call, deadline));
    }

    @Override
    public NetBoxOutcome<NetBoxObject> patch(ObjectType type, long id, ObjectNode fields, String etag) {
        return object(type, new NetBoxCall(Action.CHANGE, NetBoxCall.path(type, id), "", fields, etag));
    }

    @Override
    public NetBoxOutcome<List<NetBoxObject>> patch(ObjectType type, Map<Long, ObjectNode> fields) {
        requireLimit(fields.size());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        fields.forEach((id, changed) -> list.add(changed.deepCopy().put("id", id)));
        return fields.isEmpty()
                ? new NetBoxOutcome.Done<>(List.of())
                : objects(type, NetBoxCall.write(Action.CHANGE, NetBoxCall.path(type), list));
    }

    @Override
    public NetBoxOutcome<Void> delete(ObjectType type, long id, String etag) {
        NetBoxCall call = new NetBoxCall(Action.DELETE, NetBoxCall.path(type, id), "", null, etag);
        return within(deadline -> asking.ask(call, deadline).map(answer -> null));
    }

    @Override
    public NetBoxOutcome<Void> delete(ObjectType type, List<Long> ids) {
        requireLimit(ids.size());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        ids.forEach(id -> list.addObject().put("id", id));
        NetBoxCall call = NetBoxCall.write(Action.DELETE, NetBoxCall.path(type), list);
        return ids.isEmpty()
                ? new NetBoxOutcome.Done<>(null)
                : within(deadline -> asking.ask(call, deadline).map(answer -> null));
    }

    @Override
    public NetBoxOutcome<Allocation> allocateAddress(
            ObjectType parent, long parentId, ClaimKey key, ObjectNode fields) {
        if (parent != ObjectType.PREFIX && parent != ObjectType.IP_RANGE) {
            throw new IllegalArgumentException("Addresses are taken from a prefix or a range, not from " + parent);
        }
        return within(deadline -> asking.capabilities(deadline).then(able -> {
            ObjectNode marked = claims.marked(key, fields);
            if (!able.prefixLengthOfAddresses()) {
                marked.remove("prefix_length");
            }
            return allocate(ObjectType.IP_ADDRESS, parent, parentId, "available-ips", key, marked, deadline);
        }));
    }

    @Override
    public NetBoxOutcome<Allocation> allocatePrefix(long parentId, int length, ClaimKey key, ObjectNode fields) {
        ObjectNode marked = claims.marked(key, fields).put("prefix_length", length);
        return within(deadline ->
                allocate(ObjectType.PREFIX, ObjectType.PREFIX, parentId, "available-prefixes", key, marked, deadline));
    }

    @Override
    public NetBoxOutcome<Allocation> allocateVlan(long groupId, ClaimKey key, ObjectNode fields) {
        ObjectNode marked = claims.marked(key, fields);
        return within(deadline ->
                allocate(ObjectType.VLAN, ObjectType.VLAN_GROUP, groupId, "available-vlans", key, marked, deadline));
    }

    @Override
    public NetBoxOutcome<Long> newestChange() {
        return within(changes::newest);
    }

    @Override
    public NetBoxOutcome<Changes> changes(long cursor) {
        return within(deadline -> changes.after(cursor, deadline));
    }

    @Override
    public boolean isOwn(String user, String requestId) {
        return own.isOwn(user, requestId);
    }

    private NetBoxOutcome<Allocation> allocate(
            ObjectType type,
            ObjectType parent,
            long parentId,
            String endpoint,
            ClaimKey key,
            ObjectNode fields,
            Deadline deadline) {
        String path = NetBoxCall.path(parent, parentId) + endpoint + "/";
        return claims.claim(type, key, NetBoxCall.write(Action.ALLOCATE, path, fields), deadline);
    }

    private NetBoxOutcome<NetBoxObject> object(ObjectType type, NetBoxCall call) {
        return within(deadline -> asking.ask(call, deadline).then(answer -> Answers.object(type, answer)));
    }

    private NetBoxOutcome<List<NetBoxObject>> objects(ObjectType type, NetBoxCall call) {
        return within(deadline -> asking.ask(call, deadline).then(answer -> Answers.objects(type, answer.body())));
    }

    private <T> NetBoxOutcome<T> within(Function<Deadline, NetBoxOutcome<T>> work) {
        Duration time = settings.deadline();
        return settings.isConfigured() ? work.apply(Deadline.in(time)) : new NetBoxOutcome.Unusable<>(NOT_CONFIGURED);
    }

    private static void requireLimit(int count) {
        if (count > BULK_LIMIT) {
            throw new IllegalArgumentException(count + " objects are more than one list holds, " + BULK_LIMIT);
        }
    }

    private static void requireClaimable(ObjectType type) {
        if (!type.isClaimable()) {
            throw new IllegalArgumentException(type.model() + " has no custom fields, so no key");
        }
    }
}
